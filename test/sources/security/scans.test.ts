import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { securityGate } from '../../../src/gates/security.js';
import type { Scans } from '../../../src/record/evidence.js';
import { scans as scansSchema } from '../../../src/record/evidence.js';
import { countsOf, severities } from '../../../src/record/scans.js';
import type { Triage } from '../../../src/sources/security/question.js';
import type { Result, RunFacts, ScanSink } from '../../../src/sources/security/result.js';
import { gather } from '../../../src/sources/security/scans.js';
import { NotMeasured } from '../../../src/sources/source.js';
import { readingOf } from '../../support/evidence.js';
import { day, facts, now, result, scored, suppression, triagePolicy } from './support.js';

const context = { clock: { now: () => now, sleep: async () => undefined }, workspace: process.cwd() };
const about = { subject: 'scan results', query: 'q', settled: true };
const never = new AbortController().signal;

const collect = (read: (sink: ScanSink) => void, policy: Partial<Triage> = {}) =>
  gather({ family: 'security', triage: triagePolicy(policy) }, context, never, about, async (sink) => read(sink));

const collected = (
  results: readonly (Result | undefined)[],
  policy: Partial<Triage> = {},
  run: Partial<RunFacts> = {},
) =>
  collect((sink) => {
    const to = sink.begin(facts(run));
    for (const one of results) to.add(one);
  }, policy);

const total = ({ runs }: Scans | Awaited<ReturnType<typeof collected>>, fate: Parameters<typeof countsOf>[1]) =>
  Object.values(countsOf(runs, fate)).reduce((a, b) => a + b, 0);

describe('the measurement', () => {
  it('counts every result once', async () => {
    const { runs, findings, notes } = await collected([
      result({ identity: 'a' }),
      result({ identity: 'b', suppressions: [suppression()] }),
      result({ identity: 'c', noFailure: { fate: 'ignored', reason: 'KIND_PASS' } }),
      result({ identity: 'd', ...scored('medium'), notes: ['NO_RULE'] }),
      result({ identity: 'e', ...scored('low') }),
      undefined,
    ]);
    expect(runs).toMatchObject([
      {
        results: 6,
        tally: [
          { fate: 'counted', reason: 'STANDS', severity: 'high', count: 2 },
          { fate: 'counted', reason: 'STANDS', severity: 'medium', count: 1 },
          { fate: 'ignored', reason: 'KIND_PASS', severity: 'high', count: 1 },
          { fate: 'malformed', reason: 'MALFORMED', severity: 'unknown', count: 1 },
          { fate: 'suppressed', reason: 'IN_SOURCE', severity: 'high', count: 1 },
        ],
      },
    ]);
    expect(findings.map((f) => `${f.fate} ${f.identity}`)).toEqual([
      'counted a',
      'counted e',
      'counted d',
      'suppressed b',
      'ignored c',
    ]);
    expect(notes).toEqual([
      'CodeQL in codeql.sarif: 1 result of a rule that the report does not describe',
      'CodeQL in codeql.sarif: 1 result with a score and a level far apart',
    ]);
  });

  it('fits the record', async () => {
    const measured = await collected([
      result({
        file: 'a.ts',
        line: 3,
        ids: ['CVE-1'],
        purl: 'pkg:npm/a@1',
        fix: 'upgrade',
        since: now,
        help: 'https://x',
      }),
    ]);
    expect(v.safeParse(scansSchema, { ...measured, source: 's' }).issues).toBeUndefined();
  });

  it('keeps the worst fifty of each fate, whatever their order', async () => {
    const many = Array.from({ length: 3000 }, (_, i) =>
      result({ identity: String(i), file: `${i}.ts`, ...(i % 500 === 7 ? scored('critical') : scored('low')) }),
    );
    const [forward, backward] = await Promise.all([collected(many), collected(many.toReversed())]);
    expect(forward.findings).toHaveLength(50);
    expect(forward.findings.filter((f) => f.severity === 'critical')).toHaveLength(6);
    expect(forward.findings).toEqual(backward.findings);
  });

  it('says that the round was too short, and passes on what went wrong otherwise', async () => {
    const cut = new AbortController();
    const late = gather({ family: 'security', triage: triagePolicy() }, context, cut.signal, about, async () => {
      cut.abort();
      throw new Error('aborted');
    });
    await expect(late).rejects.toMatchObject({ code: 'timeout' });
    const refused = gather({ family: 'security', triage: triagePolicy() }, context, never, about, async () => {
      throw new NotMeasured('forbidden', 'no');
    });
    await expect(refused).rejects.toMatchObject({ code: 'forbidden' });
  });
});

