import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openHost } from '../../src/host/detect.js';
import { openGithub } from '../../src/host/github.js';

const folder = mkdtempSync(join(tmpdir(), 'signalbox-github-'));
const files = { GITHUB_OUTPUT: join(folder, 'output'), GITHUB_STEP_SUMMARY: join(folder, 'summary') };

function open(env: NodeJS.ProcessEnv = {}) {
  const written: string[] = [];
  const host = openGithub({
    env: { RUNNER_TEMP: folder, ...env },
    stdout: { write: (text: string | Uint8Array) => written.push(String(text)) > 0 },
  });
  return { host, text: () => written.join('') };
}

const before = { ...process.env };

beforeEach(() => {
  for (const path of Object.values(files)) writeFileSync(path, '');
  Object.assign(process.env, files);
});

afterEach(() => {
  process.env = { ...before };
  process.exitCode = undefined;
});

const write = (text: string): string => {
  const path = join(folder, 'summary.md');
  writeFileSync(path, text);
  return path;
};

describe('inputs', () => {
  it('are told from those not given, and from empty ones', () => {
    const { host } = open({ 'INPUT_FLAGS-FILE': ' a b ', INPUT_QUERY: '' });
    expect([host.input('flags-file'), host.input('query'), host.input('policy')]).toEqual([' a b ', '', undefined]);
  });

  it('are the options alone when a script runs the command line', async () => {
    const env = { GITHUB_ACTIONS: 'true', RUNNER_TEMP: folder, INPUT_POLICY: 'of-another-step.yml', INPUT_QUERY: 'up' };
    const byScript = await openHost({ policy: 'mine.yml' }, env, ['run', '--policy', 'mine.yml']);
    expect([byScript.kind, byScript.input('policy'), byScript.input('query')]).toEqual([
      'github',
      'mine.yml',
      undefined,
    ]);
    const byRunner = await openHost({}, env, []);
    expect(byRunner.input('policy')).toBe('of-another-step.yml');
  });
});

describe('the log', () => {
  it('masks every line of a secret', () => {
    const { host, text } = open();
    host.secret('100%');
    host.secret('line one\r\n\nline two\n');
    host.secret('');
    expect(text()).toBe('::add-mask::100%25\n::add-mask::line one\n::add-mask::line two\n');
  });

  it('keeps text from acting as a command', () => {
    const { host, text } = open();
    host.log('fine\n ::set-output name=decision::continue\rbad ##[error]x');
    expect(text()).toBe('fine\n \\::set-output name=decision::continue\nbad ##\\[error]x\n');
  });

  it('annotates, and from the eleventh of a level on prints a line', () => {
    const { host, text } = open();
    host.annotate({ level: 'error', title: 'a: b', message: 'one\ntwo', file: 'x,y.yml', line: 2, column: 5 });
    for (let n = 2; n <= 11; n++) host.annotate({ level: 'error', title: 't', message: `::e${n}` });
    host.annotate({ level: 'notice', title: '', message: 'n' });
    const lines = text().split('\n');
    expect(lines[0]).toBe('::error file=x%2Cy.yml,line=2,col=5,title=a%3A b::one%0Atwo');
    expect(lines[9]).toBe('::error title=t::::e10');
    expect(lines[10]).toBe('error: t: ::e11');
    expect(lines[11]).toBe('::notice::n');
  });

  it('says nothing of progress, and ends with the sentence and the exit code', async () => {
    const { host, text } = open();
    host.progress(50, 'waiting');
    await host.finish('failure', '::stop', 1);
    expect(text()).toBe('\\::stop\n');
    expect(process.exitCode).toBe(1);
  });
});

describe('outputs', () => {
  it('are written to the file of the runner', async () => {
    const { host, text } = open(files);
    await host.output('reason', 'a\nb=c');
    expect(readFileSync(files.GITHUB_OUTPUT, 'utf8')).toMatch(/^reason<<(\S+)\na\nb=c\n\1\n$/);
    expect(text()).toBe('');
  });

  it.each([
    [{}, 'expected the path of a file in GITHUB_OUTPUT, which is not set'],
    [{ GITHUB_OUTPUT: join(folder, 'nowhere') }, 'expected the file that GITHUB_OUTPUT names, which does not exist'],
  ])('without it are said to be lost: %j', async (env, reason) => {
    const { host, text } = open(env);
    await host.output('decision', 'continue');
    expect(text()).toBe(`::warning title=Signalbox::output \`decision\` is not set: ${reason}\n`);
  });
});

