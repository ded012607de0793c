/** What runs where, as sources tell it, and the gate that judges it. */
import fc from 'fast-check';
import { deploymentGate } from '../../src/gates/deployment.js';
import type { Reading } from '../../src/judge/reading.js';
import { type SettingsDiffer, type Target, targetStates } from '../../src/record/deployments.js';
import type { Answer, Deployments } from '../../src/record/evidence.js';
import type { DeploymentQuestion } from '../../src/sources/source.js';
import { at, readingOf } from './evidence.js';
import { bindGate, type Failing, moment } from './flag-gate.js';

/** All is well: it runs 1.2.3, ready and healthy, since an hour, and gets nothing of the traffic. */
export const target = (name: string, change: Partial<Target> = {}): Target => ({
  name,
  exists: true,
  version: '1.2.3',
  state: 'running',
  health: 'healthy',
  ready: true,
  instances: { wanted: 2, ready: 2 },
  traffic: 0,
  since: at(-3_600_000),
  reasons: [],
  ...change,
});

/** Nothing is known of it but that it is there. */
export const unknownTarget = (name: string): Target => ({
  ...absentTarget(name),
  exists: true,
});

export const absentTarget = (name: string): Target => ({
  name,
  exists: false,
  version: null,
  state: 'unknown',
  health: 'unknown',
  ready: null,
  instances: null,
  traffic: null,
  since: null,
  reasons: [],
});

export const deployments = (targets: readonly Target[], change: Partial<Deployments> = {}): Deployments => ({
  kind: 'deployments',
  source: 'slots',
  subject: 'slots of app checkout',
  query: 'GET /sites/checkout',
  at: at(0),
  seen: targets.filter(({ exists }) => exists).length,
  notes: [],
  partial: false,
  targets: [...targets],
  ...change,
});

/** How settings differ, as a source finds it. */
export type Compared = Pick<SettingsDiffer, 'compared' | 'differ'>;

export interface World {
  /** Those that are not named are not there. */
  readonly targets?: readonly Target[];
  /** How settings differ, by the target that is compared; absent: the source does not compare them. */
  readonly settings?: Readonly<Record<string, Compared>>;
  /** What goes wrong, by role; null: no answer at all. */
  readonly fails?: Readonly<Record<string, Failing | null>>;
  /** What the answers differ in, by role. */
  readonly change?: Readonly<Record<string, Partial<Deployments>>>;
}

export function answerTo(role: string, { targets, settings }: DeploymentQuestion, world: World): Answer {
  const differ = settings && world.settings?.[settings.target];
  const found = targets.map((name) => world.targets?.find((one) => one.name === name) ?? absentTarget(name));
  const compared = settings && differ ? { settings: { ...settings, ...differ, differ: [...differ.differ] } } : {};
  return { role, measurement: deployments(found, { ...compared, ...world.change?.[role] }) };
}

/** @param config of the gate: `expect`, `wait` */
export function judgeDeployment(config: Record<string, unknown>, world: World): Reading {
  const gate = bindGate(deploymentGate, config);
  const answers = [...gate.questions(moment)].flatMap(([role, question]): Answer[] => {
    const failing = world.fails?.[role];
    if (failing === null) return [];
    if (failing) return [{ role, source: 'slots', ...failing }];
    return [answerTo(role, question as DeploymentQuestion, world)];
  });
  return readingOf(gate.judge(answers, moment));
}

const some = <T>(...values: T[]) => fc.constantFrom(...values);
const orNull = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null });

/** Of what is called `a` it is always known that it is there, so that something is. */
export const anyTarget = (name: string): fc.Arbitrary<Target> =>
  fc.record({
    name: fc.constant(name),
    exists: fc.boolean().map((gone) => !gone || name === 'a'),
    version: orNull(some('1.2.3', '1.2.2', 'a1b2c3d')),
    state: some(...targetStates),
    health: some<Target['health']>('healthy', 'unhealthy', 'unknown'),
    ready: orNull(fc.boolean()),
    instances: orNull(fc.record({ wanted: fc.integer({ min: 0, max: 4 }), ready: fc.integer({ min: 0, max: 4 }) })),
    traffic: orNull(some(0, 5, 33.3, 100)),
    since: orNull(some(at(-3_600_000), at(-60_000), at(3_600_000))),
    reasons: fc.subarray(['the probe failed', 'the quota is used up']),
  });

export const anyDiffer: fc.Arbitrary<Compared> = fc
  .uniqueArray(
    fc.record({
      name: some('A', 'B', 'DB_HOST'),
      how: some<SettingsDiffer['differ'][number]['how']>('missing', 'only-here', 'other-value'),
      sticky: orNull(fc.boolean()),
    }),
    { selector: ({ name }) => name, maxLength: 3 },
  )
  .chain((differ) => some(0, 3, 9).map((more) => ({ compared: differ.length + more, differ })));

/** What may be expected of a target that is not called `like`. */
export const anyExpectation = (like: string): fc.Arbitrary<string | Record<string, unknown>> =>
  fc.oneof(
    some('exists', 'running', 'ready', 'healthy'),
    fc
      .record(
        {
          version: some('1.2.3', '1.2.2'),
          running: fc.constant(true),
          ready: fc.constant(true),
          healthy: fc.constant(true),
          traffic: some('= 0%', '>= 5%', '< 50%', '5%..50%', '> 5%'),
          'min-instances': some(1, 2),
          'stable-for': some('5m', '30s'),
          'settings-like': fc.constant(like),
        },
        { requiredKeys: [] },
      )
      .filter((map) => Object.keys(map).length > 0),
    fc.record({ running: fc.constant(false), version: some('1.2.3', '1.2.2') }, { requiredKeys: ['running'] }),
  );
