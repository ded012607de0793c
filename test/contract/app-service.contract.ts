/** Shapes: https://learn.microsoft.com/rest/api/appservice/web-apps. */
import { AppServiceServer, type Rule, type Slot } from '../deployment/app-service.provider.js';
import { type Contract, fromPage, type Responder } from './harness.js';

const host = 'checkout-staging.azurewebsites.net';
const rule = (percent: number, more: object = {}): Rule => ({
  name: 'staging',
  actionHostName: host,
  reroutePercentage: percent,
  ...more,
});

/** @param set what is otherwise than well: staging runs 1.2.3 with the settings of production and gets nothing */
const app =
  (set: (slots: { production: Slot; staging: Slot }, app: AppServiceServer) => void = () => undefined): Responder =>
  (request, { now }) => {
    const server = new AppServiceServer(() => now);
    const { production, staging } = server.slots as { production: Slot; staging: Slot };
    staging.settings = { ...production.settings, APP_VERSION: '1.2.3' };
    staging.connectionStrings = production.connectionStrings;
    set({ production, staging }, server);
    const answer = server.respond(request);
    if (!answer) throw new Error('a read is always answered');
    return { ...answer, body: answer.body };
  };

const change = (of: Partial<Slot>): Responder => app(({ staging }) => void Object.assign(staging, of));
const rules = (...given: Rule[]): Responder =>
  app((_, server) => {
    server.rules = given;
  });

/** 403 to what is asked by a path that ends so. */
const forbidden =
  (end: string): Responder =>
  (request, times) =>
    new URL(request.path, 'http://azure').pathname.endsWith(end)
      ? { status: 403, body: { error: { code: 'AuthorizationFailed', message: 'no' } } }
      : app()(request, times);
const shapeless =
  (end: string): Responder =>
  (request, times) =>
    new URL(request.path, 'http://azure').pathname.endsWith(end) ? { body: {} } : app()(request, times);

const never = { impossible: 'Azure tells how it is now, not how it was' };

export const contracts: readonly Contract[] = [
  {
    what: 'a slot before the swap',
    ...fromPage('app-service', 'green is ready to be swapped', 'management'),
    good: app(),
    bad: {
      'another version': change({ settings: { APP_VERSION: '1.2.2', MODE: 'live', COMMON: 'same' } }),
      stopped: change({ state: 'Stopped' }),
      'out of quota': change({ state: 'QuotaExceeded' }),
      'an instance is stopped': change({ instances: ['READY', 'READY', 'STOPPED'] }),
      'too few instances': change({ instances: ['READY'] }),
      'gets traffic': rules(rule(1)),
      'not there': app((_, server) => {
        delete (server.slots as Record<string, Slot>).staging;
      }),
      'a setting is missing': change({ settings: { APP_VERSION: '1.2.3', MODE: 'live' } }),
      'another connection string': change({ connectionStrings: { db: { value: 'Server=test', type: 'SQLAzure' } } }),
    },
    empty: {
      'no instances': change({ instances: [] }),
      'no version': app(({ staging, production }) => {
        staging.settings = { MODE: 'live', COMMON: 'same' };
        production.settings = { MODE: 'live', COMMON: 'same' };
      }),
      'no word on the traffic': app((_, server) => {
        server.rules = null;
      }),
    },
    partial: {
      'the state of an instance is not known': change({ instances: ['READY', 'READY', 'UNKNOWN'] }),
      'a rule moves by itself': rules(rule(0, { changeStep: 5, changeIntervalInMinutes: 10 })),
      'it is being swapped': change({ targetSwapSlot: 'production' }),
      'an operation is under way': change({ more: { inProgressOperationId: '6f2c' } }),
      'the version stays with the slot': app((_, server) => {
        server.sticky.appSettingNames = ['APP_VERSION'];
      }),
      'seen from afar': change({ more: { availabilityState: 'Limited' } }),
      'rules that come to more than all': rules(rule(0), rule(101, { actionHostName: 'x.azurewebsites.net' })),
      'settings may not be listed': forbidden('/config/appsettings/list'),
      'connection strings may not be listed': forbidden('/config/connectionstrings/list'),
      'instances may not be listed': forbidden('/instances'),
      'the configuration may not be read': forbidden('/config/web'),
      'settings without a shape': shapeless('/config/appsettings/list'),
      'connection strings without a shape': shapeless('/config/connectionstrings/list'),
      'sticky names without a shape': shapeless('/config/slotConfigNames'),
      'a site without a shape': shapeless('/slots/staging'),
      'no app': (request, times) =>
        app((_, server) => {
          delete (server.slots as Record<string, Slot>).production;
        })(request, times),
    },
    stale: never,
  },
  {
    what: 'production',
    ...fromPage('app-service', 'blue is there', 'management'),
    good: app(),
    bad: app(({ production }) => void Object.assign(production, { instances: ['READY', 'STOPPED'] })),
    empty: app(({ production }) => void Object.assign(production, { instances: [] })),
    partial: app(({ production }) => void Object.assign(production, { instances: ['READY', undefined] })),
    stale: never,
  },
  {
    what: 'both slots',
    ...fromPage('app-service', 'both slots are ready', 'management'),
    good: app(),
    bad: change({ instances: ['STOPPED', 'READY'] }),
    empty: change({ instances: [] }),
    partial: change({ instances: ['READY', 'UNKNOWN'] }),
    stale: never,
  },
  {
    what: 'a canary',
    ...fromPage('app-service', 'the canary has users', 'management'),
    good: rules(rule(5)),
    bad: { none: rules(), less: rules(rule(4.9)) },
    empty: app((_, server) => {
      server.rules = null;
    }),
    partial: {
      'a rule moves by itself': rules(rule(10, { changeStep: -5 })),
      'no percentage': rules(rule(Number.NaN)),
    },
    stale: never,
  },
];
