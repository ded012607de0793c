/** Source `github-deployments`: what GitHub knows to be deployed to the environments of a repository. */
import * as v from 'valibot';
import { described, filled, secret } from '../../../policy/fields.js';
import type { Target } from '../../../record/deployments.js';
import { iso } from '../../../train/clock.js';
import { Client, connectionFields } from '../../security/github/client.js';
import { defineSource, NotMeasured } from '../../source.js';
import { oneLine } from '../../text.js';
import { type Deployed, deployments, deploymentsTo, exists, toldOf } from './history.js';
import { isEnough, standingOf } from './standing.js';

const schema = v.strictObject({
  ...connectionFields,
  token: described(v.optional(secret), 'A token with the permission `deployments: read` on that repository.'),
  task: described(
    v.optional(filled),
    'Only deployments of this task count, such as `deploy`; GitHub Actions names none other. Default: all.',
  ),
  version: described(
    v.optional(v.picklist(['commit', 'ref']), 'commit'),
    'What counts as the version: the full id of the commit, or the name of the tag or branch that was deployed. Default: `commit`.',
  ),
});
type Config = v.InferOutput<typeof schema>;

export const githubDeploymentsSource = defineSource({
  type: 'github-deployments',
  families: ['deployment'],
  schema,
  open(config, context) {
    return {
      async deployment({ targets: asked }, signal) {
        const client = new Client(config, deployments, context);
        const read = await Promise.all(asked.map((name) => environmentOf(client, name, config, signal)));
        const task = config.task === undefined ? '' : `&task=${config.task}`;
        return {
          kind: 'deployments',
          subject: `deployments of ${client.repository}`,
          query: asked
            .map((name) => `GET /repos/${client.repository}/deployments?environment=${name}${task}`)
            .join(', '),
          link: client.pageOf('deployments'),
          at: iso(client.now()),
          seen: read.filter(({ target }) => target.exists).length,
          notes: read.flatMap(({ note }) => note ?? []),
          partial: false,
          targets: read.map(({ target }) => target),
        };
      },
    };
  },
});

interface Environment {
  readonly target: Target;
  /** What stands there, in words. */
  readonly note?: string;
}

async function environmentOf(client: Client, name: string, config: Config, signal: AbortSignal): Promise<Environment> {
  if (name.trim() === '') throw new NotMeasured('bad-query', 'an environment has a name', { permanent: true });
  const target = {
    name,
    version: null,
    state: 'unknown',
    // GitHub keeps what was done, and does not look at what runs.
    health: 'unknown',
    ready: null,
    instances: null,
    traffic: null,
    since: null,
    link: client.pageOf(`deployments/${encodeURIComponent(name)}`),
  } as const;
  const list = await deploymentsTo(client, name, config.task, signal);
  if (list.length === 0) {
    const there = await exists(client, name, signal);
    const what =
      config.task === undefined ? 'nothing was ever deployed to it' : `no ${config.task} was ever made to it`;
    const reason = there ? what : `${client.repository} has no such environment`;
    return { target: { ...target, exists: there, reasons: [oneLine(reason)] } };
  }
  const told = await toldOf(client, list, isEnough, signal);
  const { deployed, ...standing } = standingOf(told, (one) => versionOf(one, config));
  const note = deployed && `${name}: ${deployed.sha} from ${deployed.ref}, deployment ${deployed.id}`;
  return {
    target: { ...target, exists: true, ...standing },
    ...(note === undefined ? {} : { note: oneLine(note, 300) }),
  };
}

const versionOf = ({ sha, ref }: Deployed, { version }: Config): string =>
  version === 'commit' ? sha : oneLine(ref.replace(/^refs\/(?:heads|tags)\//, ''), 200);
