import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { type Changing, changeTraffic, type Wanted } from '../../../src/reactions/traffic/change.js';
import { type Traffic, trafficChange } from '../../../src/record/deployments.js';
import { isDone } from '../../../src/record/flag-words.js';
import { SimulatedClock } from '../../support/clock.js';
import { FakeTraffic, type Fault, faults } from '../../support/traffic.js';

const toGreen = (percent: number): Wanted => ({ to: 'weights', weights: { green: percent } });
const swap: Wanted = { to: 'swap', from: 'staging', with: 'production' };

function lb(weights: Readonly<Record<string, number>> = { blue: 100, green: 0 }, options: { rest?: string } = {}) {
  const clock = new SimulatedClock();
  return { clock, control: new FakeTraffic(clock, weights, options) };
}
type Lb = ReturnType<typeof lb>;

async function move({ clock, control }: Lb, wanted: Wanted, more: Partial<Changing> = {}) {
  const done = await changeTraffic({
    sourceName: 'lb',
    source: { traffic: control },
    wanted,
    note: 'Signalbox: canary-5',
    verifyMs: 60_000,
    clock,
    signal: new AbortController().signal,
    ...more,
  });
  expect(v.parse(trafficChange, done)).toEqual(done);
  return done;
}

const weightsSent = ({ control }: Lb): unknown[] =>
  control.sent.map((words) => JSON.parse(words.replace('weights ', '')) as unknown);

describe('traffic is moved', () => {
  it('and read back, with what was there before and after', async () => {
    const at = lb();
    expect(await move(at, toGreen(5))).toEqual({
      source: 'lb',
      traffic: 'app checkout',
      wanted: '5 % to green',
      outcome: 'changed',
      at: '2026-11-23T10:00:00.000Z',
      detail: 'the traffic of app checkout is 95 % to blue, 5 % to green',
      before: { weights: { blue: 100, green: 0 }, swapped: null },
      after: { weights: { blue: 95, green: 5 }, swapped: null },
    });
    expect(weightsSent(at)).toEqual([{ green: 5, blue: 95 }]);
    expect(at.control.notes).toEqual(['Signalbox: canary-5']);
  });

  it('once: what is as wanted is not written', async () => {
    const at = lb({ blue: 95.001, green: 4.999 });
    expect(await move(at, toGreen(5))).toMatchObject({ outcome: 'already', after: { weights: { green: 4.999 } } });
    expect(at.control.sent).toEqual([]);
  });

  it('not in a dry run', async () => {
    const at = lb();
    expect(await move(at, toGreen(5), { dryRun: true })).toMatchObject({
      outcome: 'dry-run',
      detail: 'would make it 95 % to blue, 5 % to green; now it is 100 % to blue',
      after: null,
    });
    expect(at.control.sent).toEqual([]);
  });

  it('only if nothing speaks against it once it was read', async () => {
    const at = lb({ blue: 60, green: 40 });
    const unless = ({ weights }: Traffic) => (weights.green === 40 ? 'green has 40 %, expected 0 %' : undefined);
    expect(await move(at, toGreen(5), { unless })).toMatchObject({
      outcome: 'refused',
      code: 'changed-in-between',
      detail: 'green has 40 %, expected 0 %',
    });
    expect(at.control.sent).toEqual([]);
  });

  it('believed only when it shows, however long that takes within the bound', async () => {
    const at = lb();
    at.control.faults.push('late');
    at.control.lateMs = 50_000;
    expect(await move(at, toGreen(5))).toMatchObject({ outcome: 'changed' });
    const late = lb();
    late.control.faults.push('late');
    late.control.lateMs = 70_000;
    const done = await move(late, toGreen(5));
    expect(done).toMatchObject({ outcome: 'not-verified', code: 'not-verified', after: { weights: { green: 0 } } });
    expect(done.detail).toContain('did not become 95 % to blue, 5 % to green within 1m: it is 100 % to blue');
    expect(done.next).toContain('look at the traffic of app checkout now');
  });

  it('with an end, when nobody waits any longer', async () => {
    const at = lb();
    at.control.faults.push('late');
    expect(await move(at, toGreen(5), { signal: AbortSignal.abort() })).toMatchObject({ outcome: 'not-verified' });
  });

  it('not where it cannot be', async () => {
    const at = lb();
    expect(await move(at, toGreen(5), { source: {} })).toMatchObject({
      outcome: 'refused',
      code: 'read-only',
      traffic: 'lb',
    });
  });

  it('not while it cannot be read', async () => {
    const at = lb();
    at.control.deaf.push(true);
    expect(await move(at, toGreen(5))).toMatchObject({ outcome: 'not-read', code: 'refused', before: null });
    expect(at.control.sent).toEqual([]);
  });

  it('by the same words, when Signalbox itself fails', async () => {
    const at = lb();
    at.control.write = () => Promise.reject(new TypeError('x is not a function'));
    expect(await move(at, toGreen(5))).toMatchObject({ outcome: 'not-verified', code: 'internal-error' });
    at.control.read = () => Promise.reject(new TypeError('x is not a function'));
    expect(await move(at, toGreen(5))).toMatchObject({ outcome: 'not-read', code: 'internal-error' });
  });
});

