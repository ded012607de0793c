/**
 * Source `prometheus`: whatever speaks Prometheus' HTTP API (v1 `query`, `query_range` and `rules`;
 * https://prometheus.io/docs/prometheus/latest/querying/api/).
 */
import * as v from 'valibot';
import { formatDuration, parseDuration } from '../../../policy/fields.js';
import { defineSource, NotMeasured } from '../../source.js';
import { parseMatchers } from '../matchers.js';
import { askRules } from './alerts.js';
import { Connection, connectionFields, connects, oneConnection } from './connection.js';
import { hidesAbsence, Queries } from './query.js';

const schema = v.pipe(
  v.strictObject(connectionFields),
  v.check((c) => connects(c), oneConnection),
);

export const prometheusSource = defineSource({
  type: 'prometheus',
  families: ['telemetry', 'alerts'],
  windowInQuery: true,
  schema,
  open(config, context) {
    const connection = new Connection(config, context);
    const queries = new Queries(connection, context);
    return {
      telemetry: (question, signal) => queries.ask(question, signal),
      alerts: ({ match }, signal) => askRules(connection, match, () => context.clock.now(), signal),
    };
  },
  lint(question, { warmupMs }) {
    const advice: string[] = [];
    if (question.family === 'alerts') return adviceOn(question.match);
    const { query } = question;
    if (typeof query !== 'string') return advice;
    if (hidesAbsence(query)) {
      advice.push(
        '`or vector(…)` turns a missing series into a number, so that absence can no longer be seen; `or 0 * <a query that proves traffic>` does not',
      );
    }
    const ranges = [...query.matchAll(/\[(\w+)[:\]]/g)].flatMap(([, text]) => parseDuration(text ?? '') ?? []);
    const longest = ranges.reduce((a, b) => Math.max(a, b), 0);
    if (longest > warmupMs) {
      advice.push(
        `looks back ${formatDuration(longest)}, longer than the warm-up of ${formatDuration(warmupMs)}: the first rounds see traffic from before the deployment; write \`[$__range]\`, the window of the question`,
      );
    }
    return advice;
  },
});

function adviceOn(match: string | undefined): string[] {
  if (match === undefined) return ['without `match` every alert rule of the server counts'];
  try {
    parseMatchers(match);
    return [];
  } catch (error) {
    if (error instanceof NotMeasured) return [error.message];
    throw error;
  }
}
