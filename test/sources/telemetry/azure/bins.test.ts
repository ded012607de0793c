/** Application Insights and Log Analytics asked in bins: ready-made signals and own KQL. */
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { samples } from '../../../../src/record/evidence.js';
import type { TelemetryQuestion } from '../../../../src/sources/source.js';
import { applicationInsightsSource } from '../../../../src/sources/telemetry/azure/application-insights.js';
import { durationBounds, type Scope, signalQuery } from '../../../../src/sources/telemetry/azure/signal-kql.js';
import { names } from '../../../../src/sources/telemetry/azure/tables.js';
import type { Signal } from '../../../../src/sources/telemetry/signals.js';
import { sourceContext } from '../../../support/context.js';
import { reply, standIn } from '../../../support/server.js';
import { columnsOf, complaints } from './kusto.js';

const everyMs = 60_000;
const from = Date.parse('2026-11-23T09:55:00Z');
const window = { from, to: from + 3 * everyMs };
const minute = (n: number): string => new Date(from + n * everyMs).toISOString();
const newest = new Date(window.to - 2000).toISOString();

const once = (query: string | Signal) => ({ family: 'telemetry' as const, query, window });
const asked = (query: string | Signal): TelemetryQuestion => ({
  ...once(query),
  range: { everyMs, reduce: 'each' },
});
const signal = (name: Signal['signal'], change: Partial<Signal> = {}): Signal => ({
  signal: name,
  synthetic: false,
  ...change,
});

const answer = (columns: Readonly<Record<string, string>>, ...rows: unknown[][]) => ({
  tables: [{ name: 'PrimaryResult', columns: Object.entries(columns).map(([name, type]) => ({ name, type })), rows }],
});

const evidence = answer({ part: 'long', rows: 'long', newest: 'datetime' }, [0, 9, newest]);

async function ask(main: unknown, question: TelemetryQuestion) {
  const server = await standIn((request, response) =>
    reply(response, 200, request.body.includes('extend part = ') ? evidence : main),
  );
  const config = {
    resource: '/subscriptions/s-1/resourceGroups/shop/providers/microsoft.insights/components/shop',
    endpoint: server.url,
    token: 't',
  };
  const source = applicationInsightsSource.open(v.parse(applicationInsightsSource.schema, config), sourceContext());
  const measured = await source.telemetry(question, AbortSignal.timeout(5000));
  return v.parse(samples, { ...measured, source: 'it' });
}

const counted = { events: 'long', rows: 'long', newest: 'datetime' };

describe('a ready-made signal in bins', () => {
  const columns = { slice: 'string', began: 'datetime', value: 'long', ...counted };

  it('has a value for each bin that has rows, 0 where nothing failed, and null for the others', async () => {
    const m = await ask(
      answer(
        columns,
        ['staging', minute(2), 3, 40, 20, newest],
        ['production', minute(0), 0, 400, 400, minute(0.5)],
        ['staging', minute(0), '0', '50', '25', minute(0.9)],
        ['production', minute(1), 7, 500, 500, minute(1.5)],
      ),
      asked(signal('failed-requests', { by: 'slot', where: { role: 'checkout' } })),
    );
    expect(m.series).toEqual([
      { labels: { slot: 'staging' }, value: 3, points: 2, bins: [0, null, 3] },
      { labels: { slot: 'production' }, value: null, points: 2, bins: [0, 7, null] },
    ]);
    expect(m).toMatchObject({ seen: 945, events: 990, newest, partial: false });
    expect(m.query).toContain(`began = bin_at(timestamp, 60000ms, datetime(${minute(0)}))`);
  });

  it('gives durations as cumulative counts by upper bound', async () => {
    const bounds = Object.fromEntries(durationBounds.map((bound) => [`le${bound}`, 'long']));
    const upTo = (fast: number, all: number) => durationBounds.map((bound) => (bound < 100 ? fast : all));
    const m = await ask(
      answer(
        { slice: 'string', began: 'datetime', ...bounds, ...counted },
        ['2.0', minute(0), ...upTo(3, 8), 9, 9, newest],
        ['2.0', minute(2), ...upTo(0, 0), 2, 2, newest],
        ['1.0', minute(2), ...upTo(5, 5), 5, 5, newest],
      ),
      asked(signal('duration-buckets', { by: 'version' })),
    );
    const own = m.series.filter(({ labels }) => labels.version === '2.0');
    expect(own.map(({ labels }) => labels.le)).toEqual([...durationBounds.map(String), '+Inf']);
    expect(own.find(({ labels }) => labels.le === '75')?.bins).toEqual([3, null, 0]);
    expect(own.find(({ labels }) => labels.le === '100')?.bins).toEqual([8, null, 0]);
    expect(own.at(-1)?.bins).toEqual([9, null, 2]);
    expect(m.series).toHaveLength(2 * (durationBounds.length + 1));
    expect(m.seen).toBe(16);
  });

  it('has nothing without rows', async () => {
    const m = await ask(answer(columns), asked(signal('requests', { by: 'slot' })));
    expect(m).toMatchObject({ series: [], seen: 0, newest: null });
  });

  it('refuses an answer whose bins are none', async () => {
    const one = (began: unknown) =>
      ask(
        answer({ began: 'datetime', value: 'long', ...counted }, [began, 1, 1, 1, newest]),
        asked(signal('requests')),
      );
    await expect(one(null)).rejects.toMatchObject({ code: 'bad-answer' });
    await expect(one(minute(0.5))).rejects.toMatchObject({ code: 'bad-query' });
  });

  it('is one value without bins, except durations, which are none', async () => {
    const row = answer({ value: 'long', ...counted }, [3, 90, 90, newest]);
    expect((await ask(row, once(signal('failed-requests')))).series).toEqual([{ labels: {}, value: 3, points: 90 }]);
    await expect(ask(row, once(signal('duration-buckets')))).rejects.toMatchObject({
      code: 'bad-query',
      permanent: true,
    });
    await expect(ask(row, asked(signal('new-exceptions')))).rejects.toMatchObject({ code: 'bad-query' });
  });

  it('is advised against where it can give no value', () => {
    const lint = (question: TelemetryQuestion) => applicationInsightsSource.lint?.(question, { warmupMs: 0 });
    expect(lint(once(signal('duration-buckets')))?.join()).toContain('canary');
    expect(lint(asked(signal('duration-buckets')))).toEqual([]);
  });

  it('does not make new exceptions out of old ones: the history of a canary reaches back hours', async () => {
    const queries: string[] = [];
    const server = await standIn((request, response) => {
      queries.push((JSON.parse(request.body) as { query: string }).query);
      reply(response, 200, answer({ value: 'long', ...counted }, [0, 9, 9, newest]));
    });
    const config = {
      resource: '/subscriptions/s-1/resourceGroups/shop/providers/microsoft.insights/components/shop',
      endpoint: server.url,
      token: 't',
    };
    const source = applicationInsightsSource.open(v.parse(applicationInsightsSource.schema, config), sourceContext());
    const history = { ...once(signal('requests')), window: { from: from - 43_200_000, to: from } };
    await source.telemetry(history, AbortSignal.timeout(5000));
    await source.telemetry(once(signal('new-exceptions')), AbortSignal.timeout(5000));
    expect(queries[1]).toContain(`timestamp < datetime(${minute(0)})`);
  });
});

