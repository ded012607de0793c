/** Unleash's admin API, as version 7.5.1 answers: the paths that are used, and a change request as the Enterprise edition refuses it. */
import { expect } from 'vitest';
import type { Received } from '../support/server.js';
import { type Answer, type FlagProvider, type Obstacle, type Situation, theFlag } from './harness.js';

interface Strategy {
  id: string;
  name: string;
  disabled: boolean;
  parameters: Record<string, string>;
  constraints: unknown[];
  segments: number[];
  variants: unknown[];
  title: string | null;
  sortOrder: number;
}

interface Environment {
  name: string;
  enabled: boolean;
  strategies: Strategy[];
}

interface Data {
  archived: boolean;
  exists: boolean;
  environments: Environment[];
  events: number;
}

export const strategy = (change: Partial<Strategy> = {}): Strategy => ({
  id: '5edc4a6d-4043-4b0c-bab3-f4348ac90f6f',
  name: 'flexibleRollout',
  disabled: false,
  parameters: { groupId: theFlag, rollout: '100', stickiness: 'default' },
  constraints: [],
  segments: [],
  variants: [],
  title: null,
  sortOrder: 0,
  ...change,
});

const rollout = (percent: number): Strategy =>
  strategy({ parameters: { groupId: theFlag, rollout: String(percent), stickiness: 'default' } });

const notFound = (message: string): Answer => ({
  status: 404,
  body: { name: 'NotFoundError', message, details: [{ message }] },
});

const strategiesOf: Partial<Record<Situation, readonly Strategy[]>> = {
  'a-quarter': [rollout(25)],
  rules: [
    strategy({
      constraints: [{ contextName: 'plan', operator: 'IN', values: ['beta'], inverted: false, caseInsensitive: false }],
    }),
  ],
};

export class UnleashServer {
  data: Data;
  readonly #obstacle: Obstacle | undefined;
  #reads = 0;

  constructor(situation: Situation, obstacle?: Obstacle, environment?: Partial<Environment>) {
    this.#obstacle = obstacle;
    const production: Environment = {
      name: 'production',
      enabled: situation !== 'off',
      strategies: structuredClone([...(strategiesOf[situation] ?? [rollout(100)])]),
      ...environment,
    };
    const development = { name: 'development', enabled: true, strategies: [rollout(100)] };
    this.data = {
      exists: situation !== 'missing',
      archived: situation === 'archived',
      environments: situation === 'elsewhere' ? [development] : [development, production],
      events: 12,
    };
  }

  get production(): Environment {
    const found = this.data.environments.find(({ name }) => name === 'production');
    if (!found) throw new Error('not set up in production');
    return found;
  }

