/**
 * Moving traffic, whoever holds it: read, check, write once, read back until it is as wanted, and put back what was there if somebody got
 * more than before and than wanted. Nothing is believed that was not read back.
 */
import { formatDuration } from '../../policy/fields.js';
import type { Traffic, TrafficChange } from '../../record/deployments.js';
import { percentWords } from '../../record/flag-words.js';
import { trafficWords } from '../../record/traffic-words.js';
import type { TrafficControl, TrafficNow } from '../../sources/deployment/control.js';
import { Refused } from '../../sources/flags/control.js';
import { type AnySource, NotMeasured } from '../../sources/source.js';
import { oneLine } from '../../sources/text.js';
import { type Clock, iso } from '../../train/clock.js';
import { readUntil } from '../read-back.js';
import { hasCome, isUnchanged, type Step, stepsTo, stepWords, type Wanted, wantedWords, widened } from './plan.js';

export type { Wanted } from './plan.js';

export interface Changing {
  readonly sourceName: string;
  readonly source: AnySource;
  readonly wanted: Wanted;
  /**
   * As it was read before an earlier attempt at the same change, of which nobody knows what came of it: a swap that it made is not made
   * again. One that was undone by hand since looks the same. Absent, null: this is the first.
   */
  readonly since?: Traffic | null;
  /** For the system's audit log. */
  readonly note: string;
  /** Longest time until each write is read back as wanted, and that what is busy is waited for, milliseconds. */
  readonly verifyMs: number;
  /** Write nothing. */
  readonly dryRun?: boolean;
  /** Looks at the traffic as it was read just before writing; a text: why it is not to be moved. */
  readonly unless?: (before: Traffic) => string | undefined;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

interface Made {
  before: Traffic | null;
  after: Traffic | null;
  /** Something was, or may have been, written. */
  written: boolean;
}

type More = { readonly code?: string; readonly next?: string };
type Say = (outcome: TrafficChange['outcome'], detail: string, more?: More) => TrafficChange;

/** Never throws. */
export async function changeTraffic(changing: Changing): Promise<TrafficChange> {
  const { sourceName, source, wanted, clock } = changing;
  const subject = source.traffic?.subject ?? sourceName;
  const made: Made = { before: null, after: null, written: false };
  const say: Say = (outcome, detail, more = {}) => ({
    source: sourceName,
    traffic: subject,
    wanted: wantedWords(wanted),
    outcome,
    at: iso(clock.now()),
    detail: oneLine(detail, 500),
    ...more,
    before: made.before,
    after: made.after,
  });
  try {
    return await act(changing, made, say);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const next = error instanceof Refused ? error.next : `move the traffic of ${subject} by hand`;
    const code = error instanceof Refused || error instanceof NotMeasured ? error.code : 'internal-error';
    if (made.written) return say('not-verified', message, { code, next: lookNow(subject) });
    return say(error instanceof Refused ? 'refused' : 'not-read', message, { code, next });
  }
}

const lookNow = (subject: string): string => `look at the traffic of ${subject} now, and move it by hand if need be`;

async function act(changing: Changing, made: Made, say: Say): Promise<TrafficChange> {
  const { source, sourceName, wanted, since = null, dryRun = false, unless, verifyMs } = changing;
  const control = source.traffic;
  if (!control) throw new Refused('read-only', `${sourceName} cannot move traffic`, 'move it where it is set up');
  const { subject } = control;
  const within = formatDuration(verifyMs);
  const before = await whenIdle(control, changing);
  made.before = trafficOf(before);
  const against = unless?.(made.before);
  if (against !== undefined) {
    throw new Refused('changed-in-between', against, 'see who moves it at the same time, then run this again');
  }
  if (before.busy !== undefined) {
    const detail = `${subject} is being changed, and was not done within ${within}: ${before.busy}`;
    return say('refused', detail, { code: 'busy', next: 'wait until that is done, then run this again' });
  }
  const steps = stepsTo(wanted, before, control, since);
  if (steps.length === 0) {
    made.after = made.before;
    return say('already', `the traffic of ${subject} is ${wantedWords(wanted)} already`);
  }
  const words = steps.map(stepWords).join(', then ');
  if (dryRun) return say('dry-run', `would make it ${words}; now it is ${trafficWords(before.weights)}`);
  let now = before;
  for (const step of steps) {
    const taken = await take(step, now, control, changing, made);
    const { seen } = taken;
    const wide = seen && widened(step, seen, now);
    if (seen && wide !== undefined) return putBack(now, seen, wide, control, changing, made, say);
    if (!seen) {
      const found = made.after === null ? 'it could not be read back' : `it is ${trafficWords(made.after.weights)}`;
      const failed = taken.unsure === undefined ? '' : `; the change may not have been taken: ${taken.unsure.message}`;
      return say('not-verified', `${subject} did not become ${stepWords(step)} within ${within}: ${found}${failed}`, {
        code: taken.unsure?.code ?? 'not-verified',
        next: lookNow(subject),
      });
    }
    now = seen;
  }
  if (!made.written) return say('already', `the traffic of ${subject} is ${words}: somebody else was faster`);
  return say('changed', `the traffic of ${subject} is ${words}`);
}

const trafficOf = ({ weights, swapped }: Traffic): Traffic => ({
  weights,
  ...(swapped === undefined ? {} : { swapped }),
});

/** @returns what was read last: still busy where it was so all the time @throws {NotMeasured} when it cannot be read now */
async function whenIdle(control: TrafficControl, changing: Changing): Promise<TrafficNow> {
  let last = await control.read(changing.signal);
  if (last.busy === undefined) return last;
  await readUntil(
    async () => {
      last = await control.read(changing.signal);
      return last;
    },
    ({ busy }) => busy === undefined,
    changing,
  );
  return last;
}

interface Taken {
  /** What was read back: as wanted, or wider than it may be; absent: neither was seen in time. */
  readonly seen?: TrafficNow;
  /** Nobody knows whether the write was taken. */
  readonly unsure?: NotMeasured | undefined;
}

/**
 * Writes and reads back. Where somebody else was faster, it is read again, and written once more if all is as it was.
 *
 * @throws {Refused} when it is known not to have been taken {NotMeasured} when it cannot be read after such a conflict
 */
async function take(
  step: Step,
  before: TrafficNow,
  control: TrafficControl,
  changing: Changing,
  made: Made,
): Promise<Taken> {
  let unsure: NotMeasured | undefined;
  try {
    unsure = await send(step, before, control, changing, made);
  } catch (error) {
    if (!(error instanceof Refused) || error.code !== 'changed-in-between') throw error;
    const again = await whenIdle(control, changing);
    made.after = trafficOf(again);
    if (hasCome(step, again, before)) return { seen: again };
    if (again.busy !== undefined || !isUnchanged(again, before)) throw error;
    unsure = await send(step, again, control, changing, made);
  }
  made.after = null;
  const seen = await readUntil(
    async () => {
      const now = await control.read(changing.signal);
      made.after = trafficOf(now);
      return now;
    },
    (now) => hasCome(step, now, before) || widened(step, now, before) !== undefined,
    changing,
  );
  return seen === undefined ? { unsure } : { seen, unsure };
}

/** @returns why nobody knows whether it was taken @throws {Refused} */
async function send(
  step: Step,
  before: TrafficNow,
  control: TrafficControl,
  { note, signal }: Changing,
  made: Made,
): Promise<NotMeasured | undefined> {
  const { written } = made;
  made.written = true;
  try {
    if (step.does === 'weights') await control.write(step.weights, before, note, signal);
    else await control.swap?.(step.from, step.with, before, note, signal);
    return undefined;
  } catch (error) {
    if (error instanceof Refused) made.written = written;
    if (!(error instanceof NotMeasured)) throw error;
    return error;
  }
}

/** Time for the requests of putting back, beside that for reading back. */
const requestsMs = 30_000;

/**
 * Whoever waits for the change may have ended it by now: this is done all the same.
 *
 * @param wide who got more
 */
async function putBack(
  before: TrafficNow,
  seen: TrafficNow,
  wide: string,
  control: TrafficControl,
  asked: Changing,
  made: Made,
  say: Say,
): Promise<TrafficChange> {
  const changing = { ...asked, signal: AbortSignal.timeout(asked.verifyMs + requestsMs) };
  const share = ({ weights }: Traffic): string => percentWords(weights[wide] ?? 0);
  const grew = `after the change ${wide} got ${share(seen)}, before it ${share(before)}`;
  const more = { code: 'widened', next: `move the traffic of ${control.subject} by hand, now` };
  const step: Step = { does: 'weights', weights: before.weights, bounded: [] };
  try {
    const now = await whenIdle(control, changing);
    const { seen: restored, unsure } = hasCome(step, now, before)
      ? { seen: now, unsure: undefined }
      : await take(step, now, control, changing, made);
    if (restored !== undefined) {
      made.after = trafficOf(restored);
      return say('reverted', `${grew}; what was there was put back`, more);
    }
    const why = unsure === undefined ? '' : `: ${unsure.message}`;
    return say('not-reverted', `${grew}; putting back what was there did not show${why}`, more);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return say('not-reverted', `${grew}; what was there could not be put back: ${why}`, more);
  }
}
