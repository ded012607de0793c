import * as fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import type { Alerts, Samples } from '../../../src/record/evidence.js';
import type { TelemetryQuestion } from '../../../src/sources/source.js';
import { resourceIdForm, scopeIdForm, typeOf, within } from '../../../src/sources/telemetry/azure-monitor/arm.js';
import { parseMatch } from '../../../src/sources/telemetry/azure-monitor/match.js';
import { filterOf, parseMetricQuery } from '../../../src/sources/telemetry/azure-monitor/query.js';
import { azureMonitorSource } from '../../../src/sources/telemetry/azure-monitor.js';
import { sourceContext } from '../../support/context.js';
import { reply, type StandIn, standIn } from '../../support/server.js';

const to = Date.parse('2026-11-23T10:00:00Z');
const minute = 60_000;
const resource = '/subscriptions/s-1/resourceGroups/shop/providers/Microsoft.Web/sites/check out';

const open = (url: string, config: Record<string, unknown> = {}) =>
  azureMonitorSource.open(
    v.parse(azureMonitorSource.schema, { resource, token: 'tok', management: url, ...config }),
    sourceContext(),
  );

const question = (query: string, change: Partial<TelemetryQuestion> = {}): TelemetryQuestion => ({
  family: 'telemetry',
  query,
  window: { from: to - 5 * minute, to },
  ...change,
});

const ask = async (server: StandIn, query: string, change: Partial<TelemetryQuestion> = {}) =>
  (await open(server.url).telemetry(question(query, change), AbortSignal.timeout(5000))) as Omit<Samples, 'source'>;

type Points = readonly (Record<string, number | null> | undefined)[];
/** Of each metric the series by the value of a dimension; the last point is the last minute before `to`. */
const answer = (metrics: Record<string, Record<string, Points>>, interval = 'PT1M') => ({
  interval,
  value: Object.entries(metrics).map(([name, series]) => ({
    name: { value: name },
    errorCode: 'Success',
    timeseries: Object.entries(series).map(([role, points]) => ({
      metadatavalues: role === '' ? [] : [{ name: { value: 'role' }, value: role }],
      data: points.map((p, i) => ({ timeStamp: new Date(to - (points.length - i) * minute).toISOString(), ...p })),
    })),
  })),
});

const azure = (body: unknown, status = 200) => standIn((_, response) => reply(response, status, body));

const parametersOf = (server: StandIn) =>
  Object.fromEntries(new URL(server.received.at(-1)?.path ?? '', 'http://azure').searchParams);

describe('the language of metric queries', () => {
  it.each([
    ['requests/failed count', { metric: 'requests/failed', aggregation: 'count', where: [] }, undefined],
    [
      "  'Percentage CPU'  maximum\nper Microsoft.Compute/virtualMachines ",
      { metric: 'Percentage CPU', aggregation: 'maximum', where: [], per: 'Microsoft.Compute/virtualMachines' },
      undefined,
    ],
    [
      "a average where x eq 'it''s' and 'y z' sw 'b' by role",
      {
        metric: 'a',
        aggregation: 'average',
        where: [
          { dimension: 'x', operator: 'eq', value: "it's" },
          { dimension: 'y z', operator: 'sw', value: 'b' },
        ],
        by: 'role',
      },
      "x eq 'it''s' and y z sw 'b' and role eq '*'",
    ],
    ['a total beside b', { metric: 'a', aggregation: 'total', where: [], beside: 'b' }, undefined],
  ])('reads %j', (text, query, filter) => {
    expect(parseMetricQuery(text)).toEqual(query);
    expect(filterOf(parseMetricQuery(text))).toBe(filter);
  });

  it.each([
    ['', /expected the name of a metric, found the end/],
    ['a', /expected total, count, average, minimum, maximum, found the end/],
    ['a sum', /found `sum`/],
    ['a,b count', /without `,`/],
    ["a 'count'", /expected total/],
    ['a count where', /name of a dimension, found the end/],
    ["a count where x = 'y'", /expected eq, ne, sw, found `=`/],
    ['a count where x eq y', /value in single quotes, found `y`/],
    ["a count where x eq '*'", /value in single quotes/],
    ["a count where x eq 'y' or z eq 'y'", /expected the end, found `or`/],
    ["a count where x eq 'y", /cannot read `'y`/],
    ['a average beside b', /only with total or count/],
    ['a count by where', /name of a dimension, found `where`/],
    ['a count extra', /expected the end/],
  ])('refuses %j', (text, words) => {
    expect(() => parseMetricQuery(text)).toThrow(words);
  });

  it('never lets a value out of its quotes', () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 1 }).filter((s) => s !== '*'),
        (value) => {
          const query = parseMetricQuery(`a count where x eq '${value.replaceAll("'", "''")}'`);
          expect(query.where).toEqual([{ dimension: 'x', operator: 'eq', value }]);
          const inside = filterOf(query)?.slice("x eq '".length, -1);
          expect(inside?.replaceAll("''", '')).not.toContain("'");
        },
      ),
    );
  });
});

