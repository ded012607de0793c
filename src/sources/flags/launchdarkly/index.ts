/** Source `launchdarkly`: the flags of one project and environment of LaunchDarkly. */
import pLimit from 'p-limit';
import { defineSource, NotMeasured, type Source, type StatesQuestion } from '../../source.js';
import { asksFor, mostStates, statesMeasured } from '../state.js';
import { Client, schema } from './client.js';
import { controlOf } from './control.js';
import { readFlag } from './read.js';

/** How many flags of a pattern are read at once. */
const atOnce = 6;

export const launchDarklySource = defineSource({
  type: 'launchdarkly',
  families: ['flags'],
  schema,
  open(config, context): Source<'flags'> {
    const client = new Client(config, context);
    const states = async (question: StatesQuestion, signal: AbortSignal) => {
      const { of, meaning } = question;
      const keys = 'flag' in of ? [of.flag] : (await client.keys(signal)).filter(asksFor(question));
      if (keys.length > mostStates) {
        throw new NotMeasured('too-large', `${keys.length} flags match: ask for at most ${mostStates}`, {
          permanent: true,
        });
      }
      const limit = pLimit(atOnce);
      const found = await Promise.all(keys.map((key) => limit(() => readFlag(client, key, meaning, signal))));
      const named = 'flag' in of ? `flag ${of.flag}` : `flags ${of.match}`;
      return statesMeasured(
        question,
        found.map(({ state }) => state),
        context,
        {
          subject: `${named} in ${config.environment} of ${config.project}`,
          query: `GET ${'flag' in of ? client.flagUrl(of.flag) : client.url(['flags', config.project])}`,
          ...('flag' in of ? { link: client.link(of.flag) } : {}),
        },
      );
    };
    return {
      async flags(question, signal) {
        if (question.ask === 'states') return await states(question, signal);
        throw new NotMeasured('bad-query', 'LaunchDarkly is not asked what it serves: name a source that evaluates', {
          permanent: true,
        });
      },
      control: controlOf(client),
    };
  },
});
