/**
 * The old version before the deployment, dealt into two arms as the release deals its traffic: how much two arms that are the same
 * differ from one bin to the next.
 */
import { summed } from '../../judge/histogram.js';
import type { Counted, Instance } from './arms.js';

/** Of both pretended arms in one bin. */
export interface Pretended {
  readonly canary: Counted;
  readonly baseline: Counted;
}

/**
 * Deals the instances out so that the pretended canary has about `share` of the events, and at least one instance.
 *
 * The order is that of the names, spread by a fixed hash, so that neighbours (one zone, one node) do not all fall into one arm, and so
 * that a replay deals alike.
 *
 * @param share of all events that the canary has, 0 to 1
 * @returns the bins in which both were measured, in order of time; undefined when there are fewer than two instances
 */
export function dealt(instances: readonly Instance[], share: number): readonly Pretended[] | undefined {
  const sizes = instances
    .map((instance) => ({ instance, size: instance.bins.reduce((sum, counted) => sum + eventsOf(counted), 0) }))
    .filter(({ size }) => size > 0)
    .toSorted((a, b) => spread(a.instance.name) - spread(b.instance.name));
  if (sizes.length < 2) return undefined;
  const wanted = share * sizes.reduce((sum, { size }) => sum + size, 0);
  let taken = 1;
  let size = sizes[0]?.size ?? 0;
  while (taken < sizes.length - 1) {
    const next = sizes[taken]?.size ?? 0;
    if (Math.abs(size + next - wanted) >= Math.abs(size - wanted)) break;
    size += next;
    taken += 1;
  }
  const [canary, baseline] = [sizes.slice(0, taken), sizes.slice(taken)];
  const length = Math.max(...sizes.map(({ instance }) => instance.bins.length));
  return Array.from({ length }, (_, i) => {
    const [one, other] = [canary, baseline].map((arm) => sumOf(arm.map(({ instance }) => instance.bins[i])));
    return one && other ? [{ canary: one, baseline: other }] : [];
  }).flat();
}

/** FNV-1a, 32 bits (http://www.isthe.com/chongo/tech/comp/fnv/). */
function spread(name: string): number {
  let hash = 0x811c9dc5;
  for (const character of name) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return hash;
}

const lastBound = '+Inf';

/** How many events were counted. */
export function eventsOf(counted: Counted | undefined): number {
  if (counted === undefined) return 0;
  return 'total' in counted ? counted.total : (counted.byBound.get(lastBound) ?? 0);
}

/** Instances come and go: one that was not measured in a bin was not there. */
function sumOf(all: readonly (Counted | undefined)[]): Counted | undefined {
  return all.reduce((sum, counted) => {
    if (sum === undefined || counted === undefined) return sum ?? counted;
    if ('total' in sum && 'total' in counted) {
      return { failures: sum.failures + counted.failures, total: sum.total + counted.total };
    }
    if (!('byBound' in sum && 'byBound' in counted)) return undefined;
    return { byBound: summed([sum.byBound, counted.byBound]) };
  }, undefined);
}
