/** Shapes: https://docs.dynatrace.com/docs/dynatrace-api/environment-api (metric-v2, problems-v2, entity-v2). */
import { expect } from 'vitest';
import type { Received } from '../support/server.js';
import { type Contract, fromPage, type Responder, type Times } from './harness.js';

const minute = 60_000;
const entity = 'type("SERVICE"),entityName.equals("checkout")';

const parametersOf = (request: Received) => {
  const url = new URL(request.path, 'http://dynatrace');
  return { path: url.pathname, query: Object.fromEntries(url.searchParams) };
};

const signedIn = (request: Received): void => {
  expect(request.method).toBe('GET');
  expect(request.headers.authorization).toBe('Api-Token a-secret-DT_TOKEN');
};

type Series = readonly [Record<string, string>, readonly (number | null)[]];

interface Given {
  /** The value of each series over the whole window. */
  readonly value: readonly Series[];
  /** By the minute, the newest last, for a raw metric. */
  readonly points?: (selector: string) => readonly (number | null)[] | undefined;
  readonly more?: object;
  readonly result?: object;
}

const full = [1, 1, 1, 1, 1];

const metrics =
  ({ value, points = () => full, more = {}, result = {} }: Given): Responder =>
  (request, { now }) => {
    signedIn(request);
    const { path, query } = parametersOf(request);
    expect(path).toBe('/api/v2/metrics/query');
    expect(query).toMatchObject({
      from: String(now - 6 * minute),
      to: String(now - minute),
      entitySelector: entity,
    });
    const selector = query.metricSelector ?? '';
    const raw = query.resolution === '1m';
    if (!raw) expect(query.resolution).toBe('Inf');
    if (raw) expect(selector).toMatch(/^builtin:[\w.]+:splitBy\(\)$/);
    const series: readonly Series[] = raw
      ? [points(selector) ?? []].flatMap((p): Series[] => (p.length === 0 ? [] : [[{}, p]]))
      : value;
    const timesOf = (n: number): number[] => Array.from({ length: n }, (_, i) => now - minute - (n - 1 - i) * minute);
    return {
      body: {
        totalCount: series.length,
        nextPageKey: null,
        resolution: query.resolution,
        result: [
          {
            metricId: selector,
            dataPointCountRatio: 0.0001,
            dimensionCountRatio: 0.0001,
            data: series.map(([dimensionMap, values]) => ({
              dimensions: Object.values(dimensionMap),
              dimensionMap,
              timestamps: timesOf(values.length),
              values,
            })),
            ...result,
          },
        ],
        ...more,
      },
    };
  };

const one = (x: number | null): Series[] => [[{}, [x]]];
const requestsGone = (selector: string) => (selector.includes('requestCount') ? [] : full);
const oldPoints = () => [1, 1, null, null, null];

const problem = (change: object = {}) => ({
  problemId: '-6156404735398726308_1669823466223V2',
  displayId: 'P-221194163',
  title: 'Failure rate increase',
  impactLevel: 'SERVICES',
  severityLevel: 'ERROR',
  status: 'OPEN',
  affectedEntities: [{ entityId: { id: 'SERVICE-1', type: 'SERVICE' }, name: 'checkout' }],
  impactedEntities: [],
  rootCauseEntity: null,
  managementZones: [],
  entityTags: [],
  problemFilters: [],
  startTime: Date.parse('2026-11-23T09:45:00Z'),
  endTime: -1,
  ...change,
});

interface Situation {
  readonly entities?: number;
  readonly open?: readonly object[];
  readonly maintained?: readonly object[];
  readonly more?: object;
  readonly status?: Readonly<Record<string, number>>;
}

const problems =
  ({ entities = 2, open = [], maintained = [], more = {}, status = {} }: Situation): Responder =>
  (request, { now }: Times) => {
    signedIn(request);
    const { path, query } = parametersOf(request);
    const what = path.slice('/api/v2/'.length);
    const code = status[what];
    if (code !== undefined)
      return { status: code, body: { error: { code, message: 'Token is missing required scope' } } };
    expect(query.entitySelector).toBe(entity);
    if (what === 'entities') {
      const found = entities === 0 ? [] : [{ entityId: 'SERVICE-1', type: 'SERVICE', displayName: 'checkout' }];
      return { body: { totalCount: entities, pageSize: 1, entities: found } };
    }
    expect(what).toBe('problems');
    expect(query).toMatchObject({ from: String(now - 365 * 24 * 60 * minute), pageSize: '500' });
    expect(query.problemSelector).toMatch(/^status\("open"\)(?:,underMaintenance\(true\))?$/);
    const listed = query.problemSelector?.includes('underMaintenance') ? maintained : open;
    return { body: { totalCount: listed.length, pageSize: 500, problems: listed, ...more } };
  };

