/** Asks Unleash's admin API (https://docs.getunleash.io/reference/api/unleash). */
import * as v from 'valibot';
import { described, filled, httpUrl, secret } from '../../../policy/fields.js';
import { NotMeasured, type SourceContext } from '../../source.js';
import { oneLine } from '../../text.js';
import { read, shaped } from '../api.js';
import {
  changeRequestsForm,
  type Environment,
  environmentsForm,
  eventsForm,
  type Feature,
  featureForm,
  foundForm,
  segmentsForm,
  userForm,
} from './shapes.js';

export const schema = v.strictObject({
  url: described(httpUrl, 'Address of the server; `/api/admin/…` is added to it.'),
  project: described(v.optional(filled, 'default'), 'Id of the project.'),
  environment: described(filled, 'Name of the environment, e.g. `production`.'),
  token: described(secret, 'Admin or service account token, sent as `Authorization` as it is.'),
});
export type Config = v.InferOutput<typeof schema>;

export const needs = 'the permission to read the flags of the project';

/** Of the events that Unleash keeps of a flag, so many of the newest are looked through for one of this environment. */
const eventsLookedAt = 50;
const pageSize = 100;

export interface LastEvent {
  readonly id: number;
  /** ISO 8601. */
  readonly at: string;
  readonly by: string | null;
  readonly environment: string | null;
}

/** What the credential may do to flags in the environment. */
export type Rights = {
  readonly may: boolean | null;
  readonly why?: string;
  readonly blockedBy?: 'approval' | 'permission';
};

export class Client {
  readonly config: Config;
  readonly context: SourceContext;
  /** Asked once in a run: neither changes while a train waits. */
  #rights: Promise<Rights> | undefined;

  constructor(config: Config, context: SourceContext) {
    this.config = config;
    this.context = context;
  }

  get headers(): Readonly<Record<string, string>> {
    return { authorization: this.config.token };
  }

  /** With the parts encoded: a name may hold `/`. */
  url(parts: readonly string[], query: Readonly<Record<string, string>> = {}): string {
    const search = new URLSearchParams(query).toString();
    return `${this.config.url}/api/admin/${parts.map(encodeURIComponent).join('/')}${search === '' ? '' : `?${search}`}`;
  }

  featureUrl(flag: string, ...more: string[]): string {
    return this.url(['projects', this.config.project, 'features', flag, ...more]);
  }

