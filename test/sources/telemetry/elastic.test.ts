import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import type { Samples } from '../../../src/record/evidence.js';
import type { TelemetryQuestion } from '../../../src/sources/source.js';
import { commandsOf, evidenceOf, parametersIn, readsRemotes } from '../../../src/sources/telemetry/elastic/esql.js';
import { elasticSource } from '../../../src/sources/telemetry/elastic/index.js';
import { sourceContext } from '../../support/context.js';
import { type Handler, type Received, reply, standIn } from '../../support/server.js';

const to = Date.parse('2026-11-23T10:00:00Z');
const key = 'bXlrZXk6c2VjcmV0';

const question = (query: string, change: Partial<TelemetryQuestion> = {}): TelemetryQuestion => ({
  family: 'telemetry',
  query,
  window: { from: to - 300_000, to },
  ...change,
});

const parse = (config: object) => v.parse(elasticSource.schema, { url: 'https://es.example.com', ...config });

async function ask(handler: Handler, query: string, change: Partial<TelemetryQuestion> = {}, config: object = {}) {
  const server = await standIn(handler);
  const source = elasticSource.open(parse({ url: server.url, 'api-key': key, ...config }), sourceContext());
  const got = await source.telemetry(question(query, change), AbortSignal.timeout(5000));
  return { got: got as Omit<Samples, 'source'>, server };
}

type Columns = Readonly<Record<string, string>>;
const table = (columns: Columns, ...values: readonly unknown[][]) => ({
  columns: Object.entries(columns).map(([name, type]) => ({ name, type })),
  values,
});

interface Sent {
  readonly query: string;
  readonly params?: unknown;
  readonly filter: unknown;
  readonly include_ccs_metadata?: boolean;
}
const sent = ({ body }: Received) => JSON.parse(body) as Sent;
const isEvidence = (request: Received) => sent(request).query.includes('signalbox_time');

/** Answers the query, and beside it with the time of the newest document and how many there are. */
const answers =
  (main: object, newest: unknown = '2026-11-23T09:59:50.123456789Z', events = 7): Handler =>
  (request, response) =>
    reply(
      response,
      200,
      isEvidence(request) ? table({ newest: 'date_nanos', events: 'long' }, [newest, events]) : main,
    );

const from = 'FROM a | STATS x = AVG(b)';

describe('the commands of ES|QL', () => {
  it.each<[string, string[]]>([
    ['FROM a | WHERE b == "x | y" | STATS COUNT(*)', ['FROM a', 'WHERE b == "x | y"', 'STATS COUNT(*)']],
    ['FROM a // c | d\n| LIMIT 1', ['FROM a', 'LIMIT 1']],
    ['FROM a | WHERE b == """x " | y""" | LIMIT 1', ['FROM a', 'WHERE b == """x " | y"""', 'LIMIT 1']],
    ['FROM a | EVAL `x | y` = 1', ['FROM a', 'EVAL `x | y` = 1']],
    ['FROM a | FORK (WHERE b | LIMIT 1) (WHERE c)', ['FROM a', 'FORK (WHERE b | LIMIT 1) (WHERE c)']],
  ])('%s', (query, commands) => expect(commandsOf(query)).toEqual(commands));

  const tail = 'STATS newest = MAX(signalbox_time), events = COUNT(*)';

  it.each([
    ['FROM a, b* | STATS COUNT(*)', `FROM a, b* | EVAL signalbox_time = t | ${tail}`],
    [
      'from a | where b > 1 | stats c = COUNT(*) | where c > 2',
      `from a | where b > 1 | EVAL signalbox_time = t | ${tail}`,
    ],
    ['TS m | STATS MAX(RATE(n))', `FROM m | EVAL signalbox_time = t | ${tail}`],
    [
      'FROM a | WHERE b | EVAL t = 1 | WHERE c',
      `FROM a | WHERE b | EVAL signalbox_time = t | EVAL t = 1 | WHERE c | ${tail}`,
    ],
    ['FROM a | KEEP b | STATS COUNT(*)', `FROM a | EVAL signalbox_time = t | ${tail}`],
  ])('asks for what %s reads', (query, evidence) => expect(evidenceOf(query, 't')).toBe(evidence));

  it.each(['ROW a = 1', 'SHOW INFO', 'FROM (FROM a | LIMIT 1) | STATS COUNT(*)', 'FROM a | FORK (WHERE b) (WHERE c)'])(
    'refuses %s, of which it cannot be told what it reads',
    (query) => expect(() => evidenceOf(query, 't')).toThrow(/nothing tells how new/),
  );

  it('knows remote clusters and parameters', () => {
    expect(readsRemotes('FROM eu-*:logs-*, logs-* | LIMIT 1')).toBe(true);
    expect(readsRemotes('FROM logs::failures | WHERE a == "b:c"')).toBe(false);
    expect(parametersIn('FROM a | WHERE b == "?_tend" AND t > ?_tstart', ['_tstart', '_tend'])).toEqual(['_tstart']);
  });
});

