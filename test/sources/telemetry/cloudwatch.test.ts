import { describe, expect, it } from 'vitest';
import type { Alerts, Samples } from '../../../src/record/evidence.js';
import type { Families, TelemetryQuestion } from '../../../src/sources/source.js';
import { cloudwatchSource } from '../../../src/sources/telemetry/cloudwatch/index.js';
import { parseAlarmMatch } from '../../../src/sources/telemetry/cloudwatch/match.js';
import { parseQuery } from '../../../src/sources/telemetry/cloudwatch/query.js';
import { role, sts, wrongSignature } from '../../support/aws.js';
import { SimulatedClock } from '../../support/clock.js';
import { sourceContext } from '../../support/context.js';
import { type Received, reply, type StandIn, standIn } from '../../support/server.js';

const minute = 60_000;
const to = Date.parse('2026-11-23T10:00:00Z');
const window = { from: to - 5 * minute, to };
const seconds = (ms: number): number => ms / 1000;

interface Sent {
  readonly MetricDataQueries: { Id: string; ReturnData: boolean; MetricStat?: { Period: number } }[];
  readonly StartTime: number;
  readonly EndTime: number;
  readonly NextToken?: string;
}

const result = (Id: string, Label: string, points: readonly (readonly [number, number | string])[], change = {}) => ({
  Id,
  Label,
  Timestamps: points.map(([ago]) => seconds(to - ago * minute)),
  Values: points.map(([, value]) => value),
  StatusCode: 'Complete',
  ...change,
});

async function cloudwatch(answer: (sent: Sent, request: Received) => object): Promise<{
  server: StandIn;
  sent: () => Sent[];
  ask: (query: string, change?: Partial<TelemetryQuestion>) => Promise<Samples>;
  alarms: (match?: string) => Promise<Alerts>;
}> {
  const server = await standIn((request, response) => {
    reply(response, 200, answer(JSON.parse(request.body) as Sent, request));
  });
  const config = {
    region: 'eu-central-1',
    endpoint: server.url,
    'access-key-id': 'AKIAOWN',
    'secret-access-key': 'the-secret',
    settle: 0,
  };
  const source = cloudwatchSource.open(config as never, sourceContext({ clock: new SimulatedClock(to) }));
  const signal = AbortSignal.timeout(5000);
  type Asks = { [F in keyof Families]: (q: object, s: AbortSignal) => Promise<never> };
  return {
    server,
    sent: () => server.received.map(({ body }) => JSON.parse(body) as Sent),
    ask: (query, change = {}) =>
      (source as unknown as Asks).telemetry({ family: 'telemetry', query, window, ...change }, signal),
    alarms: (match) =>
      (source as unknown as Asks).alerts(
        { family: 'alerts', deployedAt: to, ...(match === undefined ? {} : { match }) },
        signal,
      ),
  };
}

const one = 'AWS/Lambda Duration Average {FunctionName=checkout}';

