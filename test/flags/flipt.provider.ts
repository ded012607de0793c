/** Flipt's management APIs: v2 as rpc/v2/environments/openapi.yaml has it, v1 as https://docs.flipt.io/reference. */
import { expect } from 'vitest';
import type { Received } from '../support/server.js';
import { type Answer, type FlagProvider, type FlagServer, type Obstacle, type Situation, theFlag } from './harness.js';

export interface Payload {
  '@type': string;
  key: string;
  type: string;
  name: string;
  description: string;
  enabled: boolean;
  variants: { key: string; attachment?: unknown }[];
  rules: unknown[];
  rollouts: unknown[];
  defaultVariant?: string;
  metadata: unknown;
}

const threshold = (percentage: number, value = true) => ({
  type: 'THRESHOLD_ROLLOUT_TYPE',
  description: 'a share',
  threshold: { percentage, value },
});

const setups: Partial<Record<Situation, Partial<Payload>>> = {
  off: { enabled: false },
  on: { enabled: true },
  'a-quarter': { enabled: false, rollouts: [threshold(25)] },
  rules: {
    enabled: false,
    rollouts: [
      {
        type: 'SEGMENT_ROLLOUT_TYPE',
        description: '',
        segment: { value: true, segments: ['beta'], segmentOperator: 'OR_SEGMENT_OPERATOR' },
      },
    ],
  },
  'off-serves-on': {
    type: 'VARIANT_FLAG_TYPE',
    enabled: true,
    variants: [{ key: 'on', attachment: { color: 'blue', limit: 1 } }, { key: 'off' }],
    defaultVariant: 'on',
  },
};

export const payload = (change: Partial<Payload> = {}): Payload => ({
  '@type': 'flipt.core.Flag',
  key: theFlag,
  type: 'BOOLEAN_FLAG_TYPE',
  name: 'New checkout',
  description: '',
  enabled: false,
  variants: [],
  rules: [],
  rollouts: [],
  metadata: { owner: 'checkout' },
  ...change,
});

const notFound: Answer = { status: 404, body: { code: 5, message: 'not found', details: [] } };
const denied: Answer = { status: 403, body: { code: 7, message: 'permission denied', details: [] } };
const conflict: Answer = { status: 409, body: { code: 10, message: 'revision is out of date', details: [] } };
const authorized = ({ headers }: Received): void => expect(headers.authorization).toBe('Bearer a-secret-FLIPT_TOKEN');

export class V2Server implements FlagServer {
  data: { payload: Payload | null; revision: number };
  readonly #obstacle: Obstacle | undefined;

  constructor(situation: Situation, obstacle?: Obstacle) {
    this.#obstacle = obstacle;
    this.data = { payload: situation === 'missing' ? null : payload(setups[situation]), revision: 1 };
  }

