import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import { describe, expect, it, vi } from 'vitest';
import { type AnnotateOptions, openAnnotations } from '../../src/commands/annotate.js';
import { type RunContext, run } from '../../src/commands/run.js';
import { loadPolicy } from '../../src/policy/load.js';
import { buildRecord } from '../../src/record/build.js';
import { type DecisionRecord, recordSchema } from '../../src/record/record.js';
import { Redactor } from '../../src/record/redact.js';
import { SimulatedClock } from '../support/clock.js';
import { sourceContext } from '../support/context.js';
import { start } from '../support/evidence.js';
import { FakeHost } from '../support/host.js';
import { type Handler, reply, type StandIn, standIn } from '../support/server.js';

const component = '/subscriptions/1/resourceGroups/shop/providers/microsoft.insights/components/shop';
const env = { GITHUB_TOKEN: 'ghs_a-secret', ARM_TOKEN: 'arm-a-secret', CODE_NAME: 'nightingale' };

const policy = (url: string, { query = 'error_rate', limit = '1%' } = {}) => `version: 1
service: checkout
release: { version: 1.2.3, environment: production, deployed-at: 10m ago }
sources:
  insights: { type: application-insights, resource: ${component}, management: "${url}", token: "\${env.ARM_TOKEN}" }
evaluation: { warmup: 2m, every: 1m, steady: 4m, deadline: 20m }
gates:
  - name: error rate
    type: telemetry
    source: { type: samples, file: examples/quickstart/healthy.csv }
    query: ${query}
    max-age: 1h
    threshold: "< ${limit}"
annotations:
  - { type: application-insights, source: insights }
  - { type: github-deployment, token: "\${env.GITHUB_TOKEN}", repository: octocat/shop, deployment: 77, url: "${url}" }
`;

const wellBehaved: Handler = (request, response) =>
  request.method === 'PUT' ? reply(response, 200, [{ Id: 'x' }]) : reply(response, 201, { id: 1 });

async function step(text: string, inputs: Record<string, string> = {}, context: Partial<RunContext> = {}) {
  const host = new FakeHost({ policy: text, ...inputs });
  const decision = await run(host, {
    env,
    version: '1.2.3',
    clock: new SimulatedClock(undefined, 100),
    random: () => 0.5,
    cancel: new AbortController().signal,
    ...context,
  });
  const record = v.parse(recordSchema, JSON.parse(readFileSync(host.outputs.record ?? '', 'utf8')));
  return { host, decision, record, summary: readFileSync(host.shown ?? '', 'utf8') };
}

const statesOf = ({ received }: StandIn): unknown[] =>
  received.filter((r) => r.method === 'POST').map((r) => (JSON.parse(r.body) as { state: string }).state);
const namesOf = ({ received }: StandIn): unknown[] =>
  received.filter((r) => r.method === 'PUT').map((r) => (JSON.parse(r.body) as Record<string, string>).AnnotationName);

