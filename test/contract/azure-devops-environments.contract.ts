/** Shapes: https://learn.microsoft.com/rest/api/azure/devops/distributedtask/environmentdeployment-records/list. */
import { AzureDevopsServer, type Job } from '../deployment/azure-devops.provider.js';
import { type Answer, type Contract, fromPage, type Responder } from './harness.js';

const commit = `3f0c1ab${'9'.repeat(33)}`;

/** @param set what was deployed */
const devops =
  (set: (server: AzureDevopsServer) => void): Responder =>
  (request, { now }) => {
    const server = new AzureDevopsServer(() => now);
    server.commits.set(42, commit);
    set(server);
    return server.respond(request);
  };

const after = (...jobs: Job[]): Responder =>
  devops((server) => {
    server.succeed(41, 60);
    if (jobs.length > 0) server.run(42, jobs);
  });
const over = (result: string, more: Job = {}): Job => ({ started: 25, finished: 20, result, ...more });
/** In place of the answer to a path. */
const instead = (path: string, answer: Answer): Responder =>
  devops((server) => {
    server.succeed(42, 20);
    server.instead.set(path, { status: 200, ...answer });
  });

const environments = 'distributedtask/environments';
const records = `${environments}/23/environmentdeploymentrecords`;
const build = 'build/builds/42';
const record = { id: 1, environmentId: 23, definition: { id: 7 }, owner: { id: 42 } };
const refused = (status: number): Answer => ({ status, body: { $id: '1', message: 'no', typeKey: 'x' } });
const signInPage = { status: 203, headers: { 'content-type': 'text/html' }, body: '<html>sign in</html>' };

const never = { impossible: 'Azure DevOps says when it was deployed, and that is as true as ever' };

const empty = {
  'nothing was ever deployed': devops(() => undefined),
  'only what was skipped': devops((server) => server.run(42, [over('skipped')])),
  'no such environment': instead(environments, { body: { count: 0, value: [] } }),
  'empty answers': () => ({ body: {} }),
};
const partial = {
  'under way': after({ started: 5 }),
  'in the queue': after({ queued: 5 }),
  'one job under way': after(over('succeeded'), { job: 'db', started: 5 }),
  'broken off': after(over('canceled')),
  lost: after(over('abandoned')),
  'a word that is new': after(over('fabulous')),
  'no end': after({ started: 25, result: 'succeeded' }),
  'environments without a shape': instead(environments, { body: { count: 1, value: [{}] } }),
  'records without a shape': instead(records, { body: { count: 1, value: [{}] } }),
  'records of another environment': instead(records, {
    body: { count: 1, value: [{ ...record, environmentId: 24, result: 'succeeded' }] },
  }),
  'fewer records than announced': instead(records, { body: { count: 2, value: [record] } }),
  'times that are none': instead(records, {
    body: { count: 1, value: [{ ...record, startTime: 'yesterday', result: 'succeeded' }] },
  }),
  'records may not be read': instead(records, refused(403)),
  'records are not there': instead(records, refused(404)),
  'records for people to sign in': instead(records, signInPage),
};
const unauthorised = {
  '401': () => refused(401),
  '403': () => refused(403),
  '404': () => refused(404),
  'a page to sign in': () => signInPage,
  'a page to sign in, 200': () => ({ ...signInPage, status: 200 }),
  'sent to a page to sign in': () => ({
    status: 302,
    headers: { location: 'https://spsprodeus.vssps.visualstudio.com/_signin?x=a-secret' },
    body: '',
  }),
};

/** With `wait` nothing is ever the release's fault. */
const blaming = (gate: string): Pick<Contract, 'source' | 'gate'> => {
  const page = fromPage('azure-devops-environments', gate);
  return { source: page.source, gate: { ...page.gate, wait: false } };
};

export const contracts: readonly Contract[] = [
  {
    what: 'a run that this service needs',
    ...blaming('payments is there'),
    good: after(over('succeeded')),
    bad: {
      'another run': after(),
      failed: after(over('failed')),
      'one job failed': after(over('succeeded'), over('failed', { job: 'db' })),
      'failed when it was deployed once more': after(
        over('succeeded'),
        over('failed', { stageAttempt: 2, finished: 5 }),
      ),
    },
    empty,
    partial: { ...partial, 'only just there': after(over('succeeded', { finished: 9 })) },
    stale: never,
    unauthorised,
  },
  {
    what: 'a commit',
    ...blaming('payments has the new interface'),
    good: after(over('succeeded')),
    bad: { 'another commit': after() },
    empty,
    partial: {
      ...partial,
      'no commit': instead(build, { body: { id: 42 } }),
      'the run may not be read': instead(build, refused(403)),
      'the run is gone': instead(build, refused(404)),
    },
    stale: never,
    unauthorised,
  },
];
