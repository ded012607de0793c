/** Shapes: https://learn.microsoft.com/rest/api/monitor (metrics, metric-alerts, scheduled-query-rules, alertsmanagement). */
import { expect } from 'vitest';
import type { Received } from '../support/server.js';
import { type Contract, fromPage, type Responder, type Times } from './harness.js';

const subscription = '/subscriptions/11111111-2222-3333-4444-555555555555';
const resource = `${subscription}/resourceGroups/shop/providers/microsoft.insights/components/checkout`;
const minute = 60_000;

type Point = Record<string, number>;

const parametersOf = (request: Received) => {
  const url = new URL(request.path, 'http://azure');
  return { path: decodeURIComponent(url.pathname), query: Object.fromEntries(url.searchParams) };
};

const signedIn = (request: Received): void => {
  expect(request.method).toBe('GET');
  expect(request.headers.authorization).toBe('Bearer a-secret-ARM_TOKEN');
};

/** The whole minutes of the five before the metrics have settled. */
const minutesOf = ({ now }: Times): number[] => [7, 6, 5, 4, 3].map((ago) => now - ago * minute);

const metric = (name: string, data: unknown, more = {}) => ({
  id: `${resource}/providers/Microsoft.Insights/metrics/${name}`,
  type: 'Microsoft.Insights/metrics',
  name: { value: name, localizedValue: name },
  unit: 'Count',
  errorCode: 'Success',
  timeseries: [
    {
      metadatavalues: [{ name: { value: 'cloud/rolename', localizedValue: 'Cloud role name' }, value: 'checkout' }],
      data,
    },
  ],
  ...more,
});

/** @param points by the metric's name and the position of the minute; undefined: Azure has no such key */
const metrics =
  (points: (name: string, i: number) => Point | undefined, more: object = {}, answer: object = {}): Responder =>
  (request, times) => {
    signedIn(request);
    const { path, query } = parametersOf(request);
    expect(path).toBe(`${resource}/providers/Microsoft.Insights/metrics`);
    expect(query).toMatchObject({
      'api-version': '2024-02-01',
      interval: 'PT1M',
      timespan: '2026-11-23T09:53:00.000Z/2026-11-23T09:58:00.000Z',
      $filter: "cloud/roleName eq 'checkout'",
    });
    expect(query.aggregation).toContain('count');
    const names = (query.metricnames ?? '').split(',');
    const value = names.map((name) =>
      metric(
        name,
        minutesOf(times).map((at, i) => ({ timeStamp: new Date(at).toISOString(), ...points(name, i) })),
        more,
      ),
    );
    return {
      body: {
        cost: 4,
        timespan: query.timespan,
        interval: 'PT1M',
        namespace: 'microsoft.insights/components',
        resourceregion: 'westeurope',
        value,
        ...answer,
      },
    };
  };

const requests =
  (failed: number) =>
  (name: string): Point => ({ count: name === 'requests/failed' ? failed : 100 });
const duration = (average: number) => (): Point => ({ average, count: 50 });
const failing = { errorCode: 'InternalServerError', errorMessage: 'the metric store did not answer' };
/** As it was long before the end of the window. */
const onlyFirst =
  (points: (name: string, i: number) => Point | undefined) =>
  (name: string, i: number): Point | undefined =>
    i === 0 ? points(name, i) : { count: 0 };

const withGate = (name: string) => fromPage('azure-monitor', name, 'management');

const rule = (kind: string, name: string, properties: object) => ({
  id: `${subscription}/resourceGroups/shop/providers/${kind}/${name}`,
  name,
  type: kind,
  location: 'global',
  properties,
});

const metricAlert = (name: string, change: object = {}) =>
  rule('Microsoft.Insights/metricAlerts', name, {
    description: name,
    severity: 1,
    enabled: true,
    scopes: [resource],
    evaluationFrequency: 'PT1M',
    windowSize: 'PT5M',
    criteria: { 'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria', allOf: [] },
    ...change,
  });

