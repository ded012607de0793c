/** Statsig's Console API, version 20240601, in its published shapes: the paths that are used. */
import { expect } from 'vitest';
import type { Received } from '../support/server.js';
import { type Answer, type FlagProvider, type Obstacle, type Situation, theFlag } from './harness.js';

export interface Rule {
  id: string;
  baseID: string;
  name: string;
  passPercentage: number;
  conditions: { type: string; operator?: string; targetValue?: unknown; field?: string }[];
  environments: string[] | null;
  pendingAutomatedRollouts?: { time: number; passPercent: number }[];
}

export interface Gate {
  id: string;
  name: string;
  isEnabled: boolean;
  status: string;
  rules: Rule[];
  holdoutIDs: string[];
  type: string;
  typeReason: string;
  lastModifiedTime: number;
  lastModifierName: string;
  reviewSettings: { requiredReview: boolean; allowedReviewers: string[] };
  owner: { ownerID: string; ownerName: string; ownerType: string; ownerEmail: string };
  version: number;
  releasePipelineID?: string;
}

export const rule = (passPercentage: number, change: Partial<Rule> = {}): Rule => ({
  id: `38ttpeh:${passPercentage.toFixed(2)}:1`,
  baseID: '38ttpeh',
  name: 'Everyone',
  passPercentage,
  conditions: [{ type: 'public' }],
  environments: ['production'],
  ...change,
});

export const gate = (change: Partial<Gate> = {}): Gate => ({
  id: theFlag,
  name: theFlag,
  isEnabled: true,
  status: 'In Progress',
  rules: [rule(100)],
  holdoutIDs: [],
  type: 'TEMPORARY',
  typeReason: 'NONE',
  lastModifiedTime: Date.parse('2026-11-20T10:00:00Z'),
  lastModifierName: 'Robin',
  reviewSettings: { requiredReview: false, allowedReviewers: [] },
  owner: { ownerID: 'u1', ownerName: 'Robin', ownerType: 'USER', ownerEmail: 'robin@example.com' },
  version: 7,
  ...change,
});

const situationOf: Readonly<Record<Situation, () => Gate[]>> = {
  off: () => [gate({ isEnabled: false, status: 'Disabled' })],
  on: () => [gate()],
  'a-quarter': () => [gate({ rules: [rule(25)] })],
  rules: () => [
    gate({
      rules: [
        rule(100, {
          conditions: [{ type: 'email', operator: 'str_contains_any', targetValue: ['@example.com'] }],
        }),
      ],
    }),
  ],
  'off-serves-on': () => [],
  archived: () => [gate({ isEnabled: false, status: 'Archived' })],
  missing: () => [],
  elsewhere: () => [],
};

const notFound: Answer = { status: 404, body: { status: 404, message: 'Gate not found.' } };

export interface Overrides {
  passingUserIDs: string[];
  failingUserIDs: string[];
  environmentOverrides: { environment: string; unitID: string; passingIDs: string[]; failingIDs: string[] }[];
}

export class StatsigServer {
  data: { gates: Gate[]; overrides: Overrides };
  readonly #obstacle: Obstacle | undefined;
  #reads = 0;

  constructor(situation: Situation, obstacle?: Obstacle) {
    this.data = {
      gates: situationOf[situation](),
      overrides: { passingUserIDs: [], failingUserIDs: [], environmentOverrides: [] },
    };
    this.#obstacle = obstacle;
  }

  respond({ method, path, headers, body }: Received): Answer {
    expect(headers['statsig-api-key']).toBe('a-secret-STATSIG_KEY');
    expect(headers['statsig-api-version']).toBe('20240601');
    const { pathname, searchParams } = new URL(path, 'http://statsig');
    expect(pathname).toMatch(/^\/console\/v1\/gates(?:\/|$)/);
    const [id, verb, ruleId] = pathname.split('/').slice(4).map(decodeURIComponent);
    if (id === undefined) {
      expect(method).toBe('GET');
      return this.#list(searchParams);
    }
    const found = this.data.gates.find((one) => one.id === id);
    if (!found) return notFound;
    if (method === 'GET' && verb === 'overrides') return { body: { message: 'read', data: this.data.overrides } };
    if (method === 'GET') {
      expect(verb).toBeUndefined();
      this.#reads += 1;
      if (this.#obstacle === 'changed-in-between' && this.#reads > 1) found.version += 1;
      return { body: { message: 'Gate read successfully.', data: found } };
    }
    if (this.#obstacle === 'write-forbidden') {
      return { status: 403, body: { status: 403, message: 'This API key does not have write permissions.' } };
    }
    found.version += 1;
    found.lastModifiedTime += 1000;
    if (method === 'PUT') {
      expect(body).toBe('');
      expect(['enable', 'disable', 'launch']).toContain(verb);
      found.isEnabled = verb !== 'disable';
      found.status = verb === 'launch' ? 'Launched' : verb === 'enable' ? 'In Progress' : 'Disabled';
      return { body: { message: 'Gate updated successfully.', data: found } };
    }
    expect([method, verb]).toEqual(['PATCH', 'rules']);
    const changed = found.rules.find(({ baseID }) => baseID === ruleId);
    if (!changed) return { status: 404, body: { status: 404, message: 'Rule not found.' } };
    const sent = JSON.parse(body) as { passPercentage: number };
    expect(Object.keys(sent)).toEqual(['passPercentage']);
    changed.passPercentage = sent.passPercentage;
    changed.id = `${changed.baseID}:${sent.passPercentage.toFixed(2)}:2`;
    return { body: { message: 'Gate rule updated successfully.', data: found } };
  }

  #list(query: URLSearchParams): Answer {
    const all = this.data.gates.filter(({ status }) => status !== 'Archived');
    const [page, limit] = [Number(query.get('page')), Number(query.get('limit'))];
    expect(page).toBeGreaterThan(0);
    const end = page * limit;
    const pagination = {
      all: '',
      itemsPerPage: limit,
      nextPage: end < all.length ? `/console/v1/gates?page=${page + 1}&limit=${limit}` : null,
      pageNumber: page,
      previousPage: null,
      totalItems: all.length,
    };
    return { body: { message: 'Gates listed successfully.', data: all.slice(end - limit, end), pagination } };
  }
}

/** Versions, times and ids of rules go on. */
const lasting = (data: unknown): unknown =>
  JSON.parse(
    JSON.stringify(data, (key, value: unknown) => (['version', 'lastModifiedTime'].includes(key) ? 0 : value)).replace(
      /:(\d+\.\d\d):\d+"/g,
      ':$1"',
    ),
  );

export const providers: readonly FlagProvider[] = [
  {
    type: 'statsig',
    source: (url) => ({ type: 'statsig', url, environment: 'production', 'api-key': '${env.STATSIG_KEY}' }),
    start: (situation, obstacle) => new StatsigServer(situation, obstacle),
    lasting,
    lacks: {
      'off-serves-on': 'a gate that is disabled fails for all',
      elsewhere: 'a project has one set of gates for all environments',
      approval: 'the Console API asks for no review unless the request says so',
    },
  },
];
