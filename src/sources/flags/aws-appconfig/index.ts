/** Source `aws-appconfig`: the feature flags of one profile, as they are deployed to one environment of AWS AppConfig. */
import type { FlagState } from '../../../record/flags.js';
import { defineSource, NotMeasured, type Source, type StatesQuestion } from '../../source.js';
import { asksFor, mostStates, statesMeasured } from '../state.js';
import { Client, schema } from './client.js';
import { controlOf } from './control.js';
import { readAll, stateIn } from './read.js';

export const awsAppConfigSource = defineSource({
  type: 'aws-appconfig',
  families: ['flags'],
  schema,
  open(config, context): Source<'flags'> {
    const client = new Client(config, context);
    const states = async (question: StatesQuestion, signal: AbortSignal) => {
      const { of, meaning } = question;
      const all = await readAll(client, signal);
      const keys = 'flag' in of ? [of.flag] : all.keys.filter(asksFor(question));
      if (keys.length > mostStates) {
        const message = `${keys.length} flags match: ask for at most ${mostStates}`;
        throw new NotMeasured('too-large', message, { permanent: true });
      }
      const found = keys.map((key): FlagState => stateIn(all, key, meaning));
      const named = 'flag' in of ? `flag ${of.flag}` : `flags ${of.match}`;
      return statesMeasured(question, found, context, {
        subject: `${named} of ${config.profile} in ${config.environment}`,
        query: `GET ${client.deploymentsUrl}`,
        notes: all.notes,
      });
    };
    return {
      flags(question, signal) {
        if (question.ask === 'states') return states(question, signal);
        throw new NotMeasured('bad-query', 'AWS AppConfig is not asked what it serves: name a source that evaluates', {
          permanent: true,
        });
      },
      control: controlOf(client),
    };
  },
});
