/** Sends queries to the Logs query API, within the limits that Azure sets on one sign-in. */
import * as v from 'valibot';
import {
  type AzureConfig,
  type AzureTokens,
  azureClouds,
  azureFields,
  azureTokens,
  sendToAzure,
} from '../../../net/auth/azure.js';
import { createLimit, type Limit } from '../../../net/limit.js';
import { described, duration, httpUrl } from '../../../policy/fields.js';
import type { SourceContext, Window } from '../../source.js';
import { type LogsAnswer, readAnswer, refuse } from './answer.js';
import { timespan } from './kql.js';

/** The id of a resource in the resource manager, without a slash at its end. */
export const resourceId = (type: string, example: string) =>
  v.pipe(
    v.string(),
    v.trim(),
    v.transform((id) => id.replace(/\/+$/, '')),
    v.regex(
      new RegExp(String.raw`^/subscriptions/[\w-]+/resourceGroups/[^/?#%\s]+/providers/${type}$`, 'i'),
      `a full resource id such as ${example} (in the portal: Properties, Resource ID)`,
    ),
  );

export const componentId = resourceId(
  String.raw`microsoft\.insights/components/[^/?#%]+`,
  '/subscriptions/…/resourceGroups/…/providers/microsoft.insights/components/…',
);

/** Fields of both sources' schemas. */
export const logsFields = {
  api: described(
    v.optional(v.picklist(['resource', 'arm']), 'resource'),
    'The way to the data: the query API itself, or `arm` through the resource manager, where one token serves for everything.',
  ),
  endpoint: described(
    v.optional(httpUrl),
    'Base URL of the query API, for private endpoints. Default: that of the cloud, `https://api.loganalytics.azure.com`.',
  ),
  settle: described(
    v.optional(duration, '2m'),
    'How long telemetry takes until all of it can be queried: windows end that much before now.',
  ),
  timeout: described(
    v.pipe(
      v.optional(duration, '25s'),
      v.check((ms) => ms >= 1000 && ms <= 600_000, 'a duration between 1s and 10m'),
    ),
    'How long Azure may work on one query. Keep it below `round-timeout`, so that it gives up before Signalbox does.',
  ),
  'slot-column': described(
    v.optional(
      v.pipe(
        v.string(),
        v.trim(),
        v.regex(
          /^(?:[A-Za-z_]\w*|(?:customDimensions|Properties)\.[\w. -]+)$/,
          'a column such as cloud_RoleName, or a custom dimension such as customDimensions.slot',
        ),
      ),
      'customDimensions.slot',
    ),
    'What holds the deployment slot, for `where: { slot: … }` and `by: slot`: a column or a custom dimension. Default: the custom dimension `slot`, which the app must write.',
  ),
  ...azureFields,
};

export interface LogsConfig extends AzureConfig {
  readonly api: 'resource' | 'arm';
  readonly endpoint?: string | undefined;
  readonly settle: number;
  readonly timeout: number;
  readonly 'slot-column': string;
}

/**
 * Azure lets a principal run 5 queries at once and start 200 within 30 s, whoever asks: other pipelines share it, and retries count.
 *
 * https://learn.microsoft.com/azure/azure-monitor/service-limits#log-analytics-workspaces
 */
const limits = { concurrent: 3, starts: 150, perMs: 30_000 };

const shared = new WeakMap<SourceContext, Limit>();

/** One for all sources of a run: most runs have one sign-in, and for several it is only slower than need be. */
function limitOf(context: SourceContext): Limit {
  const limit = shared.get(context) ?? createLimit(limits, context.clock);
  shared.set(context, limit);
  return limit;
}

export interface Target {
  /** Path of the resource or workspace: its resource id, or `/workspaces/<id>`. */
  readonly path: string;
  /** In words, for messages. */
  readonly name: string;
}

export class LogsClient {
  readonly origin: string;
  readonly #url: string;
  readonly #scope: string;
  readonly #config: LogsConfig;
  readonly #what: string;
  readonly #context: SourceContext;
  readonly #limit: Limit;

  constructor(config: LogsConfig, target: Target, context: SourceContext) {
    const cloud = azureClouds[config.cloud];
    const arm = config.api === 'arm';
    const base = config.endpoint ?? (arm ? cloud.resourceManager : cloud.logAnalytics);
    this.#url = arm
      ? `${base}${target.path}/providers/microsoft.insights/logs?api-version=2018-03-01-preview`
      : `${base}/v1${target.path}/query`;
    this.#scope = arm ? `${cloud.resourceManager}/.default` : cloud.logAnalyticsScope;
    this.origin = new URL(base).origin;
    this.#config = config;
    this.#what = target.name;
    this.#context = context;
    this.#limit = limitOf(context);
  }

  /**
   * @param span the time that Azure gives rows of, whatever the query says
   * @throws {NotMeasured} when there is no answer, or one that is none
   */
  run(query: string, span: Window, signal: AbortSignal): Promise<LogsAnswer> {
    return this.#limit(() => this.#send(query, span, signal), signal);
  }

  async #send(query: string, span: Window, signal: AbortSignal): Promise<LogsAnswer> {
    const tokens = azureTokens(this.#config, this.#context);
    const response = await sendToAzure(this.#context, tokens, this.#scope, {
      url: this.#url,
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/json',
        // Without the permissions, tables that the sign-in may not read are left out in silence.
        prefer: `wait=${Math.floor(this.#config.timeout / 1000)},include-permissions=true`,
      },
      body: JSON.stringify({ query, timespan: timespan(span) }),
      signal,
    });
    if (response.status < 300) return readAnswer(response, this.origin, query);
    return refuse(response, this.origin, this.#what, await credential(tokens, this.#scope, signal));
  }
}

/** What was sent, so that a server which repeats it is not quoted; where it is not known any more, nothing is. */
export async function credential(
  tokens: AzureTokens,
  scope: string,
  signal: AbortSignal,
): Promise<Readonly<Record<string, string>>> {
  const token = await tokens.token(scope, signal).catch(() => undefined);
  // Every text holds the empty one.
  return { authorization: token === undefined ? '' : `Bearer ${token}` };
}
