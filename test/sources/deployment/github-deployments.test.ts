import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import type { Target } from '../../../src/record/deployments.js';
import type { Deployments } from '../../../src/record/evidence.js';
import { githubDeploymentsSource } from '../../../src/sources/deployment/github-deployments/index.js';
import type { Source, Unnamed } from '../../../src/sources/source.js';
import { stillClock } from '../../contract/harness.js';
import { GithubServer, repository, sha } from '../../deployment/github.provider.js';
import { sourceContext } from '../../support/context.js';
import { failureOf } from '../../support/entra.js';

const now = stillClock.now();
const at = (minutes: number): string => new Date(now - minutes * 60_000).toISOString();

async function ask(
  set: (github: GithubServer) => void,
  targets: readonly string[] = ['production'],
  config = {},
): Promise<Unnamed<Deployments> & { requests: readonly string[] }> {
  const github = new GithubServer(() => now);
  set(github);
  const server = await github.start();
  const fields = v.parse(githubDeploymentsSource.schema, {
    repository,
    token: 'a-secret-GITHUB_TOKEN',
    url: server.url,
    ...config,
  });
  const source = githubDeploymentsSource.open(fields, sourceContext({ clock: stillClock })) as Source<'deployment'>;
  const answer = await source.deployment({ family: 'deployment', targets }, AbortSignal.timeout(20_000));
  return { ...answer, requests: server.received.map(({ path }) => path.slice(`/repos/${repository}`.length)) };
}

const production = async (set: (github: GithubServer) => void, config = {}): Promise<Target> =>
  (await ask(set, ['production'], config)).targets[0] as Target;

describe('an environment', () => {
  it('runs what was deployed to it last, as the commit', async () => {
    const { targets, requests, ...rest } = await ask((github) => {
      github.deploy([
        ['in_progress', 62],
        ['success', 60],
      ]);
      const { id } = github.deploy([
        ['queued', 12],
        ['in_progress', 11],
        ['success', 10],
      ]);
      expect(id).toBe(1004);
    });
    expect(targets).toEqual([
      {
        name: 'production',
        exists: true,
        version: sha(4),
        state: 'running',
        health: 'unknown',
        ready: null,
        instances: null,
        traffic: null,
        since: at(10),
        reasons: [],
        link: expect.stringMatching(/\/acme\/payments\/deployments\/production$/),
      },
    ]);
    expect(rest).toMatchObject({
      kind: 'deployments',
      subject: 'deployments of acme/payments',
      query: 'GET /repos/acme/payments/deployments?environment=production',
      seen: 1,
      partial: false,
      notes: [`production: ${sha(4)} from main, deployment 1004`],
    });
    expect(requests).toEqual([
      '/deployments?environment=production&per_page=100',
      '/deployments/1004/statuses?per_page=100',
      '/deployments/1001/statuses?per_page=100',
    ]);
    expect(JSON.stringify([targets, rest])).not.toContain('a-secret');
  });

  it.each([
    ['v1.2.3', 'v1.2.3'],
    ['refs/tags/v1.2.3', 'v1.2.3'],
    ['refs/heads/release/1', 'release/1'],
  ])('runs by the name of what was deployed %s', async (ref, version) => {
    const target = await production((github) => void github.deploy([['success', 1]], { ref }), { version: 'ref' });
    expect(target).toMatchObject({ state: 'running', version });
  });

  it('is asked about in the order of the targets, each for itself', async () => {
    const { targets, seen } = await ask(
      (github) => {
        github.deploy([['success', 9]], { environment: 'eu/west: 1 {x}' });
        github.deploy([['failure', 8]]);
      },
      ['production', 'eu/west: 1 {x}', 'staging'],
    );
    expect(seen).toBe(2);
    expect(targets.map(({ name, state, exists }) => [name, state, exists])).toEqual([
      ['production', 'failed', true],
      ['eu/west: 1 {x}', 'running', true],
      ['staging', 'unknown', false],
    ]);
  });

  it('counts deployments of one task only, where the policy names it', async () => {
    const target = await production(
      (github) => {
        github.deploy([['success', 9]], { task: 'deploy:payments' });
        github.deploy([['failure', 8]], { task: 'deploy:mail' });
      },
      { task: 'deploy:payments' },
    );
    expect(target).toMatchObject({ state: 'running', version: sha(1) });
  });

  it('without a name is a mistake', async () => {
    expect(await failureOf(ask(() => undefined, [' ']))).toMatchObject({ code: 'bad-query', permanent: true });
  });
});