describe('who gets the rest', () => {
  const sent = async (
    now: Readonly<Record<string, number>>,
    wanted: Omit<Wanted & { to: 'weights' }, 'to'>,
    usual?: string,
  ) => {
    const at = lb(now, usual === undefined ? {} : { rest: usual });
    const done = await move(at, { to: 'weights', ...wanted });
    return done.outcome === 'changed' ? weightsSent(at)[0] : done;
  };

  it('is who the policy says, or else who the system says', async () => {
    const now = { blue: 60, red: 40 };
    expect(await sent(now, { weights: { green: 5 }, rest: 'red' }, 'blue')).toEqual({ green: 5, red: 95 });
    expect(await sent(now, { weights: { green: 5 } }, 'blue')).toEqual({ green: 5, blue: 95 });
    expect(await sent(now, { weights: { green: 100 } }, 'blue')).toEqual({ green: 100 });
    expect(await sent({ blue: 50, red: 50 }, { weights: { blue: 80 } }, 'blue')).toEqual({ blue: 80, red: 20 });
  });

  it('are the others as they share it now', async () => {
    expect(await sent({ blue: 60, red: 40 }, { weights: { green: 5 } })).toEqual({ green: 5, blue: 57, red: 38 });
    expect(await sent({ blue: 60, red: 40, old: 0 }, { weights: { green: 50, red: 10 } })).toEqual({
      green: 50,
      red: 10,
      blue: 40,
    });
  });

  it.each([
    [{ a: 50, b: 50 }, 5, { a: 48, b: 47 }],
    [{ a: 1, b: 1, c: 98 }, 90, { a: 0, b: 0, c: 10 }],
    [{ a: 33.4, b: 66.6 }, 5, { a: 31.73, b: 63.27 }],
    [{ a: 50, b: 50 }, 0.5, { a: 49.75, b: 49.75 }],
  ])('of %j beside %d %% in parts that come to the whole', async (now, percent, others) => {
    expect(await sent(now, { weights: { green: percent } })).toEqual({ green: percent, ...others });
    // And it stays so.
    const again = lb({ green: percent, ...others });
    expect(await move(again, toGreen(percent))).toMatchObject({ outcome: 'already' });
  });

  it.each([
    [{ green: 100 }, { weights: { green: 50 } }, /nobody else has traffic now that could get the other 50 %/],
    [{ blue: 100 }, { weights: { green: 5 }, rest: 'green' }, /green is to get 5 % to green, and the rest as well/],
    [{ blue: 100 }, { weights: { green: 101 } }, /cannot be/],
    [{ blue: 100 }, { weights: { green: -1 } }, /cannot be/],
    [{ blue: 100 }, { weights: { green: Number.NaN } }, /cannot be/],
    [{ blue: 100 }, { weights: { green: 60, blue: 41 } }, /cannot be/],
    [{ blue: 100 }, { weights: {} }, /cannot be/],
  ])('of %j and %j is nobody, and nothing is written', async (now, wanted, why) => {
    expect(await sent(now as never, wanted as never)).toMatchObject({
      outcome: 'refused',
      detail: expect.stringMatching(why) as unknown,
    });
  });
});

