import { readFileSync } from 'node:fs';
import { inflateSync } from 'node:zlib';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { bindGates } from '../../../../src/commands/bind.js';
import { loadPolicy } from '../../../../src/policy/load.js';
import type { Samples } from '../../../../src/record/evidence.js';
import type { SourceContext, TelemetryQuestion } from '../../../../src/sources/source.js';
import { applicationInsightsSource } from '../../../../src/sources/telemetry/azure/application-insights.js';
import { logAnalyticsSource } from '../../../../src/sources/telemetry/azure/log-analytics.js';
import { evidenceQuery, readsOf } from '../../../../src/sources/telemetry/azure/parts.js';
import type { Signal } from '../../../../src/sources/telemetry/signals.js';
import { runRound } from '../../../../src/train/round.js';
import { sourceContext } from '../../../support/context.js';
import { type Received, reply, standIn } from '../../../support/server.js';
import { complaints } from './kusto.js';

const to = Date.parse('2026-11-23T09:58:00Z');
const window = { from: to - 300_000, to };
const at = (seconds: number): string => new Date(to - seconds * 1000).toISOString();

const resource = '/subscriptions/s-1/resourceGroups/shop/providers/microsoft.insights/components/shop-insights';
const token = 'eyJ.secret.token';

const question = (query: string | Signal, change: Partial<TelemetryQuestion> = {}): TelemetryQuestion => ({
  family: 'telemetry',
  query,
  window,
  ...change,
});
const signal = (name: Signal['signal'], change: Partial<Signal> = {}): Signal => ({
  signal: name,
  synthetic: false,
  ...change,
});

const open = (endpoint: string, config: Record<string, unknown> = {}, context = sourceContext()) =>
  applicationInsightsSource.open(
    v.parse(applicationInsightsSource.schema, { resource, endpoint, token, ...config }),
    context,
  );

const ask = async (url: string, q: TelemetryQuestion, config = {}) =>
  (await open(url, config).telemetry(q, AbortSignal.timeout(5000))) as Omit<Samples, 'source'>;

const table = (columns: Record<string, string>, ...rows: unknown[][]) => ({
  tables: [
    {
      name: 'PrimaryResult',
      columns: Object.entries(columns).map(([name, type]) => ({ name, type })),
      rows,
    },
  ],
});
const sent = ({ body }: Received) => JSON.parse(body) as { query: string; timespan: string };
const isEvidence = (request: Received): boolean => sent(request).query.includes('extend part = ');

const answers = (
  main: unknown,
  evidence: unknown = table({ part: 'long', rows: 'long', newest: 'datetime' }, [0, 9, at(7)]),
) => standIn((request, response) => reply(response, 200, isEvidence(request) ? evidence : main));

const signalColumns = { value: 'real', events: 'long', rows: 'long', newest: 'datetime' };