describe('elastic', () => {
  it('asks for the window by a filter, and for the newest document', async () => {
    const { got, server } = await ask(answers(table({ x: 'double' }, [0.5])), from, {}, { kibana: 'https://kb/s/a' });
    expect(got).toMatchObject({
      newest: '2026-11-23T09:59:50.123Z',
      events: 7,
      seen: 1,
      partial: false,
      notes: [],
      series: [{ labels: {}, value: 0.5, points: 1 }],
      window: { from: '2026-11-23T09:55:00.000Z', to: '2026-11-23T10:00:00.000Z' },
    });
    expect(got.link).toMatch(/^https:\/\/kb\/s\/a\/app\/discover#\/\?_g=\(time:\(from:'2026-11-23T09:55:00.000Z',/);
    expect(JSON.stringify(got)).not.toContain(key);
    expect(server.received).toHaveLength(2);
    for (const request of server.received) {
      expect(request.headers.authorization).toBe(`ApiKey ${key}`);
      const range = { gte: '2026-11-23T09:55:00.000Z', lt: '2026-11-23T10:00:00.000Z' };
      expect(sent(request).filter).toMatchObject({ range: { '@timestamp': range } });
      expect(sent(request).include_ccs_metadata).toBeUndefined();
    }
  });

  it('takes the columns newest and events as they are, and asks for no more', async () => {
    const main = table(
      { x: 'double', host: 'keyword', newest: 'date', events: 'long' },
      [1, 'a', '2026-11-23T09:59:00.000Z', 5],
      [2, 'b', '2026-11-23T09:58:00.000Z', 6],
    );
    const query = 'FROM a | STATS x = AVG(b), newest = MAX(@timestamp), events = COUNT(*) BY host';
    const { got, server } = await ask(answers(main), query);
    // The row that is furthest behind.
    expect(got).toMatchObject({ newest: '2026-11-23T09:58:00.000Z', events: 11, seen: 2 });
    expect(got.series.map(({ labels, value }) => [labels, value])).toEqual([
      [{ host: 'a' }, 1],
      [{ host: 'b' }, 2],
    ]);
    expect(server.received).toHaveLength(1);
  });

  it('does not know the time when a row does not say it', async () => {
    const main = table({ x: 'double', newest: 'date' }, [1, '2026-11-23T09:59:00.000Z'], [2, null]);
    const labelled = {
      columns: [...main.columns, { name: 'h', type: 'ip' }],
      values: main.values.map((r, i) => [...r, `10.0.0.${i}`]),
    };
    expect((await ask(answers(labelled), 'FROM a | STATS newest = MAX(t)')).got.newest).toBeNull();
  });

  it.each([
    ['is no date', table({ x: 'double', newest: 'keyword' }, [1, 'a'])],
    ['is not there', table({ x: 'double' }, [1])],
  ])('refuses a column newest that %s', async (_, main) => {
    await expect(ask(answers(main), 'FROM a | STATS newest = 1')).rejects.toMatchObject({ code: 'bad-query' });
  });

  it.each([
    ['ROW x = 0, newest = NOW()', '2026-11-23T09:59:59.000Z'],
    ['FROM gone | STATS x = COUNT(*) | EVAL newest = now ()', '2026-11-23T09:59:59.000Z'],
    ['ROW x = 0, newest = TO_DATETIME("2026-11-23T10:00:00Z")', '2026-11-23T10:00:00.000Z'],
  ])('takes no time of asking for that of a document: %s', async (query, newest) => {
    const main = table({ x: 'long', newest: 'date' }, [0, newest]);
    await expect(ask(answers(main), query)).rejects.toMatchObject({ code: 'bad-query', permanent: true });
  });

  it('finds nothing where no document is, whatever the value', async () => {
    const { got } = await ask(answers(table({ x: 'long' }, [0]), null, 0), 'FROM a | STATS x = COUNT(*)');
    expect(got).toMatchObject({ seen: 0, newest: null, events: 0 });
  });

  it('reduces buckets, and takes the last without', async () => {
    const main = table(
      { x: 'double', minute: 'date' },
      [1, '2026-11-23T09:57:00.000Z'],
      [5, '2026-11-23T09:59:00.000Z'],
      [3, '2026-11-23T09:58:00.000Z'],
    );
    const range = { everyMs: 60_000, reduce: 'avg' as const };
    expect((await ask(answers(main), from, { range })).got.series).toEqual([{ labels: {}, value: 3, points: 3 }]);
    expect((await ask(answers(main), from)).got.series[0]?.value).toBe(5);
  });

  it('tells several columns of numbers apart', async () => {
    const { got } = await ask(answers(table({ a: 'double', b: 'long' }, [1, 2])), from);
    expect(got.series.map(({ labels, value }) => [labels.field, value])).toEqual([
      ['a', 1],
      ['b', 2],
    ]);
  });

  it.each([
    ['several values', table({ x: 'double' }, [[1, 2]]), /several values/],
    ['several labels', table({ x: 'double', h: 'keyword' }, [1, ['a', 'b']]), /several values/],
    ['no numbers', table({ h: 'keyword' }, ['a']), /no column of numbers/],
    ['rows that nothing tells apart', table({ x: 'double' }, [1], [2]), /several rows/],
    ['a bucket without a time', table({ x: 'double', t: 'date' }, [1, null]), /no time/],
  ])('refuses %s', async (_, main, message) => {
    const asked = ask(answers(main), from);
    await expect(asked).rejects.toMatchObject({ code: 'bad-query', permanent: true });
    await expect(asked).rejects.toThrow(message);
  });

  it('refuses a ratio that was rounded to a whole number', async () => {
    const query = 'FROM a | STATS x = COUNT(b) / COUNT(*)';
    await expect(ask(answers(table({ x: 'long' }, [0])), query)).rejects.toThrow('TO_DOUBLE()');
  });

  it('takes no warning for nothing but that of the missing LIMIT', async () => {
    const warned = (warning: string) =>
      ask((request, response) => {
        const body = isEvidence(request)
          ? table({ newest: 'date', events: 'long' }, ['2026-11-23T09:59:00Z', 1])
          : table({ x: 'double' }, [1]);
        reply(response, 200, body, { warning });
      }, from);
    const none = await warned('299 Elasticsearch-9.1.0-a "No limit defined, adding default limit of [1000]"');
    expect(none.got).toMatchObject({ partial: false, notes: [] });
    const failed = await warned(
      '299 Elasticsearch-9.1.0-a "Line 1:1: evaluation of [\\"a\\"] failed, treating result as null"',
    );
    expect(failed.got).toMatchObject({
      partial: true,
      notes: ['Line 1:1: evaluation of ["a"] failed, treating result as null'],
    });
  });

  it('asks for the state of other clusters, and believes it', async () => {
    const state = { _clusters: { details: { eu: { status: 'skipped' }, '(local)': { status: 'successful' } } } };
    const { got, server } = await ask(
      answers({ ...table({ x: 'double' }, [1]), ...state }),
      'FROM eu:a, a | STATS x = AVG(b)',
    );
    expect(got).toMatchObject({ partial: true, notes: ['cluster eu: skipped'] });
    expect(server.received.map((request) => sent(request).include_ccs_metadata)).toEqual([true, true]);
  });

  it('gives the ends of the window as parameters', async () => {
    const { server } = await ask(
      answers(table({ x: 'double' }, [1])),
      'FROM a | STATS x = AVG(b) BY BUCKET(@timestamp, 5, ?_tstart, ?_tend)',
    );
    expect(server.received.map((request) => sent(request).params)).toContainEqual([
      { _tstart: '2026-11-23T09:55:00.000Z' },
      { _tend: '2026-11-23T10:00:00.000Z' },
    ]);
  });

  it('asks versions that know no partial results without the parameter', async () => {
    const reason = 'request [/_query] contains unrecognized parameter: [allow_partial_results]';
    const { got, server } = await ask((request, response, count) => {
      if (request.path.includes('?'))
        reply(response, 400, { error: { root_cause: [{ reason }], reason }, status: 400 });
      else answers(table({ x: 'double' }, [1]))(request, response, count);
    }, from);
    expect(got.series[0]?.value).toBe(1);
    expect(server.received.map(({ path }) => path).filter((path) => path === '/_query')).toHaveLength(2);
  });

  it('says why a query is refused, unless the credential is repeated', async () => {
    const refused = (reason: string) =>
      ask((_, response) => reply(response, 400, { error: { root_cause: [], type: 'x', reason }, status: 400 }), from);
    await expect(refused('Found 1 problem\nline 1:8: Unknown column [b]')).rejects.toThrow('Unknown column [b]');
    await expect(refused(`bad ${key}`)).rejects.not.toThrow(key);
  });

  it('refuses more series than can be judged', async () => {
    const rows = Array.from({ length: 201 }, (_, i) => [1, `h${i}`]);
    await expect(ask(answers(table({ x: 'double', h: 'keyword' }, ...rows)), from)).rejects.toMatchObject({
      code: 'too-many-series',
      permanent: true,
    });
  });

  it('signs in one way, and knows the names of fields', () => {
    const ok = (config: object) =>
      v.safeParse(elasticSource.schema, { url: 'https://es.example.com', ...config }).success;
    expect(ok({ 'api-key': 'a' })).toBe(true);
    expect(ok({ username: 'a', password: 'b' })).toBe(true);
    expect(ok({ 'api-key': 'a', username: 'a', password: 'b' })).toBe(false);
    expect(ok({ username: 'a' })).toBe(false);
    expect(ok({ 'time-field': 'event.created' })).toBe(true);
    expect(ok({ 'time-field': 'a) | LIMIT 1' })).toBe(false);
    expect(ok({ url: 'https://es.example.com/?a' })).toBe(false);
    expect(elasticSource.settleMs?.(parse({}))).toBe(60_000);
  });

  it('warns of queries that look elsewhere, at less, or invent', () => {
    const lint = (query: string) => elasticSource.lint?.(question(query), { warmupMs: 0 }).join(' ') ?? '';
    expect(lint('FROM a | WHERE t > NOW() - 5m | STATS x = COUNT(*)')).toContain('time of asking');
    expect(lint('FROM a | LIMIT 10 | STATS x = COUNT(*)')).toContain('only some');
    expect(lint('FROM a | STATS x = COALESCE(AVG(b), 0)')).toContain('COALESCE');
    expect(lint('FROM a | STATS x = AVG(b) BY h | LIMIT 10')).toBe('');
  });
});
