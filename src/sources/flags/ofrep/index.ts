/**
 * Source `ofrep`: any service that speaks the OpenFeature Remote Evaluation Protocol. It tells what is served, never how a flag is set
 * up: its state is known where the service says that all get the same, and else only by evaluating for many users.
 */
import * as v from 'valibot';
import { defineSource, type Source } from '../../source.js';
import { Client, fields } from './client.js';
import { statesOf } from './states.js';

const schema = v.pipe(
  fields,
  v.check((c) => c.token === undefined || c['api-key'] === undefined, 'either `token` or `api-key`'),
);

export const ofrepSource = defineSource({
  type: 'ofrep',
  families: ['flags'],
  schema,
  open(config, context): Source<'flags'> {
    const client = new Client(config, context);
    return {
      flags: (question, signal) =>
        question.ask === 'served'
          ? client.evaluate(question.flag, question.context, signal)
          : statesOf(client, question, signal),
    };
  },
});
