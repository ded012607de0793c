/** Source `cloudwatch`: metrics of Amazon CloudWatch, and the states of its alarms. */
import * as v from 'valibot';
import { awsEndpoint, awsFields, oneWayToAws, signsInToAwsOneWay } from '../../../net/auth/aws.js';
import { described, httpUrl } from '../../../policy/fields.js';
import { adviceOn, defineSource } from '../../source.js';
import { settleField } from '../fields.js';
import { askAlarms } from './alarms.js';
import { openCloudwatch } from './client.js';
import { alarmsAdvice, parseAlarmMatch } from './match.js';
import { askMetrics } from './metrics.js';
import { parseQuery, queryAdvice } from './query.js';

const fields = v.strictObject({
  ...awsFields,
  endpoint: described(
    v.optional(httpUrl),
    'Base URL, for a private endpoint. Default: `https://monitoring.REGION.amazonaws.com`.',
  ),
  settle: settleField('metrics', '2m'),
});
const schema = v.pipe(
  fields,
  v.check((c) => signsInToAwsOneWay(c), oneWayToAws),
);

export const cloudwatchSource = defineSource({
  type: 'cloudwatch',
  families: ['telemetry', 'alerts'],
  schema,
  settleMs: (config) => config.settle,
  open(config, context) {
    const url = config.endpoint ?? awsEndpoint('monitoring', config.region);
    const client = openCloudwatch(config, url, context);
    return {
      telemetry: (question, signal) => askMetrics(client, question, signal),
      alerts: ({ match }, signal) => askAlarms(client, match, signal),
    };
  },
  lint(question) {
    if (question.family === 'alerts') return adviceOn(() => parseAlarmMatch(question.match), alarmsAdvice);
    const { query, range } = question;
    if (typeof query !== 'string') return [];
    return adviceOn(
      () => parseQuery(query, 60),
      (parsed) => queryAdvice(parsed, range !== undefined),
    );
  },
});