describe('a run with annotations', () => {
  it('marks the release while the train waits and with the decision, and keeps a record of it', async () => {
    const server = await standIn(wellBehaved);
    const { host, decision, record, summary } = await step(policy(server.url));
    expect(decision).toMatchObject({ decision: 'continue', reason: 'healthy' });
    expect(statesOf(server)).toEqual(['in_progress', 'success']);
    expect(namesOf(server)).toEqual([
      'checkout 1.2.3 to production: watching',
      expect.stringMatching(/^checkout 1\.2\.3 to production: continue: /),
    ]);
    expect(record.reactions?.map(({ type, moment, ok }) => [type, moment, ok])).toEqual([
      ['application-insights', 'begin', true],
      ['application-insights', 'end', true],
      ['github-deployment', 'begin', true],
      ['github-deployment', 'end', true],
    ]);
    expect(record.reactions?.[3]).toMatchObject({
      target: 'octocat/shop',
      at: record.ended,
      detail: 'success on deployment 77 of octocat/shop',
    });
    expect(host.annotations).toEqual([]);
    expect(summary).toContain('annotated in application-insights and github-deployment');
  });

  it('says stop and why, in the words of the report', async () => {
    const server = await standIn(wellBehaved);
    const { decision } = await step(policy(server.url, { limit: '0.001%' }));
    expect(decision).toMatchObject({ decision: 'stop', reason: 'unhealthy' });
    expect(statesOf(server)).toEqual(['in_progress', 'failure']);
    expect(namesOf(server)[1]).toMatch(/^checkout 1\.2\.3 to production: stop: error rate is /);
  });

  it.each([401, 403, 404, 500])('keeps its decision and its result when every annotation gets a %d', async (status) => {
    const server = await standIn((_request, response) => reply(response, status, { message: 'no' }));
    const { host, decision, record, summary } = await step(policy(server.url));
    expect(decision).toMatchObject({ decision: 'continue', reason: 'healthy' });
    expect(host.finished).toEqual({ result: 'success', message: 'continue (healthy)', exitCode: 0 });
    expect(record.reactions?.map(({ ok }) => ok)).toEqual([false, false, false, false]);
    // The same reason at the start and at the end is one warning.
    expect(host.annotations.map(({ level, title }) => `${title} ${level}`)).toEqual(Array(2).fill('Signalbox warning'));
    expect(host.annotations[0]?.message).toMatch(
      /^the release was not annotated in application-insights \(shop\); the decision stands: /,
    );
    if (status === 403) {
      expect(host.annotations[0]?.message).toContain('Application Insights Component Contributor');
      expect(host.annotations[1]?.message).toContain('deployments: write');
    }
    expect(summary).toContain('not annotated in application-insights and github-deployment');
    expect(JSON.stringify([host.annotations, host.lines, record, summary])).not.toMatch(/a-secret/);
  });

  it('says that it only observes', async () => {
    const server = await standIn(wellBehaved);
    const { decision } = await step(policy(server.url, { limit: '0.001%' }), { observe: 'true' });
    expect(decision).toMatchObject({ decision: 'continue', reason: 'observed' });
    expect(statesOf(server)).toEqual(['in_progress', 'success']);
    expect(namesOf(server)).toEqual([
      'checkout 1.2.3 to production: watching (observed only)',
      expect.stringMatching(/: observed only: would have stopped/),
    ]);
  });

  it('sends nothing when the policy is wrong', async () => {
    const server = await standIn(wellBehaved);
    const { decision, record } = await step(`${policy(server.url)}nonsense: true\n`);
    expect(decision.reason).toBe('policy-error');
    expect(server.received).toEqual([]);
    expect(record).not.toHaveProperty('reactions');
  });

  it('tells the end alone when the step is cut off before it waits', async () => {
    const server = await standIn(wellBehaved);
    const cancel = new AbortController();
    cancel.abort(130);
    const { decision, host } = await step(policy(server.url), {}, { cancel: cancel.signal });
    expect(decision.reason).toBe('cancelled');
    expect(host.finished?.exitCode).toBe(130);
    expect(statesOf(server)).toEqual(['error']);
  });

  it('takes its word back when the record of a continue cannot be written', async () => {
    const server = await standIn(wellBehaved);
    const host = new FakeHost({ policy: policy(server.url), record: 'package.json/record.json' });
    const decision = await run(host, {
      env,
      version: '1.2.3',
      clock: new SimulatedClock(undefined, 100),
      cancel: new AbortController().signal,
    });
    expect(decision).toMatchObject({ decision: 'stop', reason: 'internal-error' });
    expect(statesOf(server)).toEqual(['in_progress', 'success', 'error']);
  });

  it('sends no secret, whatever text it got into', async () => {
    const server = await standIn(wellBehaved);
    const text = policy(server.url).replace('service: checkout', 'service: "${env.CODE_NAME}"');
    const { record } = await step(text);
    expect(namesOf(server)[0]).toBe('*** 1.2.3 to production: watching');
    expect(server.received.map(({ body }) => body).join()).not.toMatch(/nightingale|a-secret/);
    expect(JSON.stringify(record)).not.toMatch(/nightingale|a-secret/);
  });
});

async function opened(url: string, change: Partial<AnnotateOptions> = {}) {
  const { policy: checked, problems } = await loadPolicy({
    text: policy(url),
    overrides: [],
    facts: {},
    env,
    observe: false,
  });
  if (!checked) throw new Error(JSON.stringify(problems));
  const host = new FakeHost();
  const annotations = openAnnotations({
    policy: checked,
    observe: false,
    began: start,
    deployedAt: start,
    host,
    redactor: new Redactor(),
    context: sourceContext(),
    cancel: new AbortController().signal,
    limits: { begin: 60_000, end: 400, cancelled: 150 },
    ...change,
  });
  const record: DecisionRecord = buildRecord(
    {
      tool: { name: 'signalbox', version: '1' },
      host,
      policyFile: undefined,
      policySha256: '',
      policy: checked,
      observe: false,
      began: start,
      deployedAt: start,
    },
    {
      rounds: [],
      verdict: { decision: 'stop', reason: 'cancelled', gates: [], sentence: 'cancelled before anything was measured' },
      problems: [],
      ended: start,
    },
  );
  return { annotations, host, end: () => annotations.end(record) };
}

async function timed<T>(act: () => Promise<T>): Promise<{ ms: number; result: T }> {
  const began = performance.now();
  const result = await act();
  return { ms: performance.now() - began, result };
}

