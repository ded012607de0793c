/** Asks PostHog's API (https://posthog.com/docs/api/feature-flags). */
import * as v from 'valibot';
import { authorization } from '../../../net/auth/basic.js';
import { described, filled, httpUrl, secret } from '../../../policy/fields.js';
import { NotMeasured, type SourceContext } from '../../source.js';
import { change, read, shaped } from '../api.js';

export const schema = v.strictObject({
  url: described(
    v.optional(httpUrl, 'https://us.posthog.com'),
    'Address of the API: `https://us.posthog.com`, `https://eu.posthog.com`, or that of a server of your own.',
  ),
  project: described(v.pipe(v.union([v.number(), filled]), v.transform(String)), 'Id of the project, a number.'),
  token: described(secret, 'Personal API key (`phx_…`), sent as `Authorization: Bearer …`.'),
});
export type Config = v.InferOutput<typeof schema>;

const text = v.string();

const propertyForm = v.looseObject({
  key: v.nullish(v.unknown()),
  type: v.nullish(text),
  value: v.nullish(v.unknown()),
});
export type Property = v.InferOutput<typeof propertyForm>;

const groupForm = v.looseObject({
  properties: v.nullish(v.array(propertyForm), []),
  /** null: all. */
  rollout_percentage: v.nullish(v.number()),
  /** Whom it is for gets this variant. */
  variant: v.nullish(text),
});
export type Group = v.InferOutput<typeof groupForm>;

const some = v.nullish(v.unknown());
const userForm = v.nullish(v.looseObject({ email: v.nullish(text) }));

const flagForm = v.looseObject({
  id: v.number(),
  key: text,
  active: v.boolean(),
  deleted: v.nullish(v.boolean()),
  archived: v.nullish(v.boolean()),
  filters: v.looseObject({
    groups: v.array(groupForm),
    multivariate: v.nullish(
      v.looseObject({ variants: v.array(v.looseObject({ key: text, rollout_percentage: v.number() })) }),
    ),
    super_groups: some,
    holdout_groups: some,
    holdout: some,
  }),
  version: v.nullish(v.number()),
  status: v.nullish(text),
  last_called_at: v.nullish(text),
  updated_at: v.nullish(text),
  last_modified_by: userForm,
  created_by: userForm,
  experiment_set: v.nullish(v.array(v.unknown()), []),
  can_edit: v.nullish(v.boolean()),
});
export type Flag = v.InferOutput<typeof flagForm>;

const pageForm = v.looseObject({
  results: v.array(v.looseObject({ id: v.number(), key: text })),
  next: v.nullish(text),
});

/** A flag, and its filters as they are written. */
export interface Found {
  readonly flag: Flag;
  readonly text: string;
}

const needs = 'a key with the scope feature_flag:read';
const pageSize = 100;
const mostPages = 100;

export class Client {
  readonly config: Config;
  readonly context: SourceContext;

  constructor(config: Config, context: SourceContext) {
    this.config = config;
    this.context = context;
  }

  url(id?: number): string {
    const { url, project } = this.config;
    const base = `${url}/api/projects/${encodeURIComponent(project)}/feature_flags/`;
    return id === undefined ? base : `${base}${id}/`;
  }

  link(id: number): string {
    return `${this.config.url}/project/${encodeURIComponent(this.config.project)}/feature_flags/${id}`;
  }

  /** Ids of all flags whose keys or names hold `search`, by key, to the last page. */
  async ids(search: string, signal: AbortSignal): Promise<ReadonlyMap<string, number>> {
    const { url, project } = this.config;
    const found = new Map<string, number>();
    for (let page = 0, offset = 0; page < mostPages; page += 1) {
      const query = new URLSearchParams({ limit: String(pageSize), offset: String(offset) });
      if (search !== '') query.set('search', search);
      const address = `${this.url()}?${query.toString()}`;
      const response = await read(this.context, { url: address, headers: authorization(this.config), needs }, signal);
      if (!response)
        throw new NotMeasured('not-found', `${url} knows no project ${project} (404)`, { permanent: true });
      const { results, next } = shaped(pageForm, response, address);
      for (const { id, key } of results) found.set(key, id);
      if (!next) return found;
      // A page may be smaller than asked for.
      offset += results.length;
      if (results.length === 0) break;
    }
    throw new NotMeasured('bad-answer', `${url} never ends its list of flags`);
  }

  /** @returns undefined where the project has no such flag */
  async flag(key: string, signal: AbortSignal): Promise<Found | undefined> {
    const id = (await this.ids(key, signal)).get(key);
    if (id === undefined) return undefined;
    const url = this.url(id);
    const response = await read(this.context, { url, headers: authorization(this.config), needs }, signal);
    if (!response) throw new NotMeasured('bad-answer', `${this.config.url} lists ${key}, and does not know it (404)`);
    const flag = shaped(flagForm, response, url);
    if (flag.key !== key) throw new NotMeasured('bad-answer', `${this.config.url} answered for another flag`);
    return { flag, text: response.text };
  }

  /** @param fields the fields to be changed, as JSON texts @param were what they were */
  async patch(
    { flag }: Found,
    fields: Readonly<Record<string, string>>,
    were: Readonly<Record<string, string>>,
    signal: AbortSignal,
  ): Promise<void> {
    const written = (of: Readonly<Record<string, string>>): string =>
      Object.entries(of)
        .map(([name, json]) => `${JSON.stringify(name)}:${json}`)
        .join(',');
    // With both the service refuses what somebody else has changed in between.
    const lock = flag.version === null || flag.version === undefined ? '' : `,"version":${flag.version}`;
    await change(
      this.context,
      {
        method: 'PATCH',
        url: this.url(flag.id),
        headers: authorization(this.config),
        needs: 'the scope feature_flag:write, and a role that may edit the flag',
        body: `{${written(fields)}${lock},"original_flag":{${written(were)}}}`,
      },
      signal,
    );
  }
}
