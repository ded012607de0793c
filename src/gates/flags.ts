/**
 * Gate `flags`: feature flags are set up, and serve, as the release needs it, e.g. the new path is still dark. A flag that cannot be
 * read, is unknown, or of which it is not known who gets it, is never taken for off.
 */
import * as v from 'valibot';
import { described } from '../policy/fields.js';
import { isUnambiguous, meaningFields, meaningOf } from '../sources/flags/meaning.js';
import type { FlagQuestion } from '../sources/source.js';
import { isPattern, probesOf } from './flags/ask.js';
import { expectation, readExpectation } from './flags/expect.js';
import { judge } from './flags/judge.js';
import { parity } from './flags/parity.js';
import { defineGate, type Gate } from './gate.js';

/** valibot's records pass over these keys, and a flag that is passed over would be one that nobody asks for. */
const unusable = ['__proto__', 'constructor', 'prototype'];
const isMap = (x: unknown): x is object => typeof x === 'object' && x !== null && !Array.isArray(x);

const expectations = v.pipe(
  v.unknown(),
  v.check(isMap, 'a map of flags, e.g. `new-checkout: off`'),
  v.check((x) => !isMap(x) || Object.keys(x).length > 0, 'at least one flag'),
  v.check(
    (x) => !isMap(x) || !unusable.some((key) => Object.hasOwn(x, key)),
    `flag names other than ${unusable.join(', ')}`,
  ),
  v.record(v.pipe(v.string(), v.nonEmpty('the name of a flag')), expectation),
  v.check(
    (flags) => !readAll(flags).some(([flag, expected]) => isPattern(flag) && expected.contexts !== undefined),
    'no `for` beside a pattern: name the flags that are to be probed',
  ),
  v.check(
    (flags) => !readAll(flags).some(([flag, expected]) => isPattern(flag) && expected.archived === true),
    'no `archived` beside a pattern, which only finds flags that are not',
  ),
);

const readAll = (flags: Readonly<Record<string, v.InferOutput<typeof expectation>>>) =>
  Object.entries(flags).map(([flag, written]) => [flag, readExpectation(written)] as const);

const fields = v.strictObject({
  expect: described(
    expectations,
    'What must hold, by flag or by a pattern of names (`release-*`): `on`, `off`, `partial`, `rollout <= 5%`, `killable`, `exists`, `archived`, `variant NAME`, `value TEXT`; or a map of several assertions, see [flags](flags.md).',
  ),
  'allow-empty': described(
    v.optional(v.boolean(), false),
    'Whether a pattern that matches no flag is no lack of evidence. Something else must be there all the same.',
  ),
  parity: described(
    v.optional(parity),
    'Compares each flag with the same one of another source: another environment, or another provider. Fields: `with`, `rule`.',
  ),
  ...meaningFields,
});

const schema = v.pipe(
  fields,
  v.check((g) => isUnambiguous(g), 'no value in both `on-values` and `off-values`'),
  v.check(
    (g) =>
      g['code-default'] === undefined ||
      !readAll(g.expect).some(([, expected]) => expected['when-off'] === 'code-default'),
    '`when-off: on` or `off` beside `code-default`, which says what that is',
  ),
);

export const flagsGate = defineGate({
  type: 'flags',
  family: 'flags',
  schema,
  alsoAsks: ({ parity: wanted }) =>
    wanted === undefined ? [] : [{ source: wanted.with, at: ['parity', 'with'] as const }],
  asksServed: ({ expect }) => readAll(expect).some(([, { contexts }]) => contexts !== undefined),
  bind(config): Gate<'flags'> {
    const meaning = meaningOf(config);
    const probes = probesOf(config.expect, config.parity, meaning);
    const judging = { probes, meaning, parity: config.parity, allowEmpty: config['allow-empty'] };
    return {
      questions: () => new Map(probes.map(({ role, question }): [string, FlagQuestion] => [role, question])),
      judge: (answers, { now }) => judge(judging, answers, now),
    };
  },
});
