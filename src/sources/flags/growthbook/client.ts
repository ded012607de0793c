/** Asks GrowthBook's REST API, version 2 (https://docs.growthbook.io/api). */
import * as v from 'valibot';
import { authorization } from '../../../net/auth/basic.js';
import { described, filled, httpUrl, secret } from '../../../policy/fields.js';
import { NotMeasured, type SourceContext } from '../../source.js';
import { oneLine } from '../../text.js';
import { change, readAs } from '../api.js';
import { Refused } from '../control.js';

export const cloud = 'https://api.growthbook.io';

export const schema = v.strictObject({
  url: described(v.optional(httpUrl, cloud), 'Address of the API (`API_HOST` of a server of your own).'),
  environment: described(filled, 'Id of the environment, e.g. `production`.'),
  project: described(v.optional(filled), 'Id of a project: patterns find its features alone. Default: all of them.'),
  token: described(secret, 'Secret API key or personal access token, sent as `Authorization: Bearer …`.'),
});
export type Config = v.InferOutput<typeof schema>;

const text = v.string();
const some = v.nullish(v.array(v.unknown()), []);

const ruleForm = v.looseObject({
  type: text,
  enabled: v.nullish(v.boolean(), true),
  allEnvironments: v.boolean(),
  /** Where it is not for all; absent: not told. */
  environments: v.nullish(v.array(text)),
  /** false: only for applications whose SDK connection is for one of `projects`. */
  allProjects: v.nullish(v.boolean(), true),
  /** A query as in MongoDB, as JSON. */
  condition: v.nullish(text),
  savedGroupTargeting: some,
  savedGroups: some,
  prerequisites: some,
  scheduleRules: some,
  rampScheduleId: v.nullish(text),
  /** Of `force` and `rollout`. */
  value: v.nullish(v.unknown()),
  coverage: v.nullish(v.number()),
  hashAttribute: v.nullish(text),
  config: v.nullish(text),
  /** The value is merged into the default. */
  sparse: v.nullish(v.boolean(), false),
});
export type Rule = v.InferOutput<typeof ruleForm>;

const featureForm = v.looseObject({
  id: text,
  archived: v.boolean(),
  owner: v.nullish(text),
  valueType: v.picklist(['boolean', 'string', 'number', 'json']),
  defaultValue: text,
  baseConfig: v.nullish(text),
  defaultValueConfig: v.nullish(text),
  rules: v.array(ruleForm),
  environments: v.record(text, v.looseObject({ enabled: v.boolean(), defaultValue: v.nullish(text) })),
  prerequisites: v.nullish(v.array(text), []),
  holdout: v.nullish(v.unknown()),
  revision: v.nullish(
    v.looseObject({
      version: v.number(),
      date: v.nullish(text),
      publishedBy: v.nullish(v.looseObject({ name: v.nullish(text), email: v.nullish(text) })),
    }),
  ),
  dateUpdated: v.nullish(text),
});
export type Feature = v.InferOutput<typeof featureForm>;

const oneForm = v.looseObject({ feature: featureForm });
const pageForm = v.looseObject({ features: v.array(featureForm), hasMore: v.boolean(), total: v.number() });

const needs = 'a key that may read features';
const pageSize = 100;

export class Client {
  readonly config: Config;
  readonly context: SourceContext;

  constructor(config: Config, context: SourceContext) {
    this.config = config;
    this.context = context;
  }

  url(feature?: string, ...more: readonly string[]): string {
    const parts = feature === undefined ? [] : [feature, ...more];
    return [`${this.config.url}/api/v2/features`, ...parts.map(encodeURIComponent)].join('/');
  }

