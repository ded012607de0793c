import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ServiceDecision, TrainReason } from '../../src/record/train-record.js';
import {
  barredBy,
  circlesOf,
  type Decided,
  longestChain,
  nextOf,
  orderOf,
  type Plan,
  verdictOf,
} from '../../src/train/services.js';

const plan = (name: string, ...needs: string[]): Plan => ({ name, needs });

const decided = (
  decision: ServiceDecision['decision'],
  reason: TrainReason = decision === 'continue' ? 'healthy' : 'unhealthy',
  sentence = `${reason} it is`,
): ServiceDecision => ({ decision, reason, gates: [], sentence });

const of = (entries: Readonly<Record<string, ServiceDecision>>): Decided => new Map(Object.entries(entries));

/** Services of which each needs only some of those before it. */
const plans = fc
  .array(fc.array(fc.nat(20), { maxLength: 3 }), { minLength: 1, maxLength: 8 })
  .map((all) =>
    all.map((needs, index) =>
      plan(`s${index}`, ...new Set(index === 0 ? [] : needs.map((need) => `s${need % index}`))),
    ),
  );

const outcome = fc.constantFrom(
  decided('continue'),
  decided('continue', 'observed'),
  decided('continue'),
  decided('stop'),
  decided('stop', 'not-measured'),
  decided('stop', 'cancelled'),
  decided('stop', 'internal-error'),
  decided('hold', 'steadying'),
);

/** Lets the train run, services ending in the order of `picks`. */
function drive(all: readonly Plan[], ends: readonly ServiceDecision[], picks: readonly number[]) {
  const known = new Map<string, ServiceDecision>();
  const running: string[] = [];
  const begun: { name: string; continued: string[] }[] = [];
  for (let turn = 0; known.size < all.length; turn += 1) {
    const { begin, barred } = nextOf(all, known, new Set(running));
    for (const { name, decision } of barred) known.set(name, decision);
    for (const name of begin) {
      running.push(name);
      begun.push({
        name,
        continued: [...known].flatMap(([one, { decision }]) => (decision === 'continue' ? [one] : [])),
      });
    }
    if (barred.length > 0) continue;
    const [ended] = running.splice((picks[turn] ?? 0) % running.length, 1);
    if (ended === undefined) throw new Error('the train stands still');
    known.set(ended, ends[all.findIndex(({ name }) => name === ended)] ?? decided('continue'));
  }
  return { known, begun };
}

const ends = fc.array(outcome, { minLength: 8, maxLength: 8 });
const picks = fc.array(fc.nat(20), { maxLength: 8 });

