/** Shapes as in `loki.contract.ts`: an evaluation at a time looks back from it. */
import { expect } from 'vitest';
import { type BinsContract, byVersion, minute, onPage } from './bins.js';

const nanoseconds = (ms: number): string => `${ms}000000`;

export const bins: readonly BinsContract[] = [
  {
    ...onPage('loki', 'errors in the log, canary against stable'),
    answer({ path, body }, { from, to }) {
      const { query = '', start, end, step } = Object.fromEntries(new URLSearchParams(body));
      expect(path).toBe('/loki/api/v1/query_range');
      if (step === undefined) {
        const stream = { stream: { app: 'checkout' }, values: [[nanoseconds(to - 2000), 'a line']] };
        return { body: { status: 'success', data: { resultType: 'streams', result: [stream] } } };
      }
      expect([start, end, step]).toEqual([nanoseconds(from + minute), nanoseconds(to), '60']);
      expect(query).toContain('[60s]');
      const failures = query.includes('level=error');
      const line = (version: string, values: readonly (readonly [number, string])[]) => ({
        metric: { version },
        values: values.map(([m, value]) => [(from + m * minute) / 1000, value]),
      });
      const result = failures
        ? [
            line('2.4.0', [
              [1, '1'],
              [3, '0'],
            ]),
            line('2.3.1', [
              [1, '4'],
              [2, '5'],
            ]),
          ]
        : [
            line('2.4.0', [
              [1, '10'],
              [3, '30'],
            ]),
            line('2.3.1', [
              [1, '100'],
              [2, '200'],
            ]),
          ];
      return { body: { status: 'success', data: { resultType: 'matrix', result } } };
    },
    expected: byVersion,
  },
];
