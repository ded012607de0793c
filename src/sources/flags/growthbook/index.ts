/** Source `growthbook`: the features of GrowthBook, as one environment has them. */
import { defineSource, type Source } from '../../source.js';
import { answers } from '../answer.js';
import { missingState } from '../state.js';
import { Client, schema } from './client.js';
import { controlOf } from './control.js';
import { stateFrom } from './read.js';

export const growthBookSource = defineSource({
  type: 'growthbook',
  families: ['flags'],
  schema,
  open(config, context): Source<'flags'> {
    const client = new Client(config, context);
    const flags = answers({
      provider: 'GrowthBook',
      place: config.environment,
      context,
      read: async (flag, meaning, signal) => {
        const feature = await client.feature(flag, signal);
        return feature ? stateFrom(feature, config, meaning) : missingState(flag);
      },
      list: async (meaning, signal) =>
        (await client.features(signal)).map((feature) => stateFrom(feature, config, meaning)),
      url: (flag) => client.url(flag),
    });
    return { flags, control: controlOf(client) };
  },
});
