/**
 * Azure Resource Manager's part for one app of App Service, in its published shapes, keeping state: slots, settings, rules of the traffic,
 * swaps that take their time (https://learn.microsoft.com/rest/api/appservice/web-apps). It checks whatever it is sent.
 */
import { expect } from 'vitest';
import { type Received, reply, type StandIn, standIn } from '../support/server.js';

export const resource =
  '/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/shop/providers/Microsoft.Web/sites/checkout';

/** What the swap exchanges. */
export interface Content {
  linuxFxVersion: string;
  settings: Record<string, string>;
  connectionStrings: Record<string, { value: string; type: string }>;
}

export interface Slot extends Content {
  host: string;
  state: string;
  /** States of its instances. */
  instances: (string | undefined)[];
  modified: string;
  swapped: { timestampUtc: string; sourceSlotName: string; destinationSlotName: string } | null;
  targetSwapSlot: string | null;
  /** Over what Azure says of it otherwise. */
  more: Record<string, unknown>;
}

export interface Rule {
  name?: string | null;
  actionHostName: string;
  reroutePercentage: number;
  changeStep?: number | null;
  changeIntervalInMinutes?: number | null;
  [more: string]: unknown;
}

/** What goes wrong; each once. `lost…`: the connection breaks; `taken…`: the change was made all the same. */
export type Trouble =
  | 'lost'
  | 'taken-lost'
  | 'taken-500'
  | '409'
  | '429'
  | '403'
  | '500'
  /** The swap is taken; the slot it starts from never answers. */
  | 'swap-fails'
  /** The same, as an operation with a status. */
  | 'swap-fails-status'
  /** The routes are exchanged, and something after that fails. */
  | 'swap-fails-late'
  /** The swap is taken, and of its outcome nothing is known. */
  | 'outcome-404'
  | 'outcome-elsewhere';

interface Swapping {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly ends: number;
  readonly trouble: Trouble | undefined;
}

interface Answer {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  readonly body?: unknown;
}

/** App Service's own form of errors. */
const refusal = (status: number, Code: string, Message: string): Answer => ({
  status,
  body: { Code, Message, Target: null, Details: [{ Message }, { Code }], Innererror: null },
});
const notFound = (what: string): Answer => ({
  status: 404,
  body: { error: { code: 'ResourceNotFound', message: `The Resource '${what}' was not found.` } },
});

const slot = (host: string, change: Partial<Slot>): Slot => ({
  host,
  state: 'Running',
  instances: ['READY', 'READY'],
  modified: '2026-11-23T09:00:00.1233333',
  swapped: null,
  targetSwapSlot: null,
  linuxFxVersion: 'NODE|20-lts',
  settings: {},
  connectionStrings: {},
  more: {},
  ...change,
});

export class AppServiceServer {
  slots: Record<string, Slot> = {
    production: slot('checkout.azurewebsites.net', {
      linuxFxVersion: 'DOCKER|shop.azurecr.io/checkout:1.2.2',
      settings: { APP_VERSION: '1.2.2', MODE: 'live', COMMON: 'same' },
      connectionStrings: { db: { value: 'Server=live', type: 'SQLAzure' } },
    }),
    staging: slot('checkout-staging.azurewebsites.net', {
      linuxFxVersion: 'DOCKER|shop.azurecr.io/checkout:1.2.3',
      settings: { APP_VERSION: '1.2.3', MODE: 'test', COMMON: 'same' },
      connectionStrings: { db: { value: 'Server=test', type: 'SQLAzure' } },
    }),
  };
  sticky: { appSettingNames: string[] | null; connectionStringNames: string[] | null } = {
    appSettingNames: ['MODE'],
    connectionStringNames: null,
  };
  rules: Rule[] | null = [];
  /** How long a swap takes, milliseconds. */
  swapMs = 60_000;
  /** What meets the next change. */
  trouble: Trouble | undefined;
  /** Done before each change, as if by somebody else. */
  meanwhile: (() => void) | undefined;
  /** Changes that were taken. */
  readonly changes: string[] = [];
  readonly #now: () => number;
  #swapping: Swapping | undefined;
  readonly #outcomes = new Map<string, Answer>();
  #swaps = 0;

  constructor(now: () => number) {
    this.#now = now;
  }

  async start(): Promise<StandIn> {
    return standIn((request, response) => {
      const answer = this.respond(request);
      if (answer === undefined) response.destroy();
      else reply(response, answer.status ?? 200, answer.body ?? '', { ...answer.headers });
    });
  }

