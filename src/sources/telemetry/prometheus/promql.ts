/**
 * What a PromQL query looks at. `rate(x[5m])` goes on answering for minutes after the last target of `x` is gone, so the raw
 * series behind a query are asked for beside it.
 */
import type { Parser, SyntaxNode } from '@lezer/common';

/** An instant vector selector of a query, its range taken off: `a{b="c"}` for `rate(a{b="c"}[5m])`. */
export interface Selector {
  /** As it stands in the query. */
  readonly text: string;
  /** One entry for each matcher, the name of the metric included. */
  readonly matchers: ReadonlySet<string>;
}

/**
 * The selectors of a query, each once. Those that look at another time (`offset`, `@`, also of a subquery around them) are left
 * out, since they say nothing about now.
 *
 * @param parser of `@prometheus-io/lezer-promql`, which is loaded only where a query is asked
 * @returns undefined when the query does not parse
 */
export function selectorsOf(query: string, parser: Parser): readonly Selector[] | undefined {
  const found: SyntaxNode[] = [];
  const elsewhere: SyntaxNode[] = [];
  let valid = true;
  parser.parse(query).iterate({
    enter({ type, name, node }) {
      if (type.isError) valid = false;
      if (name === 'VectorSelector') found.push(node);
      if (name === 'OffsetExpr' || name === 'StepInvariantExpr') elsewhere.push(boundBy(node));
    },
  });
  if (!valid) return undefined;
  const now = found.filter((node) => !elsewhere.some(({ from, to }) => from <= node.from && node.to <= to));
  const selectors = now.map((node) => selectorOf(node, query));
  return [...new Map(selectors.map((selector) => [[...selector.matchers].sort().join('\n'), selector])).values()];
}

/**
 * What an `offset`, an `@` or the range of a subquery belongs to. In PromQL they bind tighter than any operator; the grammar hangs
 * them on the whole expression before them, so in `a / b offset 1h` it is the last operand.
 */
function boundBy(node: SyntaxNode): SyntaxNode {
  const inner = /^(?:OffsetExpr|StepInvariantExpr|SubqueryExpr)$/.test(node.name) ? node.firstChild : undefined;
  const last = /^(?:BinaryExpr|UnaryExpr)$/.test(node.name) ? node.lastChild : undefined;
  const next = inner ?? last;
  return next ? boundBy(next) : node;
}

function selectorOf(node: SyntaxNode, query: string): Selector {
  const matchers = new Set<string>();
  node.cursor().iterate(({ name, from, to }) => {
    const text = query.slice(from, to);
    if (name === 'Identifier' || name === 'QuotedLabelName')
      matchers.add(`__name__=${name === 'Identifier' ? `"${text}"` : text}`);
    if (name.endsWith('LabelMatcher')) matchers.add(text.replace(/\s*(=~|!~|!=|=)\s*/, '$1'));
    return name === 'VectorSelector' || name === 'LabelMatchers';
  });
  return { text: query.slice(node.from, node.to), matchers };
}

/** Whether every series of `narrow` is one of `wide` too, by the letters of their matchers alone. */
export const covers = (wide: Selector, narrow: Selector): boolean =>
  wide.matchers.size < narrow.matchers.size && [...wide.matchers].every((matcher) => narrow.matchers.has(matcher));

/** What is known of the raw series of one selector. */
export interface Liveness {
  readonly selector: Selector;
  /** Series with a sample that is not stale. */
  readonly live: number;
  /** Series that had a sample at any time in the window. */
  readonly recent: number;
  /** Time of the newest sample of the live ones, milliseconds since the epoch. */
  readonly newest: number | undefined;
}

const label = 'signalbox';

/** One query whose answer tells `Liveness` of all the selectors. `rangeSeconds`: length of the window. */
export function livenessQuery(selectors: readonly Selector[], rangeSeconds: number): string {
  const tagged = (expression: string, tag: string) => `label_replace(${expression}, "${label}", "${tag}", "", "")`;
  return selectors
    .flatMap(({ text }, i) => [
      tagged(`count(${text})`, `live ${i}`),
      tagged(`count(present_over_time(${text}[${rangeSeconds}s]))`, `recent ${i}`),
      tagged(`max(timestamp(${text}))`, `newest ${i}`),
    ])
    .join(' or ');
}

/** Reads the answer to `livenessQuery`; what is not there is 0, or unknown. */
export function readLiveness(
  selectors: readonly Selector[],
  answer: readonly { readonly labels: Readonly<Record<string, string>>; readonly value: unknown }[],
): readonly Liveness[] {
  const values = new Map(answer.map(({ labels, value }) => [labels[label], value]));
  const number = (tag: string): number | undefined => {
    const value = values.get(tag);
    return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
  };
  return selectors.map((selector, i) => {
    const newest = number(`newest ${i}`);
    return {
      selector,
      live: number(`live ${i}`) ?? 0,
      recent: number(`recent ${i}`) ?? 0,
      newest: newest === undefined ? undefined : newest * 1000,
    };
  });
}

/** What the raw series behind a query prove. */
export interface Proven {
  /** Live raw series, none counted for two selectors of which one covers the other. */
  readonly live: number;
  /** Newest sample of the selector that is furthest behind, milliseconds since the epoch; undefined: none is live. */
  readonly newest: number | undefined;
  /** Selectors that fell silent in the window, though nothing wider is alive: their last samples still feed the query. */
  readonly silent: readonly Selector[];
  /** Other selectors without a series, as is right before the first failure. */
  readonly absent: readonly Selector[];
}

/**
 * Weighs the selectors of one query against each other. A query is as fresh as its stalest part; but a selector without series
 * is no fault by itself: before the first failure, or after a restart, `x{code=~"5.."}` has none while `x` is alive.
 */
export function weigh(behind: readonly Liveness[]): Proven {
  const alive = behind.filter((s) => s.live > 0);
  const wider = (s: Liveness): boolean => alive.some((other) => covers(other.selector, s.selector));
  const silent = behind.filter((s) => s.live === 0 && s.recent > 0 && !wider(s));
  const absent = behind.filter((s) => s.live === 0 && !silent.includes(s));
  const times = alive.map((s) => s.newest);
  // A live selector without a time would be an answer that contradicts itself.
  const newest = times.every((time) => time !== undefined) && times.length > 0 ? Math.min(...times) : undefined;
  return {
    live: alive.filter((s) => !wider(s)).reduce((sum, s) => sum + s.live, 0),
    newest,
    silent: silent.map((s) => s.selector),
    absent: absent.map((s) => s.selector),
  };
}
