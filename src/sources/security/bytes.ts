/** Reports as UTF-8, in whatever encoding scanners, shells and compressors leave them, piece by piece. */
import { type FileHandle, open } from 'node:fs/promises';
import { pipeline, Readable } from 'node:stream';
import { sha256 } from '../../record/hash.js';
import { errorCode, type Located } from '../workspace.js';
import { changed, checked, copied, gathered, peek, Refused, type Stretch, transcoded } from './pieces.js';
import type { Problem } from './result.js';

export { Refused } from './pieces.js';

/** V8 holds no longer text (Node 20 and 24), and JSON.parse needs the whole text. */
export const longestText = 536_870_888;

/** Bytes that are read at once. */
const pieceBytes = 1 << 19;

export const problemOf = (file: Pick<Located, 'name'>, { code, message }: Refused): Problem => ({
  code,
  message: `${file.name} ${message}`,
  file: file.name,
});

/** A report that lies open. Its pieces are only valid until the next one is asked for, since their memory is used again. */
export interface Report {
  /** How it was encoded, where that is worth telling; known once it was read. */
  readonly notes: readonly string[];
  /** The text as UTF-8 without a byte order mark; can be asked for again. @throws {Refused} */
  pieces(signal: AbortSignal): AsyncIterable<Buffer>;
  /** Parts of that text, once it was read to its end. @param wanted in rising order, not overlapping @throws {Refused} */
  stretches(wanted: readonly Stretch[], signal: AbortSignal): AsyncIterable<Buffer>;
  /** SHA-256 of the file as it lies there; known once it was read to its end. */
  sha256(): string;
}

/** A report that must be closed. */
export interface OpenReport extends Report {
  /** @throws {Refused} `CHANGED`: what was read of it first and last need not belong together */
  unchanged(): Promise<void>;
  close(): Promise<void>;
}

/** @throws {Refused} `EMPTY_FILE`, `UNREADABLE` */
export async function openReport(file: Located): Promise<OpenReport> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(file.absolute, 'r');
    const { size, mtimeNs, ...stats } = await handle.stat({ bigint: true });
    if ((stats.mode & 0o170000n) !== 0o100000n) throw new Refused('UNREADABLE', 'is no file');
    if (size === 0n) throw new Refused('EMPTY_FILE', 'is empty: the scanner wrote nothing');
    return new FileReport(handle, { size, mtimeNs });
  } catch (error) {
    await handle?.close();
    throw unreadable(error);
  }
}

/** What the file system says, as a refusal. */
function unreadable(error: unknown): unknown {
  const code = errorCode(error);
  return /^E[A-Z0-9]+$/.test(code) ? new Refused('UNREADABLE', `cannot be read (${code})`) : error;
}

/**
 * Opens a file, lets `use` read it, and closes it.
 *
 * @throws {Refused} `EMPTY_FILE`, `UNREADABLE`, `BAD_ENCODING`, `CHANGED`, and what `use` throws
 */
export async function withReport<T>(file: Located, use: (report: Report) => Promise<T>): Promise<T> {
  const report = await openReport(file);
  try {
    const used = await use(report);
    await report.unchanged();
    return used;
  } catch (error) {
    // A file that is still being written looks broken in one way or another.
    if (error instanceof Refused) await report.unchanged();
    throw unreadable(error);
  } finally {
    await report.close();
  }
}

interface Stats {
  readonly size: bigint;
  readonly mtimeNs: bigint;
}

class FileReport implements OpenReport {
  readonly notes: string[] = [];
  readonly #handle: FileHandle;
  readonly #before: Stats;
  #sha256: string | undefined;
  /** Where the text begins in the file, if it stands there as it is. */
  #textFrom: number | undefined;

  constructor(handle: FileHandle, before: Stats) {
    this.#handle = handle;
    this.#before = before;
  }