describe('a ready-made signal', () => {
  it('is one query whose answer says what stands behind it', async () => {
    const server = await answers(table(signalColumns, ['0.25', '1200', 400, '2026-11-23T09:57:58.1234567Z']));
    const m = await ask(server.url, question(signal('failure-rate', { where: { role: 'checkout' } })));
    expect(m).toMatchObject({
      kind: 'samples',
      subject: '400 rows behind failure-rate where role=checkout in shop-insights',
      series: [{ labels: {}, value: 0.25, points: 400 }],
      seen: 400,
      events: 1200,
      newest: '2026-11-23T09:57:58.123Z',
      partial: false,
      notes: ['sampled: 400 rows stand for 1200 events, 33 % were kept'],
      window: { from: '2026-11-23T09:53:00.000Z', to: '2026-11-23T09:58:00.000Z' },
    });
    expect(server.received).toHaveLength(1);
    expect(sent(server.received[0] as Received)).toEqual({
      query: m.query,
      timespan: '2026-11-23T09:53:00.000Z/2026-11-23T09:58:00.000Z',
    });
    expect(JSON.stringify(m)).not.toContain(token);
  });

  it('gives one series for each slice, and is as new as the one furthest behind', async () => {
    const columns = { slice: 'string', ...signalColumns };
    const server = await answers(table(columns, ['1.2.3', 0.1, 10, 10, at(5)], ['', '0.2', 20, 20, at(60)]));
    const m = await ask(server.url, question(signal('failure-rate', { by: 'version' })));
    expect(m.series).toEqual([
      { labels: { version: '1.2.3' }, value: 0.1, points: 10 },
      { labels: { version: '' }, value: 0.2, points: 20 },
    ]);
    expect(m).toMatchObject({ seen: 30, events: 30, newest: at(60) });
  });

  it('has seen nothing where no row was counted, whatever the value', async () => {
    for (const row of [
      [0, 0, 0, null],
      [0, '0', '0', ''],
      [5, null, null, at(1)],
      ['x', 'x', 'x', 'x'],
    ]) {
      const m = await ask((await answers(table(signalColumns, row))).url, question(signal('requests')));
      expect(m, JSON.stringify(row)).toMatchObject({ seen: 0, series: [], newest: null });
    }
  });

  it('says where the slot is looked for when there is none', async () => {
    const server = await answers(table(signalColumns, [0, 0, 0, null]));
    const m = await ask(server.url, question(signal('requests', { where: { slot: 'staging' } })), {
      'slot-column': 'customDimensions.Slot name',
    });
    expect(m.notes.join()).toContain('customDimensions.Slot name');
    expect(m.query).toContain("tostring(customDimensions['Slot name']) == 'staging'");
  });

  it('reads the day before for new exceptions, and does not forget what was new when the windows move on', async () => {
    const server = await answers(table(signalColumns, [0, 100, 100, at(1)]));
    const source = open(server.url);
    const later = { from: window.from + 600_000, to: window.to + 600_000 };
    for (const asked of [window, later]) {
      await source.telemetry(question(signal('new-exceptions'), { window: asked }), AbortSignal.timeout(5000));
    }
    const [first, second] = server.received.map(sent);
    expect(first?.timespan).toBe('2026-11-22T09:53:00.000Z/2026-11-23T09:58:00.000Z');
    expect(second?.timespan).toBe('2026-11-22T09:53:00.000Z/2026-11-23T10:08:00.000Z');
    expect(second?.query).toContain('timestamp < datetime(2026-11-23T09:53:00.000Z)');
    expect(second?.query).toContain('timestamp >= datetime(2026-11-23T10:03:00.000Z)');
  });

  it('refuses more than 200 series', async () => {
    const rows = Array.from({ length: 201 }, (_, i) => [`i${i}`, 0, 1, 1, at(1)]);
    const server = await answers(table({ slice: 'string', ...signalColumns }, ...rows));
    await expect(ask(server.url, question(signal('requests', { by: 'instance' })))).rejects.toMatchObject({
      code: 'too-many-series',
      permanent: true,
    });
  });

  it('of a workspace needs to know the app', async () => {
    const context = sourceContext();
    const source = logAnalyticsSource.open(
      v.parse(logAnalyticsSource.schema, { workspace: '99999999-8888-7777-6666-555555555555', token }),
      context,
    );
    await expect(source.telemetry(question(signal('requests')), AbortSignal.timeout(5000))).rejects.toMatchObject({
      code: 'bad-query',
      permanent: true,
      message: expect.stringContaining('`component`') as string,
    });
  });
});

