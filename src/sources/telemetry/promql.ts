/**
 * What a PromQL query looks at. `rate(x[5m])` goes on answering for minutes after the last target of `x` is gone, so the raw
 * series behind a query are asked for beside it.
 */
import { parser } from '@prometheus-io/lezer-promql';

/**
 * The instant vector selectors of a query, each once, ranges taken off: `a{b="c"}` for `rate(a{b="c"}[5m])`. Those that look at
 * another time (`offset`, `@`) are left out, since they say nothing about now.
 *
 * @returns undefined when the query does not parse
 */
export function selectorsOf(query: string): readonly string[] | undefined {
  const found = new Set<string>();
  let valid = true;
  parser.parse(query).iterate({
    enter(node) {
      if (node.type.isError) valid = false;
      // The grammar hangs `offset` and `@` on the whole expression before them, so the text tells what they belong to.
      const elsewhere = /^\s*(?:\[[^\]]*\]\s*)?(?:@|offset\b)/i.test(query.slice(node.to));
      if (node.name === 'VectorSelector' && !elsewhere) found.add(query.slice(node.from, node.to));
    },
  });
  return valid ? [...found] : undefined;
}

/** What is known of the raw series of one selector. */
export interface Liveness {
  readonly selector: string;
  /** Series with a sample that is not stale. */
  readonly live: number;
  /** Series that had a sample at any time in the window. */
  readonly recent: number;
  /** Time of the newest sample of the live ones, milliseconds since the epoch. */
  readonly newest: number | undefined;
}

const label = 'signalbox';

/** One query whose answer tells `Liveness` of all the selectors. `rangeSeconds`: length of the window. */
export function livenessQuery(selectors: readonly string[], rangeSeconds: number): string {
  const tagged = (expression: string, tag: string) => `label_replace(${expression}, "${label}", "${tag}", "", "")`;
  return selectors
    .flatMap((selector, i) => [
      tagged(`count(${selector})`, `live ${i}`),
      tagged(`count(present_over_time(${selector}[${rangeSeconds}s]))`, `recent ${i}`),
      tagged(`max(timestamp(${selector}))`, `newest ${i}`),
    ])
    .join(' or ');
}

/** Reads the answer to `livenessQuery`; what is not there is 0, or unknown. */
export function readLiveness(
  selectors: readonly string[],
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
