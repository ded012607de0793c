import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { openAzure } from '../../src/host/azure.js';
import { azureCommands } from '../e2e/support/step.js';

const folder = mkdtempSync(join(tmpdir(), 'signalbox-azure-'));
const secret = 'tok-3f9a8b7c6d5e4f';

async function open(env: NodeJS.ProcessEnv = {}, byCommandLine = false) {
  const written: string[] = [];
  const host = await openAzure({
    env: { AGENT_TEMPDIRECTORY: folder, ...env },
    stdout: { write: (text: string | Uint8Array) => written.push(String(text)) > 0 },
    byCommandLine,
  });
  // What task-lib says of its own work is not for the reader, and may change.
  const text = () => written.join('').replaceAll(/^##vso\[task\.debug\].*\n/gm, '');
  return { host, text, all: () => written.join('') };
}

const given = {
  // Where task-lib writes the key of its vault; without it, into the current folder.
  AGENT_TEMPDIRECTORY: folder,
  INPUT_FLAGSFILE: 'flags.json',
  INPUT_QUERY: '',
  INPUT_PROMETHEUSTOKEN: secret,
};
const printed: string[] = [];

beforeAll(async () => {
  // task-lib reads them when it is imported first, and prints while it does.
  Object.assign(process.env, given);
  const spy = vi.spyOn(process.stdout, 'write').mockImplementation((text) => printed.push(String(text)) > 0);
  await open();
  spy.mockRestore();
});

afterAll(() => {
  for (const name of Object.keys(given)) delete process.env[name];
});

afterEach(() => {
  process.exitCode = undefined;
});

describe('inputs', () => {
  it('are told from those not given, and from empty ones', async () => {
    const { host } = await open();
    expect(host.input('flags-file')).toBe('flags.json');
    expect(host.input('query')).toBe('');
    expect(host.input('policy')).toBeUndefined();
  });

  it('do not show before they can be masked', async () => {
    const { host, all } = await open();
    expect(host.input('prometheus-token')).toBe(secret);
    expect(process.env).not.toHaveProperty('INPUT_PROMETHEUSTOKEN');
    expect(printed.join('') + all()).not.toContain(secret);
  });

  it('of another step are not read by a script', async () => {
    const { host } = await open({}, true);
    expect(host.input('flags-file')).toBeUndefined();
  });
});

describe('the log', () => {
  it('masks every line of a secret', async () => {
    const { host, text } = await open();
    host.secret('100%;]');
    host.secret('line one\r\n\nline two\n');
    expect(text()).toBe(
      '##vso[task.setsecret]100%AZP25;]\n##vso[task.setsecret]line one\n##vso[task.setsecret]line two\n',
    );
  });

  it('keeps text from acting as a command', async () => {
    const { host, text } = await open();
    host.log('fine\r##vso[task.complete result=Succeeded;]\nx ##[section]y');
    expect(text()).toBe('fine\n##\\vso[task.complete result=Succeeded;]\nx ##\\[section]y\n');
  });

  it('logs issues with their place, the title before the message', async () => {
    const { host, text } = await open();
    host.annotate({ level: 'error', title: 'Gate', message: 'a\n##vso[x.y]', file: 'p;].yml', line: 3, column: 7 });
    host.annotate({ level: 'warning', title: '', message: 'odd' });
    host.annotate({ level: 'notice', title: 'Note', message: '##[error]x' });
    expect(text()).toBe(
      '##vso[task.logissue type=error;sourcepath=p%3B%5D.yml;linenumber=3;columnnumber=7;]Gate: a%0A##vso[x.y]\n' +
        '##vso[task.logissue type=warning;]odd\n' +
        'notice: Note: ##\\[error]x\n',
    );
  });

  it('prints lines when the agent would keep no more issues, and leaves room for the result', async () => {
    const { host, text } = await open();
    for (let n = 1; n <= 12; n++) host.annotate({ level: 'error', title: 't', message: `e${n}` });
    await host.finish('failure', 'stop', 1);
    const kept = azureCommands(text()).filter(
      (c) => ['task.logissue', 'task.issue'].includes(c.name) && c.properties.type === 'error',
    );
    expect(kept).toHaveLength(10);
    expect(kept.at(-1)?.data).toBe('stop');
    expect(text()).toContain('\nerror: t: e10\nerror: t: e11\nerror: t: e12\n');
  });

  it('shows progress', async () => {
    const { host, text } = await open();
    host.progress(41.7, 'round 3\n##vso[task.complete]');
    host.progress(Number.POSITIVE_INFINITY, 'late');
    expect(text()).toBe(
      '##vso[task.setprogress value=42;]round 3%0A##vso[task.complete]\n##vso[task.setprogress value=100;]late\n',
    );
  });
});

it('sets outputs for later steps and jobs', async () => {
  const { host, text } = await open();
  await host.output('reason', 'a%\n;]');
  expect(azureCommands(text())).toEqual([
    {
      name: 'task.setvariable',
      properties: { variable: 'reason', isOutput: 'true', issecret: 'false' },
      data: 'a%\n;]',
    },
  ]);
});

it('attaches each summary under a name of its own', async () => {
  const path = join(folder, 'summary.md');
  writeFileSync(path, '# Stop\n');
  const names = [];
  for (let step = 0; step < 2; step++) {
    const { host, text } = await open();
    await host.summary(path);
    const [upload] = azureCommands(text());
    expect(upload?.name).toBe('task.uploadsummary');
    expect(readFileSync(upload?.data ?? '', 'utf8')).toBe('# Stop\n');
    names.push(basename(upload?.data ?? ''));
  }
  expect(new Set(names).size).toBe(2);
});

describe('the end', () => {
  it.each([
    ['success', 'Succeeded'],
    ['warning', 'SucceededWithIssues'],
    ['failure', 'Failed'],
  ] as const)('%s is %s', async (result, word) => {
    const { host, text } = await open();
    await host.finish(result, 'because; ##vso[task.complete result=Succeeded;]', 0);
    const completes = azureCommands(text()).filter((c) => c.name === 'task.complete');
    expect(completes.map((c) => c.properties.result)).toEqual([word]);
    expect(completes[0]?.data).toBe('because; ##vso[task.complete result=Succeeded;]');
  });

  it.each([
    [0, false, 0],
    [1, false, 0],
    [2, false, 0],
    [70, false, 70],
    [143, false, 143],
    [1, true, 1],
    [2, true, 2],
  ])('with code %d (by a script: %s) exits with %d', async (code, byScript, exit) => {
    const { host } = await open({}, byScript);
    await host.finish(code === 0 ? 'success' : 'failure', 'x', code);
    expect(process.exitCode).toBe(exit);
  });
});

describe('what is known of the run', () => {
  it('comes from the environment', async () => {
    const { host } = await open({
      BUILD_REPOSITORY_NAME: 'checkout',
      BUILD_SOURCEVERSION: '5f2c1e0d',
      BUILD_SOURCEBRANCH: 'refs/heads/main',
      BUILD_REQUESTEDFOR: 'Octo Cat',
      ENVIRONMENT_NAME: 'production',
      SYSTEM_COLLECTIONURI: 'https://dev.azure.com/acme/',
      SYSTEM_TEAMPROJECT: 'web shop',
      BUILD_BUILDID: '42',
    });
    expect(host.facts).toEqual({
      repository: 'checkout',
      sha: '5f2c1e0d',
      ref: 'refs/heads/main',
      actor: 'Octo Cat',
      environment: 'production',
      run: 'https://dev.azure.com/acme/web%20shop/_build/results?buildId=42',
    });
  });

  it('leaves out what is not there', async () => expect((await open()).host.facts).toEqual({}));

  it('has a longest time except on agents of one’s own', async () => {
    expect((await open()).host.longestJobMs).toBe(21_600_000);
    expect((await open({ AGENT_ISSELFHOSTED: '1' })).host).not.toHaveProperty('longestJobMs');
  });

  it('has a folder of its own for each step', async () => {
    const [one, two] = [(await open()).host.outputFolder, (await open()).host.outputFolder];
    expect([dirname(one), one === two]).toEqual([folder, false]);
  });
});
