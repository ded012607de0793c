import * as v from 'valibot';
import { expect, it } from 'vitest';
import { prometheusSource } from '../../../src/sources/telemetry/prometheus/index.js';
import { sourceContext } from '../../support/context.js';
import { reply, standIn } from '../../support/server.js';

const empty = { status: 'success', data: { groups: [] } };

/** The headers and path of a request for rules. */
async function sent(config: Record<string, unknown>, env: Record<string, string> = {}) {
  const server = await standIn((_, response) => reply(response, 200, empty));
  const context = sourceContext({ identity: { env, secret: () => {} } });
  const source = prometheusSource.open(v.parse(prometheusSource.schema, { url: server.url, ...config }), context);
  await source.alerts({ family: 'alerts', deployedAt: 0 }, AbortSignal.timeout(5000));
  return server.received[0];
}

it('signs in to Azure, signs for Amazon, names the tenant, and hands parameters on', async () => {
  expect((await sent({ azure: { token: 'entra' } }))?.headers.authorization).toBe('Bearer entra');
  const keys = { AWS_ACCESS_KEY_ID: 'AKID', AWS_SECRET_ACCESS_KEY: 'secret' };
  expect((await sent({ aws: { region: 'eu-central-1' } }, keys))?.headers.authorization).toMatch(
    /^AWS4-HMAC-SHA256 Credential=AKID\/\d{8}\/eu-central-1\/aps\/aws4_request/,
  );
  expect((await sent({ tenant: 'a|b' }))?.headers['x-scope-orgid']).toBe('a|b');
  expect((await sent({ parameters: { dedup: 'true' } }))?.path).toBe('/api/v1/rules?dedup=true&type=alert');
});

it('asks for page after page, and not for ever', async () => {
  const group = (n: number) => ({
    name: 'g',
    rules: [{ name: `r${n}`, type: 'alerting', health: 'ok', lastEvaluation: '2026-11-23T10:00:00Z' }],
  });
  const pages = await standIn((_, response, n) =>
    reply(response, 200, {
      status: 'success',
      data: { groups: [group(n)], ...(n < 3 ? { groupNextToken: `t${n}` } : {}) },
    }),
  );
  const ask = (url: string) =>
    prometheusSource
      .open(v.parse(prometheusSource.schema, { url }), sourceContext())
      .alerts({ family: 'alerts', deployedAt: 0 }, AbortSignal.timeout(5000));
  expect(await ask(pages.url)).toMatchObject({ rules: 3 });
  expect(pages.received.map((r) => new URL(r.path, 'http://x').searchParams.get('group_next_token'))).toEqual([
    null,
    't1',
    't2',
  ]);
  const endless = await standIn((_, response) =>
    reply(response, 200, { status: 'success', data: { groups: [], groupNextToken: 'same' } }),
  );
  await expect(ask(endless.url)).rejects.toMatchObject({ code: 'bad-answer' });
});

it.each([
  [{ token: 't', azure: {} }],
  [{ azure: {}, aws: { region: 'eu-central-1' } }],
  [{ username: 'u' }],
  [{ token: 't', username: 'u', password: 'p' }],
])('refuses several ways to sign in: %j', (config) => {
  expect(v.safeParse(prometheusSource.schema, { url: 'https://p', ...config }).success).toBe(false);
});