export const contracts: readonly Contract[] = [
  {
    what: 'ratio',
    ...fromPage('dynatrace', 'error rate'),
    good: metrics({ value: one(0.2), points: (s) => (s.includes('errors') ? [] : full) }),
    bad: metrics({ value: one(4) }),
    empty: {
      'no series': metrics({ value: [] }),
      'no result': metrics({ value: [], more: { result: [] } }),
      null: metrics({ value: one(null) }),
      'no requests, yet a number': metrics({ value: one(0), points: requestsGone }),
      'no points at all, yet a number': metrics({ value: one(0), points: () => [] }),
      'only nulls, yet a number': metrics({ value: one(0), points: () => [null, null] }),
    },
    partial: {
      warnings: metrics({ value: one(0.2), more: { warnings: ['the entity selector matched too many'] } }),
      'warnings of the metric': metrics({ value: one(0.2), result: { warnings: ['the metric was cut'] } }),
      'more dimensions than are read': metrics({ value: one(0.2), result: { dimensionCountRatio: 1.5 } }),
      'more points than are read': metrics({ value: one(0.2), result: { dataPointCountRatio: 1.01 } }),
      'more pages': metrics({ value: one(0.2), more: { nextPageKey: 'abc' } }),
      'several points': metrics({ value: [[{}, [0.1, 0.2]]] }),
    },
    stale: { impossible: 'a window of five minutes holds nothing older than max-age; see the response time' },
  },
  {
    what: 'percentile',
    source: fromPage('dynatrace', 'response time').source,
    gate: { ...fromPage('dynatrace', 'response time').gate, 'max-age': '90s' },
    good: metrics({
      value: [
        [{ 'dt.entity.service': 'SERVICE-1' }, [120_000]],
        [{ 'dt.entity.service': 'SERVICE-2' }, [90_000]],
      ],
    }),
    bad: metrics({
      value: [
        [{ 'dt.entity.service': 'SERVICE-1' }, [120_000]],
        [{ 'dt.entity.service': 'SERVICE-2' }, [900_000]],
      ],
    }),
    empty: metrics({ value: [], points: () => [] }),
    partial: {
      'one series without a value': metrics({
        value: [
          [{ a: '1' }, [120_000]],
          [{ a: '2' }, [null]],
        ],
      }),
    },
    stale: metrics({ value: one(120_000), points: oldPoints }),
  },
  {
    what: 'problems',
    ...fromPage('dynatrace', 'no problems'),
    // Two entities, one problem, and that in maintenance.
    good: problems({ open: [problem()], maintained: [problem()] }),
    bad: {
      open: problems({ open: [problem()] }),
      'one of two in maintenance': problems({
        open: [problem(), problem({ problemId: 'x' })],
        maintained: [problem()],
      }),
      'since nobody knows when': problems({ open: [problem({ startTime: null })] }),
      'on the second page': (request, times) => {
        const { query } = parametersOf(request);
        if (query.nextPageKey !== undefined) {
          expect(Object.keys(query)).toEqual(['nextPageKey']);
          return { body: { pageSize: 500, problems: query.nextPageKey === 'next' ? [problem()] : [] } };
        }
        // The one in maintenance has a second page without problems.
        return problems({ more: { nextPageKey: query.problemSelector?.includes('Maintenance') ? 'none' : 'next' } })(
          request,
          times,
        );
      },
    },
    empty: {
      'no entities': problems({ entities: 0 }),
      'no entities, yet a problem': problems({ entities: 0, open: [problem()] }),
    },
    partial: {
      'open since before the deployment': problems({
        open: [problem({ startTime: Date.parse('2026-01-01T00:00:00Z') })],
      }),
      'fewer than counted': problems({ more: { totalCount: 3 } }),
      warnings: problems({ more: { warnings: ['the entity selector matched too many'] } }),
      'entities cannot be read': problems({ status: { entities: 403 } }),
      'problems cannot be read': problems({ status: { problems: 403 } }),
    },
    stale: { impossible: 'Dynatrace does not say when it last looked' },
  },
];