  sha256(): string {
    if (this.#sha256 === undefined) throw new Error('the report was not read to its end');
    return this.#sha256;
  }

  async unchanged(): Promise<void> {
    const { size, mtimeNs } = await this.#handle.stat({ bigint: true });
    if (size !== this.#before.size || mtimeNs !== this.#before.mtimeNs) throw changed();
  }

  close(): Promise<void> {
    return this.#handle.close();
  }

  async *pieces(signal: AbortSignal): AsyncGenerator<Buffer> {
    yield* this.#utf8(this.#unpacked(this.#hashed(signal), signal));
  }

  stretches(wanted: readonly Stretch[], signal: AbortSignal): AsyncIterable<Buffer> {
    const [first] = wanted;
    if (first === undefined || this.#textFrom === undefined) return gathered(this.pieces(signal), 0, wanted);
    // What was read before is known to be sound.
    return gathered(this.#raw(this.#textFrom + first.from, signal), first.from, wanted);
  }

  /** Two stretches of memory take turns: one is read into while the other is worked on. */
  async *#raw(from: number, signal: AbortSignal): AsyncGenerator<Buffer> {
    let [at, memory, other] = [from, Buffer.allocUnsafeSlow(pieceBytes), Buffer.allocUnsafeSlow(pieceBytes)];
    let reading = this.#handle.read(memory, 0, pieceBytes, at);
    try {
      for (;;) {
        const { bytesRead } = await reading;
        signal.throwIfAborted();
        if (bytesRead === 0) return;
        const piece = memory.subarray(0, bytesRead);
        at += bytesRead;
        [memory, other] = [other, memory];
        reading = this.#handle.read(memory, 0, pieceBytes, at);
        // It may fail before anybody waits for it.
        reading.catch(() => undefined);
        yield piece;
      }
    } finally {
      await reading.catch(() => undefined);
    }
  }

  async *#hashed(signal: AbortSignal): AsyncGenerator<Buffer> {
    if (this.#sha256 !== undefined) {
      yield* this.#raw(0, signal);
      return;
    }
    const hash = process.getBuiltinModule('node:crypto').createHash('sha256');
    for await (const piece of this.#raw(0, signal)) {
      hash.update(piece);
      yield piece;
    }
    this.#sha256 = hash.digest('hex');
  }

  async *#unpacked(raw: AsyncIterable<Buffer>, signal: AbortSignal): AsyncGenerator<Buffer> {
    const [first, rest] = await peek(raw);
    if (!(first[0] === 0x1f && first[1] === 0x8b)) {
      this.#textFrom = 0;
      yield* rest;
      return;
    }
    const gunzip = process.getBuiltinModule('node:zlib').createGunzip({ chunkSize: pieceBytes });
    // The error comes out of `gunzip` too.
    pipeline(Readable.from(copied(rest), { objectMode: false }), gunzip, () => undefined);
    try {
      for await (const piece of gunzip as AsyncIterable<Buffer>) {
        signal.throwIfAborted();
        yield piece;
      }
    } catch (error) {
      signal.throwIfAborted();
      const code = errorCode(error);
      if (!code.startsWith('Z_')) throw error;
      const why = code === 'Z_BUF_ERROR' ? 'it ends too early' : 'it is no sound gzip';
      throw new Refused('UNREADABLE', `cannot be unpacked: ${why}`);
    }
  }

  /** UTF-8 with or without a byte order mark is what SARIF allows; UTF-16 is what PowerShell's `>` makes of it. */
  async *#utf8(bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    const [first, rest] = await peek(bytes);
    if (first.length === 0) throw new Refused('EMPTY_FILE', 'holds nothing: the scanner wrote nothing');
    const [a, b, c] = first;
    const wide = a === 0xff && b === 0xfe ? 'utf-16le' : a === 0xfe && b === 0xff ? 'utf-16be' : undefined;
    if (wide) {
      this.#textFrom = undefined;
      const note = `is encoded in ${wide.toUpperCase()}; SARIF is UTF-8`;
      if (!this.notes.includes(note)) this.notes.push(note);
      yield* transcoded(rest, wide);
      return;
    }
    if (a === 0 || b === 0) throw new Refused('BAD_ENCODING', 'is no UTF-8, and UTF-16 needs a byte order mark');
    const mark = a === 0xef && b === 0xbb && c === 0xbf ? 3 : 0;
    if (this.#textFrom !== undefined) this.#textFrom = mark;
    yield* checked(rest, mark);
  }
}

/** A report, whole. `sha256` is of the file as it lies there. */
export interface Whole {
  readonly text: string;
  readonly sha256: string;
  readonly notes: readonly string[];
}

/** Reads a report of a size that fits into memory, or says why it is no evidence. It throws only when `signal` aborts. */
export async function readWhole(file: Located, signal: AbortSignal, longest = longestText): Promise<Whole | Problem> {
  try {
    return await withReport(file, async (report) => {
      const pieces: Buffer[] = [];
      let size = 0;
      for await (const piece of report.pieces(signal)) {
        size += piece.length;
        if (size > longest) {
          throw new Refused('TOO_LARGE', `holds more than the ${longest} bytes that can be read: split it by tool`);
        }
        pieces.push(Buffer.from(piece));
      }
      return { text: Buffer.concat(pieces).toString('utf8'), sha256: report.sha256(), notes: report.notes };
    });
  } catch (error) {
    if (error instanceof Refused) return problemOf(file, error);
    throw error;
  }
}

/** A text that came from elsewhere than a file, to be read like one. */
export function reportOf(text: string): Report {
  const bytes = Buffer.from(text, 'utf8');
  async function* pieces(signal: AbortSignal): AsyncGenerator<Buffer> {
    for (let at = 0; at < bytes.length; at += pieceBytes) {
      // Others want to go on too, and nothing is waited for here.
      if (at > 0) await new Promise((done) => setImmediate(done));
      signal.throwIfAborted();
      yield bytes.subarray(at, at + pieceBytes);
    }
  }
  return {
    notes: [],
    pieces,
    stretches: (wanted, signal) => gathered(pieces(signal), 0, wanted),
    sha256: () => sha256(bytes),
  };
}
