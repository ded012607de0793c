/** Alerts as an answer lists them. */
import type { Alert, Alerts } from '../../record/evidence.js';

/** More is not read by anybody, and would swell the record. */
export const maxAlerts = 50;

type Order = (a: Alert, b: Alert) => number;

const rank = ({ state }: Alert): number => ['firing', 'unknown', 'muted'].indexOf(state);

export const firingFirst: Order = (a, b) => rank(a) - rank(b) || (b.since ?? '').localeCompare(a.since ?? '');

/** One of which nobody knows since when counts as new. */
export const newestFirst: Order = (a, b) => (b.since ?? '9').localeCompare(a.since ?? '9');

/** Counts all, and lists the first `most` of them. */
export function tally(alerts: readonly Alert[], order: Order, most = maxAlerts): Pick<Alerts, 'counts' | 'alerts'> {
  const of = (state: Alert['state']): number => alerts.filter((a) => a.state === state).length;
  return {
    counts: { firing: of('firing'), unknown: of('unknown'), muted: of('muted') },
    alerts: alerts.toSorted(order).slice(0, most),
  };
}
