/** Shapes: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference (GetMetricData, DescribeAlarms), by the JSON 1.0 protocol. */
import { expect } from 'vitest';
import { wrongSignature } from '../support/aws.js';
import type { Received } from '../support/server.js';
import { type Contract, fromPage, type Responder, type Times, type Ways } from './harness.js';

const minute = 60_000;

function asked(request: Received, operation: string, { now }: Times): Record<string, unknown> {
  expect(`${request.method} ${request.path}`).toBe('POST /');
  expect(request.headers['content-type']).toBe('application/x-amz-json-1.0');
  expect(request.headers['x-amz-target']).toBe(`GraniteServiceVersion20100801.${operation}`);
  const keyOf = (id: string) =>
    id === 'AKIAIOSFODNN7EXAMPLE' ? { secret: 'a-secret-AWS_SECRET_ACCESS_KEY' } : undefined;
  expect(wrongSignature(request, { keyOf, region: 'eu-central-1', service: 'monitoring', now })).toBeUndefined();
  return JSON.parse(request.body) as Record<string, unknown>;
}

interface Query {
  readonly Id: string;
  readonly ReturnData: boolean;
  readonly Expression?: string;
  readonly MetricStat?: {
    readonly Metric: { readonly MetricName: string };
    readonly Period: number;
    readonly Stat: string;
  };
}

type Values = readonly (number | string | null)[];
/** Values by the minute, the newest first; of a query, by the metric's name or by its Id. */
type Given = Readonly<Record<string, Values>>;

interface More {
  readonly page?: object;
  readonly result?: object;
  /** How old the newest point is, beside the window's end. */
  readonly lateMs?: number;
}

const metrics =
  (given: Given, { page = {}, result = {}, lateMs = 0 }: More = {}): Responder =>
  (request, times) => {
    const input = asked(request, 'GetMetricData', times);
    expect(input).toMatchObject({
      StartTime: (times.now - 7 * minute) / 1000,
      EndTime: (times.now - 2 * minute) / 1000,
      ScanBy: 'TimestampDescending',
    });
    const queries = input.MetricDataQueries as Query[];
    for (const { MetricStat } of queries) if (MetricStat) expect(MetricStat.Period).toBe(60);
    const results = queries
      .filter(({ ReturnData }) => ReturnData)
      .map(({ Id, MetricStat }) => {
        const name = MetricStat?.Metric.MetricName ?? Id;
        const Values = given[name] ?? [];
        return {
          Id,
          Label: name,
          Timestamps: Values.map((_, i) => (times.now - (3 + i) * minute - lateMs) / 1000),
          Values,
          StatusCode: 'Complete',
          ...result,
        };
      });
    return { body: { Messages: [], MetricDataResults: results, ...page } };
  };

const failing: Readonly<Record<'throttled' | 'unauthorised', Ways>> = {
  throttled: {
    '400': () => ({
      status: 400,
      body: { __type: 'com.amazon.coral.availability#ThrottlingException', message: 'Rate exceeded' },
    }),
    '429': () => ({ status: 429, headers: { 'retry-after': '1' }, body: {} }),
  },
  unauthorised: {
    expired: () => ({
      status: 400,
      body: { __type: 'com.amazon.coral.service#ExpiredTokenException', message: 'The security token is expired' },
    }),
    'unknown key': () => ({
      status: 400,
      body: {
        __type: 'com.amazon.coral.service#UnrecognizedClientException',
        message: 'The security token is invalid',
      },
    }),
    'no permission': () => ({
      status: 400,
      body: { __type: 'com.amazon.coral.service#AccessDeniedException', Message: 'User is not authorized' },
    }),
    '403': () => ({ status: 403, body: { __type: 'com.amazon.coral.service#AccessDenied', message: 'no' } }),
  },
};

/** The traps that each kind of query has. */
const common = (good: Given, odd: Given): Pick<Contract, 'partial' | 'stale' | 'throttled' | 'unauthorised'> => ({
  ...failing,
  partial: {
    PartialData: metrics(good, { result: { StatusCode: 'PartialData' } }),
    'no status': metrics(good, { result: { StatusCode: null } }),
    InternalError: metrics(good, { result: { StatusCode: 'InternalError' } }),
    Forbidden: metrics(good, { result: { StatusCode: 'Forbidden' } }),
    messages: metrics(good, {
      page: { Messages: [{ Code: 'MaxMetricsExceeded', Value: 'Maximum number of allowed metrics exceeded' }] },
    }),
    'messages of a result': metrics(good, {
      result: { Messages: [{ Code: 'ArithmeticError', Value: 'One or more data-points have been dropped' }] },
    }),
    'pages without end': (request, times) =>
      metrics(good, { page: { NextToken: `${request.body.length}-${Math.random()}` } })(request, times),
    'not a number': metrics(odd),
  },
  stale: { 'ten minutes': metrics(good, { lateMs: 10 * minute }) },
});

const all = (value: number | string): Values => [value, value, value, value, value];
const errors = 'HTTPCode_Target_5XX_Count';

const onePage = fromPage('cloudwatch', 'response time', 'endpoint');

const alarm = (change: object = {}) => ({
  AlarmName: 'checkout-5xx',
  AlarmArn: 'arn:aws:cloudwatch:eu-central-1:123456789012:alarm:checkout-5xx',
  AlarmDescription: 'call the team',
  ActionsEnabled: true,
  StateValue: 'OK',
  StateReason: 'Threshold Crossed',
  StateUpdatedTimestamp: Date.parse('2026-11-23T09:45:00Z') / 1000,
  StateTransitionedTimestamp: Date.parse('2026-11-23T09:45:00Z') / 1000,
  Namespace: 'AWS/ApplicationELB',
  MetricName: errors,
  Dimensions: [{ Name: 'LoadBalancer', Value: 'app/shop/50dc6c495c0c9188' }],
  TreatMissingData: 'missing',
  ...change,
});

