/** Source `dynatrace`: metrics and open problems of an environment, by its API v2. */
import * as v from 'valibot';
import { described, filled, httpUrl, secret } from '../../policy/fields.js';
import { adviceOn, defineSource, NotMeasured, queryOf } from '../source.js';
import { openClient } from './dynatrace/client.js';
import { askMetric } from './dynatrace/metrics.js';
import { askProblems } from './dynatrace/problems.js';
import { operandsOf } from './dynatrace/selector.js';
import { settleField } from './fields.js';

const schema = v.strictObject({
  url: described(
    v.pipe(
      httpUrl,
      v.check(
        (text) => !/[?#]/.test(text) && !/\/api(?:\/v2)?$/.test(text),
        'the URL of the environment, without `/api/v2`',
      ),
    ),
    'URL of the environment: `https://<id>.live.dynatrace.com`, or `https://<domain>/e/<id>`; `/api/v2/…` is added to it.',
  ),
  token: described(secret, 'Access token (`dt0c01.…`), sent as `Authorization: Api-Token …`.'),
  entity: described(
    v.optional(filled),
    'Entity selector, e.g. `type("SERVICE"),entityName.equals("checkout")`: only these entities count, in metrics and in problems.',
  ),
  settle: settleField('metrics', '1m'),
});

export const dynatraceSource = defineSource({
  type: 'dynatrace',
  families: ['telemetry', 'alerts'],
  schema,
  settleMs: (config) => config.settle,
  open(config, context) {
    const client = openClient(config, context);
    const now = (): number => context.clock.now();
    return {
      telemetry: (question, signal) =>
        askMetric({ client, entity: config.entity, now }, queryOf(question), question, signal),
      async alerts({ match }, signal) {
        const selector = match ?? config.entity;
        if (selector === undefined) {
          const message =
            "expected an entity selector, in the gate's `match` or the source's `entity`: without one nothing proves that anything is monitored";
          throw new NotMeasured('bad-query', message, { permanent: true });
        }
        return askProblems({ client, now }, selector, signal);
      },
    };
  },
  lint(question) {
    if (question.family === 'alerts') return [];
    const { query } = question;
    if (typeof query !== 'string') return [];
    return adviceOn(
      () => operandsOf(query),
      (operands) =>
        operands.every(({ maySilence }) => maySilence)
          ? [
              'every metric of the selector has a `:default(…)`: divide by one without, which proves that there is traffic',
            ]
          : [],
    );
  },
});
