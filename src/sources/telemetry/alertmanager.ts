/**
 * Source `alertmanager`: the alerts that have arrived at an Alertmanager (API v2,
 * https://github.com/prometheus/alertmanager/blob/main/api/v2/openapi.yaml). It knows no rules, and no alerts look the same whether
 * all is well or nothing reaches it; so one proof is asked for: an alert that always fires, or the rules of a Prometheus.
 */
import * as v from 'valibot';
import { authFields, authorization, oneWayToSignIn, signsInOneWay } from '../../net/auth/basic.js';
import { serverWords } from '../../net/errors.js';
import { parseJson, refuseDenied } from '../../net/json.js';
import { described, filled, httpUrl } from '../../policy/fields.js';
import type { Alert, Alerts } from '../../record/evidence.js';
import { iso } from '../../train/clock.js';
import {
  type AlertsQuestion,
  adviceOn,
  defineSource,
  NotMeasured,
  type SourceContext,
  type Unnamed,
} from '../source.js';
import { oneLine } from '../text.js';
import { matcherText, parseMatchers } from './matchers.js';
import { askRules } from './prometheus/alerts.js';
import { Connection, connectionFields, connects, oneConnection } from './prometheus/connection.js';
import { subjectOf } from './prometheus/rules.js';
import { newestFirst, tally } from './tally.js';

const rules = v.pipe(
  v.strictObject(connectionFields),
  v.check((c) => connects(c), oneConnection),
);

const fields = v.strictObject({
  url: described(httpUrl, 'Base URL; `/api/v2/alerts` is added to it.'),
  ...authFields,
  watchdog: described(
    v.optional(filled),
    'Name of an alert that always fires, such as `Watchdog` of kube-prometheus: it proves that alerts arrive here. It does not count as firing.',
  ),
  rules: described(
    v.optional(rules),
    'In place of `watchdog`: the Prometheus whose alert rules send here (its fields are those of a source `prometheus`). That its rules match, and are evaluated, is the proof.',
  ),
});
const schema = v.pipe(
  fields,
  v.check((c) => signsInOneWay(c), oneWayToSignIn),
  v.check(
    (c) => (c.watchdog === undefined) !== (c.rules === undefined),
    '`watchdog` or `rules`: a proof that alerts arrive',
  ),
);
type Config = v.InferOutput<typeof fields>;

const time = v.pipe(
  v.string(),
  v.check((text) => !Number.isNaN(Date.parse(text))),
);
const gettable = v.object({
  labels: v.record(v.string(), v.string()),
  startsAt: time,
  endsAt: time,
  updatedAt: time,
  status: v.object({
    state: v.picklist(['active', 'suppressed', 'unprocessed']),
    silencedBy: v.optional(v.nullable(v.array(v.string()))),
    inhibitedBy: v.optional(v.nullable(v.array(v.string()))),
  }),
});
type Gettable = v.InferOutput<typeof gettable>;

async function list(
  config: Config,
  context: SourceContext,
  filters: readonly string[],
  signal: AbortSignal,
): Promise<Gettable[]> {
  const { origin } = new URL(config.url);
  const query = new URLSearchParams([
    // Silenced and inhibited ones are asked for too, to be told of; left out they would look like health.
    ['active', 'true'],
    ['silenced', 'true'],
    ['inhibited', 'true'],
    ['unprocessed', 'true'],
    ...filters.map((filter) => ['filter', filter]),
  ] as [string, string][]);
  const headers = { accept: 'application/json', ...authorization(config) };
  const response = await context.http.send({ url: `${config.url}/api/v2/alerts?${query.toString()}`, headers, signal });
  refuseDenied(response, origin, 'permission to read alerts', headers);
  if (response.status === 400) {
    const message = `Alertmanager refuses the matchers${serverWords(response.text, headers)}`;
    throw new NotMeasured('bad-query', message, { permanent: true });
  }
  const parsed = v.safeParse(v.array(gettable), parseJson(response, origin));
  if (!parsed.success || response.status !== 200) {
    const message = `${origin} answered ${response.status} with something that is not Alertmanager's API: is the URL right?`;
    throw new NotMeasured('bad-answer', message);
  }
  return parsed.output;
}

/** What proves that alerts arrive: how many rules stand behind the answer, and when they were evaluated last. */
interface Proof {
  readonly rules: number;
  readonly newest: string | null;
  readonly notes: readonly string[];
  readonly subject: string;
  readonly partial: boolean;
  /** Alerts of the rules: those that have no data, and those that fire, whether they have arrived or not. */
  readonly alerts: readonly Alert[];
}

