import { describe, expect, it } from 'vitest';
import { changeTraffic, type Wanted } from '../../../src/reactions/traffic/change.js';
import type { TrafficChange } from '../../../src/record/deployments.js';
import type { TrafficNow } from '../../../src/sources/deployment/control.js';
import { Refused } from '../../../src/sources/flags/control.js';
import { NotMeasured } from '../../../src/sources/source.js';
import type { AppServiceServer, Rule, Slot, Trouble } from '../../deployment/app-service.provider.js';
import { forever, type Opened, open } from './app-service.support.js';

const host = 'checkout-staging.azurewebsites.net';
const rule = (percent: number, more: object = {}): Rule => ({
  name: 'staging',
  actionHostName: host,
  reroutePercentage: percent,
  ...more,
});
const five = { production: 95, staging: 5 };
const version = (app: AppServiceServer): string | undefined => app.slots.production?.linuxFxVersion.slice(-5);

/** What came of an act: `done`, or the kind and code of what was thrown. */
async function outcomeOf(act: Promise<unknown>): Promise<string> {
  try {
    await act;
    return 'done';
  } catch (error) {
    if (error instanceof Refused) return `refused: ${error.code}`;
    if (error instanceof NotMeasured) return `not known: ${error.code}`;
    throw error;
  }
}

const write = async ({ control }: Opened, weights: Record<string, number>, before?: TrafficNow): Promise<string> =>
  outcomeOf(control.write(weights, before ?? (await control.read(forever)), 'why', forever));
const swap = async ({ control }: Opened, from = 'staging', to = 'production', signal = forever): Promise<string> =>
  outcomeOf(control.swap?.(from, to, await control.read(forever), 'why', signal) ?? Promise.reject(new Error('none')));

describe('reading', () => {
  it('gives every slot its weight, and says that nothing was ever swapped', async () => {
    const { control } = await open((app) => {
      app.slots.green = { ...(app.slots.staging as Slot), host: 'checkout-green.azurewebsites.net' };
      app.rules = [rule(12.5)];
    });
    const { weights, swapped, busy } = await control.read(forever);
    expect(weights).toEqual({ production: 87.5, staging: 12.5, green: 0 });
    expect(swapped).toBeNull();
    expect(busy).toBeUndefined();
    expect(control.subject).toBe('app checkout');
    expect(control.rest).toBe('production');
  });

  it.each<[string, Rule[] | null]>([
    ['users are sent to no slot of the app', [rule(5, { actionHostName: 'other.azurewebsites.net' })]],
    ['Azure does not say', null],
    ['it comes to more than all', [rule(60), rule(50)]],
  ])('gives no weights where %s', async (_, rules) => {
    const { control } = await open((app) => {
      app.rules = rules;
    });
    expect(await outcomeOf(control.read(forever))).toBe('not known: bad-answer');
  });

  it.each<[string, Partial<Slot>, Rule[]]>([
    ['a swap waits to be completed', { targetSwapSlot: 'production' }, []],
    ['an operation is under way', { more: { inProgressOperationId: 'x' } }, []],
    ['a rule moves by itself', {}, [rule(5, { changeStep: 5, changeIntervalInMinutes: 10 })]],
  ])('says that %s, and then nothing is written', async (_, slot, rules) => {
    const opened = await open((app) => {
      Object.assign(app.slots.staging as Slot, slot);
      app.rules = rules;
    });
    expect((await opened.control.read(forever)).busy).toBeDefined();
    expect(await write(opened, five)).toBe('refused: locked');
    expect(await swap(opened)).toBe('refused: locked');
    expect(opened.app.changes).toEqual([]);
  });

  it.each([{ timestampUtc: 'once' }, { sourceSlotName: null }])('does not guess at a swap with %j', async (wrong) => {
    const { control } = await open((app) => {
      const swapped = {
        timestampUtc: '2026-11-23T09:00:00',
        sourceSlotName: 'staging',
        destinationSlotName: 'Production',
      };
      (app.slots.staging as Slot).more = { slotSwapStatus: { ...swapped, ...wrong } };
    });
    expect(await outcomeOf(control.read(forever))).toBe('not known: bad-answer');
  });
});

