import { describe, expect, it } from 'vitest';
import { isMuted } from '../../../src/sources/telemetry/datadog/muted.js';
import { refusal } from '../../../src/sources/telemetry/datadog/refusal.js';

const now = Date.UTC(2026, 10, 23);
const groups = ['host:a,env:prod', 'host:b,env:prod'];

describe('a Datadog monitor by group', () => {
  it('is muted only when each group that fires is', () => {
    expect(isMuted({ options: { silenced: { 'host:a': null } } }, groups, now)).toBe(false);
    expect(isMuted({ options: { silenced: { 'host:a': null, 'host:b': null } } }, groups, now)).toBe(true);
    expect(isMuted({ matching_downtimes: [{ scope: ['env:prod'] }] }, groups, now)).toBe(true);
    expect(isMuted({ options: { silenced: { '*': null } } }, groups, now)).toBe(true);
  });

  it('is not muted by what has ended or has not begun', () => {
    expect(isMuted({ options: { silenced: { '*': now / 1000 } } }, groups, now)).toBe(false);
    expect(isMuted({ matching_downtimes: [{ scope: ['env:prod'], start: now / 1000 + 1 }] }, groups, now)).toBe(false);
  });
});

describe('a Datadog query', () => {
  it.each([
    ['sum:errors{*}.as_count() / sum:hits{*}.as_count()', /expected a ratio/],
    ['2 * sum:hits{*}.as_count()', /expected a count by itself/],
    ['default_zero(avg:latency{*})', /where nothing was measured/],
    ['week_before(avg:latency{*})', /not measured in the window/],
  ])('%s is refused', (query, why) => expect(refusal(query, false)).toMatch(why));

  it.each(['sum:hits{service:a/b}.as_count()', 'avg:latency{env:prod} / 1000'])('%s is asked', (query) =>
    expect(refusal(query, false)).toBeUndefined(),
  );
});