describe('the shorthand', () => {
  it('becomes a MetricStat', () => {
    expect(parseQuery('\'My App\' "Error ""Count""" p99.9 {Service=\'a, b\', Host=app/x/1}', 60).queries).toEqual([
      {
        Id: 'm',
        MetricStat: {
          Metric: {
            Namespace: 'My App',
            MetricName: 'Error "Count"',
            Dimensions: [
              { Name: 'Service', Value: 'a, b' },
              { Name: 'Host', Value: 'app/x/1' },
            ],
          },
          Period: 60,
          Stat: 'p99.9',
        },
      },
    ]);
  });

  it.each([
    ['Sum', 'sum'],
    ['SampleCount', 'sum'],
    ['TC(1:2)', 'sum'],
    ['Average', 'avg'],
    ['p99', 'avg'],
    ['tm99', 'avg'],
    ['PR(0:0.5)', 'avg'],
    ['Maximum', 'max'],
    ['Minimum', 'min'],
  ])('reduces %s by %s', (stat, how) => expect(parseQuery(`N M ${stat}`, 60).reduce).toBe(how));

  it.each([
    ['', /a namespace/],
    ['AWS/ELB', /name of a metric, found the end/],
    ['AWS/ELB M', /a statistic/],
    ['AWS/ELB M Median', /`Median` is no statistic/],
    ['AWS/ELB M Sum {A}', /expected `=`/],
    ['AWS/ELB M Sum {A=}', /a value of the dimension A/],
    ['AWS/ELB M Sum {A=1', /expected `}`/],
    ['AWS/ELB M Sum {A=1,}', /name of a dimension/],
    ['AWS/ELB M Sum more', /expected the end, found `more`/],
    ['AWS/ELB M Sum beside', /after `beside`/],
    ['AWS/ELB M p99 beside N', /only with Sum or SampleCount/],
    ["AWS/ELB 'M Sum", /cannot read/],
    ['SELECT m FROM n', /SELECT/],
    ['SELECT AVG(m) FROM n GROUP BY a LIMIT 5', /`LIMIT`/],
    ['[', /JSON list and is none/],
    ['[]', /MetricDataQueries/],
    ['[{"Id":"a"}]', /either `MetricStat` or `Expression`/],
    ['[{"Id":"A","Expression":"1"}]', /MetricDataQueries/],
    ['[{"Id":"a","Expression":"1"},{"Id":"b","Expression":"1"}]', /2 queries return data/],
    ['[{"Id":"a","Expression":"1","ReturnData":false}]', /0 queries return data/],
    ['[{"Id":"a","Expression":"1"},{"Id":"a","Expression":"1","ReturnData":false}]', /twice/],
  ])('says what is wrong with %s', (text, words) => expect(() => parseQuery(text, 60)).toThrow(words));
});

describe('a list of MetricDataQueries', () => {
  const stat = (Id: string) => ({
    Id,
    ReturnData: false,
    MetricStat: { Stat: 'Sum', Period: 3600, Metric: { Namespace: 'N', MetricName: Id } },
  });
  const parse = (...list: object[]) => parseQuery(JSON.stringify(list), 60);

  it('gets the period of the question, whatever it holds', () => {
    const { queries } = parse({ Id: 'e', Expression: 'a*1', Period: 3600 }, stat('a'));
    expect(queries).toEqual([
      { Id: 'e', Expression: 'a*1', Period: 60 },
      { Id: 'a', MetricStat: { Stat: 'Sum', Period: 60, Metric: { Namespace: 'N', MetricName: 'a' } } },
    ]);
  });

  it.each([
    ['FILL(a, 0) / b', ['a']],
    ['fill( SUM([a, b]) , REPEAT) + c', ['a', 'b']],
    ['a / b', []],
    ['FILL(METRICS(), 0)', ['e', 'a', 'b', 'c', 's']],
    ['FILL(s, 0) / c', ['s', 'a', 'b']],
  ])('knows what may be silent in %s', (Expression, silent) => {
    const sum = { Id: 's', Expression: 'a + b', ReturnData: false };
    const query = parse({ Id: 'e', Expression }, stat('a'), stat('b'), stat('c'), sum);
    expect([...query.maySilence].sort()).toEqual([...silent].sort());
    expect(query.raw).toEqual(['a', 'b', 'c']);
  });
});

