/** What a refusal of AWS means, and what to do about it. */
import { NotMeasured } from '../../sources/source.js';
import { oneLine } from '../../sources/text.js';
import { secretHeaders } from '../errors.js';
import type { HttpResponse } from '../http.js';

/** An error as AWS names it. */
export interface AwsError {
  /** `ExpiredTokenException`, `AccessDenied`…: without namespace; empty where none is named. */
  readonly code: string;
  readonly message: string;
}

const textOf = (...candidates: readonly unknown[]): string =>
  candidates.find((x): x is string => typeof x === 'string' && x !== '') ?? '';

/**
 * Reads the shapes in which services of AWS refuse: the JSON protocols' `__type` and `message`, the header `x-amzn-errortype`, and
 * the query protocol's `Error` in JSON
 * (https://smithy.io/2.0/aws/protocols/aws-json-1_0-protocol.html#operation-error-serialization).
 *
 * @returns undefined for an answer that is no refusal
 */
export function awsErrorOf({ status, headers, text }: HttpResponse): AwsError | undefined {
  if (status < 400) return undefined;
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    json = undefined;
  }
  const body = typeof json === 'object' && json !== null ? (json as Record<string, unknown>) : {};
  const inner = typeof body.Error === 'object' && body.Error !== null ? (body.Error as Record<string, unknown>) : {};
  const [, code = ''] =
    /^(?:[^#]*#)?([\w.]*)/.exec(textOf(headers['x-amzn-errortype'], body.__type, inner.Code, body.code)) ?? [];
  return { code, message: textOf(body.message, body.Message, inner.Message) };
}

const expired: ReadonlySet<string> = new Set(['ExpiredToken', 'ExpiredTokenException']);

/** The credentials had a time, and it is over. */
export const hasExpired = (error: AwsError | undefined): boolean => error !== undefined && expired.has(error.code);

const throttled: ReadonlySet<string> = new Set([
  'Throttling',
  'ThrottlingException',
  'ThrottledException',
  'RequestLimitExceeded',
  'TooManyRequestsException',
  'RequestThrottled',
]);
const unknownKey: ReadonlySet<string> = new Set([
  'UnrecognizedClientException',
  'InvalidClientTokenId',
  'InvalidAccessKeyId',
  'MissingAuthenticationToken',
  'MissingAuthenticationTokenException',
  'IncompleteSignature',
  'IncompleteSignatureException',
]);
const badSignature: ReadonlySet<string> = new Set([
  'InvalidSignatureException',
  'SignatureDoesNotMatch',
  'RequestExpired',
  'RequestTimeTooSkewed',
]);
const denied: ReadonlySet<string> = new Set([
  'AccessDenied',
  'AccessDeniedException',
  'UnauthorizedOperation',
  'NotAuthorized',
  'OptInRequired',
]);

/** What AWS says, behind our own words; nothing where it repeats a credential. */
export function awsWords({ code, message }: AwsError, credentials: readonly string[] = []): string {
  if (credentials.some((credential) => credential !== '' && message.includes(credential))) return ` (${code})`;
  const said = oneLine(message, 300);
  return [code === '' ? '' : ` (${code})`, said === '' ? '' : `: ${said}`].join('');
}

/** What of a signed request may not be quoted: the signature and the session token. */
export const signingSecrets = (headers: Readonly<Record<string, string>>): string[] =>
  Object.entries(headers)
    .filter(([name]) => secretHeaders.has(name))
    .map(([, value]) => /Signature=(\w+)/.exec(value)?.[1] ?? value);

/**
 * Refuses the answers that mean the same for every service of AWS. They come as 400 or as 403, so the error's name decides.
 *
 * @param needs the permission to name
 * @param sent the headers of the request
 * @throws {NotMeasured} `unauthorized`, `forbidden`, `throttled`
 */
export function refuseAws(
  response: HttpResponse,
  origin: string,
  needs: string,
  sent: Readonly<Record<string, string>>,
): void {
  const error = awsErrorOf(response);
  if (error === undefined) return;
  const { code } = error;
  const said = awsWords(error, signingSecrets(sent));
  if (expired.has(code)) {
    const message = `the AWS credentials have expired${said}; write \`role\` in place of keys: its credentials are renewed as long as the step runs`;
    throw new NotMeasured('unauthorized', message, { permanent: true });
  }
  if (throttled.has(code)) throw new NotMeasured('throttled', `${origin} throttles the requests${said}`);
  if (badSignature.has(code)) {
    const message = `AWS does not accept the signature${said}; is the secret access key right, and does the clock of the runner go right?`;
    throw new NotMeasured('unauthorized', message);
  }
  if (unknownKey.has(code)) {
    const message = `AWS does not know the credentials${said}; are the access key and its session token right, and of this partition?`;
    throw new NotMeasured('unauthorized', message);
  }
  if (denied.has(code) || response.status === 403) {
    const message = `${origin} refuses the request${said}; give the role or user the permission ${needs}`;
    throw new NotMeasured('forbidden', message);
  }
  if (response.status === 401) {
    throw new NotMeasured('unauthorized', `${origin} does not accept the credentials (401)${said}`);
  }
}
