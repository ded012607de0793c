import { describe, expect, it } from 'vitest';
import { changeTraffic, type Wanted } from '../../../src/reactions/traffic/change.js';
import type { TrafficChange } from '../../../src/record/deployments.js';
import type { TrafficNow } from '../../../src/sources/deployment/control.js';
import { Refused } from '../../../src/sources/flags/control.js';
import { NotMeasured } from '../../../src/sources/source.js';
import {
  type ContainerAppsServer,
  type Entry,
  type Revision,
  revision,
  type Trouble,
} from '../../deployment/container-apps.provider.js';
import { forever, type Opened, open } from './container-apps.support.js';

const five = { blue: 95, green: 5 };
const allBlue: Entry[] = [
  { revisionName: 'checkout--a1', weight: 100, label: 'blue' },
  { revisionName: 'checkout--b2', weight: 0, label: 'green' },
];

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
const messageOf = async ({ control }: Opened, weights: Record<string, number>): Promise<string> => {
  const before = await control.read(forever);
  return control.write(weights, before, 'why', forever).then(
    () => 'done',
    (error: unknown) => (error as Error).message,
  );
};

describe('reading', () => {
  it('gives every active revision its weight, by its label or its name', async () => {
    const { control } = await open((app) => {
      app.revisions['checkout--c3'] = revision();
      app.revisions['checkout--d4'] = revision({ active: false });
      app.traffic = [
        { revisionName: 'checkout--a1', weight: 88, label: 'blue' },
        { revisionName: 'checkout--b2', weight: 12 },
      ];
    });
    const { weights, swapped, busy } = await control.read(forever);
    expect(weights).toEqual({ blue: 88, 'checkout--b2': 12, 'checkout--c3': 0 });
    expect(swapped).toBeUndefined();
    expect(busy).toBeUndefined();
    expect(control.subject).toBe('app checkout');
    expect(control.rest).toBeUndefined();
    expect(Object.hasOwn(control, 'swap')).toBe(false);
  });

  it('calls a revision with two labels by its name', async () => {
    const { control } = await open((app) => {
      app.traffic = [...allBlue, { revisionName: 'checkout--a1', weight: 0, label: 'live' }];
    });
    expect((await control.read(forever)).weights).toEqual({ 'checkout--a1': 100, green: 0 });
  });

  it.each<[string, Partial<ContainerAppsServer>]>([
    ['there is no ingress', { ingress: false }],
    ['there are no weights', { traffic: [] }],
    ['they come to less than all', { traffic: [{ revisionName: 'checkout--a1', weight: 95 }] }],
    [
      'they come to more',
      {
        traffic: [
          { latestRevision: true, weight: 60 },
          { latestRevision: true, weight: 50 },
        ],
      },
    ],
    ['one has no revision', { traffic: [{ weight: 100 }] }],
    ['the mode is not known', { mode: 'Labels' }],
    ['a label is the name of another', { traffic: [{ ...allBlue[0], label: 'checkout--b2' }] }],
  ])('gives no weights where %s', async (_, change) => {
    const { control } = await open((app) => void Object.assign(app, change));
    expect(await outcomeOf(control.read(forever))).toBe('not known: bad-answer');
  });

  it.each(['InProgress', 'Deleting'])(
    'says that the app is %s, and then nothing is written',
    async (provisioningState) => {
      const opened = await open((app) => {
        app.more = { provisioningState };
      });
      expect((await opened.control.read(forever)).busy).toBeDefined();
      expect(await write(opened, five)).toBe('refused: locked');
      expect(opened.app.changes).toEqual([]);
    },
  );
});

