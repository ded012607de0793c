/**
 * How much more than by chance the shares of two arms differ, at one bound of a histogram: the mean of
 * z² = (c/n_c − b/n_b)²/(p·(1−p)·(1/n_c + 1/n_b)), p = (c+b)/(n_c+n_b). The dispersion of failures (`RunningPhi`) is the same for
 * small shares; at large ones the split of the counts would say less.
 */
import { comparesArms, type Minute } from './count-test.js';

const prior = 60;
const blockLengths = [1, 5, 15, 30];
const fewestBlocks = 8;

/** Difference of the shares, and what one over its variance is; undefined where there is too little on one side of the bound. */
function difference({ c, nc, b, nb }: Minute): { readonly d: number; readonly weight: number } | undefined {
  const n = nc + nb;
  const p = (c + b) / n;
  if (!(p * n >= 1) || !((1 - p) * n >= 1)) return undefined;
  return { d: c / nc - b / nb, weight: 1 / (p * (1 - p) * (1 / nc + 1 / nb)) };
}

/** φ0 of one bound: the greatest over blocks of 1, 5, 15 and 30 minutes, at least 1. @param history in order of time */
export function sharesPhiOf(history: readonly Minute[]): number {
  const minutes = history.filter(comparesArms);
  const byLength = blockLengths.map((length) => {
    const squares = Array.from({ length: Math.floor(minutes.length / length) }, (_, i) => {
      let [c, nc, b, nb] = [0, 0, 0, 0];
      for (const m of minutes.slice(i * length, (i + 1) * length)) {
        c += m.c;
        nc += m.nc;
        b += m.b;
        nb += m.nb;
      }
      const found = difference({ c, nc, b, nb });
      return found === undefined ? [] : [found.d ** 2 * found.weight];
    }).flat();
    return squares.length < fewestBlocks ? 1 : squares.reduce((sum, x) => sum + x, 0) / squares.length;
  });
  return Math.max(1, ...byLength);
}

/** φ of one bound while the release runs, around the difference that the arms have on average: known before each minute. */
export class RunningSharesPhi {
  readonly #first: number;
  #minutes = 0;
  /** Σ w·d², Σ w·d and Σ w, of which the squares around the mean follow. */
  #squares = 0;
  #sum = 0;
  #weights = 0;

  constructor(first: number) {
    this.#first = first;
  }

  get value(): number {
    const around = this.#weights > 0 ? this.#squares - this.#sum ** 2 / this.#weights : 0;
    return Math.max(1, (prior * this.#first + Math.max(0, around)) / (prior + Math.max(0, this.#minutes - 1)));
  }

  add(minute: Minute): void {
    const found = comparesArms(minute) ? difference(minute) : undefined;
    if (found === undefined) return;
    this.#minutes += 1;
    this.#squares += found.d ** 2 * found.weight;
    this.#sum += found.d * found.weight;
    this.#weights += found.weight;
  }
}
