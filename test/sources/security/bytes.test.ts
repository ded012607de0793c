import { createHash } from 'node:crypto';
import { appendFile, mkdir, mkdtemp, readFile, realpath, truncate, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { Refused, type Report, readWhole, reportOf, withReport } from '../../../src/sources/security/bytes.js';
import type { Located } from '../../../src/sources/workspace.js';

const never = new AbortController().signal;
let folder: string;
const at = (name: string): Located => ({ absolute: path.join(folder, name), name });

async function put(content: string | Uint8Array, name = 'r.sarif'): Promise<Located> {
  await writeFile(path.join(folder, name), content);
  return at(name);
}

async function all(report: Report): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of report.pieces(never)) pieces.push(Buffer.from(piece));
  return Buffer.concat(pieces);
}

/** The text of a file, or the code by which it is refused. */
async function read(content: string | Uint8Array): Promise<string> {
  const whole = await readWhole(await put(content), never);
  return 'code' in whole ? whole.code : whole.text;
}

const utf16 = (text: string, encoding: 'le' | 'be'): Buffer => {
  const bytes = Buffer.from(`\ufeff${text}`, 'utf16le');
  return encoding === 'le' ? bytes : bytes.swap16();
};

const mark = Buffer.of(0xef, 0xbb, 0xbf);

/** Longer than what is read at once, with characters of all lengths at all places. */
const long = ['', 'a', 'ab', 'abc'].map((front) => front + 'aä€\u{1f600}'.repeat(160_000));

/** The same text, as files may hold it. */
const encodings: readonly [string, (text: string) => Buffer][] = [
  ['UTF-8', (text) => Buffer.from(text)],
  ['UTF-8 with a mark', (text) => Buffer.concat([mark, Buffer.from(text)])],
  ['UTF-16LE', (text) => utf16(text, 'le')],
  ['UTF-16BE', (text) => utf16(text, 'be')],
  ['gzip', (text) => gzipSync(text)],
  ['gzip of UTF-8 with a mark', (text) => gzipSync(Buffer.concat([mark, Buffer.from(text)]))],
  ['gzip of UTF-16LE', (text) => gzipSync(utf16(text, 'le'))],
  [
    'gzip in two parts',
    (text) => Buffer.concat([gzipSync(Buffer.from(text).subarray(0, 5)), gzipSync(Buffer.from(text).subarray(5))]),
  ],
];

beforeEach(async () => {
  folder = await realpath(await mkdtemp(path.join(tmpdir(), 'bytes-')));
});