describe('annotations', () => {
  it('are given up when the server is silent, each side by side with the others', async () => {
    const { url } = await standIn(() => undefined);
    const { annotations, host, end } = await opened(url);
    annotations.begin();
    const { ms, result } = await timed(end);
    expect(ms).toBeLessThan(700);
    expect(result.unfinished).toBe(false);
    expect(result.reactions.filter(({ ok, moment }) => !ok && moment === 'end')).toHaveLength(2);
    expect(host.annotations.every(({ message }) => message.includes('did not answer in time'))).toBe(true);
  });

  it('are given up sooner when the step was asked to end', async () => {
    const { url } = await standIn(() => undefined);
    const cancel = new AbortController();
    cancel.abort(130);
    const { ms } = await timed((await opened(url, { cancel: cancel.signal })).end);
    expect(ms).toBeLessThan(350);
  });

  it('are given up sooner when that happens while they are written', async () => {
    const { url } = await standIn(() => undefined);
    const cancel = new AbortController();
    const limits = { begin: 60_000, end: 5000, cancelled: 150 };
    const { end } = await opened(url, { cancel: cancel.signal, limits });
    setTimeout(() => cancel.abort(143), 50);
    const { ms } = await timed(end);
    expect(ms).toBeGreaterThan(100);
    expect(ms).toBeLessThan(500);
  });

  it('cannot hold the step by not heeding the signal', async () => {
    const http = { send: () => new Promise<never>(() => undefined) };
    const { annotations, end } = await opened('http://127.0.0.1:9', { context: sourceContext({ http }) });
    annotations.begin();
    const { ms, result } = await timed(end);
    expect(ms).toBeLessThan(700);
    expect(result.unfinished).toBe(true);
    expect(result.reactions.find(({ moment }) => moment === 'end')).toMatchObject({ ok: false });
  });

  it('tell the decision even if what was begun hangs', async () => {
    const server = await standIn((request, response, count) => {
      if (/in_progress|watching/.test(request.body)) return;
      wellBehaved(request, response, count);
    });
    const { annotations, host, end } = await opened(server.url);
    annotations.begin();
    await new Promise((resolve) => setTimeout(resolve, 50));
    const { reactions } = await end();
    expect(host.annotations.map(({ message }) => message.slice(0, 42))).toEqual(
      Array(2).fill('the start of the release was not annotated'),
    );
    expect(reactions.map(({ moment, ok }) => [moment, ok])).toEqual([
      ['begin', false],
      ['end', true],
      ['begin', false],
      ['end', true],
    ]);
  });

  it('wait for what was begun before they end it', async () => {
    const order: string[] = [];
    const server = await standIn((request, response, count) => {
      const delay =
        request.method === 'POST' && (JSON.parse(request.body) as { state: string }).state === 'in_progress';
      setTimeout(
        () => {
          order.push(`${request.method} ${delay ? 'begin' : 'end'}`);
          wellBehaved(request, response, count);
        },
        delay ? 60 : 0,
      );
    });
    const { annotations, end } = await opened(server.url);
    annotations.begin();
    const { reactions } = await end();
    expect(reactions.every(({ ok }) => ok)).toBe(true);
    expect(order.filter((what) => what.startsWith('POST'))).toEqual(['POST begin', 'POST end']);
  });

  it('of a policy without any cost nothing', async () => {
    const send = vi.fn();
    const text = policy('http://127.0.0.1:9').replace(/annotations:[\s\S]*$/, '');
    const { policy: checked } = await loadPolicy({ text, overrides: [], facts: {}, env, observe: false });
    if (!checked) throw new Error('a valid policy');
    const { annotations, end } = await opened('http://127.0.0.1:9', {
      policy: checked,
      context: sourceContext({ http: { send } }),
    });
    annotations.begin();
    expect(await end()).toEqual({ reactions: [], unfinished: false });
    expect(send).not.toHaveBeenCalled();
  });
});

describe('the policy of annotations', () => {
  const problems = async (annotations: string, more = '') =>
    (
      await loadPolicy({
        text: `${policy('http://127.0.0.1:9')
          .replace(/annotations:[\s\S]*$/, '')
          .replace('sources:\n', `sources:\n${more}`)}annotations:\n${annotations}`,
        overrides: [],
        facts: {},
        env,
        observe: false,
      })
    ).problems.map(({ message, line }) => `${line}: ${message}`);

  it('names the source that was probably meant', async () => {
    expect(await problems('  - { type: application-insights, source: insight }\n')).toEqual([
      expect.stringMatching(/^15: there is no source `insight` under `sources`; did you mean `insights`\?/),
    ]);
  });

  it('refuses a source of another kind, and names one that fits', async () => {
    const other = '{ type: prometheus, url: "http://127.0.0.1:9" }';
    expect(await problems(`  - { type: application-insights, source: ${other} }\n`)).toEqual([
      '15: expected `application-insights`, found `prometheus`',
    ]);
    expect(await problems('  - { type: application-insights, source: prom }\n', `  prom: ${other}\n`)).toEqual([
      '16: an annotation of type `application-insights` cannot use a source of type `prometheus`; expected a source of type `application-insights`, such as `insights`',
    ]);
  });

  it.each([
    ['  - { type: application-insights }\n', /`source` is missing|expected .* found nothing/],
    ['  - { type: aplication-insights, source: insights }\n', /did you mean `application-insights`\?/],
    ['  - { type: application-insights, source: insights, tags: [a] }\n', /unknown key `tags`/],
    ['  - { type: github-deployment, token: abcdef }\n', /a secret does not belong into a policy/],
    ['  - { type: github-deployment }\n', /`token`/],
    ['  - { type: github-deployment, token: "${env.GITHUB_TOKEN}", source: insights }\n', /unknown key `source`/],
  ])('finds what is wrong with %s', async (text, words) => {
    expect((await problems(text)).join('\n')).toMatch(words);
  });
});
