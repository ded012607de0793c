/**
 * Release health: sessions and their crashes
 * (https://docs.sentry.io/api/releases/retrieve-release-health-session-statistics/). Sentry counts by whole hours.
 */
import * as v from 'valibot';
import { reportedNumber } from '../../../judge/number.js';
import type { Samples } from '../../../record/evidence.js';
import { iso } from '../../../train/clock.js';
import { NotMeasured, type TelemetryQuestion, type Unnamed, type Window } from '../../source.js';
import { oneLine } from '../../text.js';
import { refuseBins } from '../series.js';
import { type Signal, signalText } from '../signals.js';
import type { Client } from './client.js';

const answer = v.object({
  intervals: v.array(v.string()),
  groups: v.array(
    v.object({
      totals: v.record(v.string(), v.union([v.number(), v.null()])),
      series: v.record(v.string(), v.array(v.union([v.number(), v.null()]))),
    }),
  ),
});

const hourMs = 3_600_000;

/** What a signal counts, and its rate. */
const fields = {
  'crash-free-sessions': { rate: 'crash_free_rate(session)', count: 'sum(session)' },
  'crash-free-users': { rate: 'crash_free_rate(user)', count: 'count_unique(user)' },
} as const;
export const sessionSignals = ['crash-free-sessions', 'crash-free-users'] as const;

const badQuery = (message: string): NotMeasured => new NotMeasured('bad-query', message, { permanent: true });

interface Counted {
  readonly rate: number | null;
  readonly count: number;
  /** Beginning of the newest hour in which something was counted, milliseconds since the epoch. */
  readonly newest: number | undefined;
}

/** @param window is widened to whole hours */
export async function countSessions(
  client: Client,
  signal: (typeof sessionSignals)[number],
  release: string,
  window: Window,
  abort: AbortSignal,
): Promise<Counted> {
  const { organization, environment, 'project-id': project } = client.config;
  if (project === undefined) throw badQuery('`project-id` is missing in the source: Sentry counts sessions by it');
  const { rate, count } = fields[signal];
  const query: (readonly [string, string])[] = [
    ['field', rate],
    ['field', count],
    ['project', String(project)],
    ['query', `release:${JSON.stringify(release)}`],
    ['start', iso(Math.floor(window.from / hourMs) * hourMs).replace('Z', '')],
    ['end', iso(Math.ceil(window.to / hourMs) * hourMs).replace('Z', '')],
    ['utc', 'true'],
    ['interval', '1h'],
    ...(environment === undefined ? [] : [['environment', environment] as const]),
  ];
  const found = await client.get(['organizations', organization, 'sessions'], query, abort);
  const parsed = v.safeParse(answer, found?.json);
  if (!parsed.success) throw client.strange('session statistics');
  const { intervals, groups } = parsed.output;
  const [group] = groups;
  const counts = group?.series[count] ?? [];
  const last = counts.findLastIndex((n) => typeof n === 'number' && n > 0);
  const newest = Date.parse(intervals[last] ?? '');
  return {
    rate: group?.totals[rate] ?? null,
    count: group?.totals[count] ?? 0,
    newest: Number.isNaN(newest) ? undefined : newest,
  };
}

export async function askSessions(
  client: Client,
  { query, window, range }: TelemetryQuestion,
  abort: AbortSignal,
): Promise<Unnamed<Samples>> {
  refuseBins(range ? { range } : {}, 'Sentry counts by whole hours, which are no bins');
  const asked = sessionSignal(query);
  const release = asked.where?.version;
  if (release === undefined) {
    throw badQuery('expected `where: { version: … }`, the release as Sentry knows it, such as checkout@1.2.3');
  }
  const { rate, count, newest } = await countSessions(
    client,
    asked.signal as 'crash-free-users',
    release,
    window,
    abort,
  );
  const { organization, project } = client.config;
  return {
    kind: 'samples',
    subject: `${count} ${asked.signal === 'crash-free-users' ? 'users' : 'sessions'} of ${oneLine(release, 80)} in ${organization}/${project}`,
    query: signalText(query),
    link: `${client.config.url}/organizations/${encodeURIComponent(organization)}/releases/${encodeURIComponent(release)}/`,
    at: iso(client.now()),
    seen: count > 0 ? 1 : 0,
    notes: [
      'Sentry counts by whole hours: the window is widened to them, which changes nothing for a release that is new',
    ],
    partial: false,
    window: { from: iso(window.from), to: iso(window.to) },
    // The hour says no more than when it began; of a new release nothing is older than the window.
    newest:
      newest === undefined
        ? null
        : iso(Math.min(window.to, Math.max(newest, newest + hourMs > window.from ? window.from : 0))),
    events: count,
    series: [{ labels: {}, value: reportedNumber(rate), points: 1 }],
  };
}

/** The signal, if it is one that Sentry can tell. */
function sessionSignal(query: string | Signal): Signal {
  if (typeof query === 'string')
    throw badQuery('Sentry is asked by `signal: crash-free-sessions` or `crash-free-users`, not by a query');
  const { of, by, exclude, where = {}, synthetic } = query;
  const stray = Object.keys(where).filter((slice) => slice !== 'version');
  if (of !== undefined || by !== undefined || exclude !== undefined || synthetic || stray.length > 0) {
    throw badQuery('Sentry narrows sessions by `where: { version: … }` only, and by the `environment` of the source');
  }
  return query;
}
