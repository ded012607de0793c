/**
 * From flagd's definition of a flag (https://flagd.dev/reference/flag-definitions) to ours: its JsonLogic as ordered rules. Pure.
 *
 * Only what decides for everyone alike is worked out (constants, lists of users, `fractional`); every other condition is one of
 * unknown size, and every result that is no name of a variant is unknown.
 */
import { oneLine } from '../../text.js';
import {
  type Audience,
  allOf,
  anyOf,
  type Definition,
  everyone,
  individuals,
  matching,
  nobody,
  percentOf,
  type Rule,
  type Serving,
  serve,
  unknownServing,
} from '../definition.js';
import { type Fractional, fractionalOf } from './fractional.js';

/** A flag in a flagd file, as far as it is read here. */
export interface FlagdFlag {
  readonly state: 'ENABLED' | 'DISABLED';
  readonly variants: Readonly<Record<string, unknown>>;
  readonly defaultVariant?: unknown;
  readonly targeting?: unknown;
}

export interface Mapped {
  readonly definition: Definition;
  readonly timeDependent: boolean;
}

/**
 * @param evaluators the file's `$evaluators`, in order
 * @param servedTo what an expression of targeting comes to for whom nothing but a `targetingKey` is known: the name of a variant,
 *   null for the default, undefined where it cannot be evaluated
 */
export function definitionOf(
  flag: FlagdFlag,
  evaluators: Readonly<Record<string, unknown>>,
  servedTo: (expression: unknown) => string | null | undefined,
): Mapped {
  const { state, variants, targeting } = flag;
  const defaultVariant =
    typeof flag.defaultVariant === 'string' && flag.defaultVariant !== '' ? flag.defaultVariant : null;
  const logic = new Logic(variants, defaultVariant, Object.entries(evaluators), servedTo);
  const { rules, otherwise } = !hasRules(targeting)
    ? only(serve(defaultVariant))
    : // Implementations differ in what they make of anything else.
      typeof targeting === 'object'
      ? logic.result({ expression: targeting, from: 0 })
      : only(unknownServing);
  const values = Object.entries(variants).map(([name, value]) => ({ name, value }));
  return {
    definition: {
      enabled: state === 'ENABLED',
      kind: values.length > 0 && values.every(({ value }) => typeof value === 'boolean') ? 'boolean' : 'multivariate',
      variants: values,
      rules,
      otherwise,
      off: serve(null),
    },
    timeDependent: /"\$flagd(?:\.timestamp)?"/.test(logic.text({ expression: targeting ?? null, from: 0 })),
  };
}

/** Without rules the default variant is served, whoever asks. */
export const hasRules = (targeting: unknown): boolean =>
  targeting !== undefined &&
  targeting !== null &&
  !(typeof targeting === 'object' && Object.keys(targeting).length === 0);

/** An expression; references in it are to evaluators from `from` on, since flagd puts them in once, in their order. */
interface Expression {
  readonly expression: unknown;
  readonly from: number;
}

interface Outcome {
  readonly rules: readonly Rule[];
  readonly otherwise: Serving;
}

const only = (otherwise: Serving): Outcome => ({ rules: [], otherwise });

/** Operators whose result is true or false, whatever they are given. */
const booleans: ReadonlySet<string> = new Set(['==', '===', '!=', '!==', '>', '>=', '<', '<=', '!', '!!', 'in']);
/** The same, but nothing where what they are given is of another type. */
const ofTexts: ReadonlySet<string> = new Set(['starts_with', 'ends_with', 'sem_ver']);

const truthy = (constant: unknown): boolean => (Array.isArray(constant) ? constant.length > 0 : Boolean(constant));

class Logic {
  readonly #variants: Readonly<Record<string, unknown>>;
  readonly #otherwise: Serving;
  readonly #evaluators: readonly (readonly [string, unknown])[];
  readonly #servedTo: (expression: unknown) => string | null | undefined;

  constructor(
    variants: Readonly<Record<string, unknown>>,
    defaultVariant: string | null,
    evaluators: readonly (readonly [string, unknown])[],
    servedTo: (expression: unknown) => string | null | undefined,
  ) {
    this.#variants = variants;
    this.#otherwise = serve(defaultVariant);
    this.#evaluators = evaluators;
    this.#servedTo = servedTo;
  }

