/**
 * Moves the traffic of an app between its slots.
 *
 * `config/web` has no version that Azure would check, so what was read is read once more right before writing, and compared. Rules are
 * written back as they are but for their percentage: names and fields that are not known here stay.
 */
import type { Traffic } from '../../../record/deployments.js';
import type { Clock } from '../../../train/clock.js';
import { changedMeanwhile, Refused } from '../../flags/control.js';
import { NotMeasured } from '../../source.js';
import { changeOnAzure } from '../azure/change.js';
import type { TrafficControl, TrafficNow } from '../control.js';
import { type AppClient, apiVersion, production } from './client.js';
import type { Rule, Site } from './shapes.js';
import { hostsOf, kept, movesByItself, movingWords, percentOf, rulesTo, type Shares, sharesOf } from './shares.js';
import { swapSlots } from './swap.js';
import { instantOf, operationOn, slotName } from './target.js';

export interface AppNow {
  /** Production and all slots, by name. */
  readonly sites: ReadonlyMap<string, Site>;
  readonly shares: Shares;
  readonly traffic: TrafficNow;
}

export function controlOf(client: AppClient, clock: Clock): TrafficControl {
  return {
    subject: `app ${client.name}`,
    rest: production,
    read: async (signal) => (await readApp(client, signal)).traffic,
    async write(weights, before, _note, signal) {
      const now = await readApp(client, signal);
      refuseChanged(now, before, client);
      const rampUpRules = rulesFor(weights, now);
      const change = {
        method: 'PATCH',
        path: `${client.resource}/config/web`,
        query: apiVersion,
        body: { properties: { experiments: { rampUpRules } } },
        what: `the traffic of app ${client.name}`,
        needs: 'Microsoft.Web/sites/config/write on the app',
      } as const;
      await changeOnAzure(client.arm, change, signal);
    },
    async swap(from, to, before, _note, signal) {
      const now = await readApp(client, signal);
      refuseChanged(now, before, client);
      if (from === production) {
        const what = 'the slot that a swap starts from is restarted and warmed up, so that cannot be production';
        throw new Refused('too-complex', what, `swap ${to} with production`);
      }
      for (const slot of [from, to]) known(slot, now);
      await swapSlots({ client, clock, from, to, before: now.traffic, read: (ends) => readApp(client, ends) }, signal);
    },
  };
}

async function readApp(client: AppClient, signal: AbortSignal): Promise<AppNow> {
  const [app, slots, config] = await Promise.all([
    client.app(signal),
    client.slots(signal),
    client.config(production, signal),
  ]);
  const own = hostsOf(app);
  const shares = sharesOf(config, own);
  if (typeof shares === 'string') throw new NotMeasured('bad-answer', shares);
  const sites = new Map([[production, app], ...slots]);
  const weights = new Map([[production, kept(shares)]]);
  for (const [name, site] of slots) weights.set(name, percentOf(rulesTo(shares.rules, hostsOf(site))));
  refuseOthers(shares, [...sites.values()]);
  const swapped = lastSwap([...sites.values()]);
  const busy = busyWith(sites, shares);
  const traffic = {
    weights: Object.fromEntries(weights),
    swapped,
    lock: JSON.stringify([shares.rules, swapped]),
    ...(busy === undefined ? {} : { busy }),
  };
  return { sites, shares, traffic };
}

/** Users that are sent elsewhere make the weights of the slots less than all. */
function refuseOthers({ rules }: Shares, sites: readonly Site[]): void {
  const hosts = new Set(sites.flatMap((site) => [...hostsOf(site)]));
  const matched = new Set(rulesTo(rules, hosts));
  const other = rules.find((rule) => !matched.has(rule) && (rule.reroutePercentage ?? 0) > 0);
  if (!other) return;
  const where = other.actionHostName ?? 'an unnamed host';
  throw new NotMeasured(
    'bad-answer',
    `a rule sends ${other.reroutePercentage} % to ${where}, which is no slot of the app`,
  );
}

function busyWith(sites: ReadonlyMap<string, Site>, { rules }: Shares): string | undefined {
  const operations = [...sites].map(([name, site]) => operationOn(name, site));
  const moving = rules.filter(movesByItself);
  return operations.find((words) => words !== undefined) ?? (moving.length > 0 ? movingWords(moving) : undefined);
}

/** Each slot tells of the last swap that it took part in. */
function lastSwap(sites: readonly Site[]): NonNullable<Traffic['swapped']> | null {
  const swaps = sites.flatMap(({ properties: { slotSwapStatus } }) => {
    if (!slotSwapStatus) return [];
    const at = instantOf(slotSwapStatus.timestampUtc);
    const { sourceSlotName: from, destinationSlotName: to } = slotSwapStatus;
    if (at === null || !from || !to) {
      throw new NotMeasured('bad-answer', 'Azure tells of a swap, but not when it was or of which slots');
    }
    return [{ at, from: slotName(from), to: slotName(to) }];
  });
  return swaps.sort((a, b) => Date.parse(b.at) - Date.parse(a.at))[0] ?? null;
}

function refuseChanged({ traffic }: AppNow, before: TrafficNow, { name }: AppClient): void {
  if (traffic.busy !== undefined) {
    throw new Refused('locked', `app ${name} is being changed: ${traffic.busy}`, 'let that end, then run this again');
  }
  if (traffic.lock !== before.lock) throw changedMeanwhile(`the traffic of app ${name}`, 'Azure');
}

function known(slot: string, { sites }: AppNow): Site {
  const site = sites.get(slot);
  if (site) return site;
  const names = [...sites.keys()].join(', ');
  throw new Refused('too-complex', `the app has no slot ${slot}; it has ${names}`, 'name it as Azure does');
}

/** The rules that there are with other percentages, and new ones where a slot has none. */
function rulesFor(weights: Readonly<Record<string, number>>, now: AppNow): readonly Rule[] {
  const rules = now.shares.rules.map((rule) => ({ ...rule, reroutePercentage: 0 }));
  for (const [slot, percent] of Object.entries(weights)) {
    const site = known(slot, now);
    if (slot === production || percent === 0) continue;
    const [own] = rulesTo(rules, hostsOf(site));
    if (own) own.reroutePercentage = percent;
    else {
      const { defaultHostName } = site.properties;
      if (!defaultHostName) throw new NotMeasured('bad-answer', `Azure does not tell the host name of ${slot}`);
      rules.push({ name: slot, actionHostName: defaultHostName, reroutePercentage: percent });
    }
  }
  return rules;
}
