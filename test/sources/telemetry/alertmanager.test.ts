import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { alertmanagerSource } from '../../../src/sources/telemetry/alertmanager.js';
import { askAlerts, rule, rulesAnswer } from '../../support/alerts.js';
import { reply, standIn } from '../../support/server.js';

const soon = () => new Date(Date.now() + 180_000).toISOString();
const alert = (alertname: string, change: object = {}) => ({
  labels: { alertname, service: 'checkout', severity: 'page' },
  startsAt: '2026-11-23T09:50:00.000Z',
  endsAt: soon(),
  updatedAt: '2026-11-23T09:59:50.000Z',
  status: { state: 'active', silencedBy: [], inhibitedBy: [] },
  ...change,
});

const ask = (url: string, config: object, match?: string) => askAlerts(alertmanagerSource, { url, ...config }, match);

/** An Alertmanager, and behind it a Prometheus. */
const pair = (alerts: readonly object[], rules: readonly object[] = []) =>
  standIn(({ path }, response) => reply(response, 200, path.startsWith('/api/v1/rules') ? rulesAnswer(rules) : alerts));

const muted = { status: { state: 'suppressed', silencedBy: ['1'], inhibitedBy: [] } };

describe('alertmanager', () => {
  it.each([
    [{}],
    [{ watchdog: 'W', rules: { url: 'https://p' } }],
    [{ watchdog: 'W', token: 't', username: 'u', password: 'p' }],
    [{ rules: { url: 'https://p', token: 't', azure: {} } }],
  ])('refuses %j', (config) => {
    const { success, issues } = v.safeParse(alertmanagerSource.schema, { url: 'https://a', ...config });
    expect(success).toBe(false);
    expect(issues?.map((i) => i.message).join()).toMatch(/a proof that alerts arrive|`token`/);
  });

  it('counts a watchdog as the one rule that is known, and not as firing', async () => {
    const { url } = await pair([alert('W', { labels: { alertname: 'W', replica: 'a' } }), alert('W'), alert('A')]);
    expect(await ask(url, { watchdog: 'W' })).toMatchObject({
      rules: 1,
      seen: 1,
      counts: { firing: 1, unknown: 0, muted: 0 },
      alerts: [{ name: 'A', severity: 'page', since: '2026-11-23T09:50:00.000Z', subject: 'service=checkout' }],
      newest: '2026-11-23T09:59:50.000Z',
    });
  });

  it('says why a watchdog proves nothing', async () => {
    const { url } = await pair([alert('W', muted)]);
    const { rules, notes } = await ask(url, { watchdog: 'W' });
    expect([rules, notes.join()]).toEqual([0, expect.stringContaining('silenced')]);
  });

  it('says what a silence leaves unproven', async () => {
    const { url } = await pair([alert('W'), alert('A', muted)]);
    const { rules, notes, counts } = await ask(url, { watchdog: 'W' });
    expect([rules, counts.muted, notes.join()]).toEqual([1, 1, expect.stringMatching(/muted.*`rules`/)]);
  });

  it('notices what fires at the Prometheus and does not arrive', async () => {
    const firing = (name: string) =>
      rule(name, {
        state: 'firing',
        alerts: [{ labels: { alertname: name }, state: 'firing', activeAt: '2026-11-23T09:50:00Z' }],
      });
    const { url } = await pair([alert('A')], [firing('A'), firing('B'), rule('C')]);
    expect(await ask(url, { rules: { url } })).toMatchObject({
      rules: 3,
      counts: { firing: 1, unknown: 1 },
      alerts: expect.arrayContaining([
        expect.objectContaining({
          name: 'B',
          state: 'unknown',
          subject: expect.stringContaining('not arrived') as string,
        }),
      ]) as unknown[],
    });
  });

  it('counts every rule without data, also those that are not listed', async () => {
    const { url } = await pair(
      [],
      Array.from({ length: 60 }, (_, i) => rule(`R${i}`, { health: 'err' })),
    );
    const { counts, alerts } = await ask(url, { rules: { url } });
    expect([counts.unknown, alerts.length]).toEqual([60, 50]);
  });

  it('sends each matcher, and links to the same filter', async () => {
    const { url, received } = await pair([alert('W')]);
    const { link } = await ask(url, { watchdog: 'W' }, '{service="checkout", severity=~"page|critical"}');
    const filters = received.map((r) => new URL(r.path, 'http://x').searchParams.getAll('filter').join(', '));
    expect(filters.toSorted()).toEqual(['alertname="W"', 'service="checkout", severity=~"page|critical"']);
    expect(decodeURIComponent(link ?? '')).toBe(
      `${url}/#/alerts?filter={service="checkout", severity=~"page|critical"}`,
    );
  });

  it('takes a refused matcher for a wrong query', async () => {
    const { url } = await standIn((_, response) => reply(response, 400, { message: 'bad matcher format' }));
    await expect(ask(url, { watchdog: 'W' }, 'a=~"(?=b)"')).rejects.toMatchObject({
      code: 'bad-query',
      permanent: true,
      message: expect.stringContaining('bad matcher format') as string,
    });
  });
});
