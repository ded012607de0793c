/** The product's own judges, as the benchmark runs them. */
import { above, type Minute } from '../../../src/judge/count-test.js';
import { phiOf } from '../../../src/judge/dispersion.js';
import { worse } from '../../../src/judge/mixture.js';
import { RateJudge } from '../../../src/judge/rate-judge.js';
import { RestartingTest, usualStarts } from '../../../src/judge/restarts.js';
import { type Dispersion, dispersionOf } from '../../../src/judge/stop-test.js';
import { type Counts, minutes, type Run } from './scenarios.js';

/** One or several judges that share their work on a run. */
export interface Ours {
  readonly names: readonly string[];
  /** The minute at which each stops the release. */
  stops(run: Run): readonly number[];
}

const never = Number.POSITIVE_INFINITY;

export const minutesOf = ({ c, nc, b, nb }: Counts): Minute[] =>
  Array.from(c, (failures, t) => ({
    c: failures,
    nc: nc[t] as number,
    b: b[t] as number,
    nb: nb[t] as number,
  }));

export interface Allowed {
  readonly margin?: number;
  readonly slack?: number;
}

/** The minute at which the gate's judge of failures stops. */
export function ourStop(
  window: readonly Minute[],
  alpha: number,
  dispersion: Dispersion,
  { margin = 1, slack = 0 }: Allowed = {},
): number {
  const judge = new RateJudge({ alpha, margin, slack, dispersion, window: minutes });
  for (const minute of window) {
    judge.add(minute);
    const { stoppedAfter } = judge.state;
    if (stoppedAfter !== undefined) return stoppedAfter;
  }
  return never;
}

const once = [{ at: 0, weight: 1 }];

/** Stops of the e-process alone, with the whole of alpha, at several levels from one path of its evidence. */
export function evidenceStops(
  window: readonly Minute[],
  alphas: readonly number[],
  {
    margin = 1,
    slack = 0,
    phi = 1,
    restarts = false,
  }: Allowed & { readonly phi?: number; readonly restarts?: boolean },
): number[] {
  const starts = restarts ? usualStarts(minutes) : once;
  const test = new RestartingTest(above(worse, margin), { margin, slack, phi, starts });
  const stops = alphas.map(() => never);
  for (const [t, minute] of window.entries()) {
    test.add(minute);
    const { logE } = test;
    alphas.forEach((alpha, k) => {
      if (stops[k] === never && logE >= Math.log(1 / alpha)) stops[k] = t + 1;
    });
    if (!stops.includes(never)) break;
  }
  return stops;
}

const product: Ours = {
  names: ['ours 1 %', 'ours 5 %'],
  stops({ history, window }) {
    const dispersion = dispersionOf(minutesOf(history));
    const looks = minutesOf(window);
    return [ourStop(looks, 0.01, dispersion), ourStop(looks, 0.05, dispersion)];
  },
};

const evidence: Ours = {
  names: [
    'evidence 1 %',
    'evidence 5 %',
    'evidence once 1 %',
    'evidence once 5 %',
    'evidence r0 1.25, 1 %',
    'untempered 1 %',
    'untempered 5 %',
  ],
  stops({ history, window }) {
    const phi = phiOf(minutesOf(history));
    const looks = minutesOf(window);
    return [
      ...evidenceStops(looks, [0.01, 0.05], { phi, restarts: true }),
      ...evidenceStops(looks, [0.01, 0.05], { phi }),
      ...evidenceStops(looks, [0.01], { phi, margin: 1.25, restarts: true }),
      ...evidenceStops(looks, [0.01, 0.05], {}),
    ];
  },
};

export const ours: readonly Ours[] = [product, evidence];