describe('its state', () => {
  type States = readonly (readonly [string, number])[];
  it.each<[string, readonly States[], Target['state'], number | null]>([
    // The oldest deployment first, of each the oldest word first. The number: which of them runs there.
    ['a deployment that was only just asked for', [[['success', 60]], []], 'deploying', null],
    ['one that waits for a reviewer', [[['success', 60]], [['waiting', 5]]], 'deploying', null],
    ['one in the queue', [[['success', 60]], [['queued', 5]]], 'deploying', null],
    ['one that is pending', [[['success', 60]], [['pending', 5]]], 'deploying', null],
    [
      'one in progress',
      [
        [['success', 60]],
        [
          ['queued', 6],
          ['in_progress', 5],
        ],
      ],
      'deploying',
      null,
    ],
    [
      'an older one in progress',
      [
        [
          ['waiting', 90],
          ['in_progress', 5],
        ],
        [['success', 60]],
      ],
      'deploying',
      null,
    ],
    ['an older one that still waits', [[['waiting', 90]], [['success', 60]]], 'running', 1],
    ['an older one that is still in the queue', [[['queued', 90]], [['success', 60]]], 'running', 1],
    [
      'an older one that waited, and came later',
      [
        [
          ['waiting', 90],
          ['success', 5],
        ],
        [['success', 60]],
      ],
      'running',
      0,
    ],
    [
      'an older one that waited, and failed later',
      [
        [
          ['waiting', 90],
          ['failure', 5],
        ],
        [['success', 60]],
      ],
      'failed',
      null,
    ],
    ['a failure', [[['success', 60]], [['failure', 5]]], 'failed', null],
    ['an error', [[['success', 60]], [['error', 5]]], 'failed', null],
    [
      'a failure from the start',
      [
        [
          ['in_progress', 6],
          ['failure', 5],
        ],
      ],
      'failed',
      null,
    ],
    [
      'a failure after the success',
      [
        [
          ['success', 6],
          ['failure', 5],
        ],
      ],
      'failed',
      null,
    ],
    ['a failure that was mended since', [[['failure', 60]], [['success', 5]]], 'running', 1],
    [
      'one that took the place of another',
      [
        [
          ['success', 60],
          ['inactive', 5],
        ],
        [['success', 5]],
      ],
      'running',
      1,
    ],
    ['production, where GitHub retires none', [[['success', 60]], [['success', 5]]], 'running', 1],
    [
      'one that was called off',
      [
        [['success', 60]],
        [
          ['waiting', 6],
          ['inactive', 5],
        ],
      ],
      'running',
      0,
    ],
    [
      'one that was retired by hand',
      [
        [['success', 60]],
        [
          ['success', 6],
          ['inactive', 5],
        ],
      ],
      'unknown',
      null,
    ],
    [
      'one that was retired, and a newer one',
      [
        [
          ['success', 60],
          ['inactive', 5],
        ],
        [['success', 4]],
      ],
      'running',
      1,
    ],
    [
      'one with a word that is new',
      [
        [
          ['success', 60],
          ['paused', 5],
        ],
      ],
      'unknown',
      null,
    ],
    ['nothing but what is inactive', [[['inactive', 60]], [['inactive', 50]]], 'unknown', null],
  ])('after %s', async (_, history, state, runs) => {
    const shas: string[] = [];
    const target = await production((github) => {
      for (const states of history) shas.push(github.deploy(states).sha);
    });
    expect(target).toMatchObject({ exists: true, state, version: runs === null ? null : shas[runs] });
    expect(target.reasons.length).toBe(runs === null ? 1 : 0);
    expect(target.since === null).toBe(runs === null);
  });

  it('is stopped where it was for one deployment alone, and that is over', async () => {
    const target = await production((github) => {
      github.deploy(
        [
          ['success', 60],
          ['inactive', 5],
        ],
        { transient_environment: true },
      );
    });
    expect(target).toMatchObject({ exists: true, state: 'stopped', version: null });
  });

  it('has the words of who deployed', async () => {
    const { reasons } = await production((github) => {
      github.say(github.deploy([['in_progress', 6]]), 'failure', 5, 'the smoke\ntest failed');
    });
    expect(reasons).toEqual([`${sha(1).slice(0, 10)} from main, deployment 1001, failed: the smoke test failed`]);
  });

  it('is by the newest of many words', async () => {
    const target = await production((github) => {
      const made = github.deploy([['queued', 200]]);
      for (let i = 0; i < 150; i += 1) github.say(made, 'in_progress', 199 - i);
      github.say(made, 'success', 1);
    });
    expect(target).toMatchObject({ state: 'running', since: at(1) });
  });

  it('is found behind many that came to nothing', async () => {
    const { targets, requests } = await ask((github) => {
      github.deploy([['success', 900]]);
      for (let i = 0; i < 12; i += 1)
        github.deploy([
          ['waiting', 800 - i],
          ['inactive', 700 - i],
        ]);
    });
    expect(targets[0]).toMatchObject({ state: 'running', version: sha(1) });
    expect(requests).toHaveLength(1 + 13);
  });

  it('is not known where it is too far back', async () => {
    const { targets, requests } = await ask((github) => {
      github.deploy([['success', 900]]);
      for (let i = 0; i < 40; i += 1)
        github.deploy([
          ['waiting', 800 - i],
          ['inactive', 700 - i],
        ]);
    });
    expect(targets[0]).toMatchObject({
      state: 'unknown',
      version: null,
      reasons: ['none of its 30 newest deployments has succeeded'],
    });
    expect(requests).toHaveLength(1 + 30);
  });
});