const alarms =
  (MetricAlarms: readonly object[], CompositeAlarms: readonly object[] = [], more: object = {}): Responder =>
  (request, times) => {
    const input = asked(request, 'DescribeAlarms', times);
    expect(input).toMatchObject({
      AlarmNamePrefix: 'checkout-',
      AlarmTypes: ['MetricAlarm', 'CompositeAlarm'],
    });
    return { body: { MetricAlarms, CompositeAlarms, ...more } };
  };

const fires = { StateValue: 'ALARM' };
const composite = (change: object = {}) => ({
  AlarmName: 'checkout-all',
  AlarmRule: 'ALARM("checkout-5xx") OR ALARM("checkout-latency")',
  StateValue: 'ALARM',
  StateUpdatedTimestamp: Date.parse('2026-11-23T09:45:00Z') / 1000,
  ...change,
});

export const contracts: readonly Contract[] = [
  {
    what: 'one metric',
    ...onePage,
    gate: { ...onePage.gate, 'max-age': '2m' },
    good: metrics({ TargetResponseTime: all(0.2) }),
    bad: { slow: metrics({ TargetResponseTime: all(0.9) }) },
    empty: {
      'no points': metrics({}),
      'no result': metrics({}, { page: { MetricDataResults: [] } }),
      'points outside the window': metrics({ TargetResponseTime: all(0.2) }, { lateMs: 24 * 60 * minute }),
    },
    ...common({ TargetResponseTime: all(0.2) }, { TargetResponseTime: ['NaN'] }),
    stale: {
      'four minutes': metrics({ TargetResponseTime: [0.2] }, { lateMs: 4 * minute }),
      'ten minutes': metrics({ TargetResponseTime: all(0.2) }, { lateMs: 10 * minute }),
    },
  },
  {
    what: 'failures and total',
    ...fromPage('cloudwatch', 'error rate', 'endpoint'),
    // AWS writes no point for no errors.
    good: metrics({ RequestCount: all(100) }),
    bad: {
      always: metrics({ RequestCount: all(100), [errors]: all(5) }),
      once: metrics({ RequestCount: all(100), [errors]: [90] }),
    },
    empty: {
      nothing: metrics({}),
      'too few': metrics({ RequestCount: [1] }),
    },
    ...common({ RequestCount: all(100) }, { RequestCount: all(100), [errors]: ['NaN'] }),
  },
  {
    what: 'Metrics Insights',
    ...fromPage('cloudwatch', 'busy containers', 'endpoint'),
    good: metrics({ m: all(40) }),
    bad: metrics({ m: all(95) }),
    empty: { 'no points': metrics({}), 'no result': metrics({}, { page: { MetricDataResults: [] } }) },
    ...common({ m: all(40) }, { m: [null] }),
  },
  {
    what: 'a formula',
    ...fromPage('cloudwatch', 'error rate by formula', 'endpoint'),
    good: metrics({ rate: all(0), Invocations: all(100) }),
    bad: metrics({ rate: [0.5, 0, 0, 0, 0], Errors: [50], Invocations: all(100) }),
    empty: {
      'no points': metrics({}),
      'FILL alone makes points': metrics({ rate: all(0) }),
      'FILL makes points of errors': metrics({ rate: all(0), Errors: all(0) }),
      'the formula has none': metrics({ Invocations: all(100) }),
    },
    ...common({ rate: all(0), Invocations: all(100) }, { rate: ['Infinity'], Invocations: all(100) }),
    stale: { 'FILL makes points': metrics({ rate: all(0), Invocations: all(100) }, { lateMs: 10 * minute }) },
  },
  {
    what: 'alarms',
    ...fromPage('cloudwatch', 'no alarm', 'endpoint'),
    ...failing,
    good: alarms([alarm(), alarm({ AlarmName: 'checkout-latency' })]),
    bad: {
      firing: alarms([alarm(), alarm({ AlarmName: 'checkout-latency', ...fires })]),
      composite: alarms([alarm()], [composite()]),
      'composite that waits for its suppressor': alarms([], [composite({ ActionsSuppressedBy: 'WaitPeriod' })]),
      'since nobody knows when': alarms([
        alarm({ ...fires, StateTransitionedTimestamp: null, StateUpdatedTimestamp: null }),
      ]),
      'on the second page': (request, times) =>
        alarms(request.body.includes('"NextToken":"next"') ? [alarm(fires)] : [alarm()], [], {
          NextToken: request.body.includes('NextToken') ? null : 'next',
        })(request, times),
    },
    empty: {
      'no alarms': alarms([]),
      'others of the prefix': alarms([alarm({ AlarmName: 'other' })]),
    },
    partial: {
      INSUFFICIENT_DATA: alarms([alarm({ StateValue: 'INSUFFICIENT_DATA' })]),
      'a state that is not known': alarms([alarm({ StateValue: 'PENDING' })]),
      'evaluation of a part': alarms([alarm({ EvaluationState: 'PARTIAL_DATA' })]),
      'evaluation failed': alarms([alarm({ EvaluationState: 'EVALUATION_FAILURE' })]),
      'firing since before the deployment': alarms([
        alarm({ ...fires, StateTransitionedTimestamp: Date.parse('2026-11-20T00:00:00Z') / 1000 }),
      ]),
      'all suppressed': alarms([], [composite({ ActionsSuppressedBy: 'Alarm' })]),
      'pages without end': (request, times) =>
        alarms([alarm()], [], { NextToken: String(Math.random()) })(request, times),
      'not alarms': () => ({ body: {} }),
    },
    stale: { impossible: 'CloudWatch does not say when an alarm was evaluated last' },
  },
];