describe('a query of the policy', () => {
  const count = table({ Count: 'long' }, ['3']);

  it('is sent as it stands, with the window in place of its macros, and proven by a second one', async () => {
    const server = await answers(count);
    const query =
      "requests | where timestamp between ($__from .. $__to) | where cloud_RoleName == 'a' and success == false | count";
    const m = await ask(server.url, question(query));
    expect(m).toMatchObject({ series: [{ labels: {}, value: 3, points: 1 }], seen: 9, newest: at(7), partial: false });
    expect(m).not.toHaveProperty('events');
    const queries = server.received.map((r) => sent(r).query);
    expect(queries).toHaveLength(2);
    expect(queries.find((q) => !q.includes('part'))).toBe(
      "requests | where timestamp between (datetime(2026-11-23T09:53:00.000Z) .. datetime(2026-11-23T09:58:00.000Z)) | where cloud_RoleName == 'a' and success == false | count",
    );
    const evidence = queries.find((q) => q.includes('part')) ?? '';
    expect(evidence).toContain("| where cloud_RoleName == 'a'\n");
    expect(evidence).not.toContain('success');
    expect(complaints(evidence)).toEqual([]);
  });

  it('that gives `newest` is asked alone and taken at its word', async () => {
    const columns = { value: 'real', total: 'long', newest: 'datetime' };
    const query = 'requests | summarize value = 1.0, total = sum(itemCount), newest = max(timestamp)';
    const server = await answers(table(columns, [0.5, 40, at(3)]));
    expect(await ask(server.url, question(query))).toMatchObject({ seen: 1, events: 40, newest: at(3) });
    expect(server.received).toHaveLength(1);
    const nothing = await answers(table(columns, [0.5, 0, null]));
    expect(await ask(nothing.url, question(query))).toMatchObject({ seen: 0, newest: null });
  });

  it('that only mentions `newest` is proven all the same', async () => {
    const server = await answers(count);
    const m = await ask(server.url, question('requests | extend newest = timestamp | count'));
    expect(m).toMatchObject({ seen: 9, newest: at(7) });
    expect(server.received).toHaveLength(2);
  });

  it('proves nothing while one of its tables is silent, or none can be told', async () => {
    const silent = table({ part: 'long', rows: 'long', newest: 'datetime' }, [0, 9, at(7)], [1, 0, null]);
    const server = await answers(count, silent);
    const m = await ask(server.url, question('union requests, dependencies | count'));
    expect(m).toMatchObject({ seen: 0, newest: null });
    expect(m.notes.join()).toContain('dependencies has no row');
    const blind = await ask(server.url, question('MyFunction() | count'));
    expect(blind).toMatchObject({ seen: 0, newest: null });
    expect(blind.notes.join()).toContain('no table can be read from the query');
  });

  it('fails as a whole when its proof cannot be had', async () => {
    const server = await standIn((request, response) =>
      isEvidence(request)
        ? reply(response, 403, { error: { code: 'InsufficientAccessError', message: 'no' } })
        : reply(response, 200, count),
    );
    await expect(ask(server.url, question('requests | count'))).rejects.toMatchObject({ code: 'forbidden' });
  });

  it.each([
    ['one number', { a: 'long', s: 'string' }, [[7, 'x']], [{ labels: { s: 'x' }, value: 7, points: 1 }]],
    ['value among several', { a: 'long', value: 'real' }, [[7, 'NaN']], [{ labels: {}, value: 'NaN', points: 1 }]],
    ['a real as a text', { x: 'real' }, [['3.3833']], [{ labels: {}, value: 3.3833, points: 1 }]],
    ['a decimal', { x: 'decimal' }, [['0.10']], [{ labels: {}, value: 0.1, points: 1 }]],
    ['a long beyond 2^53', { x: 'long' }, [['9007199254740993']], [{ labels: {}, value: 9007199254740992, points: 1 }]],
    ['infinity', { x: 'real' }, [['Infinity']], [{ labels: {}, value: '+Inf', points: 1 }]],
    ['null', { x: 'real' }, [[null]], [{ labels: {}, value: null, points: 1 }]],
    ['no number at all', { x: 'real' }, [['1,5']], [{ labels: {}, value: null, points: 1 }]],
    ['a total alone', { total: 'long' }, [['12']], [{ labels: {}, value: 12, points: 1 }]],
    [
      'rows by texts and truth',
      { n: 'long', role: 'string', ok: 'bool' },
      [
        [1, 'a', 'True'],
        [2, 'a', false],
      ],
      [
        { labels: { role: 'a', ok: 'True' }, value: 1, points: 1 },
        { labels: { role: 'a', ok: 'false' }, value: 2, points: 1 },
      ],
    ],
    ['no row', { n: 'long' }, [], []],
  ])('reads %s', async (_, columns, rows, series) => {
    const server = await answers(table(columns as unknown as Record<string, string>, ...(rows as unknown[][])));
    expect((await ask(server.url, question('requests | count'))).series).toEqual(series);
  });

  it.each([
    ['several numbers', { a: 'long', b: 'real' }, [[1, 2]], 'a, b'],
    ['no number', { a: 'string' }, [['x']], 'no number'],
    ['a time span', { a: 'timespan' }, [['00:00:01']], 'timespan'],
    ['a bag', { a: 'dynamic', n: 'long' }, [['{}', 1]], 'dynamic'],
    ['a time without range', { timestamp: 'datetime', n: 'long' }, [[at(1), 1]], '`range`'],
    ['rows that nothing tells apart', { n: 'long' }, [[1], [2]], 'summarize'],
    ['newest as a text', { newest: 'string', n: 'long' }, [[at(1), 1]], 'datetime'],
  ])('refuses %s', async (_, columns, rows, words) => {
    const server = await answers(table(columns as unknown as Record<string, string>, ...rows));
    await expect(ask(server.url, question('requests | count'))).rejects.toMatchObject({
      code: 'bad-query',
      permanent: true,
      message: expect.stringContaining(words) as string,
    });
  });

  it('along the window becomes one value for each series', async () => {
    const columns = { t: 'datetime', role: 'string', n: 'long', newest: 'datetime' };
    const rows = [
      [at(60), 'a', 4, at(1)],
      [at(180), 'a', 1, at(130)],
      [at(120), 'a', 2, at(70)],
      [at(240), 'b', '8', at(200)],
    ];
    const query =
      'requests | summarize n = sum(itemCount), newest = max(timestamp) by t = bin(timestamp, $__interval), cloud_RoleName';
    const values = [];
    for (const reduce of ['last', 'max', 'min', 'avg'] as const) {
      const server = await answers(table(columns, ...rows));
      const m = await ask(server.url, question(query, { range: { everyMs: 60_000, reduce } }));
      values.push(m.series.map((s) => [s.labels.role, s.value, s.points]));
      expect(m).toMatchObject({ newest: at(1) });
      expect(m.query).toContain('bin(timestamp, 60000ms)');
    }
    const b = ['b', 8, 1];
    // `b` ended long before the window did.
    expect(values).toEqual([[['a', 4, 3]], [['a', 4, 3], b], [['a', 1, 3], b], [['a', 7 / 3, 3], b]]);
    const flat = await answers(table({ n: 'long' }, [1]));
    await expect(
      ask(flat.url, question('requests | count', { range: { everyMs: 60_000, reduce: 'max' } })),
    ).rejects.toMatchObject({ code: 'bad-query', message: expect.stringContaining('bin(') as string });
  });
});

