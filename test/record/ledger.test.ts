/** The ledger: bound line by line, strict about what was changed, and whole after a crash. */
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { appendLedger, readLedger } from '../../src/commands/ledger-file.js';
import { type EntryFacts, headOf, type Ledger, lineOf, parseLedger, withLine } from '../../src/record/ledger.js';

const facts = (change: Partial<EntryFacts> = {}): EntryFacts => ({
  service: 'checkout',
  environment: 'production',
  sha: '5f2c1e0d9b8a7f6e5d4c3b2a1908f7e6d5c4b3a2',
  version: '1.2.3',
  decision: 'stop',
  reason: 'unhealthy',
  sentence: 'error rate is 4 %',
  actor: 'alice',
  run: 'https://ci.example.com/1',
  at: '2026-11-20T10:00:00.000Z',
  record: 'a'.repeat(64),
  ...change,
});

const sound = (text: string): Ledger => {
  const read = parseLedger(text);
  if ('wrong' in read) throw new Error(read.wrong);
  return read;
};
const wrong = (text: string): string => {
  const read = parseLedger(text);
  return 'wrong' in read ? read.wrong : 'nothing';
};
const written = (...all: EntryFacts[]): string =>
  all.reduce((text, one) => withLine(sound(text), lineOf(one, headOf(sound(text)))), '');

const three = written(
  facts(),
  facts({
    decision: 'continue',
    reason: 'overridden',
    verdict: { decision: 'stop', reason: 'unhealthy' },
    overrides: [{ lifts: 'verdict', by: 'bob', reason: 'x', expires: '2026-12-01' }],
  }),
  facts({ decision: 'continue', reason: 'healthy', fixes: 'SHOP-1', sha: null, record: null }),
);
const lines = three.trimEnd().split('\n');

describe('a ledger', () => {
  it('holds what was entered, each line bound to the one before', () => {
    const { entries, torn } = sound(three);
    expect(torn).toBe(false);
    expect(entries.map(({ reason }) => reason)).toEqual(['unhealthy', 'overridden', 'healthy']);
    expect(entries.map(({ previous }) => previous)).toEqual([null, entries[0]?.hash, entries[1]?.hash]);
    expect(entries[2]).toMatchObject({ fixes: 'SHOP-1', sha: null, record: null });
  });

  it('reads the same whichever way its lines end', () => {
    for (const text of [three.replaceAll('\n', '\r\n'), three.trimEnd()])
      expect(sound(text).entries).toEqual(sound(three).entries);
    expect(sound('')).toEqual({ entries: [], torn: false });
  });

  it('leaves out a last line that was cut off, and only that', () => {
    const cut = three.slice(0, -40);
    expect(sound(cut)).toMatchObject({ torn: true });
    expect(sound(cut).entries).toHaveLength(2);
    expect(wrong(`${cut}\n`)).toMatch(/^line 3 is no JSON: it was changed/);
    expect(wrong([lines[0], lines[1]?.slice(0, 50), lines[2], ''].join('\n'))).toMatch(/^line 2 is no JSON/);
  });

  it.each([
    [
      'a line was changed',
      three.replace('4 %', '0 %'),
      /^line 1 does not have the hash that it gives: .*put back the ledger/,
    ],
    ['the last line was changed', three.replace('SHOP-1', 'SHOP-2'), /^line 3 does not have the hash/],
    ['the first line is gone', `${lines[1]}\n${lines[2]}\n`, /^line 1 does not follow from the line before/],
    ['a line in between is gone', `${lines[0]}\n${lines[2]}\n`, /^line 2 does not follow/],
    ['lines changed places', `${lines[1]}\n${lines[0]}\n${lines[2]}\n`, /^line 1 does not follow/],
    ['a line stands twice', `${three}${lines[2]}\n`, /^line 4 does not follow/],
    ['it has an empty line', `${lines[0]}\n\n${lines[1]}\n`, /^line 2 is no JSON/],
    [
      'a key stands twice',
      three.replace('"decision":"stop"', '"decision":"continue","decision":"stop"'),
      /^line 1 is not in the form/,
    ],
    ['a key is not known', three.replace('{"ledger":1', '{"more":1,"ledger":1'), /^line 1 is no entry/],
    [
      'a newer Signalbox wrote it',
      three.replace('{"ledger":1', '{"ledger":2'),
      /^line 1 is of version 2, which a newer Signalbox writes/,
    ],
    ['it is something else', '[1, 2]\n', /^line 1 is no entry/],
    ['it is something else, without a line break', '"stop"', /^line 1 is no entry/],
    ['it is a conflict of git', `<<<<<<< HEAD\n${three}`, /^line 1 is no JSON/],
  ])('is not believed where %s', (_, text, words) => expect(wrong(text)).toMatch(words));

  it('never reads an entry that was not written, whatever is done to its bytes', () => {
    const known = new Set(lines);
    fc.assert(
      fc.property(fc.nat(three.length - 1), fc.nat(200), fc.string({ maxLength: 3 }), (from, length, put) => {
        const read = parseLedger(three.slice(0, from) + put + three.slice(from + length));
        if ('wrong' in read) return;
        expect(read.entries.every((entry) => known.has(JSON.stringify(entry)))).toBe(true);
        // A prefix: none from between is left out.
        expect(read.entries.map((entry) => JSON.stringify(entry))).toEqual(lines.slice(0, read.entries.length));
      }),
      { numRuns: 500 },
    );
  });
});

