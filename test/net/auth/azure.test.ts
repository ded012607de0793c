import { describe, expect, it } from 'vitest';
import { azureTokens, sendToAzure } from '../../../src/net/auth/azure.js';
import { SimulatedClock } from '../../support/clock.js';
import { entra, failureOf, signIn, tenant } from '../../support/entra.js';
import { reply, standIn } from '../../support/server.js';

const scope = 'https://management.azure.com/.default';
const minute = 60_000;
const signal = () => AbortSignal.timeout(20_000);

describe('tokens of Azure', () => {
  it('are exchanged for an ID token of GitHub, masked, and kept by scope', async () => {
    const { context, config, cloud, masked } = await signIn();
    const tokens = azureTokens(config, context);
    const [a, b] = await Promise.all([tokens.token(scope, signal()), tokens.token(scope, signal())]);
    expect([a, b, await tokens.token(scope, signal())]).toEqual(['access-token-1', 'access-token-1', 'access-token-1']);
    expect(await tokens.token('https://api.loganalytics.io/.default', signal())).toBe('access-token-2');
    expect(cloud.exchanges.map((e) => e.scope.split(' ')[0])).toEqual([scope, 'https://api.loganalytics.io/.default']);
    expect(masked).toEqual(['access-token-1', 'access-token-2']);
  });

  it('are one sign-in for all sources of a run that write the same, and another for another', async () => {
    const { context, config, cloud } = await signIn();
    expect(azureTokens(config, context)).toBe(azureTokens({ ...config }, context));
    expect(azureTokens(config, context)).not.toBe(azureTokens({ ...config, tenant: 'x' }, context));
    expect(azureTokens(config, context)).not.toBe(azureTokens(config, { ...context }));
    await azureTokens(config, context).token(scope, signal());
    await azureTokens({ ...config }, context).token(scope, signal());
    expect(cloud.exchanges).toHaveLength(1);
  });

  it('outlive the ID token and the access token: hours of requests, none refused', async () => {
    const { clock, context, config, cloud } = await signIn();
    let refused = 0;
    const api = await standIn((request, response) => {
      const good = cloud.accepts(request.headers.authorization, scope);
      if (!good) refused += 1;
      reply(response, good ? 200 : 401, {});
    });
    const tokens = azureTokens(config, context);
    for (let i = 0; i <= 150; i += 1) {
      const response = await sendToAzure(context, tokens, scope, { url: api.url, signal: signal() });
      expect(response.status).toBe(200);
      await clock.sleep(minute);
    }
    expect(refused).toBe(0);
    expect(cloud.exchanges.length).toBe(3);
    expect(new Set(cloud.exchanges.map((e) => e.assertion)).size).toBe(3);
  });

  it('are got anew once when one is refused before its time', async () => {
    const { context, config, cloud } = await signIn();
    const api = await standIn((request, response) =>
      reply(response, request.headers.authorization === 'Bearer access-token-1' ? 401 : 200, {}),
    );
    const tokens = azureTokens(config, context);
    const send = () => sendToAzure(context, tokens, scope, { url: api.url, signal: signal() });
    expect((await send()).status).toBe(200);
    expect(cloud.exchanges).toHaveLength(2);
    const closed = await standIn((_, response) => reply(response, 401, {}));
    expect((await sendToAzure(context, tokens, scope, { url: closed.url, signal: signal() })).status).toBe(401);
    expect(closed.received).toHaveLength(2);
  });

  it('are got anew once when several requests are refused one after the other', async () => {
    const { context, config, cloud } = await signIn();
    const open: (() => void)[] = [];
    const api = await standIn((request, response) => {
      if (request.headers.authorization !== 'Bearer access-token-1') return reply(response, 200, {});
      open.push(() => reply(response, 401, {}));
    });
    const tokens = azureTokens(config, context);
    const sent = [1, 2, 3].map(() => sendToAzure(context, tokens, scope, { url: api.url, signal: signal() }));
    while (open.length < 3) await new Promise(setImmediate);
    for (const [i, refuse] of open.entries()) {
      refuse();
      // The new token is there before the next request hears that the old one is refused.
      while (api.received.length < 4 + i) await new Promise(setImmediate);
    }
    expect((await Promise.all(sent)).map((r) => r.status)).toEqual([200, 200, 200]);
    expect(cloud.exchanges).toHaveLength(2);
  });

  it('are used to their end, and no longer, while a new one cannot be had', async () => {
    const { clock, context, config, cloud } = await signIn();
    const tokens = azureTokens(config, context);
    await tokens.token(scope, signal());
    cloud.refuse = 'AADSTS90033: A transient error has occurred';
    await clock.sleep(56 * minute);
    expect(await tokens.token(scope, signal())).toBe('access-token-1');
    await clock.sleep(4 * minute);
    expect(await failureOf(tokens.token(scope, signal()))).toMatchObject({ code: 'unauthorized', permanent: false });
    cloud.refuse = undefined;
    expect(await tokens.token(scope, signal())).toBe('access-token-2');
  });
});

