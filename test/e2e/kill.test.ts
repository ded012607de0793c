/**
 * The bundle killed at any moment, and started again with the same `state`: it ends where an undisturbed run ends, with the traffic on the
 * side that belongs to its decision. Time goes a thousand times as fast, so that a bake takes a moment.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { DecisionRecord } from '../../src/record/record.js';
import { AppServiceServer, resource } from '../deployment/app-service.provider.js';
import { Random } from '../judge/support/random.js';
import { expectToFollow } from '../support/replay.js';
import { Router, stagesPolicy } from '../support/router.js';
import { type Received, reply, standIn } from '../support/server.js';
import { bundle, nodes, root } from './support/step.js';

/** When the child is killed: with its n-th request, before that is taken, after it was taken, or some time after it was answered. */
interface Moment {
  readonly request: number;
  readonly when: 'before' | 'taken' | 'after';
  readonly delayMs: number;
}

interface World {
  policy(url: string): string;
  respond(
    request: Received,
  ): { readonly status?: number; readonly body?: unknown; readonly headers?: Record<string, string> } | undefined;
  /** Where the traffic is. */
  stands(): unknown;
}

/** Weights of a load balancer. @param failing share of green's requests that fail: at which stage that of all goes over 1 % */
function balanced(failing: number): World {
  const router = new Router({ failing });
  return {
    policy: (url) => stagesPolicy(url),
    respond: (request) => router.respond(request),
    stands: () => router.weights,
  };
}

/** Slots of App Service: 5 % to staging, then they change places. @param failing of what runs in staging at first */
function swapped(failing: number): World {
  let now = Date.parse('2026-11-23T09:30:00Z');
  const server = new AppServiceServer(() => {
    now += 1000;
    return now;
  });
  server.swapMs = 2000;
  const share = (slot: string) => (server.weights[slot] ?? 0) / 100;
  const isNew = (slot: string) => server.slots[slot]?.linuxFxVersion.endsWith('1.2.3') === true;
  const rate = () =>
    0.001 + ['production', 'staging'].reduce((sum, slot) => sum + (isNew(slot) ? share(slot) * failing : 0), 0);
  const stages = `stages:
  - { name: canary-5, move: { source: lb, traffic: { staging: 5% } } }
  - { name: off, move: { source: lb, traffic: { staging: 0% } }, bake: 1m }
  - { name: production, move: { source: lb, swap: staging } }`;
  return {
    policy: (url) =>
      stagesPolicy(url, '', stages).replace(
        /lb: .*/,
        `lb: { type: app-service, resource: "${resource}", management: "${url}", token: "\${env.ARM_TOKEN}" }`,
      ),
    respond: (request) => (request.path === '/rate' ? { body: { all: rate() } } : server.respond(request)),
    stands: () => ({ weights: server.weights, live: server.slots.production?.linuxFxVersion }),
  };
}

/** How many stages each comes to. */
const worlds = {
  good: { make: () => balanced(0), stages: 3 },
  'bad at 5 %': { make: () => balanced(0.3), stages: 1 },
  'bad at 25 %': { make: () => balanced(0.1), stages: 2 },
  'bad at 100 %': { make: () => balanced(0.02), stages: 3 },
  'good, swapped': { make: () => swapped(0), stages: 3 },
  'bad once swapped': { make: () => swapped(0.1), stages: 3 },
} satisfies Record<string, { make: () => World; stages: number }>;
type Release = keyof typeof worlds;
const releases = Object.keys(worlds) as Release[];
const goes = (release: Release): boolean => release.startsWith('good');