describe('writing weights', () => {
  it('waits until Azure is done, and keeps the labels', async () => {
    const opened = await open();
    const began = opened.clock.now();
    expect(await write(opened, five)).toBe('done');
    expect(opened.clock.now() - began).toBeGreaterThanOrEqual(15_000);
    expect(opened.app.changes).toEqual([
      [
        { revisionName: 'checkout--a1', weight: 95, label: 'blue' },
        { revisionName: 'checkout--b2', weight: 5, label: 'green' },
      ],
    ]);
    expect((await opened.control.read(forever)).weights).toEqual(five);
  });

  it('takes an answer at once for what it is', async () => {
    const opened = await open((app) => {
      app.changeMs = 0;
    });
    expect(await write(opened, five)).toBe('done');
    expect(opened.app.weights).toEqual({ 'checkout--a1': 95, 'checkout--b2': 5 });
  });

  it('takes what is not named, and lets nothing be left of it but its label', async () => {
    const opened = await open((app) => {
      app.revisions['checkout--c3'] = revision();
      app.traffic = [
        { revisionName: 'checkout--c3', weight: 10 },
        { revisionName: 'checkout--a1', weight: 80, label: 'blue', unknownToUs: 1 },
        { revisionName: 'checkout--b2', weight: 10, label: 'green' },
      ];
    });
    expect(await write(opened, { blue: 100 })).toBe('done');
    expect(opened.app.traffic).toEqual([
      { revisionName: 'checkout--a1', weight: 100, label: 'blue', unknownToUs: 1 },
      { revisionName: 'checkout--b2', weight: 0, label: 'green' },
    ]);
  });

  it('pins a share that follows the latest revision', async () => {
    const opened = await open((app) => {
      app.traffic = [{ latestRevision: true, weight: 100, label: 'green' }];
    });
    expect((await opened.control.read(forever)).weights).toEqual({ 'checkout--a1': 0, green: 100 });
    expect(await write(opened, { green: 75, 'checkout--a1': 25 })).toBe('done');
    expect(opened.app.traffic).toEqual([
      { revisionName: 'checkout--b2', weight: 75, label: 'green' },
      { revisionName: 'checkout--a1', weight: 25 },
    ]);
  });

  it('makes one entry of two for the same revision', async () => {
    const opened = await open((app) => {
      app.traffic = [
        { latestRevision: true, weight: 60 },
        { revisionName: 'checkout--b2', weight: 40 },
      ];
    });
    expect(await write(opened, { 'checkout--b2': 50, 'checkout--a1': 50 })).toBe('done');
    expect(opened.app.weights).toEqual({ 'checkout--b2': 50, 'checkout--a1': 50 });
    expect(opened.app.traffic).toHaveLength(2);
  });

  it('keeps both labels of a revision', async () => {
    const opened = await open((app) => {
      app.traffic = [...allBlue, { revisionName: 'checkout--a1', weight: 0, label: 'live' }];
    });
    expect(await write(opened, { 'checkout--a1': 90, green: 10 })).toBe('done');
    expect(opened.app.traffic?.map(({ label, weight }) => [label, weight])).toEqual([
      ['blue', 90],
      ['green', 10],
      ['live', 0],
    ]);
  });

  it.each<[string, Partial<Revision>]>([
    ['is not active', { active: false }],
    ['is perhaps not active', { active: null }],
    ['is unhealthy', { healthState: 'Unhealthy' }],
    ['comes up only now', { provisioningState: 'Provisioning' }],
    ['could not be provisioned', { provisioningState: 'Failed' }],
    ['failed', { runningState: 'Failed' }],
    ['could not be activated', { runningState: 'ActivationFailed' }],
    ['is stopped', { runningState: 'Stopped' }],
  ])('sends no more users to a revision that %s', async (_, change) => {
    const opened = await open((app) => {
      app.traffic = [
        { revisionName: 'checkout--a1', weight: 90, label: 'blue' },
        { revisionName: 'checkout--b2', weight: 10, label: 'green' },
      ];
      Object.assign(app.revisions['checkout--b2'] as Revision, change);
    });
    expect(await write(opened, { blue: 75, green: 25 })).toBe('refused: refused');
    expect(opened.app.changes).toEqual([]);
    // Away from it they are let go.
    expect(await write(opened, { blue: 100 })).toBe('done');
  });

  it('says what is wrong with a name', async () => {
    const opened = await open((app) => {
      app.revisions['checkout--d4'] = revision({ active: false });
    });
    const names: [string, string][] = [
      ['b2', 'where traffic is moved, b2 is called green: by its label, or else by its full name'],
      ['checkout--b2', 'where traffic is moved, checkout--b2 is called green: by its label, or else by its full name'],
      ['d4', 'd4 is not active, so it gets no more traffic'],
      ['e5', 'app checkout has no active revision e5; it has blue, green'],
    ];
    for (const [name, message] of names) expect(await messageOf(opened, { blue: 95, [name]: 5 })).toBe(message);
    expect(opened.app.changes).toEqual([]);
  });

  it('takes whole percents only', async () => {
    const opened = await open();
    expect(await write(opened, { blue: 99.5, green: 0.5 })).toBe('refused: refused');
    expect(opened.app.changes).toEqual([]);
  });

  it('is refused in single revision mode', async () => {
    const opened = await open((app) => {
      app.mode = 'Single';
      app.traffic = [{ latestRevision: true, weight: 100 }];
    });
    expect((await opened.control.read(forever)).weights).toEqual({ 'checkout--a1': 0, 'checkout--b2': 100 });
    expect(await write(opened, { 'checkout--a1': 50, 'checkout--b2': 50 })).toBe('refused: too-complex');
    expect(opened.app.changes).toEqual([]);
  });

  it.each<[string, Partial<ContainerAppsServer>]>([
    [
      'moved it',
      {
        traffic: [
          { ...allBlue[0], weight: 50 },
          { ...allBlue[1], weight: 50 },
        ],
      },
    ],
    ['gave a label to another', { traffic: [{ ...allBlue[0], revisionName: 'checkout--b2' }] }],
    ['changed the mode', { mode: 'multiple' }],
  ])('is refused where somebody else %s', async (_, change) => {
    const opened = await open();
    const before = await opened.control.read(forever);
    Object.assign(opened.app, change);
    expect(await write(opened, five, before)).toBe('refused: changed-in-between');
    expect(opened.app.changes).toEqual([]);
  });

  it('is refused where a new revision took over what follows the latest', async () => {
    const opened = await open((app) => {
      app.traffic = [{ latestRevision: true, weight: 100 }];
    });
    const before = await opened.control.read(forever);
    opened.app.revisions['checkout--c3'] = revision();
    opened.app.latest = opened.app.latestReady = 'checkout--c3';
    expect(await write(opened, { 'checkout--a1': 50, 'checkout--b2': 50 }, before)).toBe('refused: changed-in-between');
  });

  it.each<[Trouble, string, number | undefined]>([
    ['lost', 'not known: connection', undefined],
    ['taken-lost', 'not known: connection', 5],
    ['taken-500', 'not known: server-error', 5],
    ['500', 'not known: server-error', undefined],
    ['400', 'refused: refused', undefined],
    ['409', 'refused: locked', undefined],
    ['429', 'refused: refused', undefined],
    ['403', 'refused: permission', undefined],
    ['fails', 'refused: refused', undefined],
    ['fails-status', 'refused: refused', undefined],
    ['fails-late', 'not known: move-failed', 5],
    ['outcome-403', 'not known: forbidden', 5],
    ['outcome-elsewhere', 'not known: bad-answer', 5],
    ['outcome-silent', 'not known: bad-answer', 5],
  ])('meeting %s', async (trouble, outcome, share) => {
    const opened = await open((app) => {
      app.trouble = trouble;
    });
    expect(await write(opened, five)).toBe(outcome);
    await opened.clock.sleep(60_000);
    await opened.control.read(forever);
    expect(opened.app.weights['checkout--b2']).toBe(share);
  });

  it("says in Azure's words why it failed", async () => {
    const opened = await open((app) => {
      app.trouble = 'fails-status';
    });
    expect(await messageOf(opened, five)).toBe(
      "the change of the traffic of app checkout failed (failed): Revision 'checkout--b2' is not ready to take traffic.; the weights are as they were",
    );
  });
});

