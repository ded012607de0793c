import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { recordJson } from '../../src/record/json.js';
import { pack, unpack } from '../../src/record/pack.js';
import type { DecisionRecord } from '../../src/record/record.js';
import { brokenSeal, sealed } from '../../src/record/seal.js';
import { ratio, recordOf, scansClean } from '../report/stories.js';

const verdict = { decision: 'continue', reason: 'healthy', gates: [], sentence: 'all is well' } as const;

/** A day's bake: a round a minute. */
const day = (gates: number): DecisionRecord =>
  recordOf({
    gates: [scansClean, ...Array.from({ length: gates }, (_, i) => ratio(`error rate ${i}`, [0.2, 0.4, 0.3]))],
    rounds: 1440,
    verdict: { ...verdict, gates: [] },
  });

const parsed = (text: string): object => unpack(JSON.parse(text) as object);

describe('a large record', () => {
  const record = sealed(day(20));
  const text = recordJson(record);

  it('is the same when it is read back, and vouches for itself', () => {
    expect(parsed(text)).toEqual(record);
    expect(brokenSeal(text, parsed(text))).toBeUndefined();
    expect(brokenSeal(text.replace('"value":0.2', '"value":0.3'), parsed(text))).toMatch(/not in the form/);
    expect(brokenSeal(text, parsed(text.replace('"value":0.002', '"value":0.003')))).toMatch(/changed/);
  });

  it('says once what repeats, and has a line for each round', () => {
    expect(text.split('histogram_quantile').length + text.split('http_requests_total').length).toBeLessThan(10);
    expect(text.split('\n').filter((line) => line.startsWith('  {"number":'))).toHaveLength(1440);
  });

  it('of a day of 20 gates stays under a kilobyte for each reading', () => {
    expect(Buffer.byteLength(text) / (1440 * 21)).toBeLessThan(1000);
  });

  it('does not show what is shared to be what it is not', () => {
    const strange = text.replace(/\{"\$ref":"#\/shared\/0"\}/, '{"$ref":"#/shared/99999"}');
    expect(strange).not.toBe(text);
    expect(() => parsed(strange)).toThrow(/leads nowhere/);
    expect(() => unpack({ rounds: [{ $ref: '#/shared/0' }], shared: [[{ $ref: '#/shared/0' }]] })).toThrow(/nowhere/);
  });
});

describe('what is packed', () => {
  it('comes out as it went in, whatever it is', () => {
    const answer = fc.record({ role: fc.string(), value: fc.jsonValue() });
    fc.assert(
      fc.property(fc.array(fc.array(answer, { maxLength: 4 }), { maxLength: 6 }), (rounds) => {
        const wide = { text: 'x'.repeat(80), list: Array.from({ length: 30 }, (_, i) => i) };
        const record = {
          rounds: rounds.map((answers) => ({ gates: [{ answers: [...answers, wide, { deep: { wide } }] }] })),
        } as unknown as DecisionRecord;
        const plain = JSON.parse(JSON.stringify(record)) as DecisionRecord;
        const packed = pack(plain);
        if (packed) expect(unpack({ ...packed.record, shared: packed.shared })).toEqual(plain);
      }),
    );
  });

  it('is left as it is when something in it looks like a reference', () => {
    const record = {
      rounds: [{ gates: [{ answers: [{ value: { $ref: '#/shared/0' } }] }] }],
    } as unknown as DecisionRecord;
    expect(pack(record)).toBeUndefined();
    expect(parsed(recordJson(record))).toEqual(record);
  });
});
