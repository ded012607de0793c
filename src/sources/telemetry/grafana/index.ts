/** Source `grafana`: the data sources behind a Grafana, and its own alert rules. */
import * as v from 'valibot';
import { described, filled, httpUrl, secret } from '../../../policy/fields.js';
import { defineSource, NotMeasured } from '../../source.js';
import { settleField } from '../fields.js';
import { askAlerts } from './alerts.js';
import { clientOf } from './client.js';
import { askMetrics } from './metrics.js';

const schema = v.strictObject({
  url: described(httpUrl, 'Base URL of Grafana, with its sub-path where it has one.'),
  token: described(v.optional(secret), 'Token of a service account, sent as `Authorization: Bearer …`.'),
  datasource: described(
    v.optional(filled),
    'Uid of the data source that queries go to (it stands in the address of its settings page). Not needed for alerts.',
  ),
  settle: settleField('data', '0s'),
});

const looksFromNow = /\bnow\s*\(\s*\)|\bcurrent_timestamp\b|\bgetdate\s*\(/i;
const invents = /\bfill\s*\(\s*(?:0|previous|linear)|\bcoalesce\s*\(|\btransformNull\s*\(|\bor\s+vector\s*\(/i;

export const grafanaSource = defineSource({
  type: 'grafana',
  families: ['telemetry', 'alerts'],
  schema,
  settleMs: (config) => config.settle,
  open(config, { http, clock }) {
    const client = clientOf(config, http);
    const now = () => clock.now();
    return {
      telemetry: async (question, signal) => {
        const { datasource } = config;
        if (datasource === undefined) {
          const message = 'expected `datasource` in the source, the uid of the data source that the query goes to';
          throw new NotMeasured('bad-query', message, { permanent: true });
        }
        return askMetrics({ client, datasource, now }, question, signal);
      },
      alerts: ({ match }, signal) => askAlerts({ client, now }, match, signal),
    };
  },
  lint(question) {
    if (question.family !== 'telemetry' || typeof question.query !== 'string') return [];
    const advice: string[] = [];
    if (looksFromNow.test(question.query)) {
      advice.push(
        'looks at the time of asking, which is not the time of the data: use the macros of the data source, such as `$__timeFilter(…)`',
      );
    }
    if (invents.test(question.query)) advice.push('gives values where nothing was measured');
    return advice;
  },
});