describe('what the service refuses', () => {
  const refused = async (status: number, body: unknown) => {
    const server = await standIn((_, response) => reply(response, status, body));
    return ask(server.url, question(signal('requests'))).then(
      () => ({ code: 'none', message: '', permanent: false }),
      (e: { code: string; message: string; permanent: boolean }) => e,
    );
  };
  const nested = (outer: string, code: string, more: object = {}) => ({
    error: { message: 'outer words', code: outer, innererror: { code, message: 'inner words', ...more } },
  });

  it('is told in its innermost words, with what to do', async () => {
    expect(await refused(400, nested('BadArgumentError', 'SyntaxError', { line: 3, pos: 14 }))).toMatchObject({
      code: 'bad-query',
      permanent: true,
      message: 'the query is refused: inner words (line 3, position 14)',
    });
    const forbidden = await refused(403, nested('InsufficientAccessError', 'AuthorizationFailedError'));
    expect(forbidden).toMatchObject({ code: 'forbidden', permanent: false });
    expect(forbidden.message).toMatch(/shop-insights.*Monitoring Reader.*60 minutes.*inner words/);
    expect((await refused(403, nested('InsufficientAccessError', 'UnauthorizedClient'))).message).toContain(
      '`api: arm`',
    );
    expect(await refused(404, nested('ResourceNotFoundError', 'x'))).toMatchObject({
      code: 'not-found',
      permanent: true,
    });
    expect(await refused(413, 'too large')).toMatchObject({ code: 'query-failed' });
    expect(await refused(418, '<html>')).toMatchObject({ code: 'query-failed' });
    expect(await refused(504, nested('GatewayTimeout', 'x'))).toMatchObject({ code: 'server-error' });
    expect(await refused(200, [])).toMatchObject({ code: 'bad-answer' });
    expect(await refused(200, 'null')).toMatchObject({ code: 'bad-answer' });
    expect(await refused(200, '<html>sign in</html>')).toMatchObject({ code: 'bad-answer' });
  });

  it('never repeats the credential', async () => {
    const echo = {
      error: { message: `bad ${token}`, code: 'BadArgumentError', innererror: { message: `x ${token}` } },
    };
    for (const status of [400, 401, 403, 404, 500]) {
      expect((await refused(status, echo)).message, String(status)).not.toContain(token);
    }
  });

  it('names what was left out', async () => {
    const permissions = {
      resources: [
        { resourceId: resource, dataSources: ['/w/WS1', '/w/WS2'], denyTables: ['AppRequests', 'SecurityEvent'] },
      ],
      dataSources: [{ resourceId: '/W/ws1' }],
    };
    const server = await answers({ ...table(signalColumns, [0, 10, 10, at(1)]), permissions });
    const m = await ask(server.url, question(signal('requests')));
    expect(m.partial).toBe(true);
    expect(m.notes).toHaveLength(2);
    expect(m.notes.join()).toMatch(/the table AppRequests.*the workspace WS2/);
    expect(m.notes.join()).not.toContain('SecurityEvent');
  });
});

