/**
 * Evidence against "at most a share `promised` of the requests fails", which may be looked at after every round: `RateTest`, tempered
 * by φ, that begins anew at times that are fixed beforehand, so that harm which comes late is not held against the evidence of all the
 * good rounds before it (see `restarts.ts`). A fixed mixture of e-processes is one again, and so is one to the power 1/φ (Jensen).
 */
import { logSumExp, spread } from './mixture.js';
import { RateTest } from './proportion.js';
import type { Start } from './restarts.js';

interface Part {
  readonly at: number;
  readonly logWeight: number;
  readonly test: RateTest;
}

export class LimitTest {
  readonly #promised: number;
  readonly #phi: number;
  readonly #parts: readonly Part[];
  #rounds = 0;
  #failures = 0;

  /**
   * @param promised share of the requests, 0 to below 1; of 0 the first failure is proof
   * @param phi how much more than by chance failures clump, at least 1
   * @param starts after so many rounds; weights that sum to 1
   */
  constructor(promised: number, { phi, starts }: { readonly phi: number; readonly starts: readonly Start[] }) {
    if (!(promised >= 0 && promised < 1)) throw new RangeError(`no promised rate: ${promised}`);
    if (!(phi >= 1 && Number.isFinite(phi))) throw new RangeError(`no dispersion: ${phi}`);
    this.#promised = promised;
    this.#phi = phi;
    this.#parts =
      promised === 0
        ? []
        : starts.map(({ at, weight }) => ({
            at,
            logWeight: Math.log(weight),
            test: new RateTest(spread, promised),
          }));
  }

  /** One round. */
  add(failures: number, requests: number): void {
    this.#failures += failures;
    for (const { at, test } of this.#parts) {
      if (at <= this.#rounds) test.add(failures / this.#phi, requests / this.#phi);
    }
    this.#rounds += 1;
  }

  /** ln E, 0 before the first round. */
  get logE(): number {
    if (this.#promised === 0) return this.#failures > 0 ? Number.POSITIVE_INFINITY : 0;
    return logSumExp(this.#parts.map(({ logWeight, test }) => logWeight + test.logE));
  }
}
