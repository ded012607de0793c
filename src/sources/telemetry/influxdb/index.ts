/** Source `influxdb`: InfluxQL on InfluxDB 1 (and 2 and 3), Flux on InfluxDB 2, SQL on InfluxDB 3. */
import * as v from 'valibot';
import { authFields, authorization, oneWayToSignIn, signsInOneWay } from '../../../net/auth/basic.js';
import { serverWords } from '../../../net/errors.js';
import { refuseDenied } from '../../../net/json.js';
import { described, filled, httpUrl } from '../../../policy/fields.js';
import type { Samples } from '../../../record/evidence.js';
import { iso } from '../../../train/clock.js';
import {
  defineSource,
  NotMeasured,
  queryOf,
  type SourceContext,
  type TelemetryQuestion,
  type Unnamed,
} from '../../source.js';
import { oneLine } from '../../text.js';
import { settleField } from '../fields.js';
import { expandInterval } from '../range.js';
import { isInBins } from '../series.js';
import { languageNames, languages } from './languages.js';
import { type Answer, seriesOf } from './rows.js';

const fields = v.strictObject({
  url: described(httpUrl, 'Base URL; the path of the API is added to it.'),
  language: described(v.picklist(languageNames), 'The language of the queries; it decides which API is asked.'),
  database: described(v.optional(filled), 'Database (or bucket), for `influxql` and `sql`.'),
  org: described(v.optional(filled), 'Organization, for `flux`.'),
  ...authFields,
  settle: settleField('points', '0s'),
});
const schema = v.pipe(
  fields,
  v.check((c) => signsInOneWay(c), oneWayToSignIn),
  v.check((c) => c.language !== 'flux' || c.org !== undefined, '`org` beside `language: flux`'),
  v.check((c) => c.language === 'flux' || c.database !== undefined, '`database` beside this `language`'),
);
type Config = v.InferOutput<typeof fields>;

const macro = /\$__(?:timeFilter|from|to)\b/g;

/** Puts the window into a query; one without it would look at any time at all. */
function expand(query: string, { language }: Config, window: TelemetryQuestion['window']): string {
  const values = languages[language].window(window);
  const known = Object.keys(values);
  const unknown = query.match(macro)?.find((name) => !known.includes(name));
  if (unknown !== undefined || !/\$__(?:timeFilter|from)\b/.test(query)) {
    const wanted = language === 'flux' ? 'range(start: $__from, stop: $__to)' : 'WHERE $__timeFilter';
    const message = `expected the window in the query, as \`${wanted}\`${unknown === undefined ? '' : `; ${language} has no ${unknown}`}`;
    throw new NotMeasured('bad-query', message, { permanent: true });
  }
  return query.replaceAll(macro, (name) => values[name] ?? name);
}

async function send(config: Config, { http }: SourceContext, query: string, signal: AbortSignal): Promise<Answer> {
  const language = languages[config.language];
  const { origin } = new URL(config.url);
  const { url, body, headers } = language.request(config, query);
  const { token } = config;
  const signedIn = token === undefined ? authorization(config) : { authorization: `${language.scheme} ${token}` };
  const sent = { ...headers, ...signedIn };
  const response = await http.send({ url, method: 'POST', headers: sent, body, signal });
  if (response.status === 404 && /bucket|database|organization/i.test(response.text)) {
    throw new NotMeasured('not-found', `InfluxDB does not know it${serverWords(response.text, sent)}`, {
      permanent: true,
    });
  }
  refuseDenied(response, origin, 'permission to read the database', sent);
  if (response.status >= 400) {
    const message = `InfluxDB refuses the query (${response.status})${serverWords(response.text, sent)}`;
    throw new NotMeasured('bad-query', message, { permanent: true });
  }
  return language.read(response, origin);
}

async function ask(
  config: Config,
  context: SourceContext,
  question: TelemetryQuestion,
  signal: AbortSignal,
): Promise<Unnamed<Samples>> {
  const language = languages[config.language];
  const { window } = question;
  const { perBin } = language;
  const written = expandInterval(queryOf(question), question, (s) => language.interval(s), perBin);
  const query = expand(written, config, window);
  if (isInBins(question.range?.reduce)) language.refuseFilled(query);
  const parts = language.reads(query);
  const [answer, ...evidence] = await Promise.all(
    [query, ...parts.map((part) => language.newest(part))].map((text) => send(config, context, text, signal)),
  );
  const series = seriesOf(answer?.rows ?? [], question, language.stamp(query), perBin);
  const newest = evidence.map((found) => found.newest);
  const silent = parts.filter((_, i) => newest[i] === undefined);
  const told = newest.filter((at): at is number => at !== undefined);
  const live = silent.length === 0 && told.length > 0;
  const missing = answer?.missing ?? [];
  const unread =
    parts.length === 0 ? ['what the query reads cannot be told from it, so nothing proves that its data are new'] : [];
  return {
    kind: 'samples',
    subject: `${series.length} series of ${oneLine(queryOf(question), 160)} on ${new URL(config.url).origin}`,
    query,
    at: iso(context.clock.now()),
    seen: live ? series.length : 0,
    notes: [...missing, ...unread, ...silent.map((part) => `no row in the window: ${oneLine(part, 160)}`)],
    partial: missing.length > 0,
    window: { from: iso(window.from), to: iso(window.to) },
    newest: live ? iso(Math.min(...told)) : null,
    series,
  };
}

export const influxdbSource = defineSource({
  type: 'influxdb',
  families: ['telemetry'],
  schema,
  settleMs: (config) => config.settle,
  open: (config, context) => ({ telemetry: (question, signal) => ask(config, context, question, signal) }),
  lint({ query }) {
    if (typeof query !== 'string') return [];
    return /\bnow\s*\(|\brange\s*\(\s*start\s*:\s*-/.test(query)
      ? ['looks back from the time of asking: write the window, `$__timeFilter` or `$__from` and `$__to`']
      : [];
  },
});
