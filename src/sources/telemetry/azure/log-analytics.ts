/** Source `log-analytics`: a Log Analytics workspace, or the logs of one Azure resource, asked in KQL. */
import * as v from 'valibot';
import { described } from '../../../policy/fields.js';
import { defineSource } from '../../source.js';
import { componentId, logsFields, resourceId } from './client.js';
import { Logs, lintKql } from './logs.js';
import { azureSignals } from './signal-kql.js';
import { names, slotOf } from './tables.js';

const fields = v.strictObject({
  workspace: described(
    v.optional(
      v.pipe(
        v.string(),
        v.trim(),
        v.regex(/^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i, 'a workspace id, the GUID on the page of the workspace'),
      ),
    ),
    'Id of the workspace (a GUID).',
  ),
  resource: described(
    v.optional(resourceId(String.raw`[^?#%\s]+/[^?#%\s]+/[^?#%\s]+`, '/subscriptions/…/resourceGroups/…/providers/…')),
    'In place of `workspace`: resource id of what the logs are about, e.g. a container app. Only its rows are read, wherever they are kept.',
  ),
  component: described(
    v.optional(componentId),
    'For ready-made signals: resource id of the Application Insights component. Without it all apps of the workspace would be mixed.',
  ),
  ...logsFields,
});
const schema = v.pipe(
  fields,
  v.check((c) => (c.workspace === undefined) !== (c.resource === undefined), 'either `workspace` or `resource`'),
  v.check((c) => c.api !== 'arm' || c.resource !== undefined, '`resource` beside `api: arm`'),
);

const needsComponent =
  'ready-made signals need `component` in the source: the resource id of the Application Insights component, since a workspace holds the telemetry of many';

export const logAnalyticsSource = defineSource({
  type: 'log-analytics',
  families: ['telemetry'],
  schema,
  signals: azureSignals,
  countsEvents: true,
  settleMs: (config) => config.settle,
  open(config, context) {
    const { workspace, resource, component } = config;
    const logs = new Logs(
      config,
      {
        target:
          resource === undefined
            ? { path: `/workspaces/${workspace}`, name: `workspace ${workspace}` }
            : { path: resource, name: resource.slice(resource.lastIndexOf('/') + 1) },
        scope:
          component === undefined
            ? needsComponent
            : { names: names.workspace, slot: slotOf(config['slot-column']), component },
        shownIn: resource ?? component,
      },
      context,
    );
    return { telemetry: (question, signal) => logs.ask(question, signal) };
  },
  lint: (question) => lintKql(question),
});
