/** A real Prometheus with alert rules that fire into a real Alertmanager: what the gate `alerts` reads from either. */

import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { alertsGate } from '../../src/gates/alerts.js';
import { type AnySource, NotMeasured } from '../../src/sources/source.js';
import { alertmanagerSource } from '../../src/sources/telemetry/alertmanager.js';
import { prometheusSource } from '../../src/sources/telemetry/prometheus/index.js';
import { sourceContext } from '../support/context.js';
import { readingOf } from '../support/evidence.js';
import { type Alertmanager, startAlertmanager } from './support/alertmanager.js';
import { until } from './support/process.js';
import { type Prometheus, startPrometheus } from './support/prometheus.js';
import { Service } from './support/service.js';

const rules = `groups:
  - name: always
    rules: [{ alert: Watchdog, expr: vector(1) }]
  - name: checkout
    rules:
      - { alert: TooManyErrors, expr: 'up{job="app"} > 5', labels: { service: checkout, severity: page } }
  - name: search
    rules:
      - { alert: SearchIsSlow, expr: 'up{job="app"} == 1', labels: { service: search, severity: ticket } }
  - name: broken
    rules:
      - { alert: Ambiguous, expr: '{__name__=~"up|scrape_duration_seconds"} + 0', labels: { service: broken } }
  - name: breaks
    rules:
      - { alert: Breaks, expr: 'label_replace(http_requests_total, "code", "", "", "")', labels: { service: breaks } }
`;

const service = new Service();
let prometheus: Prometheus;
let manager: Alertmanager;

beforeAll(async () => {
  // As long as there is one series only, the rule `Breaks` fires; with two it fails.
  service.failuresShown = false;
  await service.up();
  manager = await startAlertmanager();
  prometheus = await startPrometheus(service.port, { rules, alertmanager: manager.target });
  await manager.until('SearchIsSlow', 'active');
  await manager.until('Watchdog', 'active');
});

afterAll(async () => {
  await prometheus.kill();
  await manager.kill();
  await service.stop();
});

/** @param deployedAgoMs the search has been slow for some seconds */
async function read(source: AnySource, config: Record<string, unknown>, deployedAgoMs = 60_000) {
  const gate = alertsGate.bind(v.parse(alertsGate.schema, config));
  const now = Date.now();
  const moment = { now, deployedAt: now - deployedAgoMs, settledAt: now - deployedAgoMs, completeTo: now };
  const answers = await Promise.all(
    [...gate.questions(moment)].map(async ([role, question]) => {
      if (question.family !== 'alerts' || !source.alerts) throw new Error('this is about alerts');
      try {
        return { role, measurement: { ...(await source.alerts(question, AbortSignal.timeout(10_000))), source: 'it' } };
      } catch (error) {
        if (!(error instanceof NotMeasured)) throw error;
        const { code, message, permanent } = error;
        return { role, source: 'it', failure: { code, message, permanent } };
      }
    }),
  );
  return readingOf(gate.judge(answers, moment));
}

const ofPrometheus = () =>
  prometheusSource.open(v.parse(prometheusSource.schema, { url: prometheus.url }), sourceContext());
const ofManager = (proof: Record<string, unknown> = { watchdog: 'Watchdog' }) =>
  alertmanagerSource.open(v.parse(alertmanagerSource.schema, { url: manager.url, ...proof }), sourceContext());
const byRules = () => ofManager({ rules: { url: prometheus.url } });

const checkout = { match: 'service="checkout"' };
const search = { match: 'service="search", severity=~"page|ticket"' };

describe.each([
  ['Prometheus', ofPrometheus],
  ['Alertmanager, proven by the rules', byRules],
])('%s', (_, open) => {
  it('is healthy where rules match and none fires', async () => {
    expect(await read(open(), checkout)).toMatchObject({ state: 'healthy', code: 'no-alerts' });
  });

  it('is unhealthy where one fires since the deployment', async () => {
    const reading = await read(open(), search);
    expect(reading).toMatchObject({ state: 'unhealthy', code: 'alerts-firing', value: 1 });
    expect(reading.reason).toMatch(/SearchIsSlow \(ticket\) on .*service=search/);
  });

  it('tells one from before the deployment apart', async () => {
    await until('the alert is a second old', async () => (await read(open(), search, 1000)).state !== 'unhealthy');
    expect(await read(open(), search, 1000)).toMatchObject({ state: 'insufficient', code: 'older-alerts' });
    expect(await read(open(), { ...search, older: 'stop' }, 1000)).toMatchObject({ state: 'unhealthy' });
    expect(await read(open(), { ...search, older: 'ignore' }, 1000)).toMatchObject({ state: 'healthy' });
  });

  it('proves nothing where no rule matches', async () => {
    expect(await read(open(), { match: 'service="chekcout"' })).toMatchObject({
      state: 'insufficient',
      code: 'no-data',
    });
    expect(await read(open(), { ...checkout, 'min-rules': 2 })).toMatchObject({ code: 'too-few-rules' });
  });

  it('matches labels that the query gives, not the rule', async () => {
    expect(await read(open(), { match: 'job="app", service!="breaks"' })).toMatchObject({
      state: 'unhealthy',
      value: 1,
    });
    const besides = { match: 'service=~"checkout|search", job!="app"' };
    expect(await read(open(), besides)).toMatchObject({ state: 'healthy' });
  });

  it('proves nothing where the rule itself fails', async () => {
    expect(await read(open(), { match: 'service="broken"' })).toMatchObject({
      state: 'insufficient',
      code: 'rules-without-data',
    });
  });

  it('refuses what are no matchers', async () => {
    expect(await read(open(), { match: 'service=checkout' })).toMatchObject({ state: 'error', code: 'bad-query' });
  });
});