describe('its file', () => {
  const place = () => join(mkdtempSync(join(tmpdir(), 'signalbox-ledger-')), 'kept', 'ledger.jsonl');
  const read = async (file: string) => {
    const found = await readLedger(file);
    if ('wrong' in found) throw new Error(found.wrong);
    return found;
  };

  it('begins with the first run, and goes on', async () => {
    const file = place();
    expect(await readLedger(file)).toEqual({ entries: [], torn: false, first: true });
    await appendLedger(file, facts());
    await appendLedger(file, facts({ decision: 'continue', reason: 'healthy' }));
    expect(await read(file)).toMatchObject({ first: false, entries: [{ reason: 'unhealthy' }, { reason: 'healthy' }] });
    expect(readdirSync(join(file, '..'))).toEqual(['ledger.jsonl']);
  });

  it('keeps every entry of runs that end at the same time', async () => {
    const file = place();
    await Promise.all([...Array(12).keys()].map((i) => appendLedger(file, facts({ service: `service-${i}` }))));
    const { entries } = await read(file);
    expect(new Set(entries.map(({ service }) => service)).size).toBe(12);
  });

  it('is written without what a crash left of a line', async () => {
    const file = place();
    mkdirSync(join(file, '..'));
    writeFileSync(file, three.slice(0, -40));
    await appendLedger(file, facts({ reason: 'not-steady' }));
    expect((await read(file)).entries.map(({ reason }) => reason)).toEqual(['unhealthy', 'overridden', 'not-steady']);
  });

  it('stays as it is where it cannot be believed', async () => {
    const file = place();
    mkdirSync(join(file, '..'));
    const changed = three.replace('4 %', '0 %');
    writeFileSync(file, changed);
    await expect(appendLedger(file, facts())).rejects.toThrow('line 1 does not have the hash');
    expect(readFileSync(file, 'utf8')).toBe(changed);
    expect(readdirSync(join(file, '..'))).toEqual(['ledger.jsonl']);
  });

  it('that cannot be read is not taken for the first run', async () => {
    const file = place();
    mkdirSync(file, { recursive: true });
    expect(await readLedger(file)).toEqual({
      wrong: expect.stringContaining('nobody can tell whether a stop is open') as unknown,
    });
    const bytes = place();
    mkdirSync(join(bytes, '..'));
    writeFileSync(bytes, Buffer.from([0xff, 0xfe, 0x00]));
    expect(await readLedger(bytes)).toEqual({ wrong: expect.stringContaining('no valid UTF-8') as unknown });
    if (process.getuid?.() === 0) return;
    writeFileSync(bytes, three);
    chmodSync(bytes, 0);
    expect(await readLedger(bytes)).toEqual({ wrong: expect.stringContaining('EACCES') as unknown });
  });

  it('is written through a link, and a lock that a dead run left is taken away', async () => {
    const file = place();
    await appendLedger(file, facts());
    const link = join(file, '..', 'link.jsonl');
    symlinkSync(file, link);
    writeFileSync(`${file}.lock`, '');
    utimesSync(`${file}.lock`, new Date(0), new Date(0));
    await appendLedger(link, facts());
    expect((await read(file)).entries).toHaveLength(2);
    expect(existsSync(`${file}.lock`)).toBe(false);
  });
});
