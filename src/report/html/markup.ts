/** HTML that is safe by default: whatever is put into a template is text, unless it is markup of ours already. Pure. */
import { plain, plainLines } from '../plain.js';

/** HTML that may stand in a page as it is. Only this file makes it. */
export class Markup {
  readonly html: string;
  constructor(html: string) {
    this.html = html;
  }
}

export type Child = Markup | string | number | null | undefined | false | readonly Child[];

/** Longer texts are cut: no sentence needs more, and the record has all of it. */
const mostText = 4000;

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escaped = (text: string): string => text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? '');

/** On one line, with nothing hidden in it; the blanks at its ends stay, since sentences are put together of such texts. */
function words(text: string): string {
  const [, before = '', inner = '', after = ''] = /^(\s*)(.*?)(\s*)$/s.exec(text) ?? [];
  const blank = (space: string) => (space === '' ? '' : space === '\u00a0' ? space : ' ');
  return escaped(`${blank(before)}${inner === '' ? '' : plain(inner, mostText)}${inner === '' ? '' : blank(after)}`);
}

function render(child: Child): string {
  if (child === null || child === undefined || child === false) return '';
  if (child instanceof Markup) return child.html;
  if (typeof child === 'string') return words(child);
  if (typeof child === 'number') return String(child);
  return child.map(render).join('');
}

/** A template of HTML. Values go where text goes: between tags, or between the quotes of an attribute. */
export const h = (strings: TemplateStringsArray, ...children: readonly Child[]): Markup =>
  new Markup(strings.reduce((page, string, i) => page + render(children[i - 1]) + string));

/** With `between` between those that are there. */
export const joined = (parts: readonly Child[], between: Child): Child[] =>
  parts
    .filter((part) => part !== null && part !== undefined && part !== false && part !== '')
    .flatMap((part, i) => (i === 0 ? [part] : [between, part]));

/** A sentence in which backticks mark code. */
export const prose = (text: string): Child[] =>
  plain(text, mostText)
    .split(/`([^`]+)`/)
    .map((part, i) => (i % 2 === 1 ? h`<code>${part}</code>` : part));

/** Several lines as they are: a query, a document. Cut at `most` characters, and said so. */
export const lines = (text: string, most: number): Markup => new Markup(escaped(plainLines(text, most)));

/** The way of a pen in an SVG, of any length. */
export const way = (d: string): Markup => new Markup(d.replaceAll(/[^MLHVhvz\d .-]/g, ''));

/** Data for a script: JSON that cannot end the element it stands in, whatever its texts hold. */
export const json = (data: unknown): Markup =>
  new Markup(
    JSON.stringify(data).replaceAll(
      /[<>&\u2028\u2029]/g,
      (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
    ),
  );

/** A script or a style sheet of ours, which its element must hold byte for byte. @throws {Error} when it would end its element */
export function asset(text: string): Markup {
  if (/<\/(?:script|style)|<!--/i.test(text)) throw new Error('expected an asset that does not end its element');
  return new Markup(text);
}
