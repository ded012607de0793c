/** Asks Flagsmith's Admin API (https://docs.flagsmith.com/managing-flags/updating-flags, https://api.flagsmith.com/api/v1/docs). */
import * as v from 'valibot';
import { described, filled, httpUrl, secret } from '../../../policy/fields.js';
import { NotMeasured, type SourceContext } from '../../source.js';
import { change, readAs } from '../api.js';
import { Refused } from '../control.js';

export const schema = v.strictObject({
  url: described(v.optional(httpUrl, 'https://api.flagsmith.com'), 'Address of the Admin API.'),
  project: described(v.pipe(v.union([v.number(), filled]), v.transform(String)), 'Id of the project, a number.'),
  environment: described(filled, 'Key of the environment, as clients use it.'),
  token: described(secret, 'Organisation API key, sent as `Authorization: Api-Key …`.'),
  'identity-overrides': described(
    v.optional(v.picklist(['read', 'none']), 'read'),
    'Identities may have a flag of their own, whatever the environment says. `read` (default): they are asked for where the project keeps them. `none`: you say that there are none.',
  ),
});
export type Config = v.InferOutput<typeof schema>;

const text = v.string();

const optionForm = v.looseObject({
  id: v.number(),
  type: v.nullish(text),
  string_value: v.nullish(text),
  integer_value: v.nullish(v.number()),
  boolean_value: v.nullish(v.boolean()),
});
export type Option = v.InferOutput<typeof optionForm>;
const featureForm = v.looseObject({
  id: v.number(),
  name: text,
  type: v.nullish(text),
  is_archived: v.nullish(v.boolean()),
  owners: v.nullish(v.array(v.looseObject({ email: v.nullish(text) }))),
  multivariate_options: v.nullish(v.array(optionForm), []),
});
export type Feature = v.InferOutput<typeof featureForm>;
const featuresForm = v.looseObject({ results: v.array(featureForm), next: v.nullish(text) });

const servedForm = v.looseObject({
  enabled: v.boolean(),
  value: v.nullish(v.looseObject({ type: text, value: v.nullish(text) })),
  variants: v.array(v.looseObject({ id: v.number(), weight: v.number() })),
});
export type Served = v.InferOutput<typeof servedForm>;

/** What a flag serves in an environment. */
const flagForm = v.looseObject({
  environment_default: servedForm,
  segment_overrides: v.array(
    v.looseObject({ ...servedForm.entries, segment: v.looseObject({ id: v.number() }), priority: v.number() }),
  ),
});
export type Flag = v.InferOutput<typeof flagForm>;

const environmentForm = v.looseObject({
  id: v.nullish(v.number()),
  api_key: text,
  minimum_change_request_approvals: v.nullish(v.number()),
  use_v2_feature_versioning: v.nullish(v.boolean()),
});
export type Environment = v.InferOutput<typeof environmentForm>;

/** Where the identities of a project are kept. */
const projectForm = v.looseObject({
  use_edge_identities: v.nullish(v.boolean()),
  edge_v2_migration_status: v.nullish(text),
});

const switchForm = v.looseObject({ enabled: v.nullish(v.boolean()) });
const edgeForm = v.looseObject({ results: v.array(v.looseObject({ feature_state: switchForm })) });
const coreForm = v.looseObject({ results: v.array(switchForm), next: v.nullish(text) });

/** Newest first, drafts and scheduled ones before all others. */
const versionsForm = v.looseObject({
  results: v.array(
    v.looseObject({ uuid: text, is_live: v.boolean(), published: v.boolean(), live_from: v.nullish(text) }),
  ),
});
export type Version = v.InferOutput<typeof versionsForm>['results'][number];

const needs = 'a role that may view the project and the environment';
const pageSize = 100;
const mostPages = 100;

export interface Change {
  readonly environment_default?: { readonly enabled: boolean };
  readonly segment_overrides?: readonly { readonly segment: { readonly id: number }; readonly enabled: boolean }[];
}

export class Client {
  readonly config: Config;
  readonly context: SourceContext;

  constructor(config: Config, context: SourceContext) {
    this.config = config;
    this.context = context;
  }

