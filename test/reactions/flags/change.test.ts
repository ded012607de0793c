import { describe, expect, it } from 'vitest';
import { type Changing, changeFlag } from '../../../src/reactions/flags/change.js';
import { type FlagControl, Refused } from '../../../src/sources/flags/control.js';
import { NotMeasured } from '../../../src/sources/source.js';
import { SimulatedClock } from '../../support/clock.js';
import { type Document, FakeFlags, meaning } from '../../support/flags.js';

const on: Document = { enabled: true, percent: 100 };

function provider(document: Document | undefined = on): { flags: FakeFlags; clock: SimulatedClock } {
  const clock = new SimulatedClock();
  return { flags: new FakeFlags(clock, document === undefined ? {} : { f: document }), clock };
}

const change = ({ flags, clock }: ReturnType<typeof provider>, more: Partial<Changing> = {}) =>
  changeFlag({
    sourceName: 'flags',
    source: flags,
    flag: 'f',
    wanted: { to: 'off' },
    meaning,
    note: 'Signalbox: stopped',
    verifyMs: 60_000,
    clock,
    signal: new AbortController().signal,
    ...more,
  });

describe('a flag is switched off', () => {
  it('and read back, with what was there before and after', async () => {
    const at = provider();
    const done = await change(at);
    expect(done).toMatchObject({
      outcome: 'changed',
      wanted: 'off',
      before: { reach: 'everyone' },
      after: { reach: 'nobody', enabled: false },
      undo: on,
    });
    expect(at.flags.written).toEqual(['PUT f {"enabled":false,"percent":100}']);
    expect(at.flags.notes).toEqual(['Signalbox: stopped']);
  });

  it('once: the second time nothing is written', async () => {
    const at = provider({ enabled: false, percent: 100 });
    expect(await change(at)).toMatchObject({ outcome: 'already' });
    expect(at.flags.written).toEqual([]);
  });

  it('and believed only when it shows, however long that takes within the bound', async () => {
    const at = provider();
    at.flags.shownMs = 40_000;
    expect(await change(at)).toMatchObject({ outcome: 'changed', after: { reach: 'nobody' } });
    const late = provider();
    late.flags.shownMs = 70_000;
    const done = await change(late);
    expect(done).toMatchObject({ outcome: 'not-verified', after: { reach: 'everyone' } });
    expect(done.detail).toContain('not off within 1m');
    expect(done.next).toContain('by hand');
    expect(done.undo).toEqual(on);
  });

  it('not in a dry run', async () => {
    const at = provider();
    const done = await change(at, { dryRun: true });
    expect(done).toMatchObject({ outcome: 'dry-run', after: null });
    expect(done.detail).toContain('would send PUT f');
    expect(done.undo).toBeUndefined();
    expect(at.flags.written).toEqual([]);
  });

  it('never where off serves the new code', async () => {
    const at = provider({ ...on, offServes: 'on' });
    expect(await change(at)).toMatchObject({ outcome: 'refused', code: 'too-complex' });
    expect(at.flags.written).toEqual([]);
  });

  it('never a flag that is not there, or cannot be read', async () => {
    const clock = new SimulatedClock();
    const none = { flags: new FakeFlags(clock), clock };
    expect(await change(none)).toMatchObject({ outcome: 'refused', code: 'unknown-flag', before: { exists: false } });
    const dumb = provider();
    dumb.flags.unreadable = true;
    expect(await change(dumb)).toMatchObject({ outcome: 'not-read', code: 'refused', before: null, after: null });
    const fixed = { ...provider(), source: {} };
    expect(await change(fixed, { source: {} })).toMatchObject({ outcome: 'refused', code: 'read-only' });
  });

  it('not against the provider, which is said with what to do instead', async () => {
    const at = provider();
    at.flags.refuse = () => new Refused('approval', 'two people must approve', 'ask for the approval: LINK');
    const done = await change(at);
    expect(done).toMatchObject({ outcome: 'refused', code: 'approval', next: 'ask for the approval: LINK' });
    expect(done.undo).toBeUndefined();
    expect(done.detail).toBe('two people must approve');
  });

  it('perhaps, when the connection broke: what is read back decides', async () => {
    const taken = provider();
    const { flags } = taken;
    flags.takes = (wanted) => wanted;
    const { control } = flags;
    const off = control.off.bind(control);
    const broken = {
      ...control,
      off: async (...args: Parameters<typeof off>) => {
        const draft = await off(...args);
        const send = async (signal: AbortSignal): Promise<void> => {
          await draft.send?.(signal);
          throw new NotMeasured('connection', 'broke');
        };
        return { ...draft, send };
      },
    };
    const source = { flags: flags.flags, control: broken };
    expect(await change(taken, { source })).toMatchObject({ outcome: 'changed' });
    const lost = provider();
    lost.flags.refuse = () => new NotMeasured('timeout', 'no answer');
    const done = await change(lost);
    expect(done).toMatchObject({ outcome: 'not-verified', code: 'timeout', after: { reach: 'everyone' } });
    expect(done.detail).toContain('may not have been taken: no answer');
  });

  it('and put back at once when more get the new code than before', async () => {
    const at = provider({ enabled: true, percent: 5 });
    let writes = 0;
    at.flags.takes = (wanted) => (writes++ === 0 ? { enabled: true, percent: 100 } : wanted);
    const done = await change(at);
    expect(done).toMatchObject({ outcome: 'reverted', code: 'widened' });
    expect(at.flags.documents.get('f')).toEqual({ enabled: true, percent: 5 });
    const stubborn = provider({ enabled: true, percent: 5 });
    stubborn.flags.takes = () => ({ enabled: true, percent: 100 });
    expect(await change(stubborn)).toMatchObject({ outcome: 'not-reverted' });
  });

  it('only if nothing speaks against it once it was read', async () => {
    const at = provider();
    const done = await change(at, { unless: ({ reach }) => (reach === 'everyone' ? 'it is on' : undefined) });
    expect(done).toMatchObject({ outcome: 'refused', code: 'changed-in-between', detail: 'it is on' });
    expect(at.flags.written).toEqual([]);
  });

  it('with an end, when nobody waits any longer', async () => {
    const at = provider();
    at.flags.shownMs = 40_000;
    expect(await change(at, { signal: AbortSignal.abort() })).toMatchObject({ outcome: 'not-verified' });
  });
});