describe('metrics', () => {
  it('asks for whole minutes and takes the end of the newest point as the newest datum', async () => {
    const { ask, sent } = await cloudwatch(() => ({
      MetricDataResults: [
        result('m', 'Duration', [
          [2, 30],
          [3, 10],
          [1, 20],
        ]),
      ],
    }));
    const odd = { from: window.from - 20_000, to: window.to + 40_000 };
    const samples = await ask(one, { window: odd });
    expect(sent()[0]).toMatchObject({ StartTime: seconds(window.from), EndTime: seconds(window.to) });
    expect(samples).toMatchObject({
      seen: 1,
      partial: false,
      window: { from: '2026-11-23T09:55:00.000Z', to: '2026-11-23T10:00:00.000Z' },
      newest: '2026-11-23T10:00:00.000Z',
      series: [{ labels: {}, value: 20, points: 3 }],
    });
    expect(samples.link).toMatch(/^https:\/\/eu-central-1\.console\.aws\.amazon\.com\/cloudwatch/);
    expect(JSON.stringify(samples)).not.toContain('the-secret');
  });

  it.each([
    ['N M Sum', 60],
    ['N M Maximum', 30],
    ['N M Minimum', 10],
    ['N M p95', 20],
  ])('%s is %d', async (query, value) => {
    const { ask } = await cloudwatch(() => ({
      MetricDataResults: [
        result('m', 'M', [
          [1, 10],
          [2, 20],
          [3, 30],
        ]),
      ],
    }));
    expect((await ask(query)).series[0]?.value).toBe(value);
    const last = await ask(query, { range: { everyMs: minute, reduce: 'last' } });
    expect(last.series[0]?.value).toBe(10);
  });

  it.each([
    [5, '5m', []],
    [1.5, '1m', ['CloudWatch has whole minutes: points every 1m, not 1m30s']],
    [0.5, '1m', ['CloudWatch has whole minutes: points every 1m, not 30s']],
  ])('samples every %d minutes as %s', async (every, _, notes) => {
    const { ask, sent } = await cloudwatch(() => ({ MetricDataResults: [result('m', 'M', [[5, 1]])] }));
    const samples = await ask(one, { range: { everyMs: every * minute, reduce: 'avg' } });
    const period = Math.max(1, Math.floor(every)) * 60;
    expect(sent()[0]?.MetricDataQueries[0]?.MetricStat?.Period).toBe(period);
    expect(samples.notes).toEqual(notes);
    expect(samples.newest).toBe(new Date(to - 5 * minute + period * 1000).toISOString());
  });

  it('asks nothing while there is no whole period', async () => {
    const { ask, server } = await cloudwatch(() => ({}));
    const samples = await ask(one, { window: { from: to - 30_000, to: to + 20_000 } });
    expect(samples).toMatchObject({ seen: 1 - 1, series: [], newest: null });
    const five = await ask(one, { window: { from: to - 299_000, to }, range: { everyMs: 5 * minute, reduce: 'avg' } });
    expect(five.notes).toEqual(['the window holds no whole 5m yet']);
    expect(server.received).toHaveLength(0);
  });

  it('follows the pages, and goes by the last word on a series', async () => {
    const { ask, sent } = await cloudwatch(({ NextToken }) =>
      NextToken === undefined
        ? { MetricDataResults: [result('m', 'M', [[1, 1]], { StatusCode: 'PartialData' })], NextToken: 'a+b/=' }
        : {
            MetricDataResults: [
              result('m', 'M', [
                [2, 5],
                [3, 6],
              ]),
            ],
          },
    );
    expect(await ask('N M Sum')).toMatchObject({ partial: false, series: [{ value: 12, points: 3 }] });
    expect(sent().map((s) => s.NextToken)).toEqual([undefined, 'a+b/=']);
    const again = await cloudwatch(() => ({ MetricDataResults: [], NextToken: 'same' }));
    await expect(again.ask(one)).rejects.toThrow(/same page/);
  });

  it('keeps the series of one query apart, and is as new as the one that is furthest behind', async () => {
    const { ask } = await cloudwatch(() => ({
      MetricDataResults: [result('m', 'blue', [[1, 1]]), result('m', 'green', [[3, 9]])],
    }));
    const samples = await ask('SELECT MAX(Latency) FROM N GROUP BY Slot');
    expect(samples).toMatchObject({
      seen: 2,
      newest: '2026-11-23T09:58:00.000Z',
      series: [
        { labels: { label: 'blue' }, value: 1 },
        { labels: { label: 'green' }, value: 9 },
      ],
    });
    const same = await cloudwatch(() => ({
      MetricDataResults: [result('m', 'x', [[1, 1]]), result('m', 'x', [[1, 2]])],
    }));
    await expect(same.ask('SELECT MAX(Latency) FROM N GROUP BY Slot')).rejects.toMatchObject({
      code: 'too-many-series',
    });
    const many = Array.from({ length: 101 }, (_, i) => result('m', `s${i}`, [[1, 1]]));
    const lots = await cloudwatch(() => ({ MetricDataResults: many }));
    await expect(lots.ask('SELECT MAX(Latency) FROM N GROUP BY Slot')).rejects.toMatchObject({
      code: 'too-many-series',
      permanent: true,
    });
  });

  it('returns the metrics behind a formula, and only those', async () => {
    const { ask, sent } = await cloudwatch(() => ({
      MetricDataResults: [
        result('rate', 'rate', [
          [1, 0],
          [2, 0],
        ]),
        result('all', 'all', [[2, 100]]),
        result('bad', 'bad', []),
        result('stray', 'stray', [[1, 1]]),
      ],
    }));
    const metric = { Stat: 'Sum', Metric: { Namespace: 'N', MetricName: 'M' } };
    const samples = await ask(
      JSON.stringify([
        { Id: 'rate', Expression: 'FILL(bad, 0) / half' },
        { Id: 'half', Expression: 'all / 2', ReturnData: false },
        { Id: 'bad', MetricStat: metric, ReturnData: false },
        { Id: 'all', MetricStat: metric, ReturnData: false },
      ]),
    );
    expect(sent()[0]?.MetricDataQueries.map((q) => [q.Id, q.ReturnData])).toEqual([
      ['rate', true],
      ['half', false],
      ['bad', true],
      ['all', true],
    ]);
    expect(samples).toMatchObject({ seen: 1, newest: '2026-11-23T09:59:00.000Z', series: [{ value: 0, points: 2 }] });
  });

  it('proves nothing while a metric of the formula is silent, unless FILL stands around it', async () => {
    const stat = (Id: string) => ({
      Id,
      ReturnData: false,
      MetricStat: { Stat: 'Sum', Metric: { Namespace: 'N', MetricName: Id } },
    });
    const { ask } = await cloudwatch(() => ({
      MetricDataResults: [result('e', 'e', [[1, 1]]), result('a', 'a', [[1, 1]]), result('b', 'b', [])],
    }));
    const formula = (Expression: string) => JSON.stringify([{ Id: 'e', Expression }, stat('a'), stat('b')]);
    expect(await ask(formula('IF(a > 0, 1, b)'))).toMatchObject({
      seen: 0,
      newest: null,
      notes: ['`b` has no points in the window'],
    });
    expect(await ask(formula('a + FILL(b, 0)'))).toMatchObject({ seen: 1, newest: '2026-11-23T10:00:00.000Z' });
    expect(await ask(formula('FILL(METRICS(), 0)'))).toMatchObject({ seen: 1, newest: '2026-11-23T10:00:00.000Z' });
  });

  it('leaves out points that are not of the window', async () => {
    const { ask } = await cloudwatch(() => ({
      MetricDataResults: [
        result('m', 'M', [
          [0, 1000],
          [1, 1],
          [5, 2],
          [6, 1000],
        ]),
      ],
    }));
    expect((await ask('N M Sum')).series).toEqual([{ labels: {}, value: 3, points: 2 }]);
  });

  it('says that no points count as zero, and by which metric that is known', async () => {
    const { ask } = await cloudwatch(() => ({
      MetricDataResults: [
        result('m', 'Errors', []),
        result('b', 'RequestCount', [
          [1, 5],
          [2, 5],
        ]),
      ],
    }));
    const samples = await ask('AWS/ApplicationELB Errors Sum beside RequestCount');
    expect(samples).toMatchObject({ seen: 1, series: [{ value: 0, points: 2 }], newest: '2026-11-23T10:00:00.000Z' });
    expect(samples.notes).toEqual(['`Errors` has no points, which counts as zero while `RequestCount` has some']);
    expect(samples.partial).toBe(false);
    const unheard = await cloudwatch(() => ({ MetricDataResults: [result('b', 'RequestCount', [[1, 5]])] }));
    expect(await unheard.ask('AWS/ApplicationELB Errors Sum beside RequestCount')).toMatchObject({ partial: true });
  });

  it.each([
    [400, { __type: 'x#InvalidParameterValueException', message: 'no such thing' }, 'bad-query', true],
    [400, { __type: 'x#ValidationError', message: 'bad' }, 'bad-query', true],
    [400, { __type: 'x#InvalidNextToken', message: 'bad' }, 'query-failed', false],
    [404, '<html>', 'query-failed', false],
  ])('%i %j is %s', async (status, body, code, permanent) => {
    const server = await standIn((_, response) => reply(response, status, body));
    const keys = { 'access-key-id': 'a', 'secret-access-key': 'the-secret' };
    const source = cloudwatchSource.open(
      { region: 'eu-central-1', endpoint: server.url, settle: 0, ...keys } as never,
      sourceContext(),
    ) as unknown as { telemetry: (q: object, s: AbortSignal) => Promise<never> };
    const asked = source.telemetry({ family: 'telemetry', query: one, window }, AbortSignal.timeout(5000));
    await expect(asked).rejects.toMatchObject({ code, permanent });
  });

  it('signs with the role of the policy', async () => {
    const clock = new SimulatedClock(to);
    const tokens = await sts(clock);
    const wrong: unknown[] = [];
    const server = await standIn((request, response) => {
      wrong.push(
        wrongSignature(request, {
          keyOf: (id) => tokens.keyOf(id),
          region: 'eu-west-1',
          service: 'monitoring',
          now: clock.now(),
        }),
      );
      reply(response, 200, { MetricDataResults: [result('m', 'M', [[1, 1]])] });
    });
    const config = { region: 'eu-west-1', role, 'sts-endpoint': tokens.endpoint, endpoint: server.url, settle: 0 };
    const identity = { env: {}, secret: () => {}, idToken: (aud: string) => tokens.idToken(aud) };
    const source = cloudwatchSource.open(config as never, sourceContext({ clock, identity })) as unknown as {
      telemetry: (q: object, s: AbortSignal) => Promise<Samples>;
    };
    await source.telemetry({ family: 'telemetry', query: one, window }, AbortSignal.timeout(5000));
    expect(wrong).toEqual([undefined]);
  });
});

