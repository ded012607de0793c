/**
 * Changes of a JSON text that leave every other byte as it is: fields that are not known, their order, numbers that JavaScript would
 * round. The text must be valid JSON.
 */

export type RawPath = readonly (string | number)[];

interface Span {
  readonly start: number;
  /** Behind its last character. */
  readonly end: number;
}

/** The value at `path` as it is written; undefined: there is none. */
export function rawAt(text: string, path: RawPath): string | undefined {
  const span = spanOf(text, path);
  return span && text.slice(span.start, span.end);
}

/**
 * The text with another value at `path`. A field that an object lacks is added in front of the others.
 *
 * @param json the value as a JSON text
 * @throws {RangeError} when there is nothing that could hold it
 */
export function rawWith(text: string, path: RawPath, json: string): string {
  const span = spanOf(text, path);
  if (span) return text.slice(0, span.start) + json + text.slice(span.end);
  const holder = spanOf(text, path.slice(0, -1));
  const field = path.at(-1);
  if (!holder || typeof field !== 'string' || text[holder.start] !== '{') {
    throw new RangeError(`nothing in the document holds ${path.join('.')}`);
  }
  const inside = holder.start + 1;
  const isEmpty = text[skipSpace(text, inside)] === '}';
  return `${text.slice(0, inside)}${JSON.stringify(field)}:${json}${isEmpty ? '' : ','}${text.slice(inside)}`;
}

/**
 * The text without the field at `path`, and without the comma that parted it from its neighbour; as it is where there is none. What
 * `rawWith` added is taken away to the byte.
 */
export function rawWithout(text: string, path: RawPath): string {
  const holder = spanOf(text, path.slice(0, -1));
  const member = holder && membersOf(text, holder.start).findLast(({ key }) => key === path.at(-1));
  if (!member) return text;
  const behind = skipSpace(text, member.value.end);
  if (text[behind] === ',') return text.slice(0, member.start) + text.slice(behind + 1);
  const before = text.slice(0, member.start).replace(/,?\s*$/, '');
  return before + text.slice(member.value.end);
}

function spanOf(text: string, path: RawPath): Span | undefined {
  const start = skipSpace(text, 0);
  let span: Span | undefined = { start, end: endOf(text, start) };
  for (const step of path) {
    if (!span) return undefined;
    // Of a field that stands twice the last is the one that counts.
    span = membersOf(text, span.start).findLast(({ key }) => key === step)?.value;
  }
  return span;
}

interface Member {
  readonly key: string | number;
  readonly start: number;
  readonly value: Span;
}

/** Fields of an object, or entries of a list, in their order; none of anything else. */
function membersOf(text: string, at: number): readonly Member[] {
  const isObject = text[at] === '{';
  if (!isObject && text[at] !== '[') return [];
  const members: Member[] = [];
  let next = skipSpace(text, at + 1);
  while (text[next] !== '}' && text[next] !== ']') {
    const start = next;
    let key: string | number = members.length;
    if (isObject) {
      const end = endOf(text, start);
      key = JSON.parse(text.slice(start, end)) as string;
      next = skipSpace(text, skipSpace(text, end) + 1);
    }
    const value = { start: next, end: endOf(text, next) };
    members.push({ key, start, value });
    next = skipSpace(text, value.end);
    if (text[next] === ',') next = skipSpace(text, next + 1);
  }
  return members;
}

function skipSpace(text: string, at: number): number {
  let next = at;
  while (next < text.length && ' \t\r\n'.includes(text.charAt(next))) next += 1;
  return next;
}

/** Behind the value that begins at `at`. */
function endOf(text: string, at: number): number {
  let depth = 0;
  for (let next = at; next < text.length; next += 1) {
    const char = text.charAt(next);
    if (char === '"') {
      next += 1;
      while (text[next] !== '"' && next < text.length) next += text[next] === '\\' ? 2 : 1;
      if (depth === 0) return next + 1;
    } else if (char === '{' || char === '[') depth += 1;
    else if (char === '}' || char === ']') {
      // The end of what a number or a word stands in.
      if (depth === 0) return next;
      depth -= 1;
      if (depth === 0) return next + 1;
    } else if (depth === 0 && ' \t\r\n,:'.includes(char)) return next;
  }
  return text.length;
}