describe('a token that was handed over', () => {
  it('is taken as it is, and nothing is loaded', async () => {
    const { context, config, cloud } = await signIn();
    const tokens = azureTokens({ ...config, token: 'given' }, context);
    expect(await tokens.token(scope, signal())).toBe('given');
    expect(cloud.exchanges).toEqual([]);
  });

  it('is not sent again when it is refused', async () => {
    const { context, config } = await signIn();
    const api = await standIn((_, response) => reply(response, 401, {}));
    const tokens = azureTokens({ ...config, token: 'given' }, context);
    expect((await sendToAzure(context, tokens, scope, { url: api.url, signal: signal() })).status).toBe(401);
    expect(api.received).toHaveLength(1);
  });

  it('stands back behind a `sign-in` that is named', async () => {
    const { context, config } = await signIn();
    const tokens = azureTokens({ ...config, token: 'given', 'sign-in': 'github-oidc' }, context);
    expect(await tokens.token(scope, signal())).toBe('access-token-1');
  });
});

describe('the patience of a sign-in', () => {
  it('ends with the round', async () => {
    const { context, config } = await signIn({ idToken: () => new Promise(() => {}) });
    const tokens = azureTokens(config, context);
    expect(await failureOf(tokens.token(scope, AbortSignal.timeout(300)))).toMatchObject({ code: 'timeout' });
    expect(await failureOf(tokens.token(scope, AbortSignal.abort()))).toMatchObject({ code: 'timeout' });
  });

  it('is that of each who waits: one who gives up takes nothing from the others', async () => {
    let mint = (): void => {};
    const asked = new Promise<void>((resolve) => {
      mint = resolve;
    });
    const { context, config, cloud } = await signIn({
      idToken: async (aud) => {
        await asked;
        return cloud.idToken(aud);
      },
    });
    const tokens = azureTokens(config, context);
    const hasty = new AbortController();
    const first = failureOf(tokens.token(scope, hasty.signal));
    const second = tokens.token(scope, signal());
    hasty.abort();
    expect(await first).toMatchObject({ code: 'timeout' });
    mint();
    expect(await second).toBe('access-token-1');
    expect(cloud.exchanges).toHaveLength(1);
  });

  it('leaves nothing behind: the next round starts anew', async () => {
    let calls = 0;
    const { context, config, cloud } = await signIn({
      idToken: (aud) => {
        calls += 1;
        return calls === 1 ? new Promise(() => {}) : cloud.idToken(aud);
      },
    });
    const tokens = azureTokens(config, context);
    expect(await failureOf(tokens.token(scope, AbortSignal.timeout(50)))).toMatchObject({ code: 'timeout' });
    expect(await tokens.token(scope, signal())).toBe('access-token-1');
  });
});

describe('an exchange that nobody waits for any longer', () => {
  it('ends on the wire', async () => {
    const { context, config } = await signIn();
    let closed = (): void => {};
    const ended = new Promise<void>((resolve) => {
      closed = resolve;
    });
    const slow = await standIn((_, response) => void response.on('close', closed), { tls: true });
    const tokens = azureTokens({ ...config, authority: slow.url }, context);
    expect(await failureOf(tokens.token(scope, AbortSignal.timeout(200)))).toMatchObject({ code: 'timeout' });
    await ended;
  }, 5000);
});

describe('the stand-in for Entra', () => {
  it('takes an ID token for five minutes, and once', async () => {
    const clock = new SimulatedClock(Date.parse('2026-11-23T10:00:00Z'), 1);
    const cloud = await entra(clock);
    const held = await cloud.idToken('api://AzureADTokenExchange');
    const send = async (idToken: () => Promise<string>) => {
      const { context, config } = await signIn({ idToken });
      return failureOf(azureTokens({ ...config, authority: cloud.authority, tenant }, context).token(scope, signal()));
    };
    expect((await send(async () => held)).code).toBe('none');
    expect((await send(async () => held)).message).toContain('AADSTS50027');
    const old = await cloud.idToken('api://AzureADTokenExchange');
    await clock.sleep(5 * minute);
    expect((await send(async () => old)).message).toContain('AADSTS700024');
    expect((await send(() => cloud.idToken('api://else'))).message).toContain('AADSTS700213');
  });
});
