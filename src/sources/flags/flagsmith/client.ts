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
    'Identities may have a flag of their own, whatever the environment says. `read` (default): they are asked for, which only the hosted edition answers. `none`: you say that there are none.',
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

const environmentForm = v.looseObject({ api_key: text, minimum_change_request_approvals: v.nullish(v.number()) });

/** https://api.flagsmith.com/api/v1/docs: edge-identity-overrides */
const overridesForm = v.looseObject({
  results: v.array(v.looseObject({ feature_state: v.looseObject({ enabled: v.nullish(v.boolean()) }) })),
});

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

  /** Whether changes of the environment need a change request. */
  async asksForApproval(signal: AbortSignal): Promise<boolean> {
    const { url, environment } = this.config;
    const found = await this.#get(environmentForm, this.#url('v1', 'environments', environment), signal);
    if (found) return typeof found.minimum_change_request_approvals === 'number';
    throw new NotMeasured('not-found', `${url} knows no environment ${environment} (404)`, { permanent: true });
  }

  /** How many identities have the feature switched on, and off, for themselves; undefined: this server does not tell. */
  async identities(feature: number, signal: AbortSignal): Promise<{ on: number; off: number } | undefined> {
    if (this.config['identity-overrides'] === 'none') return { on: 0, off: 0 };
    const url = this.#url('v1', 'environments', this.config.environment, 'edge-identity-overrides');
    const found = await this.#get(overridesForm, `${url}?feature=${feature}`, signal);
    if (!found) return undefined;
    // One whose state is not told may be on.
    const off = found.results.filter(({ feature_state: state }) => state.enabled === false).length;
    return { on: found.results.length - off, off };
  }

  async patch(feature: number, body: Change, signal: AbortSignal): Promise<void> {
    await change(
      this.context,
      {
        method: 'PATCH',
        url: this.flagUrl(feature),
        headers: this.#headers,
        needs: 'the permission to update feature states in this environment',
        body,
        refusal: ({ status, text: said }) =>
          (status === 409 || status === 400 || status === 403) && /change.?request/i.test(said)
            ? new Refused(
                'approval',
                `Flagsmith asks for a change request (${status})`,
                'open one and have it approved, or switch change requests off for this environment',
              )
            : undefined,
      },
      signal,
    );
  }
}
