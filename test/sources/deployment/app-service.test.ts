import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import type { Target } from '../../../src/record/deployments.js';
import { appServiceSource } from '../../../src/sources/deployment/app-service/index.js';
import { type AppServiceServer, resource, type Slot } from '../../deployment/app-service.provider.js';
import { failureOf } from '../../support/entra.js';
import { open } from './app-service.support.js';

const host = 'checkout-staging.azurewebsites.net';
const to = (reroutePercentage: number, more = {}) => ({
  name: 'staging',
  actionHostName: host,
  reroutePercentage,
  ...more,
});
const setting = { version: { setting: 'APP_VERSION' } };

/** The target `staging` where Azure says something else of it, or of the app. */
async function staging(
  change: Partial<Slot>,
  config = {},
  ofApp: Partial<Pick<AppServiceServer, 'rules' | 'sticky'>> = {},
): Promise<Target> {
  const { ask } = await open((app) => {
    Object.assign(app.slots.staging as Slot, change);
    Object.assign(app, ofApp);
  }, config);
  return (await ask('staging')).targets[0] as Target;
}

describe('a slot', () => {
  it('is read with its image, instances and share, beside production', async () => {
    const { ask } = await open((app) => {
      app.rules = [to(5)];
    });
    const { targets, seen, partial, notes, subject } = await ask('staging', 'production');
    expect({ seen, partial, notes, subject }).toEqual({
      seen: 2,
      partial: false,
      notes: [],
      subject: 'slots of app checkout',
    });
    expect(targets).toEqual([
      {
        name: 'staging',
        exists: true,
        version: '1.2.3',
        state: 'running',
        health: 'unknown',
        ready: true,
        instances: { wanted: 2, ready: 2 },
        traffic: 5,
        since: '2026-11-23T09:00:00.123Z',
        reasons: [],
        link: `https://portal.azure.com/#resource${resource}/slots/staging`,
      },
      expect.objectContaining({ name: 'production', version: '1.2.2', traffic: 95 }),
    ]);
  });

  it('that is not there is said to be so, and the others are answered', async () => {
    const { ask } = await open();
    const { targets, seen } = await ask('green', 'staging');
    expect(seen).toBe(1);
    expect(targets.map(({ name, exists, ready, traffic }) => ({ name, exists, ready, traffic }))).toEqual([
      { name: 'green', exists: false, ready: null, traffic: null },
      { name: 'staging', exists: true, ready: true, traffic: 0 },
    ]);
  });

  it('of an app that is not there is not measured', async () => {
    const gone = await open((app) => {
      delete (app.slots as Record<string, Slot>).production;
    });
    expect(await failureOf(gone.ask('green'))).toMatchObject({ code: 'not-found', permanent: true });
  });

  it.each(['../../x', '..', 'a/b', 'a b', ''])('cannot be called %j', async (name) => {
    const { ask } = await open();
    expect(await failureOf(ask(name))).toMatchObject({ code: 'bad-query', permanent: true });
  });
});

describe('its state', () => {
  it.each<[string, Partial<Slot>, Partial<Target>]>([
    ['stopped', { state: 'Stopped' }, { state: 'stopped', ready: false }],
    ['out of quota', { state: 'QuotaExceeded' }, { state: 'stopped', ready: false }],
    ['over its usage', { more: { usageState: 'Exceeded' } }, { state: 'stopped', ready: false }],
    ['disabled', { more: { enabled: false } }, { state: 'stopped', ready: false }],
    ['being swapped', { targetSwapSlot: 'Production' }, { state: 'deploying' }],
    ['under an operation', { more: { inProgressOperationId: 'x' } }, { state: 'deploying' }],
    ['in a state that nobody knows', { state: 'Dreaming' }, { state: 'unknown' }],
    ['without a state', { more: { state: null } }, { state: 'unknown' }],
    ['seen from afar', { more: { availabilityState: 'Limited' } }, { state: 'unknown' }],
  ])('%s', async (_, change, expected) => {
    const target = await staging(change);
    expect(target).toMatchObject(expected);
    expect(target.reasons).not.toEqual([]);
  });
});

