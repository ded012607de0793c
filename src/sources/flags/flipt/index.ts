/** Source `flipt`: the flags of one namespace of a Flipt server. */
import type { FlagState } from '../../../record/flags.js';
import { defineSource, NotMeasured, type Source, type StatesQuestion } from '../../source.js';
import { type Draft, type FlagControl, type How, Refused } from '../control.js';
import type { Meaning } from '../meaning.js';
import { asksFor, missingState, stateOf, statesMeasured } from '../state.js';
import { type Api, Client, schema, type Wanted } from './client.js';
import { definitionOf } from './definition.js';
import type { FliptFlag } from './shapes.js';
import { V1 } from './v1.js';
import { V2 } from './v2.js';

const kill: FlagState['kill'] = {
  possible: null,
  scope: 'environment',
  why: 'Flipt does not say beforehand whether this token may write, or whether its storage can be written to',
};

const stateFrom = (flag: FliptFlag, meaning: Meaning): FlagState =>
  stateOf({ key: flag.key, definition: definitionOf(flag), version: flag.version, kill }, meaning);

function controlOf<Raw>(api: Api<Raw>): FlagControl {
  const draft = async (key: string, { meaning }: How, signal: AbortSignal, wanted: Wanted): Promise<Draft> => {
    const found = await api.read(key, signal);
    if (!found) throw new Refused('unknown-flag', `there is no flag ${key}`, 'check its name and namespace');
    const before = stateFrom(found.flag, meaning);
    const plan = api.plan(found, wanted);
    const undo = api.undo(found);
    return plan ? { before, undo, words: plan.words, send: (ends) => plan.send(ends) } : { before, undo, words: '' };
  };
  return {
    off: (flag, how, signal) => draft(flag, how, signal, { to: 'off' }),
    rollout: (flag, percent, how, signal) => draft(flag, how, signal, { to: 'rollout', percent }),
    restore: (flag, undo, how, signal) => draft(flag, how, signal, { to: 'restore', undo }),
  };
}

function sourceOf<Raw>(client: Client, api: Api<Raw>): Source<'flags'> {
  const { namespace, api: version } = client.config;
  const place = version === 'v2' ? `namespace ${namespace} of ${client.environment}` : `namespace ${namespace}`;
  const states = async (question: StatesQuestion, signal: AbortSignal) => {
    const { of, meaning } = question;
    if ('flag' in of) {
      const found = await api.read(of.flag, signal);
      const state = found ? stateFrom(found.flag, meaning) : missingState(of.flag);
      const about = { subject: `flag ${of.flag} in ${place}`, query: `GET ${api.urlOf(of.flag)}` };
      return statesMeasured(question, [state], client.context, about);
    }
    const found = await api.list(asksFor(question), signal);
    const about = { subject: `flags ${of.match} in ${place}`, query: `GET ${api.urlOf('').replace(/\/$/, '')}` };
    return statesMeasured(
      question,
      found.map((flag) => stateFrom(flag, meaning)),
      client.context,
      about,
    );
  };
  return {
    flags(question, signal) {
      if (question.ask === 'states') return states(question, signal);
      throw new NotMeasured(
        'bad-query',
        'Flipt is not asked what it serves here: ask it through a source of type `ofrep`',
        { permanent: true },
      );
    },
    control: controlOf(api),
  };
}

export const fliptSource = defineSource({
  type: 'flipt',
  families: ['flags'],
  schema,
  open(config, context): Source<'flags'> {
    const client = new Client(config, context);
    return config.api === 'v2' ? sourceOf(client, new V2(client)) : sourceOf(client, new V1(client));
  },
});
