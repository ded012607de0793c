/** The bundle itself, started with a clean environment as each platform starts it. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { recordSchema } from '../../src/record/record.js';
import {
  azureCommands,
  githubCommands,
  nodes,
  type Platform,
  root,
  runStep,
  type StepOptions,
  type StepResult,
} from './support/step.js';

const quickstart = 'examples/quickstart/signalbox.yml';
const stopping = 'examples/quickstart/stop.yml';
const canary = 'examples/canary/signalbox.yml';

const wrongPolicy = `version: 1
gates:
  - name: error rate
    type: telemetry
    source: prometheus
    query: up
    threshold: "< 1%"
    enforec: warn
`;

/** Holds for as long as the deadline: its only series is never there. */
const waitingPolicy = `version: 1
release: { deployed-at: 10m ago }
evaluation: { warmup: 0s, every: 1s, steady: 1s, deadline: 5m }
gates:
  - name: error rate
    type: telemetry
    source: { type: samples, file: examples/quickstart/healthy.csv }
    query: no_such_series
    threshold: "< 1%"
`;

const step = (node: string, platform: Platform, policy: string, more: Partial<StepOptions> = {}): Promise<StepResult> =>
  runStep({
    node,
    platform,
    ...(platform === 'terminal' ? {} : { inputs: { policy } }),
    ...more,
  });

const readRecord = (path: string | undefined) => v.parse(recordSchema, JSON.parse(readFileSync(path ?? '', 'utf8')));

const result = (out: StepResult) =>
  azureCommands(out.stdout)
    .filter((c) => c.name === 'task.complete')
    .at(-1)?.properties.result;

