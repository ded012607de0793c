/**
 * GitHub's part for the deployments of one repository, in its published shapes, keeping state
 * (https://docs.github.com/rest/deployments). Pages are as long as they are asked for. It checks whatever it is sent.
 */
import { expect } from 'vitest';
import { type Received, reply, type StandIn, standIn } from '../support/server.js';

export const repository = 'acme/payments';
export const sha = (n: number): string => n.toString(16).padStart(2, '0').repeat(20);

export interface Said {
  readonly id: number;
  readonly state: string;
  readonly created_at: string;
  readonly description: string;
}

export interface Deployment {
  readonly id: number;
  sha: string;
  ref: string;
  task: string;
  environment: string;
  created_at: string;
  transient_environment: boolean;
  readonly statuses: Said[];
}

interface Answer {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  readonly body: unknown;
}

/** As GitHub writes times. */
const written = (at: number): string => new Date(at).toISOString().replace(/\.\d{3}Z$/, 'Z');

export class GithubServer {
  readonly deployments: Deployment[] = [];
  /** Those that were set up by hand; others come with their first deployment. */
  environments: string[] = [];
  /** In place of the answer to a path below the repository. */
  readonly instead = new Map<string, Answer | ((request: Received) => Answer)>();
  readonly #now: () => number;
  #count = 0;

  constructor(now: () => number) {
    this.#now = now;
  }

  /**
   * @param states what was said of it, the oldest first, with how many minutes ago
   * @param change of the deployment; made so many minutes ago as its first status, or now
   */
  deploy(
    states: readonly (readonly [state: string, minutes: number])[] = [],
    change: Partial<Deployment> = {},
  ): Deployment {
    this.#count += 1;
    const [first] = states;
    const made: Deployment = {
      id: 1000 + this.#count,
      sha: sha(this.#count),
      ref: 'main',
      task: 'deploy',
      environment: 'production',
      created_at: written(this.#now() - (first?.[1] ?? 0) * 60_000),
      transient_environment: false,
      statuses: [],
      ...change,
    };
    this.deployments.push(made);
    for (const [state, minutes] of states) this.say(made, state, minutes);
    return made;
  }

  say({ statuses }: Deployment, state: string, minutes = 0, description = ''): void {
    this.#count += 1;
    statuses.push({ id: this.#count, state, created_at: written(this.#now() - minutes * 60_000), description });
  }

  async start(): Promise<StandIn> {
    return standIn((request, response) => {
      const { status = 200, body, headers } = this.respond(request);
      reply(response, status, body, headers);
    });
  }

  respond(request: Received): Answer {
    const { method, path, headers } = request;
    expect(method).toBe('GET');
    expect(headers.authorization).toBe('Bearer a-secret-GITHUB_TOKEN');
    expect(headers.accept).toBe('application/vnd.github+json');
    expect(headers['x-github-api-version']).toBe('2022-11-28');
    const { pathname, searchParams } = new URL(path, `http://${headers.host}`);
    expect(pathname).toMatch(new RegExp(`^/repos/${repository}(/|$)`));
    const below = pathname.slice(`/repos/${repository}`.length);
    const other = this.instead.get(below);
    if (other) return typeof other === 'function' ? other(request) : other;
    if (below === '/deployments') return this.#list(searchParams, request);
    const [, id] = /^\/deployments\/(\d+)\/statuses$/.exec(below) ?? [];
    const found = this.deployments.find((one) => one.id === Number(id));
    if (found) return this.#page(found.statuses.toReversed().map(statusBody), searchParams, request);
    if (below === '/environments') {
      return {
        body: { total_count: this.environments.length, environments: this.environments.map((name) => ({ name })) },
      };
    }
    const [, name] = /^\/environments\/([^/]+)$/.exec(below) ?? [];
    expect(name, below).toBeDefined();
    const wanted = decodeURIComponent(name ?? '').toLowerCase();
    const is = this.environments.find((one) => one.toLowerCase() === wanted);
    return is === undefined ? { status: 404, body: { message: 'Not Found' } } : { body: { name: is } };
  }

  #list(query: URLSearchParams, request: Received): Answer {
    const [environment, task] = [query.get('environment'), query.get('task')];
    expect(environment).not.toBe('');
    const found = this.deployments.filter(
      (one) => (environment === null || one.environment === environment) && (task === null || one.task === task),
    );
    const sorted = found.toSorted((a, b) => b.created_at.localeCompare(a.created_at) || b.id - a.id);
    return this.#page(sorted.map(deploymentBody), query, request);
  }

  #page(all: readonly unknown[], query: URLSearchParams, { path, headers }: Received): Answer {
    const size = Number(query.get('per_page') ?? 30);
    const page = Number(query.get('page') ?? 1);
    const next = new URL(path, `http://${headers.host}`);
    next.searchParams.set('page', String(page + 1));
    const body = all.slice((page - 1) * size, page * size);
    return { body, ...(all.length > page * size ? { headers: { link: `<${next.href}>; rel="next"` } } : {}) };
  }
}

function deploymentBody({ statuses: _statuses, ...one }: Deployment): object {
  const url = `https://api.github.com/repos/${repository}/deployments/${one.id}`;
  return {
    url,
    node_id: 'DE_kwDO',
    payload: { key: 'a-secret-in-a-payload' },
    original_environment: one.environment,
    description: null,
    creator: { login: 'github-actions[bot]' },
    updated_at: one.created_at,
    statuses_url: `${url}/statuses`,
    production_environment: true,
    ...one,
  };
}

const statusBody = (one: Said): object => ({
  node_id: 'DES_kwDO',
  creator: { login: 'github-actions[bot]' },
  updated_at: one.created_at,
  environment: 'production',
  environment_url: '',
  log_url: `https://github.com/${repository}/actions/runs/1/job/2`,
  ...one,
});
