/** Source `elastic`: ES|QL on Elasticsearch (https://www.elastic.co/docs/api/doc/elasticsearch/operation/operation-esql-query). */
import * as v from 'valibot';
import { authFields, authorization, oneWayToSignIn, signsInOneWay } from '../../../net/auth/basic.js';
import { serverWords } from '../../../net/errors.js';
import type { HttpResponse } from '../../../net/http.js';
import { parseJson, refuseDenied } from '../../../net/json.js';
import { described, httpUrl, secret } from '../../../policy/fields.js';
import type { Samples } from '../../../record/evidence.js';
import { iso } from '../../../train/clock.js';
import {
  defineSource,
  NotMeasured,
  queryOf,
  type SourceContext,
  type TelemetryQuestion,
  type Unnamed,
  type Window,
} from '../../source.js';
import { oneLine } from '../../text.js';
import { baseUrl, settleField } from '../fields.js';
import { expandInterval } from '../range.js';
import { bare, commandsOf, evidenceOf, parametersIn, readsRemotes } from './esql.js';
import { eventsOf, evidenceFrom, missingFrom, newestOf, perBin, seriesOf, type Table, tableForm } from './table.js';

const fields = v.strictObject({
  url: described(baseUrl, 'Base URL of Elasticsearch (not of Kibana); `/_query` is added to it.'),
  'api-key': described(v.optional(secret), 'Encoded API key, sent as `Authorization: ApiKey …`.'),
  ...authFields,
  'time-field': described(
    v.optional(
      v.pipe(
        v.string(),
        v.regex(/^[@A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*$/, 'the name of a field, such as @timestamp or event.ingested'),
      ),
      '@timestamp',
    ),
    'Field with the time of a document.',
  ),
  kibana: described(v.optional(httpUrl), 'Base URL of Kibana, with `/s/<space>` where it has spaces; for links only.'),
  settle: settleField('documents', '1m'),
});
const schema = v.pipe(
  fields,
  v.check(
    (c) => signsInOneWay(c) && (c['api-key'] === undefined || (c.token === undefined && c.username === undefined)),
    `\`api-key\` alone, or ${oneWayToSignIn}`,
  ),
);
type Config = v.InferOutput<typeof fields>;

/** The window is kept by a filter and not by the query's text, so no query can look past it. */
function bodyOf(config: Config, query: string, { from, to }: Window): string {
  const times: Readonly<Record<string, string>> = { _tstart: iso(from), _tend: iso(to) };
  const params = parametersIn(query, Object.keys(times)).map((name) => ({ [name]: times[name] }));
  const range = { gte: iso(from), lt: iso(to), format: 'strict_date_optional_time' };
  return JSON.stringify({
    query,
    filter: { range: { [config['time-field']]: range } },
    ...(params.length > 0 ? { params } : {}),
    ...(readsRemotes(query) ? { include_ccs_metadata: true } : {}),
  });
}

interface Answered {
  readonly table: Table;
  /** Why it is not all that was asked for, or not all of it what it should be. */
  readonly missing: readonly string[];
}

async function send(
  config: Config,
  { http }: SourceContext,
  query: string,
  window: Window,
  signal: AbortSignal,
): Promise<Answered> {
  const { origin } = new URL(config.url);
  const key = config['api-key'];
  const headers = {
    'content-type': 'application/json',
    accept: 'application/json',
    ...(key === undefined ? authorization(config) : { authorization: `ApiKey ${key}` }),
  };
  const body = bodyOf(config, query, window);
  const post = (parameters: string): Promise<HttpResponse> =>
    http.send({ url: `${config.url}/_query${parameters}`, method: 'POST', headers, body, signal });
  let response = await post('?allow_partial_results=false');
  // A version that does not know it has no partial results of a cluster.
  if (response.status === 400 && /unrecognized parameter: \[allow_partial_results\]/.test(response.text)) {
    response = await post('');
  }
  refuse(response, origin, headers);
  const parsed = v.safeParse(tableForm, parseJson(response, origin));
  if (!parsed.success || response.status !== 200) {
    const message = `${origin} answered ${response.status} with something that is not Elasticsearch's ES|QL API: is the URL right?`;
    throw new NotMeasured('bad-answer', message);
  }
  const table = parsed.output;
  // Cells that could not be read or computed are nulls in the answer, or left out of it.
  const warnings = warningsOf(response.headers.warning).filter((text) => !/^No limit defined/i.test(text));
  return { table, missing: [...missingFrom(table, query), ...warnings] };
}

/** The texts of a `Warning` header as Elasticsearch writes it: `299 Elasticsearch-9.1.0-abc "text"`, several with commas between. */
const warningsOf = (header: string | undefined): string[] => [
  ...new Set(
    [...(header ?? '').matchAll(/\b299 \S+ "((?:\\.|[^"\\])*)"/g)].map(([, text = '']) =>
      oneLine(text.replace(/\\(.)/g, '$1')),
    ),
  ),
];