describe('writing weights', () => {
  it('makes a rule where a slot has none', async () => {
    const opened = await open();
    expect(await write(opened, five)).toBe('done');
    expect(opened.app.rules).toEqual([rule(5)]);
    expect((await opened.control.read(forever)).weights).toEqual(five);
  });

  it('changes the percentage alone where there is one, keeps a rule of nothing, and takes what is not named', async () => {
    const opened = await open((app) => {
      app.slots.green = { ...(app.slots.staging as Slot), host: 'checkout-green.azurewebsites.net' };
      app.rules = [
        rule(5, { name: 'canary', maxReroutePercentage: 50, unknownToUs: { a: 1 } }),
        rule(10, { name: 'green', actionHostName: 'checkout-green.azurewebsites.net' }),
      ];
    });
    expect(await write(opened, { production: 75, staging: 25 })).toBe('done');
    expect(opened.app.rules).toEqual([
      rule(25, { name: 'canary', maxReroutePercentage: 50, unknownToUs: { a: 1 } }),
      rule(0, { name: 'green', actionHostName: 'checkout-green.azurewebsites.net' }),
    ]);
    expect(await write(opened, { production: 100 })).toBe('done');
    expect(opened.app.weights).toEqual({ production: 100 });
  });

  it('is refused for a slot that is not there', async () => {
    const opened = await open();
    expect(await write(opened, { production: 95, Staging: 5 })).toBe('refused: too-complex');
    expect(opened.app.changes).toEqual([]);
  });

  it('is refused where somebody else was faster', async () => {
    const opened = await open();
    const before = await opened.control.read(forever);
    opened.app.rules = [rule(50)];
    expect(await write(opened, five, before)).toBe('refused: changed-in-between');
    expect(opened.app.weights.staging).toBe(50);
  });

  it('is refused where the slots changed places since', async () => {
    const opened = await open();
    const before = await opened.control.read(forever);
    expect(await swap(opened)).toBe('done');
    expect(await write(opened, five, before)).toBe('refused: changed-in-between');
  });

  it.each<[Trouble, string, number | undefined]>([
    ['lost', 'not known: connection', undefined],
    ['taken-lost', 'not known: connection', 5],
    ['taken-500', 'not known: server-error', 5],
    ['500', 'not known: server-error', undefined],
    ['409', 'refused: locked', undefined],
    ['429', 'refused: refused', undefined],
    ['403', 'refused: permission', undefined],
  ])('meeting %s', async (trouble, outcome, share) => {
    const opened = await open((app) => {
      app.trouble = trouble;
    });
    expect(await write(opened, five)).toBe(outcome);
    expect(opened.app.weights.staging).toBe(share);
    expect(opened.app.changes.length).toBe(share === undefined ? 0 : 1);
  });
});

describe('swapping', () => {
  it('waits until the slots have changed places', async () => {
    const opened = await open((app) => {
      app.swapMs = 5 * 60_000;
    });
    const began = opened.clock.now();
    expect(await swap(opened)).toBe('done');
    expect(opened.clock.now() - began).toBeGreaterThanOrEqual(5 * 60_000);
    expect(version(opened.app)).toBe('1.2.3');
    const { swapped, busy } = await opened.control.read(forever);
    expect(swapped).toEqual({ at: '2026-11-23T10:05:00.000Z', from: 'staging', to: 'production' });
    expect(busy).toBeUndefined();
  });

  it('shows while it is under way', async () => {
    const opened = await open();
    const going = swap(opened);
    await opened.clock.sleep(20_000);
    expect((await opened.control.read(forever)).busy).toContain('under way');
    expect((await opened.ask('staging', 'production')).targets.map(({ state }) => state)).toEqual([
      'deploying',
      'deploying',
    ]);
    expect(await write(opened, five)).toBe('refused: locked');
    expect(await swap(opened)).toBe('refused: locked');
    expect(await going).toBe('done');
    expect(opened.app.changes).toEqual(['swap staging production']);
  });

  it.each<[Trouble, string, 'swapped' | 'not swapped' | 'not begun']>([
    ['lost', 'not known: connection', 'not begun'],
    ['taken-lost', 'not known: connection', 'swapped'],
    ['taken-500', 'not known: server-error', 'swapped'],
    ['500', 'not known: server-error', 'not begun'],
    ['409', 'refused: locked', 'not begun'],
    ['429', 'refused: refused', 'not begun'],
    ['403', 'refused: permission', 'not begun'],
    ['swap-fails', 'refused: refused', 'not swapped'],
    ['swap-fails-status', 'refused: refused', 'not swapped'],
    ['swap-fails-late', 'not known: swap-failed', 'swapped'],
    ['outcome-404', 'not known: not-found', 'swapped'],
    ['outcome-elsewhere', 'not known: bad-answer', 'swapped'],
  ])('meeting %s', async (trouble, outcome, end) => {
    const opened = await open((app) => {
      app.trouble = trouble;
    });
    expect(await swap(opened)).toBe(outcome);
    await opened.clock.sleep(120_000);
    await opened.control.read(forever);
    expect(version(opened.app)).toBe(end === 'swapped' ? '1.2.3' : '1.2.2');
    expect(opened.app.changes.length).toBe(end === 'not begun' ? 0 : 1);
  });

  it("says in Azure's words why it failed", async () => {
    const { control } = await open((app) => {
      app.trouble = 'swap-fails';
    });
    const act = control.swap?.('staging', 'production', await control.read(forever), 'why', forever);
    await expect(act).rejects.toThrow(
      "the swap of staging with production failed (417): Cannot swap site slots for site 'checkout' because the 'staging' slot did not respond to http ping.; the slots have not changed places",
    );
  });

  it('is not known when the time is up before it is over', async () => {
    const opened = await open((app) => {
      app.swapMs = 60 * 60_000;
    });
    const end = new AbortController();
    void opened.clock.sleep(10 * 60_000).then(() => end.abort());
    expect(await swap(opened, 'staging', 'production', end.signal)).toBe('not known: timeout');
  });

  it('does not start from production, nor with a slot that is not there', async () => {
    const opened = await open();
    expect(await swap(opened, 'production', 'staging')).toBe('refused: too-complex');
    expect(await swap(opened, 'green', 'production')).toBe('refused: too-complex');
    expect(opened.app.changes).toEqual([]);
  });
});

