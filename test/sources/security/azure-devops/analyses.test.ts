import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Alert } from '../../../../src/sources/security/azure-devops/alert.js';
import { type Analysis, analysisOf, witnesses } from '../../../../src/sources/security/azure-devops/analyses.js';
import { bindingOf } from '../../../../src/sources/security/azure-devops/binding.js';
import { readEnablement } from '../../../../src/sources/security/azure-devops/enablement.js';
import { result } from '../support.js';

const commit = 'c0ffee00'.repeat(5);
const other = 'badc0de0'.repeat(5);
const minute = 60_000;
const at = Date.parse('2026-11-23T09:00:00Z');

const seen = (id: number, lastSeen: number, active = true): Alert => ({
  id,
  type: 'code',
  tool: 'CodeQL',
  active,
  lastSeen,
  result: result(),
});

const ids = (alerts: readonly Alert[]) => witnesses(alerts).asked.map(({ id }) => id);

describe('the alerts that are asked which commit was analysed', () => {
  it('are one for each instant at which active ones were last seen, and a few that are not active', () => {
    expect(ids([seen(1, 100), seen(2, 200), seen(3, 100), seen(4, 200), seen(5, Number.NaN)])).toEqual([2, 1, 5]);
    const fixed = [10, 60, 20, 50, 30, 40].map((when, i) => seen(i, when, false));
    expect(ids([...fixed, seen(9, 5)])).toEqual([9, 1, 3, 5, 4, 2]);
    expect(ids([])).toEqual([]);
  });

  it('say how many are left out', () => {
    const many = Array.from({ length: 30 }, (_, i) => seen(i, i));
    expect(witnesses(many)).toMatchObject({ left: 10 });
    expect(ids(many)).toHaveLength(20);
    expect(witnesses(many.slice(0, 20))).toMatchObject({ left: 0 });
  });
});

const instance = (change: object = {}, details: object = {}) => ({
  analysisConfiguration: {
    analysisConfigurationId: 7,
    toolName: 'CodeQL',
    toolVersion: '2.20.1',
    analysisConfigurationDetails: {
      gitRef: 'refs/heads/main',
      pipelineName: 'ci',
      pipelineId: 42,
      phaseName: 'build',
      ...details,
    },
  },
  recentAnalysisInstance: { commitId: commit.toUpperCase(), createdDate: '2026-11-23T09:00:00.1234567Z' },
  lastSeen: { commitId: other, createdDate: '2026-11-22T09:00:00Z' },
  state: 'fixed',
  ...change,
});

describe('an analysis', () => {
  it('is the newest one of a configuration', () => {
    expect(analysisOf(instance(), 'refs/heads/main')).toEqual({
      key: '7',
      name: 'CodeQL in pipeline ci (build)',
      pipeline: { name: 'ci', id: '42' },
      commit,
      at: at + 123,
      toolVersion: '2.20.1',
      active: false,
    });
  });

  it('is the one that saw an alert last, but only while the alert is active', () => {
    const last = (change: object) =>
      analysisOf(instance({ recentAnalysisInstance: null, ...change }), 'refs/heads/main')?.commit;
    expect(last({ state: 'active' })).toBe(other);
    expect(last({ state: 1 })).toBe(other);
    expect(last({ state: 'fixed', fixedIn: { commitId: commit } })).toBeUndefined();
    expect(last({ state: 'dismissed' })).toBeUndefined();
  });

  it('of another branch is none', () => {
    expect(analysisOf(instance(), 'refs/heads/dev')).toBeUndefined();
    expect(analysisOf(instance({}, { gitRef: null }), 'refs/heads/dev')?.commit).toBe(commit);
  });

  it('names no commit that is none', () => {
    for (const commitId of [null, '', 'main', commit.slice(0, 12), `${commit} x`, 7]) {
      const found = analysisOf(instance({ recentAnalysisInstance: { commitId } }), 'refs/heads/main');
      expect(found).toMatchObject({ commit: undefined, at: Number.NaN });
    }
  });

  it('never throws, whatever it is', () => {
    const raw = fc.oneof(
      fc.jsonValue(),
      fc.record({ analysisConfiguration: fc.jsonValue(), recentAnalysisInstance: fc.jsonValue() }),
    );
    fc.assert(fc.property(raw, (x) => void analysisOf(x, 'refs/heads/main')));
    fc.assert(fc.property(raw, (x) => void readEnablement(x)));
  });
});

