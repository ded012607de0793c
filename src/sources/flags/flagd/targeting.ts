/**
 * From a flag of flagd to a definition: who gets which variant, by its targeting (https://flagd.dev/reference/flag-definitions/). Only what
 * is plain is understood: a variant, `if` in a chain, `fractional` with fixed weights. Everything else may serve anything. Pure.
 */
import { type Definition, everyone, matching, type Rule, type Serving, serve, unknownServing } from '../definition.js';

/** A flag as the file has it, checked as far as it is used. */
export interface FlagdFlag {
  readonly state: 'ENABLED' | 'DISABLED';
  readonly variants: Readonly<Record<string, unknown>>;
  readonly defaultVariant?: unknown;
  readonly targeting?: unknown;
}

/** Without rules the default variant is served, whoever asks. */
export const hasRules = (targeting: unknown): boolean =>
  targeting !== undefined &&
  targeting !== null &&
  !(typeof targeting === 'object' && Object.keys(targeting).length === 0);

/** How deep `$ref` may lead to others. */
const deepest = 20;

/** @param evaluators shared rules of the file, by name: `$evaluators` */
export function definitionOf(flag: FlagdFlag, evaluators: Readonly<Record<string, unknown>>): Definition {
  const names = Object.keys(flag.variants);
  const byDefault: Serving =
    typeof flag.defaultVariant === 'string' ? variantServing(flag.defaultVariant) : serve(null);
  const rules: Rule[] = hasRules(flag.targeting) ? rulesOf(resolve(flag.targeting, evaluators, deepest)) : [];
  return {
    enabled: flag.state === 'ENABLED',
    kind:
      names.length > 0 && Object.values(flag.variants).every((x) => typeof x === 'boolean')
        ? 'boolean'
        : 'multivariate',
    variants: Object.entries(flag.variants).map(([name, value]) => ({ name, value })),
    rules,
    otherwise: byDefault,
    // Nobody is served anything: every caller falls back to its own default.
    off: serve(null),
  };

  function variantServing(name: string): Serving {
    return Object.hasOwn(flag.variants, name) ? serve(name) : unknownServing;
  }

  function rulesOf(expression: unknown): Rule[] {
    const { if: chain } = operation(expression);
    if (!Array.isArray(chain)) return [{ who: everyone, serves: servingOf(expression) }];
    const parts: readonly unknown[] = chain;
    const rules: Rule[] = [];
    for (let i = 0; i + 1 < parts.length; i += 2) {
      const words = Object.keys(operation(parts[i]))[0] ?? 'a condition';
      rules.push({ who: matching(words), serves: servingOf(parts[i + 1]) });
    }
    // Without an `else` nothing is chosen, which is the default.
    rules.push({ who: everyone, serves: parts.length % 2 === 1 ? servingOf(parts.at(-1)) : byDefault });
    return rules;
  }

  function servingOf(expression: unknown): Serving {
    if (expression === null) return byDefault;
    if (typeof expression === 'string') return variantServing(expression);
    if (typeof expression === 'boolean') return variantServing(String(expression));
    const { fractional } = operation(expression);
    return Array.isArray(fractional) ? shares(fractional) : unknownServing;
  }

  /** `[bucket by?, [variant, weight]…]`; without a weight it is 1. */
  function shares(parts: readonly unknown[]): Serving {
    const pairs = parts.filter((part, i) => i > 0 || isPair(part));
    const weights = pairs.map((pair) => (isPair(pair) ? weightOf(pair) : Number.NaN));
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    if (pairs.length === 0 || !(total > 0) || weights.some((weight) => !(weight >= 0))) return unknownServing;
    return pairs.flatMap((pair, i): Serving => {
      const percent = (100 * (weights[i] ?? 0)) / total;
      const name = isPair(pair) ? pair[0] : '';
      return Object.hasOwn(flag.variants, name) ? [{ variant: name, percent }] : [];
    });
  }
}

const isPair = (part: unknown): part is readonly [string, unknown?] =>
  Array.isArray(part) && typeof part[0] === 'string' && part.length <= 2;

const weightOf = ([, weight]: readonly [string, unknown?]): number =>
  weight === undefined ? 1 : typeof weight === 'number' ? weight : Number.NaN;

/** An object with one key, as JsonLogic writes operations; nothing for anything else. */
function operation(expression: unknown): Readonly<Record<string, unknown>> {
  if (typeof expression !== 'object' || expression === null || Array.isArray(expression)) return {};
  return Object.keys(expression).length === 1 ? (expression as Readonly<Record<string, unknown>>) : {};
}

/** Puts shared rules in the place of `{"$ref": name}`, at the top and as the values of an `if`: where they choose a variant. */
function resolve(expression: unknown, evaluators: Readonly<Record<string, unknown>>, left: number): unknown {
  const { $ref, if: chain } = operation(expression);
  if (typeof $ref === 'string') {
    if (left === 0 || !Object.hasOwn(evaluators, $ref)) return { unknown: [] };
    return resolve(evaluators[$ref], evaluators, left - 1);
  }
  if (!Array.isArray(chain)) return expression;
  return {
    if: chain.map((part: unknown, i) =>
      i % 2 === 1 || i === chain.length - 1 ? resolve(part, evaluators, left - 1) : part,
    ),
  };
}