  /** Operator and arguments; undefined: it is no operation. */
  #operation({ expression, from }: Expression): { name: string; given: unknown; from: number } | undefined {
    if (typeof expression !== 'object' || expression === null || Array.isArray(expression)) return undefined;
    const [entry, ...more] = Object.entries(expression as Record<string, unknown>);
    return entry === undefined || more.length > 0 ? undefined : { name: entry[0], given: entry[1], from };
  }

  /** What a reference stands for. */
  #referred({ expression, from }: Expression): (Expression & { readonly name: string }) | undefined {
    const operation = this.#operation({ expression, from });
    if (operation?.name !== '$ref' || typeof operation.given !== 'string') return undefined;
    const index = this.#evaluators.findIndex(([name], i) => i >= from && name === operation.given);
    const found = this.#evaluators[index];
    return found && { name: found[0], expression: found[1], from: index + 1 };
  }

  /** With its references put in, as far as flagd puts them in. */
  #whole({ expression, from }: Expression): unknown {
    const referred = this.#referred({ expression, from });
    if (referred) return this.#whole(referred);
    if (Array.isArray(expression)) return expression.map((part: unknown) => this.#whole({ expression: part, from }));
    if (typeof expression !== 'object' || expression === null) return expression;
    return Object.fromEntries(
      Object.entries(expression).map(([key, part]) => [key, this.#whole({ expression: part as unknown, from })]),
    );
  }

  text(expression: Expression): string {
    return JSON.stringify(this.#whole(expression));
  }

  /** The name of a variant, as a result; nothing and `null` leave it to the default. */
  #named(result: unknown): Serving {
    if (result === null || result === undefined) return this.#otherwise;
    if (typeof result !== 'string' && typeof result !== 'number' && typeof result !== 'boolean') return unknownServing;
    const name = String(result);
    return Object.hasOwn(this.#variants, name) ? serve(name) : unknownServing;
  }

  /** Whom an expression serves what, when its result is the name of a variant. */
  result(at: Expression): Outcome {
    const referred = this.#referred(at);
    if (referred) return this.result(referred);
    const operation = this.#operation(at);
    if (!operation) return only(this.#named(at.expression));
    const { name, given, from } = operation;
    if ((name === 'if' || name === '?:') && Array.isArray(given)) return this.#chain(given, from);
    if (name === 'fractional') return this.#fractional(at);
    if (booleans.has(name) || ofTexts.has(name)) {
      const what = this.#words(at);
      const neither: Rule[] = ofTexts.has(name)
        ? [{ who: matching(`${what} cannot be told`), serves: this.#otherwise }]
        : [];
      return {
        rules: [...neither, { who: this.audience(at), serves: this.#named(true) }],
        otherwise: this.#named(false),
      };
    }
    return only(unknownServing);
  }

  #chain(given: readonly unknown[], from: number): Outcome {
    const rules: Rule[] = [];
    let i = 0;
    for (; i + 1 < given.length; i += 2) {
      const who = this.audience({ expression: given[i], from });
      const then = this.result({ expression: given[i + 1], from });
      rules.push(...then.rules.map((rule) => ({ who: within(who, rule.who), serves: rule.serves })));
      rules.push({ who, serves: then.otherwise });
    }
    const last = this.result({ expression: i < given.length ? given[i] : null, from });
    return { rules: [...rules, ...last.rules], otherwise: last.otherwise };
  }

  /** Weights are parts of their sum (https://flagd.dev/reference/custom-operations/fractional-operation). */
  #fractional(at: Expression): Outcome {
    const parts = this.#parts(at);
    if (!parts) return only(unknownServing);
    const { buckets, total, seed, attributes } = parts;
    // Not hashed by anything of a user: the same for all.
    if (seed !== undefined && attributes.length === 0) return only(this.#evaluated(at));
    const shares = buckets.flatMap(({ variant, weight }) =>
      this.#named(variant).map((share) => ({ variant: share.variant, percent: (100 * weight) / total })),
    );
    if (attributes.includes('targetingKey')) return only(shares);
    // Who lacks the attribute is hashed like all others that lack it, or gets the default.
    const who = matching(`without ${attributes.map((name) => `\`${oneLine(name, 60)}\``).join(' or ')}`);
    const serves = attributes.length === 1 ? this.#evaluated(at) : unknownServing;
    return { rules: [{ who, serves }], otherwise: shares };
  }

  #evaluated(at: Expression): Serving {
    const served = this.#servedTo(this.#whole(at));
    return served === undefined ? unknownServing : this.#named(served);
  }

  #parts(at: Expression): Fractional | undefined {
    return fractionalOf(this.#operation({ ...at, expression: this.#whole(at) })?.given);
  }

  /** Those for whom a condition holds. */
  audience(at: Expression): Audience {
    const referred = this.#referred(at);
    if (referred) return named(this.audience(referred), referred.name);
    const { expression } = at;
    const operation = this.#operation(at);
    if (!operation) {
      const constant = typeof expression !== 'object' || expression === null || Array.isArray(expression);
      if (!constant) return matching(this.#words(at));
      return truthy(expression) ? everyone : nobody;
    }
    const { name, given, from } = operation;
    const all = (Array.isArray(given) ? given : [given]) as unknown[];
    const parts = (): Audience[] => all.map((part) => this.audience({ expression: part, from }));
    const [first, second] = all;
    switch (name) {
      case 'and':
        return all.length === 0 ? matching(this.#words(at)) : allOf(...parts());
      case 'or':
        return all.length === 0 ? matching(this.#words(at)) : anyOf(...parts());
      case '!':
        return all.length === 1
          ? { is: 'not', part: this.audience({ expression: first, from }) }
          : matching('a condition');
      case '!!':
        return all.length === 1 ? this.audience({ expression: first, from }) : matching('a condition');
      case 'in':
        return this.#isKey(first) && isTexts(second) ? listed(second.length) : matching(this.#words(at));
      case '==':
      case '===':
        return (this.#isKey(first) && typeof second === 'string') || (this.#isKey(second) && typeof first === 'string')
          ? individuals(1)
          : matching(this.#words(at));
      case 'fractional':
        return this.#hashed(at) ?? matching(this.#words(at));
      default:
        return matching(this.#words(at));
    }
  }

  /** `fractional` as a condition: the users below the share of its first buckets, where those and no others hold. */
  #hashed(at: Expression): Audience | undefined {
    const parts = this.#parts(at);
    if (!parts?.attributes.includes('targetingKey')) return undefined;
    const { buckets, total, seed } = parts;
    if (buckets.some(({ variant }) => typeof variant === 'object' && variant !== null)) return undefined;
    const holds = buckets.map(({ variant }) => truthy(variant));
    const weight = buckets.reduce((sum, bucket, i) => (holds[i] ? sum + bucket.weight : sum), 0);
    const first = holds.indexOf(false);
    const isFirst = first < 0 || !holds.slice(first).includes(true);
    return percentOf((100 * weight) / total, isFirst ? (seed ?? 'targetingKey') : undefined);
  }

  #isKey(expression: unknown): boolean {
    const operation = this.#operation({ expression, from: 0 });
    const given =
      Array.isArray(operation?.given) && operation.given.length === 1
        ? (operation.given[0] as unknown)
        : operation?.given;
    return operation?.name === 'var' && given === 'targetingKey';
  }

  #words(at: Expression): string {
    return oneLine(JSON.stringify(at.expression), 80);
  }
}

const isTexts = (x: unknown): x is readonly string[] => Array.isArray(x) && x.every((y) => typeof y === 'string');
const listed = (count: number): Audience => (count === 0 ? nobody : individuals(count));

const within = (who: Audience, part: Audience): Audience => (who.is === 'everyone' ? part : allOf(who, part));

/** A shared evaluator is the nearest that flagd has to a segment. */
function named(audience: Audience, name: string): Audience {
  switch (audience.is) {
    case 'matching':
      return matching(audience.what, name);
    case 'not':
      return { is: 'not', part: named(audience.part, name) };
    case 'any-of':
    case 'all-of':
      return { is: audience.is, parts: audience.parts.map((part) => named(part, name)) };
    default:
      return audience;
  }
}
