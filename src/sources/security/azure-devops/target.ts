/** Which repository and branch are asked about: as the policy says, or as Azure Pipelines says of the run. */
import { NotMeasured } from '../../source.js';
import { oneLine } from '../../text.js';

export interface TargetConfig {
  readonly organization?: string | undefined;
  readonly project?: string | undefined;
  readonly repository?: string | undefined;
  readonly ref?: string | undefined;
}

export interface Target {
  readonly organization: string;
  readonly project: string;
  readonly repository: string;
  /** `refs/heads/main`. */
  readonly ref: string;
  /** All of it in one line. */
  readonly name: string;
}

const nameForm = /^[A-Za-z0-9](?:[A-Za-z0-9-]{0,62}[A-Za-z0-9])?$/;

/**
 * The name of an organization, from itself or its address: `acme`, `https://dev.azure.com/acme/`, `https://acme.visualstudio.com/`.
 *
 * @returns undefined for anything else, such as an Azure DevOps Server, which has no Advanced Security
 */
export function organizationOf(text: string): string | undefined {
  if (nameForm.test(text)) return text;
  if (!URL.canParse(text)) return undefined;
  const { protocol, hostname, pathname, username, password } = new URL(text);
  if (protocol !== 'https:' || username !== '' || password !== '') return undefined;
  const name =
    hostname === 'dev.azure.com' ? pathname.split('/')[1] : /^([a-z0-9-]+)\.visualstudio\.com$/.exec(hostname)?.[1];
  return name !== undefined && nameForm.test(name) ? name : undefined;
}

/** A branch by its short name is a branch; what begins with `refs/` is meant as it is. */
export const refOf = (name: string): string => (name.startsWith('refs/') ? name : `refs/heads/${name}`);

const missing = (message: string): NotMeasured => new NotMeasured('bad-query', message, { permanent: true });

function organizationBy(config: TargetConfig, env: Readonly<Record<string, string | undefined>>): string {
  const { SYSTEM_COLLECTIONURI: collection } = env;
  if (config.organization !== undefined) return config.organization;
  if (!collection) throw missing('name the `organization` of the source: only on Azure Pipelines it is known');
  const found = organizationOf(collection);
  if (found !== undefined) return found;
  const message = `${oneLine(collection, 80)} is not Azure DevOps Services, and only there Advanced Security exists: name the \`organization\` of the source`;
  throw missing(message);
}

function repositoryBy(config: TargetConfig, env: Readonly<Record<string, string | undefined>>): string {
  const { BUILD_REPOSITORY_NAME: name, BUILD_REPOSITORY_ID: id, BUILD_REPOSITORY_PROVIDER: provider } = env;
  if (config.repository !== undefined) return config.repository;
  if (provider && provider !== 'TfsGit') {
    const message = `the repository of this pipeline is at ${oneLine(provider, 40)}, not in Azure Repos: name the \`repository\` of the source`;
    throw missing(message);
  }
  const found = name || id;
  if (!found) throw missing('name the `repository` of the source: only on Azure Pipelines it is known');
  return found;
}

/** @throws {NotMeasured} `bad-query`, naming the field that is missing */
export function targetOf(config: TargetConfig, env: Readonly<Record<string, string | undefined>>): Target {
  const organization = organizationBy(config, env);
  const project = config.project ?? (env.SYSTEM_TEAMPROJECT || undefined);
  if (project === undefined) throw missing('name the `project` of the source: only on Azure Pipelines it is known');
  const repository = repositoryBy(config, env);
  const given = config.ref ?? (env.BUILD_SOURCEBRANCH || undefined);
  if (given === undefined) {
    throw missing('name the `ref` of the source, the branch that was released: only on Azure Pipelines it is known');
  }
  const ref = refOf(given);
  return {
    organization,
    project,
    repository,
    ref,
    name: oneLine(`${organization}/${project}/${repository} ${ref}`, 300),
  };
}

/** Page of the alerts, or of one of them. */
export function pageOf({ organization, project, repository, ref }: Target, id?: number): string {
  const parts = [organization, project, '_git', repository, 'alerts', ...(id === undefined ? [] : [String(id)])];
  return `https://dev.azure.com/${parts.map(encodeURIComponent).join('/')}?branch=${encodeURIComponent(ref)}`;
}
