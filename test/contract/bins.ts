/**
 * The contract of a source that can be asked in bins: what its system publishes as an answer, and which bins that is. Each file
 * `<type>.bins.ts` exports a list as `bins`; `bins.test.ts` runs them. The gates are those of the pages, asked as they ask themselves.
 */
import { expect } from 'vitest';
import { bindGates } from '../../src/commands/bind.js';
import { loadPolicy } from '../../src/policy/load.js';
import type { Reported, Samples } from '../../src/record/evidence.js';
import { NotMeasured, type TelemetryQuestion } from '../../src/sources/source.js';
import { sourceContext } from '../support/context.js';
import { type Received, reply, standIn } from '../support/server.js';
import { type Answer, type Contract, env, fromPage, stillClock, type Times } from './harness.js';

export const minute = 60_000;

/** @property from begin of the window of three bins of a minute @property to its end */
export interface BinTimes extends Times {
  readonly from: number;
  readonly to: number;
}

type BinResponder = (request: Received, times: BinTimes) => Answer;
type Series = readonly { readonly labels: Readonly<Record<string, string>>; readonly bins: readonly Reported[] }[];

export interface BinsContract extends Pick<Contract, 'source' | 'gate'> {
  readonly what: string;
  readonly answer: BinResponder;
  /** The series of the answer by the gate's name for the question. */
  readonly expected: Readonly<Record<string, Series>>;
  /** Answers that hold no such bins: they are refused, or known to be nothing. */
  readonly wrong?: Readonly<Record<string, BinResponder>>;
}

export const onPage = (
  page: string,
  gate: string,
  address?: string,
): Pick<BinsContract, 'what' | 'source' | 'gate'> => ({
  what: gate,
  ...fromPage(page, gate, address),
});

/** Two arms by a label, as most systems give them: of the canary the second minute is missing, of the baseline the third. */
export const arms = (canary: Series[number]['labels'], baseline: Series[number]['labels']) => ({
  failures: [
    { labels: canary, bins: [1, null, 0] },
    { labels: baseline, bins: [4, 5, null] },
  ],
  total: [
    { labels: canary, bins: [10, null, 30] },
    { labels: baseline, bins: [100, 200, null] },
  ],
});
export const byVersion = arms({ version: '2.4.0' }, { version: '2.3.1' });
/** Where each arm has a query of its own. */
export const apart = {
  'canary failures': [{ labels: {}, bins: [1, null, 0] }],
  'baseline failures': [{ labels: {}, bins: [4, 5, null] }],
  'canary total': [{ labels: {}, bins: [10, null, 30] }],
  'baseline total': [{ labels: {}, bins: [100, 200, null] }],
};

/** What the gate asks in a round whose window is three bins; the answer of each question, or why there is none. */
async function ask(
  { source, gate }: Pick<BinsContract, 'source' | 'gate'>,
  answer: BinResponder,
): Promise<ReadonlyMap<string, Omit<Samples, 'source'> | NotMeasured>> {
  let times: BinTimes = { now: 0, deployedAt: 0, from: 0, to: 0 };
  const complaints: unknown[] = [];
  const server = await standIn((request, response) => {
    try {
      const { status, headers, body } = answer(request, times);
      reply(response, status ?? 200, body, { ...headers });
    } catch (error) {
      complaints.push(error);
      reply(response, 400, {});
    }
  });
  const policy = {
    version: 1,
    sources: { it: source(server.url) },
    gates: [{ name: 'the gate', source: 'it', ...gate }],
  };
  const loaded = await loadPolicy({ text: JSON.stringify(policy), overrides: [], facts: {}, env, observe: false });
  if (!loaded.policy) throw new Error(`the contract's policy is wrong: ${JSON.stringify(loaded.problems)}`);
  const [bound] = bindGates(loaded.policy, sourceContext({ clock: stillClock }));
  const now = stillClock.now();
  const completeTo = now - (bound?.settleMs ?? 0);
  const to = Math.floor(completeTo / minute) * minute;
  times = { now, deployedAt: now - 30 * minute, from: to - 3 * minute, to };
  const moment = { now, deployedAt: times.deployedAt, settledAt: times.from, completeTo };
  const questions = [...(bound?.gate.questions(moment) ?? [])].filter(([role]) => !role.startsWith('history'));
  const asked = questions.map(async ([role, question]) => {
    expect((question as TelemetryQuestion).window).toEqual({ from: times.from, to });
    const got = bound?.source.telemetry?.(question as TelemetryQuestion, AbortSignal.timeout(5000));
    return [role, await got?.catch((error: unknown) => error)] as const;
  });
  const answers = new Map(await Promise.all(asked)) as Map<string, Omit<Samples, 'source'> | NotMeasured>;
  expect(complaints).toEqual([]);
  return answers;
}

export async function checkBins(contract: BinsContract): Promise<void> {
  const answers = await ask(contract, contract.answer);
  expect([...answers.keys()].toSorted()).toEqual(Object.keys(contract.expected).toSorted());
  for (const [role, answer] of answers) {
    if (!('series' in answer)) throw answer;
    expect(
      answer.series.map(({ labels, bins }) => ({ labels, bins })),
      role,
    ).toEqual(contract.expected[role]);
    expect(answer.series.map(({ value }) => value)).toEqual(answer.series.map(({ bins }) => bins?.at(-1) ?? null));
    expect(answer.seen, role).toBeGreaterThan(0);
    expect(answer.partial, role).toBe(false);
    expect(Date.parse(answer.newest ?? ''), role).toBeGreaterThan(0);
  }
}

/** Nothing of it may become a number. */
export async function checkWrong(contract: BinsContract, answer: BinResponder): Promise<void> {
  const answers = await ask(contract, answer);
  expect(answers.size).toBeGreaterThan(0);
  for (const [role, got] of answers) {
    if (!('series' in got)) expect(got, role).toBeInstanceOf(NotMeasured);
    else
      expect(
        got.series.flatMap(({ bins }): unknown[] => bins?.filter((x) => typeof x === 'number') ?? ['no bins']),
        role,
      ).toEqual([]);
  }
}
