import { describe, expect, it } from 'vitest';
import { type Handler, reply, standIn } from '../support/server.js';
import { begun, decisions, ends, event, open, signal } from './support.js';

const connection = (url: string) => ({ url, site: 'datadoghq.eu', 'api-key': 'dd-secret', 'app-key': 'app-secret' });
const body = (text: string | undefined): unknown => JSON.parse(text ?? '');

const datadog: Handler = (request, response) => {
  if (request.path === '/api/v1/events') {
    // As the service writes it: the number is beyond a double.
    reply(response, 202, '{"status":"ok","event":{"id":7891234567890123456,"id_str":"7891234567890123456"}}');
  } else reply(response, 202, { data: { id: '4242fcdd31586083', type: 'dora_deployment' } });
};

describe('datadog', () => {
  it('writes an event at the start and one with the decision, tied together', async () => {
    const { url, received } = await standIn(datadog);
    const annotation = open('datadog', { tags: ['team:shop'] }, connection(url));
    expect(await annotation.begin?.(begun, signal())).toBe('event 7891234567890123456');
    await annotation.end(ends.stop, decisions.stop, signal());
    expect(received.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'POST /api/v1/events',
      'POST /api/v1/events',
    ]);
    for (const { headers } of received) {
      expect(headers).toMatchObject({ 'dd-api-key': 'dd-secret', 'content-type': 'application/json' });
      // Events need none.
      expect(headers).not.toHaveProperty('dd-application-key');
    }
    const common = {
      aggregation_key: 'signalbox 2026-11-23T10:00:00.000Z checkout 1.2.3 to production',
      tags: ['tool:signalbox', 'service:checkout', 'env:production', 'version:1.2.3', 'team:shop'],
    };
    expect(body(received[0]?.body)).toEqual({
      ...common,
      title: 'checkout 1.2.3 to production: watching',
      text: 'checkout 1.2.3 to production: watching https://github.com/octocat/shop/actions/runs/7/attempts/1',
      date_happened: Date.parse('2026-11-23T10:00:30Z') / 1000,
      alert_type: 'info',
    });
    expect(body(received[1]?.body)).toMatchObject({
      ...common,
      title: 'checkout 1.2.3 to production: stop: error rate is 4.1 %, over the limit of 1 %',
      date_happened: Date.parse('2026-11-23T10:15:00Z') / 1000,
      alert_type: 'error',
    });
  });

  it.each([
    ['continue', 'success'],
    ['observed', 'warning'],
    ['unmeasured', 'warning'],
  ] as const)('tells %s by its alert type', async (decision, alertType) => {
    const { url, received } = await standIn(datadog);
    await open('datadog', {}, connection(url)).end(ends.stop, decisions[decision], signal());
    expect(body(received[0]?.body)).toMatchObject({ alert_type: alertType });
  });

  it('keeps within the lengths that Datadog takes', async () => {
    const { url, received } = await standIn(datadog);
    const long = 'x'.repeat(9000);
    await open('datadog', {}, connection(url)).end(event(long, { subject: long }), decisions.stop, signal());
    const sent = body(received[0]?.body) as Record<string, string>;
    expect([sent.title?.length, sent.text?.length, sent.aggregation_key?.length]).toEqual([100, 4000, 100]);
  });

  it('reports a deployment to the DORA metrics when the train continues, in nanoseconds', async () => {
    const { url, received } = await standIn(datadog);
    const annotation = open('datadog', { dora: true }, connection(url));
    expect(await annotation.end(ends.continue, decisions.continue, signal())).toBe(
      'event 7891234567890123456, DORA deployment 4242fcdd31586083',
    );
    const sent = received.find(({ path }) => path === '/api/v2/dora/deployment');
    expect(sent?.headers).toMatchObject({ 'dd-api-key': 'dd-secret' });
    expect(sent?.body).toContain('"started_at":1795427400000000000,"finished_at":1795428900000000000');
    expect(body(sent?.body)).toMatchObject({
      data: {
        attributes: {
          service: 'checkout',
          env: 'production',
          version: '1.2.3',
          git: {
            commit_sha: '5f2c1e0d9b8a7f6e5d4c3b2a1908f7e6d5c4b3a2',
            repository_url: 'https://github.com/octocat/shop',
          },
        },
      },
    });
  });

  it('reports none when the train stops', async () => {
    const { url, received } = await standIn(datadog);
    await open('datadog', { dora: true }, connection(url)).end(ends.stop, decisions.stop, signal());
    expect(received.map(({ path }) => path)).toEqual(['/api/v1/events']);
  });

  it('tells which half failed', async () => {
    const { url } = await standIn((request, response, count) =>
      request.path === '/api/v2/dora/deployment'
        ? reply(response, 403, { errors: ['Forbidden'] })
        : datadog(request, response, count),
    );
    const failed = open('datadog', { dora: true }, connection(url)).end(ends.continue, decisions.continue, signal());
    await expect(failed).rejects.toThrow(
      /^event 7891234567890123456; not written: .*\(403\), it needs a valid API key/,
    );
    const unnamed = open('datadog', { dora: true }, connection(url)).end(
      event('continue', { service: undefined }),
      decisions.continue,
      signal(),
    );
    await expect(unnamed).rejects.toThrow(/expected `service` in the policy/);
  });

  it('does not take another status than ok for a success', async () => {
    const { url } = await standIn((_request, response) => reply(response, 202, { status: 'error' }));
    const failed = open('datadog', {}, connection(url)).begin?.(begun, signal());
    await expect(failed).rejects.toThrow(/but not that it was written/);
  });

  it('goes to the site without a URL', () => {
    const target = (connected: object) => open('datadog', {}, { 'api-key': 'k', ...connected }).target;
    expect(target({ site: 'us5.datadoghq.com' })).toBe('https://api.us5.datadoghq.com');
    expect(target({})).toBe('https://api.datadoghq.com');
  });
});
