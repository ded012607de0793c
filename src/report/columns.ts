/** Lines of a fixed width, for terminals and logs. */

const wide =
  /[\u1100-\u115f\u2e80-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|[\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;
const none = /[\p{M}\u200c\u200d]/u;

/** Columns that a terminal needs for one character: two for East Asian wide ones, none for marks that combine. */
const columnsOf = (character: string): number => (none.test(character) ? 0 : wide.test(character) ? 2 : 1);

/** Columns of a terminal that a line takes. */
export const columns = (line: string): number => Array.from(line).reduce((sum, c) => sum + columnsOf(c), 0);

/** The line, with `…` at its end when it is wider than `width`; filled up with blanks when `fill`. */
export function cutTo(line: string, width: number, fill = false): string {
  const total = columns(line);
  if (total <= width) return fill ? line + ' '.repeat(width - total) : line;
  const [head] = split(line, Math.max(0, width - 1));
  return cutTo(`${head}…`, width, fill);
}

/** At the last character that still fits. */
function split(word: string, width: number): [string, string] {
  let head = '';
  let used = 0;
  for (const character of word) {
    used += columnsOf(character);
    if (used > width) break;
    head += character;
  }
  return [head, word.slice(head.length)];
}

/** Lines of at most `width` columns, indents included; a word that is longer than a line is broken. Needs `width` > indents + 1. */
export function wrap(words: string, width: number, first: number, others: number): string[] {
  const lines: string[] = [];
  let line = ' '.repeat(first);
  let empty = true;
  const room = (extra: number) => width - columns(line) - extra;
  const push = () => {
    lines.push(line);
    line = ' '.repeat(others);
    empty = true;
  };
  for (let word of words.split(/\s+/).filter((w) => w !== '')) {
    if (!empty && columns(word) > room(1)) push();
    while (empty && columns(word) > room(0)) {
      const [head, rest] = split(word, room(0));
      line += head;
      word = rest;
      push();
    }
    line += empty ? word : ` ${word}`;
    empty = false;
  }
  if (!empty || lines.length === 0) push();
  return lines;
}
