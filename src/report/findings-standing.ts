/** Which findings stand against the policy, by the gate's own rules: the report must never say something else than the gate did. */
import * as v from 'valibot';
import { weigh } from '../gates/security/evidence.js';
import type { Config } from '../gates/security/fields.js';
import { type Standing as GateStanding, stand, sum } from '../gates/security/standing.js';
import type { Scans } from '../record/evidence.js';
import { countsOf, type ScanRun, type Severity, severities } from '../record/scans.js';

export type Counts = Readonly<Record<Severity, number>>;

/**
 * The fields of a gate `security` that the verdict rests on, so far as they could trip us up: a record may come from another version. The
 * others pass through.
 */
const asked = v.looseObject({
  block: v.picklist(severities),
  warn: v.optional(v.picklist(severities)),
  'unknown-severity': v.picklist(severities),
  most: v.optional(v.record(v.string(), v.number())),
  commit: v.optional(v.string()),
  image: v.optional(v.string()),
  'max-age': v.optional(v.number()),
  'database-max-age': v.optional(v.number()),
  tolerate: v.array(v.looseObject({ tool: v.string(), until: v.string() })),
  categories: v.optional(v.record(v.string(), v.array(v.string()))),
  require: v.optional(
    v.array(v.union([v.string(), v.looseObject({ tool: v.string() }), v.looseObject({ category: v.string() })])),
  ),
});
export type Asked = v.InferOutput<typeof asked>;

/** What the gate asks; undefined: the record does not hold it in a form that is understood. */
export const askedOf = (rule: unknown): Asked | undefined => {
  const parsed = v.safeParse(asked, rule);
  return parsed.success ? parsed.output : undefined;
};

/**
 * Runs whose findings stand, and what is missing from the evidence.
 *
 * @param now when the gate judged, milliseconds since the epoch
 */
export function soundOf(
  scans: Scans,
  rule: Asked | undefined,
  now: number,
): { readonly sound: ReadonlySet<ScanRun>; readonly gaps: readonly string[] } {
  const problems = scans.problems.map(({ message }) => message);
  if (!rule) return { sound: new Set(scans.runs), gaps: problems };
  const { sound, complaints } = weigh(scans, rule as unknown as Config, now);
  const gaps = complaints.map(({ text }) => text);
  // What the policy tolerates is not seen all the same.
  const tolerated = problems.filter((text) => !gaps.includes(text)).map((text) => `${text} (the policy tolerates it)`);
  return { sound, gaps: [...gaps, ...tolerated] };
}

export const totalOf = (counts: Counts): number => sum(Object.values(counts));

export interface Standing {
  /** Severities with more findings than are allowed. */
  readonly over: readonly Severity[];
  readonly against: Counts;
  /** The rest of what counts. */
  readonly allowed: Counts;
  /** Of these so many are to be looked at, as the policy says. */
  readonly warned: number;
}

/**
 * What counts in sound runs, against what is allowed.
 *
 * @param unhealthy what the gate said; it decides where the record does not hold what was asked
 */
export function standingOf(sound: Iterable<ScanRun>, rule: Asked | undefined, unhealthy: boolean): Standing {
  const runs = [...sound];
  const { counts, over, warned }: Pick<GateStanding, 'counts' | 'over' | 'warned'> = rule
    ? stand(runs, rule as unknown as Config)
    : { counts: countsOf(runs, 'counted'), over: unhealthy ? severities : [], warned: 0 };
  const pick = (wanted: boolean): Counts => {
    const of = (severity: Severity) => (over.includes(severity) === wanted ? counts[severity] : 0);
    return Object.fromEntries(severities.map((severity) => [severity, of(severity)])) as Counts;
  };
  return { over: over.filter((severity) => counts[severity] > 0), against: pick(true), allowed: pick(false), warned };
}
