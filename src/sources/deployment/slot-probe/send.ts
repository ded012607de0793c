/**
 * Sends requests in pairs, one to each side, the two of a pair right after each other and in random order: so whatever the hour, the
 * network and this machine do, they do to both sides alike.
 */
import type { Http } from '../../../net/http.js';
import { type Attempt, attempt, type Shot, sendMany } from '../../probing/attempt.js';
import type { Target } from './config.js';

export interface PairsPlan {
  readonly targets: readonly Target[];
  /** How many pairs count, and how many are sent before them. */
  readonly pairs: number;
  readonly warmUp: number;
  /** Which of the targets the first pair that counts is for. */
  readonly first: number;
  readonly concurrency: number;
}

/** What became of one pair. */
export interface Pair {
  readonly target: Target;
  readonly idle: Attempt;
  readonly live: Attempt | undefined;
}

/** Timers and answers are late by as much, milliseconds. */
const lag = 100;

/**
 * @param signal the end of the round
 * @param random 0 to 1
 * @returns the pairs that had all the time that the policy grants them. What began too late for that is left out whatever became of
 *   it: of those only the quick ones would have come to an end
 */
export async function sendPairs(
  http: Http,
  { targets, pairs, warmUp, first, concurrency }: PairsPlan,
  signal: AbortSignal,
  random: () => number,
): Promise<readonly Pair[]> {
  const over = new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
  const aborted = (): boolean => signal.aborted;
  const inTurn = (from: number): (() => Target) => {
    let next = from;
    return () => targets[next++ % targets.length] as Target;
  };
  const warming = inTurn(0);
  await Promise.race([sendMany(warmUp, concurrency, () => pairOf(http, warming(), signal, random), aborted), over]);

  const done: { readonly pair: Pair; readonly began: number }[] = [];
  const counting = inTurn(first);
  const one = async (): Promise<void> => {
    const began = performance.now();
    const pair = await pairOf(http, counting(), signal, random);
    if (!signal.aborted) done.push({ pair, began });
  };
  await Promise.race([sendMany(pairs, concurrency, one, aborted), over]);
  if (!signal.aborted) return done.map(({ pair }) => pair);
  const end = performance.now();
  return done.filter(({ pair, began }) => began <= end - longest(pair.target) - lag).map(({ pair }) => pair);
}

/** That a pair may take, milliseconds. */
export const longest = ({ idle, live }: Target): number => idle.timeoutMs + (live?.timeoutMs ?? 0);

async function pairOf(http: Http, target: Target, signal: AbortSignal, random: () => number): Promise<Pair> {
  const send = (shot: Shot): Promise<Attempt> => attempt(http, shot, signal);
  if (target.live === undefined) return { target, idle: await send(target.idle), live: undefined };
  if (random() < 0.5) {
    const idle = await send(target.idle);
    return { target, idle, live: await send(target.live) };
  }
  const live = await send(target.live);
  return { target, idle: await send(target.idle), live };
}
