/** The platforms' commands in the log: how to write one, and how to keep text from outside from being one. */
import type { Annotation } from './host.js';

/** The escape character shows that something was kept from acting; the text stays readable. */
const escapeWith = '\\';

/**
 * Text for the log of any host, safe to print: one that comes from outside cannot act as a command.
 *
 * Both platforms read stdout line by line and take `\r` alone for the end of a line too. GitHub's runner acts on `::` at the
 * start of a line, after white space, and on `##[` anywhere (ActionCommand.cs in actions/runner); the Azure agent acts on
 * `##vso[` anywhere, in any case of letters, and colours lines by `##[` (Command.cs in microsoft/azure-pipelines-agent).
 * They are broken up with a backslash: `\::error::`, `##\[error]`, `##\vso[task.complete]`. Control characters, with which
 * a terminal can be made to hide or overwrite what it shows, become U+FFFD; tabs and colours stay.
 *
 * @returns lines joined by `\n`, without one at the end
 */
export function harmless(text: string): string {
  return text
    .split(/\r\n|\r|\n/)
    .map((line) =>
      line
        .replace(/(\p{Cc})(\[[0-9;]*m)?/gu, printable)
        .replace(/##(?=\[|vso\[)/gi, `##${escapeWith}`)
        .replace(/^((?:\p{White_Space}|\p{Cf})*)::/u, `$1${escapeWith}::`),
    )
    .join('\n');
}

/** @param colour what follows the control character, if it looks like the rest of a colour */
function printable(found: string, control: string, colour = ''): string {
  const stays = control === '\t' || (control === '\u{1b}' && colour !== '');
  return stays ? found : `\u{fffd}${colour}`;
}

/** Text without its colours. */
export const colourless = (text: string): string => text.replaceAll(/\p{Cc}\[[0-9;]*m/gu, '');

/** A command of GitHub's runner, escaped as @actions/core does it. Properties without a value are left out. */
export function githubCommand(
  name: string,
  properties: Readonly<Record<string, string | number | undefined>>,
  data: string,
): string {
  const pairs = Object.entries(properties)
    .filter(([, value]) => value !== undefined && value !== '')
    .map(([key, value]) => `${key}=${escapeData(String(value)).replaceAll(':', '%3A').replaceAll(',', '%2C')}`);
  return `::${name}${pairs.length > 0 ? ` ${pairs.join(',')}` : ''}::${escapeData(data)}`;
}

const escapeData = (text: string): string =>
  text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');

/** Shorter lines of a longer secret are brackets and the like; masking them would eat the whole log. */
const shortestLine = 3;

/**
 * What to mask so that a secret shows nowhere: each of its lines, since logs are masked line by line.
 * White space around a line is left out, since the line without it is masked either way.
 */
export function linesToMask(secret: string): string[] {
  const lines = secret
    .split(/[\r\n]+/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  return lines.length > 1 ? lines.filter((line) => line.length >= shortestLine) : lines;
}

/** `error: src/a.ts:3:1: message`, or `error: title: message` where no file says what it is about. */
export function annotationLine({ level, title, message, file, line, column }: Annotation): string {
  const place = [file, line, column].filter((part) => part !== undefined).join(':');
  const about = file === undefined ? title : place;
  return `${level}: ${about === '' ? '' : `${about}: `}${message}`;
}
