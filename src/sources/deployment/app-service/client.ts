/** Asks Azure about one app of App Service and its slots. */
import type { GenericSchema, InferOutput } from 'valibot';
import * as v from 'valibot';
import { NotMeasured } from '../../source.js';
import { type Arm, lastSegment, notArm } from '../../telemetry/azure-monitor/arm.js';
import {
  appSettingsForm,
  connectionStringsForm,
  instanceForm,
  type Site,
  siteForm,
  stickyForm,
  type WebConfig,
  webConfigForm,
} from './shapes.js';

/** What the production slot is called. */
export const production = 'production';

/** Of Microsoft.Web. */
export const apiVersion = { 'api-version': '2024-11-01' };

const slotForm = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/i;

const reading = 'the role Reader on the app';
/** What it takes to see the values of settings. */
const listing = 'the actions Microsoft.Web/sites/config/list/action and Microsoft.Web/sites/slots/config/list/action';

/** The settings of a slot. They are compared and never kept: no value may reach a record, a log or a message. */
export interface Settings {
  readonly app: ReadonlyMap<string, string>;
  /** The type stands before the value. */
  readonly connectionStrings: ReadonlyMap<string, string>;
}

export interface Sticky {
  readonly app: ReadonlySet<string>;
  readonly connectionStrings: ReadonlySet<string>;
}

/** Each asks anew. @throws {NotMeasured} */
export class AppClient {
  readonly arm: Arm;
  /** Id of the app. */
  readonly resource: string;
  readonly name: string;

  constructor(arm: Arm, resource: string) {
    this.arm = arm;
    this.resource = resource;
    this.name = lastSegment(resource);
  }

  /** Id of a slot, or of the app for the production slot. */
  idOf(slot: string): string {
    if (slot === production) return this.resource;
    if (slotForm.test(slot)) return `${this.resource}/slots/${slot}`;
    throw new NotMeasured('bad-query', `${slot} cannot be the name of a slot`, { permanent: true });
  }

  /** @returns undefined when there is no such slot; that there is an app at all the caller has to see to */
  slot(slot: string, signal: AbortSignal): Promise<Site | undefined> {
    return this.#ifThere(this.#get(siteForm, this.idOf(slot), signal));
  }

  /** The app itself, which is its production slot. */
  app(signal: AbortSignal): Promise<Site> {
    return this.#get(siteForm, this.resource, signal);
  }

  /** All slots but production, by name. */
  async slots(signal: AbortSignal): Promise<ReadonlyMap<string, Site>> {
    const sites = await this.#list(siteForm, `${this.resource}/slots`, signal);
    return new Map(
      sites.map((site) => {
        const name = lastSegment(site.name ?? '');
        if (name === '') throw notArm(this.arm.origin);
        return [name, site] as const;
      }),
    );
  }

  async config(slot: string, signal: AbortSignal): Promise<WebConfig> {
    return (await this.#get(webConfigForm, `${this.idOf(slot)}/config/web`, signal)).properties;
  }

  /** States of the instances that run the slot, in Azure's words. */
  async instances(slot: string, signal: AbortSignal): Promise<readonly string[]> {
    const instances = await this.#list(instanceForm, `${this.idOf(slot)}/instances`, signal);
    return instances.map(({ properties }) => properties?.state?.toUpperCase() ?? 'UNKNOWN');
  }

  async appSettings(slot: string, signal: AbortSignal): Promise<ReadonlyMap<string, string>> {
    const { properties } = await this.#post(appSettingsForm, `${this.idOf(slot)}/config/appsettings/list`, signal);
    return new Map(Object.entries(properties).map(([name, value]) => [name, value ?? '']));
  }

  /** @returns as `slot` does */
  async settings(slot: string, signal: AbortSignal): Promise<Settings | undefined> {
    const path = `${this.idOf(slot)}/config/connectionstrings/list`;
    const [app, listed] = await Promise.all([
      this.#ifThere(this.appSettings(slot, signal)),
      this.#ifThere(this.#post(connectionStringsForm, path, signal)),
    ]);
    if (!app || !listed) return undefined;
    const strings = Object.entries(listed.properties).map(
      ([name, { type, value }]) => [name, `${type ?? ''} ${value ?? ''}`] as const,
    );
    return { app, connectionStrings: new Map(strings) };
  }

  /** What stays with its slot in a swap. */
  async sticky(signal: AbortSignal): Promise<Sticky> {
    const { properties } = await this.#get(stickyForm, `${this.resource}/config/slotConfigNames`, signal);
    return {
      app: new Set(properties.appSettingNames),
      connectionStrings: new Set(properties.connectionStringNames),
    };
  }

  /** A 404 says that it is not there, as long as the app is. */
  async #ifThere<T>(asked: Promise<T>): Promise<T | undefined> {
    try {
      return await asked;
    } catch (error) {
      if (error instanceof NotMeasured && error.code === 'not-found') return undefined;
      throw error;
    }
  }

  async #get<S extends GenericSchema>(form: S, path: string, signal: AbortSignal): Promise<InferOutput<S>> {
    return this.#shaped(form, await this.arm.get(path, apiVersion, reading, signal));
  }

  async #post<S extends GenericSchema>(form: S, path: string, signal: AbortSignal): Promise<InferOutput<S>> {
    return this.#shaped(form, await this.arm.post(path, apiVersion, listing, signal));
  }

  async #list<S extends GenericSchema>(form: S, path: string, signal: AbortSignal): Promise<InferOutput<S>[]> {
    const { items, cut } = await this.arm.list(path, apiVersion, reading, signal);
    if (cut) throw new NotMeasured('too-many', `${path} has more pages than are read`, { permanent: true });
    return items.map((item) => this.#shaped(form, item));
  }

  /** Without a word of what was answered, which may hold secrets. */
  #shaped<S extends GenericSchema>(form: S, answer: unknown): InferOutput<S> {
    const parsed = v.safeParse(form, answer);
    if (parsed.success) return parsed.output;
    throw notArm(this.arm.origin);
  }
}
