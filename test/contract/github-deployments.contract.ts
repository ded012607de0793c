/** Shapes: https://docs.github.com/rest/deployments. */
import { type Deployment, GithubServer } from '../deployment/github.provider.js';
import { type Answer, type Contract, fromPage, type Responder } from './harness.js';

const sha = `3f0c1ab${'9'.repeat(33)}`;

type States = Parameters<GithubServer['deploy']>[0];

/** @param history the oldest first */
const github =
  (history: (server: GithubServer) => void): Responder =>
  (request, { now }) => {
    const server = new GithubServer(() => now);
    server.environments.push('production');
    history(server);
    return server.respond(request);
  };

const after = (...history: readonly States[]): Responder =>
  github((server) => {
    for (const states of history) server.deploy(states, { sha, ref: 'v4.1.0' });
  });
const deployed = (change: Partial<Deployment>): Responder =>
  github((server) => void server.deploy([['success', 20]], { sha, ref: 'v4.1.0', ...change }));
/** In place of the answer to a path. */
const instead = (path: string, answer: Answer): Responder =>
  github((server) => {
    server.deploy([['success', 20]], { sha, ref: 'v4.1.0' });
    server.instead.set(path, { status: 200, ...answer });
  });

const statuses = '/deployments/1001/statuses';
const never = { impossible: 'GitHub says when it was deployed, and that is as true as ever' };

const empty = {
  'nothing was ever deployed': github(() => undefined),
  'only what came to nothing': after([['inactive', 30]]),
  'empty answers': () => ({ body: {} }),
};
const partial = {
  'under way': after([['success', 60]], [['in_progress', 1]]),
  'waits for a reviewer': after([['success', 60]], [['waiting', 1]]),
  'only just asked for': after([['success', 60]], []),
  'retired since': after([
    ['success', 60],
    ['inactive', 1],
  ]),
  'a word that is new': after([
    ['success', 60],
    ['paused', 1],
  ]),
  'of other environments': instead('/deployments', {
    body: [{ id: 1, sha, ref: 'v4.1.0', environment: 'staging', created_at: '2026-11-23T08:00:00Z' }],
  }),
  'deployments without a shape': instead('/deployments', { body: [{}] }),
  'deployments that are no list': instead('/deployments', { body: { message: 'x' } }),
  'a next page elsewhere': instead(statuses, {
    headers: { link: '<https://elsewhere.example/x>; rel="next"' },
    body: [],
  }),
  'statuses without a shape': instead(statuses, { body: [{}] }),
  'statuses may not be read': instead(statuses, { status: 403, body: { message: 'Resource not accessible' } }),
  'statuses are not there': instead(statuses, { status: 404, body: { message: 'Not Found' } }),
  'no such repository': instead('/deployments', { status: 404, body: { message: 'Not Found' } }),
};
const throttled = {
  '429': () => ({ status: 429, headers: { 'retry-after': '1' }, body: {} }),
  '403': () => ({
    status: 403,
    headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1795428000' },
    body: {},
  }),
};

export const contracts: readonly Contract[] = [
  {
    what: 'a commit that this service needs',
    source: fromPage('github-deployments', 'payments is there').source,
    // With `wait` nothing is ever the release's fault.
    gate: { ...fromPage('github-deployments', 'payments is there').gate, wait: false },
    good: after([['success', 20]]),
    bad: {
      'another commit': deployed({ sha: `3f0c1ac${'9'.repeat(33)}` }),
      failed: after([['success', 60]], [['failure', 1]]),
      'failed since': after([
        ['success', 20],
        ['error', 1],
      ]),
      'gone with its environment': github((server) => {
        const gone = [
          ['success', 20],
          ['inactive', 1],
        ] as const;
        server.deploy(gone, { sha, transient_environment: true });
      }),
      'no such environment': github((server) => {
        server.environments = [];
      }),
    },
    empty,
    partial: { ...partial, 'only just there': after([['success', 9]]) },
    stale: never,
    throttled,
  },
  {
    what: 'a tag',
    source: fromPage('github-deployments', 'payments is out as 4.1.0').source,
    gate: { ...fromPage('github-deployments', 'payments is out as 4.1.0').gate, wait: false },
    good: after([['success', 20]]),
    bad: { 'another tag': deployed({ ref: 'v4.0.0' }), 'a branch': deployed({ ref: 'main' }) },
    empty,
    partial,
    stale: never,
  },
];