function refuse(response: HttpResponse, origin: string, headers: Readonly<Record<string, string>>): void {
  const reason = reasonOf(response);
  const said = reason === undefined ? '' : serverWords(withReason(response.text, reason), headers);
  if (response.status === 404 && reason !== undefined) {
    throw new NotMeasured('not-found', `Elasticsearch does not know it (404)${said}`, { permanent: true });
  }
  refuseDenied(response, origin, 'the index privilege `read`', headers);
  if (response.status >= 400) {
    throw new NotMeasured('bad-query', `Elasticsearch refuses the query (${response.status})${said}`, {
      permanent: true,
    });
  }
}

/** What an error says is in `error.reason`, which `serverWords` does not look for. */
function reasonOf({ status, text }: HttpResponse): string | undefined {
  if (status < 400) return undefined;
  try {
    const { error } = JSON.parse(text) as { error?: { reason?: unknown } | string };
    const reason = typeof error === 'string' ? error : error?.reason;
    return typeof reason === 'string' ? reason : undefined;
  } catch {
    return undefined;
  }
}

/** The whole body goes along, since one that repeats the credential is not quoted at all. */
const withReason = (body: string, reason: string): string => JSON.stringify({ message: reason, body });

async function ask(
  config: Config,
  context: SourceContext,
  question: TelemetryQuestion,
  signal: AbortSignal,
): Promise<Unnamed<Samples>> {
  const { window } = question;
  const query = expandInterval(queryOf(question), question, (s) => `${s} seconds`, perBin);
  const sendFor = (text: string) => send(config, context, text, window, signal);
  // A query that names a column `newest` says itself how new its data are.
  const behind = /\bnewest\b/.test(bare(query)) ? undefined : evidenceOf(query, config['time-field']);
  const [main, beside] = await Promise.all([sendFor(query), behind === undefined ? undefined : sendFor(behind)]);
  const series = seriesOf(main.table, query, question);
  const own = newestOf(main.table);
  if (own === undefined && behind === undefined) {
    const message = 'the query says `newest` and gives no column of dates with this name: rename it, or give one';
    throw new NotMeasured('bad-query', message, { permanent: true });
  }
  // The filter lets through only documents of before the end of the window, so what is newer is no time of a document.
  const invented = behind === undefined && (looksFromNow.test(bare(query)) || (own ?? 0) >= window.to);
  if (invented) {
    const message = `\`newest\` is a time of asking, which proves nothing: write \`newest = MAX(${config['time-field']})\`, without \`NOW()\``;
    throw new NotMeasured('bad-query', message, { permanent: true });
  }
  const evidence = beside === undefined ? undefined : evidenceFrom(beside.table);
  if (beside && evidence === undefined) {
    throw new NotMeasured('bad-answer', 'Elasticsearch did not say how many documents stand behind the query');
  }
  const newest = evidence?.newest ?? own ?? undefined;
  const events = eventsOf(main.table) ?? evidence?.events;
  const silent = evidence?.events === 0 || events === 0 || (evidence !== undefined && newest === undefined);
  const missing = [...new Set([...main.missing, ...(beside?.missing ?? [])])];
  const nothing = silent ? [`no document in the window: ${oneLine(behind ?? query, 160)}`] : [];
  const link = linkOf(config, query, window);
  return {
    kind: 'samples',
    subject: `${series.length} series of ${oneLine(query, 160)} on ${new URL(config.url).origin}`,
    query,
    ...(link === undefined ? {} : { link }),
    at: iso(context.clock.now()),
    seen: silent ? 0 : series.length,
    notes: [...missing, ...nothing],
    partial: missing.length > 0,
    window: { from: iso(window.from), to: iso(window.to) },
    newest: silent || newest === undefined ? null : iso(newest),
    ...(events === undefined ? {} : { events }),
    series,
  };
}

/** Discover keeps its state in Rison behind the `#`, where `!` escapes. */
function linkOf({ kibana }: Config, query: string, { from, to }: Window): string | undefined {
  if (kibana === undefined) return undefined;
  const text = encodeURIComponent(query.replace(/[!']/g, '!$&')).replaceAll("'", '%27');
  return `${kibana}/app/discover#/?_g=(time:(from:'${iso(from)}',to:'${iso(to)}'))&_a=(query:(esql:'${text}'))`;
}

const looksFromNow = /\bNOW\s*\(/i;
const invents = /\bCOALESCE\s*\(/i;

export const elasticSource = defineSource({
  type: 'elastic',
  families: ['telemetry'],
  schema,
  countsEvents: true,
  settleMs: (config) => config.settle,
  open: (config, context) => ({ telemetry: (question, signal) => ask(config, context, question, signal) }),
  lint({ query }) {
    if (typeof query !== 'string') return [];
    const advice: string[] = [];
    if (looksFromNow.test(query)) {
      advice.push(
        'looks at the time of asking: the window is kept by a filter, write `?_tstart` and `?_tend` for its ends',
      );
    }
    const names = commandsOf(bare(query)).map((command) => /^\w*/.exec(command)?.[0].toUpperCase());
    const [limit, stats] = [names.indexOf('LIMIT'), names.lastIndexOf('STATS')];
    if (limit !== -1 && limit < stats) advice.push('`LIMIT` before `STATS` counts only some of the documents');
    if (invents.test(query)) advice.push('`COALESCE()` gives values where nothing was measured');
    return advice;
  },
});
