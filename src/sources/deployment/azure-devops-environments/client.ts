/** Asks Azure DevOps about the environments of one project (https://learn.microsoft.com/rest/api/azure/devops/distributedtask/environments). */
import type { GenericSchema, InferOutput } from 'valibot';
import * as v from 'valibot';
import type { AzureConfig } from '../../../net/auth/azure.js';
import { azureDevopsCredentials, isUnauthorized, sendToAzureDevops } from '../../../net/auth/azure-devops.js';
import { serverWords } from '../../../net/errors.js';
import type { HttpResponse } from '../../../net/http.js';
import { parseJson } from '../../../net/json.js';
import { organizationOf } from '../../security/azure-devops/target.js';
import { NotMeasured, type SourceContext } from '../../source.js';
import { buildForm, environmentForm, listForm, type RecordOf, recordForm } from './shapes.js';

export interface ClientConfig extends AzureConfig {
  readonly url: string;
  readonly organization?: string | undefined;
  readonly project?: string | undefined;
}

export interface Environment {
  readonly id: number;
  /** As Azure DevOps writes it. */
  readonly name: string;
}

export interface Records {
  readonly list: readonly RecordOf[];
  /** There are, or may be, older ones. */
  readonly cut: boolean;
}

/** What a deployment leaves are as many records as it has jobs, and resources that they run on. */
const pageSize = 200;
/** Of environments whose name is asked for there is one. */
const mostPages = 20;

const toView =
  'the permission to view the environment (its role Reader), and of a token the scope Environment (read & manage)';
const toBuild = 'the permission «View builds» on the pipeline, and of a token the scope Build (read)';

const missing = (field: string): NotMeasured =>
  new NotMeasured('bad-query', `name the \`${field}\` of the source: only on Azure Pipelines it is known`, {
    permanent: true,
  });

export class Client {
  readonly organization: string;
  readonly project: string;
  readonly origin: string;
  readonly #config: ClientConfig;
  readonly #context: SourceContext;
  readonly #base: string;

  /** @throws {NotMeasured} `bad-query`, naming the field that is missing */
  constructor(config: ClientConfig, context: SourceContext) {
    const { SYSTEM_COLLECTIONURI: collection, SYSTEM_TEAMPROJECT: teamProject } = context.identity.env;
    const organization = config.organization ?? organizationOf(collection ?? '');
    if (organization === undefined) throw missing('organization');
    const project = config.project ?? (teamProject || undefined);
    if (project === undefined) throw missing('project');
    this.organization = organization;
    this.project = project;
    this.origin = new URL(config.url).origin;
    this.#config = config;
    this.#context = context;
    this.#base = [config.url, ...[organization, project].map(encodeURIComponent)].join('/');
  }

  now(): number {
    return this.#context.clock.now();
  }

  /** The page for people; without an environment that of all. */
  page(environment?: number): string {
    return `${this.#base}/_environments${environment === undefined ? '' : `/${environment}?view=deployments`}`;
  }

  /**
   * Azure DevOps lists only what one may view, so what is not listed may be hidden as well as not there.
   *
   * @throws {NotMeasured} `not-found`, and as all here do
   */
  async environment(name: string, signal: AbortSignal): Promise<Environment> {
    const seen = new Set<string>();
    for (let token: string | undefined; ; ) {
      const query = { name, ...(token === undefined ? {} : { continuationToken: token }) };
      const response = await this.#get('distributedtask/environments', query, toView, signal);
      const { value } = this.#shaped(listForm(environmentForm), response);
      const found = value.find((one) => one.name.toLowerCase() === name.toLowerCase());
      if (found) return found;
      token = tokenIn(response);
      if (token === undefined) break;
      if (seen.has(token) || seen.size >= mostPages) throw this.#broken('gives a list that does not end');
      seen.add(token);
    }
    const message = `${this.organization}/${this.project} has no environment ${name} that this sign-in may see: is the name right, and does it have ${toView}?`;
    throw new NotMeasured('not-found', message, { permanent: true });
  }

  /** The newest records of deployments, the newest first. @throws {NotMeasured} */
  async records(environment: number, signal: AbortSignal): Promise<Records> {
    const path = `distributedtask/environments/${environment}/environmentdeploymentrecords`;
    const response = await this.#get(path, { top: String(pageSize) }, toView, signal);
    const { value, count } = this.#shaped(listForm(recordForm), response);
    if (typeof count === 'number' && count !== value.length) {
      throw this.#broken(`announced ${count} deployments and sent ${value.length}`);
    }
    if (value.some((one) => one.environmentId !== environment)) {
      throw this.#broken(`lists deployments to other environments than ${environment}`);
    }
    const cut = tokenIn(response) !== undefined || value.length >= pageSize;
    const ordered = value.every(({ id }, i) => id < (value[i - 1]?.id ?? Number.POSITIVE_INFINITY));
    // Where there are more than these, nobody knows which.
    if (cut && !ordered) throw this.#broken('lists deployments in another order than the newest first');
    return { list: value.toSorted((a, b) => b.id - a.id), cut };
  }

  /** The commit that a run of a pipeline was of; undefined: it does not say. @throws {NotMeasured} */
  async commitOf(build: number, signal: AbortSignal): Promise<string | undefined> {
    const response = await this.#get(`build/builds/${build}`, {}, toBuild, signal);
    return this.#shaped(buildForm, response).sourceVersion || undefined;
  }

  async #get(
    path: string,
    query: Readonly<Record<string, string>>,
    needs: string,
    signal: AbortSignal,
  ): Promise<HttpResponse> {
    const search = new URLSearchParams({ ...query, 'api-version': '7.1' });
    const url = `${this.#base}/_apis/${path}?${search.toString()}`;
    const response = await sendToAzureDevops(this.#config, this.#context, url, signal);
    const { status } = response;
    if (status === 200) return response;
    const said = serverWords(response.text, await azureDevopsCredentials(this.#config, this.#context, signal));
    if (isUnauthorized(response)) {
      const message = `${this.origin} does not accept the credential (${status}): it needs ${needs}; has the token expired, and is it for the organization ${this.organization}?${said}`;
      throw new NotMeasured('unauthorized', message);
    }
    if (status === 403) {
      throw new NotMeasured('forbidden', `${this.origin} refuses the request (403), it needs ${needs}${said}`);
    }
    if (status === 404) {
      const message = `${this.origin} knows no such thing in ${this.organization}/${this.project} (404): are \`organization\` and \`project\` right, and does the sign-in have ${needs}?${said}`;
      throw new NotMeasured('not-found', message, { permanent: true });
    }
    if (status >= 400) {
      const message = `Azure DevOps refuses the request (${status})${said}`;
      throw new NotMeasured('bad-query', message, { permanent: true });
    }
    throw this.#broken(`answered ${status}, which means nothing here`);
  }

  #shaped<S extends GenericSchema>(form: S, response: HttpResponse): InferOutput<S> {
    const parsed = v.safeParse(form, parseJson(response, this.origin));
    if (parsed.success) return parsed.output;
    throw this.#broken("answered with something that is not Azure DevOps' API: is `url` right?");
  }

  #broken(what: string): NotMeasured {
    return new NotMeasured('bad-answer', `${this.origin} ${what}`);
  }
}

const tokenIn = ({ headers }: HttpResponse): string | undefined =>
  headers['x-ms-continuationtoken']?.trim() || undefined;
