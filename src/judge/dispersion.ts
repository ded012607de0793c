/**
 * How much more than by chance two arms differ: φ, 1 for requests that fail independently of each other, more where failures come in
 * clumps or one arm has better minutes than the other.
 *
 * The usual quasi-likelihood estimate (Pearson's X² over its degrees of freedom; McCullagh & Nelder, "Generalized Linear Models",
 * 1989, ch. 4.5), of the split of the failures between the arms: with θ = r̂·n_c/(r̂·n_c + n_b), X² = Σ (c − D·θ)²/max(D·θ·(1−θ), ¼).
 */
import { comparesArms, type Minute, refuseNoCounts } from './count-test.js';

/** φ of a service whose history is not known. */
export const unknownPhi = 3;

/** How many minutes the history weighs, beside those of the release. */
const prior = 60;

/** Ratio of the failure rates, drawn to 1 where there are few failures. */
function ratioOf(minutes: readonly Minute[]): number {
  let [c, nc, b, nb] = [0, 0, 0, 0];
  for (const m of minutes) {
    c += m.c;
    nc += m.nc;
    b += m.b;
    nb += m.nb;
  }
  return (c + 0.5) / nc / ((b + 0.5) / nb);
}

function pearson(minutes: readonly Minute[], ratio: number): number {
  let sum = 0;
  for (const { c, nc, b, nb } of minutes) {
    const d = c + b;
    const theta = (ratio * nc) / (ratio * nc + nb);
    sum += (c - d * theta) ** 2 / Math.max(d * theta * (1 - theta), 0.25);
  }
  return sum;
}

const failed = (minute: Minute): boolean => minute.c + minute.b > 0;

/** φ while the release runs: φ_t = max(1, (ν0·φ0 + X²)/(ν0 + max(0, m − 1))) over the m minutes before t that had failures, ν0 = 60. */
export class RunningPhi {
  readonly #first: number;
  readonly #minutes: Minute[] = [];
  #value: number;

  /** @param first φ0, from the history; at least 1 */
  constructor(first: number) {
    if (!(first >= 1 && Number.isFinite(first))) throw new RangeError(`no dispersion: ${first}`);
    this.#first = first;
    this.#value = Math.max(1, first);
  }

  /** For the next minute: known before it. */
  get value(): number {
    return this.#value;
  }

  add(minute: Minute): void {
    if (!comparesArms(minute) || !failed(minute)) return;
    this.#minutes.push(minute);
    const x2 = pearson(this.#minutes, ratioOf(this.#minutes));
    const freedom = Math.max(0, this.#minutes.length - 1);
    this.#value = Math.max(1, (prior * this.#first + x2) / (prior + freedom));
  }
}

/** Lengths of the blocks in which the history is looked at, in minutes: what drifts slowly shows in long ones. */
const blockLengths = [1, 5, 15, 30];
const fewestBlocks = 8;

/** The failures in all, where there are too few of them for the split to show how they clump. */
const fewFailures = 5;

/**
 * φ0 from minutes of the old version, its instances dealt into two arms as the release deals its traffic: the greatest over blocks of
 * 1, 5, 15 and 30 minutes of X²/(blocks − 1), at least 1. With fewer than 5 failures a minute it is also at least the dispersion of the
 * failures of both arms together, Σ (D − n·p̂)²/(n·p̂)/(m − 1).
 *
 * @param history in order of time
 */
export function phiOf(history: readonly Minute[]): number {
  for (const minute of history) refuseNoCounts(minute);
  const minutes = history.filter(comparesArms);
  if (minutes.length < 2) return 1;
  const ratio = ratioOf(minutes);
  const bySplit = blockLengths.map((length) => {
    const blocks = inBlocks(minutes, length).filter(failed);
    return blocks.length < fewestBlocks ? 1 : pearson(blocks, ratio) / (blocks.length - 1);
  });
  const failures = minutes.reduce((sum, { c, b }) => sum + c + b, 0);
  const few = failures / minutes.length < fewFailures;
  return Math.max(1, ...bySplit, few ? phiOfSum(minutes, failures) : 1);
}

function phiOfSum(minutes: readonly Minute[], failures: number): number {
  const requests = minutes.reduce((sum, { nc, nb }) => sum + nc + nb, 0);
  const rate = failures / requests;
  if (rate === 0) return 1;
  const sum = minutes.reduce((x2, { c, nc, b, nb }) => {
    const expected = (nc + nb) * rate;
    return x2 + (c + b - expected) ** 2 / expected;
  }, 0);
  return sum / (minutes.length - 1);
}

/** Blocks that do not overlap; what is left over at the end is none. */
function inBlocks(minutes: readonly Minute[], length: number): Minute[] {
  if (length === 1) return [...minutes];
  return Array.from({ length: Math.floor(minutes.length / length) }, (_, i) =>
    minutes.slice(i * length, (i + 1) * length).reduce((sum, m) => ({
      c: sum.c + m.c,
      nc: sum.nc + m.nc,
      b: sum.b + m.b,
      nb: sum.nb + m.nb,
    })),
  );
}
