import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { scans } from '../../../../src/record/evidence.js';
import { countsOf } from '../../../../src/record/scans.js';
import { mostFindings } from '../../../../src/sources/security/scans.js';
import { dispositions, type Json, log, read, readAll, run } from './support.js';

const codes = (raw: unknown, inLog: Json = {}): string[] => read(raw, inLog).problems.map((p) => p.code);
const said = (raw: unknown): string =>
  read(raw)
    .problems.map((p) => p.message)
    .join();
const invoked = (...invocations: unknown[]): Json => run([], { invocations });
const execution = (...invocations: unknown[]) => read(invoked(...invocations)).run?.execution;
const notified = (notification: unknown, key = 'toolExecutionNotifications'): Json =>
  invoked({ executionSuccessful: true, [key]: [notification] });

describe('a run that is no evidence', () => {
  it.each([[null], [7], [[]], [{}], [{ tool: {}, results: [] }], [{ tool: { driver: { name: ' ' } }, results: [] }]])(
    'names no tool: %j',
    (raw) => {
      expect(codes(raw)).toEqual(['NO_TOOL']);
      expect(read(raw).run).toBeUndefined();
    },
  );

  it.each([[undefined], [null], [{}], [0], ['']])('has no list of results: %j', (results) => {
    expect(codes(run(results))).toEqual(['RESULTS_MISSING']);
    expect(read(run(results)).run).toBeUndefined();
  });

  it('keeps its results or invocations elsewhere', async () => {
    const inLogs = async (raw: unknown, inLog: Json = {}) =>
      (await readAll(JSON.stringify({ ...log(raw), ...inLog }))).problems.map((p) => p.code);
    for (const key of ['results', 'invocations', 'driver', 'extensions']) {
      const references = { externalPropertyFileReferences: { [key]: [{ location: { uri: 'x.json' } }] } };
      expect(await inLogs(run([], references))).toEqual(['EXTERNAL_RESULTS']);
      // Of two runs nobody knows whose it is.
      const two = { runs: [run([]), run([])], inlineExternalProperties: [{ [key]: [] }] };
      expect(new Set(await inLogs(run([]), two))).toEqual(new Set(['EXTERNAL_RESULTS']));
    }
    expect(await inLogs(run(undefined, { externalPropertyFileReferences: { results: [{}] } }))).toEqual([
      'EXTERNAL_RESULTS',
    ]);
    const taxonomies = { externalPropertyFileReferences: { taxonomies: [{}], results: [] } };
    expect(await inLogs(run([], taxonomies))).toEqual([]);
  });

  it('counts those of its results that are none', () => {
    const { run: only } = read(run([{ level: 'note' }, null, 3, [], 'x']));
    expect(only?.results).toBe(5);
    expect(countsOf(only ? [only] : [], 'malformed').unknown).toBe(4);
    expect(countsOf(only ? [only] : [], 'counted').low).toBe(1);
  });
});