  get #revision(): string {
    return `4b825dc642cb6eb9a060e54bf8d69288fbee49${this.data.revision}`;
  }

  respond(request: Received): Answer {
    authorized(request);
    const { method, path, body } = request;
    const namespace = '/api/v2/environments/production/namespaces/shop';
    expect(path.startsWith(namespace), path).toBe(true);
    const rest = path.slice(namespace.length);
    const { payload: flag } = this.data;
    if (method === 'GET') {
      if (rest === '')
        return { body: { namespace: { key: 'shop', name: 'Shop', protected: false }, revision: this.#revision } };
      if (rest === '/resources/flipt.core.Flag') {
        const resources = flag ? [{ namespaceKey: 'shop', key: theFlag, payload: flag }] : [];
        return { body: { resources, revision: this.#revision } };
      }
      expect(rest).toBe(`/resources/flipt.core.Flag/${theFlag}`);
      if (!flag) return notFound;
      return { body: { resource: { namespaceKey: 'shop', key: theFlag, payload: flag }, revision: this.#revision } };
    }
    expect([method, rest]).toEqual(['PUT', '/resources']);
    expect(request.headers['content-type']).toBe('application/json');
    if (this.#obstacle === 'write-forbidden') return denied;
    if (this.#obstacle === 'changed-in-between') {
      this.data.revision += 1;
      if (flag) flag.description = 'edited by somebody';
    }
    const sent = JSON.parse(body) as { key: string; payload: Payload; revision: string };
    expect(Object.keys(sent)).toEqual(['key', 'payload', 'revision']);
    expect(sent.key).toBe(theFlag);
    if (sent.revision !== this.#revision) return conflict;
    this.data = { payload: sent.payload, revision: this.data.revision + 1 };
    return {
      body: { resource: { namespaceKey: 'shop', key: theFlag, payload: sent.payload }, revision: this.#revision },
    };
  }
}

interface V1Rollout {
  id: string;
  rank: number;
  description?: string;
  threshold?: { percentage: number; value: boolean };
  segment?: { segmentKey?: string; segmentKeys?: string[]; value: boolean; segmentOperator: string };
}

interface V1Flag {
  key: string;
  name: string;
  description: string;
  enabled: boolean;
  type: string;
  variants: { id: string; key: string }[];
  defaultVariant?: { id: string; key: string };
  metadata: unknown;
}

export class V1Server implements FlagServer {
  data: { flag: V1Flag | null; rollouts: V1Rollout[]; rules: unknown[] };
  readonly #obstacle: Obstacle | undefined;
  #reads = 0;

  constructor(situation: Situation, obstacle?: Obstacle) {
    this.#obstacle = obstacle;
    const { key, name, description, enabled, type, variants, metadata, defaultVariant, rollouts } = payload(
      setups[situation],
    );
    const ids = variants.map((one, i) => ({ id: `v-${i}`, key: one.key }));
    const byDefault = ids.find((one) => one.key === defaultVariant);
    const flag = {
      key,
      name,
      description,
      enabled,
      type,
      variants: ids,
      metadata,
      ...(byDefault && { defaultVariant: byDefault }),
    };
    this.data = {
      flag: situation === 'missing' ? null : flag,
      rollouts: (rollouts as Omit<V1Rollout, 'id' | 'rank'>[]).map((one, i) => ({ ...one, id: `r-${i}`, rank: i + 1 })),
      rules: [],
    };
  }

  respond(request: Received): Answer {
    authorized(request);
    const { method, path, body } = request;
    const { pathname, searchParams } = new URL(path, 'http://flipt');
    const namespace = '/api/v1/namespaces/shop';
    expect(pathname.startsWith(namespace), path).toBe(true);
    const rest = pathname.slice(namespace.length);
    const own = `/flags/${theFlag}`;
    if (method === 'GET') {
      if (rest === '') return { body: { key: 'shop', name: 'Shop' } };
      if (rest === '/flags' || rest.endsWith('/rollouts') || rest.endsWith('/rules')) {
        expect(searchParams.get('limit')).toBe('100');
      }
      const list = (rules: unknown[]): Answer => ({ body: { rules, nextPageToken: '', totalCount: rules.length } });
      if (rest === `${own}/rollouts`) return list(this.data.rollouts);
      if (rest === `${own}/rules`) return list(this.data.rules);
      expect(rest).toBe(own);
      this.#reads += 1;
      // Somebody else is at it between our first reading and the one before the write.
      if (this.#obstacle === 'changed-in-between' && this.#reads > 1 && this.data.flag)
        this.data.flag.description = 'edited';
      return this.data.flag ? { body: this.data.flag } : notFound;
    }
    if (this.#obstacle === 'write-forbidden') return denied;
    const sent = (body === '' ? {} : JSON.parse(body)) as Partial<V1Rollout> &
      Partial<V1Flag> & { defaultVariantId?: string };
    const [, id] = new RegExp(`^${own}/rollouts/([^/]+)$`).exec(rest) ?? [];
    if (method === 'PUT' && rest === own && this.data.flag) {
      const { key, name = '', description = '', enabled = false, defaultVariantId, metadata } = sent;
      expect(key).toBe(theFlag);
      const { type, variants } = this.data.flag;
      const byDefault = variants.find((one) => one.id === defaultVariantId);
      this.data.flag = {
        key: theFlag,
        name,
        description,
        enabled,
        type,
        variants,
        metadata,
        ...(byDefault && { defaultVariant: byDefault }),
      };
      return { body: this.data.flag };
    }
    if (method === 'POST' && rest === `${own}/rollouts`) {
      expect(sent.rank).toBe(this.data.rollouts.length + 1);
      const { rank = 0, threshold: part } = sent;
      const made: V1Rollout = { id: `r-made-${rank}`, rank, ...(part && { threshold: part }) };
      this.data.rollouts.push(made);
      return { body: made };
    }
    const found = this.data.rollouts.find((one) => one.id === id);
    if (!found) return notFound;
    if (method === 'DELETE') {
      this.data.rollouts = this.data.rollouts.filter((one) => one !== found);
      return {};
    }
    expect(method).toBe('PUT');
    expect(Object.keys(sent).every((key) => ['description', 'segment', 'threshold'].includes(key))).toBe(true);
    // What it does not know it refuses.
    for (const key of Object.keys(sent.segment ?? {}))
      expect(['segmentKey', 'segmentKeys', 'segmentOperator', 'value']).toContain(key);
    found.description = sent.description ?? '';
    if (sent.threshold) found.threshold = sent.threshold;
    if (sent.segment) found.segment = sent.segment;
    return { body: found };
  }
}

const lacks: FlagProvider['lacks'] = {
  archived: 'Flipt has no archive',
  elsewhere: 'each namespace has flags of its own: one that it lacks is missing',
  approval: 'Flipt asks for none; what its git host asks for concerns other branches',
};

export const providers: readonly FlagProvider[] = [
  {
    type: 'flipt',
    way: 'v2',
    source: (url) => ({
      type: 'flipt',
      url,
      environment: 'production',
      namespace: 'shop',
      token: '${env.FLIPT_TOKEN}',
    }),
    start: (situation, obstacle) => new V2Server(situation, obstacle),
    lacks,
    // They are protobuf's JSON.
    mayOmit: /(?:enabled|rollouts|percentage|value) (?:gone|null)$/,
    lasting: (data) => (data as V2Server['data']).payload,
  },
  {
    type: 'flipt',
    way: 'v1',
    source: (url) => ({ type: 'flipt', url, api: 'v1', namespace: 'shop', token: '${env.FLIPT_TOKEN}' }),
    start: (situation, obstacle) => new V1Server(situation, obstacle),
    lacks,
    // They are protobuf's JSON.
    mayOmit: /(?:enabled|rollouts|percentage|value) (?:gone|null)$/,
  },
];
