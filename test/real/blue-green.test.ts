/**
 * The whole step, as the bundle that a pipeline runs: blue and green behind a real nginx, whose weights the step changes stage by stage
 * through the interface beside it, while a real Prometheus scrapes both and users count what they see.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createHttp } from '../../src/net/http.js';
import { changeTraffic } from '../../src/reactions/traffic/change.js';
import { type DecisionRecord, recordSchema } from '../../src/record/record.js';
import { schema } from '../../src/sources/deployment/http-traffic/config.js';
import { httpTrafficSource } from '../../src/sources/deployment/http-traffic/index.js';
import { systemClock } from '../../src/train/clock.js';
import { runStep } from '../e2e/support/step.js';
import { sourceContext } from '../support/context.js';
import { type Control, type Nginx, startControl, startNginx } from './support/nginx.js';
import { type Prometheus, startPrometheus } from './support/prometheus.js';
import { type Seen, Users } from './support/users.js';
import { Version } from './support/versions.js';

const token = 'the-token-of-the-load-balancer';
const secret = `whsec_${Buffer.from('the key of the load balancer, long enough').toString('base64')}`;
const perSecond = 200;

/** What fails of the requests that green gets; blue never fails. */
let greenFails = 0;
const versions = {
  blue: new Version('blue', { perSecond: 0, failing: 0 }),
  green: new Version('green', {
    perSecond: 0,
    get failing() {
      return greenFails;
    },
  }),
};
let nginx: Nginx;
let control: Control;
let prometheus: Prometheus;

beforeAll(async () => {
  const ports = { blue: await versions.blue.up(), green: await versions.green.up() };
  nginx = await startNginx(ports, { blue: 100, green: 0 });
  control = await startControl(nginx, { weights: { blue: 100, green: 0 }, token, secret });
  control.api.beside = { versions: { blue: '1.0.0', green: '1.1.0' }, running: { blue: true, green: true } };
  prometheus = await startPrometheus(Object.values(ports));
});

afterAll(async () => {
  await prometheus.kill();
  await control.stop();
  await nginx.stop();
  await Promise.all(Object.values(versions).map((version) => version.stop()));
});

/** Users before, while and after `act`: all that they saw. */
async function watched<T>(act: () => Promise<T>): Promise<{ readonly done: T; readonly seen: Seen }> {
  const users = new Users(nginx.url, perSecond);
  users.start();
  try {
    await prometheus.until('sum(rate(http_requests_total{version="blue"}[3s]))', (x) => x > perSecond / 2);
    const done = await act();
    await delay(2000);
    return { done, seen: users.seen };
  } finally {
    await users.stop();
  }
}

const failedOf = ({ failed, asked }: Pick<Seen, 'failed' | 'asked'>): number => failed / asked;
const percentOf = (part: Pick<Seen, 'failed' | 'asked'>): string =>
  `${part.failed} of ${part.asked} requests failed (${(100 * failedOf(part)).toFixed(2)} %)`;
const print = (what: string, { by, ...all }: Seen, more: string): void =>
  console.log(`${what}: ${percentOf(all)}; of those that went to green ${percentOf(by.green ?? nobody)}; ${more}`);
const nobody = { asked: 0, failed: 0 };

describe('the weights of a real nginx', () => {
  const source = () =>
    httpTrafficSource.open(
      v.parse(schema, { read: { url: control.url }, write: {}, token, secret }),
      sourceContext({ http: createHttp({ clock: systemClock, env: {} }) }),
    );
  const move = (green: number) =>
    changeTraffic({
      sourceName: 'lb',
      source: source(),
      wanted: { to: 'weights', weights: { green } },
      note: 'Signalbox: by itself',
      verifyMs: 5000,
      clock: systemClock,
      signal: AbortSignal.timeout(20_000),
    });

  it('are changed and read back, and no user notices', async () => {
    const { seen } = await watched(async () => {
      expect(await move(25)).toMatchObject({ outcome: 'changed', after: { weights: { blue: 75, green: 25 } } });
      expect(await nginx.weights()).toEqual({ blue: 75, green: 25 });
      const before = versions.green.served;
      await delay(2000);
      const share = (versions.green.served - before) / (2 * perSecond);
      expect(share).toBeGreaterThan(0.2);
      expect(share).toBeLessThan(0.3);
      control.api.faults.push('conflict', 'taken-lost');
      expect(await move(50)).toMatchObject({ outcome: 'changed' });
      control.api.faults.push('lost');
      expect(await move(75)).toMatchObject({ outcome: 'not-verified', after: { weights: { blue: 50, green: 50 } } });
      control.api.faults.push('refused');
      expect(await move(100)).toMatchObject({ outcome: 'refused', code: 'refused' });
      expect(await nginx.weights()).toEqual({ blue: 50, green: 50 });
      expect(await move(0)).toMatchObject({ outcome: 'changed', after: { weights: { blue: 100, green: 0 } } });
    });
    expect(seen.failed).toBe(0);
  });
});

