/** Shapes as in `grafana.contract.ts`; Grafana widens the window to whole steps, so that there is one evaluation at its begin. */
import { expect } from 'vitest';
import { type BinsContract, type BinTimes, byVersion, minute, onPage } from './bins.js';
import type { Answer } from './harness.js';

const frame = (labels: object, rows: readonly (readonly [at: number, value: number])[]) => ({
  schema: {
    refId: 'A',
    fields: [
      { name: 'Time', type: 'time' },
      { name: 'Value', type: 'number', labels },
    ],
  },
  data: { values: [rows.map(([at]) => at), rows.map(([, value]) => value)] },
});

interface Body {
  readonly from: string;
  readonly to: string;
  readonly queries: readonly { expr: string; range?: boolean; interval?: string; intervalMs: number }[];
}

const answered =
  (rows: (failures: boolean, version: string) => readonly (readonly [minutes: number, value: number])[]) =>
  ({ body }: { readonly body: string }, { from, to }: BinTimes): Answer => {
    const asked = JSON.parse(body) as Body;
    const [main, raw] = asked.queries;
    expect([asked.from, asked.to]).toEqual([String(from), String(to)]);
    expect(main).toMatchObject({ range: true, interval: '60s', intervalMs: 60_000 });
    expect(main?.expr).toContain('[60s]');
    expect(raw?.expr).toContain('[300s]');
    const failures = main?.expr.includes('5..') ?? false;
    const A = ['2.4.0', '2.3.1'].map((version) =>
      frame(
        { version },
        rows(failures, version).map(([m, value]) => [from + m * minute, value] as const),
      ),
    );
    const tag = (signalbox: string, value: number) => frame({ signalbox }, [[to, value]]);
    const B = [0, 1].flatMap((i) => [tag(`live ${i}`, 2), tag(`newest ${i}`, to / 1000 - 5)]);
    return { body: { results: { A: { status: 200, frames: A }, B: { status: 200, frames: B } } } };
  };

export const bins: readonly BinsContract[] = [
  {
    ...onPage('grafana', 'checkout errors, canary against stable'),
    answer: answered((failures, version) => {
      if (version === '2.4.0')
        return [
          [0, 99],
          ...(failures
            ? ([
                [1, 1],
                [3, 0],
              ] as const)
            : ([
                [1, 10],
                [3, 30],
              ] as const)),
        ];
      return failures
        ? [
            [1, 4],
            [2, 5],
          ]
        : [
            [1, 100],
            [2, 200],
          ];
    }),
    expected: byVersion,
    wrong: {
      'other steps': answered(() => [
        [0.25, 1],
        [1.25, 2],
        [2.25, 2],
      ]),
      'finer steps': answered(() => [
        [0.5, 1],
        [1, 2],
        [1.5, 2],
        [2, 1],
      ]),
    },
  },
];
