/** Azure App Configuration's data plane in its published shapes: key-values and enhanced feature flags, the paths that are used. */
import { createHash, createHmac } from 'node:crypto';
import { expect } from 'vitest';
import type { Received } from '../support/server.js';
import { type Answer, type FlagProvider, type Obstacle, type Situation, theFlag } from './harness.js';

export interface Stored {
  name: string;
  label: string | null;
  /** The value of a key-value, or the body of an enhanced flag without what the service sets. */
  document: string;
  etag: string;
  last_modified: string;
  locked: boolean;
  content_type: string;
  tags: Record<string, string>;
}

const contentType = 'application/vnd.microsoft.appconfig.ff+json;charset=utf-8';
export type Kind = 'classic' | 'enhanced';

/** Written as the portal writes it, and with fields that nobody here knows. */
export const documentOf = (kind: Kind, enabled: boolean, filters: readonly object[], more: object = {}): string => {
  const list = kind === 'classic' ? 'client_filters' : 'filters';
  const id = kind === 'classic' ? { id: theFlag } : {};
  return JSON.stringify({ ...id, description: '', enabled, conditions: { [list]: filters }, ...more });
};

export const stored = (document: string, change: Partial<Stored> = {}): Stored => ({
  name: theFlag,
  label: 'production',
  document,
  etag: 'e-1',
  last_modified: '2026-11-20T10:00:00+00:00',
  locked: false,
  content_type: contentType,
  tags: { team: 'checkout' },
  ...change,
});

export const targeting = (kind: Kind, percent: number, audience: object = {}) => {
  const Audience = { Users: [], Groups: [], DefaultRolloutPercentage: percent, ...audience };
  return {
    name: 'Microsoft.Targeting',
    parameters: { Audience: kind === 'classic' ? Audience : JSON.stringify(Audience) },
  };
};

const situationOf = (kind: Kind): Readonly<Record<Situation, () => Stored[]>> => ({
  off: () => [stored(documentOf(kind, false, []))],
  on: () => [stored(documentOf(kind, true, []))],
  'a-quarter': () => [stored(documentOf(kind, true, [targeting(kind, 25)]))],
  rules: () => [stored(documentOf(kind, true, [{ name: 'Contoso.Region', parameters: { Region: 'EU' } }]))],
  'off-serves-on': () => [],
  archived: () => [],
  missing: () => [],
  elsewhere: () => [stored(documentOf(kind, true, []), { label: 'staging' })],
});

const problem = (status: number, title: string): Answer => ({
  status,
  headers: { 'content-type': 'application/problem+json; charset=utf-8' },
  body: { type: 'https://azconfig.io/errors/x', title, status },
});

const versions = { kv: '2023-11-01', 'feature-management': '2026-05-01-preview' };

export class AppConfigurationServer {
  data: Stored[];
  /** More than this are on the next page. */
  pageSize = 100;
  readonly kind: Kind;
  readonly #obstacle: Obstacle | undefined;
  #writes = 0;

  constructor(kind: Kind, situation: Situation, obstacle?: Obstacle) {
    this.kind = kind;
    this.data = situationOf(kind)[situation]();
    this.#obstacle = obstacle;
  }

