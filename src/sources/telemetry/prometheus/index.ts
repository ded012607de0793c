/**
 * Source `prometheus`: whatever speaks Prometheus' HTTP API (v1 `query`, `query_range` and `rules`;
 * https://prometheus.io/docs/prometheus/latest/querying/api/).
 */
import * as v from 'valibot';
import { adviceOn, defineSource } from '../../source.js';
import { parseMatchers } from '../matchers.js';
import { binAdvice, lookBackAdvice } from '../range.js';
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
    if (question.family === 'alerts') {
      const { match } = question;
      if (match === undefined) return ['without `match` every alert rule of the server counts'];
      return adviceOn(() => parseMatchers(match));
    }
    const { query } = question;
    if (typeof query !== 'string') return advice;
    if (hidesAbsence(query)) {
      advice.push(
        '`or vector(…)` turns a missing series into a number, so that absence can no longer be seen; `or 0 * <a query that proves traffic>` does not',
      );
    }
    return [...advice, ...binAdvice(query, question), ...lookBackAdvice(query, warmupMs, 'traffic')];
  },
});
