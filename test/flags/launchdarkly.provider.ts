/** LaunchDarkly's REST API, version 20240415, in its published shapes: the paths that are used. */
import { expect } from 'vitest';
import type { Received } from '../support/server.js';
import { type Answer, type FlagProvider, type Obstacle, type Situation, theFlag } from './harness.js';

export interface Variation {
  readonly _id: string;
  readonly value: unknown;
  readonly name?: string;
}

export interface Environment {
  on: boolean;
  archived: boolean;
  lastModified: number;
  version: number;
  targets: { values: string[]; variation: number }[];
  contextTargets: { values: string[]; variation: number; contextKind: string }[];
  rules: object[];
  fallthrough: {
    variation?: number;
    rollout?: {
      variations: { variation: number; weight: number }[];
      contextKind?: string;
      bucketBy?: string;
      experimentAllocation?: object;
    };
  };
  offVariation?: number | undefined;
  prerequisites: { key: string; variation: number }[];
}

export interface Flag {
  key: string;
  kind: string;
  archived: boolean;
  deprecated: boolean;
  temporary: boolean;
  _version: number;
  variations: Variation[];
  defaults: { onVariation: number; offVariation: number };
  environments: Record<string, Environment>;
  _maintainer: { email: string };
}

const [onId, offId] = ['86208e6e-468f-4425-b334-7f318397f95c', '7b32de80-f346-4276-bb77-28dfa7ddc2d8'];

export const environment = (change: Partial<Environment> = {}): Environment => ({
  on: true,
  archived: false,
  lastModified: Date.parse('2026-11-20T10:00:00Z'),
  version: 7,
  targets: [],
  contextTargets: [],
  rules: [],
  fallthrough: { variation: 0 },
  offVariation: 1,
  prerequisites: [],
  ...change,
});

export const flag = (change: Partial<Flag> = {}): Flag => ({
  key: theFlag,
  kind: 'boolean',
  archived: false,
  deprecated: false,
  temporary: true,
  _version: 12,
  variations: [
    { _id: onId, value: true },
    { _id: offId, value: false },
  ],
  defaults: { onVariation: 0, offVariation: 1 },
  environments: { production: environment() },
  _maintainer: { email: 'robin@example.com' },
  ...change,
});

const quarter = {
  rollout: {
    variations: [
      { variation: 0, weight: 25_000 },
      { variation: 1, weight: 75_000 },
    ],
    contextKind: 'user',
  },
};

const situationOf: Readonly<Record<Situation, () => Record<string, Flag>>> = {
  off: () => ({ [theFlag]: flag({ environments: { production: environment({ on: false }) } }) }),
  on: () => ({ [theFlag]: flag() }),
  'a-quarter': () => ({ [theFlag]: flag({ environments: { production: environment({ fallthrough: quarter }) } }) }),
  rules: () => ({
    [theFlag]: flag({
      environments: {
        production: environment({
          fallthrough: { variation: 1 },
          rules: [
            { _id: 'r1', variation: 0, clauses: [{ attribute: 'plan', op: 'in', values: ['beta'], negate: false }] },
          ],
        }),
      },
    }),
  }),
  'off-serves-on': () => ({ [theFlag]: flag({ environments: { production: environment({ offVariation: 0 }) } }) }),
  archived: () => ({ [theFlag]: flag({ archived: true, environments: { production: environment({ on: false }) } }) }),
  missing: () => ({}),
  elsewhere: () => ({ [theFlag]: flag({ environments: {} }) }),
};

const notFound: Answer = { status: 404, body: { code: 'not_found', message: 'Unknown resource' } };

export class LaunchDarklyServer {
  data: { flags: Record<string, Flag>; approvals: boolean; environments: string[] };
  readonly #obstacle: Obstacle | undefined;
  #reads = 0;

  constructor(situation: Situation, obstacle?: Obstacle) {
    this.data = { flags: situationOf[situation](), approvals: false, environments: ['production'] };
    this.#obstacle = obstacle;
  }

