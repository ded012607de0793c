import { describe, expect, it } from 'vitest';
import { type Handler, reply, standIn } from '../support/server.js';
import { begun, decisions, ends, open, signal } from './support.js';

const connection = (url: string) => ({ url, token: 'dt0c01.secret' });
const ingest: Handler = (_request, response) =>
  reply(response, 201, { reportCount: 1, eventIngestResults: [{ correlationId: 'c0ffee', status: 'OK' }] });
const body = (text: string | undefined): unknown => JSON.parse(text ?? '');

describe('dynatrace', () => {
  it('marks one deployment, and tells the decision beside it', async () => {
    const { url, received } = await standIn(ingest);
    const annotation = open('dynatrace', { entity: 'type(SERVICE),tag(checkout)' }, connection(`${url}/e/abc`));
    expect(await annotation.begin?.(begun, signal())).toBe('event c0ffee on 1 entity');
    await annotation.end(ends.stop, decisions.stop, signal());
    for (const { method, path, headers } of received) {
      expect(`${method} ${path}`).toBe('POST /e/abc/api/v2/events/ingest');
      expect(headers).toMatchObject({
        authorization: 'Api-Token dt0c01.secret',
        'content-type': 'application/json',
      });
    }
    const properties = {
      'dt.event.deployment.name': 'checkout 1.2.3 to production',
      'dt.event.deployment.version': '1.2.3',
      'dt.event.deployment.project': 'checkout',
      'dt.event.deployment.release_stage': 'production',
      'dt.event.deployment.ci_back_link': 'https://github.com/octocat/shop/actions/runs/7/attempts/1',
      commit: '5f2c1e0d9b8a7f6e5d4c3b2a1908f7e6d5c4b3a2',
      actor: 'octocat',
    };
    expect(body(received[0]?.body)).toEqual({
      eventType: 'CUSTOM_DEPLOYMENT',
      title: 'checkout 1.2.3 to production: watching',
      startTime: Date.parse('2026-11-23T09:50:00Z'),
      endTime: Date.parse('2026-11-23T10:00:30Z'),
      entitySelector: 'type(SERVICE),tag(checkout)',
      properties: { ...properties, message: 'checkout 1.2.3 to production: watching' },
    });
    expect(body(received[1]?.body)).toMatchObject({
      eventType: 'CUSTOM_INFO',
      title: 'checkout 1.2.3 to production: stop: error rate is 4.1 %, over the limit of 1 %',
      startTime: Date.parse('2026-11-23T10:15:00Z'),
      properties: { ...properties, decision: 'stop', reason: 'unhealthy' },
    });
  });

  it.each([
    ['continue', 'CUSTOM_DEPLOYMENT'],
    ['observed', 'CUSTOM_DEPLOYMENT'],
    ['stop', 'CUSTOM_INFO'],
  ] as const)('tells %s alone when nothing was begun', async (decision, eventType) => {
    const { url, received } = await standIn(ingest);
    await open('dynatrace', {}, connection(url)).end(ends[decision], decisions[decision], signal());
    expect(body(received[0]?.body)).toMatchObject({ eventType, title: ends[decision].words });
    expect(body(received[0]?.body)).not.toHaveProperty('entitySelector');
  });

  it('marks the entities of the source, if it names none itself', async () => {
    const { url, received } = await standIn(ingest);
    const source = { ...connection(url), entity: 'type("SERVICE")' };
    await open('dynatrace', {}, source).begin?.(begun, signal());
    await open('dynatrace', { entity: 'type("HOST")' }, source).begin?.(begun, signal());
    expect(received.map((r) => (body(r.body) as { entitySelector: string }).entitySelector)).toEqual([
      'type("SERVICE")',
      'type("HOST")',
    ]);
  });

  it.each([
    [
      'a status that is not OK',
      {
        reportCount: 2,
        eventIngestResults: [
          { correlationId: 'a', status: 'OK' },
          { correlationId: 'b', status: 'INVALID_METADATA' },
        ],
      },
      /for 1 of 2 entities: INVALID_METADATA/,
    ],
    ['no entity', { reportCount: 0, eventIngestResults: [] }, /found no entity by `type\(SERVICE\)`/],
    ['something else', { ok: true }, /but not that it was written/],
  ])('finds the failure inside a 201: %s', async (_name, answer, words) => {
    const { url } = await standIn((_request, response) => reply(response, 201, answer));
    const failed = open('dynatrace', { entity: 'type(SERVICE)' }, connection(url)).begin?.(begun, signal());
    await expect(failed).rejects.toThrow(words);
  });

  it('names the scope that is missing, and not the token', async () => {
    const { url } = await standIn((_request, response) =>
      reply(response, 403, { error: { code: 403, message: 'Token is missing required scope' } }),
    );
    const failed = open('dynatrace', {}, connection(url)).begin?.(begun, signal());
    await expect(failed).rejects.toThrow(/it needs an access token with the scope events.ingest/);
    await expect(failed).rejects.not.toThrow(/dt0c01/);
  });

  it('does not send an event twice that may have been taken', async () => {
    const { url, received } = await standIn((_request, response) => reply(response, 500, {}));
    await expect(open('dynatrace', {}, connection(url)).begin?.(begun, signal())).rejects.toThrow(/\(500\)/);
    expect(received).toHaveLength(1);
  });
});
