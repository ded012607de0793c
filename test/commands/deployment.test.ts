import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { deploymentTime } from '../../src/commands/deployment.js';
import { run } from '../../src/commands/run.js';
import { loadPolicy } from '../../src/policy/load.js';
import type { Policy } from '../../src/policy/schema.js';
import { recordSchema } from '../../src/record/record.js';
import type * as registry from '../../src/sources/index.js';
import { type AnySource, type Deployment, NotMeasured } from '../../src/sources/source.js';
import { SimulatedClock } from '../support/clock.js';
import { FakeHost } from '../support/host.js';

const now = Date.parse('2026-11-23T10:00:00Z');

/** What the source `marks` of the policies below says. */
let newest: NonNullable<AnySource['newestDeployment']> = async () => undefined;

vi.mock('../../src/sources/index.js', async (original) => {
  const real = await original<typeof registry>();
  const { defineSource } = await import('../../src/sources/source.js');
  const { samplesSource } = await import('../../src/sources/telemetry/samples.js');
  const marks = defineSource({
    type: 'marks',
    families: ['telemetry'],
    remembersDeployments: true,
    schema: samplesSource.schema,
    open: (config, context) => ({
      ...(samplesSource.open(config, context) as Required<AnySource>),
      newestDeployment: (signal) => newest(signal),
    }),
  });
  const entry = { type: 'marks', families: ['telemetry'], load: async () => marks };
  return {
    ...real,
    sourceEntries: [...real.sourceEntries, entry],
    sourceTypeOf: (type: string | undefined) => (type === 'marks' ? marks : real.sourceTypeOf(type)),
  };
});

const text = (deployedAt: string) => `version: 1
release: { deployed-at: ${JSON.stringify(deployedAt)} }
sources:
  my marks: { type: marks, file: examples/quickstart/healthy.csv }
  plain: { type: samples, file: examples/quickstart/healthy.csv }
evaluation: { warmup: 2m, every: 1m, steady: 4m, deadline: 20m, round-timeout: 5s }
gates:
  - { name: error rate, type: telemetry, source: plain, query: error_rate, max-age: 1h, threshold: "< 1%" }
`;

const load = (deployedAt: string) =>
  loadPolicy({ text: text(deployedAt), overrides: [], facts: {}, env: {}, observe: false });
const policy = async (deployedAt: string): Promise<Policy> => {
  const loaded = await load(deployedAt);
  if (!loaded.policy) throw new Error(JSON.stringify(loaded.problems));
  return loaded.policy;
};
const remembering = (deployment: Deployment | undefined) => {
  newest = async () => deployment;
};

const time = async (deployedAt: string, change: { cancel?: AbortSignal; clock?: SimulatedClock } = {}) =>
  deploymentTime(await policy(deployedAt), {
    now,
    clock: change.clock ?? new SimulatedClock(now, 50),
    cancel: change.cancel ?? new AbortController().signal,
    open: () => ({ newestDeployment: (signal) => newest(signal) }),
  });

beforeEach(() => remembering(undefined));

