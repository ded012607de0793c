/** A home-grown flag service: JSON over HTTP, an ETag as the lock, one address a flag. */
import { expect } from 'vitest';
import type { Received } from '../support/server.js';
import { type Answer, type FlagProvider, type Obstacle, type Situation, theFlag } from './harness.js';

export interface Toggle {
  on: boolean;
  share: number;
  rules: string[];
  archived: boolean;
  updated: string;
  seen: number;
  owner: string;
  etag: number;
}

export const toggle = (change: Partial<Toggle> = {}): Toggle => ({
  on: true,
  share: 1,
  rules: [],
  archived: false,
  updated: '2026-11-20T10:00:00Z',
  seen: 1_795_000_000,
  owner: 'team-checkout',
  etag: 1,
  ...change,
});

const situationOf: Readonly<Record<Situation, () => Record<string, Toggle>>> = {
  off: () => ({ [theFlag]: toggle({ on: false }) }),
  on: () => ({ [theFlag]: toggle() }),
  'a-quarter': () => ({ [theFlag]: toggle({ share: 0.25 }) }),
  rules: () => ({ [theFlag]: toggle({ share: 0, rules: ['plan is beta'] }) }),
  'off-serves-on': () => ({ [theFlag]: toggle() }),
  archived: () => ({ [theFlag]: toggle({ on: false, archived: true }) }),
  missing: () => ({}),
  elsewhere: () => ({}),
};

export class ToggleServer {
  data: Record<string, Toggle>;
  readonly #obstacle: Obstacle | undefined;

  constructor(situation: Situation, obstacle?: Obstacle) {
    this.data = situationOf[situation]();
    this.#obstacle = obstacle;
  }

  respond({ method, path, headers, body }: Received): Answer {
    expect(headers['x-flags-key']).toBe('a-secret-FLAGS_KEY');
    const [, root, written = '', verb] = path.split('/');
    expect(root).toBe('toggles');
    if (written === '') return { body: { toggles: Object.keys(this.data).map((name) => ({ name })) } };
    const found = this.data[decodeURIComponent(written)];
    if (!found) return { status: 404, body: { error: 'no such toggle' } };
    if (method === 'GET') {
      expect(verb).toBeUndefined();
      const { etag, ...shown } = found;
      return { body: { toggle: shown }, headers: { etag: `"${etag}"` } };
    }
    if (this.#obstacle === 'write-forbidden') return { status: 403, body: { error: 'read only key' } };
    if (this.#obstacle === 'changed-in-between') found.etag += 1;
    if (headers['if-match'] !== `"${found.etag}"`) return { status: 412, body: { error: 'another version' } };
    const sent = JSON.parse(body) as { on: boolean; share?: number; why: string };
    expect(sent.why).toContain('Signalbox');
    found.on = sent.on;
    if (sent.share !== undefined) found.share = sent.share;
    found.etag += 1;
    return { body: {} };
  }
}

const lasting = (data: unknown): unknown =>
  JSON.parse(JSON.stringify(data, (key, value: unknown) => (key === 'etag' ? 0 : value)));

export const source = (url: string, more: object = {}) => {
  const headers = { 'If-Match': '$__version' };
  const change = { url: `${url}/toggles/$__flag`, headers };
  return {
    type: 'http-flags',
    url: `${url}/toggles/$__flag`,
    'api-key': '${env.FLAGS_KEY}',
    'api-key-header': 'X-Flags-Key',
    enabled: 'body.toggle.on',
    percent: 'double(body.toggle.share) * 100.0',
    rules: 'size(body.toggle.rules)',
    archived: 'body.toggle.archived',
    changed: 'body.toggle.updated',
    evaluated: 'body.toggle.seen',
    owner: 'body.toggle.owner',
    list: { url: `${url}/toggles/`, names: 'body.toggles.map(t, t.name)' },
    kill: { ...change, method: 'PATCH', body: '{"on":false,"why":"$__note"}' },
    rollout: {
      ...change,
      url: `${url}/toggles/$__flag/share`,
      method: 'PUT',
      body: '{"on":true,"percent":$__percent,"why":"$__note"}',
    },
    restore: { ...change, method: 'PUT', body: '{"on":$__enabled,"percent":$__percent,"why":"$__note"}' },
    ...more,
  };
};

/** The service takes shares; requests hold percents. */
export class PercentServer extends ToggleServer {
  override respond(request: Received): Answer {
    if (request.method !== 'PUT') return super.respond(request);
    const { percent, ...sent } = JSON.parse(request.body) as { percent: number; share?: number };
    return super.respond({ ...request, body: JSON.stringify({ ...sent, share: percent / 100 }) });
  }
}

export const providers: readonly FlagProvider[] = [
  {
    type: 'http-flags',
    source,
    start: (situation, obstacle) => new PercentServer(situation, obstacle),
    lasting,
    lacks: {
      'off-serves-on': 'the policy says what off serves: test/sources/flags/http-flags.test.ts',
      elsewhere: 'the policy names no environments',
      approval: 'what a service asks for besides is its own',
    },
  },
];
