/** Alerts of secret scanning: nothing of the secret, and no place that hides another. */
import { describe, expect, it } from 'vitest';
import { githubSecretScanningSource } from '../../../../src/sources/security/github/secret-scanning.js';
import { type Answers, type ask, type Json, measured, talliesOf } from './support.js';

const alert = (change: Json = {}): Json => ({
  number: 42,
  created_at: '2026-11-01T00:00:00Z',
  html_url: 'https://github.com/acme/checkout/security/secret-scanning/42',
  state: 'open',
  resolution: null,
  secret_type: 'adafruit_io_key',
  secret_type_display_name: 'Adafruit IO Key',
  validity: 'active',
  publicly_leaked: false,
  push_protection_bypassed: false,
  ...change,
});
const commit = (path: string, start_line = 3): Json => ({ type: 'commit', details: { path, start_line } });

/** `generic` are those that come only when they are asked for by name. */
const answers =
  (alerts: readonly unknown[], places: readonly unknown[] = [], generic: readonly unknown[] = []): Answers =>
  (path, query) => {
    if (path === '/secret-scanning/alerts') return { body: query.has('secret_type') ? generic : alerts };
    return /^\/secret-scanning\/alerts\/\d+\/locations$/.test(path) ? { body: places } : undefined;
  };
const found = (given: Parameters<typeof answers>, more: Parameters<typeof ask>[2] = {}) =>
  measured(githubSecretScanningSource, answers(...given), more);
const policy = {
  suppressions: { allow: ['external' as const], 'up-to': 'critical' as const, 'reason-required': true },
};

describe('an alert', () => {
  it('is critical, and says nothing but what kind of secret it is', async () => {
    const { findings, runs } = await found([[alert({ secret: 'the secret itself' })], [commit('config/dev.env')]]);
    expect(findings).toMatchObject([
      {
        fate: 'counted',
        rule: 'adafruit_io_key',
        severity: 'critical',
        why: 'a leaked secret',
        message: 'Adafruit IO Key, still valid',
        file: 'config/dev.env',
        line: 3,
        since: '2026-11-01T00:00:00.000Z',
        link: 'https://github.com/acme/checkout/security/secret-scanning/42',
      },
    ]);
    expect(JSON.stringify(findings)).not.toContain('itself');
    expect(runs).toMatchObject([{ categories: ['secrets'], revision: null }]);
  });

  it.each([
    [{ validity: 'inactive' }, 'Adafruit IO Key, no longer valid'],
    [{ validity: 'unknown', publicly_leaked: true }, 'Adafruit IO Key, validity unknown, leaked publicly'],
    [{ validity: 'toString', push_protection_bypassed: true }, 'Adafruit IO Key, push protection was bypassed'],
    [{ validity: null, secret_type_display_name: null }, 'adafruit_io_key'],
    [{ validity: null, secret_type_display_name: 7, secret_type: null }, '(unknown type)'],
  ])('says what is known of it: %j', async (change, message) => {
    expect((await found([[alert(change)]])).findings[0]?.message).toBe(message);
  });

  it.each([
    ['open', {}, '1 counted STANDS critical'],
    ['of a state that nobody knows', { state: 'closed' }, '1 counted STANDS critical'],
    ['resolved and revoked', { state: 'resolved', resolution: 'revoked' }, '1 ignored FIXED critical'],
    ['revoked, and open again', { resolution: 'revoked' }, '1 counted STANDS critical'],
    ['a false positive', { state: 'resolved', resolution: 'false_positive' }, '1 suppressed EXTERNAL critical'],
    [
      'one whose pattern is gone',
      { state: 'resolved', resolution: 'pattern_deleted' },
      '1 suppressed EXTERNAL critical',
    ],
    ['resolved without a word', { state: 'resolved' }, '1 counted SUPPRESSION_WITHOUT_REASON critical'],
  ])('that is %s', async (_, change, tally) => {
    expect(talliesOf(await found([[alert(change)]], { triage: policy }))).toEqual([tally]);
  });

  it('that was only excused counts as long as the policy says nothing', async () => {
    const excused = alert({ state: 'resolved', resolution: 'wont_fix' });
    expect(talliesOf(await found([[excused]]))).toEqual(['1 counted SUPPRESSION_TOO_SEVERE critical']);
  });

  it('shows no secret that somebody gave with the reason', async () => {
    const change = {
      state: 'resolved',
      resolution: 'used_in_tests',
      resolution_comment: `it is ghp_${'a1'.repeat(18)}`,
      resolved_by: { login: 'ana' },
    };
    expect((await found([[alert(change)]], { triage: policy })).findings[0]?.told).toBe(
      'ana: used_in_tests: it is ***',
    );
  });
});

