/** Source `configcat`: the flags of one config and environment of ConfigCat. */
import { defineSource, type Source } from '../../source.js';
import { answers } from '../answer.js';
import { Client, schema } from './client.js';
import { controlOf } from './control.js';
import { stateIn } from './read.js';

export const configCatSource = defineSource({
  type: 'configcat',
  families: ['flags'],
  schema,
  open(config, context): Source<'flags'> {
    const client = new Client(config, context);
    const flags = answers({
      provider: 'ConfigCat',
      place: `environment ${config.environment} of config ${config.config}`,
      context,
      read: async (flag, meaning, signal) => stateIn(await client.values(signal), flag, meaning),
      list: async (meaning, signal) => {
        const values = await client.values(signal);
        return values.settingFormulas.map(({ setting }) => stateIn(values, setting.key, meaning));
      },
      url: () => client.valuesUrl,
    });
    return { flags, control: controlOf(client) };
  },
});
