/** Shapes as in `prometheus.contract.ts`: an evaluation at a time looks back from it. */
import { expect } from 'vitest';
import type { Received } from '../support/server.js';
import { type BinsContract, type BinTimes, byVersion, minute, onPage } from './bins.js';
import type { Answer } from './harness.js';

const matrix = (...result: object[]): Answer => ({
  body: { status: 'success', data: { resultType: 'matrix', result } },
});

/** Values by the number of minutes since the begin of the window. */
const line = (metric: object, values: Readonly<Record<number, string>>, { from }: BinTimes) => ({
  metric,
  values: Object.entries(values)
    .map(([m, value]) => [(from + Number(m) * minute) / 1000, value] as const)
    .toSorted(([a], [b]) => a - b),
});

/** Answers what is asked for beside, and checks the times of what is asked for itself. */
const prometheus =
  (first: number, answer: (query: string, times: BinTimes) => Answer) =>
  ({ path, body }: Received, times: BinTimes): Answer => {
    const form = Object.fromEntries(new URLSearchParams(body));
    const { query = '', start, end, step } = form;
    expect(query).not.toContain('$__');
    if (path === '/api/v1/query') {
      const row = (tag: string, value: number) => ({
        metric: { signalbox: tag },
        value: [times.to / 1000, String(value)],
      });
      const tags = [...new Set([...query.matchAll(/"((?:live|newest) \d+)"/g)].map(([, tag = '']) => tag))];
      const result = tags.map((tag) => row(tag, tag.startsWith('live') ? 2 : times.to / 1000 - 5));
      return { body: { status: 'success', data: { resultType: 'vector', result } } };
    }
    expect(path).toBe('/api/v1/query_range');
    expect([Number(start), Number(end), Number(step)]).toEqual([
      (times.from + first * minute) / 1000,
      times.to / 1000,
      60,
    ]);
    return answer(query, times);
  };

const isFailures = (query: string): boolean => query.includes('5..');

const increases = prometheus(1, (query, times) =>
  isFailures(query)
    ? matrix(
        line({ version: '2.4.0' }, { 1: '1', 3: '0' }, times),
        line({ version: '2.3.1' }, { 1: '4', 2: '5' }, times),
      )
    : matrix(
        line({ version: '2.4.0' }, { 1: '10', 3: '30' }, times),
        line({ version: '2.3.1' }, { 1: '100', 2: '200' }, times),
      ),
);

const labels = (version: string, code: string) => ({ job: 'app', instance: `${version}:1`, version, code });

/** The canary's first failure comes in the second minute, in a process that was up before; the baseline begins anew in the third. */
const counters = prometheus(-5, (query, times) => {
  if (query.startsWith('up{'))
    return matrix(line({ __name__: 'up', job: 'app', instance: '2.4.0:1' }, { 1: '1', 2: '1' }, times));
  if (!isFailures(query)) {
    return matrix(
      line(labels('2.4.0', '200'), { 0: '1000', 1: '1010', 2: '1030', 3: '1060' }, times),
      line(labels('2.3.1', '200'), { '-5': '7', 0: '5000', 1: '5100', 2: '5300', 3: '40' }, times),
    );
  }
  return matrix(
    line(labels('2.4.0', '500'), { 2: '2', 3: '3' }, times),
    line(labels('2.3.1', '500'), { 0: '7', 1: '11' }, times),
    line(labels('2.3.1', '503'), { '-5': '7', '-4': '8' }, times),
  );
});

export const bins: readonly BinsContract[] = [
  {
    ...onPage('prometheus', 'checkout errors, canary against stable'),
    answer: increases,
    expected: byVersion,
    wrong: {
      'one evaluation': prometheus(1, (_, { to }) => ({
        body: {
          status: 'success',
          data: { resultType: 'vector', result: [{ metric: {}, value: [to / 1000, 'NaN'] }] },
        },
      })),
      'steps of half a minute': prometheus(1, (_, times) =>
        matrix(line({ version: '2.4.0' }, { 0.5: '1', 1: '1', 1.5: '1', 2: '1', 2.5: '1', 3: '1' }, times)),
      ),
      'NaN and infinity': prometheus(1, (_, times) =>
        matrix(line({ version: '2.4.0' }, { 1: 'NaN', 2: '+Inf' }, times)),
      ),
    },
  },
  {
    ...onPage('prometheus', 'the same by bare counters'),
    answer: counters,
    expected: {
      failures: [
        { labels: labels('2.4.0', '500'), bins: [null, 2, 1] },
        { labels: labels('2.3.1', '500'), bins: [4, null, null] },
      ],
      total: [
        { labels: labels('2.4.0', '200'), bins: [10, 20, 30] },
        { labels: labels('2.3.1', '200'), bins: [100, 200, 40] },
      ],
    },
  },
  {
    ...onPage('prometheus', 'checkout durations, canary against stable'),
    answer: prometheus(1, (_, times) =>
      matrix(
        line({ version: '2.4.0', le: '0.5' }, { 1: '3', 2: '4' }, times),
        line({ version: '2.4.0', le: '+Inf' }, { 1: '5', 2: '4' }, times),
      ),
    ),
    expected: {
      buckets: [
        { labels: { version: '2.4.0', le: '0.5' }, bins: [3, 4, null] },
        { labels: { version: '2.4.0', le: '+Inf' }, bins: [5, 4, null] },
      ],
    },
  },
];