describe('alarms', () => {
  const alarm = (AlarmName: string, change: object = {}) => ({
    AlarmName,
    StateValue: 'ALARM',
    StateUpdatedTimestamp: seconds(to),
    StateTransitionedTimestamp: seconds(to - minute),
    Namespace: 'AWS/SQS',
    MetricName: 'Age',
    Dimensions: [{ Name: 'QueueName', Value: 'orders' }],
    AlarmDescription: 'call +49 170 0000000',
    ...change,
  });

  it.each([
    [undefined, {}, ['a-1', 'b-1', 'a-2']],
    ['a-', { AlarmNamePrefix: 'a-' }, ['a-1', 'a-2']],
    ['a-*1', { AlarmNamePrefix: 'a-' }, ['a-1']],
    ['*-1', {}, ['a-1', 'b-1']],
    ['a-1, b-1', { AlarmNames: ['a-1', 'b-1'] }, ['a-1', 'b-1']],
    ['a-*, b-1', {}, ['a-1', 'b-1', 'a-2']],
  ])('asks for %s', async (match, sent, names) => {
    const { alarms, server } = await cloudwatch(() => ({
      MetricAlarms: ['a-1', 'b-1', 'a-2'].map((name) => alarm(name)),
    }));
    const found = await alarms(match);
    expect(JSON.parse(server.received[0]?.body ?? '')).toEqual({
      ...sent,
      AlarmTypes: ['MetricAlarm', 'CompositeAlarm'],
      MaxRecords: 100,
    });
    expect(found.alerts.map((a) => a.name)).toEqual(names);
    expect(found).toMatchObject({ rules: names.length, seen: names.length, partial: false });
  });

  it('notices a name that is not there', async () => {
    const { alarms } = await cloudwatch(() => ({ MetricAlarms: [alarm('a', { StateValue: 'OK' })] }));
    expect(await alarms('a, b')).toMatchObject({ rules: 1, partial: true, notes: ['no alarm is named `b`'] });
    expect(() => parseAlarmMatch('a,,b')).toThrow(/empty name/);
  });

  it('says what each is about and since when, never its description', async () => {
    const formula = alarm('formula', {
      Namespace: null,
      MetricName: null,
      Dimensions: [],
      StateTransitionedTimestamp: undefined,
      Metrics: [
        { Id: 'e', Expression: 'm/2' },
        {
          Id: 'm',
          MetricStat: { Metric: { Namespace: 'N', MetricName: 'M', Dimensions: [] }, Period: 60, Stat: 'Sum' },
        },
      ],
    });
    const { alarms } = await cloudwatch(() => ({
      MetricAlarms: [alarm('one/two'), formula],
      CompositeAlarms: [{ AlarmName: 'both', StateValue: 'ALARM', AlarmRule: 'ALARM(a) AND ALARM(b)' }],
    }));
    const found = await alarms();
    expect(found.alerts).toMatchObject([
      { name: 'formula', subject: 'N M', since: '2026-11-23T10:00:00.000Z' },
      { name: 'one/two', subject: 'AWS/SQS Age QueueName=orders', since: '2026-11-23T09:59:00.000Z' },
      { name: 'both', subject: 'ALARM(a) AND ALARM(b)', since: null },
    ]);
    expect(found.alerts[1]?.link).toMatch(/alarmsV2:alarm\/one%2Ftwo$/);
    expect(JSON.stringify(found)).not.toContain('+49');
  });

  it('lists fifty and counts all', async () => {
    const { alarms } = await cloudwatch(() => ({ MetricAlarms: Array.from({ length: 60 }, (_, i) => alarm(`a${i}`)) }));
    const found = await alarms();
    expect([found.alerts.length, found.counts.firing, found.rules]).toEqual([50, 60, 60]);
  });
});

describe('the advice', () => {
  const advise = (question: object) => cloudwatchSource.lint?.(question as never, { warmupMs: 0 });
  const query = (text: string, more: object = {}) => advise({ family: 'telemetry', query: text, window, ...more });

  it.each([
    [one, []],
    ['AWS/ApplicationELB HTTPCode_Target_5XX_Count Sum', [expect.stringContaining('beside')]],
    ['AWS/ApplicationELB HTTPCode_Target_5XX_Count Sum beside RequestCount', []],
    ['N M Median', [expect.stringContaining('no statistic')]],
    [
      '[{"Id":"a","Expression":"TIME_SERIES(1)"}]',
      [expect.stringContaining('mean'), expect.stringContaining('proven')],
    ],
  ])('on %s', (text, advice) => expect(query(text)).toEqual(advice));

  it('on alarms', () => {
    expect(advise({ family: 'alerts', deployedAt: 0 })).toEqual([expect.stringContaining('auto scaling')]);
    expect(advise({ family: 'alerts', deployedAt: 0, match: 'a-' })).toEqual([]);
    expect(advise({ family: 'alerts', deployedAt: 0, match: ',' })).toEqual([expect.stringContaining('empty name')]);
  });
});
