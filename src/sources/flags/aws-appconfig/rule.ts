/**
 * Rules of variants: expressions in brackets with the operator first
 * (https://docs.aws.amazon.com/appconfig/latest/userguide/appconfig-creating-multi-variant-feature-flags-rules-operators.html). Pure.
 */
import { oneLine } from '../../text.js';
import { type Audience, allOf, anyOf, everyone, matching, nobody, percentOf } from '../definition.js';

/** `(split pct::20 by::$user seed::"x")`. */
export interface Split {
  readonly percent: number;
  /** The context value that is hashed, without `$`. */
  readonly by: string;
  /** Splits with the same put the same users below the same percentage. */
  readonly hash: string;
}

type Expression = string | readonly Expression[];

/** The rule is a split and nothing more. */
export function splitOf(rule: string): Split | undefined {
  const expression = parse(rule);
  return expression === undefined ? undefined : asSplit(expression);
}

/** Those for whom a rule holds; what is not understood is a condition. */
export function audienceOf(rule: string): Audience {
  const expression = parse(rule);
  return expression === undefined ? condition(rule) : audience(expression, rule);
}

const condition = (rule: string): Audience => matching(oneLine(rule, 80));

function audience(expression: Expression, rule: string): Audience {
  if (expression === 'true') return everyone;
  if (expression === 'false') return nobody;
  if (typeof expression === 'string') return condition(rule);
  const [operator, ...given] = expression;
  const parts = (): Audience[] => given.map((part) => audience(part, rule));
  if (operator === 'and' && given.length > 0) return allOf(...parts());
  if (operator === 'or' && given.length > 0) return anyOf(...parts());
  const [only] = given;
  if (operator === 'not' && only !== undefined && given.length === 1) return { is: 'not', part: audience(only, rule) };
  const split = asSplit(expression);
  // Without the context value it does not hold.
  return split ? allOf(percentOf(split.percent, split.hash), matching(`with $${split.by}`)) : condition(rule);
}

function asSplit(expression: Expression): Split | undefined {
  if (typeof expression === 'string' || expression[0] !== 'split') return undefined;
  const named = new Map<string, string>();
  for (const part of expression.slice(1)) {
    const [, name, value] = typeof part === 'string' ? (/^(\w+)::(.*)$/s.exec(part) ?? []) : [];
    if (name === undefined || value === undefined || named.has(name)) return undefined;
    named.set(name, value);
  }
  const [, by] = /^\$([\w.-]+)$/.exec(named.get('by') ?? '') ?? [];
  const pct = named.get('pct') ?? '';
  const percent = /^\d+(?:\.\d+)?$/.test(pct) ? Number(pct) : Number.NaN;
  if (by === undefined || !(percent <= 100)) return undefined;
  if ([...named.keys()].some((name) => !['by', 'pct', 'seed'].includes(name))) return undefined;
  return { percent, by, hash: `${by}\n${named.get('seed') ?? ''}` };
}

const token = /\s*(?:([()])|((?:\w+::)?"(?:[^"\\]|\\.)*")|((?:[^\s()"]|"(?:[^"\\]|\\.)*")+))/gsy;
const deepest = 100;

/** @returns undefined where it is no single expression */
function parse(rule: string): Expression | undefined {
  const stack: Expression[][] = [[]];
  token.lastIndex = 0;
  const text = rule.trim();
  while (token.lastIndex < text.length) {
    const found = token.exec(text);
    if (!found) return undefined;
    const [, bracket, quoted, atom] = found;
    if (bracket === '(') {
      if (stack.length > deepest) return undefined;
      stack.push([]);
    } else if (bracket === ')') {
      const done = stack.pop();
      const holder = stack.at(-1);
      if (!done || !holder) return undefined;
      holder.push(done);
    } else {
      stack.at(-1)?.push(quoted ?? atom ?? '');
    }
  }
  const [[only, ...more] = [], ...open] = stack;
  return open.length > 0 || more.length > 0 ? undefined : only;
}
