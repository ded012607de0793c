/**
 * As much of NRQL as is needed to set the window of a query and to ask for the events behind it
 * (https://docs.newrelic.com/docs/nrql/nrql-syntax-clauses-functions/).
 */
import { NotMeasured } from '../../source.js';

interface Token {
  readonly kind: 'word' | 'text' | 'other';
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** How many parentheses it stands in. */
  readonly depth: number;
}

const lexer =
  /(?<space>\s+)|(?<comment>--|\/\/|\/\*)|(?<text>'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"|`[^`]*`)|(?<word>[A-Za-z_][\w.]*)|(?<other>[\d.]+|[\s\S])/gy;

const bad = (message: string): NotMeasured => new NotMeasured('bad-query', message, { permanent: true });

function tokensOf(query: string): Token[] {
  let depth = 0;
  const tokens: Token[] = [];
  for (const { index, 0: text, groups } of query.matchAll(lexer)) {
    if (groups?.space !== undefined) continue;
    // What is put behind the query would be a part of the comment.
    if (groups?.comment !== undefined) throw bad('the query holds a comment, expected none');
    const kind = groups?.word === undefined ? (groups?.text === undefined ? 'other' : 'text') : 'word';
    if (text === ')') depth -= 1;
    if (depth < 0) throw bad('the query closes a parenthesis that is not open');
    tokens.push({ kind, text, start: index, end: index + text.length, depth });
    if (text === '(') depth += 1;
  }
  if (depth > 0) throw bad('the query leaves a parenthesis open');
  if (tokens.some(({ kind, text }) => kind === 'other' && /['"`]/.test(text)))
    throw bad('the query leaves a quote open');
  return tokens;
}

/** What a query may not say, and why. */
const refused: Readonly<Record<string, string>> = {
  SINCE: 'the gate sets the window',
  UNTIL: 'the gate sets the window',
  TIMESERIES: 'the gate judges one value, not a curve',
  COMPARE: 'the gate judges one window',
  LIMIT: 'series that are cut off could be those that matter, so all are asked for',
  OFFSET: 'series that are cut off could be those that matter, so all are asked for',
  SHOW: 'the gate judges numbers',
};

const clauses: ReadonlySet<string> = new Set([
  'SELECT',
  'FROM',
  'WHERE',
  'FACET',
  'ORDER',
  'WITH',
  'EXTRAPOLATE',
  'JOIN',
  'SLIDE',
  'PREDICT',
]);

export interface Nrql {
  /** The query over a window, in milliseconds since the epoch. */
  over(window: { readonly from: number; readonly to: number }): string;
  /** The query for the number and the time of the events behind it, over a window; undefined: it cannot be told from the query. */
  readonly proof: ((window: { readonly from: number; readonly to: number }) => string) | undefined;
  /** What to do where there is no proof. */
  readonly cure: string;
  /** An event is one thing that happened, not a data point of a metric. */
  readonly countsEvents: boolean;
}

/** At most this many series; one more is asked for, to see whether there are more. */
export const maxSeries = 100;

/** @throws {NotMeasured} `bad-query` for what would look at another window, or not at all of it */
export function parseNrql(query: string): Nrql {
  const text = query.trim().replace(/\s*;$/, '');
  const tokens = tokensOf(text);
  for (const [i, { kind, text: word, depth }] of tokens.entries()) {
    const why = kind === 'word' ? refused[word.toUpperCase()] : undefined;
    if (why === undefined) continue;
    // An attribute may have such a name where it stands in a function, but a window anywhere is another window.
    if (depth > 0 && !/^(?:SINCE|UNTIL)$/i.test(word)) continue;
    if (word.toUpperCase() === 'COMPARE' && tokens[i + 1]?.text.toUpperCase() !== 'WITH') continue;
    throw bad(`the query holds \`${word.toUpperCase()}\`, expected none: ${why}`);
  }
  const parts = partsOf(text, tokens);
  if (parts.get('SELECT')?.length !== 1 || parts.get('FROM')?.length !== 1) {
    throw bad('expected an NRQL query with one SELECT and one FROM');
  }
  const limit = parts.has('FACET') ? ` LIMIT ${maxSeries + 1}` : '';
  const { proof, cure, countsEvents } = proofOf(parts);
  return {
    over: ({ from, to }) => `${text}${limit} SINCE ${from} UNTIL ${to}`,
    proof: proof === undefined ? undefined : ({ from, to }) => `${proof} SINCE ${from} UNTIL ${to}`,
    cure,
    countsEvents,
  };
}

/** The texts behind the keywords that stand in no parentheses. */
function partsOf(text: string, tokens: readonly Token[]): Map<string, string[]> {
  const heads = tokens.filter(
    ({ kind, depth, text: word }) => kind === 'word' && depth === 0 && clauses.has(word.toUpperCase()),
  );
  const parts = new Map<string, string[]>();
  for (const [i, head] of heads.entries()) {
    const name = head.text.toUpperCase();
    const body = text.slice(head.end, heads[i + 1]?.start ?? text.length).trim();
    parts.set(name, [...(parts.get(name) ?? []), body]);
  }
  return parts;
}

function proofOf(parts: ReadonlyMap<string, readonly string[]>): {
  proof: string | undefined;
  cure: string;
  countsEvents: boolean;
} {
  const [from = ''] = parts.get('FROM') ?? [];
  const where = parts.get('WHERE') ?? [];
  const metrics = from.split(',').some((type) => type.trim().replaceAll('`', '').toLowerCase() === 'metric');
  const none = (cure: string) => ({ proof: undefined, cure, countsEvents: false });
  if (
    !/^(?:[\w:.]+|`[^`]+`)(?:\s*,\s*(?:[\w:.]+|`[^`]+`))*$/.test(from) ||
    parts.has('JOIN') ||
    parts.has('WITH') ||
    where.length > 1
  ) {
    return none('write the query with plain event types behind FROM, and one WHERE');
  }
  // Other metrics of the same entity would prove this one to be alive.
  if (metrics && !/\bmetricName\b/.test(where[0] ?? '')) {
    return none("name the metric in WHERE as well: `metricName = '…'`");
  }
  const condition = where[0] === undefined ? '' : ` WHERE ${where[0]}`;
  const proof = `SELECT count(*) AS 'events', latest(timestamp) AS 'newest' FROM ${from}${condition}`;
  return { proof, cure: '', countsEvents: !metrics };
}
