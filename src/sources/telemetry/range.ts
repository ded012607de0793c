/** The length of the window in a query, as Grafana writes it. */
import type { Window } from '../source.js';

/** At least 1. */
export const rangeSeconds = ({ from, to }: Window): number => Math.max(1, Math.round((to - from) / 1000));

/** Puts the length of the window in the place of `$__range` (a duration of PromQL and LogQL), `$__range_s` and `$__range_ms`. */
export function expandRange(query: string, window: Window): string {
  const s = rangeSeconds(window);
  return query.replace(/\$__range(_s|_ms)?\b/g, (_, unit?: string) =>
    unit === '_s' ? `${s}` : unit === '_ms' ? `${s * 1000}` : `${s}s`,
  );
}
