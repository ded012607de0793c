import { describe, expect, it } from 'vitest';
import { prometheusSource } from '../../../src/sources/telemetry/prometheus/index.js';
import { askAlerts, rule, rulesAnswer } from '../../support/alerts.js';
import { reply, standIn } from '../../support/server.js';

const ask = (url: string, match?: string, config: object = {}) =>
  askAlerts(prometheusSource, { url, ...config }, match);

const active = (labels: Record<string, string>, change: object = {}) => ({
  labels,
  state: 'firing',
  activeAt: '2026-11-23T09:50:00Z',
  ...change,
});

const server = (...rules: object[]) => standIn((_, response) => reply(response, 200, rulesAnswer(rules)));

describe('alert rules of Prometheus', () => {
  it('are as new as the one that was evaluated longest ago', async () => {
    const { url } = await server(rule('A'), rule('B', { lastEvaluation: '2026-11-23T09:00:00+01:00' }));
    expect(await ask(url)).toMatchObject({
      rules: 2,
      seen: 2,
      newest: '2026-11-23T08:00:00.000Z',
      link: `${url}/alerts`,
    });
  });

  it('list each alert with its labels and the time since when its condition holds', async () => {
    const labels = { alertname: 'A', severity: 'page', service: 'checkout', pod: 'a' };
    const later = active({ ...labels, pod: 'b' }, { activeAt: '2026-11-23T09:55:00Z' });
    const waiting = active(labels, { state: 'pending' });
    const { url } = await server(rule('A', { state: 'firing', alerts: [active(labels), later, waiting] }));
    const { alerts, counts } = await ask(url, 'alertname="A"');
    expect(counts).toEqual({ firing: 2, unknown: 0, muted: 0 });
    expect(alerts).toMatchObject([
      {
        name: 'A',
        state: 'firing',
        severity: 'page',
        since: '2026-11-23T09:55:00.000Z',
        subject: 'service=checkout pod=b',
      },
      { since: '2026-11-23T09:50:00.000Z', subject: 'service=checkout pod=a' },
    ]);
  });

  it('note what is pending, which does not fire yet', async () => {
    const pending = active({ alertname: 'A' }, { state: 'pending' });
    const { url } = await server(rule('A', { state: 'pending', alerts: [pending] }));
    expect(await ask(url)).toMatchObject({ alerts: [], notes: ['pending: A'] });
  });

  it('have no data while they fail, even if what fired before is still listed', async () => {
    const failing = { state: 'firing', health: 'err', lastError: 'many-to-many', alerts: [active({ alertname: 'A' })] };
    const { url } = await server(rule('A', failing));
    expect(await ask(url)).toMatchObject({
      counts: { firing: 1, unknown: 1 },
      alerts: [{ state: 'unknown', subject: 'many-to-many' }, { state: 'firing' }],
    });
  });

  it('fire by their state where the alerts are not listed', async () => {
    for (const alerts of [[], null, undefined, [active({}, { state: 'Alerting' })]]) {
      const { url } = await server(rule('A', { state: 'firing', alerts }));
      expect(await ask(url)).toMatchObject({ counts: { firing: 1 }, alerts: [{ since: null }] });
    }
  });

  it('match by the labels of the rule or of an alert, and count only the alerts that match', async () => {
    const of = (env: string) => active({ alertname: 'A', service: 'checkout', env });
    const { url } = await server(
      rule('A', { state: 'firing', alerts: [of('staging'), of('production')] }),
      rule('B', { labels: { service: 'search' } }),
    );
    const counted = async (match: string) => {
      const { rules, counts } = await ask(url, match);
      return [rules, counts.firing];
    };
    expect(await counted('service="checkout"')).toEqual([1, 2]);
    expect(await counted('service="checkout", env!="staging"')).toEqual([1, 1]);
    expect(await counted('env="production"')).toEqual([1, 1]);
    expect(await counted('env="test"')).toEqual([0, 0]);
  });

  it('name the role that is missing on Azure, and say what the server says', async () => {
    const denied = await standIn((_, response) => reply(response, 403, 'no'));
    await expect(ask(denied.url)).rejects.toThrow('permission to read the alert rules');
    await expect(ask(denied.url, undefined, { azure: { token: 't' } })).rejects.toThrow('Monitoring Data Reader');
    const refused = await standIn((_, response) =>
      reply(response, 400, { status: 'error', errorType: 'bad_data', error: 'invalid parameter "limit"' }),
    );
    await expect(ask(refused.url)).rejects.toMatchObject({
      code: 'bad-query',
      permanent: true,
      message: expect.stringContaining('invalid parameter "limit"') as string,
    });
  });

  it('ask nothing where the matchers are wrong', async () => {
    const { url, received } = await server(rule('A'));
    await expect(ask(url, 'service=checkout')).rejects.toMatchObject({ code: 'bad-query', permanent: true });
    expect(received).toEqual([]);
  });
});