  #get<S extends v.GenericSchema>(form: S, url: string, signal: AbortSignal) {
    return readAs(this.context, form, { url, headers: authorization(this.config), needs }, signal);
  }

  /** @returns undefined where the organization has no such feature */
  async feature(id: string, signal: AbortSignal): Promise<Feature | undefined> {
    const found = await this.#get(oneForm, this.url(id), signal).catch((error: unknown) => {
      if (isUnknownFeature(error)) return undefined;
      throw error;
    });
    if (!found) {
      // A 404 comes from an address that is not the API's, or is older than its version 2, as well.
      await this.#page(0, 1, signal);
      return undefined;
    }
    const { feature } = found;
    if (feature.id !== id) throw new NotMeasured('bad-answer', `${this.config.url} answered for another feature`);
    this.#assertEnvironment(feature);
    return feature;
  }

  /** Every feature has every environment of the organization. */
  #assertEnvironment({ environments }: Feature): void {
    const { environment } = this.config;
    if (Object.hasOwn(environments, environment)) return;
    const all = oneLine(Object.keys(environments).join(', ') || 'none', 200);
    const message = `GrowthBook has no environment ${environment}: it has ${all}`;
    throw new NotMeasured('not-found', message, { permanent: true });
  }

  async #page(offset: number, limit: number, signal: AbortSignal) {
    const { url, project } = this.config;
    const query = new URLSearchParams({ limit: String(limit), offset: String(offset) });
    if (project !== undefined) query.set('projectId', project);
    const page = await this.#get(pageForm, `${this.url()}?${query.toString()}`, signal);
    if (!page) {
      throw new NotMeasured('not-found', `${url} is not version 2 of GrowthBook's API (404)`, { permanent: true });
    }
    // A project that is none, or that the key may not read, is answered so too, and not refused.
    if (page.total > 0) return page;
    const where = project === undefined ? '' : ` of project ${project}`;
    const message = `GrowthBook shows no feature${where} at all: it needs ${needs}`;
    throw new NotMeasured('not-found', message, { permanent: true });
  }

  /** All that are not archived. */
  async features(signal: AbortSignal): Promise<readonly Feature[]> {
    const found = new Map<string, Feature>();
    for (let offset = 0; ; ) {
      const page = await this.#page(offset, pageSize, signal);
      for (const one of page.features) {
        this.#assertEnvironment(one);
        found.set(one.id, one);
      }
      offset += page.features.length;
      const isLast = !page.hasMore && offset >= page.total;
      if (isLast && found.size >= page.total) return [...found.values()];
      // Pages shift while features come and go.
      if (isLast || page.features.length === 0) {
        const message = `${this.config.url} lists ${found.size} of ${page.total} features and no more`;
        throw new NotMeasured('bad-answer', message);
      }
    }
  }

  async toggle(id: string, enabled: boolean, reason: string, signal: AbortSignal): Promise<void> {
    await change(
      this.context,
      {
        method: 'POST',
        url: this.url(id, 'toggle'),
        headers: authorization(this.config),
        needs: 'a key that may publish features in this environment',
        body: { reason, environments: { [this.config.environment]: enabled } },
        refusal: ({ status, text: said }) => refusalOf(status, said),
      },
      signal,
    );
  }
}

/** It is a 400, told apart from other bad requests by its words alone. */
const isUnknownFeature = (error: unknown): boolean =>
  error instanceof NotMeasured &&
  error.code === 'bad-query' &&
  error.message.includes('Could not find a feature with that key');

const gatesForm = v.looseObject({
  gates: v.pipe(
    v.array(
      v.looseObject({ type: v.nullish(text), resolution: v.nullish(v.looseObject({ action: v.nullish(text) })) }),
    ),
    v.minLength(1),
  ),
});

/** 422 names what is in the way and how it is got out of it; 403 says that approvals are asked for in words alone. */
function refusalOf(status: number, said: string): Refused | undefined {
  const byHand =
    'have the change approved at GrowthBook, give the key a role with `FlagsBypassApprovals`, or let the REST API bypass approvals';
  if (status === 403 && /approv|review/i.test(said)) {
    return new Refused('approval', 'GrowthBook asks for an approval (403)', byHand);
  }
  if (status !== 422) return undefined;
  let parsed: unknown;
  try {
    parsed = JSON.parse(said);
  } catch {
    return undefined;
  }
  const gates = v.safeParse(gatesForm, parsed);
  if (!gates.success) return undefined;
  const [first] = gates.output.gates;
  const type = oneLine(first?.type ?? 'a gate', 60);
  const action = first?.resolution?.action;
  return new Refused(
    'approval',
    `GrowthBook holds the change back: ${type} (422)`,
    action ? oneLine(action, 200) : byHand,
  );
}
