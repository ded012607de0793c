/** What an OFREP service that really evaluates says of flags, beside what the file says that it serves: flagd's own evaluator. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readState } from '../../src/reactions/flags/change.js';
import type { Flag } from '../../src/record/evidence.js';
import type { FlagState } from '../../src/record/flags.js';
import { flagdSource } from '../../src/sources/flags/flagd/index.js';
import { ofrepSource } from '../../src/sources/flags/ofrep/index.js';
import { type AnySource, NotMeasured, type Unnamed } from '../../src/sources/source.js';
import { sourceContext } from '../support/context.js';
import { meaning } from '../support/flags.js';
import { type Ofrep, startOfrep } from './support/ofrep.js';

const variants = { on: true, off: false };
const enabled = (more: object) => ({ state: 'ENABLED', variants, defaultVariant: 'off', ...more });
const quarter = {
  fractional: [
    ['on', 25],
    ['off', 75],
  ],
};
const definitions = {
  $evaluators: { quarter },
  flags: {
    dark: enabled({}),
    live: enabled({ defaultVariant: 'on' }),
    'a-quarter': enabled({ targeting: quarter }),
    shared: enabled({ targeting: { $ref: 'quarter' } }),
    'beta-only': enabled({ targeting: { if: [{ '==': [{ var: 'plan' }, 'beta'] }, 'on', null] } }),
    disabled: enabled({ state: 'DISABLED', defaultVariant: 'on' }),
    'no-default': enabled({ defaultVariant: null }),
    broken: enabled({ targeting: { if: [true, 'gone'] } }),
    'banner/winter': { state: 'ENABLED', variants: { snow: 'snow', none: 'none' }, defaultVariant: 'snow' },
  },
};

let service: Ofrep;
let file: AnySource;
const key = 'the-key-of-the-tests';

beforeAll(async () => {
  service = await startOfrep(definitions, key);
  const workspace = mkdtempSync(join(tmpdir(), 'signalbox-flagd-'));
  writeFileSync(join(workspace, 'flags.json'), JSON.stringify(definitions));
  file = flagdSource.open({ file: 'flags.json' }, sourceContext({ workspace }));
});
afterAll(async () => service.stop());

const open = (change: object = {}): AnySource =>
  ofrepSource.open(v.parse(ofrepSource.schema, { url: service.url, 'api-key': key, ...change }), sourceContext());
const signal = (): AbortSignal => AbortSignal.timeout(30_000);
const state = (flag: string, from: AnySource = open()): Promise<FlagState> => readState(from, flag, meaning, signal());
const refusal = async (asked: Promise<unknown>): Promise<string> => {
  const error: unknown = await asked.catch((thrown: unknown) => thrown);
  if (!(error instanceof NotMeasured)) throw new Error('it was measured');
  expect(error.message).not.toContain(key);
  return error.code;
};

describe('a service that evaluates', () => {
  it('proves the state of what all get alike, as the file does', async () => {
    for (const flag of ['dark', 'live', 'banner/winter']) {
      const told = await state(flag);
      const { exposure, reach, serves } = await state(flag, file);
      expect(told).toMatchObject({ exists: true, exposure, reach, serves, method: 'static' });
      expect(told.kill).toMatchObject({ possible: false, blockedBy: 'read-only' });
    }
  });

  it('says that a flag is disabled, so that the default of the code holds, as the file does', async () => {
    for (const from of [open(), file]) {
      expect(await state('disabled', from)).toMatchObject({ enabled: false, reach: 'unknown' });
      const known = await readState(from, 'disabled', { ...meaning, codeDefault: 'off' }, signal());
      expect(known).toMatchObject({ exposure: { lo: 0, hi: 0 }, reach: 'nobody', whenOff: 'off' });
    }
  });

  it('proves nothing of a share, unless it is asked for many', async () => {
    expect(await state('a-quarter')).toMatchObject({ exposure: { lo: 0, hi: 100 }, reach: 'unknown' });
    expect(await state('a-quarter', file)).toMatchObject({ exposure: { lo: 25, hi: 25 }, reach: 'partial' });
  });

  it.each([200, 1000])('shows a quarter to about a quarter of %i', async (sample) => {
    for (const flag of ['a-quarter', 'shared']) {
      const before = service.asked();
      const found = await state(flag, open({ sample }));
      expect(service.asked() - before).toBe(sample);
      expect(found).toMatchObject({ method: 'sampled', sample, reach: 'partial', serves: null });
      const { lo, hi } = found.exposure;
      expect([lo < 25, hi > 25, hi - lo < (sample === 200 ? 13 : 6)], JSON.stringify(found.exposure)).toEqual([
        true,
        true,
        true,
      ]);
      // The same users again.
      expect((await state(flag, open({ sample }))).exposure).toEqual({ lo, hi });
    }
  });

  it('does not show what rules serve to others, and never says that nobody gets it', async () => {
    const found = await state('beta-only', open({ sample: 400 }));
    expect(found).toMatchObject({ method: 'sampled', reach: 'unknown' });
    expect(found.exposure.lo).toBe(0);
    expect(found.exposure.hi).toBeGreaterThan(0);
    expect(await state('beta-only', file)).toMatchObject({ exposure: { lo: 0, hi: 100 }, reach: 'targeted-only' });
  });

  it('says positively that there is no such flag', async () => {
    for (const from of [open(), file]) expect(await state('darkk', from)).toMatchObject({ exists: false });
  });

  it('lists all flags that are enabled, and estimates many at once', async () => {
    const before = service.asked();
    const answer = await open({ sample: 300 }).flags?.(
      { family: 'flags', ask: 'states', of: { match: '*a*e*' }, meaning },
      signal(),
    );
    expect(service.asked() - before).toBe(300);
    expect(answer).toMatchObject({ kind: 'flag-states', seen: 3, partial: false });
    const states = answer?.kind === 'flag-states' ? answer.states : [];
    expect(states.map((s) => [s.key, s.method])).toEqual([
      ['a-quarter', 'sampled'],
      ['banner/winter', 'static'],
      ['shared', 'sampled'],
    ]);
  });

  it('refuses what cannot be evaluated, and the wrong credential', async () => {
    expect(await refusal(state('broken'))).toBe('evaluation-failed');
    expect(await refusal(state('dark', open({ 'api-key': 'another' })))).toBe('unauthorized');
    expect(await refusal(state('dark', open({ url: `${service.url}/elsewhere` })))).toBe('not-found');
  });

  it('serves one context as the file does', async () => {
    const served = async (from: AnySource, flag: string, context: object): Promise<Unnamed<Flag>> => {
      const answer = await from.flags?.({ family: 'flags', ask: 'served', flag, context: { ...context } }, signal());
      if (answer?.kind !== 'flag') throw new Error('no answer');
      return answer;
    };
    for (let i = 0; i < 40; i += 1) {
      const context = { targetingKey: `user-${i}`, plan: i % 2 === 0 ? 'beta' : 'basic' };
      for (const flag of ['a-quarter', 'shared', 'beta-only', 'no-default']) {
        const [here, there] = await Promise.all([served(file, flag, context), served(open(), flag, context)]);
        expect([there.value, there.variant]).toEqual([here.value, here.variant]);
      }
    }
  });
});

it('a flag that changes while many are asked for is not measured', async () => {
  const own = await startOfrep(definitions, key);
  const source = open({ url: own.url, sample: 500 });
  const asking = refusal(state('a-quarter', source));
  while (own.asked() < 50) await new Promise((resolve) => setImmediate(resolve));
  own.load({ flags: { 'a-quarter': enabled({ state: 'DISABLED' }) } });
  expect(await asking).toBe('evaluation-failed');
  await own.stop();
});
