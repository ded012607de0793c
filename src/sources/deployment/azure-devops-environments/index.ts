/** Source `azure-devops-environments`: what the pipelines of Azure DevOps have deployed to the environments of a project. */
import * as v from 'valibot';
import { azureFields } from '../../../net/auth/azure.js';
import { described, filled, httpUrl, secret } from '../../../policy/fields.js';
import type { Target } from '../../../record/deployments.js';
import { iso } from '../../../train/clock.js';
import { organizationOf } from '../../security/azure-devops/target.js';
import { defineSource, NotMeasured } from '../../source.js';
import { oneLine } from '../../text.js';
import { Client } from './client.js';
import type { RecordOf } from './shapes.js';
import { pipelinesIn, type Run, runsOf, runWords, standingOf } from './standing.js';

const schema = v.strictObject({
  organization: described(
    v.optional(
      v.pipe(
        filled,
        v.check(
          (text) => organizationOf(text) !== undefined,
          'the name of an organization of Azure DevOps Services, or its URL such as https://dev.azure.com/acme',
        ),
        v.transform((text) => organizationOf(text) ?? text),
      ),
    ),
    'Name or URL of the organization. Default: that of the pipeline.',
  ),
  project: described(v.optional(filled), 'Name or id of the project. Default: that of the pipeline.'),
  pipeline: described(
    v.optional(filled),
    'Name or id of the pipeline whose deployments count, where several deploy to the same environment.',
  ),
  version: described(
    v.optional(v.picklist(['run', 'commit']), 'run'),
    'What counts as the version: the number of the run (`Build.BuildNumber`), or the full id of its commit. Default: `run`.',
  ),
  'sign-in': azureFields['sign-in'],
  tenant: azureFields.tenant,
  client: azureFields.client,
  'client-secret': azureFields['client-secret'],
  token: described(
    v.optional(secret),
    'A token of the job (`System.AccessToken`), a personal access token with the scope Environment (read & manage), or an access token of Microsoft Entra for Azure DevOps.',
  ),
  authority: azureFields.authority,
  url: described(v.optional(httpUrl, 'https://dev.azure.com'), 'Base URL of the API.'),
});
type Config = v.InferOutput<typeof schema>;

export const azureDevopsEnvironmentsSource = defineSource({
  type: 'azure-devops-environments',
  families: ['deployment'],
  schema,
  open(config, context) {
    return {
      async deployment({ targets: asked }, signal) {
        const client = new Client({ ...config, cloud: 'public' }, context);
        const read = await Promise.all(asked.map((name) => environmentOf(client, name, config, signal)));
        return {
          kind: 'deployments',
          subject: `environments of ${client.organization}/${client.project}`,
          query: `environmentdeploymentrecords of ${asked.join(', ')}`,
          link: client.page(),
          at: iso(client.now()),
          seen: read.length,
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
  const { id } = await client.environment(name, signal);
  const { list, cut } = await client.records(id, signal);
  const { run, ...standing } = standingOf(runsOf(chosen(list, name, config)), cut ? list.at(-1) : undefined);
  const version =
    run && standing.state === 'running' ? await versionOf(client, run, config, signal) : { version: null };
  const target: Target = {
    name,
    exists: true,
    version: version.version,
    // Azure DevOps keeps what was done, and does not look at what runs.
    health: 'unknown',
    ready: null,
    instances: null,
    traffic: null,
    link: client.page(id),
    ...standing,
    reasons: [...standing.reasons, ...(version.reason === undefined ? [] : [version.reason])],
  };
  return { target, ...(run ? { note: oneLine(`${name}: ${runWords(run)}`, 300) } : {}) };
}

/**
 * Those of one pipeline. A project has one environment for all its services at times, and what the last of them deployed says nothing of
 * the others.
 */
function chosen(records: readonly RecordOf[], name: string, { pipeline }: Config): readonly RecordOf[] {
  const there = pipelinesIn(records);
  if (pipeline === undefined) {
    if (there.size <= 1) return records;
    const names = oneLine([...there.values()].join(', '), 200);
    throw new NotMeasured(
      'bad-query',
      `several pipelines deploy to ${name}: name in \`pipeline\` of the source the one that counts (${names})`,
      { permanent: true },
    );
  }
  const wanted = pipeline.toLowerCase();
  const is = ({ definition: { id, name: own } }: RecordOf): boolean =>
    own?.toLowerCase() === wanted || String(id) === wanted;
  return records.filter(is);
}

async function versionOf(
  client: Client,
  run: Run,
  { version }: Config,
  signal: AbortSignal,
): Promise<{ version: string | null; reason?: string }> {
  if (version === 'run') return { version: run.name };
  if (!run.isBuild) return { version: null, reason: `${runWords(run)} is of no commit that could be told` };
  const commit = await client.commitOf(run.id, signal);
  return commit === undefined
    ? { version: null, reason: `Azure DevOps does not say which commit ${runWords(run)} was of` }
    : { version: oneLine(commit, 100) };
}
