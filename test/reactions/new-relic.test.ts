import { describe, expect, it } from 'vitest';
import { type Handler, reply, standIn } from '../support/server.js';
import { begun, decisions, ends, event, open, signal } from './support.js';

const connection = (url: string) => ({
  account: 1234567,
  region: 'us',
  url: `${url}/graphql`,
  'api-key': 'NRAK-secret',
});

const nerdGraph: Handler = (_request, response) =>
  reply(response, 200, {
    data: { changeTrackingCreateEvent: { changeTrackingEvent: { changeTrackingId: 'ct-1' }, messages: [] } },
  });

const queryOf = (text: string | undefined): string => (JSON.parse(text ?? '') as { query: string }).query;

describe('new-relic', () => {
  it('marks one deployment, and tells the decision in the same group', async () => {
    const { url, received } = await standIn(nerdGraph);
    const annotation = open('new-relic', {}, connection(url));
    expect(await annotation.begin?.(begun, signal())).toBe('change event ct-1');
    await annotation.end(ends.stop, decisions.stop, signal());
    for (const { method, path, headers } of received) {
      expect(`${method} ${path}`).toBe('POST /graphql');
      expect(headers).toMatchObject({ 'api-key': 'NRAK-secret', 'content-type': 'application/json' });
    }
    const group = 'groupId: "signalbox 2026-11-23T10:00:00.000Z checkout 1.2.3 to production"';
    const search = `entitySearch: {query: "name = 'checkout' AND accountId = 1234567"}`;
    const answer = '{ changeTrackingEvent { changeTrackingId } messages }';
    const run = 'https://github.com/octocat/shop/actions/runs/7/attempts/1';
    expect(queryOf(received[0]?.body)).toBe(
      `mutation { changeTrackingCreateEvent(changeTrackingEvent: {categoryAndTypeData: {kind: {category: "deployment", type: "basic"}, categoryFields: {deployment: {version: "1.2.3", commit: "5f2c1e0d9b8a7f6e5d4c3b2a1908f7e6d5c4b3a2", deepLink: "${run}"}}}, ${search}, shortDescription: "checkout 1.2.3 to production: watching", description: "checkout 1.2.3 to production: watching ${run}", user: "octocat", ${group}, timestamp: ${Date.parse('2026-11-23T10:00:30Z')}, customAttributes: {environment: "production"}}) ${answer} }`,
    );
    const second = queryOf(received[1]?.body);
    expect(second).toContain('{kind: {category: "operational", type: "other"}}');
    expect(second).toContain(group);
    expect(second).toContain('customAttributes: {decision: "stop", reason: "unhealthy", environment: "production"}');
    expect(second).toContain('stop: error rate is 4.1 %, over the limit of 1 %');
  });

  it('marks the deployment with the decision when nothing was begun', async () => {
    const { url, received } = await standIn(nerdGraph);
    await open('new-relic', {}, connection(url)).end(ends.continue, decisions.continue, signal());
    await open('new-relic', {}, connection(url)).end(ends.stop, decisions.stop, signal());
    expect(queryOf(received[0]?.body)).toContain('category: "deployment"');
    expect(queryOf(received[1]?.body)).toContain('category: "operational"');
  });

  it('says that it was only observed', async () => {
    const { url, received } = await standIn(nerdGraph);
    await open('new-relic', {}, connection(url)).end(ends.observed, decisions.observed, signal());
    expect(queryOf(received[0]?.body)).toContain('observed only: would have stopped');
    expect(queryOf(received[0]?.body)).toContain('reason: "observed"');
  });

  it('lets no text break out of its quotes', async () => {
    const { url, received } = await standIn(nerdGraph);
    const service = `a' OR name LIKE '%" }) { x } }\\`;
    await open('new-relic', {}, connection(url)).end(event('"}', { service }), decisions.stop, signal());
    const [, search = ''] = /entitySearch: \{query: ("(?:[^"\\]|\\.)*")\}/.exec(queryOf(received[0]?.body)) ?? [];
    expect(JSON.parse(search)).toBe(`name = 'a\\' OR name LIKE \\'%" }) { x } }\\\\' AND accountId = 1234567`);
  });

  it('asks for an entity when it cannot know one', async () => {
    const { url, received } = await standIn(nerdGraph);
    const nameless = event('stop', { service: undefined });
    await expect(open('new-relic', {}, connection(url)).end(nameless, decisions.stop, signal())).rejects.toThrow(
      /expected `entity` in the annotation/,
    );
    await open('new-relic', { entity: "id = 'MXxBUE18'" }, connection(url)).end(nameless, decisions.stop, signal());
    expect(received).toHaveLength(1);
    expect(queryOf(received[0]?.body)).toContain(`entitySearch: {query: "id = 'MXxBUE18'"}`);
  });

  it.each([
    ['errors', { data: null, errors: [{ message: 'Entity not found: NRAK' }] }, /: Entity not found/],
    [
      'errors beside data',
      { data: { changeTrackingCreateEvent: null }, errors: [{ message: 'Access denied.' }] },
      /Access denied.*user key/,
    ],
    [
      'no event, only messages',
      { data: { changeTrackingCreateEvent: { changeTrackingEvent: null, messages: ['no entity matches'] } } },
      /no entity matches/,
    ],
    ['nothing', { data: {} }, /not that it was written/],
  ])('finds the failure inside a 200: %s', async (_name, answer, words) => {
    const { url } = await standIn((_request, response) => reply(response, 200, answer));
    await expect(open('new-relic', {}, connection(url)).begin?.(begun, signal())).rejects.toThrow(words);
  });

  it('names what is missing at a 403', async () => {
    const { url } = await standIn((_request, response) => reply(response, 403, 'NRAK-secret is no user key'));
    const failed = open('new-relic', {}, connection(url)).begin?.(begun, signal());
    await expect(failed).rejects.toThrow(/it needs a user key/);
    await expect(failed).rejects.not.toThrow(/NRAK-secret/);
  });

  it('goes to the region without a URL', () => {
    const target = (region: string) => open('new-relic', {}, { account: 1, region, 'api-key': 'k' }).target;
    expect(target('us')).toBe('https://api.newrelic.com');
    expect(target('eu')).toBe('https://api.eu.newrelic.com');
  });
});
