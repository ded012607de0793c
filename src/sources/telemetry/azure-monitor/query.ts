/**
 * The language of metric queries: one metric, one aggregation, and what narrows it.
 *
 * ```
 * requests/duration average where cloud/roleName eq 'checkout' and operation/synthetic eq 'False'
 * requests/failed count by cloud/roleName beside requests/count
 * 'Percentage CPU' maximum per Microsoft.Compute/virtualMachines
 * ```
 */
import { NotMeasured } from '../../source.js';

export const aggregations = ['total', 'count', 'average', 'minimum', 'maximum'] as const;
export type Aggregation = (typeof aggregations)[number];

const operators = ['eq', 'ne', 'sw'] as const;

export interface Condition {
  readonly dimension: string;
  /** Equal, not equal, starts with. */
  readonly operator: (typeof operators)[number];
  readonly value: string;
}

export interface MetricQuery {
  readonly metric: string;
  readonly aggregation: Aggregation;
  readonly where: readonly Condition[];
  /** One series for each value of this dimension. */
  readonly by?: string;
  /** The metric that proves that the resource is alive while this one is zero. */
  readonly beside?: string;
  /** The metric's namespace. */
  readonly per?: string;
}

interface Word {
  readonly text: string;
  readonly quoted: boolean;
}

const form = "`metric aggregation [where dimension eq 'value' and …] [by dimension] [beside metric] [per namespace]`";

const bad = (message: string): NotMeasured =>
  new NotMeasured('bad-query', `${message}; a metric query is ${form}`, { permanent: true });

const keywords: ReadonlySet<string> = new Set(['where', 'and', 'by', 'beside', 'per', ...operators]);

/** Words and texts in single quotes; a quote inside of one is written twice. */
function wordsOf(text: string): Word[] {
  const words: Word[] = [];
  let end = 0;
  for (const { index, 0: all, 1: quoted, 2: plain } of text.matchAll(
    /\s*(?:'((?:[^']|'')*)'|([^\s']+))(?=\s|$)\s*/gy,
  )) {
    words.push(
      quoted === undefined
        ? { text: plain ?? '', quoted: false }
        : { text: quoted.replaceAll("''", "'"), quoted: true },
    );
    end = index + all.length;
  }
  if (end < text.length)
    throw bad(`cannot read \`${text.slice(end, end + 40)}\`, expected a word or a text in single quotes`);
  return words;
}

/** @throws {NotMeasured} `bad-query`, naming what was expected */
export function parseMetricQuery(text: string): MetricQuery {
  const words = wordsOf(text);
  let at = 0;
  const found = (): string => (words[at] === undefined ? 'the end' : `\`${words[at]?.text}\``);
  const name = (what: string): string => {
    const word = words[at];
    const usable = word && word.text !== '' && (word.quoted || !keywords.has(word.text));
    if (!usable) throw bad(`expected ${what}, found ${found()}`);
    // A comma separates metrics, and the answer of one would be read for that of another.
    if (/[,*\p{Cc}]/u.test(word.text)) throw bad(`expected ${what} without \`,\` and \`*\`, found \`${word.text}\``);
    at += 1;
    return word.text;
  };
  const keyword = (word: string): boolean => {
    if (words[at]?.quoted !== false || words[at]?.text !== word) return false;
    at += 1;
    return true;
  };
  const metric = name('the name of a metric');
  const aggregation = aggregations.find((a) => keyword(a));
  if (!aggregation) throw bad(`expected ${aggregations.join(', ')}, found ${found()}`);
  const where: Condition[] = [];
  if (keyword('where')) {
    do {
      const dimension = name('the name of a dimension');
      const operator = operators.find((o) => keyword(o));
      if (!operator) throw bad(`expected ${operators.join(', ')}, found ${found()}`);
      const value = words[at];
      if (!value?.quoted || value.text === '*') throw bad(`expected a value in single quotes, found ${found()}`);
      at += 1;
      where.push({ dimension, operator, value: value.text });
    } while (keyword('and'));
  }
  const by = keyword('by') ? { by: name('the name of a dimension') } : {};
  const beside = keyword('beside') ? { beside: name('the name of a metric') } : {};
  const per = keyword('per') ? { per: name("a metric's namespace") } : {};
  if (at < words.length) throw bad(`expected the end, found ${found()}`);
  if ('beside' in beside && aggregation !== 'total' && aggregation !== 'count') {
    throw bad('`beside` only with total or count: the other aggregations have no value without data');
  }
  return { metric, aggregation, where, ...by, ...beside, ...per };
}

/** The `$filter` of the metrics API (OData); undefined without a condition. */
export function filterOf({ where, by }: MetricQuery): string | undefined {
  const conditions = where.map(
    ({ dimension, operator, value }) => `${dimension} ${operator} '${value.replaceAll("'", "''")}'`,
  );
  if (by !== undefined) conditions.push(`${by} eq '*'`);
  return conditions.length === 0 ? undefined : conditions.join(' and ');
}