describe('whether the scan ran to its end', () => {
  it('is unknown unless it says so', () => {
    expect(read(run([])).run?.execution).toBe('unknown');
    expect(execution()).toBe('unknown');
    expect(execution({})).toBe('unknown');
    expect(execution({ executionSuccessful: null })).toBe('unknown');
    expect(execution({ executionSuccessful: true }, {})).toBe('unknown');
    expect(execution({ executionSuccessful: true }, { executionSuccessful: true })).toBe('succeeded');
  });

  it.each([
    [[{ executionSuccessful: false }]],
    [[{ executionSuccessful: true }, { executionSuccessful: false }]],
    [[{ executionSuccessful: 'false' }]],
    [[{ executionSuccessful: 0 }]],
    [[null]],
    [['x']],
  ])('failed: %j', (invocations) => {
    expect(execution(...invocations)).toBe('failed');
    expect(codes(invoked(...invocations))).toEqual(['SCAN_FAILED']);
  });

  it('failed when the invocations are no list, or stand at the root of the log', () => {
    expect(codes(run([], { invocations: 'x' }))).toEqual(['SCAN_FAILED']);
    expect(codes(run([], { invocations: { executionSuccessful: false } }))).toEqual(['SCAN_FAILED']);
    expect(codes(run([]), { invocations: [{ executionSuccessful: false }] })).toEqual(['SCAN_FAILED']);
    expect(codes(run([], { invocations: null }))).toEqual([]);
  });

  it('says what the tool said', () => {
    const crash = {
      executionSuccessful: false,
      exitCode: 137,
      toolExecutionNotifications: [{ level: 'error', message: { text: 'out of\nmemory' } }],
    };
    expect(said(invoked(crash))).toContain(
      'executionSuccessful is false, exit code 137 (it reports an error: out of memory)',
    );
  });

  it.each(['toolExecutionNotifications', 'toolConfigurationNotifications'])('goes by the level in %s', (key) => {
    expect(codes(notified({ level: 'error' }, key))).toEqual(['SCAN_FAILED']);
    expect(codes(notified({ level: 'fatal' }, key))).toEqual(['SCAN_FAILED']);
    expect(codes(notified(null, key))).toEqual(['SCAN_FAILED']);
    for (const level of ['none', 'note', 'warning', undefined, null])
      expect(codes(notified({ level }, key))).toEqual([]);
  });

  it("takes a notification's level from its descriptor or an override", () => {
    const tool = { driver: { name: 'S', notifications: [{ id: 'N', defaultConfiguration: { level: 'error' } }] } };
    const invocation = (more: Json): Json => ({
      executionSuccessful: true,
      toolExecutionNotifications: [{ descriptor: { id: 'N' }, message: { text: 'x' } }],
      ...more,
    });
    const calm = {
      notificationConfigurationOverrides: [{ descriptor: { index: 0 }, configuration: { level: 'note' } }],
    };
    expect(codes(run([], { invocations: [invocation({})] }, tool))).toEqual(['SCAN_FAILED']);
    expect(codes(run([], { invocations: [invocation(calm)] }, tool))).toEqual([]);
  });
});

describe('what was scanned and when', () => {
  const revision = (provenance: unknown) => read(run([], { versionControlProvenance: provenance })).run?.revision;

  it('is the commit that it names, or all of them', () => {
    expect(read(run([])).run?.revision).toBeNull();
    expect(revision([{ revisionId: 'abc' }])).toBe('abc');
    expect(revision([{ revisionId: 'abc' }, { revisionId: 'abc' }, { revisionId: 'def' }])).toBe('abc def');
    for (const none of [null, {}, [], [null], [{}], [{ revisionId: '' }], [{ revisionId: 7 }]])
      expect(revision(none)).toBeNull();
  });

  it('is the latest instant of the invocations', () => {
    const ended = (...invocations: unknown[]) => read(invoked(...invocations)).run?.ended;
    expect(ended({ startTimeUtc: '2026-11-23T09:00:00Z', endTimeUtc: '2026-11-23T09:30:00.5Z' })).toBe(
      '2026-11-23T09:30:00.500Z',
    );
    expect(ended({ startTimeUtc: '2026-11-23T09:00:00Z' })).toBe('2026-11-23T09:00:00.000Z');
    expect(ended({ endTimeUtc: '2026-11-23T09:00:00Z' }, { endTimeUtc: '2026-11-23T11:00:00+01:00' })).toBe(
      '2026-11-23T10:00:00.000Z',
    );
    // Without a time zone it could be any of 26 hours.
    for (const none of ['2026-11-23T09:00:00', 'yesterday', '', 1e12, null, '2026-99-23T09:00:00Z'])
      expect(ended({ endTimeUtc: none })).toBeNull();
  });
});

