import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readBytes, readLog } from '../../../../src/sources/security/sarif/read.js';
import { log, run, workspace } from './support.js';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const good = JSON.stringify(log(run([])));
const code = (bytes: Uint8Array): string => {
  const read = readLog(bytes);
  return 'code' in read ? read.code : 'ok';
};

describe('readLog', () => {
  it.each([
    ['ok', good],
    ['ok', `\uFEFF${good}`],
    ['UNREADABLE', ''],
    ['UNREADABLE', good.slice(0, -3)],
    ['UNREADABLE', '{"version":"2.1.0","runs":[],}'],
    ['NOT_SARIF', '[]'],
    ['NOT_SARIF', 'null'],
    ['NOT_SARIF', '"text"'],
    ['NOT_SARIF', '{"Results":[]}'],
    ['UNSUPPORTED_VERSION', '{"version":"2.0.0","runs":[]}'],
    ['UNSUPPORTED_VERSION', '{"version":"2.2","runs":[]}'],
    ['UNSUPPORTED_VERSION', '{"version":2.1,"runs":[]}'],
    ['UNSUPPORTED_VERSION', '{"runs":[]}'],
    ['PRODUCER_FAILED', '{"version":"2.1.0","runs":null}'],
    ['PRODUCER_FAILED', '{"version":"2.1.0"}'],
    ['PRODUCER_FAILED', '{"version":"2.1.0","runs":{}}'],
    ['NO_RUNS', '{"version":"2.1.0","runs":[]}'],
  ])('%s: %s', (expected, text) => {
    expect(code(utf8(text))).toBe(expected);
  });

  it('reads UTF-16 of both orders and says so', () => {
    const le = Buffer.from(`\uFEFF${good}`, 'utf16le');
    for (const bytes of [le, Buffer.from(le).swap16()]) {
      const read = readLog(bytes);
      expect('code' in read ? read : read.notes).toEqual([expect.stringContaining('UTF-16')]);
    }
  });

  it('refuses what is no valid text', () => {
    expect(code(Uint8Array.of(0x7b, 0xff, 0x7d))).toBe('BAD_ENCODING');
    expect(code(Uint8Array.of(0xff, 0xfe, 0x7b))).toBe('BAD_ENCODING');
    expect(code(Uint8Array.of(0xff, 0xfe, 0x00, 0xd8))).toBe('BAD_ENCODING');
  });

  it('says where the JSON breaks without quoting it', () => {
    const read = readLog(utf8('{"version":"2.1.0","token":ghp_abcdef}'));
    expect(read).toMatchObject({ code: 'UNREADABLE' });
    expect(JSON.stringify(read)).not.toContain('ghp');
    const comma = readLog(utf8('{"version":"2.1.0",\n}'));
    expect(comma).toMatchObject({ message: expect.stringMatching(/at (line|position) \d+/) });
    const cut = readLog(utf8('{"version":"2.1.0","runs":['));
    expect(cut).toMatchObject({ message: expect.stringContaining('cut off') });
  });

  it('never throws', () => {
    fc.assert(fc.property(fc.uint8Array(), (bytes) => void readLog(bytes)));
    fc.assert(fc.property(fc.json(), (text) => void readLog(utf8(text))));
  });
});

describe('readBytes', () => {
  it('gives the bytes or the reason', async () => {
    const ws = await workspace();
    const at = (name: string) => ({ absolute: path.join(ws, name), name });
    await writeFile(path.join(ws, 'good'), good);
    await writeFile(path.join(ws, 'empty'), '');
    await mkdir(path.join(ws, 'folder'));
    expect(await readBytes(at('good'))).toEqual(Buffer.from(good));
    expect(await readBytes(at('good'), good.length)).toBeInstanceOf(Uint8Array);
    expect(await readBytes(at('good'), good.length - 1)).toMatchObject({ code: 'TOO_LARGE', file: 'good' });
    expect(await readBytes(at('empty'))).toMatchObject({ code: 'EMPTY_FILE' });
    expect(await readBytes(at('folder'))).toMatchObject({ code: 'UNREADABLE' });
    expect(await readBytes(at('missing'))).toMatchObject({
      code: 'UNREADABLE',
      message: expect.stringContaining('ENOENT'),
    });
  });
});
