/** Starts the bundle as a platform starts it: a child process with a clean environment, never the shell's. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { expectToFollow } from '../../support/replay.js';

export const root = resolve(import.meta.dirname, '../../..');
export const bundle = join(root, 'dist/index.js');

/** The Node binaries to try: `SIGNALBOX_NODES` (a path list) in CI, else the one that runs the tests. */
export const nodes: readonly string[] = (process.env.SIGNALBOX_NODES ?? process.execPath)
  .split(delimiter)
  .filter((n) => n !== '');

export type Platform = 'github' | 'azure' | 'terminal';

export interface StepOptions {
  readonly node?: string;
  readonly platform: Platform;
  /** GitHub and Azure: inputs as the platform names them on GitHub (kebab-case). */
  readonly inputs?: Readonly<Record<string, string>>;
  /** Terminal: arguments. */
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** Called with the running process as soon as it prints a line that matches. */
  readonly when?: { readonly line: RegExp; readonly act: (child: ChildProcess) => void };
  /** Default: 30 s. */
  readonly limitMs?: number;
}

export interface StepResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly outputs: Readonly<Record<string, string>>;
  /** What the platform would show as the summary. */
  readonly summary: string;
  /** Every file that the step could write, by name, for a search through all that was written. */
  readonly folder: string;
}

const camel = (name: string) => name.replace(/-([a-z])/g, (_, c: string) => c.toUpperCase());

function environment(options: StepOptions, folder: string): Record<string, string> {
  const base = { PATH: process.env.PATH ?? '', HOME: folder, ...options.env };
  const inputs = Object.entries(options.inputs ?? {});
  if (options.platform === 'github') {
    const files = ['GITHUB_OUTPUT', 'GITHUB_STEP_SUMMARY', 'GITHUB_STATE', 'GITHUB_ENV', 'GITHUB_PATH'];
    for (const name of files) writeFileSync(join(folder, name), '');
    return {
      ...base,
      GITHUB_ACTIONS: 'true',
      CI: 'true',
      RUNNER_TEMP: folder,
      GITHUB_WORKSPACE: options.cwd ?? root,
      GITHUB_REPOSITORY: 'acme/checkout',
      GITHUB_SHA: '5f2c1e0d9b8a7f6e5d4c3b2a1908f7e6d5c4b3a2',
      GITHUB_REF: 'refs/heads/main',
      GITHUB_ACTOR: 'octocat',
      GITHUB_RUN_ID: '42',
      GITHUB_RUN_ATTEMPT: '1',
      GITHUB_SERVER_URL: 'https://github.com',
      ...Object.fromEntries(files.map((name) => [name, join(folder, name)])),
      ...Object.fromEntries(inputs.map(([name, value]) => [`INPUT_${name.replaceAll(' ', '_').toUpperCase()}`, value])),
    };
  }
  if (options.platform === 'azure') {
    return {
      ...base,
      TF_BUILD: 'True',
      AGENT_TEMPDIRECTORY: folder,
      AGENT_VERSION: '4.248.0',
      BUILD_REPOSITORY_NAME: 'checkout',
      BUILD_SOURCEVERSION: '5f2c1e0d9b8a7f6e5d4c3b2a1908f7e6d5c4b3a2',
      BUILD_SOURCEBRANCH: 'refs/heads/main',
      BUILD_BUILDID: '42',
      SYSTEM_COLLECTIONURI: 'https://dev.azure.com/acme/',
      SYSTEM_TEAMPROJECT: 'shop',
      ...Object.fromEntries(inputs.map(([name, value]) => [`INPUT_${camel(name).toUpperCase()}`, value])),
    };
  }
  return base;
}