describe('the findings of a run', () => {
  const finding = (i: number, level: string): Json => ({ ruleId: `R${String(i).padStart(5, '0')}`, level });

  it('are the worst, in an order that the file does not decide', () => {
    const results = Array.from({ length: 3000 }, (_, i) => finding(i, i % 100 === 0 ? 'error' : 'note'));
    const forth = read(run(results));
    const back = read(run([...results].reverse()));
    expect(forth.findings).toHaveLength(mostFindings);
    expect(forth.findings).toEqual(back.findings);
    expect(forth.findings.slice(0, 30).every((f) => f.severity === 'high')).toBe(true);
    expect(countsOf(forth.run ? [forth.run] : [], 'counted')).toMatchObject({ high: 30, low: 2970 });
  });

  it('keeps an unknown one before those that are known to be less', () => {
    const results = [...Array.from({ length: 60 }, (_, i) => finding(i, 'warning')), finding(99, 'none')];
    expect(read(run(results)).findings[0]?.severity).toBe('unknown');
  });
});

/** Results as scanners write them and as nobody should. */
const key = (...names: string[]) => fc.constantFrom(...names, null, undefined, 7, '');
const suppression = fc.oneof(
  fc.record({
    kind: key('inSource', 'external'),
    status: key('accepted', 'underReview', 'rejected'),
    state: key('accepted', 'rejected'),
  }),
  fc.jsonValue(),
);
const anyResult = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      ruleId: key('R', 'R/x', 'none'),
      ruleIndex: fc.constantFrom(0, -1, 99, 'x', undefined),
      kind: key('pass', 'fail', 'open', 'review', 'informational', 'notApplicable', 'odd'),
      level: key('error', 'warning', 'note', 'none', 'high', 'odd'),
      baselineState: key('new', 'absent', 'unchanged', 'existing'),
      suppressions: fc.oneof(fc.constant(undefined), fc.array(suppression, { maxLength: 3 }), fc.jsonValue()),
      message: fc.oneof(fc.record({ text: fc.string() }), fc.jsonValue()),
      properties: fc.oneof(fc.record({ 'security-severity': key('9.0', '0.0', 'x') }), fc.jsonValue()),
      locations: fc.jsonValue(),
    }),
  },
  { weight: 1, arbitrary: fc.jsonValue() },
);

describe('any run', () => {
  const entries = v.pick(scans, ['runs', 'problems', 'findings']);

  it('gives every result exactly one disposition', () => {
    fc.assert(
      fc.property(fc.array(anyResult, { maxLength: 30 }), (results) => {
        const objects = results.filter((r) => typeof r === 'object' && r !== null && !Array.isArray(r)).length;
        const { malformed = 0, ...others } = dispositions(results);
        expect(Object.values(others).reduce((a, b) => a + b, 0)).toBe(objects);
        expect(malformed).toBe(results.length - objects);
      }),
      { numRuns: 500 },
    );
  });

  it('never throws and always fits the record', () => {
    const part = fc.oneof(fc.jsonValue(), fc.constant(undefined));
    const raw = fc.oneof(
      fc.jsonValue(),
      fc.record({
        tool: fc.record({
          driver: fc.record({ name: fc.string(), semanticVersion: part, rules: part, notifications: part }),
          extensions: part,
        }),
        results: fc.oneof(fc.array(anyResult, { maxLength: 5 }), part),
        invocations: part,
        versionControlProvenance: part,
        externalPropertyFileReferences: part,
      }),
    );
    fc.assert(
      fc.property(
        raw,
        fc.dictionary(fc.constantFrom('invocations', 'inlineExternalProperties'), fc.jsonValue()),
        (x, inLog) => {
          const { run: one, problems, findings } = read(x, inLog);
          const whole = JSON.parse(JSON.stringify({ runs: one ? [one] : [], problems, findings }));
          expect(v.safeParse(entries, whole).issues).toBeUndefined();
          expect(one !== undefined || problems.length > 0).toBe(true);
        },
      ),
      { numRuns: 1000 },
    );
  });
});
