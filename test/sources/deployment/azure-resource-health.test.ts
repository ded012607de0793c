import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { azureResourceHealthSource } from '../../../src/sources/deployment/azure-resource-health.js';
import type { Source } from '../../../src/sources/source.js';
import { stillClock } from '../../contract/harness.js';
import { sourceContext } from '../../support/context.js';
import { failureOf } from '../../support/entra.js';
import { reply, standIn } from '../../support/server.js';

const group = '/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/shop/providers';
const app = `${group}/Microsoft.Web/sites/checkout`;
const database = `${group}/Microsoft.Sql/servers/shop/databases/orders`;

const available = {
  availabilityState: 'Available',
  title: 'Available',
  summary: 'There are no known <a href="x">Azure platform problems</a> affecting this web app',
  reasonType: '',
  occuredTime: '2026-11-22T08:00:00Z',
  reportedTime: '2026-11-23T09:58:00.7598931Z',
};

/** @param status by the resource's id; undefined: 404 */
async function ask(status: (id: string) => object | undefined, targets: readonly string[], config: object = {}) {
  const { url } = await standIn(({ method, path, headers }, response) => {
    expect(method).toBe('GET');
    expect(headers.authorization).toBe('Bearer a-secret-ARM_TOKEN');
    const { pathname, searchParams } = new URL(path, 'http://azure');
    expect(Object.fromEntries(searchParams)).toEqual({ 'api-version': '2025-05-01' });
    const [id = '', rest] = decodeURIComponent(pathname).split('/providers/Microsoft.ResourceHealth/');
    expect(rest).toBe('availabilityStatuses/current');
    const properties = status(id);
    if (properties)
      reply(response, 200, { id: decodeURIComponent(pathname), name: 'current', location: 'westeurope', properties });
    else reply(response, 404, { error: { code: 'ResourceNotFound', message: 'it was not found' } });
  });
  const fields = v.parse(azureResourceHealthSource.schema, {
    resources: { app, database },
    token: 'a-secret-ARM_TOKEN',
    management: url,
    ...config,
  });
  const source = azureResourceHealthSource.open(fields, sourceContext({ clock: stillClock })) as Source<'deployment'>;
  return source.deployment({ family: 'deployment', targets }, new AbortController().signal);
}

it('reads the health of each resource by its name', async () => {
  const degraded = { ...available, availabilityState: 'Degraded', title: 'Degraded', reasonType: 'Unplanned' };
  const measured = await ask((id) => (id === app ? available : degraded), ['database', 'app']);
  expect(measured).toMatchObject({ kind: 'deployments', seen: 2, partial: false, at: '2026-11-23T10:00:00.000Z' });
  expect(measured.targets).toEqual([
    {
      name: 'database',
      exists: true,
      version: null,
      state: 'running',
      health: 'unhealthy',
      ready: null,
      instances: null,
      traffic: null,
      since: '2026-11-22T08:00:00.000Z',
      reasons: [expect.stringMatching(/^Degraded: Unplanned: There are no known Azure platform problems affecting/)],
      link: `https://portal.azure.com/#resource${database}/resourceHealth`,
    },
    expect.objectContaining({ name: 'app', health: 'healthy', state: 'running', reasons: [] }),
  ]);
});

it('calls a single resource by the last part of its id', async () => {
  const { targets } = await ask(() => available, ['checkout'], { resource: app, resources: undefined });
  expect(targets[0]?.health).toBe('healthy');
});

describe('what Azure says', () => {
  it.each<[string, object, 'healthy' | 'unhealthy' | 'unknown']>([
    ['Available', {}, 'healthy'],
    ['Unavailable', { availabilityState: 'Unavailable' }, 'unhealthy'],
    ['Degraded', { availabilityState: 'Degraded' }, 'unhealthy'],
    ['Unknown', { availabilityState: 'Unknown' }, 'unknown'],
    ['a word that is new', { availabilityState: 'Fabulous' }, 'unknown'],
    ['another letter', { availabilityState: 'available' }, 'unknown'],
    ['nothing', { availabilityState: null }, 'unknown'],
    ['long ago', { reportedTime: '2026-11-23T09:29:59Z' }, 'unknown'],
    ['ill, long ago', { availabilityState: 'Unavailable', reportedTime: '2026-11-23T09:00:00Z' }, 'unknown'],
    ['nobody knows when', { reportedTime: null }, 'unknown'],
    ['in times to come', { reportedTime: '2030-01-01T00:00:00Z' }, 'unknown'],
    ['at no time', { reportedTime: 'once' }, 'unknown'],
    ['just in time', { reportedTime: '2026-11-23T09:30:00Z' }, 'healthy'],
  ])('%s', async (words, change, health) => {
    const { targets } = await ask(() => ({ ...available, ...change }), ['app']);
    expect(targets[0]?.health).toBe(health);
    expect(targets[0]?.reasons.length === 0).toBe(health === 'healthy');
    expect(targets[0]?.state).toBe(health === 'healthy' || words === 'Degraded' ? 'running' : 'unknown');
  });

  it('may be older where the policy says so', async () => {
    const old = { ...available, reportedTime: '2026-11-23T09:00:00Z' };
    const { targets } = await ask(() => old, ['app'], { 'max-age': '1h' });
    expect(targets[0]?.health).toBe('healthy');
  });
});

it('does not take a 404 for a resource that is gone', async () => {
  expect(await failureOf(ask(() => undefined, ['app']))).toMatchObject({ code: 'not-found', permanent: true });
});

it('knows no other names', async () => {
  const failure = await failureOf(ask(() => available, ['cache']));
  expect(failure).toMatchObject({ code: 'bad-query', permanent: true });
  expect(failure.message).toContain('app, database');
});

it.each<[string, object, boolean]>([
  ['a map', { resources: { app } }, true],
  ['one', { resource: app }, true],
  ['both', { resource: app, resources: { app } }, false],
  ['neither', {}, false],
  ['an empty map', { resources: {} }, false],
  ['a group', { resource: group.replace('/providers', '') }, false],
])('takes %s', (_, config, fits) => {
  expect(v.is(azureResourceHealthSource.schema, config)).toBe(fits);
});
