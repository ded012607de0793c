import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { annotationTypeOf } from '../../src/reactions/index.js';
import { sourceContext } from '../support/context.js';
import { type Handler, reply, standIn } from '../support/server.js';
import { begun, decisions, ends, event, open, signal } from './support.js';

const github: Handler = (request, response) => {
  if (request.method === 'GET') reply(response, 200, [{ id: 4242, task: 'deploy' }]);
  else reply(response, 201, { id: 1, state: (JSON.parse(request.body) as { state: string }).state });
};
const body = (text: string | undefined): unknown => JSON.parse(text ?? '');
const run = 'https://github.com/octocat/shop/actions/runs/7/attempts/1';

describe('github-deployment', () => {
  it('finds the deployment once and sets its status at the start and with the decision', async () => {
    const { url, received } = await standIn(github);
    const annotation = open('github-deployment', { token: 'ghs_secret', url });
    expect(await annotation.begin?.(begun, signal())).toBe('in_progress on deployment 4242 of octocat/shop');
    await annotation.end(ends.continue, decisions.continue, signal());
    expect(received.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'GET /repos/octocat/shop/deployments?sha=5f2c1e0d9b8a7f6e5d4c3b2a1908f7e6d5c4b3a2&environment=production&per_page=1',
      'POST /repos/octocat/shop/deployments/4242/statuses',
      'POST /repos/octocat/shop/deployments/4242/statuses',
    ]);
    for (const { headers } of received) {
      expect(headers).toMatchObject({
        authorization: 'Bearer ghs_secret',
        accept: 'application/vnd.github+json',
        'x-github-api-version': '2022-11-28',
      });
    }
    expect(body(received[1]?.body)).toEqual({
      state: 'in_progress',
      description: 'checkout 1.2.3 to production: watching',
      log_url: run,
    });
    expect(body(received[2]?.body)).toEqual({
      state: 'success',
      description: 'checkout 1.2.3 to production: continue: 2 gates healthy',
      log_url: run,
    });
  });

  it.each([
    ['stop', 'failure'],
    ['unmeasured', 'error'],
    ['observed', 'success'],
  ] as const)('takes %s for %s', async (decision, state) => {
    const { url, received } = await standIn(github);
    const config = {
      token: 'ghs_secret',
      url,
      deployment: '77',
      repository: 'acme/other',
      'environment-url': 'https://shop/',
    };
    const annotation = open('github-deployment', config);
    await annotation.end(decision === 'observed' ? ends.observed : ends.stop, decisions[decision], signal());
    expect(received.map(({ path }) => path)).toEqual(['/repos/acme/other/deployments/77/statuses']);
    expect(body(received[0]?.body)).toMatchObject({ state, environment_url: 'https://shop' });
    if (decision === 'observed') expect(received[0]?.body).toContain('observed only: would have stopped');
  });

  it('keeps the description within 140 characters', async () => {
    const { url, received } = await standIn(github);
    await open('github-deployment', { token: 'ghs_secret', url }).end(event('x'.repeat(500)), decisions.stop, signal());
    expect((body(received[1]?.body) as { description: string }).description).toHaveLength(140);
  });

  it('says what it cannot find the deployment by', async () => {
    const { url } = await standIn((_request, response) => reply(response, 200, []));
    const end = (change: object) =>
      open('github-deployment', { token: 'ghs_secret', url }).end(event('stop', change), decisions.stop, signal());
    await expect(end({})).rejects.toThrow(/octocat\/shop has no deployment of 5f2c1e0d9b to production/);
    await expect(end({ environment: undefined })).rejects.toThrow(/expected `deployment`.*`sha` and `environment`/);
    await expect(end({ repository: 'shop' })).rejects.toThrow(/expected `repository: owner\/name`/);
  });

  it.each([
    [403, /it needs a token with the permission deployments: write: Resource not accessible/],
    [404, /knows no deployment 77 of octocat\/shop, or the token may not see it/],
    [422, /does not take it \(422\): Resource not accessible/],
    [500, /failed \(500\)/],
  ])('explains a %d, without the token', async (status, words) => {
    const { url, received } = await standIn((_request, response) =>
      reply(response, status, { message: 'Resource not accessible by integration' }),
    );
    const annotation = open('github-deployment', { token: 'ghs_secret', url, deployment: 77 });
    const failed = annotation.end(ends.stop, decisions.stop, signal());
    await expect(failed).rejects.toThrow(words);
    await expect(failed).rejects.not.toThrow(/ghs_secret/);
    expect(received).toHaveLength(1);
  });

  it('goes where the platform says', () => {
    const env = { GITHUB_API_URL: 'https://github.acme.example/api/v3/' };
    const context = sourceContext({ identity: { env, secret: () => {} } });
    expect(open('github-deployment', { token: 'x' }, undefined, context).target).toBe('github.acme.example');
    expect(open('github-deployment', { token: 'x' }).target).toBe('api.github.com');
  });

  it('takes only numbers for a deployment', () => {
    const schema = annotationTypeOf('github-deployment')?.schema ?? v.never();
    const valid = (deployment: unknown) => v.safeParse(schema, { token: 'x', deployment }).success;
    expect([valid(7), valid('7'), valid('7/../8'), valid(1.5), valid('')]).toEqual([true, true, false, false, false]);
  });
});
