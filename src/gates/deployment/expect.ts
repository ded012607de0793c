/** What a policy may expect of a target: the short forms and the long one, read into one shape. */
import * as v from 'valibot';
import { described, duration, filled, formatDuration, oneOrMore, whole } from '../../policy/fields.js';
import { type Bounds, boundsOf } from '../flags/expect.js';

/** As thresholds elsewhere are written, `==` too. */
const shareBounds = (text: string): Bounds | undefined => boundsOf(text.replace(/^\s*==/, '='));

/** Met by whatever can be: it would look like an assertion and be none. */
const saysNothing = ({ lo, hi, open }: Bounds): boolean => lo === 0 && hi === 100 && open === undefined;

const longFields = v.strictObject({
  exists: described(
    v.optional(v.boolean()),
    '`true`: it is there, in whatever state. All other assertions ask for that too. `false` stands alone: it is not there.',
  ),
  version: described(
    v.optional(
      v.pipe(v.string('a version as a text, in quotes'), v.trim(), v.nonEmpty('a version (is the variable set?)')),
    ),
    'What must run there, as the system writes it, letter by letter; except that a commit id of at least 7 characters matches the full one that it begins.',
  ),
  running: described(v.optional(v.boolean()), '`true`: it runs; `false`: it is stopped.'),
  ready: described(v.optional(v.literal(true)), 'Every instance that should serve does, and is warmed up.'),
  healthy: described(v.optional(v.literal(true)), 'The system itself calls it healthy.'),
  traffic: described(
    v.optional(
      v.pipe(
        v.string('bounds in percent such as `= 0%` or `>= 5%`'),
        v.check((text) => shareBounds(text) !== undefined, 'bounds in percent such as `= 0%`, `>= 5%` or `5%..10%`'),
        v.check((text) => {
          const bounds = shareBounds(text);
          return bounds === undefined || !saysNothing(bounds);
        }, 'bounds that not every share satisfies'),
      ),
    ),
    "Bounds of its share of the users' requests: `= 0%`, `>= 5%`, `5%..10%`.",
  ),
  'min-instances': described(v.optional(whole(1)), 'How many instances must be ready, at least.'),
  'stable-for': described(
    v.optional(
      v.pipe(
        duration,
        v.check((ms) => ms > 0, 'a duration longer than 0'),
      ),
    ),
    'What runs there has been there for so long. The train is held until it is so.',
  ),
  'settings-like': described(
    v.optional(filled),
    'A target whose settings it must have, but for those that are meant to differ: `production`.',
  ),
  'settings-except': described(
    v.optional(oneOrMore(filled)),
    'Beside `settings-like`: names of settings that may differ; `*` stands for any characters.',
  ),
});

type Long = v.InferOutput<typeof longFields>;

const qualifiers: readonly string[] = ['settings-except'];
const assertions = (Object.keys(longFields.entries) as (keyof Long)[]).filter((key) => !qualifiers.includes(key));
/** What nothing that is stopped can be. */
const ofRunning = ['ready', 'healthy', 'min-instances'] as const;

const longForm = v.pipe(
  longFields,
  v.check(
    (x) => assertions.some((key) => x[key] !== undefined),
    'at least one of `version`, `running`, `ready`, `healthy`, `traffic`, `exists`, …',
  ),
  v.check(
    (x) =>
      x.exists !== false ||
      Object.keys(longFields.entries).every((key) => key === 'exists' || x[key as keyof Long] === undefined),
    '`exists: false` by itself',
  ),
  v.check(
    (x) => x['settings-except'] === undefined || x['settings-like'] !== undefined,
    '`settings-like` beside `settings-except`',
  ),
  v.check(
    (x) => x.running !== false || ofRunning.every((key) => x[key] === undefined),
    `none of ${ofRunning.map((key) => `\`${key}\``).join(', ')} beside \`running: false\``,
  ),
);

const words = ['exists', 'running', 'ready', 'healthy', 'absent'] as const;
const shortForms = '`exists`, `running`, `ready`, `healthy`, `absent`, or a map such as `{ version: "1.2.3" }`';

/** What is expected of one target, as the policy writes it. */
export const expectation = v.union([
  v.pipe(
    v.string(),
    v.trim(),
    v.check((text) => (words as readonly string[]).includes(text), shortForms),
  ),
  longForm,
]);
export type Written = v.InferOutput<typeof expectation>;

export interface Expectation extends Omit<Long, 'traffic' | 'settings-like' | 'settings-except'> {
  readonly traffic?: Bounds;
  readonly settings?: { readonly like: string; readonly except: readonly string[] };
}

/** All forms as one. */
export function readExpectation(written: Written): Expectation {
  if (typeof written === 'string') return written === 'absent' ? { exists: false } : { [written]: true };
  const { traffic, 'settings-like': like, 'settings-except': except = [], ...rest } = written;
  const bounds = traffic === undefined ? undefined : shareBounds(traffic);
  return {
    ...rest,
    ...(bounds === undefined ? {} : { traffic: bounds }),
    ...(like === undefined ? {} : { settings: { like, except } }),
  };
}

/** `= 0 %`, as the report writes percentages. */
export const boundsWords = ({ text }: Bounds): string => text.replace(/^==/, '=').replace(/\s*%/g, ' %');

/** What rests on what runs there, in words: `running`, `version 1.2.3`, `ready`. */
export function stateWishes(expected: Expectation): string[] {
  const { version, running, ready, healthy, 'min-instances': least, 'stable-for': rest } = expected;
  return [
    running === undefined ? undefined : running ? 'running' : 'stopped',
    version === undefined ? undefined : `version ${version}`,
    ready && 'ready',
    healthy && 'healthy',
    least === undefined ? undefined : `at least ${least} ready`,
    rest === undefined ? undefined : `there for ${formatDuration(rest)}`,
  ].filter((word) => word !== undefined);
}

/** All that is expected, in words. */
export function wishes(expected: Expectation): string[] {
  const { traffic, settings } = expected;
  const all = [
    ...stateWishes(expected),
    ...(traffic === undefined ? [] : [`${boundsWords(traffic)} of the traffic`]),
    ...(settings === undefined ? [] : [`settings like ${settings.like}`]),
  ];
  return all.length > 0 ? all : ['it to be there'];
}