async function watched(watchdog: string, config: Config, context: SourceContext, signal: AbortSignal): Promise<Proof> {
  const found = await list(
    config,
    context,
    [matcherText({ label: 'alertname', operator: '=', value: watchdog })],
    signal,
  );
  const named = found.filter((a) => a.labels.alertname === watchdog);
  // Prometheus sends it again and again, each time with a new end; one that is over no longer arrives. A silence that covers even the
  // watchdog covers everything.
  const live = named.filter((a) => a.status.state === 'active' && Date.parse(a.endsAt) > context.clock.now());
  const newest = live.map((a) => Date.parse(a.updatedAt)).reduce((a, b) => Math.max(a, b), 0);
  const name = oneLine(watchdog, 80);
  const silenced = named.some((a) => a.status.state === 'suppressed');
  const missing = silenced
    ? `the alert ${name} is silenced or inhibited, and so may be all others`
    : `the alert ${name} does not fire, so nothing shows that alerts arrive here`;
  return {
    // Several (of a pair of Prometheus) prove no more than one: no rule of the scope is known.
    rules: live.length > 0 ? 1 : 0,
    newest: live.length > 0 ? iso(newest) : null,
    notes: live.length > 0 ? [] : [missing],
    subject: `proven by the alert ${name}`,
    partial: false,
    alerts: [],
  };
}

async function proofOf(
  config: Config,
  context: SourceContext,
  match: string | undefined,
  signal: AbortSignal,
): Promise<Proof> {
  const { watchdog, rules: server } = config;
  if (watchdog !== undefined) return watched(watchdog, config, context, signal);
  if (server === undefined) throw new NotMeasured('bad-query', 'neither `watchdog` nor `rules`', { permanent: true });
  const now = () => context.clock.now();
  const found = await askRules(new Connection(server, context), match, now, signal, Number.POSITIVE_INFINITY);
  return { ...found, subject: `proven by ${found.subject}` };
}

/** What the rules say that no alert here does: a rule without data, and one that fires while no alert of its name has arrived. */
function unarrived(ofRules: readonly Alert[], arrived: readonly Alert[]): Alert[] {
  const names = new Set(arrived.map((a) => a.name));
  return ofRules
    .filter((a) => a.state === 'unknown' || !names.has(a.name))
    .map((a) =>
      a.state === 'unknown'
        ? a
        : { ...a, state: 'unknown', subject: oneLine(`${a.subject} (fires there, has not arrived here)`) },
    );
}

async function ask(
  config: Config,
  context: SourceContext,
  { match }: AlertsQuestion,
  signal: AbortSignal,
): Promise<Unnamed<Alerts>> {
  const matchers = match === undefined ? [] : parseMatchers(match);
  const [arrived, proof] = await Promise.all([
    list(config, context, matchers.map(matcherText), signal),
    proofOf(config, context, match, signal),
  ]);
  const alerts = arrived
    .filter((a) => a.labels.alertname !== config.watchdog)
    .map((a): Alert => {
      const muted = a.status.state === 'suppressed';
      return {
        name: oneLine(a.labels.alertname ?? 'an alert without a name', 120),
        state: muted ? 'muted' : 'firing',
        severity: a.labels.severity ?? null,
        since: iso(Date.parse(a.startsAt)),
        subject: subjectOf(a.labels),
      };
    });
  const told = tally([...alerts, ...unarrived(proof.alerts, alerts)], newestFirst);
  const notes = [...proof.notes];
  if (config.watchdog !== undefined && told.counts.muted > 0)
    notes.push('alerts are muted, and a watchdog does not show that other rules cover the scope: prove it by `rules`');
  const { origin } = new URL(config.url);
  const filter = `{${matchers.map(matcherText).join(', ')}}`;
  return {
    kind: 'alerts',
    subject: `${alerts.length} alerts${match === undefined ? '' : ` that match ${match}`} at ${origin}, ${proof.subject}`,
    query: match ?? 'all alerts',
    link: `${config.url}/#/alerts${match === undefined ? '' : `?filter=${encodeURIComponent(filter)}`}`,
    at: iso(context.clock.now()),
    seen: proof.rules,
    rules: proof.rules,
    notes,
    partial: proof.partial,
    newest: proof.newest,
    ...told,
  };
}

export const alertmanagerSource = defineSource({
  type: 'alertmanager',
  families: ['alerts'],
  schema,
  open: (config, context) => ({ alerts: (question, signal) => ask(config, context, question, signal) }),
  lint({ match }) {
    if (match === undefined) return ['without `match` every alert counts'];
    return adviceOn(() => parseMatchers(match));
  },
});
