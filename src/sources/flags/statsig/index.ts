/** Source `statsig`: the feature gates of a Statsig project, as one environment has them. */
import { defineSource, type Source } from '../../source.js';
import { answers } from '../answer.js';
import { Client, schema } from './client.js';
import { controlOf } from './control.js';
import { readGate } from './read.js';

export const statsigSource = defineSource({
  type: 'statsig',
  families: ['flags'],
  schema,
  open(config, context): Source<'flags'> {
    const client = new Client(config, context);
    const flags = answers({
      provider: 'Statsig',
      place: config.environment,
      context,
      read: async (flag, meaning, signal) => (await readGate(client, flag, meaning, signal)).state,
      list: (_, signal) => client.keys(signal),
      url: (flag) => (flag === undefined ? client.url() : client.url(flag)),
    });
    return { flags, control: controlOf(client) };
  },
});
