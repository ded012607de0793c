/** Texts as a row of pieces: encodings, and parts of them. A piece is only valid until the next one is asked for. */
import { isUtf8 } from 'node:buffer';

/** A file cannot be read on; `code` is that of a problem, the message goes on after the file's name. */
export class Refused extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** Part of the text of a report, by the offsets of its first byte and of the one behind its last. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

export const changed = () => new Refused('CHANGED', 'changed while it was read: let the scanner end before this step');

export async function* copied(pieces: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  for await (const piece of pieces) yield Buffer.from(piece);
}

/** At least the first four bytes, if there are so many, and all pieces. */
export async function peek(pieces: AsyncIterable<Buffer>): Promise<[Buffer, AsyncGenerator<Buffer>]> {
  const iterator = pieces[Symbol.asyncIterator]();
  let first: Buffer = Buffer.alloc(0);
  let whole = false;
  while (first.length < 4 && !whole) {
    const { value, done } = await iterator.next();
    if (done) whole = true;
    else first = first.length === 0 ? value : Buffer.concat([first, value]);
  }
  async function* all(): AsyncGenerator<Buffer> {
    try {
      if (first.length > 0) yield first;
      if (!whole) yield* { [Symbol.asyncIterator]: () => iterator };
    } finally {
      await iterator.return?.();
    }
  }
  return [first, all()];
}

const badEncoding = () => new Refused('BAD_ENCODING', 'is no valid UTF-8');

export async function* transcoded(
  pieces: AsyncIterable<Buffer>,
  encoding: 'utf-16le' | 'utf-16be',
): AsyncGenerator<Buffer> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  const decode = (...of: Parameters<typeof decoder.decode>): Buffer => {
    try {
      return Buffer.from(decoder.decode(...of), 'utf8');
    } catch {
      throw new Refused('BAD_ENCODING', `is no valid ${encoding.toUpperCase()}`);
    }
  };
  for await (const piece of pieces) yield decode(piece, { stream: true });
  yield decode();
}

/** Pieces that end between characters, each proven to be UTF-8. @param mark bytes at the front to leave out */
export async function* checked(pieces: AsyncIterable<Buffer>, mark: number): AsyncGenerator<Buffer> {
  let skip = mark;
  let left: Buffer = Buffer.alloc(0);
  for await (const piece of pieces) {
    const all = left.length > 0 ? Buffer.concat([left, piece]) : piece.subarray(skip);
    skip = 0;
    const whole = all.subarray(0, wholeCharacters(all));
    left = Buffer.from(all.subarray(whole.length));
    if (!isUtf8(whole)) throw badEncoding();
    if (whole.length > 0) yield whole;
  }
  if (left.length > 0) throw badEncoding();
}

/** How many bytes at the front end with a whole character. */
function wholeCharacters(bytes: Uint8Array): number {
  let start = bytes.length - 1;
  while (start >= 0 && start > bytes.length - 4 && ((bytes[start] ?? 0) & 0xc0) === 0x80) start -= 1;
  const lead = bytes[start] ?? 0;
  const length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc0 ? 2 : 1;
  return start + length > bytes.length ? start : bytes.length;
}

/** The stretches that are wanted. @param base offset of the first piece @throws {Refused} `CHANGED` when not all of them are there */
export async function* gathered(
  pieces: AsyncIterable<Buffer>,
  base: number,
  wanted: readonly Stretch[],
): AsyncGenerator<Buffer> {
  if (wanted.length === 0) return;
  let from = base;
  let next = 0;
  let parts: Buffer[] = [];
  for await (const piece of pieces) {
    const to = from + piece.length;
    for (let one = wanted[next]; one !== undefined && one.from < to; one = wanted[next]) {
      const part = piece.subarray(Math.max(0, one.from - from), one.to - from);
      if (one.to > to) {
        parts.push(Buffer.from(part));
        break;
      }
      next += 1;
      yield parts.length === 0 ? part : Buffer.concat([...parts, part]);
      parts = [];
    }
    if (next === wanted.length) return;
    from = to;
  }
  throw changed();
}
