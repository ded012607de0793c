/** GrowthBook's REST API, version 2, in its published shapes: the paths that are used. */
import { expect } from 'vitest';
import type { Received } from '../support/server.js';
import { type Answer, type FlagProvider, type Obstacle, type Situation, theFlag } from './harness.js';

export interface Feature {
  id: string;
  dateCreated: string;
  dateUpdated: string;
  archived: boolean;
  description: string;
  owner: string;
  project: string;
  valueType: string;
  defaultValue: string;
  baseConfig?: string | null;
  defaultValueConfig?: string | null;
  tags: string[];
  rules: object[];
  environments: Record<string, { enabled: boolean; defaultValue?: string }>;
  prerequisites: string[];
  holdout?: object | null;
  revision: {
    version: number;
    comment: string;
    date: string;
    publishedBy: { type: string; name: string; email: string };
  };
}

export const feature = (change: Partial<Feature> = {}): Feature => ({
  id: theFlag,
  dateCreated: '2026-01-01T00:00:00.000Z',
  dateUpdated: '2026-11-20T10:00:00.000Z',
  archived: false,
  description: '',
  owner: 'robin@example.com',
  project: '',
  valueType: 'boolean',
  defaultValue: 'false',
  tags: [],
  rules: [force('true')],
  environments: { production: { enabled: true, defaultValue: 'false' }, dev: { enabled: true, defaultValue: 'false' } },
  prerequisites: [],
  revision: {
    version: 7,
    comment: '',
    date: '2026-11-20T10:00:00.000Z',
    publishedBy: { type: 'dashboard', name: 'Robin', email: 'robin@example.com' },
  },
  ...change,
});

const base = {
  description: '',
  enabled: true,
  allEnvironments: true,
  allProjects: true,
  savedGroupTargeting: [],
  prerequisites: [],
  condition: '',
};
export const force = (value: string, change: object = {}) => ({ id: 'fr_1', type: 'force', value, ...base, ...change });
export const rollout = (value: string, coverage: number, change: object = {}) => ({
  id: 'fr_2',
  type: 'rollout',
  value,
  coverage,
  hashAttribute: 'id',
  ...base,
  ...change,
});

const off = { production: { enabled: false, defaultValue: 'false' } };

const situationOf: Readonly<Record<Situation, () => Feature[]>> = {
  off: () => [feature({ environments: off })],
  on: () => [feature()],
  'a-quarter': () => [feature({ rules: [rollout('true', 0.25)] })],
  rules: () => [feature({ rules: [force('true', { condition: '{"plan":"beta"}' })] })],
  'off-serves-on': () => [],
  archived: () => [feature({ archived: true, environments: off })],
  missing: () => [feature({ id: 'another' })],
  elsewhere: () => [],
};

/** What its handlers throw without a status of its own. */
const notFound: Answer = { status: 400, body: { message: 'Could not find a feature with that key' } };

export class GrowthBookServer {
  data: Feature[];
  readonly #obstacle: Obstacle | undefined;
  #reads = 0;

  constructor(situation: Situation, obstacle?: Obstacle) {
    this.data = situationOf[situation]();
    this.#obstacle = obstacle;
  }

  respond({ method, path, headers, body }: Received): Answer {
    expect(headers.authorization).toBe('Bearer a-secret-GB_KEY');
    const { pathname, searchParams } = new URL(path, 'http://gb');
    expect(pathname).toMatch(/^\/api\/v2\/features(?:\/|$)/);
    const [id, verb] = pathname.split('/').slice(4).map(decodeURIComponent);
    if (id === undefined) return this.#list(searchParams);
    const found = this.data.find((one) => one.id === id);
    if (!found) return notFound;
    if (method === 'GET') {
      this.#reads += 1;
      if (this.#obstacle === 'changed-in-between' && this.#reads > 1) found.revision.version += 1;
      return { body: { feature: structuredClone(found) } };
    }
    expect([method, verb]).toEqual(['POST', 'toggle']);
    if (this.#obstacle === 'write-forbidden') return { status: 403, body: { message: 'You do not have permission' } };
    if (this.#obstacle === 'approval') {
      const message =
        "This feature requires a review before publishing changes to: production. Enable 'REST API always bypasses approval requirements' in organization settings, or use a role/token that grants FlagsBypassApprovals on this project.";
      return { status: 403, body: { message } };
    }
    const { reason, environments, ...more } = JSON.parse(body) as {
      reason: string;
      environments: Record<string, boolean>;
    };
    expect(more).toEqual({});
    expect(reason).toContain('Signalbox');
    expect(Object.keys(environments)).toEqual(['production']);
    const [production] = [found.environments.production];
    if (production) production.enabled = environments.production === true;
    found.revision.version += 1;
    return { body: { feature: found } };
  }

  #list(query: URLSearchParams): Answer {
    const all = this.data.filter(({ archived }) => !archived);
    const [offset, limit] = [Number(query.get('offset')), Number(query.get('limit'))];
    expect(limit).toBeGreaterThan(0);
    expect(limit).toBeLessThanOrEqual(100);
    const features = all.slice(offset, offset + limit);
    const end = offset + features.length;
    const hasMore = end < all.length;
    return {
      body: {
        features,
        limit,
        offset,
        count: features.length,
        total: all.length,
        hasMore,
        nextOffset: hasMore ? end : null,
      },
    };
  }
}

const lasting = (data: unknown): unknown =>
  JSON.parse(JSON.stringify(data, (key, value: unknown) => (key === 'version' ? 0 : value)));

export const providers: readonly FlagProvider[] = [
  {
    type: 'growthbook',
    source: (url) => ({ type: 'growthbook', url, environment: 'production', token: '${env.GB_KEY}' }),
    start: (situation, obstacle) => new GrowthBookServer(situation, obstacle),
    lasting,
    lacks: {
      elsewhere: 'every feature has every environment of the organization',
      'off-serves-on':
        'a feature that is off has no value; with a default that is on that is not known: test/sources/flags',
    },
  },
];
