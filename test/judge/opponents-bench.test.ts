/** The benchmark itself: that its releases are what it says they are, and that it runs on today's judges. */
import { describe, expect, it } from 'vitest';
import { simulateLatency } from '../bench/judge/latency.js';
import { measure, peers } from '../bench/judge/measure.js';
import { Random } from '../bench/judge/random.js';
import { type Cell, cells, freshCells, seedOf, simulate } from '../bench/judge/scenarios.js';
import { against, falseStops } from '../bench/judge/tables.js';

const cell = (noise: Cell['noise'], effect = 1): Cell =>
  cells.find(
    (c) => c.noise === noise && c.share === 0.5 && c.rate === 1000 && c.base === 0.01 && c.effect === effect,
  ) as Cell;

describe('the simulated releases', () => {
  it('are 240 cells, numbered from 1, the effect fastest', () => {
    expect(cells).toHaveLength(240);
    expect(cells[0]).toMatchObject({ id: 1, noise: 'iid', share: 0.5, rate: 100, base: 0.001, effect: 1 });
    expect(cells[3]).toMatchObject({ id: 4, effect: 5 });
    expect(cells[239]).toMatchObject({ id: 240, noise: 'ararm', share: 0.05, rate: 10_000, base: 0.01, effect: 5 });
    expect(freshCells).toHaveLength(40);
  });

  it.each(['iid', 'bb', 'clump', 'shared', 'ararm'] as const)('fail as often as they should with %s', (noise) => {
    let [failures, requests, canary, canaryRequests] = [0, 0, 0, 0];
    for (let i = 0; i < 60; i += 1) {
      const { history, window } = simulate(cell(noise, 2), new Random(seedOf(1, i)));
      for (const [t, n] of history.nb.entries()) {
        failures += history.b[t] as number;
        requests += n;
      }
      for (const [t, n] of window.nc.entries()) {
        canary += window.c[t] as number;
        canaryRequests += n;
      }
    }
    expect(requests / (60 * 480)).toBeCloseTo(500, -1);
    expect(Math.abs(failures / requests / 0.01 - 1)).toBeLessThan(0.06);
    expect(Math.abs(canary / canaryRequests / 0.02 - 1)).toBeLessThan(0.15);
  });

  it('are the same again with the same seed', () => {
    expect(simulate(cell('ararm'), new Random(5))).toEqual(simulate(cell('ararm'), new Random(5)));
  });

  it('take as long as they should', () => {
    const like = { id: 1, share: 0.5, rate: 1000, swing: 0, drift: 0 };
    const { window } = simulateLatency({ ...like, slowing: '+50 %' }, new Random(1));
    const over = window.reduce((sum, { overB, nb }) => sum + (overB[5] as number) / nb, 0) / window.length;
    expect(over).toBeCloseTo(0.5, 1);
    const p95 = window.reduce((sum, { p95c, p95b }) => sum + p95c / p95b, 0) / window.length;
    expect(p95).toBeCloseTo(1.5, 1);
  });
});

describe('the benchmark', () => {
  it('runs all judges, and stops what is five times as bad', () => {
    const results = [measure(cell('iid'), 6), measure(cell('iid', 5), 6)];
    const found = new Map(results[1]?.outcomes.map((o) => [o.judge, o]));
    expect(found.get('ours 1 %')).toMatchObject({ stopped: 1, runs: 6 });
    expect(found.get('ours 1 %')?.median).toBeLessThan(4);
    expect(found.get('Kayenta from 10')).toMatchObject({ stopped: 1, median: 10, runs: 3 });
    expect([...found.keys()]).toEqual(expect.arrayContaining([...peers]));
    expect(falseStops(results, ['ours 1 %'], ['iid'])).toContain('| ours 1 % | 0.0 (0.0) |');
    expect(against(results, 'ours 1 %', ['iid'])).toMatchObject({ earlier: 1, ties: 0, later: [] });
  });
});