describe('the summary', () => {
  it('is added to the file of the runner, byte for byte', async () => {
    const { host, text } = open(files);
    writeFileSync(files.GITHUB_STEP_SUMMARY, '# before\n');
    await host.summary(write('# Stop\n\n| a |\n'));
    expect(readFileSync(files.GITHUB_STEP_SUMMARY, 'utf8')).toBe('# before\n# Stop\n\n| a |\n');
    expect(text()).toBe('');
  });

  it('that GitHub would drop whole is named in the log, and the file is left alone', async () => {
    const { host, text } = open(files);
    const path = write('ä'.repeat(500_001));
    await host.summary(path);
    expect(readFileSync(files.GITHUB_STEP_SUMMARY, 'utf8')).toBe('');
    expect(text()).toContain('would have 1000002 bytes, expected at most 1000000');
    expect(text()).toContain(path);
  });

  it('counts what stands in the file already', async () => {
    const { host, text } = open(files);
    writeFileSync(files.GITHUB_STEP_SUMMARY, 'x'.repeat(999_999));
    await host.summary(write('ab'));
    expect(text()).toContain('1000001 bytes');
    await host.summary(write('a'));
    expect(readFileSync(files.GITHUB_STEP_SUMMARY, 'utf8')).toHaveLength(1_000_000);
  });

  it('that cannot be read or written is named in the log, and nothing of it comes later', async () => {
    const { host, text } = open(files);
    await host.summary(join(folder, 'nowhere.md'));
    rmSync(files.GITHUB_STEP_SUMMARY);
    mkdirSync(files.GITHUB_STEP_SUMMARY);
    await host.summary(write('lost\n'));
    rmdirSync(files.GITHUB_STEP_SUMMARY);
    writeFileSync(files.GITHUB_STEP_SUMMARY, '');
    await host.summary(write('shown\n'));
    expect(text().match(/^::warning title=Signalbox::the summary is not shown: .*; it is in .*$/gm)).toHaveLength(2);
    expect(readFileSync(files.GITHUB_STEP_SUMMARY, 'utf8')).toBe('shown\n');
  });

  it('without the file of the runner is named in the log', async () => {
    const { host, text } = open();
    await host.summary('/somewhere/summary.md');
    expect(text()).toBe(
      '::warning title=Signalbox::the summary is not shown: expected the path of a file in GITHUB_STEP_SUMMARY, which is not set; it is in /somewhere/summary.md\n',
    );
  });
});

describe('what is known of the run', () => {
  it('comes from the environment', () => {
    const { host } = open({
      GITHUB_REPOSITORY: 'acme/checkout',
      GITHUB_SHA: '5f2c1e0d',
      GITHUB_REF: 'refs/heads/main',
      GITHUB_ACTOR: 'octocat',
      GITHUB_SERVER_URL: 'https://github.example.com',
      GITHUB_RUN_ID: '42',
      GITHUB_RUN_ATTEMPT: '2',
    });
    expect(host.facts).toEqual({
      repository: 'acme/checkout',
      sha: '5f2c1e0d',
      ref: 'refs/heads/main',
      actor: 'octocat',
      run: 'https://github.example.com/acme/checkout/actions/runs/42/attempts/2',
    });
  });

  it.each([
    ['success', { environment: 'production', deployedAt: '2026-11-23T09:50:00Z' }],
    ['in_progress', { environment: 'production' }],
  ])(
    'takes where and when it went live from the deployment that started the run, when its state is %s',
    (state, facts) => {
      const path = join(folder, 'event.json');
      const status = { state, created_at: '2026-11-23T09:50:00Z' };
      writeFileSync(path, JSON.stringify({ deployment: { environment: 'production' }, deployment_status: status }));
      const event = { GITHUB_EVENT_NAME: 'deployment_status', GITHUB_EVENT_PATH: path };
      expect(open(event).host.facts).toEqual(facts);
      expect(open({ ...event, GITHUB_EVENT_NAME: 'push' }).host.facts).toEqual({});
      expect(open({ ...event, GITHUB_EVENT_PATH: join(folder, 'nowhere') }).host.facts).toEqual({});
    },
  );

  it('leaves out what is not there', () => expect(open({ GITHUB_SHA: '' }).host.facts).toEqual({}));

  it('has a longest time only on the runners of GitHub', () => {
    expect(open({ RUNNER_ENVIRONMENT: 'github-hosted' }).host.longestJobMs).toBe(21_600_000);
    expect(open({ RUNNER_ENVIRONMENT: 'self-hosted' }).host).not.toHaveProperty('longestJobMs');
  });

  it('has a folder of its own for each step', () => {
    const [one, two] = [open().host.outputFolder, open().host.outputFolder];
    expect(one).not.toBe(two);
    expect([dirname(one), existsSync(one)]).toEqual([folder, true]);
  });
});
