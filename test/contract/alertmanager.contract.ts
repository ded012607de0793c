/** Response shapes: https://github.com/prometheus/alertmanager/blob/main/api/v2/openapi.yaml and those of a real 0.25. */
import { expect } from 'vitest';
import { type Contract, fromPage, type Responder, type Times } from './harness.js';

const iso = (ms: number): string => new Date(ms).toISOString();

const alert = (alertname: string, { now }: Times, change: object = {}) => ({
  labels: { alertname, service: 'checkout', severity: 'page' },
  annotations: {},
  startsAt: iso(now - 60_000),
  endsAt: iso(now + 180_000),
  updatedAt: iso(now - 5000),
  fingerprint: '00',
  receivers: [{ name: 'none' }],
  status: { state: 'active', silencedBy: [], inhibitedBy: [] },
  ...change,
});

type Alerts = (times: Times) => readonly object[];
const none: Alerts = () => [];
const watchdog: Alerts = (times) => [alert('Watchdog', times)];

/** Everything that is asked of an Alertmanager is a list of alerts, by filter. */
const arrived =
  (alerts: Alerts, dog: Alerts = watchdog): Responder =>
  ({ method, path, headers }, times) => {
    const url = new URL(path, 'http://x');
    expect(`${method} ${url.pathname}`).toBe('GET /api/v2/alerts');
    expect(headers.authorization).toBe('Bearer a-secret-ALERTS_TOKEN');
    for (const kind of ['active', 'silenced', 'inhibited', 'unprocessed'])
      expect(url.searchParams.get(kind)).toBe('true');
    const filters = url.searchParams.getAll('filter');
    if (filters.length === 1) {
      expect(filters).toEqual(['alertname="Watchdog"']);
      return { body: dog(times) };
    }
    expect(filters).toEqual(['service="checkout"', 'severity=~"page|critical"']);
    return { body: alerts(times) };
  };

const rule = ({ now }: Times, change: object = {}) => ({
  name: 'TooManyErrors',
  type: 'alerting',
  state: 'inactive',
  health: 'ok',
  labels: { service: 'checkout' },
  lastEvaluation: iso(now - 10_000),
  alerts: [],
  ...change,
});

/** As the rules of Prometheus list it. */
const firing = ({ now }: Times) => ({
  labels: { alertname: 'TooSlow', service: 'checkout' },
  state: 'firing',
  activeAt: iso(now - 60_000),
});

/** The Alertmanager and the Prometheus behind it, told apart by the path. */
const both =
  (alerts: Alerts, rules: (times: Times) => readonly object[], beside: object = {}): Responder =>
  ({ path, headers }, times) => {
    if (!path.startsWith('/api/v1/rules?type=alert')) {
      expect(path).toContain('filter=service%3D%22checkout%22');
      return { body: alerts(times) };
    }
    expect(headers.authorization).toBe('Bearer a-secret-PROM_TOKEN');
    return { body: { status: 'success', data: { groups: [{ name: 'g', rules: rules(times) }] }, ...beside } };
  };

const byRules = fromPage('alertmanager', 'no alerts of rules');

export const contracts: readonly Contract[] = [
  {
    what: 'with a watchdog',
    ...fromPage('alertmanager', 'no alerts'),
    good: arrived(none),
    bad: {
      firing: arrived((t) => [alert('TooManyErrors', t)]),
      'not yet processed': arrived((t) => [alert('TooManyErrors', t, { status: { state: 'unprocessed' } })]),
    },
    empty: {
      'no watchdog': arrived(none, none),
      'a watchdog that is over': arrived(none, (t) => [alert('Watchdog', t, { endsAt: iso(t.now - 1) })]),
      'another alert in its place': arrived(none, (t) => [alert('Watchdog2', t)]),
    },
    partial: {
      'fired since before the deployment': arrived((t) => [
        alert('TooManyErrors', t, { startsAt: iso(t.deployedAt - 1) }),
      ]),
      'not its shape': arrived(() => [{ labels: {} }]),
      'a silenced alert, and nothing that shows another rule': arrived((t) => [
        alert('TooManyErrors', t, { status: { state: 'suppressed', silencedBy: ['1'], inhibitedBy: [] } }),
      ]),
      'a watchdog that a silence covers as well': arrived(none, (t) => [
        alert('Watchdog', t, { status: { state: 'suppressed', silencedBy: ['1'], inhibitedBy: [] } }),
      ]),
      'a watchdog without a time': arrived(none, (t) => [alert('Watchdog', t, { updatedAt: undefined })]),
      'a watchdog of no real time': arrived(none, (t) => [alert('Watchdog', t, { updatedAt: 'soon' })]),
    },
    stale: {
      'a watchdog of long ago': arrived(none, (t) => [alert('Watchdog', t, { updatedAt: iso(t.now - 301_000) })]),
    },
  },
  {
    what: 'with rules',
    gate: byRules.gate,
    source: (url) => {
      const config = byRules.source(url) as { rules: object };
      return { ...config, rules: { ...config.rules, url } };
    },
    good: both(none, (t) => [rule(t)]),
    bad: both(
      (t) => [alert('TooManyErrors', t)],
      (t) => [rule(t)],
    ),
    empty: {
      'no rules': both(none, () => []),
      'rules of another service': both(none, (t) => [rule(t, { labels: { service: 'search' } })]),
    },
    partial: {
      'a rule that fails': both(none, (t) => [rule(t, { health: 'err', lastError: 'x' })]),
      'all silenced': both(
        (t) => [alert('TooManyErrors', t, { status: { state: 'suppressed', silencedBy: ['1'] } })],
        (t) => [rule(t)],
      ),
      'a warning': both(none, (t) => [rule(t)], { warnings: ['x'] }),
      'an alert that fires there and has not arrived here': both(none, (t) => [
        rule(t),
        rule(t, { name: 'TooSlow', state: 'firing', alerts: [firing(t)] }),
      ]),
    },
    stale: { 'rules of long ago': both(none, (t) => [rule(t, { lastEvaluation: iso(t.now - 301_000) })]) },
  },
];
