/** Source `split`: the flags of one workspace and environment of Split, now Harness FME. */
import { defineSource, type Source } from '../../source.js';
import { answers } from '../answer.js';
import { Client, schema } from './client.js';
import { controlOf } from './control.js';
import { readFlag, stateFrom } from './read.js';

export const splitSource = defineSource({
  type: 'split',
  families: ['flags'],
  schema,
  open(config, context): Source<'flags'> {
    const client = new Client(config, context);
    const flags = answers({
      provider: 'Split',
      place: `${config.environment} of workspace ${config.workspace}`,
      context,
      read: async (flag, meaning, signal) => (await readFlag(client, flag, meaning, signal)).state,
      list: async (meaning, signal) => {
        const [all, approvals] = await Promise.all([client.definitions(signal), client.approvals(signal)]);
        return all.map((split) => stateFrom(split, meaning, approvals));
      },
      url: (flag) => client.url(flag),
    });
    return { flags, control: controlOf(client) };
  },
});
