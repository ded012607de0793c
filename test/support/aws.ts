/**
 * What AWS does with a signed request, written from the description of Signature Version 4
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/create-signed-request.html) with `node:crypto` alone; and STS on loopback, as strict
 * as the real one: an ID token is taken for five minutes and once, credentials are good for an hour, by the clock of the test.
 */
import { createHash, createHmac } from 'node:crypto';
import type { Clock } from '../../src/train/clock.js';
import { claimsIn, type Mint, minting, subject } from './github.js';
import { type Received, reply, type StandIn, standIn } from './server.js';

export const role = 'arn:aws:iam::123456789012:role/signalbox';

const hex = (text: string): string => createHash('sha256').update(text).digest('hex');
const hmac = (key: string | Uint8Array, text: string): Uint8Array => createHmac('sha256', key).update(text).digest();

const strictly = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);

/** What the signature is looked up and checked by. */
export interface Expected {
  /** Secret and session token of an access key id; undefined: nobody knows it. */
  keyOf(accessKeyId: string): { readonly secret: string; readonly session?: string } | undefined;
  readonly region: string;
  readonly service: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** @returns why AWS would refuse the request, or undefined */
export function wrongSignature({ method, path, headers, body }: Received, expected: Expected): string | undefined {
  const form =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/([^/]+)\/aws4_request, SignedHeaders=([\w;-]+), Signature=([0-9a-f]{64})$/;
  const found = form.exec(headers.authorization ?? '');
  if (!found) return 'no authorization header of the form';
  const [, id = '', date = '', region = '', service = '', signed = '', signature = ''] = found;
  const key = expected.keyOf(id);
  if (!key) return `the access key ${id} is not known`;
  if (key.session !== headers['x-amz-security-token']) return 'another session token';
  if (region !== expected.region || service !== expected.service) return `signed for ${service} in ${region}`;
  const stamp = String(headers['x-amz-date']);
  const [, y, mo, d, h, mi, s] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(stamp) ?? [];
  const at = Date.parse(`${y}-${mo}-${d}T${h}:${mi}:${s}Z`);
  if (!(Math.abs(at - expected.now) <= 5 * 60_000) || !stamp.startsWith(date)) return `signed at ${stamp}`;
  const names = signed.split(';');
  const must = ['host', ...Object.keys(headers).filter((name) => name.startsWith('x-amz-') || name === 'content-type')];
  const unsigned = must.filter((name) => !names.includes(name));
  if (unsigned.length > 0) return `not signed: ${unsigned.join(', ')}`;
  const url = new URL(path, 'http://aws');
  const canonical = [
    method,
    url.pathname.split('/').map(strictly).join('/'),
    [...url.searchParams]
      .map(([k, x]) => `${strictly(k)}=${strictly(x)}`)
      .sort()
      .join('&'),
    ...names.map((name) => `${name}:${String(headers[name]).trim().replace(/ +/g, ' ')}`),
    '',
    signed,
    hex(body),
  ].join('\n');
  const scope = `${date}/${region}/${service}/aws4_request`;
  const text = ['AWS4-HMAC-SHA256', stamp, scope, hex(canonical)].join('\n');
  const signing = [date, region, service, 'aws4_request'].reduce<string | Uint8Array>(
    (k, part) => hmac(k, part),
    `AWS4${key.secret}`,
  );
  return Buffer.from(hmac(signing, text)).toString('hex') === signature ? undefined : 'the signature does not match';
}

export interface Sts {
  readonly endpoint: string;
  /** The ID tokens that were taken. */
  readonly exchanges: readonly string[];
  /** What GitHub does. */
  readonly idToken: Mint;
  /** Secret and session of credentials that are still good. */
  keyOf(accessKeyId: string): { readonly secret: string; readonly session: string } | undefined;
  /** The answer to the next exchanges: an error of STS's. */
  refuse: { readonly status: number; readonly code: string; readonly message: string } | undefined;
}

export async function sts(clock: Pick<Clock, 'now'>): Promise<Sts> {
  const exchanges: string[] = [];
  const issued = new Map<string, { secret: string; session: string; ends: number }>();

  function refusal(form: URLSearchParams): Sts['refuse'] {
    if (form.get('Action') !== 'AssumeRoleWithWebIdentity' || form.get('Version') !== '2011-06-15')
      return { status: 400, code: 'InvalidAction', message: 'Could not find operation' };
    if (!/^[\w+=,.@-]{2,64}$/.test(form.get('RoleSessionName') ?? ''))
      return { status: 400, code: 'ValidationError', message: 'roleSessionName failed to satisfy constraint' };
    const token = form.get('WebIdentityToken') ?? '';
    const claims = claimsIn(token);
    if (claims.exp * 1000 <= clock.now())
      return { status: 400, code: 'ExpiredTokenException', message: 'Token expired: current date/time must be before' };
    if (claims.aud !== 'sts.amazonaws.com')
      return { status: 400, code: 'InvalidIdentityToken', message: 'Incorrect token audience' };
    if (form.get('RoleArn') !== role || claims.sub !== subject || exchanges.includes(token))
      return { status: 403, code: 'AccessDenied', message: 'Not authorized to perform sts:AssumeRoleWithWebIdentity' };
    return undefined;
  }

  const server: StandIn = await standIn(({ method, path, headers, body }, response) => {
    const form = new URLSearchParams(body);
    const json = method === 'POST' && path === '/' && headers.accept === 'application/json';
    const wrong = json ? (made.refuse ?? refusal(form)) : { status: 400, code: 'InvalidAction', message: 'not JSON' };
    if (wrong) {
      const { status, code, message } = wrong;
      return reply(response, status, { Error: { Code: code, Message: message, Type: 'Sender' }, RequestId: 'r' });
    }
    exchanges.push(form.get('WebIdentityToken') ?? '');
    const n = exchanges.length;
    const ends = clock.now() + 3_600_000;
    issued.set(`ASIA${n}`, { secret: `the-secret-${n}`, session: `the-session-${n}==`, ends });
    return reply(response, 200, {
      AssumeRoleWithWebIdentityResponse: {
        AssumeRoleWithWebIdentityResult: {
          AssumedRoleUser: {
            Arn: 'arn:aws:sts::123456789012:assumed-role/signalbox/signalbox',
            AssumedRoleId: 'AROA:signalbox',
          },
          Audience: 'sts.amazonaws.com',
          Credentials: {
            AccessKeyId: `ASIA${n}`,
            Expiration: ends / 1000,
            SecretAccessKey: `the-secret-${n}`,
            SessionToken: `the-session-${n}==`,
          },
          Provider: 'arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com',
          SubjectFromWebIdentityToken: subject,
        },
        ResponseMetadata: { RequestId: 'r' },
      },
    });
  });
  const made: Sts = {
    endpoint: server.url,
    exchanges,
    refuse: undefined,
    idToken: minting(clock),
    keyOf(id) {
      const found = issued.get(id);
      return found && clock.now() < found.ends ? found : undefined;
    },
  };
  return made;
}