describe('what is in the way', () => {
  it.each<[Fault, object]>([
    ['lost-before', { outcome: 'not-verified', code: 'timeout', after: { weights: { green: 0 } } }],
    ['lost-after', { outcome: 'changed', after: { weights: { green: 5 } } }],
    ['late-lost', { outcome: 'changed' }],
    ['throttled', { outcome: 'not-verified', code: 'throttled', after: { weights: { green: 0 } } }],
    ['refused', { outcome: 'refused', code: 'permission', detail: 'you may not', next: 'grant it', after: null }],
    ['half', { outcome: 'not-verified', after: { weights: { green: 2.5 } } }],
    ['never', { outcome: 'not-verified', after: { weights: { green: 0 } } }],
  ])('%s is settled by reading', async (fault, as) => {
    const at = lb();
    at.control.faults.push(fault);
    expect(await move(at, toGreen(5))).toMatchObject(as);
    expect(at.control.sent).toHaveLength(1);
  });

  it('a conflict is tried once more where nothing else changed', async () => {
    const at = lb();
    at.control.faults.push('conflict');
    expect(await move(at, toGreen(5))).toMatchObject({ outcome: 'changed' });
    expect(at.control.sent).toHaveLength(2);
    const twice = lb();
    twice.control.faults.push('conflict', 'conflict');
    expect(await move(twice, toGreen(5))).toMatchObject({ outcome: 'refused', code: 'changed-in-between' });
    expect(twice.control.sent).toHaveLength(2);
  });

  it('a conflict with somebody else is left to people', async () => {
    const at = lb();
    at.control.faults.push('somebody-else');
    expect(await move(at, toGreen(5))).toMatchObject({
      outcome: 'refused',
      code: 'changed-in-between',
      after: { weights: { red: 1 } },
    });
    expect(at.control.sent).toHaveLength(1);
  });

  it('a conflict with somebody who wanted the same is no matter', async () => {
    const at = lb();
    const { write } = at.control;
    at.control.write = async (...args) => {
      at.control.write = write;
      await write(...args);
      await write(...args);
    };
    expect(await move(at, toGreen(5))).toMatchObject({
      outcome: 'already',
      detail: expect.stringMatching(/faster/) as unknown,
    });
  });

  it('what is under way is waited for, and then left alone', async () => {
    const at = lb();
    at.control.busy = { words: 'a deployment of green', until: at.clock.now() + 30_000 };
    expect(await move(at, toGreen(5))).toMatchObject({ outcome: 'changed' });
    const long = lb();
    long.control.busy = { words: 'a deployment of green', until: long.clock.now() + 90_000 };
    expect(await move(long, toGreen(5))).toMatchObject({
      outcome: 'refused',
      code: 'busy',
      detail: 'app checkout is being changed, and was not done within 1m: a deployment of green',
    });
    expect(long.control.sent).toEqual([]);
  });

  it('is not done while it is under way', async () => {
    const at = lb();
    const { write } = at.control;
    at.control.write = async (...args) => {
      at.control.busy = { words: 'provisioning', until: at.clock.now() + 30_000 };
      await write(...args);
    };
    const began = at.clock.now();
    expect(await move(at, toGreen(5))).toMatchObject({ outcome: 'changed' });
    expect(at.clock.now() - began).toBeGreaterThanOrEqual(30_000);
  });

  it('an answer that cannot be read is asked for again', async () => {
    const at = lb();
    at.control.deaf.push(false, true, true);
    expect(await move(at, toGreen(5))).toMatchObject({ outcome: 'changed' });
    const deaf = lb();
    deaf.control.deaf.push(false, ...Array.from({ length: 100 }, () => true));
    const done = await move(deaf, toGreen(5));
    expect(done).toMatchObject({ outcome: 'not-verified', after: null });
    expect(done.detail).toContain('it could not be read back');
    const conflict = lb();
    conflict.control.faults.push('conflict');
    conflict.control.deaf.push(false, true);
    expect(await move(conflict, toGreen(5))).toMatchObject({ outcome: 'not-read' });
  });
});