describe('a flag is put back', () => {
  it('to exactly what was there', async () => {
    const at = provider({ enabled: true, percent: 25 });
    const killed = await change(at);
    const { before, undo } = killed;
    if (!before) throw new Error('not read');
    const back = await change(at, { wanted: { to: 'restore', was: before, undo } });
    expect(back).toMatchObject({ outcome: 'changed', after: { exposure: { lo: 25, hi: 25 } } });
    expect(at.flags.documents.get('f')).toEqual({ enabled: true, percent: 25 });
    expect(await change(at, { wanted: { to: 'restore', was: before, undo } })).toMatchObject({ outcome: 'already' });
  });
});

describe('a flag is rolled out', () => {
  it('to a percentage that is read back', async () => {
    const at = provider({ enabled: false, percent: 0 });
    expect(await change(at, { wanted: { to: 'rollout', percent: 5 } })).toMatchObject({
      outcome: 'changed',
      wanted: 'at 5 %',
      after: { exposure: { lo: 5, hi: 5 } },
    });
  });

  it('and put back when everybody gets it instead', async () => {
    const at = provider({ enabled: false, percent: 0 });
    let writes = 0;
    at.flags.takes = (wanted) => (writes++ === 0 ? { enabled: true, percent: 100 } : wanted);
    expect(await change(at, { wanted: { to: 'rollout', percent: 5 } })).toMatchObject({ outcome: 'reverted' });
    expect(at.flags.documents.get('f')).toEqual({ enabled: false, percent: 0 });
  });

  it('not where rules make it more than one number', async () => {
    const at = provider({ enabled: true, percent: 0, rule: true });
    const done = await change(at, { wanted: { to: 'rollout', percent: 5 } });
    expect(done).toMatchObject({ outcome: 'refused', code: 'too-complex' });
    const control: FlagControl = { ...at.flags.control };
    delete control.rollout;
    const plain = { flags: at.flags.flags, control };
    expect(await change(at, { source: plain, wanted: { to: 'rollout', percent: 5 } })).toMatchObject({
      outcome: 'refused',
    });
  });
});