describe('a long history', () => {
  const many = (github: GithubServer): void => {
    for (let i = 0; i < 250; i += 1) github.deploy([['success', 1000 - i]]);
  };

  it('is read from its newest page', async () => {
    const { targets, requests } = await ask(many);
    expect(targets[0]).toMatchObject({ state: 'running', since: at(751) });
    expect(requests).toHaveLength(1 + 5);
  });

  it('that is not in order says nothing', async () => {
    const failure = await failureOf(
      ask((github) => {
        many(github);
        github.instead.set('/deployments', (request) => {
          github.instead.clear();
          const { headers, body } = github.respond(request);
          return { ...(headers ? { headers } : {}), body: (body as unknown[]).toReversed() };
        });
      }),
    );
    expect(failure).toMatchObject({ code: 'bad-answer' });
  });

  it('that is about another environment says nothing', async () => {
    const failure = await failureOf(
      ask((github) => {
        github.deploy([['success', 1]], { environment: 'staging' });
        github.instead.set('/deployments', (request) => {
          github.instead.clear();
          return github.respond({ ...request, path: `/repos/${repository}/deployments` });
        });
      }),
    );
    expect(failure).toMatchObject({ code: 'bad-answer' });
  });
});

describe('where nothing was deployed', () => {
  it('there may be an environment all the same', async () => {
    const target = await production((github) => void github.environments.push('Production'));
    expect(target).toMatchObject({ exists: true, state: 'unknown', version: null });
  });

  it('it is not there where all that are may be listed', async () => {
    const { targets, requests } = await ask((github) => void github.environments.push('staging'));
    expect(targets[0]).toMatchObject({ exists: false });
    expect(requests.slice(1)).toEqual(['/environments/production', '/environments?per_page=1']);
  });

  it('nobody knows where they may not', async () => {
    const refused = { status: 404, body: { message: 'Not Found' } };
    const hidden = ask((github) => void github.instead.set('/environments', refused));
    expect(await failureOf(hidden)).toMatchObject({
      code: 'not-found',
      message: expect.stringContaining('actions: read'),
    });
  });

  it('and the environment may not be read, there is no answer', async () => {
    const refused = { status: 403, body: { message: 'Resource not accessible by integration' } };
    const hidden = ask((github) => void github.instead.set('/environments/production', refused));
    expect(await failureOf(hidden)).toMatchObject({
      code: 'forbidden',
      message: expect.stringContaining('actions: read'),
    });
  });
});