describe('more than was wanted', () => {
  it.each<Fault>(['wide', 'wide-lost', 'wide-late'])('is put back at once (%s)', async (fault) => {
    const at = lb({ blue: 95, green: 5 });
    at.control.faults.push(fault);
    const done = await move(at, toGreen(25));
    expect(done).toMatchObject({
      outcome: 'reverted',
      code: 'widened',
      detail: 'after the change green got 100 %, before it 5 %; what was there was put back',
      before: { weights: { blue: 95, green: 5 } },
      after: { weights: { blue: 95, green: 5 } },
    });
    expect(weightsSent(at).at(-1)).toEqual({ blue: 95, green: 5 });
  });

  it('is put back by somebody who does not wait any longer', async () => {
    const at = lb();
    at.control.faults.push('wide', 'late');
    expect(await move(at, toGreen(5), { signal: AbortSignal.abort() })).toMatchObject({ outcome: 'reverted' });
  });

  it('that cannot be put back is said', async () => {
    for (const fault of ['never', 'refused', 'wide', 'lost-before'] as const) {
      const at = lb();
      at.control.faults.push('wide', fault);
      const done = await move(at, toGreen(5));
      expect(done.outcome, fault).toBe(fault === 'wide' ? 'reverted' : 'not-reverted');
      expect(done.next).toContain('by hand, now');
    }
  });

  it('is put back past what is in the way', async () => {
    for (const fault of ['conflict', 'lost-after', 'late', 'late-lost'] as const) {
      const at = lb();
      at.control.faults.push('wide', fault);
      expect((await move(at, toGreen(5))).outcome, fault).toBe('reverted');
      expect(at.control.weights, fault).toMatchObject({ blue: 100, green: 0 });
    }
  });

  it('is nothing that was there before, or that the others get', async () => {
    const at = lb({ blue: 0, green: 100 });
    at.control.faults.push('half');
    expect(await move(at, { ...toGreen(5), rest: 'blue' } as Wanted)).toMatchObject({ outcome: 'not-verified' });
    const all = lb();
    all.control.write = async () => {
      await Promise.resolve();
      all.control.weights = { blue: 90, red: 10 };
    };
    expect(await move(all, toGreen(5))).toMatchObject({ outcome: 'not-verified' });
  });
});

describe('two targets change places', () => {
  it('and that is read back', async () => {
    const at = lb({ production: 100, staging: 0 });
    const done = await move(at, swap);
    expect(done).toMatchObject({
      outcome: 'changed',
      wanted: 'staging swapped with production',
      before: { swapped: null },
      after: { swapped: { from: 'staging', to: 'production' } },
    });
    expect(at.control.sent).toEqual(['swap staging production']);
  });

  it('each time anew, unless an earlier attempt is known to have come about', async () => {
    const at = lb({ production: 100 });
    const { before } = await move(at, swap);
    await at.clock.sleep(1000);
    expect(await move(at, swap, { since: before })).toMatchObject({ outcome: 'already' });
    expect(at.control.sent).toHaveLength(1);
    const { after } = await move(at, swap);
    expect(at.control.sent).toHaveLength(2);
    await at.clock.sleep(1000);
    // What was there before the attempt is there still: it did not come about.
    expect(await move(at, swap, { since: after })).toMatchObject({ outcome: 'changed' });
    await at.clock.sleep(1000);
    expect(await move(at, { ...swap, from: 'other' } as Wanted, { since: before })).toMatchObject({
      outcome: 'changed',
    });
  });

  it.each<[Fault, string]>([
    ['lost-after', 'changed'],
    ['late', 'changed'],
    ['lost-before', 'not-verified'],
    ['never', 'not-verified'],
    ['throttled', 'not-verified'],
    ['conflict', 'changed'],
    ['refused', 'refused'],
  ])('%s: %s', async (fault, outcome) => {
    const at = lb({ production: 100 });
    at.control.faults.push(fault);
    expect(await move(at, swap)).toMatchObject({ outcome });
  });

  it('only where the system can, and tells when it did', async () => {
    const at = lb({ production: 100 });
    const { subject, read, write } = at.control;
    expect(await move(at, swap, { source: { traffic: { subject, read, write } } })).toMatchObject({
      outcome: 'refused',
      code: 'too-complex',
    });
    at.control.swapped = undefined;
    expect(await move(at, swap)).toMatchObject({ outcome: 'refused', code: 'too-complex' });
    expect(at.control.sent).toEqual([]);
  });
});

