/**
 * Expressions in CEL (Common Expression Language, https://github.com/google/cel-spec) over what a server answered. The policy's author
 * wrote the expression, the server the text that it reads: so it may neither run for long nor turn what is missing into a value.
 */
import vm from 'node:vm';
import type { ASTNode, Environment } from '@marcbachmann/cel-js';
import { NotMeasured } from './source.js';
import { oneLine } from './text.js';

/** Types of the variables, in CEL's own names: `int`, `dyn`, `map<string, string>`, `google.protobuf.Timestamp`. */
export type Variables = Readonly<Record<string, string>>;

/** A value, or in words why there is none. */
export type Outcome = { readonly value: unknown } | { readonly missing: string };

export interface Expression {
  /** The outside variables that it reads. */
  readonly reads: ReadonlySet<string>;
  /** What it gives as far as that can be told, in CEL's names; `dyn` when it depends on the answer. */
  readonly type: string;
  /**
   * CEL's int is a bigint, its double a number, its timestamp a Date. A key that is not there, an index beyond the end and null are
   * no value, and neither is a statement about the elements of an empty list: `all` of nothing is true.
   *
   * @throws {NotMeasured} `query-failed` when it cannot be evaluated or takes too long
   */
  evaluate(values: Readonly<Record<string, unknown>>): Outcome;
}

/** The expression is the author's, so this is a matter of minutes, not of safety; the text that it runs over is anybody's. */
const limitMs = 1000;
const limits = { maxAstNodes: 2000, maxDepth: 60, maxListElements: 200, maxMapEntries: 200 };

/**
 * @throws {NotMeasured} `bad-query`, permanent, with line and column, when the expression does not parse or cannot fit the variables
 */
export async function compile(text: string, variables: Variables): Promise<Expression> {
  const { Environment, Optional, serialize } = await import('@marcbachmann/cel-js');
  const environment = new Environment({ limits, enableOptionalTypes: true, homogeneousAggregateLiterals: false });
  for (const [name, type] of Object.entries(variables)) environment.registerVariable(name, type);
  const parsed = parse(environment, text);
  const { valid, type = 'dyn', error } = parsed.check();
  if (!valid) throw wrong(text, error);
  const facts = readTree(parsed.ast, serialize);
  const empty = facts.lists
    .filter((list) => !facts.sized.has(list.text))
    .map((list) => ({ text: list.text, holds: environment.parse(list.isEmpty) }));
  return {
    reads: new Set([...facts.free].filter((name) => Object.hasOwn(variables, name))),
    type,
    evaluate: (values) =>
      within(text, () => {
        const vacuous = empty.find(({ holds }) => isTrue(holds, values));
        if (vacuous) {
          return {
            missing: `\`${vacuous.text}\` is empty, so nothing can be said of its elements (if an empty list is an answer, name \`size(${vacuous.text})\` in the expression)`,
          };
        }
        const given: unknown = parsed(values);
        const value = given instanceof Optional ? (given.hasValue() ? given.value() : null) : given;
        return value === null || value === undefined ? { missing: `\`${oneLine(text, 120)}\` gave null` } : { value };
      }),
  };
}

function parse(environment: Environment, text: string) {
  try {
    return environment.parse(text);
  } catch (error) {
    throw wrong(text, error);
  }
}

interface CelError {
  readonly summary: string;
  readonly code?: string;
  readonly range?: { readonly start: number };
}

const isCelError = (x: unknown): x is CelError => typeof x === 'object' && x !== null && 'summary' in x;

function wrong(text: string, error: unknown): NotMeasured {
  if (!isCelError(error)) throw error;
  const before = text.slice(0, error.range?.start ?? 0).split('\n');
  const place = `line ${before.length}, column ${(before.at(-1) ?? '').length + 1}`;
  const message = `the expression \`${oneLine(text, 120)}\` is wrong at ${place}: ${oneLine(error.summary, 160)}${hint(error)}`;
  return new NotMeasured('bad-query', message, { permanent: true });
}

/** What JSON calls a number is a double, and CEL never mixes the two. */
const hint = ({ summary }: CelError): string =>
  /\bdouble\b.*\bint\b|\bint\b.*\bdouble\b/.test(summary)
    ? ' (numbers of JSON are doubles: write 100.0 for 100, or double(…))'
    : '';

