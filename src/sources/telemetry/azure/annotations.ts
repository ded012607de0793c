/** Release annotations of an Application Insights component. */
import * as v from 'valibot';
import { type AzureConfig, azureClouds, azureTokens, sendToAzure } from '../../../net/auth/azure.js';
import { parseJson, refuseDenied } from '../../../net/json.js';
import { iso } from '../../../train/clock.js';
import { type Deployment, NotMeasured, type SourceContext } from '../../source.js';
import { oneLine } from '../../text.js';
import { credential } from './client.js';

const annotation = v.object({
  AnnotationName: v.optional(v.nullable(v.string())),
  Category: v.optional(v.nullable(v.string())),
  EventTime: v.string(),
});
/** The list stands alone or in `value`: the published specification and the service differ. */
const list = v.union([v.array(annotation), v.object({ value: v.array(annotation) })]);

const twoWeeksMs = 14 * 86_400_000;

/**
 * The newest annotation of the category Deployment.
 *
 * `GET {component}/Annotations`, https://learn.microsoft.com/rest/api/application-insights/annotations/list
 *
 * @param management base URL of the resource manager
 * @returns undefined: there is none in the last two weeks
 * @throws {NotMeasured}
 */
export async function newestAnnotation(
  config: AzureConfig & { readonly resource: string },
  management: string,
  context: SourceContext,
  signal: AbortSignal,
): Promise<Deployment | undefined> {
  const now = context.clock.now();
  const page = new URLSearchParams({ 'api-version': '2015-05-01', start: iso(now - twoWeeksMs), end: iso(now) });
  const tokens = azureTokens(config, context);
  const scope = `${azureClouds[config.cloud].resourceManager}/.default`;
  const url = `${management}${config.resource}/Annotations?${page.toString()}`;
  const response = await sendToAzure(context, tokens, scope, { url, headers: { accept: 'application/json' }, signal });
  const { origin } = new URL(management);
  const headers = response.status < 300 ? {} : await credential(tokens, scope, signal);
  refuseDenied(response, origin, 'the role Monitoring Reader on the component', headers);
  const parsed = v.safeParse(list, response.status === 204 ? [] : parseJson(response, origin));
  if (!parsed.success || response.status >= 300) {
    throw new NotMeasured(
      'bad-answer',
      `${origin} answered ${response.status} with something that is no list of annotations`,
    );
  }
  const all = Array.isArray(parsed.output) ? parsed.output : parsed.output.value;
  const deployments = all.flatMap(({ AnnotationName: name, Category: category, EventTime: time }): Deployment[] => {
    // Without a zone the service means UTC.
    const at = Date.parse(/(?:Z|[+-]\d{2}:?\d{2})$/i.test(time) ? time : `${time}Z`);
    if (category !== 'Deployment' || !(at <= now)) return [];
    return [{ at, name: oneLine(name ?? '') || 'a release annotation' }];
  });
  return deployments.toSorted((a, b) => b.at - a.at)[0];
}