describe('the queries of signals in bins', () => {
  const scopes: readonly Scope[] = [
    { names: names.classic, slot: { dimension: 'slot' } },
    { names: names.workspace, slot: { dimension: 'slot' }, component: '/subscriptions/s/x' },
  ];
  const inBins = [
    'requests',
    'failed-requests',
    'duration-buckets',
    'failure-rate',
    'duration-p95',
    'exceptions',
    'events',
    'metric-avg',
    'availability',
  ] as const;

  it.each(scopes.flatMap((scope) => inBins.map((name) => [name, scope.component ?? 'classic', scope] as const)))(
    '%s, %s',
    (name, _, scope) => {
      for (const narrowing of [{}, { by: 'slot', where: { role: 'a' }, exclude: ['GET /health'] }] as const) {
        const of = name === 'events' || name === 'metric-avg' ? { of: 'Order' } : {};
        const { query } = signalQuery(signal(name, { ...of, ...narrowing }), { ...window, everyMs }, scope);
        expect(complaints(query), query).toEqual([]);
        const columns = columnsOf(query);
        expect(columns, query).toMatchObject({
          ...counted,
          began: 'datetime',
          ...('by' in narrowing ? { slice: 'string' } : {}),
        });
        const values = name === 'duration-buckets' ? durationBounds.map((bound) => `le${bound}`) : ['value'];
        for (const value of values) expect(['real', 'long'], query).toContain(columns[value]);
        expect(Object.keys(columns)).toHaveLength(values.length + ('by' in narrowing ? 5 : 4));
        expect(/\| take (\d+)/.exec(query)?.[1]).toBe('by' in narrowing ? String(201 * 3) : undefined);
      }
    },
  );

  it('have about 20 bounds that grow evenly', () => {
    expect(durationBounds).toHaveLength(20);
    expect(durationBounds.toSorted((a, b) => a - b)).toEqual(durationBounds);
  });
});

describe('own KQL in bins', () => {
  const query = 'requests | summarize n = sum(itemCount) by bin(timestamp, $__interval), version = application_Version';
  const columns = { timestamp: 'datetime', version: 'string', n: 'long' };

  it('has the rows in the bins that begin at their time', async () => {
    const m = await ask(
      answer(columns, [minute(1), '2.0', 5], [minute(0), '2.0', null], [minute(2), '1.0', '7']),
      asked(query),
    );
    expect(m.query).toContain('bin(timestamp, 60000ms)');
    expect(m.series).toEqual([
      { labels: { version: '2.0' }, value: null, points: 2, bins: [null, 5, null] },
      { labels: { version: '1.0' }, value: 7, points: 1, bins: [null, null, 7] },
    ]);
  });

  it('refuses other bins than those asked for', async () => {
    const bad = { code: 'bad-query', permanent: true, message: expect.stringContaining('$__interval') };
    await expect(ask(answer(columns), asked(query.replace('$__interval', '5m')))).rejects.toMatchObject(bad);
    await expect(ask(answer(columns, [minute(0.5), '2.0', 5]), asked(query))).rejects.toMatchObject(bad);
    const flat = answer({ n: 'long' }, [1]);
    await expect(ask(flat, asked(query))).rejects.toMatchObject(bad);
  });
});