async function train(deadline: string) {
  const total = 'sum by (version) (increase(http_requests_total[$__range]))';
  const policy = `version: 1
service: checkout
sources:
  prometheus: { type: prometheus, url: "${prometheus.url}" }
  lb:
    type: http-traffic
    read: { url: "${control.url}", version: body.versions, running: body.running }
    write: { method: PUT }
    subject: checkout
    token: "\${env.LB_TOKEN}"
    secret: "\${env.LB_SECRET}"
evaluation: { warmup: 2s, every: 1s, steady: 3s, deadline: ${deadline} }
gates:
  - name: green beside blue
    type: canary
    source: prometheus
    failures: sum by (version) (increase(http_requests_total{code=~"5.."}[$__range])) or 0 * ${total}
    total: ${total}
    arms: { by: version, canary: green, baseline: blue }
    bin: 2s
    window: 10s
    min-events: 50
    accept: never
  - name: both are there
    type: deployment
    source: lb
    expect: { blue: { version: "1.0.0" }, green: { version: "1.1.0" } }
moves: { on-stop: back, on-cancel: stay, verify-within: 10s }
stages:
  - name: idle
    bake: 2s
    # Nobody asks green anything yet.
    without: [green beside blue]
    gates: [{ name: green is idle, type: deployment, source: lb, expect: { green: { traffic: "= 0%" } } }]
  - name: canary-5
    move: { source: lb, traffic: { green: 5% } }
    gates: [{ name: green has 5 %, type: deployment, source: lb, expect: { green: { traffic: "= 5%" } } }]
  - name: canary-25
    move: { source: lb, traffic: { green: 25% } }
  - name: production
    move: { source: lb, traffic: { green: 100% } }
    # Nobody is left to hold it against.
    without: [green beside blue]
    gates:
      - name: failures of green
        type: telemetry
        source: prometheus
        query: '(sum(rate(http_requests_total{version="green",code=~"5.."}[3s])) or vector(0)) / sum(rate(http_requests_total{version="green"}[3s]))'
        unit: ratio
        threshold: "< 2%"
      - { name: blue is there to flip to, type: deployment, source: lb, expect: { blue: exists } }
`;
  const folder = join('out', 'real', String(Math.random()).slice(2));
  const [recordFile, summaryFile] = [join(folder, 'record.json'), join(folder, 'summary.md')];
  const out = await runStep({
    platform: 'terminal',
    args: ['run', '--policy', policy, '--record', recordFile, '--summary', summaryFile],
    env: { LB_TOKEN: token, LB_SECRET: secret },
    limitMs: 85_000,
  });
  const [written, summary] = [readFileSync(recordFile, 'utf8'), readFileSync(summaryFile, 'utf8')];
  for (const text of [written, out.stdout, out.stderr, summary]) {
    expect(text).not.toContain(token);
    expect(text).not.toContain(secret);
  }
  return { record: v.parse(recordSchema, JSON.parse(written)), out, summary };
}

const stagesOf = ({ walk }: DecisionRecord) =>
  walk?.walked.map(({ name, decision }) => [name, decision?.decision ?? null]);
const lasted = ({ began, ended }: DecisionRecord): string => `${(Date.parse(ended) - Date.parse(began)) / 1000} s`;

describe('blue and green behind a real nginx', () => {
  it('a good release walks from 0 over 5 and 25 to 100 %', async () => {
    greenFails = 0;
    control.api.taken.length = 0;
    const { done, seen } = await watched(() => train('40s'));
    const { record, out } = done;
    expect(record.decision).toMatchObject({ decision: 'continue', reason: 'healthy' });
    expect(out.code).toBe(0);
    expect(stagesOf(record)).toEqual([
      ['idle', 'continue'],
      ['canary-5', 'continue'],
      ['canary-25', 'continue'],
      ['production', 'continue'],
    ]);
    expect(control.api.taken).toEqual([
      { blue: 95, green: 5 },
      { blue: 75, green: 25 },
      { blue: 0, green: 100 },
    ]);
    expect(await nginx.weights()).toEqual({ blue: 0, green: 100 });
    expect(seen.failed).toBe(0);
    print('a good release', seen, `at 100 % after ${lasted(record)} and ${record.rounds.length} rounds`);
  });

  it('a bad one is stopped at 5 %, with the traffic back on blue before 1 % of the requests failed', async () => {
    await nginx.share({ blue: 100, green: 0 });
    control.api.set({ blue: 100, green: 0 });
    control.api.taken.length = 0;
    greenFails = 0.2;
    const { done, seen } = await watched(() => train('40s'));
    const { record, out, summary } = done;
    expect(record.decision).toMatchObject({ decision: 'stop', reason: 'unhealthy' });
    expect(out.code).toBe(1);
    expect(stagesOf(record)).toEqual([
      ['idle', 'continue'],
      ['canary-5', 'stop'],
    ]);
    expect(record.walk?.end).toMatchObject([{ outcome: 'changed', after: { weights: { blue: 100, green: 0 } } }]);
    expect(control.api.taken).toEqual([
      { blue: 95, green: 5 },
      { blue: 100, green: 0 },
    ]);
    expect(await nginx.weights()).toEqual({ blue: 100, green: 0 });
    expect(summary).toMatch(/^## Stop: /);
    expect(seen.failed).toBeGreaterThan(0);
    expect(failedOf(seen)).toBeLessThan(0.01);
    expect(failedOf(seen.by.green ?? nobody)).toBeGreaterThan(0.1);
    print('a bad release', seen, `stopped after ${lasted(record)} by ${record.decision.gates.join(', ')}`);
  });
});
