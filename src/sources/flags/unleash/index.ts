/** Source `unleash`: the flags of one project and environment of an Unleash server. */
import { defineSource, NotMeasured, type Source, type StatesQuestion } from '../../source.js';
import { asksFor, mostStates, statesMeasured } from '../state.js';
import { Client, schema } from './client.js';
import { controlOf } from './control.js';
import { readFlag } from './read.js';

export const unleashSource = defineSource({
  type: 'unleash',
  families: ['flags'],
  schema,
  open(config, context): Source<'flags'> {
    const client = new Client(config, context);
    const states = async (question: StatesQuestion, signal: AbortSignal) => {
      const { of, meaning } = question;
      const fits = asksFor(question);
      const keys = 'flag' in of ? [of.flag] : (await client.names(signal)).filter(fits);
      if (keys.length > mostStates) {
        throw new NotMeasured('too-large', `${keys.length} flags match: ask for fewer than ${mostStates}`, {
          permanent: true,
        });
      }
      const found = await Promise.all(keys.map(async (key) => (await readFlag(client, key, meaning, signal)).state));
      const named = 'flag' in of ? `flag ${of.flag}` : `flags ${of.match}`;
      return statesMeasured(question, found, context, {
        subject: `${named} in ${config.environment} of ${config.project}`,
        query: `GET ${'flag' in of ? client.featureUrl(of.flag) : client.url(['search', 'features'])}`,
      });
    };
    return {
      flags(question, signal) {
        if (question.ask === 'states') return states(question, signal);
        throw new NotMeasured('bad-query', 'Unleash is not asked what it serves: name a source that evaluates', {
          permanent: true,
        });
      },
      control: controlOf(client),
    };
  },
});
