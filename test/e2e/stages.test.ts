/** Stages, parked runs, trains of several services and what lasts, as a pipeline meets them: the bundle on all hosts. Time goes fast. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { Router, stagesPolicy } from '../support/router.js';
import { type Received, reply, standIn } from '../support/server.js';
import { type Platform, root, runStep, type StepResult } from './support/step.js';

const platforms: readonly Platform[] = ['github', 'azure', 'terminal'];
const secret = 'a-secret-LB_TOKEN';

/** A thousand times as fast, with limits that are still long for a machine that is busy. */
const started = Date.now();
const quick = {
  NODE_OPTIONS: `--import=${pathToFileURL(join(root, 'test/e2e/support/quick-clock.mjs')).href}`,
  QUICK_STARTED: `${started}`,
  QUICK_TIMES: '1000',
  LB_TOKEN: secret,
  // Else a job may not wait so long.
  AGENT_ISSELFHOSTED: '1',
};
const patient = (policy: string): string =>
  policy
    .replace('deadline: 30m', 'deadline: 10h, round-timeout: 5h, error-budget: 5h')
    .replace('verify-within: 5s', 'verify-within: 2h')
    .replace('write: {}', 'write: {}, token: "${env.LB_TOKEN}"');

type Answer = { readonly status?: number; readonly body?: unknown; readonly headers?: Record<string, string> };

/** @param instead what a request is answered with in place of what the router says */
async function serve(router: Router, instead: (request: Received) => Answer | undefined = () => undefined) {
  const { url } = await standIn((request, response) => {
    if (request.path === '/traffic') expect(request.headers.authorization).toBe(`Bearer ${secret}`);
    const { status = 200, body, headers } = instead(request) ?? router.respond(request);
    reply(response, status, body ?? '', headers);
  });
  return url;
}

interface Step {
  readonly policy?: string;
  readonly inputs?: Readonly<Record<string, string>>;
  readonly cwd?: string;
}