describe('many gates at once', () => {
  it('send at most three queries at a time, and equal ones once', async () => {
    let running = 0;
    let most = 0;
    const server = await standIn((_, response) => {
      most = Math.max(most, ++running);
      setTimeout(() => {
        running--;
        reply(response, 200, table(signalColumns, [0.001, 500, 500, at(1)]));
      }, 5);
    });
    const gates = Array.from({ length: 50 }, (_, i) => ({
      name: `gate ${i}`,
      type: 'telemetry',
      source: i % 2 === 0 ? 'one' : 'other',
      signal: 'failure-rate',
      // 20 different questions to each of the two sources.
      where: { role: `role ${Math.floor(i / 2) % 20}` },
      threshold: '< 1%',
    }));
    const source = { type: 'application-insights', resource, endpoint: server.url, token: '${env.T}' };
    const policy = { version: 1, sources: { one: source, other: { ...source, timeout: '20s' } }, gates };
    const loaded = await loadPolicy({
      text: JSON.stringify(policy),
      overrides: [],
      facts: {},
      env: { T: token },
      observe: false,
    });
    if (!loaded.policy) throw new Error(JSON.stringify(loaded.problems));
    const now = to + 120_000;
    const clock = { now: () => now, sleep: () => new Promise<void>((resolve) => setTimeout(resolve, 20)) };
    const outcomes = await runRound(
      bindGates(loaded.policy, sourceContext({ clock })),
      { now, deployedAt: now - 1_800_000, settledAt: now - 1_700_000 },
      { timeoutMs: 30_000, cancel: new AbortController().signal },
      {
        ...clock,
        sleep: (ms, signal) =>
          new Promise((resolve) => {
            const t = setTimeout(resolve, ms);
            signal?.addEventListener('abort', () => {
              clearTimeout(t);
              resolve();
            });
          }),
      },
    );
    expect(outcomes.map((o) => o.reading?.state)).toEqual(gates.map(() => 'healthy'));
    expect(most).toBe(3);
    expect(server.received).toHaveLength(40);
  });
});

describe('the proof of several queries about the same rows', () => {
  it('is asked for once', async () => {
    const server = await standIn((request, response) => {
      const answer = isEvidence(request)
        ? table({ part: 'long', rows: 'long', newest: 'datetime' }, [0, 9, at(7)])
        : table({ n: 'long' }, [1]);
      setTimeout(() => reply(response, 200, answer), 5);
    });
    const source = open(server.url);
    await Promise.all(
      ['500', '503'].map((code) =>
        source.telemetry(
          question(`requests | where cloud_RoleName == 'a' and resultCode == '${code}' | count`),
          AbortSignal.timeout(5000),
        ),
      ),
    );
    expect(server.received.filter(isEvidence)).toHaveLength(1);
    expect(server.received).toHaveLength(3);
  });
});