/** Runs the step to its end; one that hangs is killed after `limitMs`, and its code is null. */
export async function runStep(options: StepOptions): Promise<StepResult> {
  const folder = mkdtempSync(join(tmpdir(), 'signalbox-step-'));
  const args = options.platform === 'terminal' ? (options.args ?? []) : [];
  const child = spawn(options.node ?? nodes[0] ?? process.execPath, [bundle, ...args], {
    cwd: options.cwd ?? root,
    env: environment(options, folder),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  let pending = options.when;
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    stdout += chunk;
    if (pending?.line.test(stdout)) {
      const { act } = pending;
      pending = undefined;
      act(child);
    }
  });
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    stderr += chunk;
  });
  const guard = setTimeout(() => child.kill('SIGKILL'), options.limitMs ?? 30_000);
  const code = await new Promise<number | null>((done) => child.on('close', (exit) => done(exit)));
  clearTimeout(guard);
  const collected = collect(options.platform, stdout, folder);
  const record = /^Record: (\S+)/m.exec(stdout)?.[1];
  if (record !== undefined && existsSync(record)) await expectToFollow(record);
  return { code, stdout, stderr, folder, ...collected };
}

function collect(platform: Platform, stdout: string, folder: string): Pick<StepResult, 'outputs' | 'summary'> {
  if (platform === 'github') {
    const text = readFileSync(join(folder, 'GITHUB_OUTPUT'), 'utf8');
    const outputs = [...text.matchAll(/^(.+?)<<(\S+)\n([\s\S]*?)\n\2$/gm)].map(([, name, , value]) => [name, value]);
    return { outputs: Object.fromEntries(outputs), summary: readFileSync(join(folder, 'GITHUB_STEP_SUMMARY'), 'utf8') };
  }
  if (platform === 'azure') {
    const commands = azureCommands(stdout);
    const outputs = commands.filter((c) => c.name === 'task.setvariable' && c.properties.isOutput === 'true');
    const summary = commands.find((c) => c.name === 'task.uploadsummary')?.data;
    return {
      outputs: Object.fromEntries(outputs.map((c) => [c.properties.variable, c.data])),
      summary: summary === undefined ? '' : readFileSync(summary, 'utf8'),
    };
  }
  return { outputs: {}, summary: '' };
}

export interface Command {
  readonly name: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly data: string;
}

const decode = (text: string, pairs: readonly (readonly [string, string])[]): string =>
  pairs.reduce((out, [code, plain]) => out.replaceAll(code, plain), text);

const azureCodes = [
  ['%3B', ';'],
  ['%0D', '\r'],
  ['%0A', '\n'],
  ['%5D', ']'],
  ['%AZP25', '%'],
] as const;

/** Reads the log as the Azure agent does: `##vso[` anywhere in a line. */
export const azureCommands = (stdout: string): Command[] =>
  stdout.split(/\r?\n/).flatMap((line) => {
    const [, name, properties = '', data = ''] = /##vso\[(\S+?)(?:\s+([^\]]*))?\](.*)$/.exec(line) ?? [];
    if (name === undefined) return [];
    const pairs = properties
      .split(';')
      .filter((p) => p.includes('='))
      .map((p) => [p.slice(0, p.indexOf('=')), decode(p.slice(p.indexOf('=') + 1), azureCodes)]);
    return [{ name, properties: Object.fromEntries(pairs) as Record<string, string>, data: decode(data, azureCodes) }];
  });

const githubCodes = [
  ['%0D', '\r'],
  ['%0A', '\n'],
  ['%3A', ':'],
  ['%2C', ','],
  ['%25', '%'],
] as const;

/** Reads the log as the GitHub runner does: `::command::` at the start of a trimmed line, `##[command]` anywhere. */
export const githubCommands = (stdout: string): Command[] =>
  stdout.split(/\r?\n/).flatMap((line) => {
    const [, name, properties = '', data = ''] =
      /^\s*::([A-Za-z-]+)(?:\s+(.*?))?::(.*)$/.exec(line) ?? /##\[([A-Za-z-]+)(?:\s+([^\]]*))?\](.*)$/.exec(line) ?? [];
    if (name === undefined) return [];
    const pairs = properties
      .split(',')
      .filter((p) => p.includes('='))
      .map((p) => [p.slice(0, p.indexOf('=')), decode(p.slice(p.indexOf('=') + 1), githubCodes)]);
    return [{ name, properties: Object.fromEntries(pairs) as Record<string, string>, data: decode(data, githubCodes) }];
  });

/** Removes what a step left. */
export const cleanUp = (result: StepResult): void =>
  rmSync(dirname(join(result.folder, 'x')), { recursive: true, force: true });
