/**
 * Fired alerts (https://learn.microsoft.com/rest/api/monitor/alertsmanagement/alerts/get-all).
 *
 * `monitorCondition` is the machine's word: it decides. `alertState` is what a person made of it: an alert that was acknowledged or
 * closed by hand burns on until its condition is resolved.
 */
import * as v from 'valibot';
import type { Alert, Alerts } from '../../../record/evidence.js';
import { iso } from '../../../train/clock.js';
import type { Unnamed } from '../../source.js';
import { oneLine } from '../../text.js';
import { firingFirst, tally } from '../tally.js';
import { type Arm, lastSegment, normalId, notArm, subscriptionOf, within } from './arm.js';
import { type Match, matches, parseMatch } from './match.js';
import { type Rule, rulesOf, severityOf } from './rules.js';

const text = v.optional(v.nullable(v.string()));
const alertForm = v.object({
  id: text,
  name: text,
  properties: v.object({
    essentials: v.object({
      severity: text,
      monitorCondition: text,
      targetResource: text,
      targetResourceName: text,
      alertRule: text,
      startDateTime: text,
      actionStatus: v.optional(v.nullable(v.object({ isSuppressed: v.optional(v.nullable(v.boolean())) }))),
    }),
  }),
});
type AlertForm = v.InferOutput<typeof alertForm>;

export interface AlertsContext {
  readonly arm: Arm;
  /** Id of a resource, a group or a subscription. */
  readonly scope: string;
  /** `https://portal.azure.com` or its like. */
  readonly portal: string;
  /** Milliseconds since the epoch. */
  now(): number;
}

/** Proves that enabled rules watch the scope, and lists what they have fired. */
export async function askAlerts(
  context: AlertsContext,
  matchText: string | undefined,
  signal: AbortSignal,
): Promise<Unnamed<Alerts>> {
  const { arm, portal } = context;
  const match = parseMatch(matchText);
  const scope = normalId(context.scope);
  const [covering, fired] = await Promise.all([rulesOf(arm, scope, signal), firedIn(arm, scope, signal)]);
  const rules = covering.rules.filter((rule) => matches(match, rule, false));
  const alerts = fired.forms
    .filter((form) => concernsScope(form, scope, covering.rules) && counts(form, match))
    .map((form) => alertOf(form, portal));
  const cut = covering.cut || fired.cut;
  return {
    kind: 'alerts',
    subject: `${rules.length} enabled alert rules${matchText === undefined ? '' : ` with ${oneLine(matchText, 80)}`} that watch ${oneLine(context.scope)}`,
    query: `alerts with monitorCondition=Fired on ${context.scope}${matchText === undefined ? '' : `, ${matchText}`}`,
    link: `${portal}/#blade/Microsoft_Azure_Monitoring/AzureMonitoringBrowseBlade/alertsV2`,
    at: iso(context.now()),
    seen: rules.length,
    rules: rules.length,
    notes: cut ? ['the subscription has more rules or alerts than are read: give a smaller `scope`'] : [],
    partial: cut,
    newest: null,
    ...tally(alerts, firingFirst),
  };
}

/** The fired alerts of the scope's subscription. Narrowed here and not by Azure, whose filters find nothing when they are misspelt. */
async function firedIn(arm: Arm, scope: string, signal: AbortSignal): Promise<{ forms: AlertForm[]; cut: boolean }> {
  const path = `/subscriptions/${subscriptionOf(scope)}/providers/Microsoft.AlertsManagement/alerts`;
  const query = {
    'api-version': '2019-05-05-preview',
    monitorCondition: 'Fired',
    // The longest that there is; without it an alert that burns since yesterday is not listed.
    timeRange: '30d',
    sortBy: 'startDateTime',
    sortOrder: 'desc',
    pageCount: '250',
  };
  const { items, cut } = await arm.list(path, query, 'the role Monitoring Reader on the subscription', signal);
  const forms = items.map((item) => {
    const parsed = v.safeParse(alertForm, item);
    if (!parsed.success) throw notArm(arm.origin);
    return parsed.output;
  });
  return { forms: forms.filter(({ properties }) => properties.essentials.monitorCondition !== 'Resolved'), cut };
}

const ruleId = ({ properties }: AlertForm): string | undefined => {
  const id = properties.essentials.alertRule ?? undefined;
  return id !== undefined && /^\/?subscriptions\//i.test(id) ? normalId(id) : undefined;
};

function concernsScope(form: AlertForm, scope: string, rules: readonly Rule[]): boolean {
  const { targetResource } = form.properties.essentials;
  // An alert that does not say what it is about could be about this.
  if (targetResource === undefined || targetResource === null || targetResource === '') return true;
  if (within(normalId(targetResource), scope)) return true;
  const id = ruleId(form);
  return rules.some((rule) => rule.whole && rule.id === id);
}

function counts(form: AlertForm, match: Match): boolean {
  const { severity, alertRule } = form.properties.essentials;
  const id = ruleId(form);
  // Some services give the rule's name in place of its id.
  const name =
    id === undefined ? (/[/:]/.test(alertRule ?? '/') ? undefined : (alertRule ?? undefined)) : lastSegment(id);
  return matches(match, { name, severity: severityOf(severity) }, true);
}

function alertOf(form: AlertForm, portal: string): Alert {
  const { essentials } = form.properties;
  const id = ruleId(form);
  const since = Date.parse(essentials.startDateTime ?? '');
  const rule = id === undefined ? undefined : lastSegment(essentials.alertRule ?? id);
  const link = `${portal}/#blade/Microsoft_Azure_Monitoring/AlertDetailsTemplateBlade/alertId/`;
  return {
    name: oneLine(rule ?? form.name ?? 'an alert without a name', 120),
    state: essentials.actionStatus?.isSuppressed === true ? 'muted' : 'firing',
    severity: essentials.severity ?? null,
    since: Number.isNaN(since) ? null : iso(since),
    subject: oneLine(essentials.targetResourceName ?? lastSegment(essentials.targetResource ?? ''), 120),
    ...(typeof form.id === 'string' ? { link: link + encodeURIComponent(form.id) } : {}),
  };
}
