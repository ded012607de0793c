/** Pieces of the Kusto Query Language. */
import { globForm } from '../../text.js';

/**
 * A string literal. The only way by which text from outside comes into a query.
 *
 * Syntax: https://learn.microsoft.com/kusto/query/scalar-data-types/string
 */
export function kqlString(text: string): string {
  const escaped = text.replace(/[\\'\p{Cc}\p{Zl}\p{Zp}\p{Cs}]/gu, (c) =>
    c === '\\' || c === "'" ? `\\${c}` : `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return `'${escaped}'`;
}

/** @param ms milliseconds since the epoch */
export const kqlTime = (ms: number): string => `datetime(${new Date(ms).toISOString()})`;

/** The time span of a request's body. */
export const timespan = ({ from, to }: { readonly from: number; readonly to: number }): string =>
  `${new Date(from).toISOString()}/${new Date(to).toISOString()}`;

/** A regular expression (RE2) for the whole of a text; `*` stands for any characters. */
export const globPattern = (glob: string): string => `(?s)${globForm(glob)}`;

export interface Token {
  readonly kind: 'name' | 'text' | 'other';
  readonly text: string;
  /** Place in the query, in UTF-16 units. */
  readonly start: number;
  readonly end: number;
}

const lexer =
  /(?<space>\s+|\/\/[^\n]*)|(?<text>[hH]?(?:@"(?:[^"]|"")*"|@'(?:[^']|'')*'|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|```[\s\S]*?```|~~~[\s\S]*?~~~))|(?<name>[A-Za-z_$][\w$]*)|(?<other>\d\w*|==|=~|!=|!~|<=|>=|\.\.|[\s\S])/gy;

/** The tokens of a query, without comments and white space. Never fails: what it does not know are tokens of one character. */
export function tokensOf(query: string): Token[] {
  return [...query.matchAll(lexer)].flatMap(({ index, 0: text, groups }): Token[] => {
    if (groups?.space !== undefined) return [];
    const kind = groups?.text === undefined ? (groups?.name === undefined ? 'other' : 'name') : 'text';
    return [{ kind, text, start: index, end: index + text.length }];
  });
}

/** Whether a function of one of these names is called. */
export const calls = (tokens: readonly Token[], ...names: string[]): boolean =>
  tokens.some(({ kind, text }, i) => kind === 'name' && names.includes(text) && tokens[i + 1]?.text === '(');
