/** An answer of an address of the policy's author, read by the policy's expressions. */
import type { HttpResponse } from '../net/http.js';
import { parseJson } from '../net/json.js';
import { compile, type Expression, type Variables } from './cel.js';
import { NotMeasured } from './source.js';
import { oneLine } from './text.js';

/** What the expressions can read. */
export const answerVariables: Variables = {
  status: 'int',
  body: 'dyn',
  headers: 'map<string, string>',
  now: 'google.protobuf.Timestamp',
};

/** The expressions of a source, each compiled once. */
export class Expressions {
  readonly #compiled = new Map<string, Promise<Expression>>();

  /** @throws {NotMeasured} see `compile` */
  of(text: string): Promise<Expression> {
    const known = this.#compiled.get(text) ?? compile(text, answerVariables);
    this.#compiled.set(text, known);
    return known;
  }
}

/** One answer, and what the policy's expressions make of it. */
export class Answer {
  readonly response: HttpResponse;
  readonly #expressions: Expressions;
  readonly #origin: string;
  readonly #values: Readonly<Record<string, unknown>>;

  /**
   * @param origin who answered
   * @param now milliseconds since the epoch
   */
  constructor(expressions: Expressions, response: HttpResponse, origin: string, now: number) {
    this.response = response;
    this.#expressions = expressions;
    this.#origin = origin;
    const headers = Object.fromEntries(Object.entries(response.headers).filter(([, value]) => value !== undefined));
    this.#values = { status: BigInt(response.status), body: jsonOf(response), headers, now: new Date(now) };
  }

  /** @throws {NotMeasured} `bad-answer` where the expression gives nothing, or something of another kind */
  async read<T>(field: string, text: string, accept: (value: unknown) => T | undefined, expected: string): Promise<T> {
    const expression = await this.#expressions.of(text);
    if (expression.reads.has('body') && this.#values.body === undefined) {
      // Says why the body is none.
      parseJson(this.response, this.#origin);
    }
    const outcome = expression.evaluate({ ...this.#values, body: this.#values.body ?? null });
    if ('missing' in outcome) throw new NotMeasured('bad-answer', `\`${field}\`: ${outcome.missing}`);
    const value = accept(outcome.value);
    if (value !== undefined) return value;
    const message = `\`${field}\`: \`${oneLine(text, 120)}\` gave ${kindOf(outcome.value)}, expected ${expected}`;
    throw new NotMeasured('bad-answer', message);
  }
}

function jsonOf({ text }: HttpResponse): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const kindOf = (value: unknown): string =>
  typeof value === 'bigint' ? 'a whole number' : Array.isArray(value) ? 'a list' : `a ${typeof value}`;

export const truth = (value: unknown): boolean | undefined => (typeof value === 'boolean' ? value : undefined);

export const text = (value: unknown): string | undefined =>
  typeof value === 'string'
    ? value
    : typeof value === 'number' || typeof value === 'bigint'
      ? String(value)
      : undefined;

export function numberBetween(least: number, most: number): (value: unknown) => number | undefined {
  return (value) => {
    const number = typeof value === 'bigint' ? Number(value) : value;
    return typeof number === 'number' && number >= least && number <= most ? number : undefined;
  };
}