it('a rule that fails is without data, though what it found before still fires', async () => {
  const breaks = { match: 'service="breaks"', older: 'ignore' };
  await manager.until('Breaks', 'active');
  await until('the alert is older', async () => (await read(ofPrometheus(), breaks, 0)).state === 'healthy');
  service.failuresShown = true;
  await until('the rule fails', async () => (await read(ofPrometheus(), breaks, 0)).state !== 'healthy');
  const { alerts } = await ofPrometheus().alerts(
    { family: 'alerts', deployedAt: 0, match: breaks.match },
    AbortSignal.timeout(5000),
  );
  expect(alerts.map((a) => a.state)).toEqual(['unknown', 'firing']);
  for (const source of [ofPrometheus(), byRules()])
    expect(await read(source, breaks, 0)).toMatchObject({ state: 'insufficient', code: 'rules-without-data' });
});

describe('Alertmanager, proven by a watchdog', () => {
  it('is healthy while the watchdog fires and nothing else', async () => {
    expect(await read(ofManager(), checkout)).toMatchObject({ state: 'healthy' });
  });

  it('does not count the watchdog as firing', async () => {
    const reading = await read(ofManager(), { match: 'alertname=~"Watchdog|SearchIsSlow"' });
    expect(reading).toMatchObject({ state: 'unhealthy', value: 1 });
  });

  it('proves nothing where the watchdog does not fire', async () => {
    const reading = await read(ofManager({ watchdog: 'Watchdgo' }), checkout);
    expect(reading).toMatchObject({ state: 'insufficient', code: 'no-data' });
    expect(reading.reason).toContain('Watchdgo does not fire');
  });

  it('is unhealthy where an alert fires since the deployment', async () => {
    expect(await read(ofManager(), search)).toMatchObject({ state: 'unhealthy', code: 'alerts-firing', value: 1 });
  });
});

describe('Alertmanager that the alerts do not reach', () => {
  it('proves nothing by rules that send elsewhere', async () => {
    const other = await startAlertmanager();
    try {
      const config = { url: other.url, rules: { url: prometheus.url } };
      const source = alertmanagerSource.open(v.parse(alertmanagerSource.schema, config), sourceContext());
      const reading = await read(source, search);
      expect(reading).toMatchObject({ state: 'insufficient', code: 'rules-without-data' });
      expect(reading.reason).toContain('has not arrived here');
    } finally {
      await other.kill();
    }
  });
});

describe('silences', () => {
  it('are shown, and taken neither for firing nor for a proof', async () => {
    await manager.silence('SearchIsSlow');
    await manager.until('SearchIsSlow', 'suppressed');
    for (const source of [ofManager(), byRules()]) {
      expect(await read(source, search)).toMatchObject({ state: 'insufficient', code: 'all-muted' });
      expect(await read(source, { ...search, ignore: 'SearchIsSlow' })).toMatchObject({ state: 'healthy' });
    }
    const both = { match: 'service=~"checkout|search"' };
    const reason = expect.stringContaining('1 muted') as string;
    expect(await read(byRules(), both)).toMatchObject({ state: 'healthy', reason });
    // Prometheus knows of no silence.
    expect(await read(ofPrometheus(), search)).toMatchObject({ state: 'unhealthy' });
  });

  it('of the watchdog as well leave nothing proven', async () => {
    const end = await manager.silence('Watchdog');
    await manager.until('Watchdog', 'suppressed');
    const reading = await read(ofManager(), checkout);
    expect(reading).toMatchObject({ state: 'insufficient', code: 'no-data' });
    expect(reading.reason).toContain('is silenced');
    await end();
    await manager.until('Watchdog', 'active');
    expect(await read(ofManager(), checkout)).toMatchObject({ state: 'healthy' });
  });
});

describe('when they are gone', () => {
  it('the watchdog ends with the Prometheus that sends it', async () => {
    await prometheus.kill();
    expect(await read(ofPrometheus(), checkout)).toMatchObject({ state: 'error', code: 'refused' });
    expect(await read(byRules(), checkout)).toMatchObject({ state: 'error', code: 'refused' });
    // It sends each alert with an end four times its interval ahead.
    await until('the watchdog is over', async () => (await read(ofManager(), checkout)).state !== 'healthy');
    expect(await read(ofManager(), checkout)).toMatchObject({ state: 'insufficient' });
  });

  it('is an error', async () => {
    await manager.kill();
    expect(await read(ofManager(), checkout)).toMatchObject({ state: 'error', code: 'refused' });
  });
});