const logAlert = (change: object = {}) =>
  rule('microsoft.insights/scheduledqueryrules', 'exceptions', {
    severity: 2,
    enabled: true,
    evaluationFrequency: 'PT5M',
    scopes: [`${subscription}/resourcegroups/SHOP`],
    targetResourceTypes: ['Microsoft.Insights/components'],
    ...change,
  });

const fired = (change: object = {}) => ({
  id: `${subscription}/providers/Microsoft.AlertsManagement/alerts/66114d64-d9d9-478b-95c9-b789d6502100`,
  type: 'Microsoft.AlertsManagement/alerts',
  name: 'failure rate',
  properties: {
    essentials: {
      severity: 'Sev1',
      signalType: 'Metric',
      alertState: 'New',
      monitorCondition: 'Fired',
      monitorService: 'Platform',
      targetResource: resource.toLowerCase(),
      targetResourceName: 'checkout',
      alertRule: `${subscription}/resourceGroups/shop/providers/Microsoft.Insights/metricAlerts/failure rate`,
      startDateTime: '2026-11-23T09:45:00Z',
      actionStatus: { isSuppressed: false },
      ...change,
    },
  },
});

const lists = {
  metricalerts: [metricAlert('failure rate'), metricAlert('duration')] as unknown[],
  scheduledqueryrules: [logAlert()] as unknown[],
  activitylogalerts: [] as unknown[],
  smartdetectoralertrules: [] as unknown[],
  alerts: [] as unknown[],
};
type Lists = typeof lists;

const versions: Record<keyof Lists, string> = {
  metricalerts: '2018-03-01',
  scheduledqueryrules: '2023-12-01',
  activitylogalerts: '2020-10-01',
  smartdetectoralertrules: '2021-04-01',
  alerts: '2019-05-05-preview',
};

const alerting =
  (change: Partial<Lists>, status: Partial<Record<keyof Lists, number>> = {}, answer: object = {}): Responder =>
  (request) => {
    signedIn(request);
    const { path, query } = parametersOf(request);
    const list = path.slice(path.lastIndexOf('/') + 1).toLowerCase() as keyof Lists;
    expect(path).toContain(`${subscription}/providers/`);
    expect(query['api-version']).toBe(versions[list]);
    if (list === 'alerts')
      expect(query).toMatchObject({ monitorCondition: 'Fired', timeRange: '30d', pageCount: '250' });
    const code = status[list];
    if (code !== undefined) return { status: code, body: { error: { code: 'AuthorizationFailed', message: 'no' } } };
    return { body: { value: change[list] ?? lists[list], ...(list === 'alerts' ? answer : {}) } };
  };

const disabled = { enabled: false };

