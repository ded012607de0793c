/** Annotation `application-insights`: a release annotation of the component, which the decision brings up to date. */
import * as v from 'valibot';
import { type AzureConfig, azureClouds, azureTokens, sendToAzure } from '../../net/auth/azure.js';
import { credential } from '../../sources/telemetry/azure/client.js';
import { oneLine } from '../../sources/text.js';
import { defineAnnotation, type ReleaseEvent } from '../reaction.js';
import { strange, written } from '../write.js';

const schema = v.strictObject({});

interface Connection extends AzureConfig {
  readonly resource: string;
  readonly management?: string | undefined;
}

/** https://learn.microsoft.com/rest/api/application-insights/annotations/create */
const answerShape = v.pipe(v.array(v.object({ Id: v.optional(v.nullable(v.string())) })), v.minLength(1));

const needs =
  'write access to the component: the role Application Insights Component Contributor or Contributor (a new assignment can take an hour)';

/** The service takes bytes over 127 for another character set. */
const ascii = (json: string): string =>
  json.replace(/[\u007f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** The names that the portal shows are Microsoft's own. */
const propertiesOf = (event: ReleaseEvent, more: Readonly<Record<string, string>>): string =>
  JSON.stringify({
    ...more,
    'Deployment Uri': event.run,
    ReleaseName: event.subject,
    BuildNumber: event.version,
    BuildRepositoryName: event.repository,
    SourceBranch: event.ref,
    SourceVersion: event.sha,
    ReleaseEnvironmentName: event.environment,
    ReleaseRequestedFor: event.actor,
  });

export const applicationInsightsAnnotation = defineAnnotation<typeof schema, Connection>({
  type: 'application-insights',
  sourceType: 'application-insights',
  schema,
  open(_config, connection, context) {
    // The same at the start and at the end, so that the second write replaces the first.
    const id = process.getBuiltinModule('node:crypto').randomUUID();
    const { resourceManager } = azureClouds[connection.cloud];
    const management = connection.management ?? resourceManager;
    const { origin } = new URL(management);
    const scope = `${resourceManager}/.default`;
    const tokens = azureTokens(connection, context);
    const put = async (
      event: ReleaseEvent,
      properties: Readonly<Record<string, string>>,
      signal: AbortSignal,
    ): Promise<string> => {
      const body = {
        Id: id,
        AnnotationName: oneLine(event.words, 300),
        // Also what `deployed-at` reads back in a later step.
        EventTime: event.deployedAt,
        // The only category that charts show.
        Category: 'Deployment',
        Properties: propertiesOf(event, properties),
      };
      const url = `${management}${connection.resource}/Annotations?api-version=2015-05-01`;
      const headers = { accept: 'application/json', 'content-type': 'application/json' };
      const request = { url, method: 'PUT', headers, body: ascii(JSON.stringify(body)), signal } as const;
      const response = await sendToAzure(context, tokens, scope, request);
      const sent = response.status < 400 ? {} : await credential(tokens, scope, signal);
      if (!v.is(answerShape, written(response, origin, needs, sent))) throw strange(origin);
      return `annotation ${id}`;
    };
    return {
      target: connection.resource.slice(connection.resource.lastIndexOf('/') + 1),
      begin: (event, signal) => put(event, {}, signal),
      end: (event, { decision, reason }, signal) => {
        // The label chooses the icon: a tick or a cross. Neither is true of what was only observed.
        const label = decision === 'stop' ? 'Error' : 'Success';
        const icon = reason === 'observed' ? {} : { Label: label };
        return put(event, { ...icon, Decision: decision, Reason: reason }, signal);
      },
    };
  },
});
