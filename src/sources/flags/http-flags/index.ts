/** Source `http-flags`: any flag service that answers with JSON; the policy's expressions and requests say how it is read and changed. */
import { defineSource, NotMeasured, type Source } from '../../source.js';
import { answers } from '../answer.js';
import { Client } from './client.js';
import { schema } from './config.js';
import { controlOf } from './control.js';
import { readFlag } from './read.js';

const namesIn = (value: unknown): readonly string[] | undefined =>
  Array.isArray(value) && value.every((x) => typeof x === 'string') ? value : undefined;

export const httpFlagsSource = defineSource({
  type: 'http-flags',
  families: ['flags'],
  schema,
  open(config, context): Source<'flags'> {
    const client = new Client(config, context);
    const { list } = config;
    const flags = answers({
      provider: client.origin,
      place: client.origin,
      context,
      read: async (flag, meaning, signal) => (await readFlag(client, flag, meaning, signal)).state,
      list: async (_, signal) => {
        if (!list) {
          const message = 'the source has no `list`, by which flags are found by a pattern: name them one by one';
          throw new NotMeasured('bad-query', message, { permanent: true });
        }
        const answer = await client.ask(list, {}, signal);
        return await answer.read('list.names', list.names, namesIn, 'a list of names');
      },
      url: (flag) => (flag === undefined ? (list?.url ?? config.url) : client.urlOf(flag)),
    });
    return { flags, control: controlOf(client) };
  },
});
