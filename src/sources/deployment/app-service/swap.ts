/**
 * Swaps two slots (https://learn.microsoft.com/azure/app-service/deploy-staging-slots#what-happens-during-a-swap).
 *
 * Azure restarts the slot that it starts from with the settings of the other, waits until all its instances answer, and only then
 * exchanges the routes. It takes minutes, and it may fail before: then nothing has changed places. Which of both it was, the slots
 * themselves say (`slotSwapStatus`), not the outcome of the operation.
 */
import type { Clock } from '../../../train/clock.js';
import { Refused } from '../../flags/control.js';
import { NotMeasured } from '../../source.js';
import { changeOnAzure } from '../azure/change.js';
import { outcomeOf } from '../azure/operation.js';
import type { TrafficNow } from '../control.js';
import { type AppClient, apiVersion } from './client.js';

export interface Swap {
  readonly client: AppClient;
  readonly clock: Clock;
  readonly from: string;
  readonly to: string;
  readonly before: TrafficNow;
  readonly read: (signal: AbortSignal) => Promise<{ readonly traffic: TrafficNow }>;
}

/** @throws {Refused} the slots have not changed places and will not {NotMeasured} it is not known whether they have */
export async function swapSlots(swap: Swap, signal: AbortSignal): Promise<void> {
  const { client, clock, from, to } = swap;
  const accepted = await changeOnAzure(
    client.arm,
    {
      method: 'POST',
      path: `${client.idOf(from)}/slotsswap`,
      query: apiVersion,
      body: { targetSlot: to, preserveVnet: true },
      what: `the slots of app ${client.name}`,
      needs:
        'Microsoft.Web/sites/slots/slotsswap/action and Microsoft.Web/sites/slots/operationresults/read on the app',
    },
    signal,
  );
  // Anything else: there is no more to be told, and what came of it is read back.
  if (accepted.status !== 202) return;
  const needs = 'Microsoft.Web/sites/slots/operationresults/read';
  const failure = await outcomeOf({ arm: client.arm, clock, accepted, what: 'the swap', needs }, signal);
  if (failure !== undefined) await refuseFailed(failure, swap, signal);
}

async function refuseFailed(failure: string, { from, to, before, read }: Swap, signal: AbortSignal): Promise<never> {
  const failed = `the swap of ${from} with ${to} failed ${failure}`;
  let now: TrafficNow;
  try {
    now = (await read(signal)).traffic;
  } catch (error) {
    if (!(error instanceof NotMeasured)) throw error;
    throw new NotMeasured(error.code, `${failed}, and what it left could not be read: ${error.message}`);
  }
  if (now.busy !== undefined) throw new NotMeasured('swap-failed', `${failed}, and it is not over: ${now.busy}`);
  if (now.swapped?.at !== before.swapped?.at) {
    throw new NotMeasured('swap-failed', `${failed}, but the slots have changed places`);
  }
  throw new Refused(
    'refused',
    `${failed}; the slots have not changed places`,
    `see why ${from} does not start, then swap again`,
  );
}
