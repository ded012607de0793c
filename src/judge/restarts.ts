/**
 * A count test that begins anew at times that are fixed beforehand, so that harm which comes late is not held against the evidence of
 * all the good minutes before it:
 *
 *     E_t = w_0·E_t^(0) + Σ_{s_j ≤ t} w_j·E_t^(s_j) + Σ_{s_j > t} w_j
 *
 * What has not begun yet is cash. A fixed convex mixture of e-processes that are 1 before they begin, so the guarantee is the same.
 */
import { CountTest, type Minute } from './count-test.js';
import { RunningPhi } from './dispersion.js';
import { logSumExp, type Mixture } from './mixture.js';

export interface Start {
  /** After so many minutes. */
  readonly at: number;
  readonly weight: number;
}

/** Half of the weight from the beginning, the rest at the sixths of the window. @param window minutes */
export const usualStarts = (window: number): readonly Start[] => [
  { at: 0, weight: 0.5 },
  ...[1, 2, 3, 4, 5].map((k) => ({ at: Math.round((k * window) / 6), weight: 0.1 })),
];

interface Part {
  readonly at: number;
  readonly logWeight: number;
  readonly test: CountTest;
  readonly phi: RunningPhi;
}

export class RestartingTest {
  readonly #parts: readonly Part[];
  readonly #logs: Float64Array;
  #minutes = 0;

  /** @param phi φ0 @param starts weights that sum to 1 */
  constructor(
    mixture: Mixture,
    { margin, slack, phi, starts }: { margin: number; slack: number; phi: number; starts: readonly Start[] },
  ) {
    const sum = starts.reduce((total, { weight }) => total + weight, 0);
    if (!(Math.abs(sum - 1) < 1e-9 && starts.every(({ at, weight }) => at >= 0 && weight > 0))) {
      throw new RangeError('starts must be at 0 or later, their weights above 0 and 1 together');
    }
    this.#parts = starts.map(({ at, weight }) => ({
      at,
      logWeight: Math.log(weight),
      test: new CountTest(mixture, margin, slack),
      phi: new RunningPhi(phi),
    }));
    this.#logs = new Float64Array(starts.length);
  }

  add(minute: Minute): void {
    for (const { at, test, phi } of this.#parts) {
      if (at > this.#minutes) continue;
      test.add(minute, phi.value);
      phi.add(minute);
    }
    this.#minutes += 1;
  }

  get logE(): number {
    for (const [i, { logWeight, test }] of this.#parts.entries()) this.#logs[i] = logWeight + test.logE;
    return logSumExp(this.#logs);
  }

  /** ln E after so many more minutes that are all like this one, without what begins in them. */
  ahead(minute: Minute, times: number): number {
    return logSumExp(
      this.#parts.map(
        ({ at, logWeight, test, phi }) => logWeight + (at > this.#minutes ? 0 : test.ahead(minute, phi.value, times)),
      ),
    );
  }
}