  get #headers(): Readonly<Record<string, string>> {
    return { authorization: `Api-Key ${this.config.token}` };
  }

  #url(...parts: readonly string[]): string {
    return `${this.config.url}/api/${parts.map(encodeURIComponent).join('/')}/`;
  }

  get featuresUrl(): string {
    return this.#url('v1', 'projects', this.config.project, 'features');
  }

  #get<S extends v.GenericSchema>(form: S, url: string, signal: AbortSignal) {
    return readAs(this.context, form, { url, headers: this.#headers, needs }, signal);
  }

  /** All features of the project whose names hold `search`, to the last page. */
  async features(search: string, signal: AbortSignal): Promise<readonly Feature[]> {
    const { url, project } = this.config;
    const found: Feature[] = [];
    for (let page = 1; page <= mostPages; page += 1) {
      const query = new URLSearchParams({ page_size: String(pageSize), page: String(page) });
      if (search !== '') query.set('search', search);
      const answer = await this.#get(featuresForm, `${this.featuresUrl}?${query.toString()}`, signal);
      if (!answer) throw new NotMeasured('not-found', `${url} knows no project ${project} (404)`, { permanent: true });
      found.push(...answer.results);
      if (!answer.next) return found;
    }
    throw new NotMeasured('bad-answer', `${url} never ends its list of features`);
  }

  flagUrl(feature: number): string {
    return this.#url('__future__', 'environments', this.config.environment, 'features', String(feature));
  }

  async flag(feature: number, signal: AbortSignal): Promise<Flag> {
    const found = await this.#get(flagForm, this.flagUrl(feature), signal);
    if (found) return found;
    const { url, environment } = this.config;
    const message = `${url} knows no environment ${environment} of this project, or is older than the endpoint (404)`;
    throw new NotMeasured('not-found', message, { permanent: true });
  }

  async environment(signal: AbortSignal): Promise<Environment> {
    const { url, environment } = this.config;
    const found = await this.#get(environmentForm, this.#url('v1', 'environments', environment), signal);
    if (found) return found;
    throw new NotMeasured('not-found', `${url} knows no environment ${environment} (404)`, { permanent: true });
  }

  /** What was published of a feature, and is to be; none where the environment keeps no versions. */
  async versions(feature: number, environment: Environment, signal: AbortSignal): Promise<readonly Version[]> {
    const { id, use_v2_feature_versioning: kept } = environment;
    if (kept !== true || typeof id !== 'number') return [];
    const url = this.#url('v1', 'environments', String(id), 'features', String(feature), 'versions');
    return (await this.#get(versionsForm, `${url}?page_size=${pageSize}`, signal))?.results ?? [];
  }

  /** How many identities have the feature switched on, and off, for themselves; undefined: this server does not tell. */
  async identities(feature: number, signal: AbortSignal): Promise<{ on: number; off: number } | undefined> {
    const { url, project, 'identity-overrides': asked } = this.config;
    if (asked === 'none') return { on: 0, off: 0 };
    const kept = await this.#get(projectForm, this.#url('v1', 'projects', project), signal);
    if (!kept) throw new NotMeasured('not-found', `${url} knows no project ${project} (404)`, { permanent: true });
    const { use_edge_identities: atEdge, edge_v2_migration_status: migrated } = kept;
    const found =
      atEdge === false
        ? await this.#coreOverrides(feature, signal)
        : // Until it is migrated the list is empty, whatever identities have.
          atEdge === true && migrated === 'COMPLETE'
          ? await this.#edgeOverrides(feature, signal)
          : undefined;
    if (!found) return undefined;
    // One whose state is not told may be on.
    const off = found.filter(({ enabled }) => enabled === false).length;
    return { on: found.length - off, off };
  }

  async #edgeOverrides(feature: number, signal: AbortSignal) {
    // The one address of the API without a slash at its end.
    const url = this.#url('v1', 'environments', this.config.environment, 'edge-identity-overrides').slice(0, -1);
    const found = await this.#get(edgeForm, `${url}?feature=${feature}`, signal);
    return found?.results.map(({ feature_state: state }) => state);
  }

  async #coreOverrides(feature: number, signal: AbortSignal) {
    const url = this.#url('v1', 'environments', this.config.environment, 'featurestates');
    const found: v.InferOutput<typeof switchForm>[] = [];
    for (let page = 1; page <= mostPages; page += 1) {
      const answer = await this.#get(coreForm, `${url}?feature=${feature}&anyIdentity=1&page=${page}`, signal);
      if (!answer) return undefined;
      found.push(...answer.results);
      if (!answer.next) return found;
    }
    throw new NotMeasured('bad-answer', `${this.config.url} never ends its list of identities`);
  }

  async patch(feature: number, body: Change, signal: AbortSignal): Promise<void> {
    await change(
      this.context,
      {
        method: 'PATCH',
        url: this.flagUrl(feature),
        headers: this.#headers,
        needs: mayWrite,
        body,
        refusal: ({ status, text: said }) => refusalOf(status, said),
      },
      signal,
    );
  }
}

const mayWrite = 'the permissions to update feature states and to manage segment overrides in this environment';

function refusalOf(status: number, said: string): Refused | undefined {
  if ((status === 409 || status === 400 || status === 403) && /change.?request/i.test(said)) {
    const next = 'open one and have it approved, or switch change requests off for this environment';
    return new Refused('approval', `Flagsmith asks for a change request (${status})`, next);
  }
  if (status !== 404) return undefined;
  // It was read a moment ago: whoever may write nothing is told that it is not there.
  return new Refused('permission', 'Flagsmith does not let this key change the flag (404)', `give it ${mayWrite}`);
}