describe('results that are the same', () => {
  const same = (change: Partial<Result> = {}) => result({ identity: 'a', file: 'a.ts', line: 1, ...change });
  it('count once, as the worst of them', async () => {
    for (const results of [
      [same(scored('low')), same(scored('critical')), same(scored('high'))],
      [same(scored('critical')), same(scored('high')), same(scored('low'))],
    ]) {
      const measured = await collected(results);
      expect(countsOf(measured.runs, 'counted')).toMatchObject({ critical: 1, high: 0, low: 0 });
      expect(total(measured, 'ignored')).toBe(2);
      expect(measured.runs[0]?.results).toBe(3);
    }
  });

  it('are not the same at another place, in another run, or where one does not count', async () => {
    expect(total(await collected([same(), same({ line: 2 }), same({ file: 'b.ts' })]), 'counted')).toBe(3);
    const twoRuns = await collect((sink) => {
      for (const file of ['a.sarif', 'b.sarif']) sink.begin(facts({ file })).add(same());
    });
    expect(total(twoRuns, 'counted')).toBe(2);
    const one = await collected([same({ suppressions: [suppression()] }), same()]);
    expect([total(one, 'counted'), total(one, 'suppressed')]).toEqual([1, 1]);
  });
});

describe('whatever the results are', () => {
  const severity = fc.constantFrom(...severities);
  const rating = fc.record({ severity, why: fc.constant('w') });
  const anyResult: fc.Arbitrary<Result | undefined> = fc.option(
    fc.record(
      {
        rule: fc.constantFrom('a', 'b'),
        message: fc.constant('m'),
        score: rating,
        level: rating,
        secret: fc.constant(true as const),
        noFailure: fc.constantFrom(
          { fate: 'ignored' as const, reason: 'KIND_PASS' },
          { fate: 'review' as const, reason: 'KIND_OPEN' },
        ),
        baselineState: fc.constantFrom('new', 'unchanged', 'updated', 'invalid'),
        suppressions: fc.array(
          fc.record(
            {
              kind: fc.constantFrom('in-source', 'external'),
              status: fc.constantFrom('accepted', 'under-review', 'rejected'),
              reason: fc.constantFrom('', 'r'),
              expires: fc.constantFrom(now - 1, now + 1, Number.NaN),
            },
            { requiredKeys: ['kind', 'status'] },
          ),
          { maxLength: 2 },
        ),
        file: fc.constantFrom('src/a.ts', 'test/a.ts'),
        line: fc.constantFrom(1, 2),
        ids: fc.constantFrom([], ['CVE-1']),
        cwes: fc.constantFrom([], ['CWE-79']),
        fix: fc.constantFrom('', 'upgrade'),
        since: fc.constantFrom(now - 90 * day, now - day, now + day, Number.NaN),
        identity: fc.constantFrom('x', 'y', 'z'),
      },
      { requiredKeys: ['rule', 'message', 'suppressions', 'ids', 'cwes', 'identity'] },
    ),
    { nil: undefined, freq: 12 },
  );
  const anyPolicy: fc.Arbitrary<Partial<Triage>> = fc.record(
    {
      'severity-from': fc.constantFrom('score', 'level', 'strictest'),
      'unknown-severity': fc.constantFrom('critical', 'high', 'low'),
      baseline: fc.constant({}),
      'fixable-only': fc.boolean(),
      'fix-within': fc.constantFrom({}, { high: 30 * day, critical: 2 * day }),
      rules: fc.constantFrom(
        [],
        [{ name: 'tests', paths: ['test/**'], do: 'ignore' as const }],
        [{ name: 'a', rules: ['a'], do: 'count' as const, as: 'critical' as const }],
      ),
    },
    { requiredKeys: [] },
  );

  it('what is counted adds up to what was read', () =>
    fc.assert(
      fc.asyncProperty(fc.array(anyResult, { maxLength: 12 }), anyPolicy, async (results, policy) => {
        const { runs } = await collected(results, policy);
        const [run] = runs;
        expect(run?.results).toBe(results.length);
        expect(run?.tally.reduce((sum, { count }) => sum + count, 0)).toBe(results.length);
        expect(run?.tally.every(({ count }) => count > 0)).toBe(true);
      }),
      { numRuns: 2000 },
    ));

  it('one more never turns a stop into a continue', async () => {
    const gate = securityGate.bind(v.parse(securityGate.schema, { most: { medium: 1 } }));
    const moment = { now, deployedAt: now, settledAt: now, completeTo: now };
    const stateOf = async (results: readonly (Result | undefined)[], policy: Partial<Triage>) => {
      const measurement: Scans = { ...(await collected(results, policy)), source: 's' };
      return readingOf(gate.judge([{ role: 'scans', measurement }], moment)).state;
    };
    let stops = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(anyResult, { maxLength: 6 }),
        anyResult,
        fc.nat(6),
        anyPolicy,
        async (results, more, at, policy) => {
          const before = await stateOf(results, policy);
          if (before === 'healthy') return;
          stops += 1;
          expect(await stateOf(results.toSpliced(at, 0, more), policy)).not.toBe('healthy');
        },
      ),
      { numRuns: 3000 },
    );
    expect(stops).toBeGreaterThan(500);
  });
});
