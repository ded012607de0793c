/**
 * The enabled alert rules that watch a resource. Without this proof a resource that nobody watches looks as quiet as one that is well.
 *
 * Metric alerts, log alerts and smart detectors count, and alerts on resource health. Other alerts of the activity log tell of what
 * people do, not of how the resource is, so a subscription that has only those is not watched.
 */
import * as v from 'valibot';
import { type Arm, lastSegment, normalId, notArm, subscriptionOf, typeOf, within } from './arm.js';

export interface Rule {
  readonly id: string;
  readonly name: string;
  /** 0 (critical) to 4 (verbose). */
  readonly severity: number | undefined;
  /** All that it fires on is the scope that was asked for. */
  readonly whole: boolean;
}

const text = v.optional(v.nullable(v.string()));
const types = v.optional(v.nullable(v.array(v.string())));
const condition = v.object({ field: text, equals: text });
const rule = v.object({
  id: v.string(),
  name: text,
  properties: v.object({
    enabled: v.optional(v.nullable(v.boolean())),
    /** Of smart detectors: `Enabled` or `Disabled`. */
    state: text,
    severity: v.optional(v.nullable(v.union([v.number(), v.string()]))),
    scopes: types,
    /** Of smart detectors. */
    scope: types,
    targetResourceType: text,
    targetResourceTypes: types,
    /** Of activity log alerts it says what they look for; other kinds have other shapes here. */
    condition: v.optional(v.unknown()),
  }),
});
type RuleForm = v.InferOutput<typeof rule>;

const kinds = [
  { path: 'Microsoft.Insights/metricAlerts', version: '2018-03-01' },
  { path: 'Microsoft.Insights/scheduledQueryRules', version: '2023-12-01' },
  { path: 'Microsoft.Insights/activityLogAlerts', version: '2020-10-01', health: true },
  { path: 'microsoft.alertsManagement/smartDetectorAlertRules', version: '2021-04-01' },
] as const;

/** `Sev3` or 3. */
export function severityOf(raw: string | number | null | undefined): number | undefined {
  const level = typeof raw === 'number' ? raw : Number(/^Sev([0-4])$/i.exec(raw ?? '')?.[1] ?? Number.NaN);
  return Number.isInteger(level) ? level : undefined;
}

const healthCondition = v.object({ allOf: v.array(condition) });

function watchesHealth({ properties }: RuleForm): boolean {
  const parsed = v.safeParse(healthCondition, properties.condition);
  return (
    parsed.success &&
    parsed.output.allOf.some(
      ({ field, equals }) => field?.toLowerCase() === 'category' && equals?.toLowerCase() === 'resourcehealth',
    )
  );
}

/** A rule of a group or subscription watches only the kinds of resources that it names. */
function concerns({ properties }: RuleForm, scope: string): boolean {
  const watched = [properties.targetResourceType ?? [], properties.targetResourceTypes ?? []]
    .flat()
    .map((type) => type.toLowerCase())
    .filter((type) => type !== '');
  const own = typeOf(scope);
  return watched.length === 0 || own === undefined || watched.includes(own);
}

const isWebTest = (id: string): boolean => typeOf(id) === 'microsoft.insights/webtests';

/**
 * @param scope id of a resource, a group or a subscription, as `normalId` gives it
 * @returns the enabled rules whose scope holds it or lies in it; `cut` when there are more pages than are read
 */
export async function rulesOf(arm: Arm, scope: string, signal: AbortSignal): Promise<{ rules: Rule[]; cut: boolean }> {
  const needs = 'the role Monitoring Reader on the subscription, to list its alert rules';
  const lists = await Promise.all(
    kinds.map(async ({ path, version, ...kind }) => {
      const at = `/subscriptions/${subscriptionOf(scope)}/providers/${path}`;
      const { items, cut } = await arm.list(at, { 'api-version': version }, needs, signal);
      const rules = items.map((item) => {
        const parsed = v.safeParse(rule, item);
        if (!parsed.success) throw notArm(arm.origin);
        return parsed.output;
      });
      return { rules: 'health' in kind ? rules.filter(watchesHealth) : rules, health: 'health' in kind, cut };
    }),
  );
  return {
    rules: lists.flatMap(({ rules, health }) => rules.flatMap((r) => covering(r, scope, health))),
    cut: lists.some(({ cut }) => cut),
  };
}

function covering(form: RuleForm, scope: string, health: boolean): Rule[] {
  const { enabled, state, severity, scopes, scope: detected } = form.properties;
  // Activity log alerts are enabled unless they say otherwise; the other kinds always say.
  const on = enabled ?? (state === undefined || state === null ? health : state.toLowerCase() === 'enabled');
  if (!on) return [];
  const watched = [...(scopes ?? []), ...(detected ?? [])].map(normalId);
  const inside = watched.filter((id) => within(id, scope));
  const around = watched.some((id) => within(scope, id)) && concerns(form, scope);
  if (inside.length === 0 && !around) return [];
  return [
    {
      id: normalId(form.id),
      name: form.name ?? lastSegment(form.id),
      severity: health ? 4 : severityOf(severity),
      // The alert of a web test is raised on the test, though it is about the component that stands beside it in the rule.
      whole: inside.length > 0 && watched.every((id) => within(id, scope) || isWebTest(id)),
    },
  ];
}