  async #get(url: string, signal: AbortSignal) {
    return await read(this.context, { url, headers: this.headers, needs }, signal);
  }

  async #must<S extends v.GenericSchema>(schema: S, url: string, what: string, signal: AbortSignal) {
    const response = await this.#get(url, signal);
    if (response) return shaped(schema, response, url);
    throw new NotMeasured('not-found', `${this.config.url} knows no ${what} (404)`, { permanent: true });
  }

  /** @returns undefined where the project is there, and has no such flag that is not archived */
  async feature(flag: string, signal: AbortSignal): Promise<Feature | undefined> {
    const url = this.featureUrl(flag);
    const response = await this.#get(url, signal);
    if (!response) {
      const { project } = this.config;
      await this.#must(v.looseObject({}), this.url(['projects', project, 'overview']), `project ${project}`, signal);
      return undefined;
    }
    const feature = shaped(featureForm, response, url);
    if (feature.name !== flag) throw new NotMeasured('bad-answer', `${this.config.url} answered for another flag`);
    return feature;
  }

  /** Whether an archived flag has this name: reading it by name gives the same 404 as one that never was. */
  async isArchived(flag: string, signal: AbortSignal): Promise<boolean> {
    const found = await this.#search({ archived: 'IS:true', query: flag }, signal);
    return found.includes(flag);
  }

  /** Names of all flags of the project that are not archived. */
  async names(signal: AbortSignal): Promise<readonly string[]> {
    return await this.#search({}, signal);
  }

  async #search(filter: Readonly<Record<string, string>>, signal: AbortSignal): Promise<readonly string[]> {
    const names = new Set<string>();
    const { project } = this.config;
    for (let offset = 0; ; ) {
      const page = { project: `IS:${project}`, limit: String(pageSize), offset: String(offset), ...filter };
      const url = this.url(['search', 'features'], page);
      const { features, total } = await this.#must(foundForm, url, 'search', signal);
      for (const { name } of features) names.add(name);
      offset += features.length;
      if (offset >= total) return [...names];
      if (features.length === 0) {
        throw new NotMeasured('bad-answer', `${this.config.url} lists ${offset} of ${total} flags and no more`);
      }
    }
  }

  /** The environment of a flag; undefined: it is not set up there. @throws {NotMeasured} when the server has no such environment */
  async environmentOf({ environments }: Feature, signal: AbortSignal): Promise<Environment | undefined> {
    const { environment } = this.config;
    const found = environments.find(({ name }) => name === environment);
    if (found) return found;
    const known = await this.#must(environmentsForm, this.url(['environments']), 'environments', signal);
    const names = known.environments.map(({ name }) => name);
    if (names.includes(environment)) return undefined;
    const message = `${this.config.url} has no environment ${environment} (it has ${oneLine(names.join(', '))})`;
    throw new NotMeasured('not-found', message, { permanent: true });
  }

  /** The last change of the flag in this environment, or of the flag anywhere; undefined: not among the newest events, or they may not be read. */
  async lastEvent(flag: string, signal: AbortSignal): Promise<LastEvent | undefined> {
    const url = this.url(['search', 'events'], { feature: `IS:${flag}`, limit: String(eventsLookedAt) });
    const { environment } = this.config;
    try {
      const { events } = await this.#must(eventsForm, url, 'events', signal);
      const event = events.find((e) => e.environment === environment || (e.environment ?? null) === null);
      if (!event || Number.isNaN(Date.parse(event.createdAt))) return undefined;
      const at = new Date(event.createdAt).toISOString();
      return { id: event.id, at, by: event.createdBy ?? null, environment: event.environment ?? null };
    } catch (error) {
      if (error instanceof NotMeasured && ['forbidden', 'not-found', 'bad-query'].includes(error.code))
        return undefined;
      throw error;
    }
  }

  /** Names by id. Without the right to read them they stay numbers. */
  async segments(signal: AbortSignal): Promise<ReadonlyMap<number, string>> {
    try {
      const { segments } = await this.#must(segmentsForm, this.url(['segments']), 'segments', signal);
      return new Map(segments.map(({ id, name }) => [id, name]));
    } catch (error) {
      if (error instanceof NotMeasured && ['forbidden', 'not-found'].includes(error.code)) return new Map();
      throw error;
    }
  }

  async rights(signal: AbortSignal): Promise<Rights> {
    this.#rights ??= this.#askRights(signal).catch((error: unknown) => {
      this.#rights = undefined;
      throw error;
    });
    return await this.#rights;
  }

  async #askRights(signal: AbortSignal): Promise<Rights> {
    const { project, environment } = this.config;
    const url = this.url(['projects', project, 'change-requests', 'config']);
    // Only the Enterprise edition has the path.
    const response = await this.#get(url, signal);
    const asked = response ? shaped(changeRequestsForm, response, url) : [];
    if (asked.some((one) => one.environment === environment && one.changeRequestEnabled)) {
      const why = `changes in ${environment} need a change request: let this credential skip them (the permission SKIP_CHANGE_REQUEST)`;
      return { may: false, blockedBy: 'approval', why };
    }
    const { permissions } = await this.#must(userForm, this.url(['user']), 'user', signal);
    const fits = (asks: string | null | undefined, here: string) => (asks ?? '*') === '*' || asks === here;
    const may = permissions.some(
      (p) =>
        p.permission === 'ADMIN' ||
        (p.permission === 'UPDATE_FEATURE_ENVIRONMENT' && fits(p.project, project) && fits(p.environment, environment)),
    );
    if (may) return { may: true };
    const why = `give the credential the permission UPDATE_FEATURE_ENVIRONMENT in ${environment} of ${project}`;
    return { may: false, blockedBy: 'permission', why };
  }
}