const analysis = (change: Partial<Analysis> = {}): Analysis => ({
  key: '1',
  name: 'CodeQL in pipeline ci',
  pipeline: { name: 'ci', id: '42' },
  commit,
  at,
  active: true,
  ...change,
});
const bound = (all: readonly Analysis[], change: object = {}, lacking?: string) =>
  bindingOf(
    { all, ...(lacking === undefined ? {} : { lacking }) },
    { commit, pipelines: undefined, listedAt: at + minute, ...change },
  );

describe('alerts belong to the commit', () => {
  it('when all analyses that are known are of it', () => {
    expect(bound([analysis()])).toEqual({ state: 'bound' });
    expect(bound([analysis()], { commit: commit.slice(0, 7) })).toEqual({ state: 'bound' });
    expect(bound([analysis(), analysis({ commit: other })])).toMatchObject({
      state: 'other',
      analysis: { commit: other },
    });
    expect(bound([analysis(), analysis({ commit: undefined })])).toMatchObject({ state: 'unknown' });
    expect(bound([analysis(), analysis({ at: Number.NaN })])).toMatchObject({ state: 'unknown' });
    expect(bound([analysis()], {}, 'some are hidden')).toEqual({ state: 'unknown', why: 'some are hidden' });
    expect(bound([])).toMatchObject({ state: 'unknown', why: 'its alerts name no analysis' });
  });

  it('when they were listed a while after it', () => {
    expect(bound([analysis()], { listedAt: at + minute - 1 })).toMatchObject({ state: 'fresh' });
    expect(bound([analysis()], { listedAt: at - minute })).toMatchObject({ state: 'fresh' });
    expect(bound([analysis()], { listedAt: Number.NaN })).toMatchObject({ state: 'unknown' });
  });

  it('by the pipelines that the policy names', () => {
    const nightly = analysis({ key: '2', commit: other, pipeline: { name: 'nightly', id: '43' } });
    expect(bound([analysis(), nightly])).toMatchObject({ state: 'other' });
    expect(bound([analysis(), nightly], { pipelines: ['CI'] })).toEqual({ state: 'bound' });
    expect(bound([analysis(), nightly], { pipelines: ['42'] })).toEqual({ state: 'bound' });
    expect(bound([analysis(), nightly], { pipelines: ['release'] })).toMatchObject({ state: 'unknown' });
    expect(bound([analysis({ pipeline: { name: '', id: '' } })], { pipelines: ['ci'] })).toMatchObject({
      state: 'unknown',
    });
  });

  it('never, where one analysis that matters is of another commit', () => {
    const one = fc.record({
      commit: fc.constantFrom(commit, other, undefined),
      at: fc.constantFrom(at, at - minute, at + minute, Number.NaN),
    });
    const property = fc.property(fc.array(one), (all) => {
      const { state } = bound(all.map((change, i) => analysis({ key: String(i), ...change })));
      const sound = all.length > 0 && all.every((one) => one.commit === commit && one.at <= at);
      expect(state === 'bound').toBe(sound);
    });
    fc.assert(property);
  });
});

describe('what is switched on', () => {
  const plans = (code: unknown, secrets: unknown, more: object = {}) =>
    readEnablement({
      codeSecurityFeatures: { codeSecurityEnabled: code },
      secretProtectionFeatures: { secretProtectionEnabled: secrets },
      ...more,
    });

  it('is told of the two plans, or of both in one', () => {
    expect(plans(true, false)).toEqual({ code: true, secrets: false });
    expect(plans(true, false, { isBundledSKU: true })).toEqual({ code: true, secrets: true });
    expect(plans(false, false, { isBundledSKU: true })).toEqual({ code: false, secrets: false });
    expect(plans(null, false, { advSecEnabled: true })).toEqual({ code: undefined, secrets: false });
    expect(readEnablement({ advSecEnabled: true })).toEqual({ code: true, secrets: true });
    expect(readEnablement({ advSecEnabled: false })).toEqual({ code: false, secrets: false });
  });

  it('is not known from anything else', () => {
    const nothing = { code: undefined, secrets: undefined };
    for (const raw of [undefined, null, [], {}, { advSecEnabled: 'true' }, { codeSecurityFeatures: true }]) {
      expect(readEnablement(raw)).toEqual(nothing);
    }
    expect(plans('true', 1)).toEqual(nothing);
  });
});
