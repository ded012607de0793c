/**
 * What GitHub remembers of an environment: its deployments and what was said of each
 * (https://docs.github.com/rest/deployments/deployments, https://docs.github.com/rest/deployments/statuses).
 */
import * as v from 'valibot';
import { type Client, type Kind, perPage } from '../../security/github/client.js';
import { NotMeasured } from '../../source.js';

const instant = v.pipe(
  v.string(),
  v.transform((text) => Date.parse(text)),
  v.check((at) => !Number.isNaN(at)),
);

const deploymentForm = v.object({
  id: v.number(),
  sha: v.string(),
  /** A branch, a tag or a commit, as it was given. */
  ref: v.string(),
  environment: v.string(),
  created_at: instant,
  /** It is for this deployment alone, and gone after it. */
  transient_environment: v.nullish(v.boolean()),
});
export type Deployed = v.InferOutput<typeof deploymentForm>;

const statusForm = v.object({
  id: v.number(),
  /** `success`, `failure`, `error`, `inactive`, `pending`, `queued`, `waiting`, `in_progress`. */
  state: v.string(),
  description: v.nullish(v.string()),
  created_at: instant,
});
export type Status = v.InferOutput<typeof statusForm>;

/** A deployment with all that was said of it, the newest first. */
export interface Told {
  readonly deployed: Deployed;
  readonly statuses: readonly Status[];
}

/** Asked for in each round, for each environment: what came last is nearly always among so many. */
const atOnce = 5;
/** What is further back is not what runs there. */
const mostTold = 30;

export const deployments: Kind = {
  name: 'deployments',
  what: 'deployments',
  needs: '`deployments: read` (GITHUB_TOKEN, GitHub App, fine-grained token) or `repo_deployment` (classic token)',
};
const environments: Kind = {
  name: 'environments',
  what: 'environments',
  needs: '`actions: read` (GITHUB_TOKEN, GitHub App, fine-grained token) or `repo` (classic token)',
};

/**
 * The newest deployments to an environment, the newest first: as many as there are, but at most a hundred.
 *
 * @throws {NotMeasured}
 */
export async function deploymentsTo(
  client: Client,
  environment: string,
  task: string | undefined,
  signal: AbortSignal,
): Promise<readonly Deployed[]> {
  const listed = await client.all('/deployments', { environment, task }, signal, () => true);
  const found = parsed(client, deploymentForm, listed);
  // What is about something else says nothing here, however it came into the list.
  if (found.some((one) => one.environment.toLowerCase() !== environment.toLowerCase())) {
    throw new NotMeasured('bad-answer', `${client.origin} lists deployments to other environments than ${environment}`);
  }
  const ordered = found.every(
    ({ created_at }, i) => created_at <= (found[i - 1]?.created_at ?? Number.POSITIVE_INFINITY),
  );
  // Where there are more than these, nobody knows which.
  if (listed.length >= perPage && !ordered) {
    throw new NotMeasured('bad-answer', `${client.origin} lists deployments in another order than the newest first`);
  }
  return newestFirst(found);
}

/**
 * What was said of the newest ones.
 *
 * @param enough whether it says what runs there
 * @throws {NotMeasured}
 */
export async function toldOf(
  client: Client,
  list: readonly Deployed[],
  enough: (told: readonly Told[]) => boolean,
  signal: AbortSignal,
): Promise<readonly Told[]> {
  const told: Told[] = [];
  while (told.length < Math.min(list.length, mostTold) && !enough(told)) {
    const next = list.slice(told.length, Math.min(told.length + atOnce, mostTold));
    const statuses = await Promise.all(next.map(({ id }) => client.all(`/deployments/${id}/statuses`, {}, signal)));
    for (const [i, deployed] of next.entries()) {
      told.push({ deployed, statuses: newestFirst(parsed(client, statusForm, statuses[i] ?? [])) });
    }
  }
  return told;
}

/**
 * Whether there is such an environment, where nothing was ever deployed to it.
 *
 * GitHub answers 404 to those who may not look as well, so it is a word on the environment only where the list of all may be read.
 *
 * @throws {NotMeasured}
 */
export async function exists(client: Client, environment: string, signal: AbortSignal): Promise<boolean> {
  try {
    await client.get(`/environments/${encodeURIComponent(environment)}`, {}, signal, environments);
    return true;
  } catch (error) {
    if (!(error instanceof NotMeasured) || error.code !== 'not-found') throw error;
    await client.get('/environments', { per_page: 1 }, signal, environments);
    return false;
  }
}

function parsed<S extends v.GenericSchema>(
  client: Client,
  form: S,
  list: readonly unknown[],
): readonly v.InferOutput<S>[] {
  const result = v.safeParse(v.array(form), list);
  if (result.success) return result.output;
  throw client.strange('list of deployments');
}

/** Of what was made in the same second the higher id is the newer one. */
const newestFirst = <T extends { readonly id: number; readonly created_at: number }>(list: readonly T[]): T[] =>
  list.toSorted((a, b) => b.created_at - a.created_at || b.id - a.id);
