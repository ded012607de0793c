/** Signing in to Azure DevOps Services: with a token, or with Microsoft Entra. */
import { NotMeasured, type SourceContext } from '../../sources/source.js';
import type { HttpResponse } from '../http.js';
import { type AzureConfig, azureTokens, sendToAzure } from './azure.js';

/** Azure DevOps, as Microsoft Entra knows it. */
const scope = '499b84ac-1321-427f-aa17-267ca6975798/.default';

/** Three parts that begin like JSON: an access token of Entra or of a build, which is no personal one. */
const jwt = /^eyJ[\w-]{5,}\.[\w-]{5,}\.[\w-]*$/;

/** The header for `token`. A personal access token is the password of nobody in particular. */
export const authorizationOf = (token: string): string =>
  jwt.test(token) ? `Bearer ${token}` : `Basic ${Buffer.from(`:${token}`).toString('base64')}`;

/** One that the policy gives; absent: it is got by signing in. */
const tokenOf = (config: AzureConfig): string | undefined =>
  config['sign-in'] === undefined ? config.token : undefined;

/**
 * One GET.
 *
 * @returns the answer; where the credential is not accepted with the status 401, or 203 and 302, which are pages for people to sign in on
 * @throws {NotMeasured} as `Http.send` does, but for redirects
 */
export async function sendToAzureDevops(
  config: AzureConfig,
  context: SourceContext,
  url: string,
  signal: AbortSignal,
): Promise<HttpResponse> {
  // Without the second a refusal is a redirect to a page for people.
  const headers = { accept: 'application/json', 'x-tfs-fedauthredirect': 'Suppress' };
  const token = tokenOf(config);
  try {
    if (token !== undefined) {
      const authorization = authorizationOf(token);
      return await context.http.send({ url, headers: { ...headers, authorization }, signal });
    }
    const tokens = azureTokens(config, context);
    const response = await sendToAzure(context, tokens, scope, { url, headers, signal });
    if (response.status === 203) tokens.forget(scope, await tokens.token(scope, signal));
    return response;
  } catch (error) {
    if (error instanceof NotMeasured && error.code === 'redirect') return { status: 302, headers: {}, text: '' };
    throw error;
  }
}

export const isUnauthorized = ({ status }: HttpResponse): boolean => status === 401 || status === 203 || status === 302;

/** What was sent, so that a server which repeats it is not quoted; empty, so that nothing is, where it is not known any more. */
export async function azureDevopsCredentials(
  config: AzureConfig,
  context: SourceContext,
  signal: AbortSignal,
): Promise<Readonly<Record<string, string>>> {
  const token = tokenOf(config);
  // A personal token is sent in a form that nobody would recognise it by.
  if (token !== undefined) return { authorization: authorizationOf(token), 'api-key': token };
  const used = await azureTokens(config, context)
    .token(scope, signal)
    .catch(() => '');
  return { authorization: used };
}
