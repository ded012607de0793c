/** The simulated releases of the benchmark: an hour of two concurrent arms, and eight hours of the old version before it. */
import type { Random } from './random.js';

export const noises = ['iid', 'bb', 'clump', 'shared', 'ararm'] as const;
export type Noise = (typeof noises)[number];

export interface Cell {
  readonly id: number;
  readonly noise: Noise;
  /** Of the requests that the canary gets. */
  readonly share: number;
  /** Mean requests a minute, both arms together. */
  readonly rate: number;
  readonly base: number;
  /** The canary's failure rate over the baseline's. */
  readonly effect: number;
  readonly strength: Strength;
}

/** How strong each noise is. */
export interface Strength {
  /** Shape of the gamma factor of each arm and minute. */
  readonly bursts: number;
  /** Mean size of an incident. */
  readonly clump: number;
  /** Sd of the logarithm of what both arms share, and of what each has for itself; and how much of it stays from minute to minute. */
  readonly shared: number;
  readonly arm: number;
  readonly persistence: number;
}

const usual: Strength = { bursts: 4, clump: 3, shared: 0.5, arm: 0.3, persistence: 0.9 };

export const minutes = 60;
export const historyMinutes = 480;

/** 240 cells, numbered from 1, the effect fastest. */
export const cells: readonly Cell[] = noises
  .flatMap((noise) =>
    [0.5, 0.05].flatMap((share) =>
      [100, 1000, 10_000].flatMap((rate) =>
        [0.001, 0.01].flatMap((base) => [1, 1.5, 2, 5].map((effect) => ({ noise, share, rate, base, effect }))),
      ),
    ),
  )
  .map((cell, i) => ({ id: i + 1, ...cell, strength: usual }));

/** 40 cells of other noise, traffic and base, which were written down before they were first run; nothing was chosen on them. */
export const freshCells: readonly Cell[] = noises
  .flatMap((noise) =>
    [0.3, 0.1].flatMap((share) => [1, 1.5, 2, 5].map((effect) => ({ noise, share, rate: 3000, base: 0.003, effect }))),
  )
  .map((cell, i) => ({
    id: 5001 + i,
    ...cell,
    strength: { bursts: 2, clump: 5, shared: 0.8, arm: 0.2, persistence: 0.95 },
  }));

/** Counts of a stretch of minutes: failures and requests of the canary and of the baseline. */
export interface Counts {
  readonly c: Float64Array;
  readonly nc: Float64Array;
  readonly b: Float64Array;
  readonly nb: Float64Array;
}

export const counts = (length: number): Counts => ({
  c: new Float64Array(length),
  nc: new Float64Array(length),
  b: new Float64Array(length),
  nb: new Float64Array(length),
});

export interface Run {
  /** The old version in both arms, split as the release is. */
  readonly history: Counts;
  readonly window: Counts;
}

/** What a minute of the window is like; the default is the cell's. */
export interface Minute {
  readonly share: number;
  readonly pc: number;
  readonly pb: number;
}

/** One run of a cell. History and window are one stretch of the same process; only the window has the effect. */
export function simulate(
  cell: Cell,
  random: Random,
  minuteOf: (minute: number) => Minute = () => ({ share: cell.share, pc: cell.base * cell.effect, pb: cell.base }),
  before = historyMinutes,
): Run {
  const history = counts(before);
  const window = counts(minutes);
  const { bursts, clump, shared, arm, persistence } = cell.strength;
  const innovation = Math.sqrt(1 - persistence ** 2);
  let [zc, zb] = [random.normal(), random.normal()];
  for (let t = 0; t < before + minutes; t += 1) {
    const into = t < before ? history : window;
    const at = t < before ? t : t - before;
    const { share, pc, pb } = t < before ? { share: cell.share, pc: cell.base, pb: cell.base } : minuteOf(at);
    const n = random.poisson(cell.rate);
    const nc = random.binomial(n, share);
    const nb = n - nc;
    let [fc, fb] = [1, 1];
    if (cell.noise === 'bb') {
      fc = random.gamma(bursts) / bursts;
      fb = random.gamma(bursts) / bursts;
    } else if (cell.noise === 'shared') {
      zc = persistence * zc + innovation * random.normal();
      fc = Math.exp(shared * zc - shared ** 2 / 2);
      fb = fc;
    } else if (cell.noise === 'ararm') {
      zc = persistence * zc + innovation * random.normal();
      zb = persistence * zb + innovation * random.normal();
      fc = Math.exp(arm * zc - arm ** 2 / 2);
      fb = Math.exp(arm * zb - arm ** 2 / 2);
    }
    const failed = (n: number, p: number) =>
      cell.noise === 'clump' ? clumped(n, p, clump, random) : random.binomial(n, Math.min(0.95, p));
    into.nc[at] = nc;
    into.nb[at] = nb;
    into.c[at] = failed(nc, pc * fc);
    into.b[at] = failed(nb, pb * fb);
  }
  return { history, window };
}

/** Incidents of geometric size. */
function clumped(n: number, p: number, size: number, random: Random): number {
  let total = 0;
  for (let left = random.poisson((n * p) / size); left > 0; left -= 1) total += random.geometric(1 / size);
  return Math.min(n, total);
}

export const seedOf = (id: number, run: number): number => id * 1_000_003 + run * 7919 + 17;
