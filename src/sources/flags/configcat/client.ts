/** Asks ConfigCat's Public Management API (https://configcat.com/docs/api), for configs of version 2. */
import * as v from 'valibot';
import { authorization } from '../../../net/auth/basic.js';
import { described, filled, httpUrl, secret } from '../../../policy/fields.js';
import { NotMeasured, type SourceContext } from '../../source.js';
import { oneLine } from '../../text.js';
import { change, read, shaped } from '../api.js';

export const schema = v.strictObject({
  url: described(v.optional(httpUrl, 'https://api.configcat.com'), 'Address of the Public Management API.'),
  config: described(filled, 'Id of the config, which must be one of version 2.'),
  environment: described(filled, 'Id of the environment.'),
  username: described(filled, 'User name of the Public API credential.'),
  password: described(secret, 'Its password.'),
});
export type Config = v.InferOutput<typeof schema>;

const text = v.string();

/** One of the fields holds the value, by the type of the setting. */
const valueForm = v.looseObject({
  boolValue: v.nullish(v.boolean()),
  stringValue: v.nullish(text),
  intValue: v.nullish(v.number()),
  doubleValue: v.nullish(v.number()),
  predefinedVariationId: v.nullish(text),
});
export type Value = v.InferOutput<typeof valueForm>;

const conditionForm = v.looseObject({
  userCondition: v.nullish(
    v.looseObject({
      comparisonAttribute: text,
      comparator: text,
      comparisonValue: v.nullish(v.looseObject({ listValue: v.nullish(v.array(v.unknown())) })),
    }),
  ),
  segmentCondition: v.nullish(v.looseObject({ segmentId: text, comparator: text })),
  prerequisiteFlagCondition: v.nullish(
    v.looseObject({ prerequisiteSettingId: v.number(), comparator: text, prerequisiteComparisonValue: valueForm }),
  ),
});
export type Condition = v.InferOutput<typeof conditionForm>;

const ruleForm = v.looseObject({
  conditions: v.nullish(v.array(conditionForm), []),
  percentageOptions: v.nullish(v.array(v.looseObject({ percentage: v.number(), value: valueForm })), []),
  value: v.nullish(valueForm),
});
export type Rule = v.InferOutput<typeof ruleForm>;

const formulaForm = v.looseObject({
  /** The lock. */
  lastVersionId: text,
  defaultValue: valueForm,
  targetingRules: v.array(ruleForm),
  setting: v.looseObject({
    settingId: v.number(),
    key: text,
    settingType: text,
    predefinedVariations: v.nullish(v.array(v.looseObject({ value: valueForm, predefinedVariationId: text }))),
  }),
  updatedAt: v.nullish(text),
  percentageEvaluationAttribute: v.nullish(text),
  lastUpdaterUserFullName: v.nullish(text),
});
export type Formula = v.InferOutput<typeof formulaForm>;

const valuesForm = v.looseObject({
  environment: v.looseObject({ environmentId: text }),
  readOnly: v.nullish(v.boolean()),
  settingFormulas: v.array(formulaForm),
  approveRequired: v.nullish(v.boolean()),
  canBypassApproval: v.nullish(v.boolean()),
});
/** All flags of a config in one environment, and what this credential may do there. */
export type Values = v.InferOutput<typeof valuesForm>;

/** An operation of JSON Patch (RFC 6902). */
export interface Replace {
  readonly op: 'replace';
  readonly path: string;
  readonly value: unknown;
}

export class Client {
  readonly config: Config;
  readonly context: SourceContext;

  constructor(config: Config, context: SourceContext) {
    this.config = config;
    this.context = context;
  }

  get valuesUrl(): string {
    const { url, config, environment } = this.config;
    return `${url}/v2/configs/${encodeURIComponent(config)}/environments/${encodeURIComponent(environment)}/values`;
  }

  get #headers(): Readonly<Record<string, string>> {
    return authorization(this.config);
  }

  async values(signal: AbortSignal): Promise<Values> {
    const url = this.valuesUrl;
    const needs = 'a Public API credential that may see the product';
    const response = await read(this.context, { url, headers: this.#headers, needs }, signal);
    const { config, environment } = this.config;
    if (!response) {
      const message = `${this.config.url} knows no config ${config} with an environment ${environment} (404)`;
      throw new NotMeasured('not-found', message, { permanent: true });
    }
    const found = shaped(valuesForm, response, url);
    if (found.environment.environmentId === environment) return found;
    throw new NotMeasured('bad-answer', `${this.config.url} answered for another environment`);
  }

  /** If nobody changed the flag since it had this version. */
  async patch(
    { setting, lastVersionId }: Formula,
    operations: readonly Replace[],
    more: { readonly note: string; readonly bypass: boolean },
    signal: AbortSignal,
  ): Promise<void> {
    const { url, environment } = this.config;
    const query = new URLSearchParams({
      reason: oneLine(more.note, 250),
      latestVersionId: lastVersionId,
      ...(more.bypass ? { bypassApproval: 'true' } : {}),
    });
    await change(
      this.context,
      {
        method: 'PATCH',
        url: `${url}/v2/environments/${encodeURIComponent(environment)}/settings/${setting.settingId}/value?${query.toString()}`,
        headers: this.#headers,
        needs: 'write access to this environment, and the permission to create and update flags',
        body: operations,
      },
      signal,
    );
  }
}
