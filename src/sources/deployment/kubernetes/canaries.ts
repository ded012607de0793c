/**
 * Flagger's canaries (https://docs.flagger.app/usage/how-it-works). The workload that the canary names is the new side; the copy that Flagger
 * makes of it, NAME-primary, is the side that serves.
 */
import { NotMeasured } from '../../source.js';
import { oneLine } from '../../text.js';
import { kinds } from './client.js';
import { type Asking, conditionOf, conditionWords } from './common.js';
import { type Canary, canaryForm } from './objects.js';
import { absent, type Found } from './target.js';
import { readDaemonSet, readDeployment } from './workloads.js';

const readers: Readonly<Record<string, typeof readDeployment>> = {
  Deployment: readDeployment,
  DaemonSet: readDaemonSet,
};

/** Phases in which nothing is under way. */
const settled = new Set(['Initialized', 'Succeeded', 'Failed']);
/** Phases in which the canary's weight moves. */
const moving = new Set(['Waiting', 'Progressing', 'WaitingPromotion', 'Promoting', 'Finalising']);

export async function readCanary(asking: Asking, name: string, part: string | undefined): Promise<Found> {
  const canary = await asking.reader.get(kinds.canaries, name, canaryForm);
  if (!canary) return absent();
  const { kind, name: workload } = canary.spec.targetRef;
  const read = readers[kind];
  if (!read) {
    const message = `the canary ${name} is of a ${oneLine(kind, 40)}: expected one of a Deployment or a DaemonSet`;
    throw new NotMeasured('bad-query', message, { permanent: true });
  }
  const found = await read(asking, part === 'canary' ? workload : `${workload}-primary`);
  if (part === undefined) return whole(canary, found);
  if (!found.exists) return found;
  const { share, why } = canaryShare(canary);
  const traffic = share === null ? null : part === 'canary' ? share : 100 - share;
  return { ...found, traffic, reasons: [...found.reasons, ...why] };
}

/** The canary as a whole is what its primary runs, once nothing is under way. */
function whole({ metadata, status }: Canary, primary: Found): Found {
  const phase = status?.phase || 'it has no phase';
  const promoted = conditionOf(status?.conditions, 'Promoted');
  const checks = status?.failedChecks ?? 0;
  const calm = phase === 'Initialized' || phase === 'Succeeded';
  const ended = phase === 'Terminating' || phase === 'Terminated';
  const state = calm ? primary.state : phase === 'Failed' ? 'failed' : ended ? 'stopped' : 'deploying';
  return {
    ...primary,
    exists: true,
    state: metadata.deletionTimestamp ? 'deploying' : state,
    health: phase === 'Failed' ? 'unhealthy' : primary.health,
    ready: calm && !metadata.deletionTimestamp && primary.ready,
    since: calm ? primary.since : null,
    reasons: [
      ...(calm ? [] : [`${phase}${checks > 0 ? `, ${checks} failed checks` : ''}`]),
      ...(!calm && promoted ? [conditionWords(promoted)] : []),
      ...(metadata.deletionTimestamp ? ['it is being deleted'] : []),
      ...(primary.exists ? [] : ['its primary is not there']),
      ...primary.reasons,
    ],
  };
}

/** Percent of the requests that go to the new side, as far as the canary says it. */
function canaryShare({ spec, status }: Canary): { readonly share: number | null; readonly why: readonly string[] } {
  const phase = status?.phase ?? '';
  if (settled.has(phase)) return { share: 0, why: [] };
  const { iterations, match } = spec.analysis ?? spec.canaryAnalysis ?? {};
  const weight = status?.canaryWeight ?? 0;
  const unknown = (why: string) => ({ share: null, why: [why] });
  if (!moving.has(phase))
    return unknown(`who gets the requests is not known while it is ${oneLine(phase, 40) || 'without a phase'}`);
  if ((match ?? []).length > 0) return unknown('its analysis sends some users to the new side by rules (A/B test)');
  if ((iterations ?? 0) > 0)
    return unknown('its analysis goes by iterations, and its status does not say who gets the requests');
  return weight >= 0 && weight <= 100 ? { share: weight, why: [] } : unknown(`its weight is ${weight}`);
}
