/** Flagsmith's Admin API in its published shapes: the paths that are used. */
import { expect } from 'vitest';
import type { Received } from '../support/server.js';
import { type Answer, type FlagProvider, type Obstacle, type Situation, theFlag } from './harness.js';

export interface Served {
  enabled: boolean;
  value: { type: string; value: string };
  variants: { id: number; weight: number }[];
}
export interface Flag {
  environment_default: Served;
  segment_overrides: (Served & { segment: { id: number }; priority: number })[];
}
export interface Feature {
  id: number;
  name: string;
  type: 'STANDARD' | 'MULTIVARIATE';
  is_archived: boolean;
  owners: { email: string }[];
  multivariate_options: { id: number; type: string; string_value: string }[];
}

export const served = (enabled: boolean, change: Partial<Served> = {}): Served => ({
  enabled,
  value: { type: 'string', value: '' },
  variants: [],
  ...change,
});

export const override = (id: number, priority: number, enabled: boolean, change: Partial<Served> = {}) => ({
  segment: { id },
  priority,
  ...served(enabled, change),
});

export const feature = (change: Partial<Feature> = {}): Feature => ({
  id: 7,
  name: theFlag,
  type: 'STANDARD',
  is_archived: false,
  owners: [{ email: 'robin@example.com' }],
  multivariate_options: [],
  ...change,
});

export const options = ['on', 'off'].map((string_value, i) => ({ id: 33 + i, type: 'unicode', string_value }));

interface Data {
  features: Feature[];
  flags: Record<number, Flag>;
  /** By feature; undefined: this edition does not tell. */
  identities: { identifier: string; feature_state: { enabled: boolean } }[] | undefined;
  minimum_change_request_approvals: number | null;
}

const only = (flag: Flag, change: Partial<Feature> = {}): Pick<Data, 'features' | 'flags'> => ({
  features: [feature(change)],
  flags: { 7: flag },
});

const situationOf: Readonly<Record<Situation, () => Pick<Data, 'features' | 'flags'>>> = {
  off: () => only({ environment_default: served(false), segment_overrides: [] }),
  on: () => only({ environment_default: served(true), segment_overrides: [] }),
  'a-quarter': () =>
    only(
      {
        environment_default: served(true, {
          value: { type: 'string', value: 'off' },
          variants: [
            { id: 33, weight: 25 },
            { id: 34, weight: 0 },
          ],
        }),
        segment_overrides: [],
      },
      { type: 'MULTIVARIATE', multivariate_options: options },
    ),
  rules: () => only({ environment_default: served(false), segment_overrides: [override(101, 0, true)] }),
  'off-serves-on': () => only({ environment_default: served(false), segment_overrides: [] }),
  archived: () => only({ environment_default: served(false), segment_overrides: [] }, { is_archived: true }),
  missing: () => ({ features: [feature({ id: 8, name: `${theFlag}-2` })], flags: {} }),
  elsewhere: () => ({ features: [], flags: {} }),
};

export class FlagsmithServer {
  data: Data;
  pageSize = 100;
  readonly #obstacle: Obstacle | undefined;
  #reads = 0;

  constructor(situation: Situation, obstacle?: Obstacle) {
    this.data = { ...situationOf[situation](), identities: [], minimum_change_request_approvals: null };
    this.#obstacle = obstacle;
  }

  respond({ method, path, headers, body }: Received): Answer {
    expect(headers.authorization).toBe('Api-Key a-secret-FLAGSMITH_KEY');
    const { pathname, searchParams } = new URL(path, 'http://flagsmith');
    if (pathname === '/api/v1/projects/12/features/') return this.#features(searchParams);
    if (pathname === '/api/v1/environments/env-key/') {
      const { minimum_change_request_approvals } = this.data;
      return { body: { id: 1, name: 'Production', api_key: 'env-key', minimum_change_request_approvals } };
    }
    if (pathname === '/api/v1/environments/env-key/edge-identity-overrides/') {
      expect(searchParams.get('feature')).toBe('7');
      const { identities } = this.data;
      return identities ? { body: { results: identities } } : { status: 404, body: { detail: 'Not found.' } };
    }
    const [, id] = /^\/api\/__future__\/environments\/env-key\/features\/(\d+)\/$/.exec(pathname) ?? [];
    expect(id).toBeDefined();
    const flag = this.data.flags[Number(id)];
    if (!flag) return { status: 404, body: { detail: 'Not found.' } };
    if (method === 'GET') {
      this.#reads += 1;
      if (this.#obstacle === 'changed-in-between' && this.#reads > 1) flag.environment_default.value.value = 'x';
      return { body: structuredClone(flag) };
    }
    expect(method).toBe('PATCH');
    if (this.#obstacle === 'write-forbidden') {
      return { status: 403, body: { detail: 'You do not have permission to perform this action.' } };
    }
    if (this.#obstacle === 'approval') return { status: 409, body: { code: 'change_requests_enabled' } };
    const sent = JSON.parse(body) as {
      environment_default?: { enabled: boolean };
      segment_overrides?: { segment: { id: number }; enabled: boolean }[];
    };
    expect(Object.keys(sent).length).toBeGreaterThan(0);
    if (sent.environment_default) {
      expect(Object.keys(sent.environment_default)).toEqual(['enabled']);
      flag.environment_default.enabled = sent.environment_default.enabled;
    }
    for (const { segment, enabled, ...more } of sent.segment_overrides ?? []) {
      expect(more).toEqual({});
      const found = flag.segment_overrides.find((one) => one.segment.id === segment.id);
      // One that is not there would be made.
      expect(found).toBeDefined();
      if (found) found.enabled = enabled;
    }
    return { body: flag };
  }

  #features(query: URLSearchParams): Answer {
    const search = query.get('search') ?? '';
    const found = this.data.features.filter(({ name }) => name.includes(search));
    const page = Number(query.get('page'));
    expect(page).toBeGreaterThan(0);
    const results = found.slice((page - 1) * this.pageSize, page * this.pageSize);
    const next = page * this.pageSize < found.length ? `http://flagsmith/next?page=${page + 1}` : null;
    return { body: { count: found.length, next, previous: null, results } };
  }
}

export const providers: readonly FlagProvider[] = [
  {
    type: 'flagsmith',
    source: (url) => ({ type: 'flagsmith', url, project: 12, environment: 'env-key', token: '${env.FLAGSMITH_KEY}' }),
    start: (situation, obstacle) => new FlagsmithServer(situation, obstacle),
    lacks: {
      'off-serves-on': 'a flag has no switch: off is what it serves',
      elsewhere: 'every flag of a project is in every environment',
    },
  },
];