export const contracts: readonly Contract[] = [
  {
    what: 'ratio of counts',
    ...withGate('failed requests'),
    good: metrics(requests(0)),
    bad: metrics(requests(5)),
    empty: {
      'no series': metrics(() => ({}), { timeseries: [] }),
      'no values': metrics(() => ({})),
      'filled with zeros': metrics(() => ({ count: 0 })),
      null: metrics(() => ({ count: null as unknown as number })),
    },
    partial: {
      'the metric failed': metrics(requests(0), failing),
      'a metric is missing': (request, times) => {
        const { body } = metrics(requests(0))(request, times) as { body: { value: unknown[] } };
        return { body: { ...body, value: [] } };
      },
      'another interval': metrics(requests(0), {}, { interval: 'PT1H' }),
      'more pages': metrics(requests(0), {}, { nextLink: 'https://management.azure.com/next' }),
    },
    stale: { impossible: 'a window of five minutes holds nothing older than max-age; see the duration' },
  },
  {
    what: 'average',
    source: withGate('duration').source,
    gate: { ...withGate('duration').gate, 'max-age': '2m' },
    good: metrics(duration(120)),
    bad: metrics(duration(900)),
    empty: {
      'no series': metrics(() => ({}), { timeseries: [] }),
      'zeros without a measurement': metrics(() => ({ average: 0, count: 0 })),
    },
    partial: { 'the metric failed': metrics(duration(120), failing) },
    stale: metrics(onlyFirst(duration(120))),
  },
  {
    what: 'alerts',
    ...withGate('no alerts'),
    good: alerting({
      alerts: [
        fired({ targetResource: `${resource}-other`, alertRule: 'x' }),
        fired({ severity: 'Sev4' }),
        fired({ monitorCondition: 'Resolved' }),
      ],
    }),
    bad: {
      fired: alerting({ alerts: [fired()] }),
      'closed by a person': alerting({ alerts: [fired({ alertState: 'Closed' })] }),
      acknowledged: alerting({ alerts: [fired({ alertState: 'Acknowledged' })] }),
      'by a rule of a web test': alerting({
        metricalerts: [
          metricAlert('ping', {
            scopes: [`${subscription}/resourceGroups/web/providers/microsoft.insights/webtests/ping`, resource],
          }),
          metricAlert('duration'),
        ],
        alerts: [
          fired({
            alertRule: `${subscription}/resourceGroups/shop/providers/Microsoft.Insights/metricAlerts/ping`,
            targetResource: `${subscription}/resourcegroups/web/providers/microsoft.insights/webtests/ping`,
          }),
        ],
      }),
      'on the second page': (request, times) => {
        if (request.path.includes('ctoken')) return { body: { value: [fired()], nextLink: null } };
        const next = `http://${request.headers.host}${request.path}&ctoken=2`;
        return alerting({ alerts: [] }, {}, { nextLink: next })(request, times);
      },
      'since nobody knows when': alerting({ alerts: [fired({ startDateTime: undefined })] }),
    },
    empty: {
      'no rules': alerting({ metricalerts: [], scheduledqueryrules: [] }),
      'rules of another resource': alerting({
        metricalerts: [metricAlert('a', { scopes: [`${resource}-other`] })],
        scheduledqueryrules: [],
      }),
      'rules disabled': alerting({
        metricalerts: [metricAlert('a', disabled), metricAlert('b', disabled)],
        scheduledqueryrules: [logAlert(disabled)],
      }),
      'rules of another kind of resource': alerting({
        metricalerts: [],
        scheduledqueryrules: [logAlert({ targetResourceTypes: ['Microsoft.Compute/virtualMachines'] })],
      }),
      'too few rules': alerting({ metricalerts: [metricAlert('a')], scheduledqueryrules: [] }),
      'only rules on what people do': alerting({
        metricalerts: [],
        scheduledqueryrules: [],
        activitylogalerts: ['a', 'b', 'c'].map((name) =>
          rule('Microsoft.Insights/ActivityLogAlerts', name, {
            scopes: [subscription],
            enabled: true,
            condition: { allOf: [{ field: 'category', equals: 'Administrative' }] },
          }),
        ),
      }),
      'only mild rules': alerting({
        metricalerts: [metricAlert('a', { severity: 3 }), metricAlert('b', { severity: 4 })],
        scheduledqueryrules: [],
      }),
    },
    partial: {
      'fired since before the deployment': alerting({ alerts: [fired({ startDateTime: '2026-11-23T08:00:00Z' })] }),
      'rules cannot be listed': alerting({}, { metricalerts: 403 }),
      'log rules cannot be listed': alerting({}, { scheduledqueryrules: 403 }),
      'detectors cannot be listed': alerting({}, { smartdetectoralertrules: 403 }),
      'alerts cannot be listed': alerting({}, { alerts: 403 }),
      'the next page is elsewhere': alerting({}, {}, { nextLink: 'https://elsewhere.example/alerts?x=1' }),
      'the next page is the same': (request, times) =>
        alerting({}, {}, { nextLink: `http://${request.headers.host}${request.path}` })(request, times),
    },
    stale: { impossible: 'Azure does not say when a rule was last evaluated' },
  },
];
