/** Whether a monitor that fires is muted (https://docs.datadoghq.com/monitors/downtimes/). */
import * as v from 'valibot';

/** What a monitor says of its groups and of what silences it. */
export const mutingFields = {
  /** Whether it alerts by group. */
  multi: v.optional(v.nullable(v.boolean())),
  options: v.optional(
    v.nullable(v.object({ silenced: v.optional(v.nullable(v.record(v.string(), v.nullable(v.number())))) })),
  ),
  matching_downtimes: v.optional(
    v.nullable(
      v.array(
        v.object({
          scope: v.optional(v.nullable(v.union([v.string(), v.array(v.string())]))),
          start: v.optional(v.nullable(v.number())),
          end: v.optional(v.nullable(v.number())),
        }),
      ),
    ),
  ),
};
const muting = v.object(mutingFields);

const tagsOf = (text: string): string[] => text.split(',').map((tag) => tag.trim());

/**
 * A monitor that alerts by group is muted only when each group that fires is; one that does not is muted by any downtime of it.
 *
 * @param groups names of the groups that fire, such as `host:a,env:prod`
 * @param now milliseconds since the epoch
 */
export function isMuted(monitor: v.InferOutput<typeof muting>, groups: readonly string[], now: number): boolean {
  const past = (seconds: number | null | undefined): boolean => typeof seconds === 'number' && seconds * 1000 <= now;
  const silences = [
    ...Object.entries(monitor.options?.silenced ?? {}).flatMap(([scope, end]) => (past(end) ? [] : [tagsOf(scope)])),
    ...(monitor.matching_downtimes ?? [])
      .filter(({ start, end }) => !past(end) && (typeof start !== 'number' || past(start)))
      .map(({ scope }) => [scope ?? []].flat().flatMap(tagsOf)),
  ];
  if (silences.some((scope) => scope.includes('*') && scope.length === 1)) return true;
  if (monitor.multi === false) return silences.length > 0;
  return (
    groups.length > 0 &&
    groups.every((group) => {
      const tags = tagsOf(group);
      // What is written in another way than as tags covers nothing: then the alert is reported.
      return silences.some((scope) => scope.length > 0 && scope.every((tag) => tag === '*' || tags.includes(tag)));
    })
  );
}