describe('traffic is put back', () => {
  it('to exactly the weights that were', async () => {
    const at = lb({ blue: 70, red: 30 });
    const { before } = await move(at, toGreen(25));
    const was = before as Traffic;
    const done = await move(at, { to: 'restore', was });
    expect(done).toMatchObject({ outcome: 'changed', wanted: 'as it was before: 70 % to blue, 30 % to red' });
    expect(at.control.weights).toEqual({ blue: 70, red: 30, green: 0 });
    expect(await move(at, { to: 'restore', was })).toMatchObject({ outcome: 'already' });
  });

  const released = async (): Promise<Lb & { was: Traffic }> => {
    const at = lb({ production: 100, staging: 0 });
    const { before } = await move(at, { to: 'weights', weights: { staging: 25 } });
    await at.clock.sleep(1000);
    await move(at, swap);
    await at.clock.sleep(1000);
    at.control.sent.length = 0;
    return { ...at, was: before as Traffic };
  };

  it('by a swap back before the weights, where a swap happened since', async () => {
    const at = await released();
    expect(await move(at, { to: 'restore', was: at.was })).toMatchObject({
      outcome: 'changed',
      detail: 'the traffic of app checkout is staging swapped with production, then 100 % to production',
    });
    expect(at.control.sent).toEqual(['swap staging production', 'weights {"production":100,"staging":0}']);
  });

  it('not by a second swap, where an earlier attempt swapped back', async () => {
    const at = await released();
    const since = await at.control.read();
    at.control.faults.push('lost-after', 'never');
    expect(await move(at, { to: 'restore', was: at.was })).toMatchObject({ outcome: 'not-verified' });
    at.control.sent.length = 0;
    expect(await move(at, { to: 'restore', was: at.was }, { since })).toMatchObject({ outcome: 'changed' });
    expect(at.control.sent).toEqual(['weights {"production":100,"staging":0}']);
  });

  it('not by weights where the swap did not come about', async () => {
    const at = await released();
    at.control.faults.push('refused');
    expect(await move(at, { to: 'restore', was: at.was })).toMatchObject({ outcome: 'refused' });
    expect(at.control.sent).toEqual(['swap staging production']);
    at.control.faults.push('none', 'refused');
    expect(await move(at, { to: 'restore', was: at.was })).toMatchObject({
      outcome: 'not-verified',
      code: 'permission',
    });
  });
});

const before = { blue: 80, green: 20, red: 0 };
const wishes: readonly Wanted[] = [
  toGreen(0),
  toGreen(5),
  toGreen(50),
  toGreen(100),
  { to: 'weights', weights: { green: 30 }, rest: 'red' },
  { to: 'restore', was: { weights: { blue: 100, green: 0, red: 0 }, swapped: null } },
  { to: 'restore', was: { weights: { blue: 40, green: 60 }, swapped: null } },
];
const greenIn = (wanted: Wanted): number =>
  (wanted.to === 'weights' ? wanted.weights : wanted.to === 'restore' ? wanted.was.weights : before).green ?? 0;

it('whatever happens: nothing is called done that was not read back, and nothing wider is left unsaid', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...wishes),
      fc.array(fc.constantFrom(...faults), { maxLength: 5 }),
      fc.array(fc.boolean(), { maxLength: 12 }),
      fc.constantFrom(0, 3000, 50_000, 100_000),
      fc.constantFrom(0, 20_000, 90_000),
      async (wanted, planned, deaf, lateMs, busyMs) => {
        const at = lb(before);
        const { control, clock } = at;
        control.faults.push(...planned);
        control.deaf.push(...deaf);
        control.lateMs = lateMs;
        control.busy = { words: 'something', until: clock.now() + busyMs };
        const done = await move(at, wanted);
        const last = control.told.at(-1);
        const most = Math.max(before.green, greenIn(wanted)) + 0.005;
        if (isDone(done)) {
          expect(last?.busy).toBeUndefined();
          expect(last?.weights.green ?? 0).toBeCloseTo(greenIn(wanted), 2);
          expect(done.after?.weights).toEqual(last?.weights);
        }
        if (done.outcome === 'reverted') expect(last?.weights).toMatchObject({ blue: 80, green: 20 });
        if (done.outcome === 'already') expect(control.faults.length).toBeGreaterThanOrEqual(planned.length - 1);
        if (done.outcome === 'not-read') expect(control.weights.green).toBe(20);
        const isSaid = done.outcome === 'not-verified' || done.outcome === 'not-reverted';
        // What was taken and did not show yet comes about in the end.
        control.settle(true);
        if (!isSaid) expect(control.weights.green ?? 0).toBeLessThanOrEqual(most);
        expect(control.sent.length).toBeLessThanOrEqual(4);
      },
    ),
    { numRuns: 500 },
  );
});
