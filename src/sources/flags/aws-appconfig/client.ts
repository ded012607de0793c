/** Asks AWS AppConfig's REST API, which is signed like all of AWS. */
import * as v from 'valibot';
import { awsEndpoint, awsFields, oneWayToAws, sendToAws, signsInToAwsOneWay } from '../../../net/auth/aws.js';
import { awsErrorOf, awsWords } from '../../../net/auth/aws-errors.js';
import type { HttpRequest, HttpResponse } from '../../../net/http.js';
import { described, httpUrl } from '../../../policy/fields.js';
import { NotMeasured, type SourceContext } from '../../source.js';
import { oneLine } from '../../text.js';
import { shaped } from '../api.js';
import { Refused } from '../control.js';
import {
  type Deployment,
  deploymentForm,
  deploymentsForm,
  documentForm,
  type FlagDocument,
  type Profile,
  profileForm,
  versionsForm,
} from './shapes.js';

const id = v.pipe(v.string(), v.regex(/^[a-z0-9]{4,7}$/, 'an id of 4 to 7 lower-case letters and digits'));

const fields = v.strictObject({
  ...awsFields,
  application: described(id, 'Id of the application.'),
  environment: described(id, 'Id of the environment.'),
  profile: described(id, 'Id of the configuration profile, of the type feature flags.'),
  strategy: described(
    v.optional(
      v.pipe(
        v.string(),
        v.regex(/^(?:[a-z0-9]{4,7}|AppConfig\.[A-Za-z0-9]{9,40})$/, 'the id of a deployment strategy'),
      ),
      'AppConfig.AllAtOnce',
    ),
    'Deployment strategy of a change. Default: `AppConfig.AllAtOnce`, which bakes for ten minutes, in which nothing else can be deployed.',
  ),
  endpoint: described(
    v.optional(httpUrl),
    'Base URL, for a private endpoint. Default: `https://appconfig.REGION.amazonaws.com`.',
  ),
});
export const schema = v.pipe(
  fields,
  v.check((c) => signsInToAwsOneWay(c), oneWayToAws),
);
export type Config = v.InferOutput<typeof fields>;

/** What an environment serves of a profile. */
export interface Deployed {
  /** The newest of the profile that counts, and what it deploys. */
  readonly newest: Deployment;
  /** A deployment is under way: the version that the other targets have; null: there was none before. */
  readonly underWay: { readonly before: string | null } | undefined;
}

const pageSize = '50';
const notDeployed: ReadonlySet<string> = new Set(['ROLLED_BACK', 'REVERTED']);

export class Client {
  readonly config: Config;
  readonly context: SourceContext;
  readonly #url: string;
  /** Asked once in a run: it does not change while a train waits. */
  #profile: Promise<Profile> | undefined;

  constructor(config: Config, context: SourceContext) {
    this.config = config;
    this.context = context;
    this.#url = config.endpoint ?? awsEndpoint('appconfig', config.region);
  }

