/** The decision record: everything a decision was made from, complete enough to make it again. */
import * as v from 'valibot';
import { answer, instant, readingData } from './evidence.js';
import { flagChange } from './flags.js';
import { standing } from './standing.js';
import { walkOf } from './walk.js';

const text = v.string();
const count = v.pipe(v.number(), v.integer(), v.minValue(0));

export const enforcements = ['observe', 'warn', 'block'] as const;
export type Enforce = (typeof enforcements)[number];

export const decisions = ['continue', 'stop', 'hold'] as const;

export const reasons = [
  'healthy',
  'observed',
  'overridden',
  'unhealthy',
  'insufficient-evidence',
  'not-measured',
  'not-steady',
  'not-moved',
  'open-stop',
  'frozen',
  'cancelled',
  'policy-error',
  'internal-error',
  'warming-up',
  'unconfirmed',
  'steadying',
  'final-check',
  'parked',
] as const;
export type Reason = (typeof reasons)[number];

export const decision = v.strictObject({
  decision: v.picklist(decisions),
  reason: v.pipe(
    v.picklist(reasons),
    v.description(
      'continue: healthy, observed, overridden. stop: unhealthy, insufficient-evidence, not-measured, not-steady, not-moved, open-stop, frozen, cancelled, policy-error, internal-error. hold: warming-up, unconfirmed, insufficient-evidence, not-measured, steadying, final-check, parked',
    ),
  ),
  gates: v.pipe(v.array(text), v.description('names of the gates that the reason is about')),
  sentence: v.pipe(text, v.description('the reason as one sentence')),
});
export type Decision = v.InferOutput<typeof decision>;

export const round = v.strictObject({
  number: count,
  step: v.optional(v.pipe(count, v.description('the stage, 1 is the first; the judge starts anew with each'))),
  phase: v.picklist(['warm-up', 'watch', 'final']),
  began: instant,
  ended: instant,
  gates: v.array(
    v.strictObject({
      gate: text,
      answers: v.array(answer),
      reading: v.pipe(
        v.nullable(readingData),
        v.description('null: not evaluated, the round was cut off before it could be'),
      ),
    }),
  ),
  decision: decision,
});
export type Round = v.InferOutput<typeof round>;

export const problem = v.strictObject({
  message: text,
  file: v.optional(text),
  line: v.optional(count),
  column: v.optional(count),
});
/** Something wrong with the policy or the usage. Lines and columns are 1-based. */
export type Problem = v.InferOutput<typeof problem>;

export const reaction = v.strictObject({
  type: text,
  target: v.pipe(text, v.description('what was written to')),
  moment: v.pipe(v.picklist(['begin', 'end']), v.description('when the train began to wait, or with the decision')),
  at: instant,
  ok: v.pipe(v.boolean(), v.description('whether it was written; no decision rests on it')),
  detail: v.pipe(text, v.description('what was written, or why it was not')),
  flag: v.optional(flagChange),
  told: v.optional(
    v.pipe(
      v.literal(true),
      v.description('somebody was told of the decision: it is neither a flag nor a mark on a chart'),
    ),
  ),
});
/** Something that was done beside the decision. */
export type Reaction = v.InferOutput<typeof reaction>;

export const walk = walkOf(decision);
/** How the train went through the stages of its policy. */
export type Walk = v.InferOutput<typeof walk>;

export const recordSchema = v.strictObject({
  signalbox: v.pipe(v.literal(1), v.description('version of this format')),
  tool: v.strictObject({ name: text, version: text }),
  service: v.nullable(text),
  release: v.strictObject({
    sha: v.nullable(text),
    version: v.nullable(text),
    environment: v.nullable(text),
    deployedAt: v.nullable(instant),
  }),
  host: v.strictObject({
    kind: v.picklist(['github', 'azure', 'terminal']),
    repository: v.nullable(text),
    ref: v.nullable(text),
    actor: v.nullable(text),
    run: v.nullable(text),
  }),
  policy: v.strictObject({
    file: v.pipe(v.nullable(text), v.description('null: inline or from inputs')),
    sha256: v.pipe(text, v.description('of the policy as it was written, before substitution')),
    effective: v.pipe(v.unknown(), v.description('the policy with defaults and substitutions, secrets as ***')),
  }),
  observe: v.pipe(
    v.boolean(),
    v.description('the whole policy only observed: the decision is continue whatever the gates said'),
  ),
  began: instant,
  ended: instant,
  gates: v.array(
    v.strictObject({
      name: text,
      type: text,
      source: text,
      enforce: v.picklist(enforcements),
      settle: v.optional(
        v.pipe(
          count,
          v.description('how much later than it happens its source holds everything, milliseconds; absent: at once'),
        ),
      ),
      place: v.optional(
        v.pipe(
          v.strictObject({ file: v.optional(text), line: count, column: count }),
          v.description('where the policy writes it, 1-based; absent: it comes from inputs, or no policy writes it'),
        ),
      ),
    }),
  ),
  rounds: v.array(round),
  decision: v.pipe(decision, v.description('what the step did')),
  verdict: v.pipe(
    decision,
    v.description(
      'what the gates said; differs from the decision when the policy was observed, or the verdict overridden',
    ),
  ),
  problems: v.pipe(v.array(problem), v.description('why the policy could not be run')),
  reactions: v.optional(
    v.pipe(v.array(reaction), v.description('absent: none was asked for, or there was none to do')),
  ),
  walk: v.optional(v.pipe(walk, v.description('absent: the policy has no stages, or it did not begin'))),
  runs: v.optional(
    v.pipe(
      v.array(v.strictObject({ run: v.nullable(text), actor: v.nullable(text), began: instant, rounds: count })),
      v.description(
        'the runs that this one goes on with, the first of them first, and how many rounds each left; absent: none',
      ),
    ),
  ),
  standing: v.optional(
    v.pipe(standing, v.description('absent: the run had no ledger, and its policy no freezes and no overrides')),
  ),
  shared: v.optional(
    v.pipe(
      v.array(v.unknown()),
      v.description(
        'only in the file of a large record: values to which `{"$ref": "#/shared/N"}` in the rounds refers; this schema describes the record with them in place',
      ),
    ),
  ),
  digest: v.optional(
    v.pipe(
      text,
      v.regex(/^[0-9a-f]{64}$/),
      v.description(
        'SHA-256 of the record without `digest` and `rounds`, then of each round, as JSON without white space, a line break between them, keys in the order in which they stand here, references followed',
      ),
    ),
  ),
});
export type DecisionRecord = v.InferOutput<typeof recordSchema>;
