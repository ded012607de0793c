/**
 * Proof that a canary is no worse: evidence against "it fails at least `ratio` times as often as the baseline, and in at least `slack` of
 * its requests". Four fifths of the bet are on the first (`CountTest` with alternatives below the ratio), one fifth on the second
 * (`RateTest` with rates below the slack), which is what tells where neither arm fails at all.
 */
import { CountTest, type Minute } from './count-test.js';
import { far, logSumExp, noWorse } from './mixture.js';
import { RateTest } from './proportion.js';

const share = { ratio: Math.log(0.8), rate: Math.log(0.2) };

export class AcceptTest {
  readonly #ratio: CountTest;
  readonly #rate: RateTest | undefined;

  /** @param slack 0: only the ratio is asked for */
  constructor(ratio: number, slack: number) {
    this.#ratio = new CountTest(noWorse, ratio);
    this.#rate = slack > 0 ? new RateTest(far, slack) : undefined;
  }

  /** @param phi see `RunningPhi` */
  add(minute: Minute, phi: number): void {
    this.#ratio.add(minute, phi);
    this.#rate?.add(minute.c / phi, minute.nc / phi);
  }

  get logE(): number {
    return this.#both(this.#ratio.logE, this.#rate?.logE);
  }

  /** ln E after so many more minutes that are all like this one. */
  ahead(minute: Minute, phi: number, times: number): number {
    const part = times / phi;
    return this.#both(this.#ratio.ahead(minute, phi, times), this.#rate?.ahead(minute.c * part, minute.nc * part));
  }

  #both(ratio: number, rate: number | undefined): number {
    return rate === undefined ? ratio : logSumExp([share.ratio + ratio, share.rate + rate]);
  }
}
