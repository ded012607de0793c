/** Releases with a course over many rounds, for the HTML report. */
import type { ReadingData, Standing } from '../../src/record/evidence.js';
import type { DecisionRecord } from '../../src/record/record.js';
import { duration, type GateStory, poor, ratio, recordOf, samples, scansClean } from './stories.js';

/** A canary whose failures show more and more over the rounds. */
const harmfulCanary = (rounds: number): GateStory => ({
  name: 'checkout errors, canary against stable',
  type: 'canary',
  readings: Array.from({ length: rounds }, (_, i): ReadingData => {
    const bins = i + 1;
    const standing: Standing = {
      bins,
      canary: { events: 400 * bins, bad: Math.round(5 * bins * (1 + bins / rounds)) },
      baseline: { events: 3600 * bins, bad: 18 * bins },
      ratio: 1 + (1.4 * bins) / rounds,
      lower: Math.max(0, (1.6 * bins) / rounds - 0.4),
      upper: bins < 3 ? null : 2.4 + 40 / bins ** 2,
      sure: 0.95,
      harm: bins / rounds,
      wellness: null,
      dispersion: 1.2,
      calibrated: true,
    };
    const stops = bins === rounds;
    return {
      state: stops ? 'unhealthy' : 'insufficient',
      code: stops ? 'worse-than-baseline' : 'undecided',
      reason: stops
        ? `the canary fails 2.4 times as often as the baseline (at least 1.2 times, 95 % sure at every look); ${standing.canary.bad} of ${standing.canary.events} failed, of the baseline ${standing.baseline.bad} of ${standing.baseline.events}; stopped after ${rounds}m`
        : `not decided yet: ${standing.canary.bad} of ${standing.canary.events} failed`,
      value: standing.ratio ?? 0,
      shown: `${(standing.ratio ?? 0).toFixed(1)} times`,
      threshold: 'no more often than the baseline',
      events: standing.canary.events,
      standing,
      ...(stops ? { conclusive: true } : { pending: true }),
    };
  }),
  answers: (round) => [
    {
      role: 'canary failures',
      measurement: samples('sum by (version) (increase(http_errors_total[1m]))', 5, round),
    },
    { role: 'canary total', measurement: samples('sum by (version) (increase(http_requests_total[1m]))', 400, round) },
  ],
});

const canary = harmfulCanary(9);

export const canaryCourse: DecisionRecord = recordOf({
  gates: [canary, ratio('error rate', [0.4, 0.5, 0.45, 0.6, 0.55, 0.5, 0.6, 0.7, 0.62]), scansClean],
  rounds: 9,
  verdict: {
    decision: 'stop',
    reason: 'unhealthy',
    gates: [canary.name],
    sentence: 'the canary fails more often than the baseline',
  },
});

/** A bake of `rounds` minutes with so many gates: each goes up and down like a day, some are missing now and then. */
export function bake(rounds: number, gates: number): DecisionRecord {
  const all = Array.from({ length: gates }, (_, g): GateStory => {
    const wave = (i: number) => 0.45 + 0.3 * Math.sin((i + 90 * g) / 230) + 0.08 * Math.sin(i * (1.7 + g / 10));
    const values = Array.from({ length: rounds }, (_, i) =>
      Number((wave(i) + (i % 397 === 60 + g ? 0.6 : 0)).toFixed(3)),
    );
    const rate = ratio(`error rate of service ${g + 1}`, values);
    if (g % 4 === 3)
      return duration(
        values.map((value) => Math.round(300 * value)),
        250,
        { name: `duration of service ${g + 1}` },
      );
    if (g % 7 !== 5) return rate;
    const gone = poor('', 'error', 'timeout', 'https://prom.example.com did not answer in time').readings[0] ?? null;
    return { ...rate, readings: rate.readings.map((reading, i) => (i % 211 < 4 ? gone : reading)) };
  });
  return recordOf({
    gates: all,
    rounds,
    verdict: {
      decision: 'continue',
      reason: 'healthy',
      gates: all.map(({ name }) => name),
      sentence: `${gates} blocking gates healthy together for 1h`,
    },
  });
}
