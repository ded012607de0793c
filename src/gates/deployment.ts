/**
 * Gate `deployment`: what should run where does, and gets the share of the traffic that it should: the idle slot has the new version and no
 * users, the canary has its five percent, the old side is still there to flip to, the services that this one needs are up. What a source
 * does not say is never taken to be as it should.
 */
import * as v from 'valibot';
import { described } from '../policy/fields.js';
import { askFor } from './deployment/ask.js';
import { expectation, readExpectation } from './deployment/expect.js';
import { judge } from './deployment/judge.js';
import { defineGate, type Gate } from './gate.js';

/** valibot's records pass over these keys, and a target that is passed over would be one that nobody asks for. */
const unusable = ['__proto__', 'constructor', 'prototype'];
const isMap = (x: unknown): x is object => typeof x === 'object' && x !== null && !Array.isArray(x);

const expectations = v.pipe(
  v.unknown(),
  v.check(isMap, 'a map of targets, e.g. `staging: ready`'),
  v.check((x) => !isMap(x) || Object.keys(x).length > 0, 'at least one target'),
  v.check(
    (x) => !isMap(x) || !unusable.some((key) => Object.hasOwn(x, key)),
    `names of targets other than ${unusable.join(', ')}`,
  ),
  v.record(v.pipe(v.string(), v.nonEmpty('the name of a target')), expectation),
  v.check(
    (targets) => readAll(targets).some(([, { exists }]) => exists !== false),
    'a target that is to be there beside those that are not: where nothing is found, a wrong name and one that is gone look the same',
  ),
  v.check(
    (targets) =>
      readAll(targets).every(([target, { settings }]) => settings?.like.toLowerCase() !== target.toLowerCase()),
    'another target in `settings-like` than the one that it stands at',
  ),
);

const readAll = (targets: Readonly<Record<string, v.InferOutput<typeof expectation>>>) =>
  Object.entries(targets).map(([target, written]) => [target, readExpectation(written)] as const);

const schema = v.strictObject({
  expect: described(
    expectations,
    "What must hold, by target (a slot, a revision, a workload, in the source's words): `exists`, `running`, `ready`, `healthy`, `absent`; or a map of several assertions, see [deployments](deployment.md).",
  ),
  wait: described(
    v.optional(v.boolean(), false),
    'Whether what is not so yet holds the train until the deadline, in place of counting against the release: for services that this one needs.',
  ),
});

/** Too short to be matched with a full commit id. */
const shortCommit = /^(?=.*\d)(?=.*[a-f])[0-9a-f]{4,6}$/i;

export const deploymentGate = defineGate({
  type: 'deployment',
  family: 'deployment',
  schema,
  asksSettings: ({ expect }) => readAll(expect).some(([, { settings }]) => settings !== undefined),
  bind({ expect, wait }): Gate<'deployment'> {
    const asked = askFor(expect);
    return {
      questions: () => asked.questions,
      judge: (answers, { now }) => judge(asked, wait, answers, now),
    };
  },
  lint: ({ expect }) =>
    readAll(expect).flatMap(([target, { version, running, traffic }]) => [
      ...(version !== undefined && shortCommit.test(version)
        ? [
            {
              key: 'expect',
              message: `${target}: \`${version}\` is compared letter by letter; a commit id needs at least 7 characters to match the full one`,
            },
          ]
        : []),
      ...(running === false && traffic !== undefined && (traffic.lo > 0 || traffic.open === 'lo')
        ? [{ key: 'expect', message: `${target}: it is to be stopped, and to get traffic all the same` }]
        : []),
    ]),
});