/** Runs the step; no secret may be in anything that it wrote or said. */
async function step(
  platform: Platform,
  { policy, inputs: more = {}, cwd }: Step,
): Promise<StepResult & { record: string }> {
  const record = join(mkdtempSync(join(tmpdir(), 'signalbox-e2e-')), 'record.json');
  const inputs = { ...(policy === undefined ? {} : { policy }), record, ...more };
  const result = await runStep({
    platform,
    inputs,
    args: ['run', ...Object.entries(inputs).flatMap(([name, value]) => [`--${name}`, value])],
    env: quick,
    ...(cwd === undefined ? {} : { cwd }),
  });
  const masked = result.stdout.replaceAll(`::add-mask::${secret}`, '').replaceAll(/##vso\[task\.setsecret\].*/g, '');
  const files = [record, ...(more.state ? [more.state] : []), ...(more.ledger ? [more.ledger] : [])];
  const written = files.map((file) => {
    try {
      return readFileSync(file, 'utf8');
    } catch {
      return '';
    }
  });
  expect(`${masked}${result.stderr}${result.summary}${written.join('')}`).not.toContain(secret);
  return { ...result, record };
}

const decided = ({ record }: { readonly record: string }) =>
  (JSON.parse(readFileSync(record, 'utf8')) as { decision: { decision: string; reason: string; sentence: string } })
    .decision;
const folder = (): string => mkdtempSync(join(tmpdir(), 'signalbox-kept-'));

describe.each(platforms)('on %s', (platform) => {
  it('a walk arrives, or stops with the traffic back', async () => {
    const good = new Router();
    const bad = new Router({ failing: 0.1 });
    const [went, stopped] = await Promise.all(
      [good, bad].map(async (router) => step(platform, { policy: patient(stagesPolicy(await serve(router))) })),
    );
    if (!went || !stopped) throw new Error('not run');
    expect(decided(went)).toMatchObject({ decision: 'continue', reason: 'healthy' });
    expect(good.weights).toEqual({ blue: 0, green: 100 });
    expect(decided(stopped)).toMatchObject({ decision: 'stop', reason: 'unhealthy' });
    expect(bad.weights).toEqual({ blue: 100, green: 0 });
    if (platform !== 'terminal') {
      expect(went.outputs).toMatchObject({ decision: 'continue' });
      expect(stopped.outputs).toMatchObject({ decision: 'stop', reason: 'unhealthy' });
      expect(stopped.summary).toMatch(/^## Stop: error rate .*traffic of checkout: 100 % to blue/m);
      expect(stopped.summary).toContain('canary-25');
    }
    if (platform !== 'azure') expect([went.code, stopped.code]).toEqual([0, 1]);
  });

  it('a run that parks holds what is behind it, and another job goes on', async () => {
    const router = new Router();
    const url = await serve(router);
    const policy = patient(stagesPolicy(url)).replace('every: 1m', 'every: 1m, on-hold: park, park-after: 0s');
    const inputs = { state: join(folder(), 'state') };
    for (let jobs = 1; ; jobs += 1) {
      const job = await step(platform, { policy, inputs });
      const { decision, reason } = decided(job);
      if (decision !== 'hold') {
        expect([decision, reason]).toEqual(['continue', 'healthy']);
        expect(jobs).toBeGreaterThan(3);
        break;
      }
      expect(reason).toBe('parked');
      if (platform !== 'azure') expect(job.code).toBe(3);
      else expect(job.stdout).toContain('##vso[task.complete result=Failed;]');
      if (platform !== 'terminal') expect(job.outputs.decision).toBe('hold');
    }
    expect(router.weights.green).toBe(100);
  });

  it.each([
    ['nobody answers for the traffic', () => ({ status: 500 })],
    ['the credential is refused', () => ({ status: 401 })],
    ['nobody may look', () => ({ status: 403 })],
    ['the answer is empty', () => ({ body: {} })],
    ['the weights are of nothing', () => ({ body: { weights: {} } })],
    ['the weights do not come to 100', () => ({ body: { weights: { blue: 90, green: 5 } } })],
    ['a weight is no number', () => ({ body: { weights: { blue: 'NaN', green: 0 } } })],
  ] as const)('nothing moves and nothing goes when %s', async (_, answer) => {
    const router = new Router();
    const url = await serve(router, ({ path }) => (path === '/traffic' ? answer() : undefined));
    const ran = await step(platform, {
      policy: patient(stagesPolicy(url)).replace('verify-within: 2h', 'verify-within: 1m'),
    });
    expect(decided(ran)).toMatchObject({ decision: 'stop', reason: 'not-moved' });
    expect(router.written).toEqual([]);
  });

  it('what cannot be measured at a stage does not let it go, and the traffic goes back', async () => {
    const ways: readonly Answer[] = [
      { status: 404 },
      { status: 403 },
      { body: {} },
      { body: { all: null } },
      { body: { all: 'NaN' } },
    ];
    await Promise.all(
      ways.map(async (answer) => {
        const router = new Router();
        const url = await serve(router, ({ path }) =>
          path === '/rate' && router.written.length > 1 ? answer : undefined,
        );
        const policy = patient(stagesPolicy(url))
          .replace('deadline: 10h', 'deadline: 1h')
          .replace('error-budget: 5h', 'error-budget: 10m');
        const ran = await step(platform, { policy });
        const { decision, reason } = decided(ran);
        expect(
          [decision, ['not-measured', 'insufficient-evidence'].includes(reason)],
          `${reason} for ${JSON.stringify(answer)}`,
        ).toEqual(['stop', true]);
        expect(router.weights).toEqual({ blue: 100, green: 0 });
      }),
    );
  });

  it('a train of three services has one verdict', async () => {
    const cwd = folder();
    mkdirSync(join(cwd, 'services'));
    const routers = { checkout: new Router(), search: new Router({ failing: 1 }), mail: new Router() };
    for (const [name, router] of Object.entries(routers)) {
      writeFileSync(join(cwd, 'services', `${name}.yml`), patient(stagesPolicy(await serve(router))));
    }
    writeFileSync(
      join(cwd, 'train.yml'),
      `version: 1
train: spring
services:
  checkout: { policy: services/checkout.yml }
  search: { policy: services/search.yml, needs: [checkout] }
  mail: { policy: services/mail.yml, needs: [search] }
`,
    );
    const ran = await step(platform, { inputs: { train: 'train.yml' }, cwd });
    expect(decided(ran)).toMatchObject({ decision: 'stop', reason: 'unhealthy' });
    expect(Object.values(routers).map(({ weights }) => weights.green)).toEqual([100, 0, 0]);
    expect(routers.mail.written).toEqual([]);
    expect(`${ran.summary}${ran.stdout}`).toContain('needs-stopped');
    const replayed = await runStep({ platform: 'terminal', args: ['replay', ran.record], env: quick });
    expect(replayed.code, replayed.stdout).toBe(0);
    expect(
      readdirSync(join(ran.record, '..'))
        .filter((name) => name.endsWith('.record.json'))
        .toSorted(),
    ).toEqual(['checkout.record.json', 'search.record.json']);
  });

  it('a stop lasts until a fix has passed', async () => {
    const ledger = join(folder(), 'production.jsonl');
    const router = new Router({ failing: 1 });
    const policy = patient(stagesPolicy(await serve(router)));
    const common = { ledger, environment: 'production' };
    const go = (commit: string, more: Record<string, string> = {}) =>
      step(platform, { policy, inputs: { ...common, commit: commit.repeat(40), ...more } });
    expect(decided(await go('a'))).toMatchObject({ decision: 'stop', reason: 'unhealthy' });
    router.failing = 0;
    const kept = await go('b');
    expect(decided(kept)).toMatchObject({ decision: 'stop', reason: 'open-stop' });
    expect(router.written.map(({ green }) => green)).toEqual([5, 0]);
    expect(decided(await go('b', { fixes: 'the checkout fails' }))).toMatchObject({ decision: 'continue' });
    router.weights = { blue: 100, green: 0 };
    expect(decided(await go('c'))).toMatchObject({ decision: 'continue' });
    writeFileSync(ledger, readFileSync(ledger, 'utf8').replace('unhealthy', 'healthy!!'));
    router.weights = { blue: 100, green: 0 };
    expect(decided(await go('d'))).toMatchObject({ decision: 'stop', reason: 'policy-error' });
  });
});
