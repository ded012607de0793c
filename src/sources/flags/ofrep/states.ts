/** How flags are set up, as far as evaluations can tell. */
import pLimit from 'p-limit';
import type { Flag, FlagStates } from '../../../record/evidence.js';
import type { FlagState } from '../../../record/flags.js';
import { NotMeasured, type StatesQuestion, type Unnamed } from '../../source.js';
import { asksFor, missingState, mostStates, statesMeasured } from '../state.js';
import type { Client, Context } from './client.js';
import { sampledState } from './sampled.js';

/** How many evaluations are under way at once. */
const atOnce = 8;

/** The same made-up users each time, so that two rounds do not differ by chance. */
const userOf = (number: number): Context => ({ targetingKey: number === 0 ? 'signalbox' : `signalbox-${number}` });

/** Asks for all users but the first; one failure fails all, and what is not under way yet is not sent. */
async function sampled<T>(client: Client, ask: (user: Context) => Promise<T>): Promise<readonly T[]> {
  const limit = pLimit(atOnce);
  const users = Array.from({ length: Math.max(0, client.config.sample - 1) }, (_, i) => userOf(i + 1));
  try {
    return await Promise.all(users.map((user) => limit(() => ask(user))));
  } catch (error) {
    limit.clearQueue();
    throw error;
  }
}

const isForSome = (answer: Unnamed<Flag>): boolean => answer.exists && answer.scope !== 'everyone';

/** Answers of one flag; those that are about all, or about no flag, came after a change. */
function stateFrom(flag: string, answers: readonly Unnamed<Flag>[], question: StatesQuestion): FlagState {
  const [first] = answers;
  if (!first?.exists) return missingState(flag);
  if (answers.length > 1 && !answers.every(isForSome)) {
    throw new NotMeasured('evaluation-failed', `${flag} was changed while it was evaluated for many users`);
  }
  return sampledState(flag, answers, question.meaning);
}

const noteOf = (states: readonly FlagState[]): string[] =>
  states.some(({ method }) => method === 'sampled')
    ? ['exposures are estimated from users of whom nothing but a key is known: what rules serve to others is not seen']
    : [];

async function stateOfOne(client: Client, question: StatesQuestion, flag: string, signal: AbortSignal) {
  const first = await client.evaluate(flag, userOf(0), signal);
  const others = isForSome(first) ? await sampled(client, (user) => client.evaluate(flag, user, signal)) : [];
  const states = [stateFrom(flag, [first, ...others], question)];
  const about = { subject: `flag ${flag}`, query: first.query, notes: noteOf(states) };
  return statesMeasured(question, states, client.context, about);
}

/** By the list of all flags: one request for each user, whatever the number of flags. */
async function statesOfAll(client: Client, question: StatesQuestion, match: string, signal: AbortSignal) {
  const fits = asksFor(question);
  const first = await client.evaluateAll(userOf(0), signal);
  const keys = [...first.keys()].filter(fits);
  if (keys.length > mostStates) {
    const message = `${keys.length} flags match: ask for at most ${mostStates}`;
    throw new NotMeasured('too-large', message, { permanent: true });
  }
  const answers = new Map(keys.map((key) => [key, [answerOf(first, key)]]));
  const open = keys.filter((key) => (answers.get(key) ?? []).every(isForSome));
  if (open.length > 0) {
    await sampled(client, async (user) => {
      const all = await client.evaluateAll(user, signal);
      for (const key of open) answers.get(key)?.push(answerOf(all, key));
    });
  }
  const states = keys.map((key) => stateFrom(key, answers.get(key) ?? [], question));
  return statesMeasured(question, states, client.context, {
    subject: `flags ${match}`,
    query: `POST ${client.allUrl} ${JSON.stringify({ context: userOf(0) })}`,
    notes: [...noteOf(states), 'the list of a service may lack flags that are disabled: name those that matter'],
  });
}

function answerOf(all: Awaited<ReturnType<Client['evaluateAll']>>, key: string): Unnamed<Flag> {
  const answer = all.get(key);
  if (answer) return answer();
  throw new NotMeasured('evaluation-failed', `${key} was removed while it was evaluated for many users`);
}

export async function statesOf(
  client: Client,
  question: StatesQuestion,
  signal: AbortSignal,
): Promise<Unnamed<FlagStates>> {
  const { of } = question;
  if ('flag' in of) return stateOfOne(client, question, of.flag, signal);
  return statesOfAll(client, question, of.match, signal);
}
