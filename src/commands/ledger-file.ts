/** The ledger on disk: read strictly, and written whole, so that a crash leaves the old one or the new one. */
import { mkdir, open, readFile, realpath, rename, stat, unlink } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type EntryFacts, headOf, type Ledger, lineOf, parseLedger, withLine } from '../record/ledger.js';
import { errorCode } from '../sources/workspace.js';

export interface ReadLedger extends Ledger {
  /** There is none yet, or an empty one. */
  readonly first: boolean;
}

/** A ledger of more than that is kept for too long, or is none. */
const mostBytes = 256 * 1024 * 1024;

/** @returns what stands in it, or as a sentence why nobody can tell */
export async function readLedger(file: string): Promise<ReadLedger | { readonly wrong: string }> {
  let content: string;
  try {
    const { size } = await stat(file);
    if (size > mostBytes) return { wrong: `${file} has ${size} bytes, more than a ledger can have (${mostBytes})` };
    content = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(await readFile(file));
  } catch (error) {
    const code = errorCode(error);
    if (code === 'ENOENT') return { entries: [], torn: false, first: true };
    const why =
      error instanceof TypeError && code !== 'EISDIR' ? 'it is no valid UTF-8' : code || (error as Error).message;
    return { wrong: `${file} cannot be read (${why}), so nobody can tell whether a stop is open` };
  }
  const ledger = parseLedger(content);
  if ('wrong' in ledger) return { wrong: `${file}: ${ledger.wrong}` };
  return { ...ledger, first: content.trim() === '' };
}

/**
 * Enters a run, behind whatever other runs have entered meanwhile.
 *
 * @throws {Error} when it could not be entered; the file is then as it was
 */
export async function appendLedger(file: string, facts: EntryFacts): Promise<void> {
  const named = resolve(file);
  await mkdir(dirname(named), { recursive: true });
  // A link stays a link.
  const target = await realpath(named).catch(() => named);
  const unlock = await lock(`${target}.lock`);
  try {
    const ledger = await readLedger(target);
    if ('wrong' in ledger) throw new Error(ledger.wrong);
    await replaceFile(target, withLine(ledger, lineOf(facts, headOf(ledger))));
  } finally {
    await unlock();
  }
}

async function replaceFile(target: string, content: string): Promise<void> {
  const draft = join(dirname(target), `.${basename(target)}.${process.pid}.${Date.now().toString(36)}`);
  try {
    const handle = await open(draft, 'wx');
    try {
      await handle.writeFile(content);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(draft, target);
  } catch (error) {
    await unlink(draft).catch(() => undefined);
    throw error;
  }
}

/** Times of the real clock: what is waited for is another process. Milliseconds. */
const patience = 10_000;
const pause = 25;
/** To enter a run takes a moment; whoever took longer is dead. */
const abandoned = 30_000;

/** One at a time: trains of several services may share a ledger. @returns what ends it */
async function lock(path: string): Promise<() => Promise<void>> {
  for (let waited = 0; ; waited += pause) {
    try {
      await (await open(path, 'wx')).close();
      return () => unlink(path).catch(() => undefined);
    } catch (error) {
      if (errorCode(error) !== 'EEXIST') throw error;
    }
    const age = await stat(path).then(
      ({ mtimeMs }) => Date.now() - mtimeMs,
      () => 0,
    );
    if (age > abandoned) {
      await unlink(path).catch((error: unknown) => {
        if (errorCode(error) !== 'ENOENT') throw error;
      });
    }
    if (waited >= patience) throw new Error(`another run holds ${path}; remove it if there is none`);
    await delay(pause);
  }
}
