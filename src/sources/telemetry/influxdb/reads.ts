/**
 * What a query reads. An aggregate says nothing about how new its rows are (InfluxDB gives it the start of the window as its time), so
 * the newest raw row is asked for beside it: of the same measurements or tables, under the same conditions.
 */

interface Token {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** Words, quoted texts and single characters; comments and white space are left out. */
export function tokensOf(query: string): Token[] {
  const form =
    /\s+|--[^\n]*|\/\/[^\n]*|\/\*[\s\S]*?\*\/|("(?:\\.|[^"\\])*"|'(?:\\.|''|[^'\\])*'|[A-Za-z_$][\w$]*|\|>|[\s\S])/g;
  return [...query.matchAll(form)].flatMap(({ index, 0: all, 1: text }) =>
    text === undefined ? [] : [{ text, start: index, end: index + all.length }],
  );
}

const ends: ReadonlySet<string> = new Set([
  ...'group order limit slimit offset soffset fill tz into having union window'.split(' '),
  ';',
  ')',
]);

/** The FROM … WHERE … parts of a query in InfluxQL or SQL, those of subqueries too, as they stand; a FROM of a subquery itself is none. */
export function clausesOf(query: string): string[] {
  const tokens = tokensOf(query);
  const found: string[] = [];
  for (const [i, token] of tokens.entries()) {
    const next = tokens[i + 1];
    if (token.text.toLowerCase() !== 'from' || next === undefined || next.text === '(') continue;
    let depth = 0;
    let last = next;
    for (const t of tokens.slice(i + 1)) {
      if (depth === 0 && ends.has(t.text.toLowerCase())) break;
      if (t.text === '(') depth += 1;
      if (t.text === ')') depth -= 1;
      last = t;
    }
    found.push(query.slice(token.start, last.end));
  }
  return [...new Set(found)];
}

/** The `from(…) |> range(…) |> filter(…)` at the beginning of each pipe of a Flux query. */
export function pipesOf(query: string): string[] {
  const tokens = tokensOf(query);
  const found: string[] = [];
  /** Index of the closing bracket of the call whose opening one is at `open`. */
  const closing = (open: number): number => {
    let depth = 0;
    for (let i = open; i < tokens.length; i += 1) {
      const text = tokens[i]?.text ?? '';
      if ('([{'.includes(text)) depth += 1;
      if (')]}'.includes(text)) depth -= 1;
      if (depth === 0) return i;
    }
    return -1;
  };
  for (const [i, token] of tokens.entries()) {
    if (token.text !== 'from' || tokens[i + 1]?.text !== '(') continue;
    let end = closing(i + 1);
    let ranged = false;
    while (end !== -1 && tokens[end + 1]?.text === '|>') {
      const name = tokens[end + 2]?.text ?? '';
      if (!['range', 'filter'].includes(name) || tokens[end + 3]?.text !== '(') break;
      ranged ||= name === 'range';
      end = closing(end + 3);
    }
    const last = tokens[end];
    // Without a range it would read the whole bucket.
    if (last && ranged) found.push(query.slice(token.start, last.end));
  }
  return [...new Set(found)];
}