describe('generic secrets', () => {
  it('are asked for by name', async () => {
    const { received } = await found([[]]);
    const asked = received.map(({ path }) => new URL(path, 'http://x').searchParams);
    expect(asked.every((query) => query.get('hide_secret') === 'true')).toBe(true);
    expect(asked.every((query) => !query.has('state'))).toBe(true);
    expect(asked.flatMap((query) => query.get('secret_type')?.split(',') ?? [])).toEqual(
      expect.arrayContaining([
        'ec_private_key',
        'generic_private_key',
        'http_basic_authentication_header',
        'http_bearer_authentication_header',
        'mongodb_connection_string',
        'mysql_connection_string',
        'mysql_connection_url',
        'openssh_private_key',
        'password',
        'pgp_private_key',
        'postgres_connection_string',
        'rsa_private_key',
      ]),
    );
  });

  it('count once, wherever they are listed', async () => {
    const key = alert({ number: 43, secret_type: 'rsa_private_key' });
    expect(talliesOf(await found([[alert()], [], [key]]))).toEqual(['2 counted STANDS critical']);
    expect(talliesOf(await found([[alert(), key], [], [key]]))).toEqual(['2 counted STANDS critical']);
  });
});

describe('the place of a secret', () => {
  const ignored = { triage: { rules: [{ name: 'tests', paths: ['test/**'], do: 'ignore' as const }] } };
  const fates = async (places: readonly unknown[], change: Json = {}) =>
    talliesOf(await found([[alert(change)], places], ignored));

  it('is what rules about paths go by', async () => {
    expect(await fates([commit('test/keys.env')])).toEqual(['1 ignored RULE critical']);
    expect(await fates([commit('/test/keys.env')])).toEqual(['1 ignored RULE critical']);
    expect(await fates([commit('test/keys.env', 1), commit('test/keys.env', 9)])).toEqual(['1 ignored RULE critical']);
  });

  it('is none where there are several', async () => {
    const places = [commit('test/keys.env'), commit('src/keys.ts')];
    expect(await fates(places)).toEqual(['1 counted STANDS critical']);
    const [finding] = (await found([[alert()], places])).findings;
    expect(finding?.file).toBeUndefined();
    expect(finding?.message).toBe('Adafruit IO Key, still valid, in several places such as test/keys.env:3');
  });

  it.each([
    ['an issue beside it', { type: 'issue_body', details: { issue_body_url: 'https://x' } }],
    ['a page of the wiki', { type: 'wiki_commit', details: { path: 'test/Home.md', start_line: 1 } }],
    ['what cannot be read', 7],
  ])('is none with %s', async (_, other) => {
    expect(await fates([commit('test/keys.env'), other])).toEqual(['1 counted STANDS critical']);
    expect(await fates([other])).toEqual(['1 counted STANDS critical']);
  });

  it('is none where there may be more', async () => {
    const many = Array.from({ length: 100 }, (_, i) => commit('test/keys.env', i + 1));
    const { findings } = await measured(
      githubSecretScanningSource,
      (path, query, request) => {
        const next = `<http://${request.headers.host}/api/v3/repos/acme/checkout${path}?page=2>; rel="next"`;
        if (path.endsWith('/locations')) return { headers: { link: next }, body: many };
        return answers([alert()])(path, query, request);
      },
      ignored,
    );
    expect(findings).toMatchObject([{ fate: 'counted' }]);
  });

  it('comes with the alert where there is but one', async () => {
    const change = { first_location_detected: { path: '/test/keys.env', start_line: 3 }, has_more_locations: false };
    const { received, findings } = await found([[alert(change)]], ignored);
    expect(findings).toMatchObject([{ fate: 'ignored', file: 'test/keys.env', line: 3 }]);
    expect(received.filter(({ path }) => path.endsWith('/locations'))).toEqual([]);
  });

  it.each([
    ['the wiki', { path: 'test/Home.md', start_line: 1, page_url: 'https://github.com/acme/checkout/wiki/Home' }],
    ['an issue', { issue_body_url: 'https://api.github.com/repos/acme/checkout/issues/1' }],
  ])('is none in %s', async (_, first_location_detected) => {
    expect(await fates([], { first_location_detected, has_more_locations: false })).toEqual([
      '1 counted STANDS critical',
    ]);
  });

  it.each([
    ['there are more', { has_more_locations: true }],
    ['it does not say whether there are more', {}],
  ])('is asked for where %s', async (_, change: Json) => {
    const first_location_detected = { path: 'test/keys.env', start_line: 3 };
    const places = [commit('test/keys.env'), commit('src/keys.ts')];
    const { received, findings } = await found([[alert({ first_location_detected, ...change })], places], ignored);
    expect(received.filter(({ path }) => path.includes('/42/locations'))).toHaveLength(1);
    expect(findings).toMatchObject([{ fate: 'counted' }]);
  });

  it('is asked for of the first fifty that are open', async () => {
    const many = Array.from({ length: 60 }, (_, i) => alert({ number: i + 1 }));
    const resolved = alert({ number: 99, state: 'resolved', resolution: 'revoked' });
    const { received } = await found([[resolved, ...many], [commit('x')]]);
    const asked = received.filter(({ path }) => path.includes('/locations'));
    expect(asked).toHaveLength(50);
    expect(asked.some(({ path }) => path.includes('/99/'))).toBe(false);
  });
});

it('takes what is no alert for what it is', async () => {
  expect(talliesOf(await found([[null, 'x', alert({ number: 'x' })]]))).toEqual([
    '1 counted STANDS critical',
    '2 malformed MALFORMED unknown',
  ]);
});
