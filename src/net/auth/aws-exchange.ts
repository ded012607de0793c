/**
 * Assuming a role with an ID token of the run
 * (https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html). It needs no signature.
 */
import * as v from 'valibot';
import { NotMeasured, type SourceContext } from '../../sources/source.js';
import type { HttpResponse } from '../http.js';
import { parseJson } from '../json.js';
import type { AwsCredentials } from './aws.js';
import { type AwsError, awsErrorOf, awsWords } from './aws-errors.js';
import { claimsOf } from './claims.js';
import type { Lasting } from './kept.js';

/** What AWS expects as the audience of an ID token. */
const audience = 'sts.amazonaws.com';

const answerForm = v.object({
  AssumeRoleWithWebIdentityResponse: v.object({
    AssumeRoleWithWebIdentityResult: v.object({
      Credentials: v.object({
        AccessKeyId: v.pipe(v.string(), v.nonEmpty()),
        SecretAccessKey: v.pipe(v.string(), v.nonEmpty()),
        SessionToken: v.pipe(v.string(), v.nonEmpty()),
        /** Seconds since the epoch in JSON; a date in XML, and with those who copy it. */
        Expiration: v.union([v.number(), v.pipe(v.string(), v.isoTimestamp())]),
      }),
    }),
  }),
});

/**
 * Assumes the role with a fresh ID token: one that is older than five minutes would be refused.
 *
 * @param endpoint address of STS, without a slash at its end
 * @throws {NotMeasured} `unauthorized`, `throttled`, `bad-answer` and those of the HTTP client, with what to do about it
 */
export async function assumeRole(
  { role, endpoint }: { readonly role: string; readonly endpoint: string },
  { http, identity }: Pick<SourceContext, 'http' | 'identity'>,
  signal: AbortSignal,
): Promise<Lasting<AwsCredentials>> {
  const token = await idTokenOf(identity);
  const form = new URLSearchParams({
    Action: 'AssumeRoleWithWebIdentity',
    Version: '2011-06-15',
    RoleArn: role,
    RoleSessionName: 'signalbox',
    WebIdentityToken: token,
  });
  const response = await http.send({
    url: `${endpoint}/`,
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
    body: form.toString(),
    signal,
  });
  const refused = awsErrorOf(response);
  if (refused) throw notAssumed(refused, response, role, token);
  const { origin } = new URL(endpoint);
  const parsed = v.safeParse(answerForm, parseJson(response, origin));
  if (!parsed.success) {
    throw new NotMeasured('bad-answer', `${origin} answered something that is not STS: is \`sts-endpoint\` right?`);
  }
  const got = parsed.output.AssumeRoleWithWebIdentityResponse.AssumeRoleWithWebIdentityResult.Credentials;
  identity.secret(got.SecretAccessKey);
  identity.secret(got.SessionToken);
  return {
    value: {
      accessKeyId: got.AccessKeyId,
      secretAccessKey: got.SecretAccessKey,
      sessionToken: got.SessionToken,
    },
    ends: typeof got.Expiration === 'number' ? got.Expiration * 1000 : Date.parse(got.Expiration),
  };
}

async function idTokenOf(identity: SourceContext['identity']): Promise<string> {
  const { idToken } = identity;
  if (!idToken) {
    const message =
      'no way to sign in to AWS: `role` needs an ID token, and the job may not get one: give it `permissions: id-token: write` (only on GitHub Actions); elsewhere leave out `role` and set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY';
    throw new NotMeasured('unauthorized', message, { permanent: true });
  }
  try {
    return await idToken(audience);
  } catch {
    // Its words may hold the answer of the service.
    throw new NotMeasured('connection', 'GitHub gave no ID token for AWS; the next round tries again');
  }
}

function notAssumed(error: AwsError, { status }: HttpResponse, role: string, token: string): NotMeasured {
  const said = awsWords(error, [token]);
  const unknown = { issuer: 'https://token.actions.githubusercontent.com', subject: 'of this run' };
  const { issuer, subject } = claimsOf(token) ?? unknown;
  const begin = `assuming the role ${role} failed`;
  const unauthorized = (message: string, permanent = false): NotMeasured =>
    new NotMeasured('unauthorized', `${begin}${said}; ${message}`, { permanent });
  switch (error.code) {
    case 'InvalidIdentityToken': {
      // The same name stands for a provider that AWS could not reach just now.
      const lasting = /no openidconnect provider|audience/i.test(error.message);
      return unauthorized(
        `the account needs an OpenID Connect provider for \`${issuer}\` with the audience \`${audience}\``,
        lasting,
      );
    }
    case 'AccessDenied':
      return unauthorized(
        `its trust policy must allow \`sts:AssumeRoleWithWebIdentity\` for the subject \`${subject}\` and the audience \`${audience}\``,
      );
    case 'ExpiredTokenException':
    case 'ExpiredToken':
      return unauthorized('the ID token was too old when it arrived: does the clock of the runner go right?');
    case 'IDPCommunicationError':
      return unauthorized('AWS could not reach the issuer of the ID token');
    case 'ValidationError':
      return unauthorized('is the ARN of the role right?', true);
    case 'RegionDisabledException':
      return unauthorized('the region is not switched on in the account', true);
    case 'Throttling':
    case 'ThrottlingException':
      return new NotMeasured('throttled', `${begin}${said}`);
    default:
      return new NotMeasured(status === 404 ? 'not-found' : 'unauthorized', `${begin} (${status})${said}`);
  }
}
