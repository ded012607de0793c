/** Response shapes: https://graphite.readthedocs.io/en/stable/render_api.html, and those of a real graphite-web 1.1.8. */
import { expect } from 'vitest';
import type { Received } from '../support/server.js';
import { type Answer, type Contract, fromPage, type Times } from './harness.js';

type Points = readonly (number | null)[];

/** A point each 10 s, the last one `age` seconds before now. */
const series = (target: string, values: Points, { now }: Times, age = 10) => ({
  target,
  tags: { name: target },
  datapoints: values.map((value, i) => [value, now / 1000 - age - 10 * (values.length - 1 - i)]),
});

const paths = ['checkout.*.requests.failed', 'checkout.*.requests.all'];

/** Checks what is sent. */
function checked({ method, path, headers, body }: Received, { now }: Times): void {
  expect(`${method} ${path}`).toBe('POST /render');
  expect(headers.authorization).toBe(`Basic ${Buffer.from('signalbox:a-secret-GRAPHITE_PASSWORD').toString('base64')}`);
  const form = new URLSearchParams(body);
  expect(form.get('format')).toBe('json');
  expect(Number(form.get('until'))).toBe(now / 1000 - 1);
  expect(Number(form.get('from'))).toBe(now / 1000 - 301);
  expect(form.getAll('target')).toEqual([
    `divideSeries(sumSeries(${paths[0]}), sumSeries(${paths[1]}))`,
    ...paths.map((p, i) => `alias(maxSeries(${p}),'signalbox-evidence-${i}')`),
  ]);
}

interface Found {
  readonly ratio?: Points;
  readonly raw?: readonly Points[];
  readonly age?: number;
}

const answers =
  ({
    ratio = [0.001, 0.002, null],
    raw = [
      [1, 2, null],
      [1000, 1100, null],
    ],
    age = 10,
  }: Found) =>
  (request: Received, times: Times): Answer => {
    checked(request, times);
    const evidence = raw.map((values, i) => series(`signalbox-evidence-${i}`, values, times, age));
    return { body: [series('divideSeries(…)', ratio, times, age), ...evidence] };
  };

export const contracts: readonly Contract[] = [
  {
    what: 'render',
    ...fromPage('graphite', 'failure rate'),
    good: answers({}),
    bad: answers({ ratio: [0.2, 0.3, null] }),
    empty: {
      'no series': (request, times) => {
        checked(request, times);
        return { body: [] };
      },
      'only nulls': answers({ ratio: [null, null] }),
      'values without points behind them': answers({ ratio: [0, 0], raw: [[null, null], [null]] }),
    },
    partial: {
      'one path is silent': answers({
        ratio: [0, 0],
        raw: [
          [null, null],
          [1000, 1100],
        ],
      }),
      'NaN as a word': (request, times) => {
        checked(request, times);
        const body = JSON.stringify([
          series('x', [0, 0], times),
          ...[0, 1].map((i) => series(`signalbox-evidence-${i}`, [1], times)),
        ]);
        return { body: body.replace('[0,', '["NaN",') };
      },
    },
    // Nothing of the last four minutes is in the window of five.
    stale: { 'the last point is older than the window': answers({ ratio: [0.001], raw: [[1], [1000]], age: 301 }) },
    unauthorised: {
      '401': () => ({ status: 401, body: 'Unauthorized' }),
      '403': () => ({ status: 403, body: 'Forbidden' }),
      'a login page': () => ({ headers: { 'content-type': 'text/html' }, body: '<html>log in</html>' }),
    },
  },
];