describe('the time of the deployment', () => {
  it.each([
    ['10m ago', -600_000],
    ['2026-11-23T09:30:00Z', -1_800_000],
    ['2026-11-23T10:30:00+01:00', -1_800_000],
    // Clocks disagree by seconds.
    ['2026-11-23T10:00:30Z', 0],
  ])('is %s', async (written, ms) => expect(await time(written)).toEqual({ at: now + ms }));

  it.each([
    ['2026-11-23T09:30:00', /time zone/],
    ['10 minutes ago', /./],
    ['2026-11-23T11:00:00Z', /in the past/],
    ['soon ago', /`10m ago`, or `annotation of <source>`/],
  ])('is not %s', async (written, words) => {
    const loaded = await load(written);
    const said = loaded.policy
      ? ((await time(written)) as { wrong: string }).wrong
      : loaded.problems.map((p) => p.message).join();
    expect(said).toMatch(words);
  });

  it('is what the platform says where the policy says nothing, and nothing else can be said', async () => {
    const silent = { ...(await policy('10m ago')), release: {} };
    const ask = (announced?: string) =>
      deploymentTime(silent, {
        now,
        clock: new SimulatedClock(now),
        cancel: new AbortController().signal,
        open: () => undefined,
        announced,
      });
    expect(await ask('2026-11-23T09:50:00Z')).toEqual({ at: now - 600_000 });
    expect(await ask()).toEqual({ at: now });
    expect(await time('10m ago')).toEqual({ at: now - 600_000 });
  });

  it('is the newest annotation of a source', async () => {
    remembering({ at: now - 420_000, name: 'release 7' });
    expect(await time('annotation of my marks')).toEqual({
      at: now - 420_000,
      from: 'the release annotation "release 7" of `my marks`',
    });
    expect(await time('  annotation  of  my marks  ')).toMatchObject({ at: now - 420_000 });
    remembering({ at: now + 20_000, name: 'x' });
    expect(await time('annotation of my marks')).toMatchObject({ at: now });
  });

  it.each<[string, () => void, RegExp]>([
    ['there is none', () => remembering(undefined), /no release annotation of the last two weeks; annotate/],
    ['it lies in the future', () => remembering({ at: now + 61_000, name: 'x' }), /in the future \(2026-11-23T10:01/],
    ['it has no time', () => remembering({ at: Number.NaN, name: 'x' }), /has no time/],
    [
      'the source cannot be asked',
      () => {
        newest = async () => {
          throw new NotMeasured('forbidden', 'you may not');
        };
      },
      /could not be asked.*\(you may not\)/,
    ],
    [
      'the source is silent',
      () => {
        newest = () => new Promise(() => {});
      },
      /no answer within 5s/,
    ],
  ])('is not known when %s, and never now', async (_, arrange, words) => {
    arrange();
    expect(await time('annotation of my marks')).toEqual({ unmeasured: expect.stringMatching(words) });
  });

  it('lets a source that heeds the signal say what it waited for', async () => {
    newest = (signal) =>
      new Promise((_, reject) => {
        signal.addEventListener('abort', () => reject(new NotMeasured('timeout', 'insights was asleep')));
      });
    expect(await time('annotation of my marks')).toEqual({ unmeasured: expect.stringMatching(/insights was asleep/) });
  });

  it('ends with the step', async () => {
    newest = () => new Promise(() => {});
    const cancel = new AbortController();
    const clock = new SimulatedClock(now, 10_000);
    const asked = time('annotation of my marks', { cancel: cancel.signal, clock });
    cancel.abort(1);
    expect(await asked).toHaveProperty('unmeasured');
    expect(await time('annotation of my marks', { cancel: cancel.signal, clock })).toHaveProperty('unmeasured');
  });

  it('does not hide a fault of ours', async () => {
    newest = async () => {
      throw new TypeError('a bug');
    };
    await expect(time('annotation of my marks')).rejects.toThrow('a bug');
  });
});

describe('the policy', () => {
  it.each([
    ['annotation of my mark', /there is no source `my mark` under `sources`.*`my marks`/],
    ['annotation of __proto__', /there is no source `__proto__`/],
    ['annotation of plain', /type `samples` remembers no deployments; expected one that remembers/],
    ['annotation of', /expected an instant such as/],
    ['annotations of my marks', /expected an instant such as/],
  ])('may not say %s', async (written, words) => {
    const { problems } = await load(written);
    expect(problems).toEqual([expect.objectContaining({ message: expect.stringMatching(words), line: 2 })]);
  });
});

describe('run', () => {
  async function step(deployedAt: string, cancel: AbortSignal = new AbortController().signal) {
    const host = new FakeHost({ policy: text(deployedAt) });
    const clock = new SimulatedClock(now, 150);
    const decision = await run(host, { env: {}, version: '1.2.3', clock, random: () => 0.5, cancel });
    const folder = mkdtempSync(join(tmpdir(), 'signalbox-deployment-'));
    const file = host.outputs.record ?? join(folder, 'none');
    return { host, decision, record: v.parse(recordSchema, JSON.parse(readFileSync(file, 'utf8'))) };
  }

  it('counts from the annotation, and says so', async () => {
    remembering({ at: now - 600_000, name: 'release 7' });
    const { host, decision, record } = await step('annotation of my marks');
    expect(decision).toMatchObject({ decision: 'continue', reason: 'healthy' });
    expect(record.release.deployedAt).toBe('2026-11-23T09:50:00.000Z');
    expect(host.lines.join('\n')).toContain('says the release annotation "release 7" of `my marks`');
  });

  it('stops as not measured without one', async () => {
    const { host, decision, record } = await step('annotation of my marks');
    expect(decision).toMatchObject({ decision: 'stop', reason: 'not-measured' });
    expect(decision.sentence).toMatch(/no release annotation of the last two weeks/);
    expect(record).toMatchObject({ rounds: [], release: { deployedAt: null } });
    expect(host.finished).toMatchObject({ result: 'failure', exitCode: 1 });
    const summary = readFileSync(host.shown ?? '', 'utf8');
    expect(summary).toContain('no release annotation of the last two weeks');
  });

  it('is cancelled, not unmeasured, when it is ended while it asks', async () => {
    const cancel = new AbortController();
    newest = () => {
      cancel.abort(143);
      return new Promise(() => {});
    };
    const { host, decision } = await step('annotation of my marks', cancel.signal);
    expect(decision).toMatchObject({ decision: 'stop', reason: 'cancelled' });
    expect(host.finished?.exitCode).toBe(143);
  });
});
