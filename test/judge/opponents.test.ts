import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  ArgoStyle,
  FlaggerStyle,
  type KayentaConfig,
  kayenta,
  kayentaDefaults,
  kayentaHigh,
  percentile,
  twoProportionZ,
} from '../bench/judge/opponents.js';

interface Golden {
  readonly control: number[];
  readonly experiment: number[];
  readonly config: KayentaConfig;
  readonly expect: {
    classification: string;
    critical: boolean;
    ratio: number;
    ciLow: number;
    ciHigh: number;
    hodgesLehmann: number;
  };
}

const golden: Golden[] = JSON.parse(readFileSync(join(import.meta.dirname, 'reference/kayenta-golden.json'), 'utf8'));

describe('Kayenta, as a yardstick', () => {
  it('agrees with outputs of its own judge in 100 cases', () => {
    expect(golden).toHaveLength(100);
    for (const [i, { control, experiment, config, expect: wanted }] of golden.entries()) {
      const result = kayenta(control, experiment, { ...kayentaDefaults, ...config });
      expect({ i, label: result.label, critical: result.critical }).toEqual({
        i,
        label: wanted.classification,
        critical: wanted.critical,
      });
      expect(Math.abs(result.ratio / wanted.ratio - 1), `ratio of case ${i}`).toBeLessThan(1e-9);
      expect(Math.abs(result.low - wanted.ciLow), `lower end of case ${i}`).toBeLessThanOrEqual(1e-8);
      expect(Math.abs(result.high - wanted.ciHigh), `upper end of case ${i}`).toBeLessThanOrEqual(1e-8);
      expect(Math.abs(result.estimate - wanted.hodgesLehmann), `estimate of case ${i}`).toBeLessThanOrEqual(1e-8);
    }
  });

  it('says High with one point a side, however small the rise', () => {
    expect(kayenta([1], [1.0001]).label).toBe('High');
    expect(kayenta([1], [0.9999]).label).toBe('Low');
    expect(kayenta([1], [0.9999], { ...kayentaDefaults, direction: 'increase' }).label).toBe('Pass');
  });

  it('passes equal samples and a single value over both sides', () => {
    expect(kayenta([3, 1, 2], [1, 2, 3]).label).toBe('Pass');
    expect(kayenta([0, 0, 0], [0, 0]).label).toBe('Pass');
  });

  it('tells two constant sides apart', () => {
    expect(kayenta([1, 1, 1, 1, 1, 1], [2, 2, 2, 2, 2, 2]).label).toBe('High');
  });

  it('has no data on an empty side, unless NaN counts as 0', () => {
    const none = [Number.NaN, Number.NaN];
    expect(kayenta([1, 2], none).label).toBe('Nodata');
    expect(kayenta([1, 2], none, { ...kayentaDefaults, critical: true }).critical).toBe(true);
    expect(kayenta([1, 2], none, { ...kayentaDefaults, mustHaveData: true }).label).toBe('NodataFailMetric');
    expect(kayenta([1, 2], [], { ...kayentaDefaults, nanStrategy: 'replace' }).label).toBe('Pass');
  });

  it('removes outliers only when asked', () => {
    const control = Array.from({ length: 200 }, (_, i) => 1 + (i % 10) / 100);
    const experiment = [...control.map((v) => v + 0.001 * v), 1000];
    const kept = kayenta(control, experiment);
    const removed = kayenta(control, experiment, { ...kayentaDefaults, outliers: 'remove' });
    expect(kept.ratio).toBeGreaterThan(5);
    expect(removed.ratio).toBeLessThan(1.01);
  });

  it('answers quickly what it would answer slowly', () => {
    let seed = 7;
    const random = () => {
      seed = (seed * 1103515245 + 12345) % 2147483648;
      return seed / 2147483648;
    };
    const config: KayentaConfig = { ...kayentaDefaults, direction: 'increase', critical: true };
    let high = 0;
    for (let run = 0; run < 600; run += 1) {
      const scale = [0.1, 1, 5][run % 3] ?? 1;
      const values = (n: number, by: number) =>
        Array.from({ length: n }, () => (Math.round(by * scale * 10 * random()) / 10) * (run % 2 === 0 ? 1 : random()));
      const control = values(1 + Math.floor(30 * random()), 1);
      const experiment = values(1 + Math.floor(30 * random()), 1 + random());
      const slow = kayenta(control, experiment, config).label === 'High';
      expect(kayentaHigh(control, experiment)).toBe(slow);
      if (slow) high += 1;
    }
    expect(high).toBeGreaterThan(15);
  });
});

describe('the counters and the plain z', () => {
  it('Argo aborts at the fourth bad minute, Flagger at the fifth, consecutive or not', () => {
    const argo = new ArgoStyle(3);
    const flagger = new FlaggerStyle(5);
    const minutes = [true, false, true, true, false, true, true];
    expect(minutes.map((bad) => argo.check(bad)).indexOf(true)).toBe(5);
    expect(minutes.map((bad) => flagger.check(bad)).indexOf(true)).toBe(6);
  });

  it('z is the two-proportion z with pooled variance', () => {
    expect(twoProportionZ(30, 1000, 20, 1000)).toBeCloseTo(0.01 / Math.sqrt((0.025 * 0.975 * 2) / 1000), 12);
    expect(twoProportionZ(0, 10, 0, 10)).toBe(Number.NEGATIVE_INFINITY);
    expect(twoProportionZ(1, 0, 0, 10)).toBe(Number.NEGATIVE_INFINITY);
  });

  it('percentiles interpolate', () => {
    expect(percentile([1, 2, 3, 4], 0.5)).toBe(2.5);
    expect(percentile([1, 2, 3, 4, 5], 0.95)).toBeCloseTo(4.8, 12);
  });
});
