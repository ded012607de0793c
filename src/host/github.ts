/**
 * GitHub Actions. Inputs, masks and annotations are read and written here, without @actions/core: it costs 45 ms to load,
 * and none of it may pass before the first request leaves. Only outputs and the summary, at the end, go through it.
 */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { attestOnGithub } from './attest.js';
import { annotationLine, githubCommand, harmless, linesToMask } from './commands.js';
import { freshFolder } from './folder.js';
import type { Host, Level, RunFacts } from './host.js';

export interface GithubOptions {
  readonly env?: NodeJS.ProcessEnv;
  readonly stdout?: Pick<NodeJS.WritableStream, 'write'>;
}

/** GitHub shows this many annotations of a level and step, and drops the rest. */
const annotationsPerLevel = 10;

/** GitHub drops a step's summary of more than 1 MiB whole; a little less leaves room for line ends. */
const summaryBytes = 1_000_000;

/** A job on GitHub's own runners ends after 6 h. */
const hostedJobMs = 6 * 3_600_000;

/** Outputs, the summary and ID tokens need `process.env` itself, since @actions/core reads it. */
export function openGithub({ env = process.env, stdout = process.stdout }: GithubOptions = {}): Host {
  const shown: Record<Level, number> = { error: 0, warning: 0, notice: 0 };
  const print = (line: string): void => void stdout.write(`${line}\n`);
  const log = (text: string): void => print(harmless(text));
  const warn = (message: string): void => print(githubCommand('warning', { title: 'Signalbox' }, message));

  return {
    kind: 'github',
    facts: factsOf(env),
    summaryFlavour: 'github',
    columns: 120,
    // The page shows colours, but the raw log that people search and download would be full of escape codes.
    colour: false,
    outputFolder: freshFolder(env.RUNNER_TEMP),
    ...(env.RUNNER_ENVIRONMENT === 'github-hosted' ? { longestJobMs: hostedJobMs } : {}),

    // The runner sets it only for a job that may have ID tokens.
    ...(env.ACTIONS_ID_TOKEN_REQUEST_URL
      ? {
          idToken: async (audience: string) => (await import('@actions/core')).getIDToken(audience),
          attest: (statement, token) => attestOnGithub(statement, token, env),
        }
      : {}),

    input: (name) => env[inputVariable(name)],
    secret(value) {
      for (const line of linesToMask(value)) print(githubCommand('add-mask', {}, line));
    },
    log,
    group: (title) => print(title === undefined ? '::endgroup::' : githubCommand('group', {}, title)),
    // Every round is a line of the log already, and GitHub has nothing else to show progress with.
    progress: () => undefined,
    annotate(annotation) {
      const { level, title, message, file, line, column } = annotation;
      shown[level] += 1;
      if (shown[level] > annotationsPerLevel) log(annotationLine(annotation));
      else print(githubCommand(level, { file, line, col: column, title }, message));
    },
    async output(name, value) {
      const missing = missingFile(env, 'GITHUB_OUTPUT');
      if (missing !== undefined) return warn(`output \`${name}\` is not set: ${missing}`);
      const { setOutput } = await import('@actions/core');
      setOutput(name, value);
    },
    async summary(path) {
      const missing = missingFile(env, 'GITHUB_STEP_SUMMARY');
      if (missing !== undefined) return warn(`the summary is not shown: ${missing}; it is in ${path}`);
      const { summary } = await import('@actions/core');
      try {
        const text = await readFile(path, 'utf8');
        const bytes = statSync(env.GITHUB_STEP_SUMMARY ?? '').size + Buffer.byteLength(text);
        if (bytes > summaryBytes) {
          throw new Error(`the step's summary would have ${bytes} bytes, expected at most ${summaryBytes}`);
        }
        await summary.addRaw(text).write();
      } catch (error) {
        summary.emptyBuffer();
        warn(`the summary is not shown: ${(error as Error).message}; it is in ${path}`);
      }
    },
    async finish(_result, message, exitCode) {
      // No annotation: those of the report name the gates already.
      log(message);
      process.exitCode = exitCode;
    },
  };
}

/** The variable in which the runner passes an input: upper case, spaces as `_`; dashes stay. */
export const inputVariable = (name: string): string => `INPUT_${name.replaceAll(' ', '_').toUpperCase()}`;

/** @returns what is missing, or undefined when the file is there */
function missingFile(env: NodeJS.ProcessEnv, variable: string): string | undefined {
  const path = env[variable];
  if (!path) return `expected the path of a file in ${variable}, which is not set`;
  return existsSync(path) ? undefined : `expected the file that ${variable} names, which does not exist`;
}

function factsOf(env: NodeJS.ProcessEnv): RunFacts {
  const { GITHUB_REPOSITORY: repository, GITHUB_SHA: sha, GITHUB_REF: ref, GITHUB_ACTOR: actor } = env;
  const { GITHUB_SERVER_URL: server, GITHUB_RUN_ID: id, GITHUB_RUN_ATTEMPT: attempt } = env;
  const run = `${server}/${repository}/actions/runs/${id}${attempt ? `/attempts/${attempt}` : ''}`;
  return {
    ...(repository ? { repository } : {}),
    ...(sha ? { sha } : {}),
    ...(ref ? { ref } : {}),
    ...(actor ? { actor } : {}),
    ...(server && repository && id ? { run } : {}),
    ...deploymentOf(env),
  };
}

/** A run that a deployment's status started knows where and when it went live (event `deployment_status`). */
function deploymentOf(env: NodeJS.ProcessEnv): Pick<RunFacts, 'environment' | 'deployedAt'> {
  if (env.GITHUB_EVENT_NAME !== 'deployment_status' || !env.GITHUB_EVENT_PATH) return {};
  try {
    const { deployment, deployment_status: status } = JSON.parse(readFileSync(env.GITHUB_EVENT_PATH, 'utf8')) as {
      deployment?: { environment?: unknown };
      deployment_status?: { state?: unknown; created_at?: unknown };
    };
    const environment = deployment?.environment;
    return {
      ...(typeof environment === 'string' ? { environment } : {}),
      ...(status?.state === 'success' && typeof status.created_at === 'string'
        ? { deployedAt: status.created_at }
        : {}),
    };
  } catch {
    // Without the file the start of the step counts, as in every other run.
    return {};
  }
}
