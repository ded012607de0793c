/** How traffic is shared out, and how it was to be, in words. */
import type { Traffic } from './deployments.js';
import { percentWords } from './flag-words.js';

type Weights = Traffic['weights'];

/** `95 % to blue, 5 % to green`; who gets nothing is left out. */
export function trafficWords(weights: Weights): string {
  const shares = Object.entries(weights).filter(([, percent]) => percent > 0);
  const words = shares
    .toSorted(([, a], [, b]) => b - a)
    .map(([name, percent]) => `${percentWords(percent)} to ${name}`);
  return words.length === 0 ? 'nothing to anybody' : words.join(', ');
}

/** `5 % to green`, `0 % to green`: those that are named, in their order. */
export const sharesWords = (weights: Weights): string =>
  Object.entries(weights)
    .map(([name, percent]) => `${percentWords(percent)} to ${name}`)
    .join(', ');

export const swapWords = (from: string, to: string): string => `${from} swapped with ${to}`;
