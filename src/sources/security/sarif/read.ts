/** Stage 0: from a file to the runs of a SARIF 2.1.0 log, or the reason why it is no evidence. */
import { open } from 'node:fs/promises';
import { oneLine } from '../../text.js';
import { errorCode, type Located } from '../../workspace.js';
import type { Problem } from './files.js';
import { asArray, asObject, isAbsent, type Obj } from './shape.js';

/** V8 holds no longer text (Node 20 and 24), and JSON.parse needs the whole text. */
export const longestReport = 536_870_888;

/** A log that can be read on. */
export interface Log {
  readonly log: Obj;
  readonly runs: readonly unknown[];
  readonly notes: readonly string[];
}

type Bad = { readonly code: string; readonly message: string };

/** The bytes of one report, or why there are none. */
export async function readBytes(file: Located, longest = longestReport): Promise<Uint8Array | Problem> {
  const bad = (code: string, message: string): Problem => ({
    code,
    message: `${file.name} ${message}`,
    file: file.name,
  });
  try {
    const handle = await open(file.absolute, 'r');
    try {
      const { size } = await handle.stat().then((stats) => (stats.isFile() ? stats : { size: undefined }));
      if (size === undefined) return bad('UNREADABLE', 'is no file');
      if (size === 0) return bad('EMPTY_FILE', 'is empty: the scanner wrote nothing');
      if (size > longest) {
        return bad('TOO_LARGE', `has ${size} bytes, more than the ${longest} that can be read: split it by tool`);
      }
      return await handle.readFile();
    } finally {
      await handle.close();
    }
  } catch (error) {
    return bad('UNREADABLE', `cannot be read (${errorCode(error)})`);
  }
}

/** UTF-8 with or without a byte order mark is what SARIF allows; UTF-16 is what PowerShell's `>` makes of it. */
function decode(bytes: Uint8Array): { text: string; notes: string[] } | undefined {
  const [a, b] = bytes;
  const wide = a === 0xff && b === 0xfe ? 'utf-16le' : a === 0xfe && b === 0xff ? 'utf-16be' : undefined;
  try {
    const text = new TextDecoder(wide ?? 'utf-8', { fatal: true }).decode(bytes);
    return { text, notes: wide ? [`is encoded in ${wide.toUpperCase()}; SARIF is UTF-8`] : [] };
  } catch {
    return undefined;
  }
}

/** Where JSON.parse gave up, without the text that V8 quotes: it may hold a secret. */
function position(error: unknown): string {
  const message = error instanceof Error ? error.message : '';
  if (/Unexpected end|Unterminated/.test(message)) return 'it ends too early: was the scanner cut off?';
  const [place] = /line \d+ column \d+|position \d+/.exec(message) ?? [];
  return place ? `at ${place}` : 'it does not parse';
}

/** Decodes and checks one report; never throws, whatever the bytes are. */
export function readLog(bytes: Uint8Array): Log | Bad {
  const decoded = decode(bytes);
  if (!decoded) return { code: 'BAD_ENCODING', message: 'is no valid UTF-8' };
  let parsed: unknown;
  try {
    parsed = JSON.parse(decoded.text);
  } catch (error) {
    return { code: 'UNREADABLE', message: `is no valid JSON: ${position(error)}` };
  }
  const log = asObject(parsed);
  if (!log || (!('version' in log) && !('runs' in log))) {
    return { code: 'NOT_SARIF', message: 'is no SARIF log: tell the scanner to write SARIF 2.1.0' };
  }
  if (log.version !== '2.1.0') {
    const found = typeof log.version === 'string' ? `version ${oneLine(log.version, 20)}` : 'no version';
    return {
      code: 'UNSUPPORTED_VERSION',
      message: `has ${found}, expected 2.1.0: update the scanner, or convert it with \`sarif-multitool rewrite\``,
    };
  }
  const runs = asArray(log.runs);
  if (!runs) {
    const found = isAbsent(log.runs) ? 'has no runs' : 'has runs that are no list';
    return { code: 'PRODUCER_FAILED', message: `${found}: the scanner failed before it had anything to report` };
  }
  if (runs.length === 0) return { code: 'NO_RUNS', message: 'has an empty list of runs: nothing was scanned' };
  return { log, runs, notes: decoded.notes };
}
