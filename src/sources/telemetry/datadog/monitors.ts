/** Monitors and their states (https://docs.datadoghq.com/api/latest/monitors/). */
import * as v from 'valibot';
import type { Alert, Alerts } from '../../../record/evidence.js';
import { iso } from '../../../train/clock.js';
import { NotMeasured, type Unnamed } from '../../source.js';
import { oneLine } from '../../text.js';
import { maxAlerts, newestFirst, tally } from '../tally.js';
import type { Client } from './client.js';
import { isMuted, mutingFields } from './muted.js';

const found = v.object({
  id: v.number(),
  name: v.string(),
  status: v.optional(v.nullable(v.string())),
  last_triggered_ts: v.optional(v.nullable(v.number())),
  scopes: v.optional(v.nullable(v.array(v.string()))),
});
type Found = v.InferOutput<typeof found>;
const page = v.object({
  monitors: v.array(found),
  metadata: v.object({ page_count: v.number(), total_count: v.number() }),
});
const group = v.object({
  status: v.optional(v.nullable(v.string())),
  last_triggered_ts: v.optional(v.nullable(v.number())),
});
const detail = v.object({
  overall_state: v.optional(v.nullable(v.string())),
  overall_state_modified: v.optional(v.nullable(v.string())),
  state: v.optional(v.nullable(v.object({ groups: v.optional(v.nullable(v.record(v.string(), group))) }))),
  ...mutingFields,
});

const needs = 'the permission monitors_read';
const perPage = 100;
const maxPages = 10;

/**
 * @param match a search as in Manage Monitors, e.g. `tag:"service:checkout" env:production`; absent: all monitors
 */
export async function askMonitors(
  client: Client,
  match: string | undefined,
  signal: AbortSignal,
): Promise<Unnamed<Alerts>> {
  const monitors = await search(client, match, signal);
  // Datadog lets WARN pass; here a monitor that warns fires, as a warning.
  const sick = monitors.filter(({ status }) => status !== 'OK');
  // Each that is not well is looked at by itself.
  const alerts = await Promise.all(sick.slice(0, maxAlerts).map((monitor) => look(client, monitor, signal)));
  const { counts, alerts: listed } = tally(
    alerts.flatMap((alert) => alert ?? []),
    newestFirst,
  );
  return {
    kind: 'alerts',
    subject: `${monitors.length} monitors${match === undefined ? '' : ` that match ${oneLine(match, 160)}`} in Datadog`,
    query: match ?? 'all monitors',
    link: `${client.app}/monitors/manage${match === undefined ? '' : `?q=${encodeURIComponent(match)}`}`,
    at: iso(client.now()),
    seen: monitors.length,
    rules: monitors.length,
    notes: [],
    partial: false,
    newest: null,
    counts: { ...counts, firing: counts.firing + Math.max(0, sick.length - maxAlerts) },
    alerts: listed,
  };
}

async function search(client: Client, match: string | undefined, signal: AbortSignal): Promise<Found[]> {
  // Names may change between two pages, and with them the order.
  const all = new Map<number, Found>();
  for (let n = 0; n < maxPages; n += 1) {
    const query = new URLSearchParams({
      query: match ?? '',
      page: String(n),
      per_page: String(perPage),
      sort: 'name,asc',
    });
    const json = await client.send({ path: `/api/v1/monitor/search?${query.toString()}`, needs }, signal);
    const parsed = v.safeParse(page, json);
    if (!parsed.success) throw client.strange('list of monitors');
    const { monitors, metadata } = parsed.output;
    for (const monitor of monitors) all.set(monitor.id, monitor);
    if (n + 1 >= metadata.page_count) {
      if (all.size < metadata.total_count) {
        throw new NotMeasured('bad-answer', `Datadog lists ${all.size} of ${metadata.total_count} monitors`);
      }
      return [...all.values()];
    }
  }
  const message = `more than ${maxPages * perPage} monitors match: narrow \`match\``;
  throw new NotMeasured('bad-query', message, { permanent: true });
}

/** The state by the monitor itself: the search lags behind, and says nothing of downtimes. undefined: it is well by now. */
async function look(client: Client, monitor: Found, signal: AbortSignal): Promise<Alert | undefined> {
  const path = `/api/v1/monitor/${monitor.id}?group_states=all&with_downtimes=true`;
  const parsed = v.safeParse(detail, await client.send({ path, needs }, signal));
  if (!parsed.success) throw client.strange('monitor');
  const { overall_state: state, overall_state_modified: modified } = parsed.output;
  if (state === 'OK') return undefined;
  const firing = fires(state);
  const groups = Object.entries(parsed.output.state?.groups ?? {}).filter(([, { status }]) => fires(status));
  const names = groups.map(([name]) => name);
  const muted = isMuted(parsed.output, names, client.now());
  const about = names.length > 0 && !names.includes('*') ? names.slice(0, 5) : (monitor.scopes ?? []);
  return {
    name: oneLine(monitor.name, 120),
    state: firing ? (muted ? 'muted' : 'firing') : 'unknown',
    severity: state === 'Alert' ? 'alert' : state === 'Warn' ? 'warn' : null,
    since: firing
      ? sinceOf([monitor.last_triggered_ts, ...groups.map(([, { last_triggered_ts: at }]) => at)], modified)
      : null,
    subject: oneLine(firing ? about.join(' ') : (state ?? 'no state'), 160),
    link: `${client.app}/monitors/${monitor.id}`,
  };
}

const fires = (state: string | null | undefined): boolean => state === 'Alert' || state === 'Warn';

/**
 * The latest of what is known: a monitor that began to warn says when it last alerted, long ago, and one of which another group fires
 * since the deployment did not change its state as a whole.
 *
 * @param triggered seconds since the epoch @param modified ISO 8601
 */
function sinceOf(
  triggered: readonly (number | null | undefined)[],
  modified: string | null | undefined,
): string | null {
  const times = [Date.parse(modified ?? ''), ...triggered.map((seconds) => (seconds ?? 0) * 1000)].filter(
    (at) => at > 0,
  );
  return times.length === 0 ? null : iso(Math.max(...times));
}