describe('resource ids', () => {
  it('are told from others', () => {
    expect(resourceIdForm.test(resource)).toBe(true);
    expect(resourceIdForm.test(`${resource}/slots/staging`)).toBe(true);
    for (const id of [
      '/subscriptions/a',
      '/subscriptions/a/resourceGroups/b',
      'x',
      `${resource}?a=b`,
      `${resource}/..%2f`,
    ])
      expect(resourceIdForm.test(id), id).toBe(false);
    for (const id of ['/subscriptions/a', '/subscriptions/a/resourceGroups/b', resource])
      expect(scopeIdForm.test(id), id).toBe(true);
    expect(scopeIdForm.test('/providers/x')).toBe(false);
    expect(typeOf(`${resource}/slots/staging`)).toBe('microsoft.web/sites/slots');
    expect(typeOf('/subscriptions/a/resourceGroups/b')).toBeUndefined();
    expect(within('/a/bc', '/a/b')).toBe(false);
    expect(within('/a/b/c', '/a/b')).toBe(true);
  });
});

describe('azure-monitor metrics', () => {
  it('asks for the whole minutes of the window and says what it saw', async () => {
    const server = await azure(
      answer({
        Http5xx: {
          '': [
            { total: 1, count: 1 },
            { total: 2, count: 2 },
          ],
        },
        Requests: {
          '': [
            { total: 50, count: 50 },
            { total: 70, count: 70 },
          ],
        },
      }),
    );
    const m = await ask(server, "Http5xx total where Instance eq 'a''b' beside Requests", {
      window: { from: to - 5 * minute - 500, to: to + 999 },
    });
    expect(server.received[0]?.path).toContain(
      '/providers/Microsoft.Web/sites/check%20out/providers/Microsoft.Insights/metrics?',
    );
    expect(server.received[0]?.headers.authorization).toBe('Bearer tok');
    expect(parametersOf(server)).toEqual({
      'api-version': '2024-02-01',
      metricnames: 'Http5xx,Requests',
      timespan: '2026-11-23T09:55:00.000Z/2026-11-23T10:00:00.000Z',
      interval: 'PT1M',
      aggregation: 'total,count',
      AutoAdjustTimegrain: 'false',
      $filter: "Instance eq 'a''b'",
      top: '101',
      ValidateDimensions: 'true',
    });
    expect(m).toMatchObject({
      series: [{ labels: {}, value: 3, points: 2 }],
      seen: 1,
      events: 120,
      newest: '2026-11-23T09:59:00.000Z',
      partial: false,
      window: { from: '2026-11-23T09:55:00.000Z', to: '2026-11-23T10:00:00.000Z' },
      link: 'https://portal.azure.com/#resource/subscriptions/s-1/resourceGroups/shop/providers/Microsoft.Web/sites/check%20out/metrics',
    });
    expect(JSON.stringify(m)).not.toContain('tok');
  });

  it.each([
    ['average', { average: 100, count: 1 }, { average: 400, count: 3 }, 325],
    ['minimum', { minimum: 5, count: 1 }, { minimum: 2, count: 9 }, 2],
    ['maximum', { maximum: 5, count: 1 }, { maximum: 2, count: 9 }, 5],
    ['total', { total: 5, count: 1 }, { total: 2, count: 9 }, 7],
    ['count', { count: 5 }, { count: 2 }, 7],
  ])('takes the minutes of %s together', async (how, first, second, value) => {
    const server = await azure(answer({ m: { '': [first, second, { count: 0, [how]: 0 }, {}] } }));
    expect((await ask(server, `m ${how}`)).series).toMatchObject([{ value }]);
  });

  it('says when an average cannot be weighted', async () => {
    const server = await azure(answer({ m: { '': [{ average: 1 }, { average: 4 }] } }));
    expect(await ask(server, 'm average')).toMatchObject({
      series: [{ value: 2.5 }],
      notes: [expect.stringMatching(/no counts/)],
    });
  });

  it('counts no minute that reaches out of the window', async () => {
    const server = await azure(answer({ m: { '': Array.from({ length: 8 }, () => ({ count: 1 })) } }));
    expect((await ask(server, 'm count')).series).toMatchObject([{ value: 5, points: 5 }]);
    const narrow = { from: to - 59_000, to: to - 1 };
    expect(await ask(server, 'm count', { window: narrow })).toMatchObject({ seen: 0, newest: null, series: [] });
  });

  it('does not take zeros for a sign of life', async () => {
    const zeros = [{ count: 0 }, { count: 0 }];
    const alone = await ask(await azure(answer({ failed: { '': zeros } })), 'failed count');
    expect(alone).toMatchObject({ seen: 0, newest: null, series: [], notes: [expect.stringMatching(/beside/)] });
    const dead = await ask(
      await azure(answer({ failed: { '': zeros }, all: { '': zeros } })),
      'failed count beside all',
    );
    expect(dead).toMatchObject({ seen: 0, newest: null, series: [] });
    const died = await ask(
      await azure(answer({ failed: { '': zeros }, all: { '': [{ count: 9 }, { count: 0 }] } })),
      'failed count beside all',
    );
    expect(died).toMatchObject({ seen: 1, newest: '2026-11-23T09:58:00.000Z', series: [{ value: 0 }] });
    const sums = await ask(await azure(answer({ failed: { '': [{ total: 0 }] } })), 'failed total');
    expect(sums).toMatchObject({ seen: 0, series: [] });
  });

  it('has a zero where only the metric beside it has data, for each series', async () => {
    const server = await azure(
      answer({
        failed: { a: [{ count: 2 }], gone: [{ count: 0 }] },
        all: { a: [{ count: 10 }], b: [{ count: 10 }], gone: [{ count: 0 }] },
      }),
    );
    const m = await ask(server, 'failed count by role beside all');
    expect(m.series.map(({ labels, value }) => [labels.role, value])).toEqual([
      ['a', 2],
      ['b', 0],
    ]);
    expect(m).toMatchObject({ seen: 2, events: 20 });
  });

  it('reduces along the window when told to', async () => {
    const server = await azure(
      answer({
        m: {
          '': [
            { average: 1, count: 9 },
            { average: 4, count: 1 },
          ],
        },
      }),
    );
    expect((await ask(server, 'm average', { range: { everyMs: minute, reduce: 'max' } })).series).toMatchObject([
      { value: 4 },
    ]);
    await expect(ask(server, 'm average', { range: { everyMs: 42_000, reduce: 'max' } })).rejects.toThrow(
      /1m, 5m, 15m, 30m, 1h/,
    );
  });

  it('refuses more series than a policy can mean', async () => {
    const many = Object.fromEntries(Array.from({ length: 101 }, (_, i) => [`r${i}`, [{ count: 1 }]]));
    await expect(ask(await azure(answer({ m: many })), 'm count by role')).rejects.toMatchObject({
      code: 'too-many-series',
      permanent: true,
    });
  });

  it.each([
    [400, { code: 'BadRequest', message: 'Metric: nope does not exist' }, 'bad-query', true, /nope does not exist/],
    [
      403,
      { error: { code: 'AuthorizationFailed', message: 'the client may not' } },
      'forbidden',
      false,
      /Monitoring Reader.*the client may not/,
    ],
    [404, { error: { code: 'ResourceNotFound', message: 'was not found' } }, 'not-found', true, /was not found/],
    [400, { error: { message: 'you sent tok' } }, 'bad-query', true, /\(400\)$/],
    [200, '<html>', 'bad-answer', false, /JSON/],
    [200, { value: 'x' }, 'bad-answer', false, /Azure Resource Manager/],
  ])('says what went wrong at %i', async (status, body, code, permanent, message) => {
    const error = await ask(await azure(body, status), 'm count').catch((e: unknown) => e);
    expect(error).toMatchObject({ code, permanent, message: expect.stringMatching(message) });
    expect((error as Error).message).not.toContain('tok');
  });

  it('advises against counts of failures that stand alone', () => {
    const lint = (query: string) => azureMonitorSource.lint?.(question(query), { warmupMs: 0 });
    expect(lint('requests/failed count')?.join()).toContain('beside');
    expect(lint('requests/failed count beside requests/count')).toEqual([]);
    expect(lint('requests/count count')).toEqual([]);
    expect(lint('nonsense')?.join()).toContain('expected total');
  });
});

