/** The numbers that two independent implementations agree on, in two languages; all to 1e-9, relative where above 1. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { burnRate, factorOf } from '../../src/judge/burn-rate.js';
import { above, CountTest, type Minute } from '../../src/judge/count-test.js';
import { phiOf } from '../../src/judge/dispersion.js';
import { noWorse, spread, worse } from '../../src/judge/mixture.js';
import { placeboLooks } from '../../src/judge/placebo.js';
import { RateTest, rateBounds } from '../../src/judge/proportion.js';
import { RateRatio } from '../../src/judge/rate-ratio.js';
import { RestartingTest } from '../../src/judge/restarts.js';
import { logSharesRatio, SharesTest } from '../../src/judge/turner-grunwald.js';
import { logOddsOfSplit } from './support/closed-form.js';

const values = JSON.parse(readFileSync(new URL('./reference/judge-values.json', import.meta.url), 'utf8')) as Record<
  string,
  never
>;

const near = (found: number, expected: number | string): void => {
  const wanted = Number(expected);
  if (!Number.isFinite(wanted)) expect(found).toBe(wanted);
  else expect(Math.abs(found - wanted) / Math.max(1, Math.abs(wanted)), `${found} for ${wanted}`).toBeLessThan(1e-9);
};

type Batch = readonly [number, number, number, number];
const minuteOf = ([c, nc, b, nb]: Batch): Minute => ({ c, nc, b, nb });

interface Sequence {
  readonly batches: readonly Batch[];
  readonly r0: number;
  readonly a?: number;
  readonly phi?: readonly number[] | null;
  readonly logE: readonly number[];
}

function follow({ batches, r0, a = 0, phi, logE }: Sequence, grid: typeof worse): void {
  const test = new CountTest(above(grid, r0), r0, a);
  for (const [i, batch] of batches.entries()) {
    test.add(minuteOf(batch), phi?.[i] ?? 1);
    near(test.logE, logE[i] ?? Number.NaN);
  }
}

describe('the count test', () => {
  it.each([
    ['B_count_eprocess_single_batch', spread],
    ['B2_D6_single_batch', worse],
  ])('agrees on single minutes (%s)', (group, grid) => {
    const cases = values[group] as unknown as { batch: Minute; r0: number; a: number; logE: number }[];
    expect(cases.length).toBeGreaterThan(40);
    for (const { batch, r0, a, logE } of cases) {
      const test = new CountTest(above(grid, r0), r0, a);
      test.add(batch);
      near(test.logE, logE);
    }
  });

  it.each([
    ['B_count_eprocess_sequences', spread],
    ['B2_D6_sequences', worse],
    ['C_tempered_sequences', spread],
  ])('agrees on sequences (%s)', (group, grid) => {
    const cases = values[group] as unknown as Sequence[];
    expect(cases.length).toBeGreaterThan(3);
    for (const sequence of cases) follow(sequence, grid);
  });

  it('agrees on the proof of being no worse', () => {
    const cases = values.D_accept_eprocess as unknown as { batches: Batch[]; rBad: number; logE: number[] }[];
    for (const { batches, rBad, logE } of cases) {
      const test = new CountTest(noWorse, rBad);
      for (const [i, batch] of batches.entries()) {
        test.add(minuteOf(batch));
        near(test.logE, logE[i] ?? Number.NaN);
      }
    }
  });

  it('agrees on restarts', () => {
    const [sequence] = values.L_restart_mixture as unknown as [
      { batches: Batch[]; starts: number[]; w0: number; wRestart: number; r0: number; logE: number[] },
    ];
    const starts = sequence.starts.map((at) => ({ at, weight: at === 0 ? sequence.w0 : sequence.wRestart }));
    const test = new RestartingTest(above(worse, sequence.r0), { margin: sequence.r0, slack: 0, phi: 1, starts });
    for (const [i, batch] of sequence.batches.entries()) {
      test.add(minuteOf(batch));
      near(test.logE, sequence.logE[i] ?? Number.NaN);
    }
  });
});

describe('bounds of the ratio', () => {
  it('agree', () => {
    const { cases } = values.E_rate_ratio_confidence_sequence as unknown as {
      cases: { batches: Batch[]; alpha: number; lower: number; upper: number | string; mle: number }[];
    };
    for (const { batches, alpha, lower, upper } of cases) {
      const ratio = new RateRatio();
      for (const batch of batches) ratio.add(minuteOf(batch));
      const bounds = ratio.bounds(alpha);
      near(bounds.lower, lower);
      near(bounds.upper, upper);
    }
  });
});

describe('the dispersion', () => {
  it('agrees', () => {
    const [steady, wild] = values.J_dispersion as unknown as [{ phi: number }, { phi: number }];
    const history = (c: (i: number) => number, b: (i: number) => number): Minute[] =>
      Array.from({ length: 60 }, (_, i) => ({ c: c(i), nc: 500, b: b(i), nb: 500 }));
    near(
      phiOf(
        history(
          (i) => 5 + ((7 * i) % 5),
          (i) => 5 + ((11 * i) % 4),
        ),
      ),
      steady.phi,
    );
    near(
      phiOf(
        history(
          (i) => (37 * i * i) % 23,
          (i) => (53 * i * i + 7 * i) % 23,
        ),
      ),
      wild.phi,
    );
  });
});

describe('one arm', () => {
  it('agrees on the bounds of its rate', () => {
    const { cases } = values.G_proportion_confidence_sequence as unknown as {
      cases: { S: number; n: number; alpha: number; lower: number; upper: number }[];
    };
    for (const { S, n, alpha, lower, upper } of cases) {
      const bounds = rateBounds(S, n, alpha);
      near(bounds.lower, lower);
      near(bounds.upper, upper);
    }
  });

  it('agrees on the evidence against a promised rate', () => {
    const cases = values.I_slo_single_arm_eprocess as unknown as {
      batches: [number, number][];
      a: number;
      logE: number[];
    }[];
    for (const { batches, a, logE } of cases) {
      const test = new RateTest(spread, a);
      for (const [i, [failures, requests]] of batches.entries()) {
        test.add(failures, requests);
        near(test.logE, logE[i] ?? Number.NaN);
      }
    }
  });

  it('agrees on burn rates', () => {
    const { windows, cases } = values.I_burn_rate as unknown as {
      windows: { longHours: number; threshold: number; budgetConsumed: number }[];
      cases: { slo: number; bad: number; total: number; burnRate: number }[];
    };
    for (const { slo, bad, total, burnRate: expected } of cases) near(burnRate(bad / total, slo), expected);
    for (const { longHours, threshold, budgetConsumed } of windows)
      near(factorOf(budgetConsumed, longHours, 720), threshold);
  });

  it('agrees on the split of counts', () => {
    const cases = values.A_dirichlet_multinomial as unknown as {
      S: number[];
      theta0: number[];
      k: number;
      logE: number;
    }[];
    for (const { S, theta0, k, logE } of cases) near(logOddsOfSplit(S, theta0, k), logE);
  });
});

describe('shares of two arms', () => {
  it('agree with the shares fixed before', () => {
    const cases = values.F_turner_grunwald as unknown as (Minute & { pc: number; pb: number; logE: number })[];
    expect(cases.length).toBeGreaterThan(5);
    for (const { pc, pb, logE, ...minute } of cases) near(logSharesRatio(minute, pc, pb), logE);
  });

  it('agree with the share of the baseline guessed from before', () => {
    const cases = values.F_turner_grunwald_sequences as unknown as { batches: Batch[]; logE: number[] }[];
    for (const { batches, logE } of cases) {
      const test = new SharesTest();
      for (const [i, batch] of batches.entries()) {
        test.add(minuteOf(batch));
        near(test.logE, logE[i] ?? Number.NaN);
      }
    }
  });
});

describe('placebo days', () => {
  it('agree at every look', () => {
    const cases = values.K_placebo as unknown as { M0: number[]; direction: string; z: number[]; p: number[] }[];
    const days = Array.from({ length: 19 }, (_, k) => {
      const i = k + 1;
      return [0.02 * (((7 * i) % 5) - 2), 0.015 * (((3 * i) % 7) - 3), 0.01 * (((5 * i) % 9) - 4)];
    });
    expect(cases.map(({ direction }) => direction)).toEqual(['drop', 'drop']);
    for (const { M0, z, p } of cases) {
      const looks = placeboLooks(M0, days, 'fall');
      for (const [w, look] of looks.entries()) {
        near(look.extreme, z[w] ?? Number.NaN);
        near(look.p, p[w] ?? Number.NaN);
      }
      // A rise is the same upside down.
      const mirrored = placeboLooks(
        M0.map((x) => -x),
        days.map((day) => day.map((x) => -x)),
        'rise',
      );
      expect(mirrored).toEqual(looks);
    }
  });
});
