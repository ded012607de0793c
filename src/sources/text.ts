/** Texts from outside, made fit for a reason, a note or a table. */

/** Control characters and line breaks become spaces, and what is longer than `most` characters is cut. */
export function oneLine(text: string, most = 200): string {
  // Cut roughly first: reports hold texts of megabytes.
  const flat = text
    .slice(0, most * 20)
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim();
  if (flat.length <= most) return flat.replace(/[\uD800-\uDBFF]$/, '');
  return `${flat
    .slice(0, most - 1)
    .replace(/[\uD800-\uDBFF]$/, '')
    .trimEnd()}…`;
}

/** As a regular expression reads it letter by letter. */
export const literally = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** A pattern in which `*` stands for any characters, as a regular expression (of JavaScript or RE2, with the flag `s`) for a whole text. */
export const globForm = (glob: string): string => `^${glob.split('*').map(literally).join('.*')}$`;