  respond({ method, path, headers, body }: Received): Answer {
    expect(headers.authorization).toBe('a-secret-LD_TOKEN');
    expect(headers['ld-api-version']).toBe('20240415');
    const { pathname, searchParams } = new URL(path, 'http://ld');
    const [, , , kind, project, ...rest] = pathname.split('/').map(decodeURIComponent);
    expect(pathname.startsWith('/api/v2/')).toBe(true);
    expect(project).toBe('shop');
    if (kind === 'projects') {
      expect([method, rest[0]]).toEqual(['GET', 'environments']);
      const known = this.data.environments.includes(rest[1] ?? '');
      return known ? { body: { key: rest[1], approvalSettings: { required: this.data.approvals } } } : notFound;
    }
    if (kind === 'flag-statuses') {
      expect(rest).toEqual(['production', expect.any(String)]);
      return this.data.flags[rest[1] ?? '']
        ? { body: { name: 'active', lastRequested: '2026-11-23T09:59:00.000Z', default: false } }
        : notFound;
    }
    expect(kind).toBe('flags');
    const [key] = rest;
    if (key === undefined) return this.#list(searchParams);
    const found = this.data.flags[key];
    if (!found) return notFound;
    if (method === 'GET') {
      expect(searchParams.get('env')).toBe('production');
      this.#reads += 1;
      const { production } = found.environments;
      if (this.#obstacle === 'changed-in-between' && this.#reads > 1 && production) production.version += 1;
      return { body: found };
    }
    expect(method).toBe('PATCH');
    expect(headers['content-type']).toBe('application/json; domain-model=launchdarkly.semanticpatch');
    if (this.#obstacle === 'approval') {
      return {
        status: 405,
        body: { code: 'method_not_allowed', message: 'approval is required for this environment' },
      };
    }
    if (this.#obstacle === 'write-forbidden') {
      return {
        status: 403,
        body: { code: 'forbidden', message: 'Forbidden. Access to the requested resource was denied.' },
      };
    }
    return this.#patch(found, JSON.parse(body) as Patch);
  }

  #list(query: URLSearchParams): Answer {
    const all = Object.values(this.data.flags).filter(({ archived }) => !archived);
    const [offset, limit] = [Number(query.get('offset')), Number(query.get('limit'))];
    expect(limit).toBeGreaterThan(0);
    return { body: { items: all.slice(offset, offset + limit), totalCount: all.length } };
  }

  #patch(found: Flag, { environmentKey, comment, instructions }: Patch): Answer {
    expect(comment).toBeTruthy();
    const env = found.environments[environmentKey];
    if (!env) return notFound;
    const indexOf = (id: string): number => found.variations.findIndex(({ _id }) => _id === id);
    for (const { kind, variationId, rolloutWeights, rolloutContextKind, rolloutBucketBy, ...more } of instructions) {
      expect(more).toEqual({});
      if (kind === 'turnFlagOff' || kind === 'turnFlagOn') env.on = kind === 'turnFlagOn';
      else if (variationId !== undefined) {
        expect(indexOf(variationId)).toBeGreaterThanOrEqual(0);
        env.fallthrough = { variation: indexOf(variationId) };
      } else {
        expect(kind).toBe('updateFallthroughVariationOrRollout');
        const weights = Object.entries(rolloutWeights ?? {});
        expect(weights.reduce((sum, [, weight]) => sum + weight, 0)).toBe(100_000);
        expect(rolloutContextKind).toBe('user');
        env.fallthrough = {
          rollout: {
            variations: weights
              .map(([id, weight]) => ({ variation: indexOf(id), weight }))
              .sort((a, b) => a.variation - b.variation),
            contextKind: 'user',
            ...(rolloutBucketBy === undefined ? {} : { bucketBy: rolloutBucketBy }),
          },
        };
      }
    }
    env.version += 1;
    env.lastModified += 1000;
    return { body: found };
  }
}

interface Patch {
  readonly environmentKey: string;
  readonly comment: string;
  readonly instructions: readonly {
    readonly kind: string;
    readonly variationId?: string;
    readonly rolloutWeights?: Record<string, number>;
    readonly rolloutContextKind?: string;
    readonly rolloutBucketBy?: string;
  }[];
}

/** Versions and times go on. */
const lasting = (data: unknown): unknown =>
  JSON.parse(JSON.stringify(data, (key, value: unknown) => (['version', 'lastModified'].includes(key) ? 0 : value)));

export const providers: readonly FlagProvider[] = [
  {
    type: 'launchdarkly',
    source: (url) => ({
      type: 'launchdarkly',
      url,
      project: 'shop',
      environment: 'production',
      token: '${env.LD_TOKEN}',
    }),
    start: (situation, obstacle) => new LaunchDarklyServer(situation, obstacle),
    lasting,
  },
];