describe('the link', () => {
  it('shows the query in the portal, or the resource when that is too long', async () => {
    const server = await answers(table({ n: 'long' }, [1]));
    const m = await ask(server.url, question('requests | count'), { tenant: 't-1' });
    const [, scope = '', q = '', span = ''] =
      /^https:\/\/portal\.azure\.com\/#@t-1\/blade\/Microsoft_Azure_Monitoring_Logs\/LogsBlade\/source\/Alerts\.EmailLinks\/scope\/([^/]+)\/q\/([^/]+)\/prettify\/1\/timespan\/([^/]+)$/.exec(
        m.link ?? '',
      ) ?? [];
    expect(JSON.parse(decodeURIComponent(scope))).toEqual({ resources: [{ resourceId: resource }] });
    expect(inflateSync(Buffer.from(decodeURIComponent(q), 'base64')).toString()).toBe('requests | count');
    expect(decodeURIComponent(span)).toBe('2026-11-23T09:53:00.000Z/2026-11-23T09:58:00.000Z');
    const noise = Array.from({ length: 4000 }, (_, i) => ((i * 7919) % 9973).toString(36)).join('');
    const long = await ask(server.url, question(`requests | where name != '${noise}' | count`), {
      cloud: 'us-government',
    });
    expect(long.link).toBe(`https://portal.azure.us/#/resource${resource}/logs`);
  });

  it('is none where only the workspace is known', async () => {
    const server = await answers(table({ n: 'long', newest: 'datetime' }, [1, at(1)]));
    const config = { workspace: '99999999-8888-7777-6666-555555555555', endpoint: server.url, token };
    const source = logAnalyticsSource.open(v.parse(logAnalyticsSource.schema, config), sourceContext());
    const m = await source.telemetry(
      question('Perf | summarize n = 1, newest = max(TimeGenerated)'),
      AbortSignal.timeout(5000),
    );
    expect(m).not.toHaveProperty('link');
  });
});

describe('newestDeployment', () => {
  const now = Date.parse('2026-11-23T10:00:00Z');
  const context = (): SourceContext => sourceContext({ clock: { now: () => now, sleep: () => Promise.resolve() } });
  const newest = (management: string) =>
    open(management, { management }, context()).newestDeployment?.(AbortSignal.timeout(5000));
  const note = (EventTime: string, Category = 'Deployment', AnnotationName: string | null = EventTime) => ({
    Id: 'x',
    AnnotationName,
    EventTime,
    Category,
    Properties: '{}',
    RelatedAnnotation: null,
  });

  it('is the newest release annotation of the last two weeks', async () => {
    const list = [
      note('2026-11-22T10:00:00Z'),
      note('2026-11-23T09:00:00.1234567', 'Deployment', 'Release 7'),
      note('2026-11-23T09:30:00Z', 'Text'),
      note('2026-11-24T10:00:00Z'),
      note('soon'),
    ];
    for (const body of [list, { value: list }]) {
      const server = await standIn((_, response) => reply(response, 200, body));
      expect(await newest(server.url)).toEqual({ at: Date.parse('2026-11-23T09:00:00.123Z'), name: 'Release 7' });
      const [request] = server.received;
      expect(request).toMatchObject({ method: 'GET', headers: { authorization: `Bearer ${token}` } });
      const url = new URL(request?.path ?? '', server.url);
      expect(url.pathname).toBe(`${resource}/Annotations`);
      expect(Object.fromEntries(url.searchParams)).toEqual({
        'api-version': '2015-05-01',
        start: '2026-11-09T10:00:00.000Z',
        end: '2026-11-23T10:00:00.000Z',
      });
    }
  });

  it('is none without one, and an error when the list cannot be had', async () => {
    const answer = async (status: number, body: unknown) =>
      newest((await standIn((_, r) => reply(r, status, body))).url);
    expect(await answer(200, [])).toBeUndefined();
    expect(await answer(204, '')).toBeUndefined();
    await expect(answer(403, { error: { message: 'no' } })).rejects.toMatchObject({ code: 'forbidden' });
    await expect(answer(200, { values: [] })).rejects.toMatchObject({ code: 'bad-answer' });
    await expect(answer(400, [])).rejects.toMatchObject({ code: 'bad-answer' });
  });
});

