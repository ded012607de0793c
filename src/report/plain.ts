/** Texts from outside (servers, scanners, policies), made fit to be shown: they can neither hide nor reorder what stands beside them. */
import { oneLine } from '../sources/text.js';

/** Format characters (right-to-left overrides, zero-width ones, tags) save the two that join letters in some scripts, and halves of a pair. */
const hidden = /(?![\u200c\u200d])[\p{Cf}\p{Cs}]/gu;
const control = /(?!\n)\p{Cc}/gu;

/** One line of at most `most` characters, that can be seen unless `text` is empty. */
export function plain(text: string, most = 200): string {
  const line = oneLine(text.slice(0, most * 20).replaceAll(hidden, '\u{fffd}'), most);
  // Nothing but control characters: a name that is not seen would take its markup and its place in the sentence with it.
  return line === '' && text !== '' ? '\u{fffd}' : line;
}

/** The same with its line breaks kept, for queries; tabs become two spaces. Longer than `most` characters: cut, and said so. */
export function plainLines(text: string, most: number): string {
  const lines = text
    .slice(0, most)
    .replaceAll(/\r\n?|[\p{Zl}\p{Zp}]/gu, '\n')
    .replaceAll('\t', '  ')
    .replaceAll(hidden, '\u{fffd}')
    .replaceAll(control, '\u{fffd}')
    .replace(/^\n+|\s+$/g, '');
  return text.length > most ? `${lines}\n… cut, ${text.length} characters in all` : lines;
}

/** The link, if it is one that a person may follow: http or https, without a credential in it. */
export function safeLink(link: string | undefined): string | undefined {
  if (link === undefined || link.length > 8000) return undefined;
  try {
    const url = new URL(link);
    const web = url.protocol === 'https:' || url.protocol === 'http:';
    return web && url.username === '' && url.password === '' ? url.href : undefined;
  } catch {
    return undefined;
  }
}
