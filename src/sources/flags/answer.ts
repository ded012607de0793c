/** The usual way to answer questions about flags, for providers that hold definitions and do not evaluate. */
import pLimit from 'p-limit';
import type { FlagState } from '../../record/flags.js';
import { type FlagQuestion, NotMeasured, type Source, type SourceContext } from '../source.js';
import type { Meaning } from './meaning.js';
import { asksFor, mostStates, statesMeasured } from './state.js';

export interface Reader {
  /** As people call it: `LaunchDarkly`. */
  readonly provider: string;
  /** Where the flags are, in a few words: `production of shop`. */
  readonly place: string;
  readonly context: SourceContext;
  /** The state of one flag, `missingState` only where the provider says so. */
  read(flag: string, meaning: Meaning, signal: AbortSignal): Promise<FlagState>;
  /** All flags that are not archived, to the very end of the list: their names, or their states where the list tells them. */
  list(meaning: Meaning, signal: AbortSignal): Promise<readonly (string | FlagState)[]>;
  /** What is asked; without a flag: the list. */
  url(flag?: string): string;
}

/** How many flags of a pattern are read at once. */
const atOnce = 6;

/** One flag is read by its name; of a pattern all are listed, and those that fit are read. */
export function answers(reader: Reader): NonNullable<Source<'flags'>['flags']> {
  const { provider, place, context } = reader;
  return async (question: FlagQuestion, signal) => {
    if (question.ask !== 'states') {
      const message = `${provider} is not asked what it serves here: name a source that evaluates, such as \`ofrep\``;
      throw new NotMeasured('bad-query', message, { permanent: true });
    }
    const { of, meaning } = question;
    const fits = asksFor(question);
    const all = 'flag' in of ? [of.flag] : await reader.list(meaning, signal);
    const found = all.filter((one) => fits(typeof one === 'string' ? one : one.key));
    if (found.length > mostStates) {
      const message = `${found.length} flags match: ask for at most ${mostStates}`;
      throw new NotMeasured('too-large', message, { permanent: true });
    }
    const limit = pLimit(atOnce);
    const states = await Promise.all(
      found.map((one) => limit(async () => (typeof one === 'string' ? reader.read(one, meaning, signal) : one))),
    );
    const [first] = states;
    return statesMeasured(question, states, context, {
      subject: `${'flag' in of ? `flag ${of.flag}` : `flags ${of.match}`} in ${place}`,
      query: `GET ${'flag' in of ? reader.url(of.flag) : reader.url()}`,
      ...('flag' in of && first?.link !== undefined ? { link: first.link } : {}),
    });
  };
}
