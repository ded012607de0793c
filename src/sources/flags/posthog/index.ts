/** Source `posthog`: the flags of one project of PostHog. */
import { defineSource, type Source } from '../../source.js';
import { answers } from '../answer.js';
import { Client, schema } from './client.js';
import { controlOf } from './control.js';
import { readFlag } from './read.js';

export const postHogSource = defineSource({
  type: 'posthog',
  families: ['flags'],
  schema,
  open(config, context): Source<'flags'> {
    const client = new Client(config, context);
    const flags = answers({
      provider: 'PostHog',
      place: `project ${config.project}`,
      context,
      read: async (flag, meaning, signal) => (await readFlag(client, flag, meaning, signal)).state,
      list: async (_, signal) => [...(await client.ids('', signal)).keys()],
      url: () => client.url(),
    });
    return { flags, control: controlOf(client) };
  },
});
