/** Asks Statsig's Console API, version 20240601 (https://docs.statsig.com/console-api/gates). */
import * as v from 'valibot';
import type { HttpRequest } from '../../../net/http.js';
import { described, filled, httpUrl, secret } from '../../../policy/fields.js';
import { NotMeasured, type SourceContext } from '../../source.js';
import { change, readAs } from '../api.js';

export const schema = v.strictObject({
  url: described(v.optional(httpUrl, 'https://statsigapi.net'), 'Address of the Console API.'),
  environment: described(filled, 'Name of the environment, e.g. `production`: rules may be for some of them only.'),
  'api-key': described(secret, 'Console API key, sent as `STATSIG-API-KEY`. SDK keys cannot call the API.'),
});
export type Config = v.InferOutput<typeof schema>;

const text = v.string();
const rollouts = v.nullish(v.array(v.looseObject({ time: v.nullish(v.number()), passPercent: v.number() })));

const conditionForm = v.looseObject({
  type: text,
  operator: v.nullish(text),
  targetValue: v.nullish(v.unknown()),
  field: v.nullish(text),
});
export type Condition = v.InferOutput<typeof conditionForm>;

const ruleForm = v.looseObject({
  /** Holds the percentage, and changes with it. */
  id: v.nullish(text),
  /** Stays the same. */
  baseID: v.nullish(text),
  name: text,
  passPercentage: v.number(),
  conditions: v.array(conditionForm),
  /** null: all. */
  environments: v.nullish(v.array(text)),
  pendingAutomatedRollouts: rollouts,
});
export type Rule = v.InferOutput<typeof ruleForm>;

const gateForm = v.looseObject({
  id: text,
  isEnabled: v.boolean(),
  status: text,
  rules: v.array(ruleForm),
  holdoutIDs: v.nullish(v.array(text)),
  type: v.nullish(text),
  typeReason: v.nullish(text),
  lastModifiedTime: v.nullish(v.number()),
  lastModifierName: v.nullish(text),
  version: v.nullish(v.number()),
  releasePipelineID: v.nullish(text),
  reviewSettings: v.nullish(v.looseObject({ requiredReview: v.nullish(v.boolean()) })),
  activeReview: v.nullish(v.unknown()),
  owner: v.nullish(v.looseObject({ ownerName: v.nullish(text), ownerEmail: v.nullish(text) })),
});
export type Gate = v.InferOutput<typeof gateForm>;

const ids = v.nullish(v.array(v.unknown()), []);
const overridesForm = v.looseObject({
  passingUserIDs: v.array(v.unknown()),
  failingUserIDs: v.array(v.unknown()),
  passingCustomIDs: ids,
  failingCustomIDs: ids,
  environmentOverrides: v.nullish(
    v.array(v.looseObject({ environment: v.nullish(text), passingIDs: ids, failingIDs: ids })),
    [],
  ),
});
export type Overrides = v.InferOutput<typeof overridesForm>;

const gateAnswer = v.looseObject({ data: gateForm });
const overridesAnswer = v.looseObject({ data: overridesForm });
const listAnswer = v.looseObject({
  data: v.array(v.looseObject({ id: text })),
  pagination: v.looseObject({ totalItems: v.number(), nextPage: v.nullish(v.unknown()) }),
});

const needs = 'a Console API key that may read gates';
const pageSize = 100;

export class Client {
  readonly config: Config;
  readonly context: SourceContext;

  constructor(config: Config, context: SourceContext) {
    this.config = config;
    this.context = context;
  }

  get #headers(): Readonly<Record<string, string>> {
    return { 'statsig-api-key': this.config['api-key'], 'statsig-api-version': '20240601' };
  }

  url(...parts: readonly string[]): string {
    return [`${this.config.url}/console/v1/gates`, ...parts.map(encodeURIComponent)].join('/');
  }

  #get<S extends v.GenericSchema>(form: S, url: string, signal: AbortSignal) {
    return readAs(this.context, form, { url, headers: this.#headers, needs }, signal);
  }

  /** @returns undefined where the project has no such gate */
  async gate(id: string, signal: AbortSignal): Promise<Gate | undefined> {
    const found = await this.#get(gateAnswer, this.url(id), signal);
    if (!found) {
      // The same 404 comes from an address that is not the API's.
      await this.#page(1, 1, signal);
      return undefined;
    }
    if (found.data.id !== id) throw new NotMeasured('bad-answer', `${this.config.url} answered for another gate`);
    return found.data;
  }

  /** Users that pass or fail whatever the rules say. */
  async overrides(id: string, signal: AbortSignal): Promise<Overrides> {
    const found = await this.#get(overridesAnswer, this.url(id, 'overrides'), signal);
    if (found) return found.data;
    throw new NotMeasured('bad-answer', `${this.config.url} knows a gate ${id}, and no overrides of it (404)`);
  }

  async #page(page: number, limit: number, signal: AbortSignal) {
    const query = new URLSearchParams({ limit: String(limit), page: String(page) });
    const found = await this.#get(listAnswer, `${this.url()}?${query.toString()}`, signal);
    if (found) return found;
    throw new NotMeasured('not-found', `${this.config.url} is not Statsig's Console API (404)`, { permanent: true });
  }

  /** All gates that are not archived. */
  async keys(signal: AbortSignal): Promise<readonly string[]> {
    const keys = new Set<string>();
    let seen = 0;
    for (let page = 1; ; page += 1) {
      const { data, pagination } = await this.#page(page, pageSize, signal);
      for (const { id } of data) keys.add(id);
      seen += data.length;
      if (seen >= pagination.totalItems && !pagination.nextPage) return [...keys];
      if (data.length === 0) {
        const message = `${this.config.url} lists ${seen} of ${pagination.totalItems} gates and no more`;
        throw new NotMeasured('bad-answer', message);
      }
    }
  }

  async write(
    method: NonNullable<HttpRequest['method']>,
    url: string,
    body: unknown,
    signal: AbortSignal,
  ): Promise<void> {
    const rights = 'a Console API key that may write gates';
    const sent = body === undefined ? {} : { body };
    await change(this.context, { method, url, headers: this.#headers, needs: rights, ...sent }, signal);
  }
}
