/**
 * Azure DevOps' part for the environments of one project, in its published shapes, keeping state
 * (https://learn.microsoft.com/rest/api/azure/devops/distributedtask/environmentdeployment-records/list). It checks whatever it is sent.
 */
import { expect } from 'vitest';
import { type Received, reply, type StandIn, standIn } from '../support/server.js';

export const commit = (n: number): string => n.toString(16).padStart(2, '0').repeat(20);

/** One job of a run. Times are minutes ago; absent: not yet. */
export interface Job {
  readonly stage?: string;
  readonly job?: string;
  readonly stageAttempt?: number;
  readonly jobAttempt?: number;
  readonly resourceId?: number;
  readonly queued?: number;
  readonly started?: number;
  readonly finished?: number;
  readonly result?: string | number | null;
}

interface Stored {
  readonly id: number;
  readonly environmentId: number;
  readonly [more: string]: unknown;
}

interface Answer {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  readonly body: unknown;
}

export class AzureDevopsServer {
  /** By name; only those that the caller may view. */
  readonly environments = new Map([
    ['production', 23],
    ['staging', 24],
  ]);
  records: Stored[] = [];
  /** Commits of builds. */
  readonly commits = new Map<number, string | null>();
  /** Over a page's size, when it is more than is given at once. */
  mostAtOnce = 1000;
  /** In place of the answer to a path below `_apis`. */
  readonly instead = new Map<string, Answer>();
  readonly #now: () => number;
  #count = 0;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** A run of a pipeline, or more of one; its jobs in the order in which they came into the queue. */
  run(
    build: number,
    jobs: readonly Job[],
    change: { pipeline?: string; planType?: string; environmentId?: number } = {},
  ): void {
    const { pipeline = 'payments', planType = 'Build', environmentId = 23 } = change;
    this.commits.set(build, this.commits.get(build) ?? commit(build));
    for (const {
      stage = 'Production',
      job = 'Deploy',
      queued,
      started,
      finished,
      stageAttempt = 1,
      jobAttempt = 1,
      ...more
    } of jobs) {
      this.#count += 1;
      const web = { href: `https://dev.azure.com/acme/shop/_build/results?buildId=${build}` };
      this.records.push({
        id: this.#count,
        environmentId,
        definition: { _links: {}, id: pipeline === 'payments' ? 7 : 8, name: pipeline },
        owner: { _links: { web }, id: build, name: `20261123.${build}` },
        planType,
        planId: '8f0d',
        requestIdentifier: `${stage}.${job}`,
        stageName: stage,
        jobName: job,
        stageAttempt,
        jobAttempt,
        scopeId: 'a1b2',
        ...this.#times({ queueTime: queued ?? started ?? finished ?? 0, startTime: started, finishTime: finished }),
        ...more,
      });
    }
  }

  /** A run with one job that succeeded so many minutes ago. */
  succeed(build: number, minutes: number, change = {}): void {
    this.run(build, [{ started: minutes + 2, finished: minutes, result: 'succeeded' }], change);
  }

  async start(): Promise<StandIn> {
    return standIn((request, response) => {
      const { status = 200, body, headers } = this.respond(request);
      reply(response, status, body, headers);
    });
  }

  respond({ method, path, headers }: Received): Answer {
    expect(method).toBe('GET');
    expect(headers.authorization).toBe(`Basic ${Buffer.from(':a-secret-DEVOPS_TOKEN').toString('base64')}`);
    expect(headers['x-tfs-fedauthredirect']).toBe('Suppress');
    const { pathname, searchParams: query } = new URL(path, 'http://devops');
    expect(query.get('api-version')).toBe('7.1');
    const front = '/acme/web%20shop/_apis/';
    expect(pathname.startsWith(front)).toBe(true);
    const below = pathname.slice(front.length);
    const other = this.instead.get(below);
    if (other) return other;
    if (below === 'distributedtask/environments') {
      const name = query.get('name')?.toLowerCase();
      const found = [...this.environments].filter(([one]) => one.toLowerCase() === name);
      return list(found.map(([one, id]) => ({ id, name: one, project: { id: 'a1b2', name: 'web shop' } })));
    }
    const [, build] = /^build\/builds\/(\d+)$/.exec(below) ?? [];
    if (build !== undefined) return this.#build(Number(build));
    const [, id] = /^distributedtask\/environments\/(\d+)\/environmentdeploymentrecords$/.exec(below) ?? [];
    expect(id, below).toBeDefined();
    const all = this.records.filter(({ environmentId }) => environmentId === Number(id)).toReversed();
    const size = Math.min(Number(query.get('top')), this.mostAtOnce);
    return list(all.slice(0, size), all.length > size ? { 'x-ms-continuationtoken': String(all[size]?.id) } : {});
  }

  #build(id: number): Answer {
    const sourceVersion = this.commits.get(id);
    if (sourceVersion === undefined) return { status: 404, body: { $id: '1', message: `Build ${id} not found.` } };
    return { body: { id, buildNumber: `20261123.${id}`, status: 'completed', result: 'succeeded', sourceVersion } };
  }

  #times(times: Readonly<Record<string, number | undefined>>): Record<string, string> {
    // Seven digits, as .NET writes them.
    const written = (minutes: number): string =>
      new Date(this.#now() - minutes * 60_000).toISOString().replace('Z', '3333Z');
    return Object.fromEntries(
      Object.entries(times).flatMap(([name, minutes]) => (minutes === undefined ? [] : [[name, written(minutes)]])),
    );
  }
}

const list = (value: readonly unknown[], headers: Record<string, string> = {}): Answer => ({
  headers,
  body: { count: value.length, value },
});
