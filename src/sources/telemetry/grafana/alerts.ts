/**
 * Grafana's own alert rules and what they fire: `GET /api/prometheus/grafana/api/v1/rules`, in the shape of Prometheus' rules with
 * Grafana's states (https://grafana.com/docs/grafana/latest/alerting/fundamentals/alert-rule-evaluation/alert-rule-state-and-health/).
 */
import * as v from 'valibot';
import type { Alert, Alerts } from '../../../record/evidence.js';
import { iso } from '../../../train/clock.js';
import { NotMeasured, type Unnamed } from '../../source.js';
import { oneLine } from '../../text.js';
import { type Matcher, parseMatchers, satisfies } from '../matchers.js';
import { firingFirst, tally } from '../tally.js';
import type { Client } from './client.js';

const maxPages = 20;
const path = '/api/prometheus/grafana/api/v1/rules';
const needs = 'the permissions alert.rules:read and folders:read on the folders of the rules (role Viewer)';

const text = v.optional(v.nullable(v.string()));
const labelsForm = v.optional(v.nullable(v.record(v.string(), v.string())));
const instanceForm = v.object({ labels: labelsForm, state: v.string(), activeAt: text });
const ruleForm = v.object({
  type: text,
  name: v.string(),
  uid: text,
  state: text,
  health: text,
  isPaused: v.optional(v.nullable(v.boolean())),
  lastEvaluation: text,
  labels: labelsForm,
  alerts: v.optional(v.nullable(v.array(instanceForm))),
});
const groupForm = v.object({ name: text, file: text, rules: v.optional(v.nullable(v.array(ruleForm))) });
const pageForm = v.object({
  status: v.string(),
  error: text,
  data: v.optional(v.nullable(v.object({ groups: v.array(groupForm), groupNextToken: text }))),
});

type Instance = v.InferOutput<typeof instanceForm>;
type Labels = Readonly<Record<string, string>>;
type Rule = v.InferOutput<typeof ruleForm> & { readonly known: Labels };

