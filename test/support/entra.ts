/**
 * Microsoft Entra on loopback, as strict as the real one: an ID token is taken for five minutes and once, an access token is good for an
 * hour, by the clock of the test (https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow).
 */
import type { Identity } from '../../src/host/host.js';
import type { AzureConfig } from '../../src/net/auth/azure.js';
import type { SourceContext } from '../../src/sources/source.js';
import type { Clock } from '../../src/train/clock.js';
import { SimulatedClock } from './clock.js';
import { sourceContext } from './context.js';
import { claimsIn, type Mint, minting, subject } from './github.js';
import { reply, standIn } from './server.js';

export const tenant = '11111111-2222-3333-4444-555555555555';
export const client = '66666666-7777-8888-9999-000000000000';

export interface Exchange {
  readonly scope: string;
  readonly secret: string | undefined;
  readonly assertion: string | undefined;
}

export interface Entra {
  readonly authority: string;
  readonly exchanges: readonly Exchange[];
  /** What GitHub does. */
  readonly idToken: Mint;
  /** What an API on Azure does: whether the `Authorization` header holds a token for it that is still good. */
  accepts(authorization: string | undefined, scope: string): boolean;
  /** The answer to the next exchange: an error of Entra's, as `AADSTS…: words`. */
  refuse: string | undefined;
}

export async function entra(clock: Pick<Clock, 'now'>): Promise<Entra> {
  const exchanges: Exchange[] = [];
  const issued = new Map<string, { scope: string; ends: number }>();
  const used = new Set<string>();

  /** @returns the AADSTS words of a refusal, or undefined */
  function wrong(form: URLSearchParams): string | undefined {
    if (form.get('grant_type') !== 'client_credentials') return 'AADSTS70003: the grant type is not supported';
    if (form.get('client_id') !== client)
      return `AADSTS700016: Application with identifier '${form.get('client_id')}' was not found`;
    const assertion = form.get('client_assertion');
    if (assertion === null)
      return form.get('client_secret') === 'the-secret' ? undefined : 'AADSTS7000215: Invalid client secret provided';
    if (form.get('client_assertion_type') !== 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer')
      return 'AADSTS70003: assertion type';
    const claims = claimsIn(assertion);
    if (claims.exp * 1000 <= clock.now()) return 'AADSTS700024: Client assertion is not within its valid time range';
    if (used.has(assertion)) return 'AADSTS50027: the assertion was used before';
    if (claims.aud !== 'api://AzureADTokenExchange' || claims.sub !== subject)
      return `AADSTS700213: No matching federated identity record found for presented assertion subject '${claims.sub}'`;
    used.add(assertion);
    return undefined;
  }

  const server = await standIn(
    ({ method, path, body }, response) => {
      const answer = (status: number, given: object) => reply(response, status, given);
      if (path === `/${tenant}/v2.0/.well-known/openid-configuration`) {
        return answer(200, {
          issuer: `${entra.authority}/${tenant}/v2.0`,
          token_endpoint: `${entra.authority}/${tenant}/oauth2/v2.0/token`,
          authorization_endpoint: `${entra.authority}/${tenant}/oauth2/v2.0/authorize`,
          jwks_uri: `${entra.authority}/${tenant}/discovery/v2.0/keys`,
        });
      }
      if (method !== 'POST' || !path.startsWith(`/${tenant}/oauth2/v2.0/token`)) {
        return answer(404, { error: 'not_found', error_description: `AADSTS90002: Tenant of ${path} not found` });
      }
      const form = new URLSearchParams(body);
      const refused = entra.refuse ?? wrong(form);
      if (refused !== undefined) {
        const description = `${refused}. https://learn.microsoft.com/x Trace ID: 0 Correlation ID: 0 Timestamp: 0`;
        return answer(401, {
          error: 'invalid_client',
          error_description: description,
          error_codes: [Number(/\d+/.exec(refused)?.[0])],
        });
      }
      const scope = form.get('scope') ?? '';
      exchanges.push({
        scope,
        secret: form.get('client_secret') ?? undefined,
        assertion: form.get('client_assertion') ?? undefined,
      });
      const token = `access-token-${exchanges.length}`;
      issued.set(token, { scope, ends: clock.now() + 3_600_000 });
      return answer(200, { token_type: 'Bearer', expires_in: 3599, ext_expires_in: 3599, access_token: token });
    },
    { tls: true },
  );
  const entra: Entra = {
    authority: server.url,
    exchanges,
    refuse: undefined,
    idToken: minting(clock),
    accepts(authorization, scope) {
      const token = issued.get(authorization?.replace(/^Bearer /, '') ?? '');
      return (token?.scope.split(' ').includes(scope) ?? false) && clock.now() < (token?.ends ?? 0);
    },
  };
  return entra;
}

/** A sign-in against it, at ten o'clock. */
export interface SignIn {
  readonly clock: SimulatedClock;
  readonly cloud: Entra;
  readonly context: SourceContext;
  /** What was asked to be masked. */
  readonly masked: string[];
  readonly config: AzureConfig;
}

/** @param oidc whether the platform gives ID tokens, as GitHub does */
export async function signIn({ oidc = true, ...change }: Partial<Identity> & { oidc?: boolean } = {}): Promise<SignIn> {
  const clock = new SimulatedClock(Date.parse('2026-11-23T10:00:00Z'), 1);
  const cloud = await entra(clock);
  const masked: string[] = [];
  const identity: Identity = {
    env: {},
    secret: (value) => void masked.push(value),
    ...(oidc ? { idToken: (aud: string) => cloud.idToken(aud) } : {}),
    ...change,
  };
  const config: AzureConfig = { cloud: 'public', authority: cloud.authority, tenant, client };
  return { clock, cloud, context: sourceContext({ clock, identity }), masked, config };
}

/** What a rejection says; its code is `none` where there was none. */
export const failureOf = async (act: Promise<unknown>) =>
  act.then(
    () => ({ code: 'none', message: '', permanent: false }),
    (e: unknown) => e as { code: string; message: string; permanent: boolean },
  );