describe('a move, with all that is checked and read back', () => {
  const moved = async ({ source, clock }: Opened, wanted: Wanted): Promise<TrafficChange> =>
    changeTraffic({
      sourceName: 'app',
      source,
      wanted,
      note: 'why',
      verifyMs: 5 * 60_000,
      clock,
      signal: forever,
    });
  const toFive: Wanted = { to: 'weights', weights: { staging: 5 } };
  const toSwap: Wanted = { to: 'swap', from: 'staging', with: 'production' };

  it.each<[Trouble | undefined, TrafficChange['outcome'], number | undefined]>([
    [undefined, 'changed', 5],
    ['taken-lost', 'changed', 5],
    ['taken-500', 'changed', 5],
    ['lost', 'not-verified', undefined],
    ['500', 'not-verified', undefined],
    ['409', 'refused', undefined],
    ['429', 'refused', undefined],
  ])('of weights, meeting %s', async (trouble, outcome, share) => {
    const opened = await open((app) => {
      app.trouble = trouble;
    });
    const change = await moved(opened, toFive);
    expect(change.outcome, change.detail).toBe(outcome);
    expect(opened.app.weights.staging).toBe(share);
    expect(change.after?.weights.staging ?? 0).toBe(share ?? 0);
  });

  it.each<[Trouble | undefined, TrafficChange['outcome'], string]>([
    [undefined, 'changed', '1.2.3'],
    ['taken-lost', 'changed', '1.2.3'],
    ['taken-500', 'changed', '1.2.3'],
    ['outcome-404', 'changed', '1.2.3'],
    ['swap-fails-late', 'changed', '1.2.3'],
    ['lost', 'not-verified', '1.2.2'],
    ['409', 'refused', '1.2.2'],
    ['429', 'refused', '1.2.2'],
    ['swap-fails', 'refused', '1.2.2'],
  ])('of slots, meeting %s', async (trouble, outcome, runs) => {
    const opened = await open((app) => {
      app.trouble = trouble;
    });
    const change = await moved(opened, toSwap);
    expect(change.outcome, change.detail).toBe(outcome);
    expect(version(opened.app)).toBe(runs);
  });

  it('waits for a swap of somebody else, and does not make it worse', async () => {
    const opened = await open();
    const before = await opened.control.read(forever);
    const theirs = swap(opened);
    await opened.clock.sleep(20_000);
    const change = await moved(opened, toFive);
    expect(await theirs).toBe('done');
    expect(change.outcome).toBe('changed');
    expect(change.before?.swapped?.at).not.toBe(before.swapped?.at);
  });

  it('goes back to what was there: the slots first, then the weights', async () => {
    const opened = await open((app) => {
      app.rules = [rule(5)];
    });
    const was = await opened.control.read(forever);
    expect((await moved(opened, toSwap)).outcome).toBe('changed');
    expect((await moved(opened, { to: 'weights', weights: { staging: 0 } })).outcome).toBe('changed');
    expect((await moved(opened, { to: 'restore', was })).outcome).toBe('changed');
    expect(version(opened.app)).toBe('1.2.2');
    expect(opened.app.weights).toEqual(five);
  });
});