describe('a move, with all that is checked and read back', () => {
  const moved = async ({ source, clock }: Opened, wanted: Wanted): Promise<TrafficChange> =>
    changeTraffic({ sourceName: 'app', source, wanted, note: 'why', verifyMs: 5 * 60_000, clock, signal: forever });
  const toFive: Wanted = { to: 'weights', weights: { green: 5 } };

  it.each<[Trouble | undefined, TrafficChange['outcome'], number | undefined]>([
    [undefined, 'changed', 5],
    ['taken-lost', 'changed', 5],
    ['taken-500', 'changed', 5],
    ['outcome-403', 'changed', 5],
    ['outcome-silent', 'changed', 5],
    ['fails-late', 'changed', 5],
    ['lost', 'not-verified', undefined],
    ['500', 'not-verified', undefined],
    ['fails', 'refused', undefined],
    ['409', 'refused', undefined],
    ['429', 'refused', undefined],
    ['403', 'refused', undefined],
  ])('meeting %s', async (trouble, outcome, share) => {
    const opened = await open((app) => {
      app.trouble = trouble;
    });
    const change = await moved(opened, toFive);
    expect(change.outcome, change.detail).toBe(outcome);
    expect(opened.app.weights['checkout--b2']).toBe(share);
    expect(change.after?.weights.green ?? 0).toBe(share ?? 0);
  });

  it('waits for a change of somebody else', async () => {
    const opened = await open();
    const theirs = write(opened, { blue: 99, green: 1 });
    await opened.clock.sleep(3000);
    const change = await moved(opened, toFive);
    expect(await theirs).toBe('done');
    expect(change.outcome, change.detail).toBe('changed');
    expect(opened.app.weights).toEqual({ 'checkout--a1': 95, 'checkout--b2': 5 });
  });

  it('goes back to what was there', async () => {
    const opened = await open();
    const was = await opened.control.read(forever);
    expect((await moved(opened, toFive)).outcome).toBe('changed');
    expect((await moved(opened, { to: 'weights', weights: { green: 25 } })).outcome).toBe('changed');
    (opened.app.revisions['checkout--b2'] as Revision).healthState = 'Unhealthy';
    expect((await moved(opened, { to: 'restore', was })).outcome).toBe('changed');
    expect(opened.app.traffic).toEqual(allBlue);
  });

  it('is none where all is so already', async () => {
    const opened = await open();
    expect((await moved(opened, { to: 'weights', weights: { green: 0, blue: 100 } })).outcome).toBe('already');
    expect(opened.app.changes).toEqual([]);
  });
});