describe('whether it is ready', () => {
  it.each<[string, (string | undefined)[], boolean | null, Target['instances']]>([
    ['all ready', ['READY', 'ready'], true, { wanted: 2, ready: 2 }],
    ['one stopped', ['READY', 'STOPPED'], false, { wanted: 2, ready: 1 }],
    ['one unknown', ['READY', 'UNKNOWN'], null, { wanted: 2, ready: 1 }],
    ['one without a state', ['READY', undefined], null, { wanted: 2, ready: 1 }],
    ['one in a new state', ['READY', 'NAPPING'], null, { wanted: 2, ready: 1 }],
    ['none listed', [], null, null],
  ])('%s', async (_, instances, ready, counted) => {
    const target = await staging({ instances: instances });
    expect(target).toMatchObject({ ready, instances: counted });
    expect(target.reasons.length).toBe(ready === true ? 0 : 1);
  });
});

describe('its version', () => {
  it.each<[string, string, string | null]>([
    ['a tag', 'DOCKER|checkout:2.0.0-rc.1', '2.0.0-rc.1'],
    ['behind a port', 'DOCKER|localhost:5000/checkout:1', '1'],
    ['a port and no tag', 'DOCKER|localhost:5000/checkout', null],
    ['a digest', 'DOCKER|shop.azurecr.io/c@sha256:0abc', 'sha256:0abc'],
    ['a tag and a digest', 'DOCKER|shop.azurecr.io/c:1.2@sha256:0abc', '1.2'],
    ['a tag that moves', 'DOCKER|shop.azurecr.io/c:latest', null],
    ['a tag that moves, and a digest', 'DOCKER|shop.azurecr.io/c:latest@sha256:0abc', 'sha256:0abc'],
    ['no tag', 'DOCKER|shop.azurecr.io/c', null],
    ['several containers', 'COMPOSE|dmVyc2lvbjogJzMn', null],
    ['code', 'NODE|20-lts', null],
    ['nothing', '', null],
  ])('from an image: %s', async (_, image, version) => {
    const target = await staging({ linuxFxVersion: image });
    expect(target.version).toBe(version);
    expect(target.reasons.length).toBe(version === null ? 1 : 0);
  });

  it('is that of a setting', async () => {
    expect(await staging({}, setting)).toMatchObject({ version: '1.2.3', reasons: [] });
  });

  it('is not known where the setting is sticky, is empty or is not there', async () => {
    const sticky = await staging({}, setting, {
      sticky: { appSettingNames: ['APP_VERSION'], connectionStringNames: [] },
    });
    expect(sticky).toMatchObject({ version: null, reasons: [expect.stringContaining('sticky')] });
    const empty = await staging({ settings: { APP_VERSION: ' ' } }, setting);
    const none = await staging({ settings: {} }, setting);
    for (const target of [empty, none]) expect(target).toMatchObject({ version: null, reasons: [expect.any(String)] });
  });
});

describe('since when it runs there', () => {
  const swapped = {
    timestampUtc: '2026-11-23T09:30:00.1234567',
    sourceSlotName: 'staging',
    destinationSlotName: 'Production',
  };

  it('an image: since the last swap or change of the configuration', async () => {
    expect((await staging({ swapped: swapped })).since).toBe('2026-11-23T09:30:00.123Z');
    expect((await staging({ modified: '2026-11-23T09:45:00' })).since).toBe('2026-11-23T09:45:00.000Z');
    expect((await staging({ modified: 'once' })).since).toBeNull();
  });

  it('code: only in production, and after a swap', async () => {
    expect((await staging({ swapped: swapped }, setting)).since).toBeNull();
    const { ask, app } = await open(undefined, setting);
    expect((await ask('production')).targets[0]?.since).toBeNull();
    (app.slots.production as Slot).swapped = swapped;
    expect((await ask('production')).targets[0]?.since).toBe('2026-11-23T09:30:00.123Z');
  });
});

