/** What runs in an environment, from what was said of its deployments. Pure. */
import type { Target } from '../../../record/deployments.js';
import { iso } from '../../../train/clock.js';
import { oneLine } from '../../text.js';
import type { Deployed, Status, Told } from './history.js';

export type Standing = Pick<Target, 'state' | 'version' | 'since' | 'reasons'> & {
  /** What it is about, where that is known. */
  readonly deployed?: Deployed;
};

/** Nothing has begun yet: a reviewer, a timer or a runner is waited for. */
const notBegun: ReadonlySet<string> = new Set(['waiting', 'queued', 'pending']);
const failed: ReadonlySet<string> = new Set(['failure', 'error']);

/** The last success, also where other words came after it. */
const success = ({ statuses }: Told): Status | undefined => statuses.find(({ state }) => state === 'success');
const last = ({ statuses }: Told): Status | undefined => statuses[0];

const isUnderWay = (told: Told, newest: Told | undefined): boolean => {
  const state = last(told)?.state;
  // An older one that still waits is mostly forgotten; the newest is what is about to come.
  return state === 'in_progress' || (told === newest && (state === undefined || notBegun.has(state)));
};

/** Whether nothing further back could change what is known. */
export const isEnough = (told: readonly Told[]): boolean =>
  told.some((one) => success(one) !== undefined || failed.has(last(one)?.state ?? '') || isUnderWay(one, told[0]));

/**
 * The deployment that came last is what runs there: by when it succeeded, since one that waited for a reviewer may come after a newer one.
 *
 * @param told the newest first
 * @param versionOf what to call it
 */
export function standingOf(told: readonly Told[], versionOf: (deployed: Deployed) => string): Standing {
  const words = ({ sha, ref, id }: Deployed): string =>
    `${sha.slice(0, 10)} from ${oneLine(ref, 60)}, deployment ${id}`;
  const moving = told.find((one) => isUnderWay(one, told[0]));
  if (moving) {
    const state = last(moving)?.state.replace('_', ' ') ?? 'created';
    return unknown('deploying', `${words(moving.deployed)}, is ${state}`, moving.deployed);
  }
  const bySuccess = told.flatMap((one) => (success(one) ? [{ one, at: success(one)?.created_at ?? 0 }] : []));
  const [came] = bySuccess.toSorted((a, b) => b.at - a.at);
  const [broke] = told
    .filter((one) => failed.has(last(one)?.state ?? '') && (last(one)?.created_at ?? 0) >= (came?.at ?? 0))
    .toSorted((a, b) => (last(b)?.created_at ?? 0) - (last(a)?.created_at ?? 0));
  if (broke) {
    const { description } = last(broke) ?? {};
    const why = description ? `: ${oneLine(description, 200)}` : '';
    return unknown('failed', `${words(broke.deployed)}, failed${why}`, broke.deployed);
  }
  if (!came) return unknown('unknown', `none of its ${told.length} newest deployments has succeeded`);
  const { deployed } = came.one;
  switch (last(came.one)?.state) {
    case 'success':
      return { state: 'running', version: versionOf(deployed), since: iso(came.at), reasons: [], deployed };
    case 'inactive': {
      const state = deployed.transient_environment === true ? 'stopped' : 'unknown';
      return unknown(state, `${words(deployed)}, was made inactive, and nothing was deployed since`, deployed);
    }
    default: {
      const state = oneLine(last(came.one)?.state ?? '', 40);
      return unknown('unknown', `${words(deployed)}, went from success to ${state}`, deployed);
    }
  }
}

const unknown = (state: Target['state'], reason: string, deployed?: Deployed): Standing => ({
  state,
  version: null,
  since: null,
  reasons: [reason],
  ...(deployed ? { deployed } : {}),
});
