/** What a move of traffic comes to: which writes, and whether what is read shows them. Pure. */
import type { Traffic } from '../../record/deployments.js';
import { sharesWords, swapWords, trafficWords } from '../../record/traffic-words.js';
import type { TrafficControl, TrafficNow } from '../../sources/deployment/control.js';
import { Refused } from '../../sources/flags/control.js';

/** Percent by target, 0 to 100. */
export type Weights = Readonly<Record<string, number>>;

export type Wanted =
  /**
   * The remainder goes to `rest`, else to whom the system itself gives it, else to those others that have traffic now, as they share it
   * now.
   */
  | { readonly to: 'weights'; readonly weights: Weights; readonly rest?: string }
  /** What runs at `from` and what runs at `with` change places. */
  | { readonly to: 'swap'; readonly from: string; readonly with: string }
  /** As it was read once: the same weights, and what changed places since goes back. */
  | { readonly to: 'restore'; readonly was: Traffic };

/** One write. */
export type Step =
  | {
      readonly does: 'weights';
      readonly weights: Weights;
      /** Who must not get more than before and than wanted. */
      readonly bounded: readonly string[];
    }
  | { readonly does: 'swap'; readonly from: string; readonly with: string };

/** Systems keep weights in hundredths of a percent at best. */
const slack = 0.005;
const near = (a: number, b: number): boolean => Math.abs(a - b) < slack;
const of = (weights: Weights, target: string): number => (Object.hasOwn(weights, target) ? (weights[target] ?? 0) : 0);
const keysOf = (...all: readonly Weights[]): string[] => [...new Set(all.flatMap((one) => Object.keys(one)))];

/** Who is not named gets nothing. */
const isShared = (a: Weights, b: Weights): boolean => keysOf(a, b).every((name) => near(of(a, name), of(b, name)));

/** The last swap, if it was after the one that `earlier` tells of. Where a system did not tell, nobody knows. */
function swapSince(now: Traffic, earlier: Traffic): NonNullable<Traffic['swapped']> | undefined {
  const { swapped } = now;
  if (!swapped || earlier.swapped === undefined) return undefined;
  const isNewer = earlier.swapped === null || Date.parse(swapped.at) > Date.parse(earlier.swapped.at);
  return isNewer ? swapped : undefined;
}

export const isUnchanged = (now: Traffic, before: Traffic): boolean =>
  isShared(now.weights, before.weights) && (now.swapped?.at ?? null) === (before.swapped?.at ?? null);

/**
 * What is still to be written, in this order; empty: all is as wanted.
 *
 * @param since as it was read before an earlier attempt at the same, which may have come about; null: there was none
 * @throws {Refused} when it cannot be written here
 */
export function stepsTo(
  wanted: Wanted,
  now: TrafficNow,
  control: Pick<TrafficControl, 'rest' | 'swap'>,
  since: Traffic | null,
): readonly Step[] {
  switch (wanted.to) {
    case 'weights': {
      const weights = sharedOut(wanted, now.weights, control.rest);
      const step: Step = { does: 'weights', weights, bounded: Object.keys(wanted.weights) };
      return isShared(now.weights, weights) ? [] : [step];
    }
    case 'swap':
      return swapTo(wanted.from, wanted.with, now, control, since);
    case 'restore': {
      const { was } = wanted;
      // First the swap: until then the weights of `was` would be those of the other version.
      const swapped = swapSince(since ?? now, was);
      const back = swapped === undefined ? [] : swapTo(swapped.from, swapped.to, now, control, since);
      const bounded = keysOf(was.weights, now.weights);
      const step: Step = { does: 'weights', weights: was.weights, bounded };
      return isShared(now.weights, was.weights) ? back : [...back, step];
    }
  }
}

function swapTo(
  from: string,
  to: string,
  now: TrafficNow,
  control: Pick<TrafficControl, 'swap'>,
  since: Traffic | null,
): readonly Step[] {
  const step: Step = { does: 'swap', from, with: to };
  if (since !== null && hasCome(step, now, since)) return [];
  if (!control.swap) {
    throw new Refused('too-complex', 'its targets cannot change places', 'move the traffic by weights instead');
  }
  if (now.swapped === undefined) {
    const what = 'the system does not tell when its targets changed places, so a swap could not be read back';
    throw new Refused('too-complex', what, 'move the traffic by weights instead');
  }
  return [step];
}

/** Whether what is read now shows the write, and nothing is under way any more. */
export function hasCome(step: Step, now: TrafficNow, before: Traffic): boolean {
  if (now.busy !== undefined) return false;
  if (step.does === 'weights') return isShared(now.weights, step.weights);
  const swapped = swapSince(now, before);
  return swapped?.from === step.from && swapped.to === step.with;
}

/** The first that gets more than it did before, and more than it was to get. */
export function widened(step: Step, now: Traffic, before: Traffic): string | undefined {
  if (step.does === 'swap') return undefined;
  return step.bounded.find(
    (name) => of(now.weights, name) > Math.max(of(before.weights, name), of(step.weights, name)) + slack,
  );
}

const refused = (what: string): Refused => new Refused('refused', what, 'change the weights in the policy');

/** The weights of all. @throws {Refused} */
function sharedOut(wanted: Wanted & { readonly to: 'weights' }, now: Weights, usual: string | undefined): Weights {
  const { weights, rest } = wanted;
  const named = Object.values(weights);
  const sum = named.reduce((a, b) => a + b, 0);
  if (!named.every((percent) => percent >= 0 && percent <= 100) || sum > 100 + slack || named.length === 0) {
    throw refused(`${sharesWords(weights)} cannot be: it takes percentages from 0 to 100 that come to at most 100`);
  }
  const remainder = Number((100 - sum).toFixed(6));
  if (remainder < slack) return weights;
  if (rest !== undefined && Object.hasOwn(weights, rest)) {
    throw refused(`${rest} is to get ${sharesWords(weights)}, and the rest as well: one of both`);
  }
  const heir = rest ?? (usual !== undefined && !Object.hasOwn(weights, usual) ? usual : undefined);
  if (heir !== undefined) return { ...weights, [heir]: remainder };
  const others = Object.entries(now).filter(([name, percent]) => percent > 0 && !Object.hasOwn(weights, name));
  if (others.length === 0) {
    const message = `nobody else has traffic now that could get the other ${remainder} % (${trafficWords(now)}): name \`rest\``;
    throw refused(message);
  }
  return { ...weights, ...apportioned(remainder, others) };
}

/** In the proportion of `shares`, in whole percents where all are whole; each gets its part of what is left, the last all of it. */
function apportioned(total: number, shares: readonly (readonly [string, number])[]): Weights {
  const perPercent = [total, ...shares.map(([, share]) => share)].every(Number.isInteger) ? 1 : 100;
  let left = total;
  let leftShares = shares.reduce((sum, [, share]) => sum + share, 0);
  const parts = shares.map(([name, share], index) => {
    const exact = (left * share) / leftShares;
    const part = index === shares.length - 1 ? left : Math.round(exact * perPercent) / perPercent;
    left = Number((left - part).toFixed(6));
    leftShares -= share;
    return [name, part] as const;
  });
  return Object.fromEntries(parts);
}

export function wantedWords(wanted: Wanted): string {
  if (wanted.to === 'weights') return sharesWords(wanted.weights);
  if (wanted.to === 'swap') return swapWords(wanted.from, wanted.with);
  return `as it was before: ${trafficWords(wanted.was.weights)}`;
}

export const stepWords = (step: Step): string =>
  step.does === 'swap' ? swapWords(step.from, step.with) : trafficWords(step.weights);
