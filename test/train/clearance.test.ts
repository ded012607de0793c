/** Which trains may set out, and which go although their gates stop them. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Freeze } from '../../src/policy/freezes.js';
import { decisionFor } from '../../src/record/build.js';
import type { Entry } from '../../src/record/ledger.js';
import type { Decision, Reason, Round } from '../../src/record/record.js';
import type { Override, Standing } from '../../src/record/standing.js';
import { clearance, judge, lettingGo, type Release } from '../../src/train/clearance.js';
import { flagsSince } from '../../src/train/since.js';

const sha = (letter: string): string => letter.repeat(40);
const now = Date.parse('2026-11-23T10:00:00Z');
const day = 86_400_000;
const iso = (ms: number): string => new Date(ms).toISOString();

let made = 0;
const entry = (change: Partial<Entry> = {}): Entry => ({
  ledger: 1,
  previous: null,
  service: 'checkout',
  environment: 'production',
  sha: sha('a'),
  version: null,
  decision: 'stop',
  reason: 'unhealthy',
  sentence: 'error rate is 4 %',
  actor: null,
  run: 'https://ci.example.com/1',
  at: iso(now - day + made++),
  record: null,
  hash: sha('0'),
  ...change,
});
const went = (change: Partial<Entry> = {}) =>
  entry({ decision: 'continue', reason: 'healthy', sentence: 'well', ...change });

const release: Release = { service: 'checkout', environment: 'production', sha: sha('b') };

const override = (change: Partial<Override> = {}): Override => ({
  lifts: 'open-stop',
  environment: 'production',
  by: 'alice',
  reason: 'known',
  expires: '2026-11-24',
  until: iso(now + day),
  ...change,
});

interface Facts {
  readonly entries?: readonly Entry[];
  readonly freezes?: readonly Freeze[];
  readonly overrides?: readonly Override[];
  readonly release?: Release;
  readonly fixes?: string;
  readonly observe?: boolean;
}
const clear = ({ entries, freezes = [], overrides = [], release: of = release, ...rest }: Facts) =>
  clearance({
    ledger: entries && { file: 'ledger.jsonl', entries, head: null, first: false, torn: false },
    freezes,
    overrides,
    release: of,
    now,
    ...rest,
  });

describe('an open stop', () => {
  it('keeps the next train, and says since when, which, why and what to do', () => {
    const { stop } = clear({ entries: [went(), entry({ version: '1.2', at: '2026-11-22T09:30:00.000Z' })] });
    expect(stop).toEqual({
      decision: 'stop',
      reason: 'open-stop',
      gates: [],
      sentence:
        'a stop of production is open since 2026-11-22 09:30 UTC (checkout 1.2, commit aaaaaaaaaa: unhealthy, error rate is 4 %, https://ci.example.com/1); declare with the input `fixes` what another commit mends of it, or name an override',
    });
  });

  it.each<[string, Facts]>([
    ['there is no ledger', {}],
    ['it is the first run', { entries: [] }],
    ['a train has gone since', { entries: [entry(), went()] }],
    [
      'one has gone since because somebody answered for it',
      { entries: [entry(), went({ reason: 'overridden', verdict: { decision: 'stop', reason: 'unhealthy' } })] },
    ],
    ['it is declared as fixed by another commit', { entries: [entry()], fixes: 'SHOP-1' }],
    ['somebody answers for it', { entries: [entry()], overrides: [override()] }],
    ['it was of another service', { entries: [entry({ service: 'basket' })] }],
    ['it was of another environment', { entries: [entry({ environment: 'staging' })] }],
    ['it was only observed', { entries: [entry({ observed: true })] }],
    ['it was a freeze', { entries: [entry({ reason: 'frozen' })] }],
    ['it was cancelled', { entries: [entry({ reason: 'cancelled' })] }],
    [
      'the same release is asked again for lack of evidence',
      { entries: [entry({ reason: 'not-measured', sha: sha('b') })] },
    ],
  ])('does not where %s', (_, facts) => expect(clear(facts).stop).toBeUndefined());

  it.each<[string, Facts]>([
    ['only observed trains have gone since', { entries: [entry(), went({ observed: true, reason: 'observed' })] }],
    ['only some stages were proven since', { entries: [entry(), went({ part: 'canary-5' })] }],
    ['trains of another service have gone since', { entries: [entry(), went({ service: 'basket' })] }],
    ['another was kept by it since', { entries: [entry(), entry({ reason: 'open-stop', sha: sha('b') })] }],
    ['the fix is the stopped commit', { entries: [entry({ sha: sha('b') })], fixes: 'SHOP-1' }],
    ['the fix may be the stopped commit, by its short id', { entries: [entry({ sha: 'BBBBBBB' })], fixes: 'SHOP-1' }],
    ['the fix is one of the stopped commits', { entries: [entry({ sha: sha('b') }), entry()], fixes: 'SHOP-1' }],
    ['the fix has no commit', { entries: [entry()], fixes: 'SHOP-1', release: { ...release, sha: null } }],
    ['the stopped commit is not known', { entries: [entry({ sha: null })], fixes: 'SHOP-1' }],
    ['the fix says nothing', { entries: [entry()], fixes: '  ' }],
    ['the same release was found at fault', { entries: [entry({ sha: sha('b') })] }],
    [
      'the same release lacks evidence, but another stop is open',
      { entries: [entry(), entry({ reason: 'not-measured', sha: sha('b') })] },
    ],
    ['another release lacked evidence', { entries: [entry({ reason: 'insufficient-evidence' })] }],
    ['the service is not known', { entries: [entry()], release: { ...release, service: null } }],
    ['its service was not known', { entries: [entry({ service: null })] }],
    ['it is written in other letters', { entries: [entry({ environment: 'Production', service: 'Checkout' })] }],
  ])('lasts where %s', (_, facts) => expect(clear(facts).stop?.reason).toBe('open-stop'));

  it.each(['unhealthy', 'insufficient-evidence', 'not-measured', 'not-steady', 'not-moved', 'internal-error'] as const)(
    'is left by %s',
    (reason) => expect(clear({ entries: [entry({ reason })] }).stop?.reason).toBe('open-stop'),
  );

  it('is told where the policy only observes, and nothing is lifted', () => {
    const { stop, standing } = clear({ entries: [entry()], overrides: [override()], observe: true });
    expect([stop, standing.used, standing.stops.length]).toEqual([undefined, [], 1]);
  });

  it('of one commit is told once, with when it began', () => {
    const { standing } = clear({
      entries: [entry({ at: '2026-11-20T00:00:00.000Z' }), entry(), entry({ reason: 'not-steady' })],
    });
    expect(standing.stops.map(({ at, reason }) => [at.slice(0, 10), reason])).toEqual([
      ['2026-11-20', 'unhealthy'],
      ['2026-11-22', 'not-steady'],
    ]);
  });
});

describe('an override', () => {
  it.each<[string, Partial<Override>, Partial<Release>?]>([
    ['is over', { until: iso(now) }],
    ['ends in years', { until: iso(now + 400 * day) }],
    ['is for another environment', { environment: 'staging' }],
    ['is for another service', { service: 'basket' }],
    ['is for another commit', { commit: sha('a') }],
    ['is for a commit, and the release has none', { commit: sha('b') }, { sha: null }],
    ['is for a service, and the release has none', { service: 'checkout' }, { service: null }],
    ['lifts something else', { lifts: 'freeze' }],
    ['is for the verdict', { lifts: 'verdict', commit: sha('b') }],
    ['has no end that can be read', { until: 'soon' }],
  ])('lifts nothing that %s', (_, change, of = {}) => {
    expect(
      clear({ entries: [entry()], overrides: [override(change)], release: { ...release, ...of } }).stop?.reason,
    ).toBe('open-stop');
  });

  it('that was needed is told as used; one that was not is not', () => {
    const needed = override({ service: 'checkout', commit: sha('b') });
    expect(clear({ entries: [entry()], overrides: [needed] }).standing.used).toEqual([needed]);
    expect(clear({ entries: [entry()], overrides: [needed], fixes: 'SHOP-1' }).standing.used).toEqual([]);
    expect(clear({ entries: [went()], overrides: [needed] }).standing.used).toEqual([]);
  });

  it('that does not hold is to be put in order', () => {
    const overrides = [
      override({ until: '2026-11-20T00:00:00.000Z', place: 'overrides.yml:3' }),
      override({ until: '2099-01-01T00:00:00.000Z' }),
      override({ environment: 'staging', until: '2026-11-20T00:00:00.000Z' }),
    ];
    expect(clear({ entries: [], overrides }).standing.remarks).toEqual([
      'the override `lifts: open-stop` by alice (overrides.yml:3) ended 2026-11-20 00:00 UTC: remove it',
      'the override `lifts: open-stop` by alice ends more than 30d ahead, so it is not in effect: give a nearer day',
    ]);
    expect(
      clear({ entries: [], overrides: [override()], release: { ...release, environment: null } }).standing.remarks,
    ).toEqual(['the override `lifts: open-stop` by alice has no effect: nothing says which environment this is']);
  });

  it('stands in every report of its environment for 30 days', () => {
    const used = { lifts: 'verdict' as const, by: 'bob', reason: 'x', expires: '2026-11-01' };
    const entries = [
      went({ at: iso(now - 31 * day), overrides: [used] }),
      went({ at: iso(now - 29 * day), overrides: [{ ...used, by: 'carol' }], service: 'basket' }),
      went({ at: iso(now - day), overrides: [used], environment: 'staging' }),
      went({ at: iso(now - day), overrides: [used] }),
    ];
    expect(clear({ entries }).standing.recent.map(({ by, service }) => [by, service])).toEqual([
      ['bob', 'checkout'],
      ['carol', 'basket'],
    ]);
  });
});

describe('a freeze', () => {
  const freezes: Freeze[] = [
    { name: 'year end', zone: 'Europe/Berlin', from: '2026-11-20', to: '2026-12-31', except: { fixes: true } },
  ];
  it('keeps a train, save a fix or what somebody answers for', () => {
    expect(clear({ freezes }).stop).toMatchObject({
      reason: 'frozen',
      sentence:
        'production is frozen by year end until Fri 2027-01-01 00:00 in Europe/Berlin (2026-12-31 23:00 UTC); a fix may pass with the input `fixes`',
    });
    expect(clear({ freezes, fixes: 'SHOP-1' }).stop).toBeUndefined();
    const lifting = override({ lifts: 'freeze' });
    expect(clear({ freezes, overrides: [lifting] })).toMatchObject({ standing: { used: [lifting] } });
    expect(clear({ freezes, overrides: [override()] }).stop?.reason).toBe('frozen');
  });

  it('does not hide an open stop', () => expect(clear({ freezes, entries: [entry()] }).stop?.reason).toBe('open-stop'));
});

describe('no train goes past an open stop', () => {
  const entries = fc.array(
    fc.record({
      service: fc.constantFrom('checkout', 'basket', null),
      environment: fc.constantFrom('production', 'staging'),
      sha: fc.constantFrom(sha('a'), sha('b'), sha('c'), 'bbbbbbb', null),
      decision: fc.constantFrom('continue', 'stop'),
      reason: fc.constantFrom<Reason>('healthy', 'unhealthy', 'not-measured', 'cancelled', 'frozen', 'open-stop'),
      observed: fc.constantFrom(true, undefined),
      part: fc.constantFrom('ring-0', undefined),
    }),
    { maxLength: 8 },
  );
  const overrides = fc.array(
    fc.record({
      lifts: fc.constantFrom('open-stop', 'freeze', 'verdict'),
      environment: fc.constantFrom('production', 'staging'),
      service: fc.constantFrom('checkout', 'basket', undefined),
      commit: fc.constantFrom(sha('a'), sha('b'), undefined),
      until: fc.constantFrom(now - day, now, now + 1, now + day, now + 365 * day),
    }),
    { maxLength: 4 },
  );
  const known = (text: string) => text !== '';

  it('without a fix that is another commit, or an override of its scope and date', () => {
    let kept = 0;
    fc.assert(
      fc.property(
        entries,
        overrides,
        fc.constantFrom('', ' ', 'SHOP-1'),
        fc.constantFrom(sha('b'), null),
        (all, lifting, fixes, own) => {
          const given = all.map(({ observed, part, ...one }) =>
            entry({ ...(one as Partial<Entry>), ...(observed && { observed }), ...(part && { part }) }),
          );
          const written = lifting.map(({ until, service, commit, ...one }) =>
            override({
              ...(one as Partial<Override>),
              until: iso(until),
              ...(service && { service }),
              ...(commit && { commit }),
            }),
          );
          const { stop } = clear({
            entries: given,
            overrides: written,
            release: { ...release, sha: own },
            ...(known(fixes) && { fixes }),
          });
          // Told in another way than the code does.
          const there = given.filter((e) => e.environment === 'production' && !e.observed);
          const open = there.filter(
            (e, index) =>
              e.decision === 'stop' &&
              ['unhealthy', 'not-measured'].includes(e.reason) &&
              e.service !== 'basket' &&
              !there
                .slice(index + 1)
                .some(
                  (later) =>
                    later.decision === 'continue' && !later.part && [e.service, 'checkout'].includes(later.service),
                ),
          );
          const fixed = (e: Entry) => fixes.trim() !== '' && own !== null && e.sha !== null && !own.startsWith(e.sha);
          const again = (e: Entry) => e.reason === 'not-measured' && e.sha === own && own !== null;
          const answered = written.some(
            (o) =>
              o.lifts === 'open-stop' &&
              o.environment === 'production' &&
              (o.service === undefined || o.service === 'checkout') &&
              (o.commit === undefined || o.commit === own) &&
              Date.parse(o.until) > now &&
              Date.parse(o.until) < now + 60 * day,
          );
          const mustStop = !answered && open.some((e) => !fixed(e) && !again(e));
          if (mustStop) kept += 1;
          expect(stop?.reason).toBe(mustStop ? 'open-stop' : undefined);
        },
      ),
      { numRuns: 2000 },
    );
    expect(kept).toBeGreaterThan(100);
  });

  it('and the same follows from what the record holds', () => {
    fc.assert(
      fc.property(entries, overrides, fc.constantFrom(undefined, 'SHOP-1'), (all, lifting, fixes) => {
        const given = all.map(({ service, environment, decision, reason }) =>
          entry({ service, environment, decision: decision as Entry['decision'], reason }),
        );
        const written = lifting.map(({ until, service, commit, ...one }) =>
          override({
            ...(one as Partial<Override>),
            until: iso(until),
            ...(service && { service }),
            ...(commit && { commit }),
          }),
        );
        const { stop, standing } = clear({ entries: given, overrides: written, ...(fixes && { fixes }) });
        const again = judge(JSON.parse(JSON.stringify(standing)) as Standing, release);
        expect(again).toEqual({ ...(stop && { stop }), used: standing.used });
      }),
      { numRuns: 300 },
    );
  });
});

describe('a verdict', () => {
  const standing = (overrides: readonly Override[]): Standing => clear({ overrides }).standing;
  const verdict = (reason: Reason): Decision => ({
    decision: 'stop',
    reason,
    gates: ['error rate'],
    sentence: 'error rate is 4 %',
  });
  const mine = override({ lifts: 'verdict', commit: sha('b') });
  const round = { ended: iso(now + 60_000) } as Round;
  const of = (change: object = {}) => ({
    rounds: [round],
    verdict: verdict('unhealthy'),
    standing: standing([mine]),
    service: 'checkout',
    release: { sha: sha('b'), environment: 'production' },
    ...change,
  });

  it('is overridden for its commit, and stays what it is', () => {
    const found = lettingGo(of());
    expect(found).toEqual(mine);
    expect(decisionFor(verdict('unhealthy'), false, found)).toEqual({
      decision: 'continue',
      reason: 'overridden',
      gates: ['error rate'],
      sentence: 'alice lets it go until 2026-11-24 (known); the gates say stop: error rate is 4 %',
    });
  });

  it.each<[string, object]>([
    ['nothing stood', { standing: undefined }],
    ['it is of another commit', { release: { sha: sha('a'), environment: 'production' } }],
    ['it is of another environment', { release: { sha: sha('b'), environment: 'staging' } }],
    ['it ended before the decision', { rounds: [{ ended: iso(now + day) }] }],
    ['traffic was taken back already', { walk: { walked: [{ moved: { outcome: 'changed' } }] } }],
    ['the train goes anyway', { verdict: { decision: 'continue', reason: 'healthy', gates: [], sentence: '' } }],
    ...(['policy-error', 'internal-error', 'cancelled', 'not-moved', 'open-stop', 'frozen'] as const).map(
      (reason): [string, object] => [`it is ${reason}`, { verdict: verdict(reason) }],
    ),
  ])('is not where %s', (_, change) => expect(lettingGo(of(change))).toBeUndefined());

  it('of what nobody can answer for stays, whatever is handed in', () => {
    for (const reason of ['policy-error', 'internal-error', 'cancelled'] as const) {
      expect(decisionFor(verdict(reason), false, mine).decision).toBe('stop');
    }
  });
});

describe('since the last good release', () => {
  it('is since the last whose gates let it go', () => {
    const good = went({ sha: sha('d'), version: '1.0' });
    const entries = [
      good,
      went({ observed: true }),
      went({ reason: 'overridden', verdict: { decision: 'stop', reason: 'unhealthy' } }),
      went({ part: 'ring-0' }),
      went({ service: 'basket' }),
      entry(),
    ];
    expect(clear({ entries }).standing.since).toMatchObject({
      sha: sha('d'),
      version: '1.0',
      at: good.at,
      run: good.run,
    });
    expect(clear({ entries: entries.slice(1) }).standing.since).toBeUndefined();
  });

  it('names the flags that changed since', () => {
    const state = (key: string, at: string | null) => ({
      key,
      changed: at === null ? null : { at, by: null, scope: 'environment' },
    });
    const rounds = [
      {
        gates: [
          {
            answers: [
              { role: 'a', source: 'flags', failure: {} },
              {
                role: 'a',
                measurement: {
                  kind: 'flag-states',
                  source: 'flags',
                  states: [
                    state('old', '2026-11-01T00:00:00Z'),
                    state('new', '2026-11-22T00:00:00Z'),
                    state('none', null),
                  ],
                },
              },
              {
                role: 'b',
                measurement: { kind: 'flag-states', source: 'other', states: [state('new', '2026-11-23T00:00:00Z')] },
              },
            ],
          },
        ],
      },
    ] as unknown as Round[];
    expect(flagsSince([...rounds, ...rounds], '2026-11-20T00:00:00Z')).toEqual([
      { source: 'other', flag: 'new', at: '2026-11-23T00:00:00Z', scope: 'environment' },
      { source: 'flags', flag: 'new', at: '2026-11-22T00:00:00Z', scope: 'environment' },
    ]);
  });
});
