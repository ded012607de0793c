/** Source `application-insights`: an Application Insights component, asked in KQL. */
import * as v from 'valibot';
import { azureClouds } from '../../../net/auth/azure.js';
import { described, httpUrl } from '../../../policy/fields.js';
import { defineSource } from '../../source.js';
import { newestAnnotation } from './annotations.js';
import { componentId, logsFields } from './client.js';
import { Logs, lintKql } from './logs.js';
import { azureSignals } from './signal-kql.js';
import { names, slotOf } from './tables.js';

const schema = v.strictObject({
  resource: described(componentId, 'Resource id of the component.'),
  tables: described(
    v.optional(v.picklist(['classic', 'workspace']), 'classic'),
    'The names of tables and columns that the ready-made signals use: `requests` and its kin, or `AppRequests` and its kin.',
  ),
  management: described(
    v.optional(httpUrl),
    'Base URL of the resource manager, where release annotations are read. Default: that of the cloud, `https://management.azure.com`.',
  ),
  ...logsFields,
});

const nameOf = (id: string): string => id.slice(id.lastIndexOf('/') + 1);

export const applicationInsightsSource = defineSource({
  type: 'application-insights',
  families: ['telemetry'],
  schema,
  signals: azureSignals,
  countsEvents: true,
  remembersDeployments: true,
  settleMs: (config) => config.settle,
  open(config, context) {
    const { resource } = config;
    const management = config.management ?? azureClouds[config.cloud].resourceManager;
    const arm = config.api === 'arm' ? { endpoint: config.endpoint ?? management } : {};
    const logs = new Logs(
      { ...config, ...arm },
      {
        target: { path: resource, name: nameOf(resource) },
        scope: { names: names[config.tables], slot: slotOf(config['slot-column']) },
        shownIn: resource,
      },
      context,
    );
    return {
      telemetry: (question, signal) => logs.ask(question, signal),
      newestDeployment: (signal) => newestAnnotation(config, management, context, signal),
    };
  },
  lint: (question) => lintKql(question),
});
