/**
 * Gate `probe`: requests to a side that gets no traffic yet, compared with the same requests to the side that serves. It may look in every
 * round: over all of them it stops an idle side that is no worse at most as often as `false-stop-rate` says. See `docs/probe.md`.
 */
import { plural } from '../judge/number.js';
import {
  error,
  healthy,
  insufficient,
  isProof,
  type Proof,
  proveMeasured,
  type Reading,
  unhealthy,
} from '../judge/reading.js';
import type { Answer, Probes } from '../record/evidence.js';
import type { ProbesQuestion } from '../sources/source.js';
import { times } from './canary/words.js';
import { defineGate, type Gate, type Judged, type Moment } from './gate.js';
import { fields, type ProbeConfig } from './probe/fields.js';
import { type Compared, liveOf, type Memory, remember, type Stand, standOf } from './probe/judge.js';
import { countsText, openText, percent, reasonsText, sumText, suspectText, worseText } from './probe/words.js';

const role = 'probes';

function questionsOf(
  config: ProbeConfig,
  { now, settledAt }: Moment,
  past: Memory | undefined,
): ReadonlyMap<string, ProbesQuestion> {
  if (now < settledAt) return new Map();
  const { requests, 'warm-up': warmUp } = config;
  return new Map([[role, { family: 'probes', round: nextRound(past), requests, warmUp }]]);
}

const nextRound = (past: Memory | undefined): number => (past?.rounds.length ?? 0) + 1;

function judge(
  config: ProbeConfig,
  answers: readonly Answer[],
  { now, settledAt }: Moment,
  past: Memory | undefined,
): Judged<Memory | undefined> {
  if (now < settledAt) {
    return { reading: insufficient('too-early', 'the warm-up is not over', { pending: true }), memory: past };
  }
  const proof = proveMeasured<Probes>([role], answers);
  if (!isProof(proof)) return { reading: proof, memory: past };
  const got = proof.measured.get(role);
  if (got?.kind !== 'probes' || got.round !== nextRound(past)) {
    const reason = 'the answer is not that of the requests that this round asked for';
    return { reading: error('bad-answer', reason), memory: past };
  }
  const live = liveOf(got);
  if (live !== undefined && live.failed === live.sent) {
    const why = got.endpoints.flatMap((e) => e.live?.reasons[0]?.why ?? [])[0] ?? 'no answer';
    const reason = `none of ${plural(live.sent, 'request')} to the live side was answered as expected (${why}), so this round says nothing about the idle side: are the endpoints, the credential and the network of the probe right?`;
    return { reading: error('live-failed', reason), memory: past };
  }
  const memory = remember(config, past, got);
  const stand = standOf(memory);
  const all = memory.rounds;
  const reading = stopped(config, proof, stand, all) ?? waiting(config, stand, all) ?? well(config, proof, stand);
  return { reading, memory };
}

const ofAll = (config: ProbeConfig, stand: Stand) => {
  const value = (100 * stand.idle.failed) / stand.idle.sent;
  return {
    value,
    shown: percent(value / 100),
    threshold: `<= ${Number((100 * config['max-failures']).toPrecision(12))}%`,
    events: stand.idle.sent,
    ...(stand.failures === undefined ? {} : { standing: stand.failures.standing }),
  };
};

/** Proven: over its limit, worse than the live side, slower. In this order, since the first needs no comparison to be understood. */
function stopped(config: ProbeConfig, proof: Proof<Probes>, stand: Stand, all: readonly Probes[]): Reading | undefined {
  const { worst, overLimit, failures, durations } = stand;
  if (overLimit !== undefined) {
    const most = percent(config['max-failures']);
    const what = worst.what === 'all' ? '' : `, of ${worst.what} in ${sumText(worst)}`;
    const reason = `the idle side fails in more than ${most} of the requests${what}; ${countsText(stand)}${reasonsText(all)}; stopped after ${plural(overLimit, 'round')}`;
    const shown = { value: (100 * worst.failed) / worst.sent, shown: percent(worst.failed / worst.sent) };
    return unhealthy(proof, 'over-max-failures', reason, { ...ofAll(config, stand), ...shown, conclusive: true });
  }
  // Charts are of the failures, whatever stops it.
  const worse = (by: Compared, code: string, margin: number, more: string): Reading => {
    const { ratio } = by.standing;
    const { value: _, shown: _shown, ...details } = ofAll(config, stand);
    return unhealthy(proof, code, `${worseText(by)}${more}`, {
      ...details,
      ...(ratio === null ? {} : { value: ratio, shown: times(ratio) }),
      threshold: `at most ${times(1 + margin)} as often as the live side`,
      conclusive: true,
    });
  };
  if (failures?.stopped) return worse(failures, 'worse-than-live', config['no-worse-than'], reasonsText(all));
  return durations?.stopped
    ? worse(durations, 'slower-than-live', config.latency?.['no-worse-than'] ?? 0, '')
    : undefined;
}

/** What only takes more requests. */
function waiting(config: ProbeConfig, stand: Stand, all: readonly Probes[]): Reading | undefined {
  const { idle, worst, unasked } = stand;
  const details = { ...ofAll(config, stand), pending: true };
  if (idle.sent < config['min-requests']) {
    const left = Math.ceil((config['min-requests'] - idle.sent) / (idle.sent / stand.rounds));
    const reason = `cannot tell yet: ${idle.sent} of at least ${plural(config['min-requests'], 'request')}, about ${plural(left, 'more round')}; ${countsText(stand)}${reasonsText(all)}`;
    return insufficient('too-few-requests', reason, details);
  }
  if (unasked.length > 0) {
    const reason = `cannot tell yet: no request to ${unasked.join(', ')} counted so far; ${countsText(stand)}`;
    return insufficient('too-few-requests', reason, details);
  }
  if (worst.failed > config['max-failures'] * worst.sent * (1 + 1e-9)) {
    const reason = `cannot tell yet: of ${worst.what} ${sumText(worst)} failed, more than ${percent(config['max-failures'])}, which may still be by chance; ${countsText(stand)}${reasonsText(all)}`;
    return insufficient('looks-worse', reason, details);
  }
  const suspect = [stand.failures, stand.durations].find((by) => by?.suspect);
  if (suspect) {
    const reason = `cannot tell yet: ${suspectText(suspect)}, which may still be by chance`;
    return insufficient('looks-worse', reason, details);
  }
  return undefined;
}

function well(config: ProbeConfig, proof: Proof<Probes>, stand: Stand): Reading {
  const alone = stand.live === undefined ? '; compared with nothing, since the source has no live side' : '';
  return healthy(proof, 'no-harm-seen', `no harm seen ${openText(stand)}${alone}`, ofAll(config, stand));
}

export const probeGate = defineGate({
  type: 'probe',
  family: 'probes',
  schema: fields,
  sharesFalseStops: true,
  bind(config): Gate<'probes', Memory | undefined> {
    return {
      questions: (moment, past) => questionsOf(config, moment, past),
      judge: (answers, moment, past) => judge(config, answers, moment, past),
    };
  },
  lint: (config) => adviceOn(config),
});

function adviceOn({ requests, 'min-requests': least, rounds }: ProbeConfig): { key: string; message: string }[] {
  const needed = Math.ceil(least / requests);
  if (needed <= rounds) return [];
  const message = `takes ${needed} rounds of ${requests}, more than the ${rounds} of \`rounds\`: raise \`requests\`, or \`rounds\` and \`evaluation.deadline\``;
  return [{ key: 'min-requests', message }];
}
