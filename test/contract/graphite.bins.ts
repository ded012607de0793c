/** Shapes as in `graphite.contract.ts`; `summarize()` names a point by the begin of its interval, and gives null where there is nothing. */
import { expect } from 'vitest';
import { apart, type BinsContract, type BinTimes, minute, onPage } from './bins.js';
import type { Answer } from './harness.js';

const answered =
  (step = minute, shift = 0) =>
  ({ body }: { readonly body: string }, { from, to }: BinTimes): Answer => {
    const form = new URLSearchParams(body);
    // A bin before the window too; `from` is left out by Graphite.
    expect([Number(form.get('from')), Number(form.get('until'))]).toEqual([(from - minute) / 1000 - 1, to / 1000 - 1]);
    const [target = '', ...evidence] = form.getAll('target');
    expect(target).toContain('"60s"');
    const canary = target.includes('.canary.');
    const failures = target.includes('.failed');
    const values = canary ? (failures ? [1, null, 0] : [10, null, 30]) : failures ? [4, 5, null] : [100, 200, null];
    const datapoints = [7, ...values].map((value, i) => [value, (from + (i - 1) * step + shift) / 1000]);
    const raw = evidence.map((_, i) => ({ target: `signalbox-evidence-${i}`, datapoints: [[3, to / 1000 - 10]] }));
    return { body: [{ target, tags: {}, datapoints }, ...raw] };
  };

const labelled = Object.fromEntries(
  Object.entries(apart).map(([role, series]) => {
    const path = `checkout.${role.startsWith('canary') ? 'canary' : 'stable'}.*.requests.${role.endsWith('failures') ? 'failed' : 'all'}`;
    const labels = { target: `summarize(sumSeries(${path}), "60s", "sum")` };
    return [role, series.map(({ bins: own }) => ({ labels, bins: own }))];
  }),
);

export const bins: readonly BinsContract[] = [
  {
    ...onPage('graphite', 'failures, canary against stable'),
    answer: answered(),
    expected: labelled,
    wrong: {
      'finer points': answered(10_000),
      'coarser points': answered(300_000),
      'points between the edges': answered(minute, 20_000),
    },
  },
];