describe('the config', () => {
  const valid = (config: object) => v.safeParse(applicationInsightsSource.schema, { token, ...config }).success;

  it('wants the full id of a component', () => {
    expect(valid({ resource })).toBe(true);
    expect(valid({ resource: `${resource.toUpperCase()}/`.replace('SUBSCRIPTIONS', 'subscriptions') })).toBe(true);
    for (const wrong of [
      'shop-insights',
      resource.slice(1),
      `${resource}/x`,
      `${resource}?x`,
      '/subscriptions/s/resourceGroups/g',
    ]) {
      expect(valid({ resource: wrong }), wrong).toBe(false);
    }
    const { issues } = v.safeParse(applicationInsightsSource.schema, { resource: 'x' });
    expect(issues?.[0]?.message).toContain('a full resource id such as /subscriptions/');
  });

  it('takes a column or a custom dimension for the slot, and nothing that could be KQL', () => {
    for (const column of ['cloud_RoleName', 'customDimensions.slot', 'Properties.deployment.slot']) {
      expect(valid({ resource, 'slot-column': column }), column).toBe(true);
    }
    for (const column of ['a b', "customDimensions.x'y", 'a|b', '1a', '']) {
      expect(valid({ resource, 'slot-column': column }), column).toBe(false);
    }
  });

  it('of log-analytics wants either a workspace or a resource', () => {
    const workspace = '99999999-8888-7777-6666-555555555555';
    const ok = (config: object) => v.safeParse(logAnalyticsSource.schema, config).success;
    expect(ok({ workspace })).toBe(true);
    expect(ok({ resource, api: 'arm' })).toBe(true);
    expect(ok({})).toBe(false);
    expect(ok({ workspace, resource })).toBe(false);
    expect(ok({ workspace, api: 'arm' })).toBe(false);
    expect(ok({ workspace: 'shop' })).toBe(false);
  });

  it('sends to the hosts of its cloud', async () => {
    const urls: string[] = [];
    const http = {
      send: (request: { url: string }) => {
        urls.push(request.url);
        return Promise.resolve({ status: 204, headers: {}, text: '' });
      },
    };
    for (const config of [
      {},
      { cloud: 'us-government' },
      { cloud: 'china', api: 'arm' },
      { api: 'arm', management: 'https://arm.example' },
    ]) {
      const source = applicationInsightsSource.open(
        v.parse(applicationInsightsSource.schema, { resource, token, ...config }),
        sourceContext({ http }),
      );
      await source.telemetry(question(signal('requests')), AbortSignal.timeout(5000));
    }
    const arm = `${resource}/providers/microsoft.insights/logs?api-version=2018-03-01-preview`;
    expect(urls).toEqual([
      `https://api.loganalytics.azure.com/v1${resource}/query`,
      `https://api.loganalytics.us/v1${resource}/query`,
      `https://management.chinacloudapi.cn${arm}`,
      `https://arm.example${arm}`,
    ]);
  });
});

describe('the advice of `check`', () => {
  const lint = (query: string) => applicationInsightsSource.lint?.(question(query), { warmupMs: 0 }) ?? [];

  it('is against relative times and against counting rows', () => {
    expect(lint('requests | where timestamp > ago(5m) | summarize sum(itemCount)').join()).toContain('$__from');
    expect(lint('requests | where timestamp < now() | summarize sum(itemCount)').join()).toContain('$__from');
    expect(lint("requests | where name == 'ago(' | summarize sum(itemCount) // now()")).toEqual([]);
    expect(lint('requests | count').join()).toContain('sampled');
    expect(lint('requests | summarize percentile(duration, 95)').join()).toContain('percentilew');
    expect(lint('ContainerLogV2 | count')).toEqual([]);
    expect(applicationInsightsSource.lint?.(question(signal('requests')), { warmupMs: 0 })).toEqual([]);
  });
});

describe('the KQL of the documentation', () => {
  const root = new URL('../../../../', import.meta.url);
  const texts = ['docs/sources/application-insights.md', 'docs/sources/log-analytics.md'].flatMap((page) => [
    ...readFileSync(new URL(page, root), 'utf8').matchAll(/^```yaml\n([\s\S]*?)^```/gm),
  ]);
  const blocks = [
    ...texts.map(([, block = '']) => block),
    readFileSync(new URL('examples/application-insights/signalbox.yml', root), 'utf8'),
  ];
  const queries = blocks.flatMap((block) => {
    const { gates = [] } = parse(block) as { gates?: Record<string, string>[] };
    return gates.flatMap((g) => ['query', 'failures', 'total', 'events'].flatMap((key) => g[key] ?? []));
  });

  it('is there', () => expect(queries.length).toBeGreaterThanOrEqual(6));
  it.each(queries)('has no fault: %s', (query) => {
    const expanded = query
      .replaceAll('$__from', 'datetime(2026-11-23)')
      .replaceAll('$__to', 'datetime(2026-11-23)')
      .replaceAll('$__interval', '60000ms');
    expect(complaints(expanded)).toEqual([]);
    expect(complaints(evidenceQuery(readsOf(expanded), window))).toEqual([]);
    expect(applicationInsightsSource.lint?.(question(query), { warmupMs: 0 })).toEqual([]);
  });
});
