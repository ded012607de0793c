/**
 * Azure Pipelines. Inputs are read only through azure-pipelines-task-lib, which takes them out of the environment when it is
 * imported; it is imported here alone, since it prints to the log at once.
 */
import { copyFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { annotationLine, harmless, linesToMask } from './commands.js';
import { freshFolder } from './folder.js';
import type { Host, Level, Result, RunFacts } from './host.js';
import { camelCase, type InputName, inputs } from './inputs.js';

type TaskLib = typeof import('azure-pipelines-task-lib/task.js');

export interface AzureOptions {
  readonly env?: NodeJS.ProcessEnv;
  readonly stdout?: Pick<NodeJS.WritableStream, 'write'>;
  /** Started by a script with arguments, not by the agent as a task; see `finish`. */
  readonly byCommandLine?: boolean;
}

/** The agent keeps ten issues of a level and step; one is left for the result, which is an issue as well. */
const issuesPerLevel = 9;

/** A job on Microsoft's agents ends after 6 h at the latest. */
const hostedJobMs = 6 * 3_600_000;

/** Exit codes that say no more than the printed result: a decision to stop, and a wrong policy. */
const saidByResult: readonly number[] = [1, 2];

/** `env` is for the facts and the folder; task-lib itself reads `process.env`. */
export async function openAzure({
  env = process.env,
  stdout = process.stdout,
  byCommandLine = false,
}: AzureOptions = {}): Promise<Host> {
  // CommonJS: under ESM, in Node as in the bundle, all of it is the default export.
  const { default: task } = await import('azure-pipelines-task-lib/task.js');
  const given = byCommandLine ? new Map<InputName, string>() : readInputs(task);
  task.setStdStream(stdout);
  const shown: Record<Level, number> = { error: 0, warning: 0, notice: 0 };
  const log = (text: string): void => void stdout.write(`${harmless(text)}\n`);
  const outputFolder = freshFolder(env.AGENT_TEMPDIRECTORY);

  return {
    kind: 'azure',
    facts: factsOf(env),
    summaryFlavour: 'azure',
    columns: 120,
    // As on GitHub: the raw log stays free of escape codes.
    colour: false,
    outputFolder,
    ...(env.AGENT_ISSELFHOSTED === '1' ? {} : { longestJobMs: hostedJobMs }),

    ...serviceConnection(task, given.get('azure-subscription')),

    input: (name) => given.get(name),
    secret(value) {
      for (const line of linesToMask(value)) task.setSecret(line);
    },
    log,
    group: (title) => void stdout.write(title === undefined ? '##[endgroup]\n' : `##[group]${harmless(title)}\n`),
    progress: (percent, text) => task.setProgress(Math.round(Math.min(100, Math.max(0, percent))), text),
    annotate(annotation) {
      const { level, title, message, file, line, column } = annotation;
      shown[level] += 1;
      // Azure has no issues of a lower level than a warning.
      if (level === 'notice' || shown[level] > issuesPerLevel) return log(annotationLine(annotation));
      const place = { sourcepath: file, linenumber: line, columnnumber: column };
      // An issue has no title.
      task.command('task.logissue', { type: level, ...place }, title === '' ? message : `${title}: ${message}`);
    },
    async output(name, value) {
      task.setVariable(camelCase(name), value, false, true);
    },
    async summary(path) {
      // The file's name is the name of the attachment: two steps of a job must not have the same.
      const attached = join(outputFolder, `${basename(outputFolder)}.md`);
      copyFileSync(path, attached);
      task.uploadSummary(attached);
    },
    /**
     * The agent goes by the result that is printed. For a stop and for a wrong policy the exit code is 0 then, as task-lib
     * means it: with another the agent adds an error of its own that says no more than the code. A crash and a signal set it,
     * since they may not rest on a printed line alone; and so does every stop when a script runs the command line, since the
     * script goes by nothing else and must not go on to the release.
     */
    async finish(result, message, exitCode) {
      task.setResult(results(task)[result], message);
      process.exitCode = saidByResult.includes(exitCode) && !byCommandLine ? 0 : exitCode;
    },
  };
}

const results = ({ TaskResult }: TaskLib) =>
  ({
    success: TaskResult.Succeeded,
    warning: TaskResult.SucceededWithIssues,
    failure: TaskResult.Failed,
  }) as const satisfies Record<Result, unknown>;

/**
 * All inputs at once and in silence: task-lib prints the value of each that is asked for, and no secret may show before it is
 * masked. Its vault leaves empty ones out, but leaves them in the environment as well.
 */
function readInputs(task: TaskLib): Map<InputName, string> {
  const given = new Map<InputName, string>();
  task.setStdStream({ write: () => true });
  for (const { name } of inputs) {
    const camel = camelCase(name);
    const value = task.getInput(camel) ?? process.env[`INPUT_${camel.toUpperCase()}`];
    if (value !== undefined) given.set(name, value);
  }
  return given;
}

/** @param id of the connection, as the agent hands it over in place of its name */
function serviceConnection(task: TaskLib, id: string | undefined): Pick<Host, 'serviceConnection'> {
  if (!id) return {};
  const scheme = task.getEndpointAuthorizationScheme(id, true);
  const parameter = (key: string) => task.getEndpointAuthorizationParameter(id, key, true) || undefined;
  const known = ['WorkloadIdentityFederation', 'ServicePrincipal', 'ManagedServiceIdentity'] as const;
  const found = known.find((name) => name.toLowerCase() === scheme?.toLowerCase());
  if (found === undefined) {
    const shown = scheme === undefined ? 'the agent handed over none of it' : `it is of ${scheme}`;
    return {
      serviceConnection() {
        throw new Error(
          `expected a service connection of Azure Resource Manager in the input \`azureSubscription\`, with workload identity federation, a secret or a managed identity; of ${id} ${shown}`,
        );
      },
    };
  }
  const [tenant, client, secret] = ['tenantid', 'serviceprincipalid', 'serviceprincipalkey'].map(parameter);
  const data = (key: string) => task.getEndpointDataParameter(id, key, true) || undefined;
  const authority = (data('environmentAuthorityUrl') ?? data('activeDirectoryAuthority'))?.replace(/\/+$/, '');
  const systemToken = task.getEndpointAuthorizationParameter('SYSTEMVSSCONNECTION', 'AccessToken', true) ?? '';
  return {
    serviceConnection: () => ({
      id,
      scheme: found,
      systemToken,
      ...(tenant && { tenant }),
      ...(client && { client }),
      ...(secret && { secret }),
      ...(authority?.startsWith('https:') && { authority }),
    }),
  };
}

function factsOf(env: NodeJS.ProcessEnv): RunFacts {
  const { BUILD_REPOSITORY_NAME: repository, BUILD_SOURCEVERSION: sha, BUILD_SOURCEBRANCH: ref } = env;
  const { BUILD_REQUESTEDFOR: actor, ENVIRONMENT_NAME: environment } = env;
  const { SYSTEM_COLLECTIONURI: collection, SYSTEM_TEAMPROJECT: project, BUILD_BUILDID: id } = env;
  return {
    ...(repository ? { repository } : {}),
    ...(sha ? { sha } : {}),
    ...(ref ? { ref } : {}),
    ...(actor ? { actor } : {}),
    ...(collection && project && id
      ? { run: `${collection.replace(/\/*$/, '')}/${encodeURIComponent(project)}/_build/results?buildId=${id}` }
      : {}),
    ...(environment ? { environment } : {}),
  };
}
