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
  multivariate_options: { id: number; type: string; string_value: string; boolean_value?: boolean | null }[];
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
  /** Of the one feature. */
  identities: { identifier: string; enabled: boolean }[];
  /** What it is told of where identities are kept. */
  project: { use_edge_identities?: boolean; edge_v2_migration_status?: string };
  /** undefined: the environment keeps none. */
  versions: { uuid: string; is_live: boolean; published: boolean; live_from: string | null }[] | undefined;
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
    this.data = {
      ...situationOf[situation](),
      identities: [],
      project: { use_edge_identities: true, edge_v2_migration_status: 'COMPLETE' },
      versions: undefined,
      minimum_change_request_approvals: null,
    };
    this.#obstacle = obstacle;
  }

  respond({ method, path, headers, body }: Received): Answer {
    expect(headers.authorization).toBe('Api-Key a-secret-FLAGSMITH_KEY');
    const { pathname, searchParams } = new URL(path, 'http://flagsmith');
    if (pathname === '/api/v1/projects/12/features/') return this.#features(searchParams);
    if (pathname.startsWith('/api/v1/')) return this.#about(pathname, searchParams);
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
    // Whoever may write nothing is not told that the environment is there.
    if (this.#obstacle === 'write-forbidden') return { status: 404, body: { detail: 'Not found.' } };
    if (this.#obstacle === 'approval') {
      const detail = 'Cannot update flags in an environment with change requests enabled.';
      return { status: 409, body: { detail, code: 'change_requests_enabled' } };
    }
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

  #about(pathname: string, query: URLSearchParams): Answer {
    const { identities, minimum_change_request_approvals, project, versions } = this.data;
    const here = '/api/v1/environments/env-key/';
    switch (pathname) {
      case '/api/v1/projects/12/':
        return { body: { id: 12, name: 'shop', ...project } };
      case here: {
        const own = { minimum_change_request_approvals, use_v2_feature_versioning: versions !== undefined };
        return { body: { id: 1, name: 'Production', api_key: 'env-key', project: 12, ...own } };
      }
      case '/api/v1/environments/1/features/7/versions/':
        return { body: { count: versions?.length ?? 0, next: null, previous: null, results: versions ?? [] } };
      // Without a slash at its end, as it is published.
      case `${here}edge-identity-overrides`: {
        expect(Object.fromEntries(query)).toEqual({ feature: '7' });
        expect(project.use_edge_identities).toBe(true);
        const results = identities.map(({ identifier, enabled }) => ({
          identifier,
          identity_uuid: `uuid-${identifier}`,
          feature_state: { feature: 7, enabled, feature_state_value: null, multivariate_feature_state_values: [] },
        }));
        return { body: { results: project.edge_v2_migration_status === 'COMPLETE' ? results : [] } };
      }
      case `${here}featurestates/`: {
        expect(Object.fromEntries(query)).toEqual({
          feature: '7',
          anyIdentity: '1',
          page: expect.stringMatching(/^\d+$/),
        });
        // An edge project has nothing here, whatever identities have.
        expect(project.use_edge_identities).toBe(false);
        return this.#page(
          identities.map(({ identifier, enabled }) => ({
            id: 1,
            feature: 7,
            enabled,
            identity: { id: 1, identifier },
          })),
          query,
        );
      }
      default:
        throw new Error(`no such address: ${pathname}`);
    }
  }

  #features(query: URLSearchParams): Answer {
    const search = query.get('search') ?? '';
    return this.#page(
      this.data.features.filter(({ name }) => name.includes(search)),
      query,
    );
  }

  #page(all: readonly object[], query: URLSearchParams): Answer {
    const page = Number(query.get('page'));
    expect(page).toBeGreaterThan(0);
    const results = all.slice((page - 1) * this.pageSize, page * this.pageSize);
    const next = page * this.pageSize < all.length ? `http://flagsmith/next?page=${page + 1}` : null;
    return { body: { count: all.length, next, previous: null, results } };
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
