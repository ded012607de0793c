/** Split's Admin API in its published shapes: the paths that are used. */
import { expect } from 'vitest';
import type { Received } from '../support/server.js';
import { type Answer, type FlagProvider, type Obstacle, type Situation, theFlag } from './harness.js';

export interface Split {
  name: string;
  environment: { id: string; name: string };
  trafficType: { id: string; name: string };
  killed: boolean;
  treatments: { name: string; configurations?: string; description?: string; keys?: string[]; segments?: string[] }[];
  defaultTreatment: string;
  baselineTreatment?: string;
  trafficAllocation: number;
  rules: object[];
  defaultRule: { treatment: string; size: number }[];
  creationTime: number;
  lastUpdateTime: number;
  lastTrafficReceivedAt: number;
  prerequisites?: object[];
}

export const split = (change: Partial<Split> = {}): Split => ({
  name: theFlag,
  environment: { id: 'env-1', name: 'Prod' },
  trafficType: { id: 'tt-1', name: 'user' },
  killed: false,
  treatments: [{ name: 'on', configurations: '{"size":1}' }, { name: 'off' }],
  defaultTreatment: 'off',
  trafficAllocation: 100,
  rules: [],
  defaultRule: [{ treatment: 'on', size: 100 }],
  creationTime: Date.parse('2026-01-01T00:00:00Z'),
  lastUpdateTime: Date.parse('2026-11-20T10:00:00Z'),
  lastTrafficReceivedAt: Date.parse('2026-11-23T09:59:00Z'),
  ...change,
});

export const rule = (size: number, type = 'IN_LIST_STRING', string?: string) => ({
  buckets: [
    { treatment: 'on', size },
    { treatment: 'off', size: 100 - size },
  ].filter((bucket) => bucket.size > 0),
  condition: {
    combiner: 'AND',
    matchers: [{ type, attribute: 'plan', strings: ['beta'], ...(string ? { string } : {}) }],
  },
});

const situationOf: Readonly<Record<Situation, () => Split[]>> = {
  off: () => [split({ killed: true })],
  on: () => [split()],
  'a-quarter': () => [
    split({
      defaultRule: [
        { treatment: 'on', size: 25 },
        { treatment: 'off', size: 75 },
      ],
    }),
  ],
  rules: () => [split({ rules: [rule(100)], defaultRule: [{ treatment: 'off', size: 100 }] })],
  'off-serves-on': () => [split({ defaultTreatment: 'on' })],
  archived: () => [],
  missing: () => [],
  elsewhere: () => [],
};

const notFound: Answer = { status: 404, body: { code: 404, message: 'not found' } };

export class SplitServer {
  data: { splits: Split[]; changePermissions: { areApprovalsRequired: boolean; allowKills: boolean } };
  /** Flags that are there, set up here or not. */
  metadata: string[];
  readonly #obstacle: Obstacle | undefined;
  #reads = 0;

  constructor(situation: Situation, obstacle?: Obstacle) {
    this.data = {
      splits: situationOf[situation](),
      changePermissions: { areApprovalsRequired: false, allowKills: false },
    };
    this.metadata = situation === 'missing' || situation === 'archived' ? [] : [theFlag];
    this.#obstacle = obstacle;
  }

  respond({ method, path, headers, body }: Received): Answer {
    expect(headers.authorization).toBe('Bearer a-secret-SPLIT_KEY');
    const { pathname, searchParams } = new URL(path, 'http://split');
    const [root, ws, id, ...rest] = pathname.split('/').slice(4).map(decodeURIComponent);
    expect([pathname.startsWith('/internal/api/v2/'), ws, id]).toEqual([true, 'ws', 'ws-1']);
    if (root === 'environments') {
      expect(rest).toEqual([]);
      return {
        body: [{ id: 'env-1', name: 'Prod', production: true, changePermissions: this.data.changePermissions }],
      };
    }
    expect(root).toBe('splits');
    if (rest.length === 0) return { body: { objects: [], offset: 0, limit: 1, totalCount: 0 } };
    if (rest[0] === 'environments') return this.#list(searchParams);
    const [name, environments, environment, verb] = rest;
    if (environments === undefined) return this.metadata.includes(name ?? '') ? { body: { name } } : notFound;
    expect([environments, environment]).toEqual(['environments', 'Prod']);
    const found = this.data.splits.find((one) => one.name === name);
    if (!found) return notFound;
    if (method === 'GET') {
      this.#reads += 1;
      if (this.#obstacle === 'changed-in-between' && this.#reads > 1) found.lastUpdateTime += 1;
      return { body: structuredClone(found) };
    }
    if (this.#obstacle === 'write-forbidden') return { status: 403, body: { message: 'Forbidden' } };
    if (this.#obstacle === 'approval') {
      return { status: 403, body: { message: 'Environment requires approvals for changes' } };
    }
    const sent = JSON.parse(body) as unknown;
    if (method === 'PUT') {
      expect(['kill', 'restore']).toContain(verb);
      expect(sent).toEqual({ comment: expect.stringContaining('Signalbox') });
      found.killed = verb === 'kill';
    } else {
      expect([method, verb]).toEqual(['PATCH', undefined]);
      const [{ op, path: to, value }, ...more] = sent as [{ op: string; path: string; value: Split['defaultRule'] }];
      expect([op, to, more]).toEqual(['replace', '/defaultRule', []]);
      expect(value.reduce((sum, { size }) => sum + size, 0)).toBe(100);
      found.defaultRule = value;
    }
    found.lastUpdateTime += 1000;
    return { body: found };
  }

  #list(query: URLSearchParams): Answer {
    const [offset, limit] = [Number(query.get('offset')), Number(query.get('limit'))];
    expect(limit).toBeLessThanOrEqual(50);
    const { splits } = this.data;
    return { body: { objects: splits.slice(offset, offset + limit), offset, limit, totalCount: splits.length } };
  }
}

const lasting = (data: unknown): unknown =>
  JSON.parse(JSON.stringify(data, (key, value: unknown) => (key === 'lastUpdateTime' ? 0 : value)));

export const providers: readonly FlagProvider[] = [
  {
    type: 'split',
    source: (url) => ({ type: 'split', url, workspace: 'ws-1', environment: 'Prod', token: '${env.SPLIT_KEY}' }),
    start: (situation, obstacle) => new SplitServer(situation, obstacle),
    lasting,
    lacks: { archived: 'the API knows flags that are there and flags that are not' },
  },
];
