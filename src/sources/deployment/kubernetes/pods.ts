/** The pods behind a workload: since when they serve, and why those that do not serve do not. */
import * as v from 'valibot';
import { iso } from '../../../train/clock.js';
import { NotMeasured } from '../../source.js';
import { oneLine } from '../../text.js';
import { kinds, type Reader } from './client.js';
import { conditionOf } from './common.js';
import { type Pod, podForm } from './objects.js';

export interface Pods {
  readonly pods: readonly Pod[];
  /** All of them were read. */
  readonly whole: boolean;
  /** Why they were not. */
  readonly why: readonly string[];
}

/** The pods that are not going away. That they may not be read is said, and is no failure: they only add to what the workload says. */
export async function podsOf(reader: Reader, selector: string): Promise<Pods> {
  try {
    const { items, cut } = await reader.list(kinds.pods, selector);
    const parsed = items.map((item) => v.safeParse(podForm, item));
    const pods = parsed.flatMap((pod) => (pod.success && !pod.output.metadata.deletionTimestamp ? [pod.output] : []));
    const whole = !cut && parsed.every(({ success }) => success);
    return { pods, whole, why: whole ? [] : ['not all of its pods could be read'] };
  } catch (error) {
    if (!(error instanceof NotMeasured) || error.code !== 'forbidden') throw error;
    return {
      pods: [],
      whole: false,
      why: [`its pods cannot be read: allow to list pods in the namespace ${reader.namespace}`],
    };
  }
}

export const isReady = (pod: Pod): boolean => conditionOf(pod.status?.conditions, 'Ready')?.status === 'True';

/** When the last of them began to serve; null unless all do. */
export function servingSince({ pods, whole }: Pods): string | null {
  if (!whole || pods.length === 0 || !pods.every(isReady)) return null;
  const times = pods.map((pod) => Date.parse(conditionOf(pod.status?.conditions, 'Ready')?.lastTransitionTime ?? ''));
  const newest = times.reduce((a, b) => Math.max(a, b));
  return Number.isNaN(newest) ? null : iso(newest);
}

/** On its way: nothing is wrong yet. */
const usual = new Set(['ContainerCreating', 'PodInitializing']);

/** Why pods do not serve, each reason once, with how many it is about. */
export function troubles({ pods }: Pods): readonly string[] {
  const counted = new Map<string, number>();
  for (const pod of pods) {
    const why = isReady(pod) ? undefined : troubleOf(pod);
    if (why !== undefined) counted.set(why, (counted.get(why) ?? 0) + 1);
  }
  return [...counted].slice(0, 5).map(([why, n]) => `${n} pod${n === 1 ? '' : 's'}: ${why}`);
}

function troubleOf({ status }: Pod): string | undefined {
  for (const { name, state, lastState } of [
    ...(status?.initContainerStatuses ?? []),
    ...(status?.containerStatuses ?? []),
  ]) {
    const { reason, message } = state?.waiting ?? {};
    if (!reason || usual.has(reason)) continue;
    // Of a container that crashes its end says more than that Kubernetes waits before it starts it again.
    const ended = lastState?.terminated?.reason;
    const detail = reason === 'CrashLoopBackOff' ? (ended ? `it ended with ${ended}` : '') : (message ?? '');
    return oneLine(`${reason} (${name})${detail === '' ? '' : `: ${detail}`}`, 160);
  }
  const placed = conditionOf(status?.conditions, 'PodScheduled');
  if (placed?.status === 'False') return oneLine(`${placed.reason ?? 'not scheduled'}: ${placed.message ?? ''}`, 160);
  return undefined;
}
