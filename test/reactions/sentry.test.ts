import { describe, expect, it } from 'vitest';
import { reply, standIn } from '../support/server.js';
import { decisions, ends, event, open, signal } from './support.js';

const connection = (url: string) => ({ url, organization: 'acme', project: 'shop', token: 'sntrys_secret' });
const deployed = () => standIn((_request, response) => reply(response, 201, { id: '1234567' }));

describe('sentry', () => {
  it('records the deploy of a release when the train continues', async () => {
    const { url, received } = await deployed();
    const annotation = open('sentry', { release: 'shop/checkout@1.2.3+7' }, connection(url));
    expect(annotation).not.toHaveProperty('begin');
    expect(await annotation.end(ends.continue, decisions.continue, signal())).toBe(
      'deploy 1234567 of shop/checkout@1.2.3+7',
    );
    const [sent] = received;
    expect(`${sent?.method} ${sent?.path}`).toBe(
      'POST /api/0/organizations/acme/releases/shop%2Fcheckout%401.2.3%2B7/deploys/',
    );
    expect(sent?.headers).toMatchObject({ authorization: 'Bearer sntrys_secret', 'content-type': 'application/json' });
    expect(JSON.parse(sent?.body ?? '')).toEqual({
      environment: 'production',
      name: 'checkout 1.2.3 to production: continue: 2 gates healthy',
      url: 'https://github.com/octocat/shop/actions/runs/7/attempts/1',
      dateStarted: '2026-11-23T09:50:00.000Z',
      dateFinished: '2026-11-23T10:15:00.000Z',
    });
  });

  it('takes the version for the release, and the projects that are named', async () => {
    const { url, received } = await deployed();
    await open('sentry', { projects: ['shop'] }, connection(url)).end(ends.observed, decisions.observed, signal());
    expect(received[0]?.path).toContain('/releases/1.2.3/deploys/');
    expect(JSON.parse(received[0]?.body ?? '')).toMatchObject({
      projects: ['shop'],
      name: expect.stringContaining('observed only'),
    });
  });

  it('writes nothing when the train stops', async () => {
    const { url, received } = await deployed();
    expect(await open('sentry', {}, connection(url)).end(ends.stop, decisions.stop, signal())).toBeUndefined();
    expect(received).toEqual([]);
  });

  it('says what it does not know', async () => {
    const { url } = await deployed();
    const end = (change: object) =>
      open('sentry', {}, connection(url)).end(event('continue', change), decisions.continue, signal());
    await expect(end({ version: undefined })).rejects.toThrow(/expected the input `version`/);
    await expect(end({ environment: undefined })).rejects.toThrow(/expected the input `environment`/);
  });

  it.each([
    [404, { detail: 'The requested resource does not exist' }, /knows no release `1.2.3` of acme/],
    [403, { detail: 'You do not have permission' }, /it needs a token with the scope org:ci or project:releases/],
    [400, { detail: 'Invalid projects' }, /does not take it \(400\): Invalid projects/],
    [500, {}, /failed \(500\)/],
  ])('explains a %d', async (status, answer, words) => {
    const { url, received } = await standIn((_request, response) => reply(response, status, answer));
    const failed = open('sentry', {}, connection(url)).end(ends.continue, decisions.continue, signal());
    await expect(failed).rejects.toThrow(words);
    await expect(failed).rejects.not.toThrow(/sntrys_secret/);
    expect(received).toHaveLength(1);
  });
});
