/** Asks LaunchDarkly's REST API (https://launchdarkly.com/docs/api). */
import * as v from 'valibot';
import type { HttpResponse } from '../../../net/http.js';
import { described, filled, httpUrl, secret } from '../../../policy/fields.js';
import { NotMeasured, type SourceContext } from '../../source.js';
import { read, shaped } from '../api.js';
import {
  type Environment,
  environmentForm,
  type Flag,
  flagForm,
  listForm,
  projectEnvironmentForm,
  statusForm,
} from './shapes.js';

export const schema = v.strictObject({
  url: described(
    v.optional(httpUrl, 'https://app.launchdarkly.com'),
    'Address of LaunchDarkly; that of the EU is `https://app.eu.launchdarkly.com`.',
  ),
  project: described(filled, 'Key of the project.'),
  environment: described(filled, 'Key of the environment, e.g. `production`.'),
  token: described(secret, 'Service token, sent as `Authorization` as it is. SDK keys cannot call the API.'),
});
export type Config = v.InferOutput<typeof schema>;

const needs = 'a role that may view the project (Reader)';
const pageSize = 100;

/** What the environment asks of changes. */
export interface Approvals {
  readonly required: boolean;
}

export class Client {
  readonly config: Config;
  readonly context: SourceContext;

  constructor(config: Config, context: SourceContext) {
    this.config = config;
    this.context = context;
  }

  get headers(): Readonly<Record<string, string>> {
    return { authorization: this.config.token, 'ld-api-version': '20240415' };
  }

  url(parts: readonly string[], query: Readonly<Record<string, string>> = {}): string {
    const search = new URLSearchParams(query).toString();
    return `${this.config.url}/api/v2/${parts.map(encodeURIComponent).join('/')}${search === '' ? '' : `?${search}`}`;
  }

  flagUrl(flag: string): string {
    const { project, environment } = this.config;
    return this.url(['flags', project, flag], { env: environment });
  }

  /** Where a person looks at it. */
  link(flag: string): string {
    const { url, project, environment } = this.config;
    return `${url}/projects/${encodeURIComponent(project)}/flags/${encodeURIComponent(flag)}/targeting?env=${encodeURIComponent(environment)}`;
  }

  async #get(url: string, signal: AbortSignal): Promise<HttpResponse | undefined> {
    return await read(this.context, { url, headers: this.headers, needs }, signal);
  }

  /** @returns undefined where the project and the environment are there, and have no such flag */
  async flag(flag: string, signal: AbortSignal): Promise<Flag | undefined> {
    const url = this.flagUrl(flag);
    const response = await this.#get(url, signal);
    if (!response) {
      await this.approvals(signal);
      return undefined;
    }
    const found = shaped(flagForm, response, url);
    if (found.key !== flag) throw new NotMeasured('bad-answer', `${this.config.url} answered for another flag`);
    return found;
  }

  /** @returns undefined where the flag is not set up in the environment, which is there */
  async environmentOf({ environments }: Flag, signal: AbortSignal): Promise<Environment | undefined> {
    const { environment, url } = this.config;
    const found = Object.hasOwn(environments, environment) ? environments[environment] : undefined;
    if (found === undefined) {
      await this.approvals(signal);
      return undefined;
    }
    const parsed = v.safeParse(environmentForm, found);
    if (parsed.success) return parsed.output;
    throw new NotMeasured('bad-answer', `${url} answered in a shape that its API does not have: is the URL right?`);
  }

  /** @throws {NotMeasured} `not-found` when there is no such project or environment */
  async approvals(signal: AbortSignal): Promise<Approvals> {
    const { project, environment } = this.config;
    const url = this.url(['projects', project, 'environments', environment]);
    const response = await this.#get(url, signal);
    if (!response) {
      const message = `${this.config.url} knows no environment ${environment} of project ${project} (404)`;
      throw new NotMeasured('not-found', message, { permanent: true });
    }
    const { approvalSettings } = shaped(projectEnvironmentForm, response, url);
    return { required: approvalSettings?.required === true };
  }

  /** What LaunchDarkly makes of its use; undefined: it does not say. */
  async status(flag: string, signal: AbortSignal): Promise<v.InferOutput<typeof statusForm> | undefined> {
    const { project, environment } = this.config;
    const url = this.url(['flag-statuses', project, environment, flag]);
    const response = await this.#get(url, signal);
    return response && shaped(statusForm, response, url);
  }

  /** Keys of all flags of the project that are not archived. */
  async keys(signal: AbortSignal): Promise<readonly string[]> {
    const keys = new Set<string>();
    const { project, environment } = this.config;
    for (let offset = 0; ; ) {
      const url = this.url(['flags', project], { env: environment, limit: String(pageSize), offset: String(offset) });
      const response = await this.#get(url, signal);
      if (!response) {
        const message = `${this.config.url} knows no project ${project} (404)`;
        throw new NotMeasured('not-found', message, { permanent: true });
      }
      const { items, totalCount } = shaped(listForm, response, url);
      for (const { key } of items) keys.add(key);
      offset += items.length;
      const more = typeof totalCount === 'number' ? offset < totalCount : items.length === pageSize;
      if (!more) return [...keys];
      if (items.length === 0) {
        throw new NotMeasured('bad-answer', `${this.config.url} lists ${offset} of ${totalCount} flags and no more`);
      }
    }
  }
}
