/** Source `cloudwatch`: metrics of Amazon CloudWatch, and the states of its alarms. */
import * as v from 'valibot';
import { awsEndpoint, awsFields, oneWayToAws, signsInToAwsOneWay } from '../../../net/auth/aws.js';
import { described, duration, httpUrl } from '../../../policy/fields.js';
import { defineSource, NotMeasured } from '../../source.js';
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
  settle: described(
    v.optional(duration, '2m'),
    'How long metrics take to arrive: windows end that much before now. Default: `2m`.',
  ),
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
    try {
      if (question.family === 'alerts') return alarmsAdvice(parseAlarmMatch(question.match));
      if (typeof question.query !== 'string') return [];
      return queryAdvice(parseQuery(question.query, 60), question.range !== undefined);
    } catch (error) {
      if (error instanceof NotMeasured) return [error.message];
      throw error;
    }
  },
});
