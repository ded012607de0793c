/**
 * Source `new-relic`: NRQL through NerdGraph
 * (https://docs.newrelic.com/docs/apis/nerdgraph/examples/nerdgraph-nrql-tutorial/).
 */
import * as v from 'valibot';
import { reportedNumber } from '../../judge/number.js';
import { serverWords } from '../../net/errors.js';
import { parseJson, refuseDenied } from '../../net/json.js';
import { described, httpUrl, secret, whole } from '../../policy/fields.js';
import type { Samples } from '../../record/evidence.js';
import { iso } from '../../train/clock.js';
import {
  adviceOn,
  defineSource,
  NotMeasured,
  queryOf,
  type SourceContext,
  type TelemetryQuestion,
  type Unnamed,
} from '../source.js';
import { oneLine } from '../text.js';
import { settleField } from './fields.js';
import { maxSeries, parseNrql } from './new-relic/nrql.js';

const regions = {
  us: { api: 'https://api.newrelic.com/graphql', pages: 'https://one.newrelic.com' },
  eu: { api: 'https://api.eu.newrelic.com/graphql', pages: 'https://one.eu.newrelic.com' },
} as const;

const schema = v.strictObject({
  account: described(whole(1), 'Number of the account.'),
  region: described(v.optional(v.picklist(['us', 'eu']), 'us'), 'Where the account lives.'),
  'api-key': described(secret, 'User key (`NRAK-…`), sent as `API-Key`.'),
  url: described(v.optional(httpUrl), 'Address of NerdGraph. Default: that of the region.'),
  settle: settleField('events', '1m'),
});

type Config = v.InferOutput<typeof schema>;

/** How long New Relic may work on a query, seconds; its own default is 5. */
const timeoutSeconds = 30;

const field = (name: string, variable: string): string =>
  `${name}: nrql(query: $${variable}, timeout: ${timeoutSeconds}) { results metadata { facets messages timeWindow { begin end } } }`;

const documentOf = (proving: boolean): string =>
  `query($account: Int!, $value: Nrql!${proving ? ', $proof: Nrql!' : ''}) { actor { account(id: $account) { ${field('value', 'value')}${proving ? ` ${field('proof', 'proof')}` : ''} } } }`;

const row = v.record(v.string(), v.unknown());
const texts = v.optional(v.nullable(v.array(v.nullable(v.string()))));
const nrqlForm = v.object({
  results: v.array(row),
  metadata: v.optional(
    v.nullable(
      v.object({
        facets: texts,
        messages: texts,
        timeWindow: v.optional(
          v.nullable(v.object({ begin: v.optional(v.nullable(v.number())), end: v.optional(v.nullable(v.number())) })),
        ),
      }),
    ),
  ),
});
type NrqlForm = v.InferOutput<typeof nrqlForm>;
const errorForm = v.object({
  message: v.optional(v.nullable(v.string())),
  extensions: v.optional(
    v.nullable(
      v.object({
        errorClass: v.optional(v.nullable(v.string())),
        errorCode: v.optional(v.nullable(v.string())),
        code: v.optional(v.nullable(v.string())),
      }),
    ),
  ),
});
const answerForm = v.object({
  errors: v.optional(v.nullable(v.array(errorForm))),
  data: v.optional(
    v.nullable(
      v.object({
        actor: v.nullable(
          v.object({
            account: v.nullable(v.object({ value: v.nullable(nrqlForm), proof: v.optional(v.nullable(nrqlForm)) })),
          }),
        ),
      }),
    ),
  ),
});

/** What GraphQL reports inside a 200. */
function refusalOf(errors: readonly v.InferOutput<typeof errorForm>[]): NotMeasured {
  const said = errors.map(({ message, extensions }) => {
    const codes = [extensions?.errorClass, extensions?.errorCode, extensions?.code].filter(
      (x) => typeof x === 'string',
    );
    return { words: message ?? '', codes: codes.join(' ') };
  });
  const all = said.map(({ words, codes }) => `${codes} ${words}`).join(' ');
  const words = oneLine(said.map((s) => s.words).join('; ') || all || 'no reason given', 300);
  const message = `New Relic refuses the query: ${words}`;
  if (/TOO_MANY_REQUESTS|rate limit|throttl/i.test(all)) return new NotMeasured('throttled', message);
  if (/UNAUTHENTICATED|UNAUTHORI[SZ]ED|ACCESS_DENIED|FORBIDDEN|not authorized/i.test(all)) {
    return new NotMeasured('forbidden', `${message}; it needs a user key that may query the account`);
  }
  if (/TIMEOUT|timed? ?out/i.test(all)) return new NotMeasured('timeout', message);
  if (/syntax error|INVALID_|BAD_USER_INPUT|GRAPHQL_VALIDATION|unknown function/i.test(all)) {
    return new NotMeasured('bad-query', message, { permanent: true });
  }
  return new NotMeasured('query-failed', message);
}

