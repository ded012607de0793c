import { describe, expect, it } from 'vitest';
import { reply, standIn } from '../support/server.js';
import { begun, decisions, ends, event, open, signal } from './support.js';

const resource = '/subscriptions/1/resourceGroups/shop/providers/microsoft.insights/components/shop';
const connection = (management: string) => ({ resource, management, token: 'entra-secret', cloud: 'public' });

const service = (status = 200) =>
  standIn((request, response) =>
    reply(response, status, [{ ...(JSON.parse(request.body) as object), RelatedAnnotation: null }]),
  );

const parsed = (text: string | undefined): Record<string, string> => JSON.parse(text ?? '') as Record<string, string>;
const propertiesOf = (text: string | undefined): unknown => JSON.parse(parsed(text).Properties ?? '');

describe('application-insights', () => {
  it('writes one annotation, which the decision replaces', async () => {
    const { url, received } = await service();
    const annotation = open('application-insights', {}, connection(url));
    expect(annotation.target).toBe('shop');
    const detail = await annotation.begin?.(begun, signal());
    expect(await annotation.end(ends.stop, decisions.stop, signal())).toBe(detail);
    for (const { method, path, headers } of received) {
      expect(`${method} ${path}`).toBe(`PUT ${resource}/Annotations?api-version=2015-05-01`);
      expect(headers).toMatchObject({ authorization: 'Bearer entra-secret', 'content-type': 'application/json' });
    }
    const [first, second] = received.map((r) => parsed(r.body));
    expect(first).toEqual({
      Id: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
      AnnotationName: 'checkout 1.2.3 to production: watching',
      EventTime: '2026-11-23T09:50:00.000Z',
      Category: 'Deployment',
      Properties: expect.any(String),
    });
    expect(second).toMatchObject({
      Id: first?.Id,
      AnnotationName: 'checkout 1.2.3 to production: stop: error rate is 4.1 %, over the limit of 1 %',
      EventTime: first?.EventTime,
    });
    const facts = {
      'Deployment Uri': 'https://github.com/octocat/shop/actions/runs/7/attempts/1',
      ReleaseName: 'checkout 1.2.3 to production',
      BuildNumber: '1.2.3',
      BuildRepositoryName: 'octocat/shop',
      SourceBranch: 'refs/heads/main',
      SourceVersion: '5f2c1e0d9b8a7f6e5d4c3b2a1908f7e6d5c4b3a2',
      ReleaseEnvironmentName: 'production',
      ReleaseRequestedFor: 'octocat',
    };
    expect(propertiesOf(received[0]?.body)).toEqual(facts);
    expect(propertiesOf(received[1]?.body)).toEqual({
      ...facts,
      Label: 'Error',
      Decision: 'stop',
      Reason: 'unhealthy',
    });
  });

  it('labels a continue as a success, and what was only observed as neither', async () => {
    const { url, received } = await service();
    const annotation = open('application-insights', {}, connection(url));
    await annotation.end(ends.continue, decisions.continue, signal());
    await annotation.end(ends.observed, decisions.observed, signal());
    expect(propertiesOf(received[0]?.body)).toMatchObject({ Label: 'Success' });
    expect(propertiesOf(received[1]?.body)).not.toHaveProperty('Label');
  });

  it('sends nothing but ASCII, and says the same', async () => {
    const { url, received } = await service();
    const words = 'Bücher – 書 😀: stop';
    const annotation = open('application-insights', {}, connection(url));
    await annotation.end(event('', { words, subject: 'Bücher' }), decisions.stop, signal());
    expect(received[0]?.body).toMatch(/^[\x20-\x7e]*$/);
    expect(parsed(received[0]?.body).AnnotationName).toBe(words);
    expect(propertiesOf(received[0]?.body)).toMatchObject({ ReleaseName: 'Bücher' });
  });

  it('names the role that is missing, and not the token', async () => {
    const { url } = await standIn((_request, response) =>
      reply(response, 403, { error: { code: 'AuthorizationFailed', message: 'no action Annotations/write' } }),
    );
    const failed = open('application-insights', {}, connection(url)).begin?.(begun, signal());
    await expect(failed).rejects.toThrow(/Application Insights Component Contributor.*no action Annotations\/write/);
    await expect(failed).rejects.not.toThrow(/entra-secret/);
  });

  it('tries again after a 500, since it writes the same', async () => {
    const { url, received } = await standIn((_request, response, count) =>
      count === 1 ? reply(response, 500, {}) : reply(response, 200, [{ Id: 'x' }]),
    );
    await open('application-insights', {}, connection(url)).begin?.(begun, signal());
    expect(received).toHaveLength(2);
    expect(received[1]?.body).toBe(received[0]?.body);
  });

  it.each([[[]], [{}], ['']])('does not take the answer %j for a success', async (answer) => {
    const { url } = await standIn((_request, response) => reply(response, 200, answer));
    const failed = open('application-insights', {}, connection(url)).begin?.(begun, signal());
    await expect(failed).rejects.toThrow(/but not that it was written/);
  });
});