async function scene(release: Release) {
  const world = worlds[release].make();
  let child: ChildProcess | undefined;
  let moment: Moment | undefined;
  let count = 0;
  const { url } = await standIn((request, response) => {
    count += 1;
    const now = moment !== undefined && count === moment.request ? moment : undefined;
    if (now?.when === 'before') return void child?.kill('SIGKILL');
    const answer = world.respond(request);
    if (now?.when === 'taken') return void child?.kill('SIGKILL');
    if (answer === undefined) response.destroy();
    else reply(response, answer.status ?? 200, answer.body ?? '', answer.headers);
    if (now?.when === 'after') setTimeout(() => child?.kill('SIGKILL'), now.delayMs);
  });
  const folder = mkdtempSync(join(tmpdir(), 'signalbox-kill-'));
  writeFileSync(join(folder, 'signalbox.yml'), patient(world.policy(url)));
  const started = Date.now();
  const start = async (at?: Moment): Promise<{ code: number | null; out: string }> => {
    moment = at;
    count = 0;
    const record = join(folder, 'record.json');
    const files = ['--state', join(folder, 'state'), '--record', record, '--summary', join(folder, 'summary.md')];
    child = spawn(nodes[0] ?? process.execPath, [bundle, 'run', '--policy', 'signalbox.yml', ...files], {
      cwd: folder,
      env: {
        PATH: process.env.PATH ?? '',
        HOME: folder,
        ARM_TOKEN: 'a-secret-ARM_TOKEN',
        NODE_OPTIONS: `--import=${pathToFileURL(join(root, 'test/e2e/support/quick-clock.mjs')).href}`,
        QUICK_STARTED: `${started}`,
        QUICK_TIMES: '1000',
      },
    });
    let out = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      out += chunk.toString();
    });
    child.stderr?.on('data', (chunk: Buffer) => {
      out += chunk.toString();
    });
    const code = await new Promise<number | null>((done) => child?.on('close', done));
    return { code, out };
  };
  const recorded = (): DecisionRecord =>
    JSON.parse(readFileSync(join(folder, 'record.json'), 'utf8')) as DecisionRecord;
  return { world, start, recorded, folder, requests: () => count };
}

/** Limits that a thousand times as fast are still long for a machine that is busy. */
const patient = (policy: string): string =>
  policy
    .replace('deadline: 30m', 'deadline: 10h, round-timeout: 5h, error-budget: 10h')
    .replace('verify-within: 5s', 'verify-within: 2h');

const random = new Random(20_261_123);
const pick = <T>(of: readonly T[]): T => of[Math.floor(random.uniform() * of.length)] as T;

describe('a walk that is killed', () => {
  const undisturbed = new Map<
    Release,
    { readonly requests: number; readonly stands: unknown; readonly reason: string }
  >();

  it.each(releases)('undisturbed, %s', async (release) => {
    const { world, start, recorded, requests } = await scene(release);
    const before = world.stands();
    const { code, out } = await start();
    expect(code, out).toBe(goes(release) ? 0 : 1);
    const { decision, walk } = recorded();
    const stands = world.stands();
    undisturbed.set(release, { requests: requests(), stands, reason: decision.reason });
    if (goes(release)) expect(stands).not.toEqual(before);
    else expect(stands).toEqual(before);
    expect(walk?.walked.length).toBe(worlds[release].stages);
  });

  const moments = Array.from({ length: Number(process.env.SIGNALBOX_KILLS ?? 50) }, (_, index) => ({
    index,
    release: pick(releases),
    share: random.uniform(),
    when: pick(['before', 'taken', 'after'] as const),
    delayMs: Math.floor(random.uniform() * 40),
    /** Of every third the job that goes on is killed too. */
    again: index % 3 === 0 ? random.uniform() * 0.6 : undefined,
  }));

  // Side by side within a test: what is started for one is ended with it.
  const atOnce = 5;
  const groups = Array.from({ length: Math.ceil(moments.length / atOnce) }, (_, i) =>
    moments.slice(i * atOnce, (i + 1) * atOnce),
  );
  it.each(groups.map((group) => [group.map(({ index }) => index).join(', '), group] as const))(
    'at moments %s',
    async (_, group) => {
      await Promise.all(group.map(killed));
    },
  );

  async function killed(one: (typeof moments)[number]): Promise<void> {
    const alone = undisturbed.get(one.release);
    if (!alone) throw new Error('no undisturbed run');
    const { world, start, recorded, folder } = await scene(one.release);
    const momentOf = (share: number): Moment => ({
      request: 1 + Math.floor(share * alone.requests),
      when: one.when,
      delayMs: one.delayMs,
    });
    const what = `moment ${one.index}: ${one.release}, ${one.when} ${one.share} of ${alone.requests} requests${one.again === undefined ? '' : `, again at ${one.again}`}`;
    const first = await start(momentOf(one.share));
    // One that ended before it could be killed is over.
    if (first.code !== null) return expect(world.stands(), what).toEqual(alone.stands);
    let last = await start(one.again === undefined ? undefined : momentOf(one.again));
    // Where there was less left to do than that, it is over.
    if (last.code === null) last = await start();
    expect(last.code, `${what}\n${last.out}`).toBe(goes(one.release) ? 0 : 1);
    const record = recorded();
    expect(record.decision.reason, `${what}: ${record.decision.sentence}`).toBe(alone.reason);
    expect(world.stands(), `${what}\n${last.out}`).toEqual(alone.stands);
    await expectToFollow(join(folder, 'record.json'));
  }
});
