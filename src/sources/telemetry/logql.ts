/** As much of LogQL as is needed to find the streams that a query reads (https://grafana.com/docs/loki/latest/query/). */

/** `{app="shop", level=~"error|warn"}`, without the filters behind it. */
export interface StreamSelector {
  readonly text: string;
  /** One entry for each matcher. */
  readonly matchers: ReadonlySet<string>;
}

/** A text, a comment, or any one character. A brace within a text or a comment is none. */
const lexer = /(?<text>"(?:\\[\s\S]|[^"\\])*"|`[^`]*`)|(?<comment>#[^\n]*)|[\s\S]/gy;

/**
 * The stream selectors of a query, each once. Those that look at another time (`offset`) are left out, since they say nothing about
 * now.
 *
 * @returns none where braces or quotes are left open
 */
export function selectorsOf(query: string): readonly StreamSelector[] {
  const found: { text: string; parts: string[]; after: string }[] = [];
  let open: { text: string; parts: string[] } | undefined;
  for (const { 0: piece, groups } of query.matchAll(lexer)) {
    if (groups?.comment !== undefined) continue;
    const plain = groups?.text === undefined;
    if (plain && piece === '{') {
      if (open) return [];
      open = { text: '{', parts: [''] };
    } else if (open && plain && piece === '}') {
      found.push({ text: `${open.text}}`, parts: open.parts, after: '' });
      open = undefined;
    } else if (open) {
      open.text += piece;
      if (plain && piece === ',') open.parts.push('');
      // Blanks between a name, its operator and its value mean nothing.
      else if (!(plain && /\s/.test(piece))) open.parts.push((open.parts.pop() ?? '') + piece);
    } else {
      const last = found.at(-1);
      if (last && plain) last.after += piece;
    }
  }
  if (open) return [];
  const now = found.filter(({ after }) => !/\boffset\b/.test(after));
  const selectors = now.map(({ text, parts }) => ({ text, matchers: new Set(parts.filter((part) => part !== '')) }));
  return [...new Map(selectors.map((s) => [[...s.matchers].sort().join('\n'), s])).values()];
}
