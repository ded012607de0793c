/**
 * Moves the traffic of a container app between its revisions.
 *
 * The API has no version that Azure would check, so what was read is read once more right before writing, and compared. The whole list is
 * written: labels stay where they are, and a share that follows the latest revision is pinned to the one that it means.
 */
import type { Clock } from '../../../train/clock.js';
import { changedMeanwhile, Refused } from '../../flags/control.js';
import { NotMeasured } from '../../source.js';
import { changeOnAzure } from '../azure/change.js';
import { outcomeOf } from '../azure/operation.js';
import type { TrafficControl, TrafficNow } from '../control.js';
import { type AppClient, type AppState, apiVersion } from './client.js';
import type { Revision, TrafficEntry } from './shapes.js';
import { isSingle, labelsOf, namesOf, percentOf, revisionOf, type Share, sharesOf } from './shares.js';

interface Now {
  readonly state: AppState;
  readonly shares: readonly Share[];
  /** What each revision is called, by its name. */
  readonly names: ReadonlyMap<string, string>;
  readonly traffic: TrafficNow;
}

export function controlOf(client: AppClient, clock: Clock): TrafficControl {
  const whole = `the traffic of app ${client.name}`;
  return {
    subject: `app ${client.name}`,
    read: async (signal) => (await readNow(client, signal)).traffic,
    async write(weights, before, _note, signal) {
      const now = await readNow(client, signal);
      refuseChanged(now, before, client);
      const traffic = entriesFor(byRevision(weights, now, client), now);
      const change = {
        method: 'PATCH',
        path: client.resource,
        query: apiVersion,
        body: { properties: { configuration: { ingress: { traffic } } } },
        what: whole,
        needs: 'Microsoft.App/containerApps/write on the app',
      } as const;
      const accepted = await changeOnAzure(client.arm, change, signal);
      // Anything else: there is no more to be told, and what came of it is read back.
      if (accepted.status !== 202) return;
      const needs =
        'Microsoft.App/locations/containerappOperationResults/read and …/containerappOperationStatuses/read on the subscription';
      const failure = await outcomeOf(
        { arm: client.arm, clock, accepted, what: `the change of ${whole}`, needs },
        signal,
      );
      if (failure !== undefined) await refuseFailed(failure, now, client, signal);
    },
  };
}

async function readNow(client: AppClient, signal: AbortSignal): Promise<Now> {
  const state = await client.state(signal);
  const shares = sharesOf(state);
  if (typeof shares === 'string') throw new NotMeasured('bad-answer', shares);
  const names = namesOf(state, shares);
  const called = [...names.values()];
  const twice = called.find((name, i) => called.indexOf(name) !== i);
  if (twice !== undefined) throw new NotMeasured('bad-answer', `two revisions of ${client.name} are called ${twice}`);
  const busy = busyWith(state);
  const traffic = {
    weights: Object.fromEntries([...names].map(([revision, name]) => [name, percentOf(revision, shares)])),
    lock: JSON.stringify([state.app.configuration?.activeRevisionsMode, shares]),
    ...(busy === undefined ? {} : { busy }),
  };
  return { state, shares, names, traffic };
}

function busyWith({ app: { provisioningState } }: AppState): string | undefined {
  if (provisioningState === 'InProgress') return 'Azure is changing the app, or brings up a revision';
  return provisioningState === 'Deleting' ? 'the app is being deleted' : undefined;
}

function refuseChanged({ state, traffic }: Now, before: TrafficNow, { name }: AppClient): void {
  if (isSingle(state.app)) {
    throw new Refused(
      'too-complex',
      `app ${name} is in single revision mode, in which all goes to its latest revision`,
      'set its revision mode to multiple, then deploy again',
    );
  }
  if (traffic.busy !== undefined) {
    throw new Refused('locked', `app ${name} is being changed: ${traffic.busy}`, 'let that end, then run this again');
  }
  if (traffic.lock !== before.lock) throw changedMeanwhile(`the traffic of app ${name}`, 'Azure');
}

type Percents = ReadonlyMap<string, number>;

