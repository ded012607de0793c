/** Every record that a test makes is gone through again: whatever the test is about, the same must follow. */
import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { unpack } from '../../src/record/pack.js';
import type { DecisionRecord } from '../../src/record/record.js';
import { brokenSeal } from '../../src/record/seal.js';
import { replay } from '../../src/train/replay.js';

export async function expectToFollow(file: string): Promise<void> {
  const text = readFileSync(file, 'utf8');
  const written = JSON.parse(text) as object;
  // Of a train of several services: those have records of their own.
  if ('kind' in written && written.kind === 'train') return;
  const record = unpack(written) as DecisionRecord;
  expect(brokenSeal(text, record)).toBeUndefined();
  expect((await replay(record)).differences).toEqual([]);
}
