import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { alertsGate } from '../../src/gates/alerts.js';
import type { Alert, Alerts } from '../../src/record/evidence.js';
import { at, failed, readingOf, start } from '../support/evidence.js';

const moment = { now: start, deployedAt: start - 600_000, settledAt: start - 480_000, completeTo: start };

const alert = (change: Partial<Alert> = {}): Alert => ({
  name: 'HighErrorRate',
  state: 'firing',
  severity: 'page',
  since: at(-300_000),
  subject: 'checkout',
  ...change,
});

function evidence(alerts: readonly Alert[], change: Partial<Alerts> = {}): Alerts {
  const of = (state: Alert['state']) => alerts.filter((a) => a.state === state).length;
  const rules = change.rules ?? 3;
  return {
    kind: 'alerts',
    source: 'prometheus',
    subject: 'the alert rules of checkout',
    query: 'service="checkout"',
    at: at(0),
    seen: rules,
    notes: [],
    partial: false,
    rules,
    newest: at(-15_000),
    counts: { firing: of('firing'), unknown: of('unknown'), muted: of('muted') },
    alerts: [...alerts],
    ...change,
  };
}

function judge(alerts: readonly Alert[], config: Record<string, unknown> = {}, change: Partial<Alerts> = {}) {
  const gate = alertsGate.bind(v.parse(alertsGate.schema, config));
  return readingOf(gate.judge([{ role: 'alerts', measurement: evidence(alerts, change) }], moment));
}

const before = at(-601_000);

describe('alerts gate', () => {
  it('is healthy when there are rules and none fires', () => {
    expect(judge([])).toMatchObject({ state: 'healthy', code: 'no-alerts', value: 0 });
  });

  it('is unhealthy when one fires since the deployment, and names it', () => {
    expect(judge([alert()])).toMatchObject({
      state: 'unhealthy',
      code: 'alerts-firing',
      reason: '1 alert firing: HighErrorRate (page) on checkout, for 5m',
    });
  });

  it('takes one of which nobody knows since when for a new one', () => {
    expect(judge([alert({ since: null })])).toMatchObject({ state: 'unhealthy' });
  });

  it.each([
    ['hold', 'insufficient', 'older-alerts'],
    ['stop', 'unhealthy', 'alerts-firing'],
    ['ignore', 'healthy', 'no-alerts'],
  ])('with `older: %s` an alert from before the deployment makes it %s', (older, state, code) => {
    expect(judge([alert({ since: before })], { older })).toMatchObject({ state, code });
  });

  it('does not let an older alert hide a new one', () => {
    expect(judge([alert({ since: before }), alert({ name: 'Slow' })], { older: 'ignore' })).toMatchObject({
      state: 'unhealthy',
      reason: expect.stringContaining('1 alert firing: Slow') as string,
    });
  });

  it('ignores by name, whole names only', () => {
    expect(judge([alert({ name: 'Noisy.one' })], { ignore: 'Noisy*' }).state).toBe('healthy');
    expect(judge([alert({ name: 'VeryNoisy' })], { ignore: 'Noisy' }).state).toBe('unhealthy');
    expect(judge([alert({ name: 'Noisyxone' })], { ignore: 'Noisy.one' }).state).toBe('unhealthy');
  });

  it.each<[string, readonly Alert[], Record<string, unknown>, Partial<Alerts>, string]>([
    ['no rules', [], {}, { rules: 0, seen: 0 }, 'no-data'],
    ['too few rules', [], { 'min-rules': 4 }, {}, 'too-few-rules'],
    ['rules that are no longer evaluated', [], {}, { newest: at(-301_000) }, 'stale'],
    ['a rule without data', [alert({ state: 'unknown' })], {}, {}, 'rules-without-data'],
    ['nothing but muted rules', [alert({ state: 'muted' })], {}, { rules: 1, seen: 1 }, 'all-muted'],
    ['an incomplete answer', [], {}, { partial: true }, 'partial'],
    ['a list that was cut off', [], {}, { counts: { firing: 1, unknown: 0, muted: 0 } }, 'too-many-alerts'],
  ])('is insufficient with %s', (_, alerts, config, change, code) => {
    expect(judge(alerts, config, change)).toMatchObject({ state: 'insufficient', code });
  });

  it('is an error when the source cannot be asked', () => {
    const gate = alertsGate.bind(v.parse(alertsGate.schema, {}));
    expect(readingOf(gate.judge([failed('alerts')], moment))).toMatchObject({ state: 'error', code: 'forbidden' });
    expect(readingOf(gate.judge([], moment))).toMatchObject({ state: 'error' });
  });

  it('is never healthy while a rule that counts fires or cannot tell', () => {
    const any = fc.record({
      name: fc.constantFrom('a', 'b'),
      state: fc.constantFrom('firing', 'unknown', 'muted'),
      since: fc.constantFrom(null, before, at(-1000)),
    });
    let healthy = 0;
    fc.assert(
      fc.property(fc.array(any, { maxLength: 3 }), fc.constantFrom<string[]>([], ['a']), (found, ignore) => {
        const alerts = found.map((a) => alert(a as Partial<Alert>));
        if (judge(alerts, ignore.length > 0 ? { ignore } : {}).state !== 'healthy') return;
        healthy += 1;
        for (const a of alerts) if (!ignore.includes(a.name)) expect(a.state).toBe('muted');
      }),
    );
    expect(healthy).toBeGreaterThan(0);
  });
});
