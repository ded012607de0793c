/**
 * Open problems (https://docs.dynatrace.com/docs/dynatrace-api/environment-api/problems-v2/problems/get-problems-list), after the proof
 * that the entities they would be about are monitored at all.
 */
import * as v from 'valibot';
import type { Alert, Alerts } from '../../../record/evidence.js';
import { iso } from '../../../train/clock.js';
import type { Unnamed } from '../../source.js';
import { oneLine } from '../../text.js';
import { firingFirst, tally } from '../tally.js';
import type { Client } from './client.js';

const dayMs = 86_400_000;

/**
 * A problem is listed when it began, or ended, in the time that is asked for. One that is open has no end, so it must have begun in
 * it: a year is longer than any that is still looked at.
 */
const lookBackMs = 365 * dayMs;

const maxPages = 20;
const text = v.optional(v.nullable(v.string()));
const entity = v.object({ name: text });
const problemForm = v.object({
  problemId: v.string(),
  displayId: text,
  title: text,
  status: text,
  severityLevel: text,
  startTime: v.optional(v.nullable(v.number())),
  affectedEntities: v.optional(v.nullable(v.array(entity))),
});
type Problem = v.InferOutput<typeof problemForm>;
const pageForm = v.object({
  totalCount: v.optional(v.nullable(v.number())),
  nextPageKey: text,
  warnings: v.optional(v.nullable(v.array(v.string()))),
  problems: v.array(problemForm),
});
const entitiesForm = v.object({ totalCount: v.number(), entities: v.array(v.unknown()) });

export interface ProblemsContext {
  readonly client: Client;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** @param entitySelector which entities' problems count */
export async function askProblems(
  { client, now }: ProblemsContext,
  entitySelector: string,
  signal: AbortSignal,
): Promise<Unnamed<Alerts>> {
  const [entities, open, maintained] = await Promise.all([
    countEntities(client, entitySelector, now(), signal),
    listProblems(client, entitySelector, 'status("open")', now(), signal),
    listProblems(client, entitySelector, 'status("open"),underMaintenance(true)', now(), signal),
  ]);
  const muted = new Set(maintained.problems.map(({ problemId }) => problemId));
  const alerts = open.problems
    .filter(({ status }) => status?.toUpperCase() !== 'CLOSED')
    .map((problem) => alertOf(problem, muted.has(problem.problemId), client.url));
  const notes = [...open.notes, ...maintained.notes];
  return {
    kind: 'alerts',
    subject: `${entities} monitored entities with ${oneLine(entitySelector, 160)}`,
    query: `problems with status("open") of ${entitySelector}`,
    link: `${client.url}/#problems`,
    at: iso(now()),
    seen: entities,
    rules: entities,
    notes,
    partial: notes.length > 0,
    newest: null,
    ...tally(alerts, firingFirst),
  };
}

/** How many monitored entities there are; without one a quiet list of problems means nothing. */
async function countEntities(
  client: Client,
  entitySelector: string,
  now: number,
  signal: AbortSignal,
): Promise<number> {
  const query = { entitySelector, from: String(now - 3 * dayMs), pageSize: '1' };
  const parsed = v.safeParse(entitiesForm, await client.get('entities', query, 'entities.read', signal));
  if (!parsed.success || !Number.isSafeInteger(parsed.output.totalCount)) throw client.foreign();
  const { totalCount, entities } = parsed.output;
  return entities.length === 0 ? 0 : Math.max(0, totalCount);
}

async function listProblems(
  client: Client,
  entitySelector: string,
  problemSelector: string,
  now: number,
  signal: AbortSignal,
): Promise<{ problems: Problem[]; notes: string[] }> {
  const problems: Problem[] = [];
  const notes: string[] = [];
  let expected = 0;
  // For all but the first page the key is the whole question.
  let query: Readonly<Record<string, string>> = {
    problemSelector,
    entitySelector,
    from: String(now - lookBackMs),
    pageSize: '500',
  };
  for (let pages = 0; pages < maxPages; pages++) {
    const parsed = v.safeParse(pageForm, await client.get('problems', query, 'problems.read', signal));
    if (!parsed.success) throw client.foreign();
    const page = parsed.output;
    problems.push(...page.problems);
    notes.push(...(page.warnings ?? []).map((warning) => oneLine(warning)));
    expected = page.totalCount ?? expected;
    if (typeof page.nextPageKey !== 'string' || page.nextPageKey === '') {
      if (problems.length < expected) notes.push(`Dynatrace counts ${expected} problems and gave ${problems.length}`);
      return { problems, notes };
    }
    query = { nextPageKey: page.nextPageKey };
  }
  return { problems, notes: [...notes, 'there are more open problems than are read: narrow the entity selector'] };
}

function alertOf(problem: Problem, muted: boolean, url: string): Alert {
  const { problemId, displayId, title, severityLevel, startTime, affectedEntities } = problem;
  const known = typeof startTime === 'number' && startTime > 0 && startTime < 8.64e15;
  const names = (affectedEntities ?? []).flatMap(({ name }) => name ?? []);
  const shown = names.length > 3 ? [...names.slice(0, 3), '…'] : names;
  return {
    name: oneLine(title ?? displayId ?? 'a problem without a title', 120),
    state: muted ? 'muted' : 'firing',
    severity: severityLevel ?? null,
    since: known ? iso(startTime) : null,
    subject: oneLine(shown.join(', '), 160),
    link: `${url}/#problems/problemdetails;pid=${encodeURIComponent(problemId)}`,
  };
}