/** Percent by the name of the revision. @throws {Refused} for what cannot, or must not, get so much */
function byRevision(weights: Readonly<Record<string, number>>, now: Now, client: AppClient): Percents {
  const percents = new Map<string, number>();
  for (const [given, percent] of Object.entries(weights)) {
    const revision = known(given, now, client);
    if (!Number.isInteger(percent)) {
      const what = `${given} is to get ${percent} %, and Azure takes whole percents only`;
      throw new Refused('refused', what, 'change the weights in the policy');
    }
    if (percent > percentOf(revision, now.shares)) refuseUnfit(given, now.state.revisions.get(revision));
    percents.set(revision, percent);
  }
  return percents;
}

/** By any other name what is read back would not be what was written. */
function known(given: string, { state, names }: Now, { name: appName }: AppClient): string {
  const found = [...names].find(([, name]) => name === given)?.[0];
  if (found !== undefined) return found;
  const other = revisionOf(given, appName, state, labelsOf(state));
  const called = other === undefined ? undefined : names.get(other);
  if (called !== undefined) {
    const what = `where traffic is moved, ${given} is called ${called}: by its label, or else by its full name`;
    throw new Refused('too-complex', what, `name it ${called}`);
  }
  if (other !== undefined) refuseUnfit(given, state.revisions.get(other));
  const all = [...names.values()].join(', ');
  throw new Refused(
    'too-complex',
    `app ${appName} has no active revision ${given}; it has ${all}`,
    'name one of these',
  );
}

/** Users are not sent where nothing serves them. */
function refuseUnfit(given: string, revision: Revision | undefined): void {
  const { active, provisioningState, runningState, healthState } = revision?.properties ?? {};
  const unfit = active !== true ? 'is not active' : wrongIn(provisioningState, runningState, healthState);
  if (unfit === undefined) return;
  throw new Refused(
    'refused',
    `${given} ${unfit}, so it gets no more traffic`,
    'bring it up and let it become healthy, or send the users to another revision',
  );
}

function wrongIn(...states: readonly (string | null | undefined)[]): string | undefined {
  const [provisioning, running, health] = states;
  if (provisioning !== 'Provisioned') return `is not provisioned (${provisioning ?? 'Azure does not say how it is'})`;
  if (running === 'Failed' || running === 'ActivationFailed' || running === 'Stopped') return `is in state ${running}`;
  return health === 'Unhealthy' ? 'is unhealthy' : undefined;
}

/** The list to be written: that which there is, with other weights. */
function entriesFor(percents: Percents, { shares }: Now): readonly TrafficEntry[] {
  const entries = shares
    .filter(({ label, revision }) => label !== undefined || percents.has(revision))
    .map(({ raw, revision }) => ({ ...pinned(raw), revisionName: revision, weight: 0 }));
  for (const [revision, percent] of percents) {
    const own = entries.find(({ revisionName }) => revisionName === revision);
    if (own) own.weight = percent;
    else entries.push({ revisionName: revision, weight: percent });
  }
  return entries.filter(({ label, weight }) => label || weight > 0);
}

const pinned = (raw: TrafficEntry): TrafficEntry =>
  Object.fromEntries(Object.entries(raw).filter(([key]) => key !== 'latestRevision'));

async function refuseFailed(failure: string, before: Now, client: AppClient, signal: AbortSignal): Promise<never> {
  const failed = `the change of the traffic of app ${client.name} failed ${failure}`;
  let now: Now;
  try {
    now = await readNow(client, signal);
  } catch (error) {
    if (!(error instanceof NotMeasured)) throw error;
    throw new NotMeasured(error.code, `${failed}, and what it left could not be read: ${error.message}`);
  }
  const { lock, busy } = now.traffic;
  if (busy !== undefined) throw new NotMeasured('move-failed', `${failed}, and it is not over: ${busy}`);
  if (lock !== before.traffic.lock) throw new NotMeasured('move-failed', `${failed}, but the weights have changed`);
  throw new Refused('refused', `${failed}; the weights are as they were`, "see Azure's words, then run this again");
}
