/** Source `azure-monitor`: the metrics of an Azure resource, and the alerts that its alert rules have fired. */
import * as v from 'valibot';
import { azureClouds, azureFields } from '../../net/auth/azure.js';
import { described, httpUrl } from '../../policy/fields.js';
import { adviceOn, defineSource, queryOf } from '../source.js';
import { askAlerts } from './azure-monitor/alerts.js';
import { openArm, resourceIdForm, scopeIdForm } from './azure-monitor/arm.js';
import { parseMatch } from './azure-monitor/match.js';
import { askMetric } from './azure-monitor/metrics.js';
import { parseMetricQuery } from './azure-monitor/query.js';
import { settleField } from './fields.js';

const trimmed = v.pipe(
  v.string(),
  v.trim(),
  v.transform((id) => id.replace(/\/+$/, '')),
);

const schema = v.strictObject({
  resource: described(
    v.pipe(
      trimmed,
      v.check((id) => resourceIdForm.test(id), 'a resource id, `/subscriptions/…/resourceGroups/…/providers/…/…/…`'),
    ),
    'Id of the resource, as its page in the portal shows it under Properties: `/subscriptions/…/resourceGroups/…/providers/…`.',
  ),
  scope: described(
    v.optional(
      v.pipe(
        trimmed,
        v.check((id) => scopeIdForm.test(id), 'the id of a subscription, a resource group or a resource'),
      ),
    ),
    'For the gate `alerts`: id of the subscription, resource group or resource whose alerts count. Default: the resource.',
  ),
  ...azureFields,
  management: described(
    v.optional(httpUrl),
    'Base URL of Azure Resource Manager. Default: that of the cloud, `https://management.azure.com`.',
  ),
  settle: settleField('metrics', '2m'),
});

export const azureMonitorSource = defineSource({
  type: 'azure-monitor',
  families: ['telemetry', 'alerts'],
  schema,
  countsEvents: true,
  settleMs: (config) => config.settle,
  open(config, context) {
    const { portal, resourceManager } = azureClouds[config.cloud];
    const arm = openArm(config, config.management ?? resourceManager, context);
    const now = (): number => context.clock.now();
    const { resource } = config;
    const tenant = config.tenant === undefined ? '' : `@${encodeURIComponent(config.tenant)}/`;
    const link = `${portal}/#${tenant}resource${encodeURI(resource)}/metrics`;
    return {
      telemetry: (question, signal) => askMetric({ arm, resource, link, now }, queryOf(question), question, signal),
      alerts: ({ match }, signal) => askAlerts({ arm, scope: config.scope ?? resource, portal, now }, match, signal),
    };
  },
  lint(question) {
    if (question.family === 'alerts') return adviceOn(() => parseMatch(question.match));
    const { query } = question;
    if (typeof query !== 'string') return [];
    return adviceOn(
      () => parseMetricQuery(query),
      ({ metric, aggregation, beside }) => {
        const counts = aggregation === 'count' || aggregation === 'total';
        return counts && beside === undefined && /fail|error|exception|[45]xx/i.test(metric)
          ? [
              `without traffic \`${metric}\` is zero as well, so zeros alone prove nothing: add \`beside\` and the metric that counts all, such as \`beside requests/count\``,
            ]
          : [];
      },
    );
  },
});
