/** Source `unleash`: the flags of one project and environment of an Unleash server. */
import { defineSource, type Source } from '../../source.js';
import { answers } from '../answer.js';
import { Client, schema } from './client.js';
import { controlOf } from './control.js';
import { readFlag } from './read.js';

export const unleashSource = defineSource({
  type: 'unleash',
  families: ['flags'],
  schema,
  open(config, context): Source<'flags'> {
    const client = new Client(config, context);
    const flags = answers({
      provider: 'Unleash',
      place: `${config.environment} of ${config.project}`,
      context,
      read: async (flag, meaning, signal) => (await readFlag(client, flag, meaning, signal)).state,
      list: (_, signal) => client.names(signal),
      url: (flag) => (flag === undefined ? client.url(['search', 'features']) : client.featureUrl(flag)),
    });
    return { flags, control: controlOf(client) };
  },
});