async function ask(
  config: Config,
  context: SourceContext,
  question: TelemetryQuestion,
  signal: AbortSignal,
): Promise<Unnamed<Samples>> {
  const text = queryOf(question);
  if (question.range) {
    const message = 'New Relic is asked once for the whole window: write the reduction in NRQL, without `range`';
    throw new NotMeasured('bad-query', message, { permanent: true });
  }
  const nrql = parseNrql(text);
  const { window } = question;
  const query = nrql.over(window);
  const proof = nrql.proof?.(window);
  const variables = { account: config.account, value: query, ...(proof === undefined ? {} : { proof }) };
  const { api, pages } = regions[config.region];
  const url = config.url ?? api;
  const { origin } = new URL(url);
  const headers = { 'content-type': 'application/json', accept: 'application/json', 'api-key': config['api-key'] };
  const body = JSON.stringify({ query: documentOf(proof !== undefined), variables });
  const response = await context.http.send({ url, method: 'POST', headers, body, signal });
  refuseDenied(response, origin, 'a user key that may query the account', headers);
  if (response.status >= 400) {
    const message = `New Relic refuses the request (${response.status})${serverWords(response.text, headers)}`;
    throw new NotMeasured('bad-query', message, { permanent: true });
  }
  const parsed = v.safeParse(answerForm, parseJson(response, origin));
  if (!parsed.success) throw notNerdGraph(origin);
  const { errors, data } = parsed.output;
  if (errors && errors.length > 0) throw hiding(refusalOf(errors), config['api-key']);
  const account = data?.actor?.account;
  if (!account?.value || (proof !== undefined && !account.proof)) throw notNerdGraph(origin);
  const behind = account.proof ? eventsOf(account.proof) : undefined;
  const series = seriesOf(account.value);
  const warnings = [account.value, account.proof].flatMap((a) => a?.metadata?.messages ?? []).flatMap((m) => m ?? []);
  const shifted = [account.value, account.proof].some((a) => a && !sameWindow(a, window));
  const counted = behind !== undefined && nrql.countsEvents ? { events: behind.events } : {};
  return {
    kind: 'samples',
    subject: `${oneLine(text, 160)} in account ${config.account}`,
    query,
    link: `${pages}/data-exploration/query-builder?account=${config.account}`,
    at: iso(context.clock.now()),
    seen: behind === undefined || behind.events > 0 ? series.length : 0,
    notes: [
      ...warnings.map((message) => oneLine(message)),
      ...(shifted ? ['New Relic looked at another window than it was asked for'] : []),
      ...(behind === undefined ? [`how new the events are cannot be asked: ${nrql.cure}`] : []),
    ],
    // A message tells of something that the results do not show, such as a limit that was reached.
    partial: warnings.length > 0 || shifted,
    window: { from: iso(window.from), to: iso(window.to) },
    newest: behind?.newest ?? null,
    ...counted,
    series,
  };
}

const notNerdGraph = (origin: string): NotMeasured =>
  new NotMeasured('bad-answer', `${origin} answered with something that is not NerdGraph: is \`url\` right?`);

/** A message that repeats the key is not quoted. */
const hiding = (error: NotMeasured, key: string): NotMeasured =>
  error.message.includes(key)
    ? new NotMeasured(error.code, 'New Relic refuses the query', { permanent: error.permanent })
    : error;

/** Metrics are kept by the minute, so New Relic may round to it. */
function sameWindow({ metadata }: NrqlForm, { from, to }: TelemetryQuestion['window']): boolean {
  const { begin, end } = metadata?.timeWindow ?? {};
  return Math.abs((begin ?? from) - from) <= 60_000 && Math.abs((end ?? to) - to) <= 60_000;
}

function eventsOf({ results: [first] }: NrqlForm): { events: number; newest: string | null } {
  const events = reportedNumber(first?.events);
  const newest = reportedNumber(first?.newest);
  return {
    events: typeof events === 'number' && events > 0 ? events : 0,
    newest: typeof newest === 'number' && newest > 0 && newest < 8.64e15 ? iso(newest) : null,
  };
}

/** One series for each number of each row; those of a FACET have its values as labels. */
function seriesOf({ results, metadata }: NrqlForm): Samples['series'] {
  const names = (metadata?.facets ?? []).flatMap((name) => name ?? []);
  const faceted = results.every((r) => 'facet' in r);
  if (results.length > 1 && !faceted) {
    const message =
      'the query gives several rows without FACET, expected one: aggregate, e.g. with count(*) or average(…)';
    throw new NotMeasured('bad-query', message, { permanent: true });
  }
  const series = results.flatMap((r) => {
    const values = [r.facet ?? []].flat().map(String);
    const labels = Object.fromEntries(
      values.map((value, i) => [names[i] ?? (i === 0 ? 'facet' : `facet${i + 1}`), value]),
    );
    const own = new Set(['facet', ...names]);
    const numbers = Object.entries(r).flatMap(([key, raw]): [string, unknown][] => {
      if (own.has(key)) return [];
      // percentile(duration, 50, 95) gives {"50": …, "95": …}.
      if (typeof raw !== 'object' || raw === null) return [[key, raw]];
      return Object.entries(raw).map(([part, x]): [string, unknown] => [`${key}.${part}`, x]);
    });
    return numbers.map(([key, raw]) => ({
      labels: numbers.length > 1 ? { ...labels, column: key } : labels,
      value: reportedNumber(raw),
      points: 1,
    }));
  });
  if (results.length > maxSeries || series.length > maxSeries) {
    const message = `the query gives more than ${maxSeries} series: aggregate, or narrow it in WHERE`;
    throw new NotMeasured('too-many-series', message, { permanent: true });
  }
  return series;
}

export const newRelicSource = defineSource({
  type: 'new-relic',
  families: ['telemetry'],
  schema,
  countsEvents: true,
  settleMs: (config) => config.settle,
  open: (config, context) => ({ telemetry: (question, signal) => ask(config, context, question, signal) }),
  lint({ query, range }) {
    if (typeof query !== 'string') return [];
    return adviceOn(
      () => parseNrql(query),
      ({ proof, cure }) => [
        ...(proof === undefined ? [`how new the events are cannot be asked, so the gate never passes: ${cure}`] : []),
        ...(range ? ['`range` is not for New Relic: write the reduction in NRQL'] : []),
      ],
    );
  },
});