const nothing: ReadonlySet<string> = new Set(['no_such_key', 'index_out_of_bounds']);

/** Runs it, but not for long: a pattern or a nested macro over a hostile text could take hours. */
function within(text: string, run: () => Outcome): Outcome {
  try {
    return vm.runInNewContext('run()', { run }, { timeout: limitMs }) as Outcome;
  } catch (error) {
    const named = `\`${oneLine(text, 120)}\``;
    if ((error as NodeJS.ErrnoException).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') {
      throw new NotMeasured('query-failed', `the expression ${named} took more than ${limitMs / 1000} s`);
    }
    if (!isCelError(error)) throw error;
    const said = oneLine(error.summary, 160);
    if (nothing.has(error.code ?? '')) return { missing: `${named} found nothing: ${said}` };
    throw new NotMeasured('query-failed', `the expression ${named} cannot be evaluated: ${said}${hint(error)}`);
  }
}

/** An error is not for this question to tell; the expression itself will meet it, or goes another way. */
function isTrue(
  holds: (values: Record<string, unknown>) => unknown,
  values: Readonly<Record<string, unknown>>,
): boolean {
  try {
    return holds({ ...values }) === true;
  } catch (error) {
    if (isCelError(error)) return false;
    throw error;
  }
}

interface Tree {
  /** Names that no macro binds. */
  readonly free: ReadonlySet<string>;
  /** The lists whose elements the expression speaks of, and an expression that tells whether one is empty. */
  readonly lists: readonly { readonly text: string; readonly isEmpty: string }[];
  /** The lists whose size the expression names: whoever asks for the size has thought of 0. */
  readonly sized: ReadonlySet<string>;
}

const overElements: ReadonlySet<string> = new Set(['all', 'exists', 'exists_one', 'filter', 'map']);

/** A name that a macro binds, and the same binding around another expression. */
interface Scope {
  readonly name: string;
  readonly around: (inner: string) => string;
}

function readTree(root: ASTNode, serialize: (node: ASTNode) => string): Tree {
  const free = new Set<string>();
  const lists: { text: string; isEmpty: string }[] = [];
  const sized = new Set<string>();

  const visit = (node: ASTNode, scopes: readonly Scope[]): void => {
    if (node.op === 'id') {
      if (!scopes.some((s) => s.name === node.args)) free.add(node.args);
      return;
    }
    if (node.op === 'call' && node.args[0] === 'size') for (const arg of node.args[1]) sized.add(serialize(arg));
    if (node.op !== 'rcall') {
      for (const child of childrenOf(node.args)) visit(child, scopes);
      return;
    }
    const [method, receiver, args] = node.args;
    visit(receiver, scopes);
    if (method === 'size') sized.add(serialize(receiver));
    const [first, ...rest] = args;
    if (first?.op === 'id' && overElements.has(method)) {
      const text = serialize(source(receiver));
      lists.push({ text, isEmpty: nested(`size(${text}) == 0`, scopes) });
      const of = serialize(receiver);
      const scope = { name: first.args, around: (inner: string) => `${of}.exists(${first.args}, ${inner})` };
      for (const arg of rest) visit(arg, [...scopes, scope]);
    } else if (first?.op === 'id' && method === 'bind') {
      const [value, body] = rest;
      if (value === undefined || body === undefined) return;
      visit(value, scopes);
      const of = serialize(value);
      visit(body, [...scopes, { name: first.args, around: (inner) => `cel.bind(${first.args}, ${of}, ${inner})` }]);
    } else for (const arg of args) visit(arg, scopes);
  };
  visit(root, []);
  return { free, lists, sized };
}

/** The list itself: what is left of `x.filter(…).map(…)` may be empty, `x` may not. */
function source(node: ASTNode): ASTNode {
  if (node.op !== 'rcall') return node;
  const [method, receiver] = node.args;
  return method === 'filter' || method === 'map' ? source(receiver) : node;
}

/** The same for a list inside the elements of others: whether there is one that is empty. */
const nested = (isEmpty: string, scopes: readonly Scope[]): string =>
  scopes.reduceRight((inner, { around }) => around(inner), isEmpty);

function childrenOf(args: unknown): ASTNode[] {
  if (Array.isArray(args)) return args.flatMap(childrenOf);
  return typeof args === 'object' && args !== null && 'op' in args ? [args as ASTNode] : [];
}
