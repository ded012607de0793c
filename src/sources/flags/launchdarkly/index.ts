/** Source `launchdarkly`: the flags of one project and environment of LaunchDarkly. */
import { defineSource, type Source } from '../../source.js';
import { answers } from '../answer.js';
import { Client, schema } from './client.js';
import { controlOf } from './control.js';
import { readFlag } from './read.js';

export const launchDarklySource = defineSource({
  type: 'launchdarkly',
  families: ['flags'],
  schema,
  open(config, context): Source<'flags'> {
    const client = new Client(config, context);
    const flags = answers({
      provider: 'LaunchDarkly',
      place: `${config.environment} of ${config.project}`,
      context,
      read: async (flag, meaning, signal) => (await readFlag(client, flag, meaning, signal)).state,
      list: (_, signal) => client.keys(signal),
      url: (flag) => (flag === undefined ? client.url(['flags', config.project]) : client.flagUrl(flag)),
    });
    return { flags, control: controlOf(client) };
  },
});
