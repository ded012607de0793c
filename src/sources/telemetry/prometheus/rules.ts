/**
 * Alerting rules as Prometheus gives them, and all that speak its rules API: Mimir, Thanos, Loki's ruler
 * (https://prometheus.io/docs/prometheus/latest/querying/api/#rules).
 */
import * as v from 'valibot';
import type { HttpResponse } from '../../../net/http.js';
import { parseJson, refuseDenied } from '../../../net/json.js';
import type { Alert, Alerts } from '../../../record/evidence.js';
import { NotMeasured, type Unnamed } from '../../source.js';
import { oneLine } from '../../text.js';
import { type Matcher, satisfies } from '../matchers.js';
import { newestFirst, tally } from '../tally.js';
import { refuseError } from './answer.js';

const labels = v.optional(v.record(v.string(), v.string()), {});
const alert = v.object({
  labels,
  state: v.string(),
  activeAt: v.optional(v.nullable(v.string())),
});
const rule = v.object({
  name: v.string(),
  type: v.optional(v.string()),
  state: v.optional(v.string()),
  labels,
  health: v.optional(v.string()),
  lastError: v.optional(v.string()),
  lastEvaluation: v.optional(v.string()),
  alerts: v.optional(v.nullable(v.array(alert))),
});
type Rule = v.InferOutput<typeof rule>;
type RuleAlert = v.InferOutput<typeof alert>;
const answer = v.object({
  status: v.literal('success'),
  data: v.object({
    groups: v.array(v.object({ name: v.string(), rules: v.array(rule) })),
    groupNextToken: v.optional(v.string()),
  }),
  warnings: v.optional(v.array(v.string()), []),
});

export interface Rules {
  readonly rules: readonly Rule[];
  readonly warnings: readonly string[];
  /** Of the next page; absent: that was the last. */
  readonly next?: string;
}

/**
 * Reads one page.
 *
 * @param needs the permission to name
 * @param sent the request's headers
 * @throws {NotMeasured} `unauthorized`, `forbidden`, `not-found`, `bad-query`, `query-failed`, `bad-answer`
 */
export function readRules(
  response: HttpResponse,
  origin: string,
  needs: string,
  sent: Readonly<Record<string, string>>,
): Rules {
  refuseDenied(response, origin, needs, sent);
  const json = parseJson(response, origin);
  refuseError(json, `${origin} does not give its alert rules`);
  const parsed = v.safeParse(answer, json);
  if (!parsed.success || response.status !== 200) {
    const message = `${origin} answered ${response.status} with something that is not Prometheus' rules API: is the URL right?`;
    throw new NotMeasured('bad-answer', message);
  }
  const { data, warnings } = parsed.output;
  return {
    rules: data.groups.flatMap((group) => group.rules).filter((r) => (r.type ?? 'alerting') === 'alerting'),
    warnings: warnings.map((text) => oneLine(text)),
    ...(data.groupNextToken ? { next: data.groupNextToken } : {}),
  };
}

/** An alert is listed with its labels, save those that say what it is. */
const unsaid: ReadonlySet<string> = new Set(['alertname', 'severity', '__name__']);

export const subjectOf = (all: Readonly<Record<string, string>>): string =>
  oneLine(
    Object.entries(all)
      .filter(([name]) => !unsaid.has(name))
      .map(([name, value]) => `${name}=${value}`)
      .join(' '),
    160,
  );

const timeOf = (text: string | null | undefined): number | undefined => {
  const at = Date.parse(text ?? '');
  // A rule that was never evaluated says year 1.
  return Number.isNaN(at) || at <= 0 ? undefined : at;
};

/**
 * What the rules that match say. A rule matches by its own labels, or by those of an alert of it: its labels may be templates, and the
 * query gives more of them. Of its alerts those count that match.
 *
 * @param about `link` to the page that shows them, `most` alerts to list where it is not the usual number
 */
export function alertsOf(
  { rules, warnings }: Rules,
  matchers: readonly Matcher[],
  about: {
    readonly subject: string;
    readonly query: string;
    readonly link: string;
    readonly at: string;
    readonly most?: number | undefined;
  },
): Unnamed<Alerts> {
  const counts = (r: Rule, a?: RuleAlert): boolean =>
    satisfies({ ...r.labels, ...a?.labels, alertname: r.name }, matchers);
  const matching = rules.filter((r) => counts(r) || (r.alerts ?? []).some((a) => counts(r, a)));
  const found = matching.flatMap((r) => alertsOfRule(r, (a) => counts(r, a), about.link));
  const evaluated = matching.map((r) => timeOf(r.lastEvaluation));
  const known = evaluated.filter((at): at is number => at !== undefined);
  const pending = matching.filter((r) => r.state === 'pending').map((r) => oneLine(r.name, 80));
  return {
    kind: 'alerts',
    subject: `${matching.length} of ${rules.length} alert rules ${about.subject}`,
    query: about.query,
    link: about.link,
    at: about.at,
    seen: matching.length,
    rules: matching.length,
    notes: [...warnings, ...(pending.length > 0 ? [`pending: ${oneLine(pending.join(', '))}`] : [])],
    partial: warnings.length > 0,
    // A group that is no longer evaluated is behind all others.
    newest: known.length < matching.length || known.length === 0 ? null : isoOf(Math.min(...known)),
    ...tally(found, newestFirst, about.most),
  };
}

function alertsOfRule(r: Rule, counts: (a: RuleAlert) => boolean, link: string): Alert[] {
  const name = oneLine(r.name, 120);
  const severity = r.labels.severity ?? null;
  const firing = (r.alerts ?? []).filter((a) => a.state === 'firing');
  const found = firing.filter(counts).map((a): Alert => {
    const since = isoOf(timeOf(a.activeAt));
    return {
      name,
      state: 'firing',
      severity: a.labels.severity ?? severity,
      since,
      subject: subjectOf(a.labels),
      link,
    };
  });
  // A rule that says it fires, without its alerts, fires all the same.
  if (r.state === 'firing' && firing.length === 0)
    found.push({ name, state: 'firing', severity, since: null, subject: subjectOf(r.labels), link });
  // One that fails keeps the alerts of before, and finds no new ones.
  if (!works(r)) {
    const subject = r.lastError ? oneLine(r.lastError, 160) : subjectOf(r.labels);
    found.push({ name, state: 'unknown', severity, since: null, subject });
  }
  return found;
}

/** A rule that was never evaluated is in the state `unknown` (since Prometheus 3), or has no time of it. */
const works = ({ state, health, lastError, lastEvaluation }: Rule): boolean =>
  (state === 'inactive' || state === 'pending' || state === 'firing') &&
  health === 'ok' &&
  !lastError &&
  timeOf(lastEvaluation) !== undefined;

const isoOf = (at: number | undefined): string | null => (at === undefined ? null : new Date(at).toISOString());