export interface AlertsContext {
  readonly client: Client;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** @param match Prometheus label matchers; absent: all rules that the token may see */
export async function askAlerts(
  { client, now }: AlertsContext,
  match: string | undefined,
  signal: AbortSignal,
): Promise<Unnamed<Alerts>> {
  const matchers = match === undefined ? [] : parseMatchers(match);
  const { rules: all, notes } = await rulesOf(client, signal);
  const rules = all.filter((rule) => covers(rule, matchers));
  const alerts = rules.flatMap((rule) => alertsOf(rule, matchers, client.url));
  const evaluated = rules.flatMap((rule) => timeOf(rule.lastEvaluation) ?? []);
  return {
    kind: 'alerts',
    subject: `${rules.length} alert rules${match === undefined ? '' : ` with ${oneLine(match, 120)}`} of ${client.origin}`,
    query: `${path}${match === undefined ? '' : `, ${match}`}`,
    link: `${client.url}/alerting/list`,
    at: iso(now()),
    seen: rules.length,
    rules: rules.length,
    notes,
    partial: notes.length > 0,
    newest: evaluated.length === 0 ? null : iso(evaluated.reduce((a, b) => Math.min(a, b))),
    ...tally(alerts, firingFirst),
  };
}

/** The alert rules that are not paused. */
async function rulesOf(client: Client, signal: AbortSignal): Promise<{ rules: Rule[]; notes: string[] }> {
  const rules: Rule[] = [];
  let token = '';
  for (let page = 0; page < maxPages; page++) {
    const query = token === '' ? '' : `?${new URLSearchParams({ group_next_token: token }).toString()}`;
    const parsed = v.safeParse(pageForm, await client.json(`${path}${query}`, needs, signal));
    if (!parsed.success) throw client.foreign();
    const { status, error, data } = parsed.output;
    if (status !== 'success') {
      throw new NotMeasured('query-failed', `Grafana could not list its alert rules: ${oneLine(error ?? status, 300)}`);
    }
    if (!data) throw client.foreign();
    for (const { name, file, rules: members } of data.groups) {
      const place = { grafana_folder: file ?? '', rule_group: name ?? '' };
      const enabled = (members ?? []).filter(({ type, isPaused }) => type !== 'recording' && isPaused !== true);
      rules.push(...enabled.map((rule) => ({ ...rule, known: { alertname: rule.name, ...place, ...rule.labels } })));
    }
    const next = data.groupNextToken ?? '';
    if (next === '') return { rules, notes: [] };
    if (next === token) break;
    token = next;
  }
  return { rules, notes: ['Grafana has more alert rules than are read'] };
}

const labelsOf = (rule: Rule, { labels }: Instance): Labels => ({ ...rule.known, ...labels });

/** By the labels of the rule itself, or of one of the series that it watches. */
const covers = (rule: Rule, matchers: readonly Matcher[]): boolean =>
  satisfies(rule.known, matchers) ||
  (rule.alerts ?? []).some((instance) => satisfies(labelsOf(rule, instance), matchers));

/** Grafana writes year 1 for never. */
function timeOf(written: string | null | undefined): number | undefined {
  const at = Date.parse(written ?? '');
  return at > 0 ? at : undefined;
}

/**
 * `Alerting`, `Normal (NoData)`, `Alerting (Error, KeepLast)`: a state, and why it is that where the rule could not be evaluated.
 * A rule without data or with an error says nothing of the release, whatever state it is set to take then.
 */
function stateOf(written: string): Alert['state'] | 'well' {
  const [, state = '', reason = ''] = /^(\w+)\s*(?:\((.*)\))?$/.exec(written.trim()) ?? [];
  if (/NoData|Error/i.test(reason)) return 'unknown';
  switch (state.toLowerCase()) {
    case 'alerting':
    case 'firing':
    case 'recovering':
      return 'firing';
    case 'normal':
    case 'inactive':
    case 'pending':
      return 'well';
    default:
      return 'unknown';
  }
}

const fires = ({ state }: Instance): boolean => /^(?:alerting|firing|recovering)\b/i.test(state);

function alertsOf(rule: Rule, matchers: readonly Matcher[], url: string): Alert[] {
  const link =
    typeof rule.uid === 'string' && rule.uid !== ''
      ? `${url}/alerting/grafana/${encodeURIComponent(rule.uid)}/view`
      : undefined;
  const alert = (state: Alert['state'], labels: Labels, since: number | undefined, subject: string): Alert => ({
    name: oneLine(rule.name, 120),
    state,
    severity: labels.severity === undefined ? null : oneLine(labels.severity, 40),
    since: since === undefined ? null : iso(since),
    subject: oneLine(subject, 160),
    ...(link === undefined ? {} : { link }),
  });
  const instances = rule.alerts ?? [];
  const found = instances.flatMap((instance) => {
    const state = stateOf(instance.state);
    const labels = labelsOf(rule, instance);
    // Without data there are no labels of a series, so it could be any of them.
    if (state === 'well' || (state === 'firing' && !satisfies(labels, matchers))) return [];
    return [alert(state, labels, timeOf(instance.activeAt), subjectOf(labels))];
  });
  if (/^(?:firing|alerting|recovering)$/i.test(rule.state ?? '') && !instances.some(fires)) {
    found.push(alert('firing', rule.known, undefined, subjectOf(rule.known)));
  }
  const why =
    timeOf(rule.lastEvaluation) === undefined
      ? 'never evaluated yet'
      : /^ok$/i.test(rule.health ?? '')
        ? undefined
        : `health ${oneLine(rule.health ?? 'unknown', 40)}`;
  if (why !== undefined && !found.some(({ state }) => state === 'unknown')) {
    found.push(alert('unknown', rule.known, undefined, why));
  }
  return found;
}

const shownElsewhere = /^(?:alertname|grafana_folder|rule_group|severity|datasource_uid|ref_id|__.*)$/;

const subjectOf = (labels: Labels): string =>
  Object.entries(labels)
    .filter(([name]) => !shownElsewhere.test(name))
    .map(([name, value]) => `${name}=${value}`)
    .join(', ');