describe('its share of the traffic', () => {
  const shares = async (rules: AppServiceServer['rules']): Promise<unknown[]> => {
    const { ask } = await open((app) => {
      app.rules = rules;
    });
    return (await ask('production', 'staging')).targets.map(({ traffic }) => traffic);
  };
  it.each<[string, AppServiceServer['rules'], (number | null)[]]>([
    ['no rules', [], [100, 0]],
    ['a part', [to(33.3)], [66.7, 33.3]],
    ['all', [to(100)], [0, 100]],
    ['a host in other letters', [{ ...to(20), actionHostName: host.toUpperCase() }], [80, 20]],
    ['a rule of zero', [to(0)], [100, 0]],
    [
      'a slot that was not asked for',
      [to(10), { actionHostName: 'x.azurewebsites.net', reroutePercentage: 20 }],
      [70, 10],
    ],
    [
      'a rule to production itself',
      [{ actionHostName: 'checkout.azurewebsites.net', reroutePercentage: 90 }],
      [100, 0],
    ],
    ['Azure does not say', null, [null, null]],
    ['more than all', [to(60), { actionHostName: 'x.azurewebsites.net', reroutePercentage: 60 }], [null, null]],
    ['less than nothing', [to(-5)], [null, null]],
    ['no percentage', [{ actionHostName: host } as never], [null, null]],
    ['one that moves by itself', [to(10, { changeStep: 5, changeIntervalInMinutes: 10 })], [null, null]],
    ['another that moves', [to(10), { actionHostName: 'x', reroutePercentage: 5, changeStep: 5 }], [null, 10]],
  ])('%s', async (_, rules, expected) => {
    expect(await shares(rules)).toEqual(expected);
  });

  it('that moves by itself says so', async () => {
    const target = await staging({}, {}, { rules: [to(10, { changeStep: 5, changeIntervalInMinutes: 10 })] });
    expect(target.reasons).toEqual([`Azure itself moves the share of ${host} by 5 % every 10 min`]);
  });
});

describe('its settings', () => {
  const between = { target: 'staging', like: 'production' };

  it('are compared by name, and no value is told', async () => {
    const { answer } = await open((app) => {
      (app.slots.staging as Slot).settings = { MODE: 'test', COMMON: 'same', NEW: 'n-e-w', db: 'x' };
    });
    const measured = await answer({ targets: ['staging'], settings: between });
    expect(measured.settings).toEqual({
      ...between,
      compared: 6,
      differ: [
        { name: 'APP_VERSION', how: 'missing', sticky: false },
        { name: 'MODE', how: 'other-value', sticky: true },
        { name: 'NEW', how: 'only-here', sticky: false },
        { name: 'db', how: 'only-here', sticky: false },
        { name: 'connection string db', how: 'other-value', sticky: false },
      ],
    });
    for (const value of ['live', 'n-e-w', 'Server']) expect(JSON.stringify(measured)).not.toContain(value);
  });

  it('leave out the one that says the version', async () => {
    const { answer } = await open(undefined, setting);
    const { settings } = await answer({ targets: ['staging'], settings: between });
    expect(settings?.compared).toBe(3);
    expect(settings?.differ.map(({ name }) => name)).toEqual(['MODE', 'connection string db']);
  });

  it('of a slot that is not there are not compared', async () => {
    const { answer } = await open();
    const measured = await answer({ targets: ['green'], settings: { target: 'green', like: 'production' } });
    expect(measured.settings).toBeUndefined();
    expect(measured.targets[0]?.exists).toBe(false);
  });

  it('in a wrong shape are not measured, and not quoted', async () => {
    const { answer } = await open((app) => {
      (app.slots.staging as Slot).settings = { KEY: { deep: 'a-hidden-value' } as never };
    });
    const failure = await failureOf(answer({ targets: ['staging'], settings: between }));
    expect(failure.code).toBe('bad-answer');
    expect(failure.message).not.toContain('hidden');
    const none = await open((app) => {
      (app.slots.staging as Slot).settings = null as never;
    });
    expect(await failureOf(none.answer({ targets: ['staging'], settings: between }))).toMatchObject({
      code: 'bad-answer',
    });
  });
});

it('takes the id of an app, and of nothing else', () => {
  const fits = (id: string): boolean => v.is(appServiceSource.schema, { resource: id });
  expect(fits(`${resource}/`)).toBe(true);
  expect(fits(resource.toLowerCase().replace('resourcegroups', 'resourceGroups'))).toBe(true);
  expect(fits(`${resource}/slots/staging`)).toBe(false);
  expect(fits(resource.replace('Web/sites', 'Web/serverfarms'))).toBe(false);
  expect(fits('/subscriptions/x')).toBe(false);
});
