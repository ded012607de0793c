/** Every record that a test makes is gone through again: whatever the test is about, the same must follow. */
import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { unpack } from '../../src/record/pack.js';
import type { DecisionRecord } from '../../src/record/record.js';
import { brokenSeal } from '../../src/record/seal.js';
import { replay } from '../../src/train/replay.js';

export async function expectToFollow(file: string): Promise<void> {
  const text = readFileSync(file, 'utf8');
  const record = unpack(JSON.parse(text) as object) as DecisionRecord;
  expect(brokenSeal(text, record)).toBeUndefined();
  expect((await replay(record)).differences).toEqual([]);
}
