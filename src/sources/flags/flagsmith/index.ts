/** Source `flagsmith`: the flags of one project and environment of Flagsmith. */
import { defineSource, type Source } from '../../source.js';
import { answers } from '../answer.js';
import { Client, schema } from './client.js';
import { controlOf } from './control.js';
import { readFlag } from './read.js';

export const flagsmithSource = defineSource({
  type: 'flagsmith',
  families: ['flags'],
  schema,
  open(config, context): Source<'flags'> {
    const client = new Client(config, context);
    const flags = answers({
      provider: 'Flagsmith',
      place: `project ${config.project}`,
      context,
      read: async (flag, meaning, signal) => (await readFlag(client, flag, meaning, signal)).state,
      list: async (_, signal) => {
        const all = await client.features('', signal);
        return all.filter(({ is_archived: archived }) => archived !== true).map(({ name }) => name);
      },
      url: () => client.featuresUrl,
    });
    return { flags, control: controlOf(client) };
  },
});
