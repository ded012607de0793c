/** Shapes: https://docs.github.com/rest/secret-scanning/secret-scanning */
import { expect } from 'vitest';
import { type Contract, fromPage, type Responder, type Times } from './harness.js';

type Json = Record<string, unknown>;

const alert = ({ now }: Times, change: Json = {}): Json => ({
  number: 42,
  created_at: new Date(now - 86_400_000).toISOString(),
  html_url: 'https://github.com/acme/checkout/security/secret-scanning/42',
  state: 'open',
  resolution: null,
  resolved_by: null,
  resolution_comment: null,
  secret_type: 'adafruit_io_key',
  secret_type_display_name: 'Adafruit IO Key',
  validity: 'active',
  publicly_leaked: false,
  push_protection_bypassed: true,
  ...change,
});
const resolved = (times: Times, change: Json): Json =>
  alert(times, { state: 'resolved', resolved_by: { login: 'alice' }, ...change });

const answers =
  (alerts: (times: Times) => readonly unknown[]): Responder =>
  ({ method, path, headers }, times) => {
    expect(method).toBe('GET');
    expect(headers.authorization).toBe('Bearer a-secret-SECRETS_TOKEN');
    const { pathname, searchParams } = new URL(path, 'http://x');
    if (pathname.endsWith('/locations')) {
      expect(pathname).toBe('/repos/acme/checkout/secret-scanning/alerts/42/locations');
      return { body: [{ type: 'commit', details: { path: 'config/dev.env', start_line: 3 } }] };
    }
    expect(pathname).toBe('/repos/acme/checkout/secret-scanning/alerts');
    // Otherwise the answer holds the secrets.
    expect(searchParams.get('hide_secret')).toBe('true');
    // Generic ones come only when they are asked for by name.
    const named = searchParams.get('secret_type')?.split(',') ?? [];
    const typeOf = (raw: unknown) => String((raw as Json | null)?.secret_type);
    const isGeneric = (raw: unknown) => typeOf(raw).endsWith('_private_key');
    const isListed = (raw: unknown) => (isGeneric(raw) ? named.includes(typeOf(raw)) : named.length === 0);
    return { body: alerts(times).filter(isListed) };
  };

export const contracts: readonly Contract[] = [
  {
    what: 'alerts',
    ...fromPage('github-secret-scanning', 'no leaked secret'),
    good: answers((t) => [
      resolved(t, { resolution: 'revoked' }),
      resolved(t, { resolution: 'false_positive', resolution_comment: 'an example' }),
    ]),
    bad: {
      open: answers((t) => [alert(t)]),
      'a private key': answers((t) => [alert(t, { secret_type: 'rsa_private_key' })]),
      'a private key of elliptic curves': answers((t) => [alert(t, { secret_type: 'ec_private_key' })]),
      'a private key of any kind': answers((t) => [alert(t, { secret_type: 'generic_private_key' })]),
      'no longer valid': answers((t) => [alert(t, { validity: 'inactive' })]),
      'a state that nobody knows': answers((t) => [alert(t, { state: 'odd' })]),
      'resolved without a word': answers((t) => [resolved(t, { resolution: null })]),
    },
    empty: { impossible: 'GitHub answers 404 where secret scanning is not enabled, so an empty list is clean' },
    partial: { 'entries that are none': answers(() => [null, 7]), 'no list': () => ({ body: {} }) },
    stale: { impossible: 'the alerts are what GitHub knows now' },
    unauthorised: {
      '401': () => ({ status: 401, body: { message: 'Bad credentials' } }),
      '403': () => ({ status: 403, body: { message: 'Resource not accessible by integration' } }),
      '404': () => ({ status: 404, body: { message: 'Secret scanning is disabled on this repository.' } }),
    },
  },
];
