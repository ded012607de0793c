/** New issues of a release (https://docs.sentry.io/api/events/list-a-projects-issues/). */
import * as v from 'valibot';
import type { Alert, Alerts } from '../../../record/evidence.js';
import { iso } from '../../../train/clock.js';
import { type AlertsQuestion, NotMeasured, type Unnamed } from '../../source.js';
import { oneLine } from '../../text.js';
import { newestFirst, tally } from '../tally.js';
import type { Client } from './client.js';
import { countSessions } from './sessions.js';

const issue = v.object({
  id: v.string(),
  shortId: v.optional(v.nullable(v.string())),
  culprit: v.optional(v.nullable(v.string())),
  level: v.optional(v.nullable(v.string())),
  firstSeen: v.optional(v.nullable(v.string())),
  permalink: v.optional(v.nullable(v.string())),
  metadata: v.optional(v.object({ type: v.optional(v.nullable(v.string())) })),
});
type Issue = v.InferOutput<typeof issue>;
const release = v.object({
  version: v.string(),
  lastEvent: v.optional(v.nullable(v.string())),
  projects: v.optional(v.array(v.object({ slug: v.string() }))),
});

const maxPages = 5;

const form = /(?:^|\s)(?:first-?release|release):(?:"([^"]+)"|(\S+))/i;

/** The release that a search names. */
export function releaseOf(match: string | undefined): string {
  const [, quoted, plain] = form.exec(match ?? '') ?? [];
  const version = quoted ?? plain;
  if (version !== undefined && !version.includes('*')) return version;
  const message = `expected \`match\` with the release, such as \`is:unresolved firstRelease:checkout@1.2.3\`, found \`${match ?? ''}\``;
  throw new NotMeasured('bad-query', message, { permanent: true });
}

export async function askIssues(
  client: Client,
  { match = '', deployedAt }: AlertsQuestion,
  signal: AbortSignal,
): Promise<Unnamed<Alerts>> {
  const version = releaseOf(match);
  const [issues, proof] = await Promise.all([
    list(client, match, signal),
    arrived(client, version, deployedAt, signal),
  ]);
  const alerts = issues.map((found): Alert => {
    const at = Date.parse(found.firstSeen ?? '');
    return {
      // Messages may hold what users typed; the type does not.
      name: oneLine(found.metadata?.type ?? found.shortId ?? `issue ${found.id}`, 120),
      state: 'firing',
      severity: found.level ?? null,
      since: Number.isNaN(at) ? null : iso(at),
      subject: oneLine(found.culprit ?? '', 160),
      ...(found.permalink ? { link: found.permalink } : {}),
    };
  });
  const { url, organization, project } = client.config;
  return {
    kind: 'alerts',
    subject: `issues of ${oneLine(version, 80)} in ${organization}/${project}${proof.found ? `, ${proof.words}` : ''}`,
    query: match,
    link: `${url}/organizations/${encodeURIComponent(organization)}/issues/?${new URLSearchParams({ query: match }).toString()}`,
    at: iso(client.now()),
    seen: proof.found ? 1 : 0,
    rules: proof.found ? 1 : 0,
    notes: proof.found ? [] : [proof.words],
    partial: false,
    newest: null,
    ...tally(alerts, newestFirst),
  };
}

async function list(client: Client, match: string, signal: AbortSignal): Promise<Issue[]> {
  const { organization, project, environment } = client.config;
  const all: Issue[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < maxPages; page += 1) {
    const query: (readonly [string, string])[] = [
      ['query', match],
      // Else only issues of the last day are looked at.
      ['statsPeriod', '14d'],
      ...(environment === undefined ? [] : [['environment', environment] as const]),
      ...(cursor === undefined ? [] : [['cursor', cursor] as const]),
    ];
    const found = await client.get(['projects', organization, project, 'issues'], query, signal);
    const parsed = v.safeParse(v.array(issue), found?.json);
    if (!parsed.success) throw client.strange('list of issues');
    all.push(...parsed.output);
    cursor = nextOf(found?.headers.link);
    if (cursor === undefined) return all;
  }
  // Many more than enough to stop the train.
  return all;
}

/** The cursor of the next page (https://docs.sentry.io/api/pagination/). */
function nextOf(link: string | undefined): string | undefined {
  const next = (link ?? '').split(/,\s*(?=<)/).find((part) => /rel="next"/.test(part) && /results="true"/.test(part));
  return /cursor="([^"]+)"/.exec(next ?? '')?.[1];
}

/** Whether anything of the release has arrived: without issues a healthy release and one that reports nothing look the same. */
async function arrived(
  client: Client,
  version: string,
  deployedAt: number,
  signal: AbortSignal,
): Promise<{ found: boolean; words: string }> {
  const { organization, project: slug, 'project-id': project } = client.config;
  const answer = await client.get(['organizations', organization, 'releases', version], [], signal, true);
  if (answer === undefined) return { found: false, words: `Sentry knows no release ${oneLine(version, 80)}` };
  const parsed = v.safeParse(release, answer.json);
  if (!parsed.success) throw client.strange('release');
  if (project !== undefined) {
    const window = { from: deployedAt, to: client.now() };
    const { count } = await countSessions(client, 'crash-free-sessions', version, window, signal);
    if (count > 0) return { found: true, words: `${count} sessions since the deployment` };
  }
  const { lastEvent, projects = [] } = parsed.output;
  // A release belongs to the organization: its last event is this project's only where no other has the release.
  const own = projects.length === 1 && projects[0]?.slug === slug;
  const last = Date.parse(lastEvent ?? '');
  if (last >= deployedAt && !own) {
    return {
      found: false,
      words: 'events have arrived, but they may be of another project: give the source its `project-id`',
    };
  }
  if (last >= deployedAt) return { found: true, words: 'events since the deployment' };
  return {
    found: false,
    words: 'nothing of the release has arrived since the deployment, neither a session nor an event',
  };
}