  /** @returns undefined: the connection breaks */
  respond(request: Received): Answer | undefined {
    const { method, path, headers, body } = request;
    expect(headers.authorization).toBe('Bearer a-secret-ARM_TOKEN');
    const url = new URL(path, 'http://azure');
    expect(Object.fromEntries(url.searchParams)).toEqual({ 'api-version': '2024-11-01' });
    const full = decodeURIComponent(url.pathname);
    expect(full.startsWith(resource)).toBe(true);
    this.#settle();
    const [, name = 'production', rest = ''] =
      /^(?:\/slots\/([^/]+))?(?:\/(.*))?$/.exec(full.slice(resource.length)) ?? [];
    if (full === `${resource}/slots`) return this.#list();
    if (!Object.hasOwn(this.slots, name)) return notFound(`Microsoft.Web/sites/checkout/slots/${name}`);
    const asked = `${method} ${rest}`;
    if (asked === 'PATCH config/web' || asked === 'POST slotsswap') {
      expect(headers['content-type']).toBe('application/json');
      const change = JSON.parse(body) as Record<string, unknown>;
      return this.#changed(() =>
        method === 'PATCH' ? this.#patch(name, change) : this.#swap(name, change, headers.host),
      );
    }
    expect(body).toBe('');
    // Azure answers 411 without it.
    if (method === 'POST') expect(headers['content-length']).toBe('0');
    const at = this.slots[name] as Slot;
    switch (asked) {
      case 'GET ':
        return { body: this.#site(name) };
      case 'GET config/web':
        return { body: this.#config(name) };
      case 'GET instances':
        return { body: { value: at.instances.map((state, i) => this.#instance(`${i}`, state)), nextLink: null } };
      case 'POST config/appsettings/list':
        return { body: { properties: at.settings } };
      case 'POST config/connectionstrings/list':
        return { body: { properties: at.connectionStrings } };
      case 'GET config/slotConfigNames':
        expect(name).toBe('production');
        return { body: { properties: { ...this.sticky, azureStorageConfigNames: null } } };
      default:
        expect(rest).toMatch(/^operationresults\//);
        return this.#outcome(rest.slice('operationresults/'.length));
    }
  }

  /** Weights as a user of the app sees them. */
  get weights(): Record<string, number> {
    const away = (this.rules ?? []).map(({ actionHostName, reroutePercentage }) => {
      const [name = actionHostName] = Object.entries(this.slots).find(([, { host }]) => host === actionHostName) ?? [];
      return [name, reroutePercentage] as const;
    });
    const sum = away.reduce((total, [, percent]) => total + percent, 0);
    return { production: 100 - sum, ...Object.fromEntries(away.filter(([, percent]) => percent > 0)) };
  }

  #changed(take: () => Answer): Answer | undefined {
    this.meanwhile?.();
    this.meanwhile = undefined;
    const { trouble } = this;
    if (trouble && !trouble.startsWith('swap') && !trouble.startsWith('outcome')) this.trouble = undefined;
    switch (trouble) {
      case 'lost':
        return undefined;
      case '409':
        return refusal(409, 'Conflict', 'Cannot modify this site because another operation is in progress.');
      case '429':
        return { ...refusal(429, 'TooManyRequests', 'slow down'), headers: { 'retry-after': '60' } };
      case '403':
        return { status: 403, body: { error: { code: 'AuthorizationFailed', message: 'no authorization for it' } } };
      case '500':
        return refusal(500, 'InternalServerError', 'There was an unexpected error.');
      case 'taken-lost':
        take();
        return undefined;
      case 'taken-500':
        take();
        return refusal(500, 'InternalServerError', 'There was an unexpected error.');
      default:
        return take();
    }
  }

  #patch(name: string, change: Record<string, unknown>): Answer {
    expect(name).toBe('production');
    const { rampUpRules } = (change.properties as { experiments: { rampUpRules: Rule[] } }).experiments;
    expect(change).toEqual({ properties: { experiments: { rampUpRules } } });
    for (const { actionHostName, reroutePercentage } of rampUpRules) {
      expect(actionHostName).toMatch(/\.azurewebsites\.net$/);
      expect(reroutePercentage).toBeGreaterThanOrEqual(0);
    }
    expect(rampUpRules.reduce((sum, rule) => sum + rule.reroutePercentage, 0)).toBeLessThanOrEqual(100);
    if (this.#swapping) return refusal(409, 'Conflict', 'another operation is in progress');
    this.rules = rampUpRules;
    this.changes.push(`rules ${JSON.stringify(this.weights)}`);
    this.#touch('production');
    return { body: this.#config(name) };
  }

  #swap(from: string, change: Record<string, unknown>, host = ''): Answer {
    const to = String(change.targetSlot);
    expect(change).toEqual({ targetSlot: to, preserveVnet: true });
    expect(Object.keys(this.slots)).toContain(to);
    if (this.#swapping) {
      return refusal(
        409,
        'Conflict',
        'Cannot modify this site because another operation is in progress. SwapSiteSlots',
      );
    }
    this.#swaps += 1;
    const id = `op-${this.#swaps}`;
    const { trouble } = this;
    this.trouble = undefined;
    this.#swapping = { id, from, to, ends: this.#now() + this.swapMs, trouble };
    this.changes.push(`swap ${from} ${to}`);
    const origin = trouble === 'outcome-elsewhere' ? 'https://elsewhere.example' : `http://${host}`;
    const location = `${origin}${resource}/slots/${from}/operationresults/${id}?api-version=2024-11-01`;
    return { status: 202, headers: { location, 'retry-after': '15' } };
  }

  #outcome(id: string): Answer {
    const swapping = this.#swapping;
    if (swapping?.trouble === 'outcome-404') return notFound(id);
    if (swapping?.id === id) return { status: 202, headers: { 'retry-after': '15' } };
    return this.#outcomes.get(id) ?? notFound(id);
  }

  /** Ends the swap whose time has come. */
  #settle(): void {
    const swapping = this.#swapping;
    if (!swapping || this.#now() < swapping.ends) return;
    const { id, from, to, ends, trouble } = swapping;
    this.#swapping = undefined;
    const silent = `Cannot swap site slots for site 'checkout' because the '${from}' slot did not respond to http ping.`;
    if (trouble === 'swap-fails') this.#outcomes.set(id, refusal(417, 'ExpectationFailed', silent));
    if (trouble === 'swap-fails-status') {
      this.#outcomes.set(id, { body: { id, status: 'Failed', error: { code: 'ExpectationFailed', message: silent } } });
    }
    if (trouble === 'swap-fails' || trouble === 'swap-fails-status') return;
    this.#exchange(from, to, ends);
    this.#outcomes.set(
      id,
      trouble === 'swap-fails-late' ? refusal(400, 'BadRequest', 'late') : { body: this.#site(from) },
    );
  }

  #exchange(from: string, to: string, at: number): void {
    const [a, b] = [this.slots[from] as Slot, this.slots[to] as Slot];
    [a.linuxFxVersion, b.linuxFxVersion] = [b.linuxFxVersion, a.linuxFxVersion];
    const stay = (name: string): boolean => this.sticky.appSettingNames?.includes(name) ?? false;
    const of = (one: Slot, sticky: boolean) => Object.entries(one.settings).filter(([name]) => stay(name) === sticky);
    [a.settings, b.settings] = [
      Object.fromEntries([...of(a, true), ...of(b, false)]),
      Object.fromEntries([...of(b, true), ...of(a, false)]),
    ];
    const timestampUtc = `${new Date(at).toISOString().slice(0, -1)}4567`;
    // As Azure capitalises it.
    const named = (name: string): string => (name === 'production' ? 'Production' : name);
    for (const one of [a, b]) {
      one.swapped = { timestampUtc, sourceSlotName: named(from), destinationSlotName: named(to) };
    }
    this.#touch(from);
    this.#touch(to);
  }

  #touch(name: string): void {
    (this.slots[name] as Slot).modified = `${new Date(this.#now()).toISOString().slice(0, -1)}3333`;
  }

  #list(): Answer {
    const names = Object.keys(this.slots).filter((name) => name !== 'production');
    return { body: { value: names.map((name) => this.#site(name)), nextLink: null } };
  }

  #site(name: string): object {
    const { host, state, modified, swapped, targetSwapSlot, more } = this.slots[name] as Slot;
    const part = name === 'production' ? '' : `/slots/${name}`;
    const swapping = this.#swapping && [this.#swapping.from, this.#swapping.to].includes(name);
    return {
      id: resource + part,
      name: name === 'production' ? 'checkout' : `checkout/${name}`,
      type: name === 'production' ? 'Microsoft.Web/sites' : 'Microsoft.Web/sites/slots',
      kind: 'app,linux,container',
      location: 'West Europe',
      properties: {
        state,
        availabilityState: 'Normal',
        usageState: 'Normal',
        enabled: true,
        defaultHostName: host,
        hostNames: [host],
        enabledHostNames: [host, host.replace('.', '.scm.')],
        lastModifiedTimeUtc: modified,
        slotSwapStatus: swapped,
        targetSwapSlot,
        inProgressOperationId: swapping ? this.#swapping?.id : null,
        siteConfig: null,
        ...more,
      },
    };
  }

  #config(name: string): object {
    const { linuxFxVersion } = this.slots[name] as Slot;
    const rampUpRules = name === 'production' ? this.rules : [];
    return {
      name: 'checkout',
      type: 'Microsoft.Web/sites/config',
      properties: {
        numberOfWorkers: 1,
        linuxFxVersion,
        windowsFxVersion: null,
        alwaysOn: true,
        experiments: rampUpRules === null ? null : { rampUpRules },
      },
    };
  }

  #instance(name: string, state: string | undefined): object {
    return { name, type: 'Microsoft.Web/sites/instances', properties: { ...(state ? { state } : {}), containers: {} } };
  }
}
