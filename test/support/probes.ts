/** Rounds of probes that never were: what a `slot-probe` would have counted. */

import * as v from 'valibot';
import type { Judged, Moment } from '../../src/gates/gate.js';
import { probeGate } from '../../src/gates/probe.js';
import type { Answer, Probes } from '../../src/record/evidence.js';
import type { ProbedSide } from '../../src/record/probes.js';
import type { ProbesQuestion } from '../../src/sources/source.js';
import { iso } from '../../src/train/clock.js';
import { start } from './evidence.js';

export const bounds = [10, 50, 100, 200, 400, 1000];

/** A side that answered `sent` requests in `ms`, but for those that failed. */
export function side(sent: number, failed = 0, ms = 40): ProbedSide {
  const at = bounds.findIndex((bound) => ms <= bound);
  const durations = [...bounds, 0].map((_, i) => (i === (at === -1 ? bounds.length : at) ? sent - failed : 0));
  return { sent, failed, reasons: failed > 0 ? [{ why: 'status 500', count: failed }] : [], durations };
}

export type Endpoints = Probes['endpoints'];

/** What the source answers to a question, with what differs. */
export function probes(question: ProbesQuestion, endpoints: Endpoints, change: Partial<Probes> = {}): Probes {
  const at = iso(start + question.round * 60_000);
  return {
    kind: 'probes',
    source: 'slots',
    subject: 'requests to the idle side and to the live side',
    query: 'GET /health',
    at,
    seen: endpoints.reduce((sum, { idle }) => sum + idle.sent, 0),
    notes: [],
    partial: false,
    round: question.round,
    began: at,
    ended: at,
    bounds,
    endpoints,
    unmeasured: 0,
    unsent: 0,
    ...change,
  };
}

export const gateOf = (config: Readonly<Record<string, unknown>> = {}) =>
  probeGate.bind(v.parse(probeGate.schema, config));

export interface Look {
  readonly round: number;
  readonly reading: Judged<unknown>['reading'];
  readonly memory: unknown;
  readonly moment: Moment;
  readonly answers: readonly Answer[];
}

/** What the source answers in a round; a text: the code of a failure. */
export type World = (question: ProbesQuestion, round: number) => Probes | string;

/** Round after round, until it stops or the time is over. */
export function watch(gate: ReturnType<typeof gateOf>, world: World, until = 30): Look[] {
  const looks: Look[] = [];
  let memory: unknown;
  for (let round = 1; round <= until; round += 1) {
    const now = start + round * 60_000;
    const moment = { now, deployedAt: start, settledAt: start, completeTo: now };
    const answers = [...gate.questions(moment, memory)].map(([role, question]): Answer => {
      const got = world(question as unknown as ProbesQuestion, round);
      return typeof got === 'string'
        ? { role, source: 'slots', failure: { code: got, message: `${got}: no`, permanent: false } }
        : { role, measurement: got };
    });
    const judged = gate.judge(answers, moment, memory) as Judged<unknown>;
    memory = judged.memory;
    looks.push({ round, reading: judged.reading, memory, moment, answers });
    if (judged.reading.state === 'unhealthy') break;
  }
  return looks;
}