describe('azure-monitor alerts', () => {
  const rule = (name: string, scope: string) => ({
    id: `/subscriptions/s-1/resourceGroups/shop/providers/Microsoft.Insights/metricAlerts/${name}`,
    name,
    properties: { enabled: true, severity: 2, scopes: [scope] },
  });
  const fired = (i: number, essentials = {}) => ({
    id: `/subscriptions/s-1/providers/Microsoft.AlertsManagement/alerts/${i}`,
    name: `alert ${i}`,
    properties: {
      essentials: {
        severity: 'Sev2',
        monitorCondition: 'Fired',
        targetResource: resource.toUpperCase(),
        targetResourceName: 'check out',
        alertRule: rule('cpu', resource).id,
        startDateTime: new Date(to - i * minute).toISOString(),
        ...essentials,
      },
    },
  });
  const alerts = async (
    value: readonly unknown[],
    match?: string,
    config = {},
    rules: readonly object[] = [rule('cpu', resource)],
  ) => {
    const server = await standIn(({ path }, response) => {
      if (path.includes('/alerts?')) reply(response, 200, { value });
      else reply(response, 200, { value: path.includes('/metricAlerts?') ? rules : [] });
    });
    const asked = { family: 'alerts', deployedAt: to, ...(match === undefined ? {} : { match }) } as const;
    return (await open(server.url, config).alerts(asked, AbortSignal.timeout(5000))) as Omit<Alerts, 'source'>;
  };

  it('lists what fires first, the newest first, at most 50, and counts all', async () => {
    const muted = fired(0, { actionStatus: { isSuppressed: true } });
    const m = await alerts([muted, ...Array.from({ length: 60 }, (_, i) => fired(60 - i))]);
    expect(m).toMatchObject({ rules: 1, seen: 1, counts: { firing: 60, muted: 1, unknown: 0 }, partial: false });
    expect(m.alerts).toHaveLength(50);
    expect(m.alerts[0]).toEqual({
      name: 'cpu',
      state: 'firing',
      severity: 'Sev2',
      since: '2026-11-23T09:59:00.000Z',
      subject: 'check out',
      link: expect.stringMatching(/^https:\/\/portal\.azure\.com\/#blade\/.*alertId\/%2Fsubscriptions%2Fs-1/),
    });
  });

  it('leaves out what is not about the scope, and keeps what does not say what it is about', async () => {
    const elsewhere = fired(1, { targetResource: `${resource}2`, alertRule: 'https://old.example/rule' });
    const unknown = fired(2, { targetResource: null });
    expect((await alerts([elsewhere, unknown])).counts.firing).toBe(1);
    // The rule watches the whole group, so its alert on another resource is not ours.
    const group = rule('cpu', '/subscriptions/s-1/resourceGroups/SHOP');
    const other = fired(1, { targetResource: `${resource}2` });
    expect(await alerts([other], undefined, {}, [group])).toMatchObject({ rules: 1, counts: { firing: 0 } });
    const scope = '/subscriptions/s-1/resourceGroups/shop';
    expect(await alerts([other], undefined, { scope }, [group])).toMatchObject({ rules: 1, counts: { firing: 1 } });
  });

  it('matches rules and alerts alike', async () => {
    expect(await alerts([fired(1)], "severity <= Sev1 and rule ~ 'c*'")).toMatchObject({
      rules: 0,
      counts: { firing: 0 },
    });
    expect(await alerts([fired(1)], "rule ~ 'CP*'")).toMatchObject({ rules: 1, counts: { firing: 1 } });
    expect(
      await alerts([fired(1, { severity: null, alertRule: null })], "severity <= Sev0 and rule ~ 'x'"),
    ).toMatchObject({
      rules: 0,
      counts: { firing: 1 },
    });
  });

  it('takes its token to no other host, and reads no list for ever', async () => {
    const stranger = await standIn((_, response) => reply(response, 200, { value: [] }));
    const lured = await standIn((_, response) => reply(response, 200, { value: [], nextLink: `${stranger.url}/next` }));
    const asked = { family: 'alerts', deployedAt: to } as const;
    await expect(open(lured.url).alerts(asked, AbortSignal.timeout(5000))).rejects.toMatchObject({
      code: 'bad-answer',
    });
    expect(stranger.received).toEqual([]);
    const endless: StandIn = await standIn((request, response, count) =>
      reply(response, 200, { value: [], nextLink: `${endless.url}${request.path.split('&page')[0]}&page=${count}` }),
    );
    expect(await open(endless.url).alerts(asked, AbortSignal.timeout(5000))).toMatchObject({ partial: true });
    expect(endless.received).toHaveLength(5 * 40);
  });

  it('counts only rules that are enabled', async () => {
    const off = { ...rule('cpu', resource), properties: { ...rule('cpu', resource).properties, enabled: false } };
    const silent = { ...rule('cpu', resource), properties: { scopes: [resource] } };
    expect(await alerts([], undefined, {}, [off, silent])).toMatchObject({ rules: 0, seen: 0 });
  });

  it.each([
    '',
    'severity',
    'severity <= Sev9',
    'severity >= Sev2',
    'rule ~ x',
    "rule ~ 'a' rule ~ 'b'",
    "rule ~ 'a' and rule ~ 'b'",
    'severity <= Sev1 and',
    'severity <= Sev1 or severity <= Sev2',
  ])('refuses to match %j', (text) => {
    expect(() => parseMatch(text)).toThrow(/expected `match` as/);
  });
});