describe('a train of services', () => {
  it('continues only when every service did, whatever became of them', () => {
    const any = fc.record({
      decision: fc.constantFrom('continue' as const, 'stop' as const, 'hold' as const),
      reason: fc.constantFrom<TrainReason[]>(
        'healthy',
        'observed',
        'unhealthy',
        'needs-stopped',
        'needs-held',
        'parked',
      ),
      gates: fc.constant<string[]>([]),
      sentence: fc.string(),
    });
    fc.assert(
      fc.property(plans, fc.array(fc.option(any), { minLength: 8, maxLength: 8 }), (all, found) => {
        const known = new Map(
          all.flatMap(({ name }, index) => {
            const one = found[index];
            return one ? [[name, one] as const] : [];
          }),
        );
        const every = all.every(({ name }) => known.get(name)?.decision === 'continue');
        const verdict = verdictOf(all, known);
        expect(verdict.decision === 'continue').toBe(every);
        const stopped = all.some(({ name }) => (known.get(name)?.decision ?? 'stop') === 'stop');
        expect(verdict.decision === 'stop').toBe(stopped);
        expect(verdict.services.length).toBeGreaterThan(0);
      }),
    );
    expect(verdictOf([], new Map()).decision).toBe('stop');
  });

  it('begins a service only when all that it needs continued, and decides every one of them', () => {
    fc.assert(
      fc.property(plans, ends, picks, (all, how, order) => {
        const { known, begun } = drive(all, how, order);
        expect(known.size).toBe(all.length);
        for (const { name, continued } of begun) {
          for (const need of all.find((one) => one.name === name)?.needs ?? []) expect(continued).toContain(need);
        }
        for (const { name } of all.filter((one) => !begun.some((b) => b.name === one.name))) {
          expect(known.get(name)?.decision).not.toBe('continue');
          expect(known.get(name)?.reason).toMatch(/^needs-/);
        }
      }),
    );
  });

  it('comes to the same whichever service ends first', () => {
    fc.assert(
      fc.property(plans, ends, picks, picks, (all, how, one, other) => {
        const [a, b] = [drive(all, how, one), drive(all, how, other)];
        expect(Object.fromEntries(a.known)).toEqual(Object.fromEntries(b.known));
        expect(verdictOf(all, a.known)).toEqual(verdictOf(all, b.known));
      }),
    );
  });

  it('lets every service that needs no bad one run to its own end', () => {
    fc.assert(
      fc.property(plans, ends, picks, (all, how, order) => {
        const { begun } = drive(all, how, order);
        for (const { name, needs } of all) {
          if (needs.length === 0) expect(begun.some((b) => b.name === name)).toBe(true);
        }
      }),
    );
  });

  it('names the worst reason and the services with it, the others behind it', () => {
    const all = [plan('cart'), plan('mail', 'search'), plan('pay'), plan('search')];
    const verdict = verdictOf(
      all,
      of({
        cart: decided('stop', 'not-measured'),
        mail: barredBy(plan('mail', 'search'), of({ search: decided('stop') })) ?? decided('continue'),
        pay: decided('continue'),
        search: decided('stop', 'unhealthy', 'error rate: 4.1 % is not < 1 %'),
      }),
    );
    expect(verdict).toEqual({
      decision: 'stop',
      reason: 'unhealthy',
      services: ['search'],
      sentence:
        'search is unhealthy: error rate: 4.1 % is not < 1 %; stopped too: cart (not-measured); never begun: mail',
    });
  });

  it('holds when one holds and none stopped; what needs it waits', () => {
    const all = [plan('a'), plan('b', 'a'), plan('c')];
    const known = new Map([
      ['a', decided('hold', 'steadying')],
      ['c', decided('continue')],
    ]);
    const [barred] = nextOf(all, known, new Set()).barred;
    expect(barred).toMatchObject({ name: 'b', decision: { decision: 'hold', reason: 'needs-held' } });
    expect(verdictOf(all, new Map([...known, ['b', barred?.decision ?? decided('stop')]]))).toMatchObject({
      decision: 'hold',
      reason: 'steadying',
      services: ['a'],
    });
  });

  it('says of an observed service that it went only because of that', () => {
    const verdict = verdictOf(
      [plan('a'), plan('b')],
      of({ a: decided('continue'), b: decided('continue', 'observed') }),
    );
    expect(verdict).toMatchObject({ decision: 'continue', reason: 'observed', services: ['b'] });
    const overridden = verdictOf(
      [plan('a'), plan('b')],
      of({ a: decided('continue', 'overridden'), b: decided('continue', 'observed') }),
    );
    expect(overridden).toMatchObject({ decision: 'continue', reason: 'overridden', services: ['a'] });
    expect(overridden.sentence).toContain('b only because the policy observes');
  });

  it('finds order and circles', () => {
    const all = [plan('c', 'b'), plan('a'), plan('b', 'a'), plan('d', 'a')];
    expect(orderOf(all)).toEqual([['a'], ['b', 'd'], ['c']]);
    expect(circlesOf(all)).toEqual([]);
    const round = [plan('a', 'c'), plan('b', 'a'), plan('c', 'b'), plan('d', 'd')];
    expect(orderOf(round)).toBeUndefined();
    expect(circlesOf(round)).toEqual([
      ['a', 'c', 'b', 'a'],
      ['d', 'd'],
    ]);
    expect(orderOf([plan('a', 'ghost')])).toBeUndefined();
  });

  it('finds the chain that takes longest', () => {
    const all = [plan('a'), plan('b', 'a'), plan('c', 'a'), plan('d')];
    expect(longestChain(all, (name) => ({ a: 10, b: 5, c: 20, d: 25 })[name] ?? 0)).toEqual({
      chain: ['a', 'c'],
      ms: 30,
    });
  });
});
