/** Source `datadog`: metrics, and the states of monitors. */
import * as v from 'valibot';
import { defineSource, queryOf } from '../../source.js';
import { settleField } from '../fields.js';
import { Client, clientFields } from './client.js';
import { askMetric } from './metrics.js';
import { askMonitors } from './monitors.js';
import { refusal } from './refusal.js';

const schema = v.strictObject({
  ...clientFields,
  settle: settleField('metrics', '1m'),
});

export const datadogSource = defineSource({
  type: 'datadog',
  families: ['telemetry', 'alerts'],
  schema,
  settleMs: (config) => config.settle,
  open(config, context) {
    const client = new Client(config, context);
    return {
      telemetry: (question, signal) => askMetric(client, queryOf(question), question, signal),
      alerts: ({ match }, signal) => askMonitors(client, match, signal),
    };
  },
  lint(question) {
    if (question.family === 'alerts')
      return question.match === undefined ? ['without `match` every monitor counts'] : [];
    const { query, range } = question;
    const parts = typeof query === 'string' ? query.split(/\s+beside\s+/) : [];
    const refused = parts.map((part) => refusal(part, range !== undefined)).find((why) => why !== undefined);
    return refused === undefined ? [] : [refused];
  },
});
