/** PostHog's API in its published shapes: the paths that are used. */
import { expect } from 'vitest';
import type { Received } from '../support/server.js';
import { type Answer, type FlagProvider, type Obstacle, type Situation, theFlag } from './harness.js';

export interface Group {
  properties: { key: unknown; type: string; value?: unknown; operator?: string }[];
  rollout_percentage: number | null;
  variant?: string | null;
}
export interface Flag {
  id: number;
  key: string;
  name: string;
  active: boolean;
  deleted: boolean;
  archived: boolean;
  filters: {
    groups: Group[];
    multivariate: { variants: { key: string; rollout_percentage: number }[] } | null;
    payloads: Record<string, string>;
    super_groups?: object[];
    holdout_groups?: object[] | null;
  };
  version: number | null;
  status: string;
  last_called_at: string | null;
  updated_at: string;
  last_modified_by: { email: string };
  created_by: { email: string };
  experiment_set: number[];
  can_edit: boolean;
}

export const group = (rollout_percentage: number | null, ...properties: Group['properties']): Group => ({
  properties,
  rollout_percentage,
});
export const beta = { key: 'plan', type: 'person', value: ['beta'], operator: 'exact' };

export const filters = (...groups: Group[]): Flag['filters'] => ({ groups, multivariate: null, payloads: {} });

export const flag = (change: Partial<Flag> = {}): Flag => ({
  id: 31,
  key: theFlag,
  name: 'The new checkout',
  active: true,
  deleted: false,
  archived: false,
  filters: filters(group(100)),
  version: 7,
  status: 'ACTIVE',
  last_called_at: '2026-11-23T09:59:00.123456Z',
  updated_at: '2026-11-20T10:00:00.000000Z',
  last_modified_by: { email: 'kim@example.com' },
  created_by: { email: 'robin@example.com' },
  experiment_set: [],
  can_edit: true,
  ...change,
});

const situationOf: Readonly<Record<Situation, () => Flag[]>> = {
  off: () => [flag({ active: false })],
  on: () => [flag({ filters: filters(group(null)) })],
  'a-quarter': () => [flag({ filters: filters(group(25)) })],
  rules: () => [flag({ filters: filters(group(100, beta)) })],
  'off-serves-on': () => [],
  archived: () => [flag({ active: false, archived: true })],
  missing: () => [flag({ key: `${theFlag}-2`, id: 32 })],
  elsewhere: () => [],
};

export class PostHogServer {
  data: Flag[];
  pageSize = 100;
  readonly #obstacle: Obstacle | undefined;
  #reads = 0;

  constructor(situation: Situation, obstacle?: Obstacle) {
    this.data = situationOf[situation]();
    this.#obstacle = obstacle;
  }

  respond({ method, path, headers, body }: Received): Answer {
    expect(headers.authorization).toBe('Bearer a-secret-POSTHOG_KEY');
    const { pathname, searchParams } = new URL(path, 'http://posthog');
    const [, id] = /^\/api\/projects\/12\/feature_flags\/(?:(\d+)\/)?$/.exec(pathname) ?? [pathname, 'wrong'];
    expect(id).not.toBe('wrong');
    if (id === undefined) return this.#list(searchParams);
    const found = this.data.find((one) => String(one.id) === id);
    if (!found) return { status: 404, body: { type: 'invalid_request', detail: 'Not found.' } };
    if (method === 'GET') {
      this.#reads += 1;
      if (this.#obstacle === 'changed-in-between' && this.#reads > 1 && found.version !== null) found.version += 1;
      return { body: structuredClone(found) };
    }
    expect(method).toBe('PATCH');
    if (this.#obstacle === 'write-forbidden') {
      return { status: 403, body: { detail: "API key missing required scope 'feature_flag:write'" } };
    }
    const {
      version,
      original_flag: original,
      ...fields
    } = JSON.parse(body) as {
      version?: number;
      original_flag: Partial<Flag>;
    } & Partial<Pick<Flag, 'active' | 'filters'>>;
    expect(Object.keys(fields).length).toBeGreaterThan(0);
    expect(Object.keys(fields).filter((name) => !['active', 'filters'].includes(name))).toEqual([]);
    expect(Object.keys(original)).toEqual(Object.keys(fields));
    if (found.version !== null) expect(version).toBeDefined();
    if (version !== undefined && version !== found.version) {
      return { status: 409, body: { detail: 'The feature flag was updated since you started editing it.' } };
    }
    expect(found).toMatchObject(original);
    Object.assign(found, fields);
    if (found.version !== null) found.version += 1;
    return { body: found };
  }

  #list(query: URLSearchParams): Answer {
    const search = query.get('search') ?? '';
    const all = this.data.filter(({ key, deleted }) => !deleted && key.includes(search));
    const [offset, limit] = [Number(query.get('offset')), Math.min(this.pageSize, Number(query.get('limit')))];
    const results = all.slice(offset, offset + limit);
    const next = offset + limit < all.length ? `http://posthog/next?offset=${offset + limit}` : null;
    return { body: { count: all.length, next, previous: null, results } };
  }
}

const lasting = (data: unknown): unknown =>
  JSON.parse(JSON.stringify(data, (key, value: unknown) => (key === 'version' ? 0 : value)));

export const providers: readonly FlagProvider[] = [
  {
    type: 'posthog',
    source: (url) => ({ type: 'posthog', url, project: 12, token: '${env.POSTHOG_KEY}' }),
    start: (situation, obstacle) => new PostHogServer(situation, obstacle),
    lasting,
    lacks: {
      'off-serves-on': 'a flag that is not active is false for all',
      elsewhere: 'a project has no environments',
      approval: 'the API asks for none',
    },
  },
];
