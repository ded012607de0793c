/** The way to a server that speaks Prometheus' HTTP API: address, tenant, and all the ways to sign in. */
import * as v from 'valibot';
import { awsFields, oneWayToAws, sendToAws, signsInToAwsOneWay } from '../../../net/auth/aws.js';
import { azureFields, azureTokens, sendToAzure } from '../../../net/auth/azure.js';
import { authFields, authorization, signsInOneWay } from '../../../net/auth/basic.js';
import type { HttpRequest, HttpResponse } from '../../../net/http.js';
import { described, filled } from '../../../policy/fields.js';
import type { SourceContext } from '../../source.js';
import { baseUrl } from '../fields.js';

/** Fields of a source's schema; with the checks `connects`. */
export const connectionFields = {
  url: described(baseUrl, 'Base URL; `/api/v1/…` is added to it.'),
  ...authFields,
  tenant: described(v.optional(filled), 'Sent as `X-Scope-OrgID`, for Mimir and its kin.'),
  azure: described(
    v.optional(v.strictObject(azureFields)),
    'Signs in to Microsoft Entra, for Azure Managed Prometheus: the same fields as the sources on Azure; `{}` for the usual way.',
  ),
  aws: described(
    v.optional(
      v.pipe(
        v.strictObject(awsFields),
        v.check((c) => signsInToAwsOneWay(c), oneWayToAws),
      ),
    ),
    'Signs requests for Amazon Managed Service for Prometheus: the same fields as the sources on AWS.',
  ),
  parameters: described(
    v.optional(v.record(v.string(), v.string()), {}),
    'Sent with every request, e.g. `{ dedup: "true", partial_response: "false" }` to Thanos.',
  ),
};

const fields = v.strictObject(connectionFields);
export type ConnectionConfig = v.InferOutput<typeof fields>;

/** What must hold between the fields. */
export const connects = (c: Pick<ConnectionConfig, 'token' | 'username' | 'password' | 'azure' | 'aws'>): boolean =>
  signsInOneWay(c) && [c.token ?? c.username, c.azure, c.aws].filter((way) => way !== undefined).length <= 1;

/** What `connects` expects. */
export const oneConnection = 'one way to sign in: `token`, `username` and `password` together, `azure`, or `aws`';

/** https://learn.microsoft.com/azure/azure-monitor/metrics/prometheus-api-promql */
const azureScope = 'https://prometheus.monitor.azure.com/.default';

export class Connection {
  readonly url: string;
  readonly origin: string;
  /** What a refusal says is needed. */
  readonly permission: string;
  /** The same where alert rules were asked for. */
  readonly toReadRules: string;
  readonly #config: ConnectionConfig;
  readonly #context: SourceContext;

  constructor(config: ConnectionConfig, context: SourceContext) {
    this.url = config.url;
    this.origin = new URL(config.url).origin;
    this.permission = config.azure
      ? 'the role Monitoring Data Reader on the Azure Monitor workspace'
      : config.aws
        ? 'aps:QueryMetrics, aps:GetMetricMetadata and aps:ListRules'
        : 'permission to query';
    this.toReadRules = config.azure || config.aws ? this.permission : 'permission to read the alert rules';
    this.#config = config;
    this.#context = context;
  }

  post(path: string, form: Readonly<Record<string, string>>, signal: AbortSignal): Promise<Sent> {
    const body = new URLSearchParams({ ...this.#config.parameters, ...form }).toString();
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    return this.#send({ url: `${this.url}${path}`, method: 'POST', headers, body, signal });
  }

  get(path: string, query: Readonly<Record<string, string>>, signal: AbortSignal): Promise<Sent> {
    const search = new URLSearchParams({ ...this.#config.parameters, ...query }).toString();
    return this.#send({ url: `${this.url}${path}${search === '' ? '' : `?${search}`}`, signal });
  }

  async #send(request: HttpRequest): Promise<Sent> {
    const { azure, aws, tenant } = this.#config;
    const headers = {
      ...request.headers,
      accept: 'application/json',
      ...authorization(this.#config),
      ...(tenant === undefined ? {} : { 'x-scope-orgid': tenant }),
    };
    const wanted = { ...request, headers };
    if (azure) {
      const tokens = azureTokens(azure, this.#context);
      const response = await sendToAzure(this.#context, tokens, azureScope, wanted);
      const token = response.status < 300 ? '' : await tokens.token(azureScope, request.signal).catch(() => '');
      return { response, sent: { authorization: `Bearer ${token}` } };
    }
    if (aws) return { response: await sendToAws(this.#context, aws, 'aps', wanted, this.permission), sent: headers };
    return { response: await this.#context.http.send(wanted), sent: headers };
  }
}

/** @property sent the headers, so that a server which repeats the credential is not quoted */
export interface Sent {
  readonly response: HttpResponse;
  readonly sent: Readonly<Record<string, string>>;
}