  respond(request: Received): Answer {
    const { method, path, headers, body } = request;
    authorised(request);
    const { pathname, searchParams: query } = new URL(path, 'http://store');
    const [, root = ''] = pathname.split('/');
    expect(Object.keys(versions)).toContain(root);
    expect(query.get('api-version')).toBe(versions[root as keyof typeof versions]);
    // Whoever has written reads what was written only with this.
    if (this.#writes > 0) expect(headers['sync-token']).toBe(`jtqGc1I4=v${this.#writes}`);
    const classic = root === 'kv';
    if (classic !== (this.kind === 'classic')) return this.#other(pathname);
    const name = decodeURIComponent(pathname.split('/')[classic ? 2 : 3] ?? '');
    if (name === '') return this.#list(query);
    const key = classic ? name.replace(/^\.appconfig\.featureflag\//, '') : name;
    expect(classic ? name.startsWith('.appconfig.featureflag/') : true).toBe(true);
    const label = query.get('label') === '\0' ? null : query.get('label');
    const found = this.data.find((one) => one.name === key && one.label === label);
    if (!found) return problem(404, 'Not found');
    if (method === 'GET') return { body: this.#text(found), headers: { etag: `"${found.etag}"` } };
    expect(method).toBe('PUT');
    if (this.#obstacle === 'write-forbidden') return problem(403, 'Forbidden');
    if (this.#obstacle === 'changed-in-between') found.etag += '-x';
    if (found.locked) return problem(409, 'The key is read-only');
    if (headers['if-match'] !== `"${found.etag}"`) return problem(412, 'Precondition failed');
    this.#put(found, body, headers);
    this.#writes += 1;
    found.etag = `e-${this.#writes + 1}`;
    found.last_modified = `2026-11-23T10:00:0${this.#writes}+00:00`;
    return { body: this.#text(found), headers: { 'sync-token': `jtqGc1I4=v${this.#writes};sn=${this.#writes}` } };
  }

  #put(found: Stored, body: string, headers: Received['headers']): void {
    const sent = JSON.parse(body) as Record<string, unknown>;
    if (this.kind === 'enhanced') {
      expect(Object.keys(sent)).not.toEqual(expect.arrayContaining(['etag']));
      found.document = body;
      return;
    }
    expect(headers['content-type']).toBe('application/vnd.microsoft.appconfig.kv+json');
    expect(Object.keys(sent).sort()).toEqual(['content_type', 'tags', 'value']);
    found.document = String(sent.value);
    found.content_type = String(sent.content_type);
    found.tags = sent.tags as Record<string, string>;
  }

  /** A store in which nothing of the other kind was ever made. */
  #other(pathname: string): Answer {
    return /^\/(?:kv|feature-management\/ff)$/.test(pathname) ? { body: { items: [] } } : problem(404, 'Not found');
  }

  /** As it is answered: the body of an enhanced flag stands in it byte for byte. */
  #text(found: Stored): string {
    const { name, label, document, etag, last_modified, locked, content_type, tags } = found;
    if (this.kind === 'enhanced') {
      const own = JSON.stringify({ name, label, etag, last_modified, locked }).slice(1, -1);
      return `{${own},${document.slice(1)}`;
    }
    const key = `.appconfig.featureflag/${name}`;
    return JSON.stringify({ etag, key, label, content_type, value: document, tags, locked, last_modified });
  }

  #list(query: URLSearchParams): Answer {
    const wanted = query.get(this.kind === 'classic' ? 'key' : 'name')?.replace('.appconfig.featureflag/', '') ?? '*';
    const label = query.get('label');
    const fitting = this.data.filter(
      (one) => (label === '*' || (one.label ?? '\0') === label) && (wanted === '*' || one.name === wanted),
    );
    const after = Number(query.get('after') ?? '0');
    const page = fitting.slice(after, after + this.pageSize).map((one) => this.#text(one));
    const root = this.kind === 'classic' ? '/kv' : '/feature-management/ff';
    const next = new URLSearchParams([...query].filter(([name]) => name !== 'after'));
    next.set('after', String(after + this.pageSize));
    const more = after + this.pageSize < fitting.length ? { '@nextLink': `${root}?${next.toString()}` } : {};
    return { body: `{"items":[${page.join(',')}]${JSON.stringify(more).slice(1, -1).replace(/^(.)/, ',$1')}}` };
  }
}

/** Either a token of Entra, or a signature that is right for exactly this request. */
function authorised({ method, path, headers, body }: Received): void {
  const { authorization = '' } = headers;
  if (authorization === 'Bearer a-secret-AZURE_TOKEN') return;
  expect(headers['x-ms-content-sha256']).toBe(createHash('sha256').update(body).digest('base64'));
  const date = String(headers['x-ms-date']);
  expect(Math.abs(Date.parse(date) - Date.now())).toBeLessThan(15 * 60_000);
  const values = `${date};${String(headers.host)};${String(headers['x-ms-content-sha256'])}`;
  const key = Buffer.from('a-secret-AZURE_KEY', 'base64');
  const signature = createHmac('sha256', key).update(`${method}\n${path}\n${values}`).digest('base64');
  expect(authorization).toBe(
    `HMAC-SHA256 Credential=id-1&SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature=${signature}`,
  );
}

/** Etags and times go on. */
const lasting = (data: unknown): unknown =>
  JSON.parse(JSON.stringify(data, (key, value: unknown) => (['etag', 'last_modified'].includes(key) ? '' : value)));

const key = { credential: 'id-1', secret: '${env.AZURE_KEY}' };
const token = { token: '${env.AZURE_TOKEN}' };

const provider = (way: string, kind: Kind, more: object): FlagProvider => ({
  type: 'azure-app-configuration',
  way,
  source: (endpoint) => ({ type: 'azure-app-configuration', endpoint, label: 'production', ...more }),
  start: (situation, obstacle) => new AppConfigurationServer(kind, situation, obstacle),
  lasting,
  lacks: {
    'off-serves-on': 'a flag that is disabled is not enabled, whatever its variant',
    archived: 'flags are not archived, they are deleted',
    approval: 'there are none; a flag may be locked',
  },
});

export const providers: readonly FlagProvider[] = [
  provider('key-values', 'classic', key),
  provider('key-values, Entra', 'classic', { ...token, flags: 'classic' }),
  provider('enhanced', 'enhanced', key),
  provider('enhanced alone', 'enhanced', { ...key, flags: 'enhanced' }),
];
