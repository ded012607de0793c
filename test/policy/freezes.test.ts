/** Freezes by the wall clocks of time zones, over the days on which these are put forward and back. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Freeze, freezesAt, frozenAt, untilWords } from '../../src/policy/freezes.js';
import { loadPolicy } from '../../src/policy/load.js';
import { instantsOf, parseWall, wallTime, wallWords } from '../../src/policy/wall-clock.js';

const at = (text: string): number => Date.parse(text);
const utc = (ms: number): string => new Date(ms).toISOString();
const berlin = { name: 'x', zone: 'Europe/Berlin', except: { fixes: false } };
const held = (freeze: Freeze, now: string) => freezesAt([freeze], at(now), 'production')[0];

const weekend: Freeze = { ...berlin, name: 'weekend', every: { from: 'Fri 16:00', to: 'Mon 07:00' } };

describe('the wall clock', () => {
  it.each([
    ['Europe/Berlin', '2026-07-01 12:00', '2026-07-01T10:00:00.000Z', undefined],
    ['Europe/Berlin', '2026-12-01 12:00', '2026-12-01T11:00:00.000Z', undefined],
    // Put back: 02:30 comes twice.
    ['Europe/Berlin', '2026-10-25 02:30', '2026-10-25T00:30:00.000Z', '2026-10-25T01:30:00.000Z'],
    // Put forward from 02:00 to 03:00: it never comes.
    ['Europe/Berlin', '2026-03-29 02:30', '2026-03-29T01:00:00.000Z', undefined],
    ['America/New_York', '2026-11-01 01:30', '2026-11-01T05:30:00.000Z', '2026-11-01T06:30:00.000Z'],
    // By half an hour.
    ['Australia/Lord_Howe', '2026-04-05 01:45', '2026-04-04T14:45:00.000Z', '2026-04-04T15:15:00.000Z'],
    ['Australia/Lord_Howe', '2026-10-04 02:15', '2026-10-03T15:30:00.000Z', undefined],
    // A day that was left out.
    ['Pacific/Apia', '2011-12-30 12:00', '2011-12-30T10:00:00.000Z', undefined],
    ['Asia/Kathmandu', '2026-01-01 00:00', '2025-12-31T18:15:00.000Z', undefined],
    ['Pacific/Kiritimati', '2026-01-01 00:00', '2025-12-31T10:00:00.000Z', undefined],
    ['UTC', '2026-01-01 00:00', '2026-01-01T00:00:00.000Z', undefined],
  ])('of %s shows %s', (zone, wall, first, last = first) => {
    const found = instantsOf(zone, parseWall(wall, 'from') ?? Number.NaN);
    expect([utc(found.first), utc(found.last)]).toEqual([first, last]);
  });

  it('goes there and back', () => {
    const zones = [
      'Europe/Berlin',
      'America/New_York',
      'Australia/Lord_Howe',
      'Asia/Kathmandu',
      'UTC',
      'America/St_Johns',
    ];
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.integer({ min: at('2020-01-01Z'), max: at('2035-01-01Z') }),
        (zone, ms) => {
          const now = Math.floor(ms / 1000) * 1000;
          const { first, last } = instantsOf(zone, wallTime(zone, now));
          expect([first, last]).toContain(now);
          expect(last - first).toBeLessThanOrEqual(3_600_000);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('is written as people read it', () => expect(wallWords(Date.UTC(2026, 10, 30, 7))).toBe('Mon 2026-11-30 07:00'));
});

describe('a freeze', () => {
  const once: Freeze = { ...berlin, name: 'Christmas', from: '2026-12-20 18:00', to: '2027-01-02' };

  it.each([
    ['2026-12-20T16:59:59Z', false],
    ['2026-12-20T17:00:00Z', true],
    ['2027-01-02T22:59:59Z', true],
    ['2027-01-02T23:00:00Z', false],
  ])('that comes once holds at %s: %s', (now, holds) => expect(held(once, now) !== undefined).toBe(holds));

  it.each([
    ['2026-11-27T14:59:59Z', undefined],
    ['2026-11-27T15:00:00Z', '2026-11-30T06:00:00.000Z'],
    ['2026-11-30T05:59:59Z', '2026-11-30T06:00:00.000Z'],
    ['2026-11-30T06:00:00Z', undefined],
    // In summer an hour earlier; the clocks are put back and forward within.
    ['2026-07-03T14:00:00Z', '2026-07-06T05:00:00.000Z'],
    ['2026-10-23T14:00:00Z', '2026-10-26T06:00:00.000Z'],
    ['2026-10-26T05:59:59Z', '2026-10-26T06:00:00.000Z'],
    ['2026-03-27T14:59:59Z', undefined],
    ['2026-03-27T15:00:00Z', '2026-03-30T05:00:00.000Z'],
    ['2026-03-30T05:00:00Z', undefined],
  ])('of every week holds at %s until %s', (now, until) => expect(held(weekend, now)?.until).toBe(until));

  it('begins when the clocks first show it, and ends when they last do', () => {
    const night: Freeze = { ...berlin, from: '2026-10-25 02:30', to: '2026-10-25 02:45' };
    expect(held(night, '2026-10-25T00:29:59Z')).toBeUndefined();
    for (const now of ['00:30:00', '00:50:00', '01:20:00', '01:44:59'])
      expect(held(night, `2026-10-25T${now}Z`), now).toBeDefined();
    expect(held(night, '2026-10-25T01:45:00Z')).toBeUndefined();
    const skipped: Freeze = { ...berlin, every: { from: 'Sun 02:15', to: 'Sun 02:45' } };
    expect(held(skipped, '2026-03-29T00:59:59Z')).toBeUndefined();
    expect(held(skipped, '2026-03-29T01:00:00Z')).toBeUndefined();
    expect(held(skipped, '2026-03-22T01:20:00Z')).toBeDefined();
  });

  it('over the turn of the week holds on both sides of it', () => {
    const sunday: Freeze = { ...berlin, every: { from: 'Saturday 22:00', to: 'Sun 24:00' } };
    expect(held(sunday, '2026-11-28T21:00:00Z')?.local).toBe('Mon 2026-11-30 00:00');
    expect(held(sunday, '2026-11-29T22:59:59Z')).toBeDefined();
    expect(held(sunday, '2026-11-29T23:00:00Z')).toBeUndefined();
  });

  it('says until when in its zone and in UTC', () => {
    const found = frozenAt([weekend], at('2026-11-28T12:00:00Z'), { environment: undefined });
    expect(found && untilWords(found)).toBe('until Mon 2026-11-30 07:00 in Europe/Berlin (2026-11-30 06:00 UTC)');
  });

  it('holds where it says, whatever the letters, and where nobody knows', () => {
    const there: Freeze = { ...weekend, environments: ['production'] };
    const now = at('2026-11-28T12:00:00Z');
    for (const environment of ['production', 'Production', undefined])
      expect(frozenAt([there], now, { environment })).toBeDefined();
    expect(frozenAt([there], now, { environment: 'staging' })).toBeUndefined();
  });

  it('lets through what it says, and of several the last one is told', () => {
    const now = at('2026-11-28T12:00:00Z');
    const open: Freeze = { ...weekend, except: { fixes: true } };
    const longer: Freeze = { ...berlin, name: 'longer', from: '2026-11-20', to: '2026-12-24' };
    const facts = { environment: 'production' };
    expect(frozenAt([open], now, { ...facts, fixes: 'SHOP-1' })).toBeUndefined();
    expect(frozenAt([open], now, { ...facts, fixes: ' ' })).toBeDefined();
    expect(frozenAt([weekend], now, { ...facts, fixes: 'SHOP-1' })).toBeDefined();
    expect(frozenAt([longer, weekend], now, facts)?.name).toBe('longer');
    expect(frozenAt([longer, open], now, { ...facts, fixes: 'SHOP-1' })?.name).toBe('longer');
    expect(frozenAt([longer, weekend], now, { ...facts, lifted: true })).toBeUndefined();
  });
});

describe('in a policy', () => {
  const load = (freezes: string) =>
    loadPolicy({
      text: `version: 1\ngates: [{ type: security, name: a, source: { type: sarif, files: a.sarif } }]\nfreezes:\n${freezes}`,
      overrides: [],
      facts: {},
      env: {},
      observe: false,
    });

  it('stands as it is written', async () => {
    const { policy, problems } = await load(
      '  - { name: a, zone: Europe/Berlin, from: 2026-12-20 18:00, to: 2027-01-02T08:00, except: { fixes: true } }\n  - { name: b, zone: UTC, every: { from: "Fri 16:00", to: "Mon 07:00" }, environments: [production] }',
    );
    expect(problems).toEqual([]);
    expect(policy?.freezes).toEqual([
      { name: 'a', zone: 'Europe/Berlin', from: '2026-12-20 18:00', to: '2027-01-02T08:00', except: { fixes: true } },
      {
        name: 'b',
        zone: 'UTC',
        every: { from: 'Fri 16:00', to: 'Mon 07:00' },
        environments: ['production'],
        except: { fixes: false },
      },
    ]);
  });

  it.each([
    [
      '{ name: a, zone: Europe/Berln, from: 2026-12-20, to: 2026-12-21 }',
      'expected a time zone such as `Europe/Berlin` (did you mean `Europe/Berlin`?), found `Europe/Berln`',
    ],
    ['{ name: a, zone: Berlin, from: 2026-12-20, to: 2026-12-21 }', 'did you mean `Europe/Berlin`?'],
    ['{ name: a, zone: "+02:00", from: 2026-12-20, to: 2026-12-21 }', 'expected a time zone'],
    ['{ name: a, zone: UTC }', 'expected either `from` and `to`, or `every`'],
    ['{ name: a, zone: UTC, from: 2026-12-20 }', 'expected either `from` and `to`, or `every`'],
    [
      '{ name: a, zone: UTC, from: 2026-12-20, to: 2026-12-21, every: { from: "Fri 16:00", to: "Mon 07:00" } }',
      'expected either',
    ],
    ['{ name: a, zone: UTC, from: 2026-12-21, to: 2026-12-20 }', 'expected a `to` that is later than `from`'],
    [
      '{ name: a, zone: UTC, from: 2026-02-30, to: 2026-12-20 }',
      'expected a day and a time such as `2026-12-20 18:00`, or a day alone, found `2026-02-30`',
    ],
    ['{ name: a, zone: UTC, from: 2026-12-01 25:00, to: 2026-12-20 }', 'expected a day and a time'],
    [
      '{ name: a, zone: UTC, every: { from: "Freitag 16:00", to: "Mon 07:00" } }',
      'expected a weekday and a time such as `Fri 16:00`',
    ],
    ['{ name: a, zone: UTC, every: { from: "Fri 16:00", to: "Fri 16:00" } }', 'leaves some of the week free'],
    [
      '{ name: a, zone: UTC, from: 2026-12-20, to: 2026-12-21, environment: production }',
      'unknown key `environment`; did you mean `environments`?',
    ],
    [
      '{ name: a, zone: UTC, from: 2026-12-20, to: 2026-12-21 }\n  - { name: a, zone: UTC, from: 2026-12-20, to: 2026-12-21 }',
      '`a` is the name of freeze 1 already',
    ],
  ])('%s is refused', async (written, words) => {
    const { policy, problems } = await load(`  - ${written}\n`);
    expect(policy).toBeUndefined();
    expect(problems.map(({ message }) => message).join('\n')).toContain(words);
    expect(problems[0]?.line).toBeGreaterThanOrEqual(4);
  });
});
