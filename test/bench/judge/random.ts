/** Random numbers for the benchmark: xoshiro128** seeded by splitmix32, and fast samplers (a full run draws a thousand million numbers). */

const logFactorials = new Float64Array(4096);
for (let i = 1; i < logFactorials.length; i += 1) logFactorials[i] = (logFactorials[i - 1] as number) + Math.log(i);

/** ln k!, by Stirling's series beyond the table (error below 1e-16 there). */
export function logFactorial(k: number): number {
  if (k < logFactorials.length) return logFactorials[k] as number;
  const x = k + 1;
  const s = 1 / (x * x);
  return (x - 0.5) * Math.log(x) - x + 0.9189385332046727 + (1 / 12 - s * (1 / 360 - s / 1260)) / x;
}

export class Random {
  private a: number;
  private b: number;
  private c: number;
  private d: number;
  private spare = Number.NaN;

  constructor(seed: number) {
    let state = seed | 0;
    const next = () => {
      state = (state + 0x9e3779b9) | 0;
      let z = state ^ (state >>> 16);
      z = Math.imul(z, 0x21f0aaad);
      z ^= z >>> 15;
      z = Math.imul(z, 0x735a2d97);
      return z ^ (z >>> 15);
    };
    [this.a, this.b, this.c, this.d] = [next(), next(), next(), next()];
  }

  private word(): number {
    const product = Math.imul(this.b, 5);
    const result = Math.imul((product << 7) | (product >>> 25), 9);
    const t = this.b << 9;
    this.c ^= this.a;
    this.d ^= this.b;
    this.b ^= this.c;
    this.a ^= this.d;
    this.c ^= t;
    this.d = (this.d << 11) | (this.d >>> 21);
    return result >>> 0;
  }

  /** Above 0 and below 1. */
  uniform(): number {
    return (this.word() + 0.5) / 4294967296;
  }

  /** By the polar method. */
  normal(): number {
    if (!Number.isNaN(this.spare)) {
      const value = this.spare;
      this.spare = Number.NaN;
      return value;
    }
    for (;;) {
      const u = 2 * this.uniform() - 1;
      const v = 2 * this.uniform() - 1;
      const s = u * u + v * v;
      if (s >= 1 || s === 0) continue;
      const f = Math.sqrt((-2 * Math.log(s)) / s);
      this.spare = v * f;
      return u * f;
    }
  }

  /** Mean `shape`, by Marsaglia and Tsang; shape at least 1. */
  gamma(shape: number): number {
    const d = shape - 1 / 3;
    const c = 1 / Math.sqrt(9 * d);
    for (;;) {
      const x = this.normal();
      const v = (1 + c * x) ** 3;
      if (v > 0 && Math.log(this.uniform()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v;
    }
  }

  /** At least 1, mean 1/p. */
  geometric(p: number): number {
    return 1 + Math.floor(Math.log(this.uniform()) / Math.log1p(-p));
  }

  /** By inversion for small means, else by Hörmann's transformed rejection. */
  poisson(mean: number): number {
    if (mean <= 0) return 0;
    if (mean < 10) {
      let u = this.uniform();
      let p = Math.exp(-mean);
      let k = 0;
      while (u > p && k < 200) {
        u -= p;
        k += 1;
        p *= mean / k;
      }
      return k;
    }
    const root = Math.sqrt(mean);
    const b = 0.931 + 2.53 * root;
    const a = -0.059 + 0.02483 * b;
    const inverse = 1.1239 + 1.1328 / (b - 3.4);
    const quick = 0.9277 - 3.6224 / (b - 2);
    const logMean = Math.log(mean);
    for (;;) {
      const u = this.uniform() - 0.5;
      const v = this.uniform();
      const us = 0.5 - Math.abs(u);
      const k = Math.floor(((2 * a) / us + b) * u + mean + 0.43);
      if (us >= 0.07 && v <= quick) return k;
      if (k < 0 || (us < 0.013 && v > us)) continue;
      if (Math.log((v * inverse) / (a / (us * us) + b)) <= k * logMean - mean - logFactorial(k)) return k;
    }
  }

  /** By inversion for small means, else by Hörmann's transformed rejection. */
  binomial(n: number, p: number): number {
    if (n <= 0 || p <= 0) return 0;
    if (p >= 1) return n;
    if (p > 0.5) return n - this.binomial(n, 1 - p);
    const odds = p / (1 - p);
    if (n * p < 10) {
      let u = this.uniform();
      let mass = Math.exp(n * Math.log1p(-p));
      let k = 0;
      while (u > mass && k < n) {
        u -= mass;
        mass *= (odds * (n - k)) / (k + 1);
        k += 1;
      }
      return k;
    }
    const spread = Math.sqrt(n * p * (1 - p));
    const b = 1.15 + 2.53 * spread;
    const a = -0.0873 + 0.0248 * b + 0.01 * p;
    const centre = n * p + 0.5;
    const quick = 0.92 - 4.2 / b;
    const alpha = (2.83 + 5.1 / b) * spread;
    const mode = Math.floor((n + 1) * p);
    const logOdds = Math.log(odds);
    const height = logFactorial(mode) + logFactorial(n - mode);
    for (;;) {
      const u = this.uniform() - 0.5;
      const v = this.uniform();
      const us = 0.5 - Math.abs(u);
      const k = Math.floor(((2 * a) / us + b) * u + centre);
      if (us >= 0.07 && v <= quick) return k;
      if (k < 0 || k > n) continue;
      const accept = height - logFactorial(k) - logFactorial(n - k) + (k - mode) * logOdds;
      if (Math.log((v * alpha) / (a / (us * us) + b)) <= accept) return k;
    }
  }
}
