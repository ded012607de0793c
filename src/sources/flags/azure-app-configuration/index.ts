/** Source `azure-app-configuration`: the feature flags of one store and label of Azure App Configuration. */
import { defineSource, type Source } from '../../source.js';
import { answers } from '../answer.js';
import { Client, schema } from './client.js';
import { controlOf } from './control.js';
import { absentState, find, findAll, stateFrom } from './read.js';

export const azureAppConfigurationSource = defineSource({
  type: 'azure-app-configuration',
  families: ['flags'],
  schema,
  open(config, context): Source<'flags'> {
    const client = new Client(config, context);
    const { host } = new URL(config.endpoint);
    const kind = config.flags === 'enhanced' ? 'enhanced' : 'classic';
    const flags = answers({
      provider: 'Azure App Configuration',
      place: config.label === undefined ? host : `${config.label} of ${host}`,
      context,
      read: async (flag, meaning, signal) => {
        const found = await find(client, flag, signal);
        return found ? stateFrom(found, meaning, context.clock.now()) : await absentState(client, flag, signal);
      },
      list: async (meaning, signal) =>
        (await findAll(client, signal)).map((found) => stateFrom(found, meaning, context.clock.now())),
      url: (flag) => client.url(kind, flag),
    });
    return { flags, control: controlOf(client) };
  },
});