describe.each(nodes)('the step on GitHub under %s', (node) => {
  it('continues', async () => {
    const out = await step(node, 'github', quickstart);
    expect(out).toMatchObject({ code: 0, stderr: '', outputs: { decision: 'continue', reason: 'healthy' } });
    expect(githubCommands(out.stdout).filter((c) => c.name === 'error')).toEqual([]);
    expect(out.summary).toMatch(/^#+ .*[Cc]ontinue/m);
    expect(out.summary).toContain('dark launch');
    const record = readRecord(out.outputs.record);
    expect(record).toMatchObject({
      decision: { decision: 'continue' },
      host: { kind: 'github', repository: 'acme/checkout' },
      release: { version: '2.4.0' },
    });
    expect(record.rounds.at(-1)?.phase).toBe('final');
    expect(readFileSync(out.outputs.summary ?? '', 'utf8').trim()).toBe(out.summary.trim());
  });

  it('stops, naming all three reasons', async () => {
    const out = await step(node, 'github', stopping);
    expect(out).toMatchObject({ code: 1, stderr: '', outputs: { decision: 'stop', reason: 'unhealthy' } });
    const errors = githubCommands(out.stdout).filter((c) => c.name === 'error');
    for (const gate of ['error rate', 'scans', 'dark launch']) {
      expect(errors.some((e) => `${e.properties.title} ${e.data}`.includes(gate))).toBe(true);
      expect(out.summary).toContain(gate);
    }
    expect(readRecord(out.outputs.record).decision.gates.sort()).toEqual(['dark launch', 'error rate', 'scans']);
  });

  it('refuses a wrong policy with its line and the right word', async () => {
    const out = await step(node, 'github', wrongPolicy);
    expect(out).toMatchObject({ code: 2, outputs: { decision: 'stop', reason: 'policy-error' } });
    const errors = githubCommands(out.stdout).filter((c) => c.name === 'error');
    expect(errors.map((e) => e.data).join('\n')).toContain('did you mean `enforce`?');
    expect(out.summary).toContain('enforec');
    expect(readRecord(out.outputs.record).problems.length).toBeGreaterThan(0);
  });

  it.each(['SIGINT', 'SIGTERM'] as const)(
    'writes summary, record and outputs on %s, well within 7.5 s',
    async (signal) => {
      let sent = 0;
      const out = await step(node, 'github', waitingPolicy, {
        when: {
          line: /round 1/,
          act: (child) => {
            sent = performance.now();
            child.kill(signal);
          },
        },
      });
      expect(performance.now() - sent).toBeLessThan(3000);
      expect(out).toMatchObject({
        code: signal === 'SIGINT' ? 130 : 143,
        outputs: { decision: 'stop', reason: 'cancelled' },
      });
      expect(out.summary).toMatch(/[Cc]ancelled/);
      expect(readRecord(out.outputs.record).decision.reason).toBe('cancelled');
    },
  );

  it('lets the train go when it only observes, and says what it would have done', async () => {
    const out = await step(node, 'github', stopping, { inputs: { policy: stopping, observe: 'true' } });
    expect(out).toMatchObject({ code: 0, outputs: { decision: 'continue', reason: 'observed' } });
    expect(out.summary).toMatch(/would have stopped/i);
    expect(readRecord(out.outputs.record).verdict).toMatchObject({ decision: 'stop', reason: 'unhealthy' });
  });

  it('makes gates from inputs alone', async () => {
    const inputs = {
      'sarif-files': 'examples/quickstart/results/*.sarif',
      'sarif-require': 'CodeQL\nNoSuchScanner',
      deadline: '2s',
      every: '1s',
    };
    const out = await step(node, 'github', '', { inputs });
    expect(out).toMatchObject({ code: 1, outputs: { decision: 'stop', reason: 'insufficient-evidence' } });
    expect(out.summary).toContain('NoSuchScanner');
  });

  it('keeps a secret out of everything', async () => {
    const secret = 'tok-3f9a8b7c6d5e4f';
    const policy = `version: 1
sources:
  prometheus: { type: prometheus, url: "http://127.0.0.1:9", token: "\${env.PROM_TOKEN}" }
evaluation: { warmup: 0s, every: 1s, steady: 1s, deadline: 2s }
gates:
  - name: "error rate \${env.PROM_TOKEN}"
    type: telemetry
    source: prometheus
    query: up{token="\${env.PROM_TOKEN}"}
    threshold: "< 1%"
`;
    const out = await step(node, 'github', policy, { env: { PROM_TOKEN: secret } });
    expect(out).toMatchObject({ code: 1, outputs: { reason: 'not-measured' } });
    const masks = out.stdout.split('\n').filter((line) => line.startsWith('::add-mask::'));
    expect(masks).toEqual([`::add-mask::${secret}`]);
    const written = [
      out.stdout.replace(masks[0] ?? '', ''),
      out.stderr,
      out.summary,
      ...['record', 'summary'].map((o) => readFileSync(out.outputs[o] ?? '', 'utf8')),
    ];
    for (const text of written) expect(text).not.toContain(secret);
  });
});

describe.each(nodes)('the step on Azure Pipelines under %s', (node) => {
  it('continues', async () => {
    const out = await step(node, 'azure', quickstart);
    expect(out).toMatchObject({ code: 0, stderr: '', outputs: { decision: 'continue', reason: 'healthy' } });
    expect(result(out)).toBe('Succeeded');
    expect(out.summary).toContain('dark launch');
    expect(readRecord(out.outputs.record).host.kind).toBe('azure');
  });

  it('stops, naming all three reasons', async () => {
    const out = await step(node, 'azure', stopping);
    expect(out).toMatchObject({ stderr: '', outputs: { decision: 'stop', reason: 'unhealthy' } });
    expect(result(out)).toBe('Failed');
    const issues = azureCommands(out.stdout).filter((c) => c.name === 'task.logissue' && c.properties.type === 'error');
    for (const gate of ['error rate', 'scans', 'dark launch'])
      expect(issues.some((i) => i.data.includes(gate))).toBe(true);
  });

  it('is amber when it only observed a stop', async () => {
    const out = await step(node, 'azure', stopping, { inputs: { policy: stopping, observe: 'true' } });
    expect(out.outputs).toMatchObject({ decision: 'continue', reason: 'observed' });
    expect(result(out)).toBe('SucceededWithIssues');
  });

  it('refuses a wrong policy', async () => {
    const out = await step(node, 'azure', wrongPolicy);
    expect(out.outputs).toMatchObject({ decision: 'stop', reason: 'policy-error' });
    expect(result(out)).toBe('Failed');
    expect(out.summary).toContain('enforec');
  });

  it('writes everything on SIGTERM', async () => {
    const out = await step(node, 'azure', waitingPolicy, {
      when: { line: /round 1/, act: (child) => child.kill('SIGTERM') },
    });
    expect(out.outputs).toMatchObject({ decision: 'stop', reason: 'cancelled' });
    expect(result(out)).toBe('Failed');
    expect(out.summary).toMatch(/[Cc]ancelled/);
  });
});

describe.each(nodes)('the command line under %s', (node) => {
  const cli = async (args: readonly string[], more: Partial<StepOptions> = {}) =>
    runStep({ node, platform: 'terminal', args, ...more });

  it('runs the quick start in a folder of its own', async () => {
    const out = await cli([
      'run',
      '--policy',
      quickstart,
      '--record',
      'out/e2e/record.json',
      '--summary',
      'out/e2e/summary.md',
    ]);
    expect(out).toMatchObject({ code: 0, stderr: '' });
    expect(out.stdout).toMatch(/continue/i);
    expect(readRecord(join(root, 'out/e2e/record.json')).decision.decision).toBe('continue');
    expect(existsSync(join(root, 'out/e2e/summary.md'))).toBe(true);
  });

  it('stops with exit code 1 and all reasons on the screen', async () => {
    const out = await cli([
      'run',
      '--policy',
      stopping,
      '--record',
      'out/e2e/stop.json',
      '--summary',
      'out/e2e/stop.md',
    ]);
    expect(out.code).toBe(1);
    for (const gate of ['error rate', 'scans', 'dark launch']) expect(out.stdout).toContain(gate);
  });

  it.each([
    [['rnu'], 2, /did you mean `run`/],
    [['run', '--policy', 'nowhere.yml'], 2, /there is no such file/],
    [['check', '--policy', 'nowhere.yml'], 2, /there is no such file/],
  ])('refuses %j', async (args, code, message) => {
    const out = await cli([
      ...args,
      ...(args[0] === 'run' ? ['--record', 'out/e2e/x.json', '--summary', 'out/e2e/x.md'] : []),
    ]);
    expect(out.code).toBe(code);
    expect(out.stdout + out.stderr).toMatch(message);
  });

  it('checks a policy without running it', async () => {
    const out = await cli(['check', '--policy', quickstart]);
    expect(out).toMatchObject({ code: 0 });
    expect(out.stdout).toMatch(/valid, 4 gates/);
  });

  it('helps, and tells its version', async () => {
    expect((await cli(['--help'])).stdout).toMatch(/Usage[\s\S]*Exit codes/);
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
    expect(await cli(['--version'])).toMatchObject({ code: 0, stdout: `${version}\n` });
  });

  it('stops when the record cannot be written, since nobody could check the decision', async () => {
    const out = await cli([
      'run',
      '--policy',
      quickstart,
      '--record',
      '/dev/null/record.json',
      '--summary',
      'out/e2e/y.md',
    ]);
    expect(out.code).toBe(70);
    expect(out.stdout).toMatch(/record could not be written/);
  });
});

describe.each(['github', 'azure'] as const)('a canary on %s', (platform) => {
  it('is stopped in the first round, with the words for a manager and what charts are drawn from', async () => {
    const out = await step(nodes[0] ?? process.execPath, platform, canary);
    expect(out).toMatchObject({
      code: platform === 'azure' ? 0 : 1,
      outputs: { decision: 'stop', reason: 'unhealthy' },
    });
    expect(out.summary).toMatch(
      /^## Stop: checkout errors, canary against stable: the canary fails [\d.]+ times as often/,
    );
    const reading = readRecord(out.outputs.record).rounds[0]?.gates[0]?.reading;
    expect(reading).toMatchObject({ code: 'worse-than-baseline', standing: { calibrated: false } });
    // Of 20 minutes the first and the last are cut by the grid.
    expect(reading?.standing?.bins).toBeGreaterThanOrEqual(18);
    expect(reading?.standing?.harm).toBeGreaterThanOrEqual(1);
  });
});