  respond(request: Received): Answer {
    const { method, path, headers, body } = request;
    expect(headers.authorization).toBe('a-secret-UNLEASH_TOKEN');
    const { pathname, searchParams } = new URL(path, 'http://unleash');
    expect(pathname).toMatch(/^\/api\/admin\//);
    const rest = pathname.slice('/api/admin/'.length);
    if (method === 'GET') return this.#read(rest, searchParams);
    const own = `projects/default/features/${theFlag}/environments/production/`;
    expect(rest.startsWith(own), `${method} ${rest}`).toBe(true);
    if (this.#obstacle === 'write-forbidden') {
      return {
        status: 403,
        body: { name: 'PermissionError', message: 'You need the permission UPDATE_FEATURE_ENVIRONMENT' },
      };
    }
    if (this.#obstacle === 'approval') {
      return { status: 403, body: { name: 'ForbiddenError', message: 'Change requests are enabled in production' } };
    }
    this.data.events += 1;
    return this.#write(method, rest.slice(own.length), body);
  }

  #read(rest: string, query: URLSearchParams): Answer {
    if (rest === 'user') {
      const user = { username: 'ci', permissions: ['ADMIN'], secret: 'a-secret-UNLEASH_TOKEN' };
      return { body: { user, permissions: [{ permission: 'ADMIN' }], feedback: [], splash: {} } };
    }
    if (rest === 'environments') {
      return { body: { version: 1, environments: [{ name: 'development' }, { name: 'production' }] } };
    }
    if (rest === 'projects/default/overview') return { body: { name: 'Default', version: 1 } };
    if (rest === 'segments') return { body: { segments: [{ id: 1, name: 'beta' }] } };
    if (rest === 'projects/default/change-requests/config') {
      return notFound('The path you were looking for is not available.');
    }
    if (rest === 'search/events') {
      expect(query.get('feature')).toBe(`IS:${theFlag}`);
      const event = { createdBy: 'robin', createdAt: '2026-11-20T10:00:00.000Z', featureName: theFlag };
      return { body: { events: [{ ...event, id: this.data.events, environment: 'production' }], total: 1 } };
    }
    if (rest === 'search/features') {
      expect(query.get('project')).toBe('IS:default');
      const archived = query.get('archived') === 'IS:true';
      const here = this.data.exists && this.data.archived === archived;
      const features = here ? [{ name: theFlag, archivedAt: archived ? '2026-11-01T10:00:00.000Z' : null }] : [];
      return { body: { features, total: features.length } };
    }
    expect(rest).toBe(`projects/default/features/${theFlag}`);
    const { exists, archived, environments } = this.data;
    if (!exists || archived) return notFound(`There's no feature named "${theFlag}" in project "default".`);
    this.#reads += 1;
    // Somebody else is at it between our first reading and the one before the write.
    if (this.#obstacle === 'changed-in-between' && this.#reads > 1) this.production.strategies = [rollout(50)];
    return {
      body: {
        name: theFlag,
        type: 'release',
        project: 'default',
        stale: false,
        archived: false,
        createdAt: '2026-11-01T10:00:00.000Z',
        createdBy: { id: 1, name: 'Robin', imageUrl: 'https://example.com/robin.png' },
        dependencies: [],
        children: [],
        variants: [],
        environments: environments.map((one) => ({ ...one, lastSeenAt: '2026-11-23T09:59:00.000Z', type: one.name })),
      },
    };
  }

  #write(method: string, rest: string, body: string): Answer {
    const { production } = this;
    if (method === 'POST' && (rest === 'on' || rest === 'off')) {
      expect(body).toBe('');
      production.enabled = rest === 'on';
      // The trap: without an active strategy it adds one for everybody.
      if (rest === 'on' && !production.strategies.some(({ disabled }) => !disabled)) {
        production.strategies.push({ ...rollout(100), id: 'added-by-on' });
      }
      return {};
    }
    if (method === 'POST' && rest === 'strategies') {
      const wanted = JSON.parse(body) as Strategy;
      expect(wanted.name).toBe('flexibleRollout');
      expect(wanted.parameters.rollout).toMatch(/^\d+$/);
      const made = { ...strategy(), ...wanted, id: `made-${production.strategies.length}` };
      production.strategies.push(made);
      return { body: made };
    }
    const [, id] = /^strategies\/([^/]+)$/.exec(rest) ?? [];
    const found = production.strategies.find((one) => one.id === id);
    if (!found) return notFound('There is no such strategy');
    if (method === 'DELETE') {
      production.strategies = production.strategies.filter((one) => one !== found);
      if (production.strategies.length === 0) production.enabled = false;
      return {};
    }
    expect(method).toBe('PATCH');
    for (const { op, path, value } of JSON.parse(body) as { op: string; path: string; value: never }[]) {
      expect(op).toBe('replace');
      if (path === '/disabled') found.disabled = value;
      else if (path === '/parameters/rollout') found.parameters.rollout = value;
      else throw new Error(`a patch of ${path}`);
    }
    return { body: found };
  }
}

export const providers: readonly FlagProvider[] = [
  {
    type: 'unleash',
    source: (url) => ({ type: 'unleash', url, environment: 'production', token: '${env.UNLEASH_TOKEN}' }),
    start: (situation, obstacle) => new UnleashServer(situation, obstacle),
    lacks: { 'off-serves-on': 'what is off serves false' },
    lasting: (data) => ({ ...(data as Data), events: 0 }),
  },
];
