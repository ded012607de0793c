import { describe, expect, it } from 'vitest';
import { deadUrl, type Handler, reply, standIn } from '../support/server.js';
import { begun, decisions, ends, event, open, signal } from './support.js';

const grafana: Handler = (request, response) => {
  if (request.method === 'POST') reply(response, 200, { message: 'Annotation added', id: 42 });
  else reply(response, 200, { message: 'Annotation patched' });
};

const run = '<a href="https://github.com/octocat/shop/actions/runs/7/attempts/1">run</a>';
const body = (text: string | undefined): unknown => JSON.parse(text ?? '');

describe('grafana', () => {
  it('makes a mark and turns it into a region with the decision', async () => {
    const { url, received } = await standIn(grafana);
    const config = { tags: ['shop', 'checkout'], dashboard: 'abc', panel: 2 };
    const annotation = open('grafana', config, { url, token: 'glsa_secret' });
    expect(annotation.target).toBe(url);
    expect(await annotation.begin?.(begun, signal())).toBe('annotation 42');
    expect(await annotation.end(ends.stop, decisions.stop, signal())).toBe('annotation 42');
    expect(received.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'POST /api/annotations',
      'PATCH /api/annotations/42',
    ]);
    for (const { headers } of received) {
      expect(headers).toMatchObject({ authorization: 'Bearer glsa_secret', 'content-type': 'application/json' });
    }
    expect(body(received[0]?.body)).toEqual({
      dashboardUID: 'abc',
      panelId: 2,
      time: Date.parse('2026-11-23T09:50:00Z'),
      tags: ['signalbox', 'checkout', 'production', 'shop'],
      text: `checkout 1.2.3 to production: watching ${run}`,
    });
    expect(body(received[1]?.body)).toEqual({
      timeEnd: Date.parse('2026-11-23T10:15:00Z'),
      tags: ['signalbox', 'checkout', 'production', 'stop', 'shop'],
      text: `checkout 1.2.3 to production: stop: error rate is 4.1 %, over the limit of 1 % ${run}`,
    });
  });

  it('writes the whole region at once when nothing was begun', async () => {
    const { url, received } = await standIn(grafana);
    const annotation = open('grafana', {}, { url: `${url}/grafana`, token: 'glsa_secret' });
    await annotation.end(ends.continue, decisions.continue, signal());
    expect(received.map(({ method, path }) => `${method} ${path}`)).toEqual(['POST /grafana/api/annotations']);
    expect(body(received[0]?.body)).toMatchObject({
      time: Date.parse('2026-11-23T09:50:00Z'),
      timeEnd: Date.parse('2026-11-23T10:15:00Z'),
      tags: ['signalbox', 'checkout', 'production', 'continue'],
    });
  });

  it('says that it was only observed', async () => {
    const { url, received } = await standIn(grafana);
    await open('grafana', {}, { url, token: 'glsa_secret' }).end(ends.observed, decisions.observed, signal());
    expect(body(received[0]?.body)).toMatchObject({
      tags: ['signalbox', 'checkout', 'production', 'observed'],
      text: expect.stringContaining('observed only: would have stopped'),
    });
  });

  it('lets no text from outside become HTML', async () => {
    const { url, received } = await standIn(grafana);
    const evil = event('stop: <img src=x onerror=alert(1)> & more, over < 1 %', { run: 'https://x/"><script>' });
    await open('grafana', {}, { url, token: 'glsa_secret' }).end(evil, decisions.stop, signal());
    expect(received[0]?.body).toContain('&lt;img src=x onerror=alert(1)&gt; &amp; more, over &lt; 1 %');
    expect(received[0]?.body).not.toMatch(/<img|<script/);
  });

  it('names the permission that is missing, and not the token', async () => {
    const { url } = await standIn((_request, response) =>
      reply(response, 403, { message: 'no permission annotations:create for glsa_secret' }),
    );
    const failed = open('grafana', {}, { url, token: 'glsa_secret' }).begin?.(begun, signal());
    await expect(failed).rejects.toThrow(/it needs .*annotations:create and annotations:write/);
    await expect(failed).rejects.not.toThrow(/glsa_secret/);
  });

  it('does not send a mark twice that may have been made', async () => {
    const { url, received } = await standIn((_request, response) => reply(response, 500, { message: 'database' }));
    const annotation = open('grafana', {}, { url, token: 'glsa_secret' });
    await expect(annotation.begin?.(begun, signal())).rejects.toThrow(/failed \(500\): database/);
    expect(received).toHaveLength(1);
  });

  it('does not take an answer without an id for a success', async () => {
    const { url } = await standIn((_request, response) => reply(response, 200, { message: 'Welcome' }));
    await expect(open('grafana', {}, { url }).begin?.(begun, signal())).rejects.toThrow(/but not that it was written/);
  });

  it('says where nothing listens', async () => {
    const annotation = open('grafana', {}, { url: await deadUrl(), token: 'glsa_secret' });
    await expect(annotation.begin?.(begun, signal())).rejects.toThrow(/nothing listens at/);
  });
});
