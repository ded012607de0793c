/** Asks the Admin API of Split, now Harness FME (https://docs.split.io/reference/introduction). */
import * as v from 'valibot';
import { authorization } from '../../../net/auth/basic.js';
import type { HttpRequest } from '../../../net/http.js';
import { described, filled, httpUrl, secret } from '../../../policy/fields.js';
import { NotMeasured, type SourceContext } from '../../source.js';
import { change, readAs } from '../api.js';
import { Refused } from '../control.js';

export const schema = v.strictObject({
  url: described(v.optional(httpUrl, 'https://api.split.io'), 'Address of the Admin API.'),
  workspace: described(filled, 'Id of the workspace (project).'),
  environment: described(filled, 'Name or id of the environment.'),
  token: described(secret, 'Admin API key, sent as `Authorization: Bearer …`. SDK keys cannot call the API.'),
});
export type Config = v.InferOutput<typeof schema>;

const text = v.string();
const keys = v.nullish(v.array(v.unknown()), []);

const bucketForm = v.looseObject({ treatment: text, size: v.number() });
export type Bucket = v.InferOutput<typeof bucketForm>;

/** https://docs.split.io/reference/split-definition */
const definitionForm = v.looseObject({
  name: text,
  killed: v.boolean(),
  treatments: v.array(v.looseObject({ name: text, keys, segments: keys })),
  defaultTreatment: text,
  baselineTreatment: v.nullish(text),
  trafficAllocation: v.number(),
  rules: v.array(
    v.looseObject({
      buckets: v.array(bucketForm),
      condition: v.nullish(
        v.looseObject({
          matchers: v.nullish(
            v.array(
              v.looseObject({ type: v.nullish(text), attribute: v.nullish(text), string: v.nullish(v.unknown()) }),
            ),
          ),
        }),
      ),
    }),
  ),
  defaultRule: v.array(bucketForm),
  prerequisites: v.nullish(v.array(v.unknown()), []),
  lastUpdateTime: v.nullish(v.number()),
  lastTrafficReceivedAt: v.nullish(v.number()),
});
export type SplitDefinition = v.InferOutput<typeof definitionForm>;

const metadataForm = v.looseObject({ name: text });
const pageForm = v.looseObject({ objects: v.array(metadataForm), totalCount: v.number() });
const definitionsForm = v.looseObject({ objects: v.array(definitionForm), totalCount: v.number() });
const environmentForm = v.looseObject({
  id: text,
  name: text,
  changePermissions: v.nullish(
    v.looseObject({ areApprovalsRequired: v.nullish(v.boolean()), allowKills: v.nullish(v.boolean()) }),
  ),
});
const environmentsForm = v.array(environmentForm);

/** What an environment asks of changes. */
export interface Approvals {
  readonly required: boolean;
  /** Switching off needs none. */
  readonly killsAllowed: boolean;
}

const needs = 'an Admin API key with the role API_FEATURE_FLAG_VIEWER';
const pageSize = 50;

export class Client {
  readonly config: Config;
  readonly context: SourceContext;

  constructor(config: Config, context: SourceContext) {
    this.config = config;
    this.context = context;
  }

  #url(...parts: readonly string[]): string {
    return `${this.config.url}/internal/api/v2/${parts.map(encodeURIComponent).join('/')}`;
  }

  url(flag?: string, ...more: readonly string[]): string {
    const { workspace, environment } = this.config;
    const of = flag === undefined ? [] : [flag];
    return this.#url('splits', 'ws', workspace, ...of, 'environments', environment, ...more);
  }

  #get<S extends v.GenericSchema>(form: S, url: string, signal: AbortSignal) {
    return readAs(this.context, form, { url, headers: authorization(this.config), needs }, signal);
  }

  async definition(flag: string, signal: AbortSignal): Promise<SplitDefinition | undefined> {
    const found = await this.#get(definitionForm, this.url(flag), signal);
    if (found && found.name !== flag) {
      throw new NotMeasured('bad-answer', `${this.config.url} answered for another flag`);
    }
    return found;
  }

  /** Whether there is such a flag, set up in this environment or not. */
  async exists(flag: string, signal: AbortSignal): Promise<boolean> {
    const { workspace, url } = this.config;
    if (await this.#get(metadataForm, this.#url('splits', 'ws', workspace, flag), signal)) return true;
    const page = await this.#get(pageForm, `${this.#url('splits', 'ws', workspace)}?limit=1&offset=0`, signal);
    if (page) return false;
    throw new NotMeasured('not-found', `${url} knows no workspace ${workspace} (404)`, { permanent: true });
  }

  /** All flags that are set up in the environment. */
  async definitions(signal: AbortSignal): Promise<readonly SplitDefinition[]> {
    const { url, workspace, environment } = this.config;
    const found = new Map<string, SplitDefinition>();
    for (let offset = 0; ; ) {
      const page = await this.#get(definitionsForm, `${this.url()}?limit=${pageSize}&offset=${offset}`, signal);
      if (!page) {
        const message = `${url} knows no environment ${environment} of workspace ${workspace} (404)`;
        throw new NotMeasured('not-found', message, { permanent: true });
      }
      for (const one of page.objects) found.set(one.name, one);
      offset += page.objects.length;
      if (offset >= page.totalCount) return [...found.values()];
      if (page.objects.length === 0) {
        throw new NotMeasured('bad-answer', `${url} lists ${offset} of ${page.totalCount} flags and no more`);
      }
    }
  }

  /** @returns undefined where this key may not see it: keys may be for one environment alone */
  async approvals(signal: AbortSignal): Promise<Approvals | undefined> {
    const { workspace, environment } = this.config;
    try {
      const all = await this.#get(environmentsForm, this.#url('environments', 'ws', workspace), signal);
      const own = all?.find(({ id, name }) => id === environment || name === environment)?.changePermissions;
      return own ? { required: own.areApprovalsRequired === true, killsAllowed: own.allowKills === true } : undefined;
    } catch (error) {
      if (error instanceof NotMeasured && error.code === 'forbidden') return undefined;
      throw error;
    }
  }

  async write(
    method: NonNullable<HttpRequest['method']>,
    url: string,
    body: unknown,
    signal: AbortSignal,
  ): Promise<void> {
    const rights = 'the role API_FEATURE_FLAG_EDITOR';
    await change(
      this.context,
      {
        method,
        url,
        headers: authorization(this.config),
        needs: rights,
        body,
        refusal: ({ status, text: said }) =>
          (status === 403 || status === 409 || status === 400) && /approv/i.test(said)
            ? new Refused(
                'approval',
                `Split asks for an approval (${status})`,
                'submit the change for approval at Split, or allow kills without one',
              )
            : undefined,
      },
      signal,
    );
  }
}