describe('a report', () => {
  it.each(encodings)('is read from %s', async (name, encode) => {
    for (const text of [...long, '{}', 'ä', '1', 'abcdef']) {
      const bytes = encode(text);
      const whole = await readWhole(await put(bytes), never);
      if ('code' in whole) throw new Error(whole.message);
      expect(whole.text === text).toBe(true);
      expect(whole.sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
      expect(whole.notes).toEqual(name.includes('16') ? [expect.stringMatching(/^is encoded in UTF-16[LB]E;/)] : []);
    }
  });

  it.each(encodings)('of %s gives any parts of it once it was read', async (_, encode) => {
    const text = long[1] ?? '';
    const file = await put(encode(text));
    const bytes = Buffer.from(text);
    const places = fc.array(fc.oneof(fc.nat(bytes.length), fc.nat(100)), { minLength: 2, maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(places, async (drawn) => {
        const borders = [...new Set(drawn)].sort((a, b) => a - b);
        const wanted = borders.flatMap((from, i) => {
          const to = borders[i + 1];
          return i % 2 === 0 && to !== undefined ? [{ from, to }] : [];
        });
        await withReport(file, async (report) => {
          await all(report);
          let next = 0;
          for await (const part of report.stretches(wanted, never)) {
            const { from, to } = wanted[next] ?? { from: 0, to: 0 };
            expect(part.equals(bytes.subarray(from, to))).toBe(true);
            next += 1;
          }
          expect(next).toBe(wanted.length);
        });
      }),
      { numRuns: 30 },
    );
  });

  it('can be read again', async () => {
    await withReport(await put(long[0] ?? ''), async (report) => {
      expect(() => report.sha256()).toThrow();
      const once = await all(report);
      const hash = report.sha256();
      expect((await all(report)).equals(once)).toBe(true);
      expect(report.sha256()).toBe(hash);
    });
    await withReport(await put(utf16('x', 'le')), async (report) => {
      await all(report);
      await all(report);
      expect(report.notes).toHaveLength(1);
    });
  });

  it('may be a text at hand', async () => {
    const report = reportOf(long[0] ?? '');
    expect((await all(report)).toString() === long[0]).toBe(true);
    expect(report.sha256()).toBe(
      createHash('sha256')
        .update(long[0] ?? '')
        .digest('hex'),
    );
    const parts: string[] = [];
    for await (const part of report.stretches(
      [
        { from: 0, to: 3 },
        { from: 3, to: 6 },
      ],
      never,
    ))
      parts.push(part.toString());
    expect(parts).toEqual(['aä', '€']);
  });

  it('is not read on when nobody wants more', async () => {
    for (const content of [long[0] ?? '', gzipSync(long[0] ?? ''), utf16(long[0] ?? '', 'be')]) {
      await withReport(await put(content), async (report) => {
        for await (const piece of report.pieces(never)) {
          expect(piece.length).toBeGreaterThan(0);
          break;
        }
      });
    }
  });
});

describe('what is no text', () => {
  it.each([
    ['a byte that begins nothing', [0x7b, 0xff, 0x7d]],
    ['an overlong form', [0x7b, 0xc0, 0xaf]],
    ['half of a pair', [0x22, 0xed, 0xa0, 0x80, 0x22]],
    ['a character that is cut off', [0x7b, 0x7d, 0xe2, 0x82]],
    ['a rest without its begin', [0x80, 0x80, 0x80, 0x80, 0x80]],
    ['UTF-16 of an odd length', [0xff, 0xfe, 0x7b, 0x00, 0x7d]],
    ['half of a pair in UTF-16', [0xff, 0xfe, 0x00, 0xd8, 0x7d, 0x00]],
    ['UTF-16 without a mark', [0x7b, 0x00, 0x7d, 0x00]],
    ['UTF-16 of the other order without a mark', [0x00, 0x7b, 0x00, 0x7d]],
    ['bytes of nothing', [0, 0, 0, 0]],
  ])('is refused: %s', async (_, bytes) => {
    expect(await read(Uint8Array.from(bytes))).toBe('BAD_ENCODING');
    expect(await read(gzipSync(Uint8Array.from(bytes)))).toBe('BAD_ENCODING');
  });

  it('is found wherever it stands', async () => {
    const good = Buffer.from(long[2] ?? '');
    await fc.assert(
      fc.asyncProperty(fc.nat(good.length - 1), async (place) => {
        const bytes = Buffer.from(good);
        bytes[place] = 0xff;
        expect(await read(bytes)).toBe('BAD_ENCODING');
      }),
      { numRuns: 30 },
    );
  });

  it('is refused: gzip that is cut off or broken', async () => {
    const bytes = gzipSync(long[0] ?? '');
    for (const n of [3, 10, 11, 100, bytes.length - 9, bytes.length - 1]) {
      expect(await read(bytes.subarray(0, n))).toBe('UNREADABLE');
    }
    const broken = Buffer.from(bytes);
    broken[broken.length - 6] = (broken[broken.length - 6] ?? 0) ^ 1;
    expect(await read(broken)).toBe('UNREADABLE');
    expect(await read(Buffer.concat([bytes, Buffer.from('more')]))).toBe('UNREADABLE');
    expect(await readWhole(await put(bytes.subarray(0, 100)), never)).toMatchObject({
      message: 'r.sarif cannot be unpacked: it ends too early',
    });
  });

  it('is refused: nothing at all', async () => {
    expect(await read('')).toBe('EMPTY_FILE');
    expect(await read(gzipSync(''))).toBe('EMPTY_FILE');
    expect(await read(mark)).toBe('');
  });

  it('is refused: what is no file, is not there, or is too long', async () => {
    await mkdir(path.join(folder, 'folder'));
    expect(await readWhole(at('folder'), never)).toMatchObject({ code: 'UNREADABLE', file: 'folder' });
    expect(await readWhole(at('missing'), never)).toMatchObject({
      code: 'UNREADABLE',
      message: 'missing cannot be read (ENOENT)',
    });
    const file = await put('x'.repeat(100));
    expect(await readWhole(file, never, 100)).toMatchObject({ text: 'x'.repeat(100) });
    expect(await readWhole(file, never, 99)).toMatchObject({ code: 'TOO_LARGE', file: 'r.sarif' });
    // What a small file unpacks to counts.
    expect(await readWhole(await put(gzipSync('x'.repeat(1_000_000))), never, 999_999)).toMatchObject({
      code: 'TOO_LARGE',
    });
  });

  it('never throws', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 60 }),
        fc.constantFrom([], [0x1f, 0x8b], [0xff, 0xfe]),
        async (bytes, front) => {
          await read(Uint8Array.from([...front, ...bytes]));
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('a file that changes while it is read', () => {
  const text = 'x'.repeat(1000);
  it.each<[string, (file: string) => Promise<void>]>([
    ['grows', (file) => appendFile(file, 'y')],
    ['is cut off', (file) => truncate(file, 10)],
    [
      'is written anew at the same length',
      async (file) => {
        await writeFile(file, 'y'.repeat(1000));
        await utimes(file, 1, 1);
      },
    ],
  ])('is refused: it %s', async (_, change) => {
    const file = await put(text);
    const reading = withReport(file, async (report) => {
      await all(report);
      await change(file.absolute);
    });
    await expect(reading).rejects.toMatchObject({ code: 'CHANGED' });
  });

  it('is refused for that, whatever else seems to be wrong with it', async () => {
    const file = await put(text);
    const reading = withReport(file, async (report) => {
      await all(report);
      await truncate(file.absolute, 10);
      for await (const part of report.stretches([{ from: 5, to: 500 }], never)) expect(part).toBeUndefined();
    });
    await expect(reading).rejects.toMatchObject({ code: 'CHANGED' });
    const broken = withReport(await put(text), async () => {
      await appendFile(path.join(folder, 'r.sarif'), 'y');
      throw new Refused('UNREADABLE', 'is no valid JSON');
    });
    await expect(broken).rejects.toMatchObject({ code: 'CHANGED' });
  });

  it('may be another one of the same name by then', async () => {
    const file = await put(text);
    const whole = await withReport(file, async (report) => {
      await writeFile(path.join(folder, 'other'), 'other');
      const { rename } = await import('node:fs/promises');
      await rename(path.join(folder, 'other'), file.absolute);
      return (await all(report)).toString();
    });
    expect(whole).toBe(text);
    expect(await readFile(file.absolute, 'utf8')).toBe('other');
  });
});

describe('when the round is over', () => {
  it('reading ends with its reason', async () => {
    const reason = new Error('over');
    for (const content of [long[0] ?? '', gzipSync(long[0] ?? ''), utf16(long[0] ?? '', 'le')]) {
      await expect(readWhole(await put(content), AbortSignal.abort(reason))).rejects.toBe(reason);
    }
  });

  it('reading lets others go on', async () => {
    const text = 'x'.repeat(20_000_000);
    const file = await put(text);
    const withTimer = async (report: Report): Promise<void> => {
      const control = new AbortController();
      setTimeout(() => control.abort(new Error('over')), 0);
      for await (const _ of report.pieces(control.signal));
    };
    await expect(withReport(file, withTimer)).rejects.toThrow('over');
    await expect(withTimer(reportOf(text))).rejects.toThrow('over');
  });

  it('reading ends in the middle', async () => {
    const control = new AbortController();
    const reading = withReport(await put(gzipSync('x'.repeat(5_000_000))), async (report) => {
      for await (const _ of report.pieces(control.signal)) control.abort(new Error('over'));
    });
    await expect(reading).rejects.toThrow('over');
  });
});