  get #versions(): string {
    const { application, profile } = this.config;
    return `/applications/${application}/configurationprofiles/${profile}/hostedconfigurationversions`;
  }

  get #deployments(): string {
    const { application, environment } = this.config;
    return `/applications/${application}/environments/${environment}/deployments`;
  }

  get deploymentsUrl(): string {
    return `${this.#url}${this.#deployments}`;
  }

  async #send(
    operation: string,
    path: string,
    request: Pick<HttpRequest, 'method' | 'headers' | 'body' | 'once' | 'signal'>,
  ): Promise<HttpResponse> {
    const { headers, ...rest } = request;
    const sent = { url: `${this.#url}${path}`, headers: { accept: 'application/json', ...headers }, ...rest };
    return await sendToAws(this.context, this.config, 'appconfig', sent, `\`appconfig:${operation}\``);
  }

  /** @param what that is missing on 404; undefined: the caller tells */
  async #get(operation: string, path: string, what: string, signal: AbortSignal): Promise<HttpResponse> {
    const response = await this.#send(operation, path, { signal });
    const error = awsErrorOf(response);
    if (!error) return response;
    if (response.status === 404) {
      throw new NotMeasured('not-found', `AWS AppConfig knows no ${what}${awsWords(error)}`, { permanent: true });
    }
    const message = `AWS AppConfig refuses the question (${response.status})${awsWords(error)}`;
    throw new NotMeasured('bad-query', message, { permanent: true });
  }

  async profile(signal: AbortSignal): Promise<Profile> {
    this.#profile ??= this.#askProfile(signal).catch((error: unknown) => {
      this.#profile = undefined;
      throw error;
    });
    return await this.#profile;
  }

  async #askProfile(signal: AbortSignal): Promise<Profile> {
    const { application, profile } = this.config;
    const path = `/applications/${application}/configurationprofiles/${profile}`;
    const what = `profile ${profile} of the application ${application}`;
    const found = shaped(profileForm, await this.#get('GetConfigurationProfile', path, what, signal), this.#url);
    if (found.Id !== profile) throw new NotMeasured('bad-answer', `${this.#url} answered for another profile`);
    if (found.Type !== 'AWS.AppConfig.FeatureFlags' || found.LocationUri !== 'hosted') {
      const message = `the profile ${oneLine(found.Name, 60)} holds no feature flags in AppConfig's own store`;
      throw new NotMeasured('bad-query', message, { permanent: true });
    }
    return found;
  }

  /** @returns undefined where nothing of the profile was ever deployed to the environment */
  async deployed(signal: AbortSignal): Promise<Deployed | undefined> {
    const { Name } = await this.profile(signal);
    let newest: Deployment | undefined;
    for await (const number of this.#numbersOf(Name, signal)) {
      const deployment = await this.#deployment(number, signal);
      if (!deployment || notDeployed.has(deployment.State)) continue;
      const done = deployment.State === 'COMPLETE';
      if (newest) {
        if (done) return { newest, underWay: { before: deployment.ConfigurationVersion } };
      } else {
        newest = deployment;
        if (done) return { newest, underWay: undefined };
      }
    }
    return newest && { newest, underWay: { before: null } };
  }

  /** Newest first. */
  async *#numbersOf(name: string, signal: AbortSignal): AsyncGenerator<number> {
    const seen = new Set<string>();
    const what = `environment ${this.config.environment} of the application ${this.config.application}`;
    for (let token = ''; ; ) {
      const query = new URLSearchParams({ max_results: pageSize, ...(token === '' ? {} : { next_token: token }) });
      const path = `${this.#deployments}?${query.toString()}`;
      const page = shaped(deploymentsForm, await this.#get('ListDeployments', path, what, signal), this.#url);
      for (const item of page.Items) if (item.ConfigurationName === name) yield item.DeploymentNumber;
      seen.add(token);
      token = page.NextToken ?? '';
      if (token === '') return;
      if (seen.has(token)) throw new NotMeasured('bad-answer', `${this.#url} never ends its list of deployments`);
    }
  }

  /** @returns undefined where it deploys another profile, of the same name */
  async #deployment(number: number, signal: AbortSignal): Promise<Deployment | undefined> {
    const path = `${this.#deployments}/${number}`;
    const response = await this.#get('GetDeployment', path, `deployment ${number}`, signal);
    const found = shaped(deploymentForm, response, this.#url);
    if (found.DeploymentNumber !== number) {
      throw new NotMeasured('bad-answer', `${this.#url} answered for another deployment`);
    }
    return found.ConfigurationProfileId === this.config.profile ? found : undefined;
  }

  /** The newest version, deployed or not; undefined: there is none. */
  async latest(signal: AbortSignal): Promise<number | undefined> {
    const path = `${this.#versions}?max_results=1`;
    const response = await this.#get('ListHostedConfigurationVersions', path, 'profile', signal);
    const { Items } = shaped(versionsForm, response, this.#url);
    return Items[0]?.VersionNumber;
  }

  /** A version as it is written, and what it says. */
  async document(version: string, signal: AbortSignal): Promise<{ text: string; document: FlagDocument }> {
    if (!/^\d+$/.test(version)) {
      throw new NotMeasured('bad-answer', `${this.#url} deploys a version that is no number: ${oneLine(version, 40)}`);
    }
    const path = `${this.#versions}/${version}`;
    const response = await this.#get('GetHostedConfigurationVersion', path, `version ${version}`, signal);
    const document = shaped(documentForm, response, this.#url);
    if (document.version !== '1') {
      throw new NotMeasured('bad-answer', `${this.#url} has flags in a format that is not known here`);
    }
    return { text: response.text, document };
  }

  /**
   * Writes a new version, if `latest` is still the newest, and starts its deployment, if `newest` is still the newest of the profile.
   *
   * @throws {Refused} {NotMeasured}
   */
  async deploy(text: string, latest: number, newest: number, note: string, signal: AbortSignal): Promise<void> {
    const description = oneLine(note.replace(/[^\x20-\x7e]/g, '?'), 1000);
    const { profile, strategy } = this.config;
    const created = await this.#change('CreateHostedConfigurationVersion', this.#versions, {
      headers: { 'content-type': 'application/json', 'latest-version-number': String(latest), description },
      body: text,
      signal,
    });
    const version = created.headers['version-number'] ?? '';
    if (!/^\d+$/.test(version)) {
      throw new NotMeasured('bad-answer', `${this.#url} does not say which version it made, so nothing was deployed`);
    }
    const now = await this.deployed(signal);
    if (now?.newest.DeploymentNumber !== newest || now.underWay) {
      const message = `another deployment was started in between; version ${version} is written, and not deployed`;
      throw new Refused('changed-in-between', message, 'see who deploys at the same time, then run this again');
    }
    const wanted = {
      ConfigurationProfileId: profile,
      ConfigurationVersion: version,
      DeploymentStrategyId: strategy,
      Description: description,
    };
    await this.#change('StartDeployment', this.#deployments, {
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(wanted),
      signal,
    });
  }

  async #change(
    operation: string,
    path: string,
    request: Pick<HttpRequest, 'headers' | 'body' | 'signal'>,
  ): Promise<HttpResponse> {
    let response: HttpResponse;
    try {
      response = await this.#send(operation, path, { method: 'POST', once: true, ...request });
    } catch (error) {
      if (error instanceof NotMeasured && ['forbidden', 'unauthorized'].includes(error.code)) {
        throw new Refused('permission', error.message, `give its role or user the permission appconfig:${operation}`);
      }
      throw error;
    }
    const error = awsErrorOf(response);
    if (!error) return response;
    const said = `${operation} is refused (${response.status})${awsWords(error)}`;
    if (response.status === 409) {
      const next = 'see who changes or deploys the profile at the same time, then run this again';
      throw new Refused('changed-in-between', said, next);
    }
    throw new Refused('refused', said, "see the provider's words, and change it by hand");
  }
}
