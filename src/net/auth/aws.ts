/** Signing in to AWS, and signing requests with Signature Version 4, for everything on AWS. */
import * as v from 'valibot';
import { described, filled, httpUrl, secret } from '../../policy/fields.js';
import { NotMeasured, type SourceContext } from '../../sources/source.js';
import { isLoopback } from '../errors.js';
import type { HttpRequest, HttpResponse } from '../http.js';
import { awsErrorOf, hasExpired, refuseAws } from './aws-errors.js';
import { assumeRole } from './aws-exchange.js';
import { Kept, oncePerRun } from './kept.js';

const regionForm = /^[a-z]{2,}(?:-[a-z]+)+-\d+$/;

/** Fields of a source's schema; with the check `signsInToAwsOneWay`. */
export const awsFields = {
  region: described(v.pipe(v.string(), v.regex(regionForm, 'a region such as eu-central-1')), 'The AWS region.'),
  role: described(
    v.optional(
      v.pipe(
        v.string(),
        v.regex(/^arn:aws[\w-]*:iam::\d{12}:role\/\S+$/, 'the ARN of a role, arn:aws:iam::123456789012:role/name'),
      ),
    ),
    'ARN of the role to assume with an ID token of the run; no secret at all. The job needs `permissions: id-token: write` (GitHub Actions).',
  ),
  'access-key-id': described(
    v.optional(filled),
    'With `secret-access-key`, in place of `role`. Default without `role`: `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY` and `AWS_SESSION_TOKEN`.',
  ),
  'secret-access-key': described(v.optional(secret), 'With `access-key-id`.'),
  'session-token': described(v.optional(secret), 'With `access-key-id`, of credentials that are temporary.'),
  'sts-endpoint': described(
    v.optional(
      v.pipe(
        httpUrl,
        v.check((url) => {
          const { protocol, hostname } = new URL(url);
          // The ID token is in the body, where the client does not look for credentials.
          return protocol === 'https:' || isLoopback(hostname);
        }, 'an https URL'),
      ),
    ),
    'Where the role is assumed. Default: STS of the region, `https://sts.REGION.amazonaws.com`.',
  ),
};

export interface AwsConfig {
  readonly region: string;
  readonly role?: string | undefined;
  readonly 'access-key-id'?: string | undefined;
  readonly 'secret-access-key'?: string | undefined;
  readonly 'session-token'?: string | undefined;
  readonly 'sts-endpoint'?: string | undefined;
}

/** A role beside keys would leave open whose account is asked. */
export const signsInToAwsOneWay = (config: AwsConfig): boolean => {
  const key = config['access-key-id'] !== undefined;
  if (key !== (config['secret-access-key'] !== undefined)) return false;
  return key ? config.role === undefined : config['session-token'] === undefined;
};

/** What `signsInToAwsOneWay` expects. */
export const oneWayToAws =
  'either `role`, or `access-key-id` and `secret-access-key` together (and `session-token`), or none of them';

/** The address of a regional service of AWS, e.g. `monitoring`; without a slash at its end. */
export const awsEndpoint = (service: string, region: string): string =>
  `https://${service}.${region}.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}`;

/** What signs. */
export interface AwsCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** The credentials of one sign-in. */
const credentialsOf = oncePerRun(
  awsFields,
  (config: AwsConfig, context): Pick<Kept<AwsCredentials>, 'get' | 'forget'> => {
    const { role, region } = config;
    if (role === undefined) return { get: async () => given(config, context), forget: () => undefined };
    const endpoint = config['sts-endpoint'] ?? awsEndpoint('sts', region);
    return new Kept(
      context.clock,
      (signal) => assumeRole({ role, endpoint }, context, signal),
      () => new NotMeasured('timeout', 'signing in to AWS took longer than the round may'),
    );
  },
);

function given(config: AwsConfig, { identity }: SourceContext): AwsCredentials {
  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN } = identity.env;
  const own = config['access-key-id'] !== undefined;
  const id = own ? config['access-key-id'] : AWS_ACCESS_KEY_ID;
  const key = own ? config['secret-access-key'] : AWS_SECRET_ACCESS_KEY;
  const token = own ? config['session-token'] : AWS_SESSION_TOKEN;
  if (!id || !key) {
    const message =
      'no way to sign in to AWS: write `role`, the ARN of a role that trusts this run, or `access-key-id` and `secret-access-key`, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY (as the action aws-actions/configure-aws-credentials does)';
    throw new NotMeasured('unauthorized', message, { permanent: true });
  }
  identity.secret(key);
  if (token) identity.secret(token);
  return { accessKeyId: id, secretAccessKey: key, ...(token ? { sessionToken: token } : {}) };
}

/**
 * The headers of a request with its signature (https://docs.aws.amazon.com/IAM/latest/UserGuide/create-signed-request.html).
 *
 * @param now time of the signature, milliseconds since the epoch; AWS takes it for some minutes
 * @returns lower-case names
 */
export async function signedHeaders(
  { url, method = 'GET', headers, body }: Pick<HttpRequest, 'url' | 'method' | 'headers' | 'body'>,
  credentials: AwsCredentials,
  { service, region, now }: { readonly service: string; readonly region: string; readonly now: number },
): Promise<Readonly<Record<string, string>>> {
  const { AwsV4Signer } = await import('aws4fetch');
  const signer = new AwsV4Signer({
    ...credentials,
    url,
    method,
    headers: { ...headers },
    body: body ?? null,
    service,
    region,
    datetime: new Date(now).toISOString().replace(/[:-]|\.\d{3}/g, ''),
    // All that we write; the library leaves out the content type, which the scheme asks for.
    allHeaders: true,
  });
  return Object.fromEntries((await signer.sign()).headers.entries());
}

/**
 * Sends a request that is signed for a service of AWS. Where the role's credentials are refused as expired it is sent once more with
 * new ones.
 *
 * @param service as the signature names it: `monitoring`, `aps`, `logs`…
 * @param needs the permission to name, e.g. `cloudwatch:GetMetricData`
 * @returns any answer but those that mean the same for every service
 * @throws {NotMeasured} `unauthorized`, `forbidden`, `throttled`, with what to do about it
 */
export async function sendToAws(
  context: SourceContext,
  config: AwsConfig,
  service: string,
  request: HttpRequest,
  needs: string,
): Promise<HttpResponse> {
  const credentials = credentialsOf(config, context);
  // A plus sign is a space for forms only, and AWS would check the signature of a plus sign.
  const url = request.url.replace(/\?.*$/s, (query) => query.replaceAll('+', '%20'));
  const attempt = async (keys: AwsCredentials) => {
    const at = { service, region: config.region, now: context.clock.now() };
    const headers = await signedHeaders({ ...request, url }, keys, at);
    return { response: await context.http.send({ ...request, url, headers }), headers };
  };
  const keys = await credentials.get(request.signal);
  let { response, headers } = await attempt(keys);
  if (config.role !== undefined && hasExpired(awsErrorOf(response))) {
    credentials.forget(keys);
    ({ response, headers } = await attempt(await credentials.get(request.signal)));
  }
  refuseAws(response, new URL(request.url).origin, needs, headers);
  return response;
}
