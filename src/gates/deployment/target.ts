/** How a target stands, against what is expected of it. Pure. */
import { formatDuration } from '../../policy/fields.js';
import type { Target } from '../../record/deployments.js';
import { percentWords } from '../../record/flag-words.js';
import type { Bounds } from '../flags/expect.js';
import { boundsWords, type Expectation, stateWishes, wishes } from './expect.js';
import { lacking, met, missed, pending, type Verdict } from './verdict.js';

/** Clocks of systems and runners disagree by seconds. */
const skewMs = 60_000;

/** Sums of decimal fractions are no better than this, in percent. */
const slack = 1e-9;

/** @param now milliseconds since the epoch @returns a verdict for each part, at least one */
export function assess(target: Target, expected: Expectation, now: number): Verdict[] {
  if (expected.exists === false) return [absence(target)];
  if (!target.exists) return [missed(`is not there, expected ${wishes(expected).join(', ')}`)];
  const found = [...aboutState(target, expected, now), ...aboutTraffic(target, expected)];
  if (found.length === 0) return [met('is there')];
  return because(found, target.reasons);
}

function absence({ exists, state }: Target): Verdict {
  if (!exists) return met('is not there, as expected');
  return state === 'deploying'
    ? pending('deploying', 'is there and being changed right now, expected not to be there')
    : missed('is there, expected not to be');
}

/** The system's own reasons stand behind the worst of what was found. */
function because(found: readonly Verdict[], reasons: readonly string[]): Verdict[] {
  const worst = found.find(({ is }) => is === 'missed') ?? found.find(({ is }) => is === 'lacking');
  if (worst === undefined || reasons.length === 0) return [...found];
  const more = reasons.length > 3 ? `, and ${reasons.length - 3} more reasons` : '';
  const text = `${worst.text} (${reasons.slice(0, 3).join(', ')}${more})`;
  return found.map((verdict) => (verdict === worst ? { ...verdict, text } : verdict));
}

/**
 * What rests on what runs there, and the state that it must be in for that. Nothing of it is proven while it is being changed, when a change went wrong, or where the system does not
 * say: which version runs may be true of a half of it.
 */
function aboutState(target: Target, expected: Expectation, now: number): Verdict[] {
  const wanted = stateWishes(expected);
  if (wanted.length === 0) return [];
  const parts = [
    version(target, expected),
    readiness(target, expected),
    health(target, expected),
    instances(target, expected),
    age(target, expected, now),
  ].filter((verdict) => verdict !== undefined);
  const stopped = expected.running === false;
  const all = wanted.join(', ');
  switch (target.state) {
    case 'deploying':
      return [pending('deploying', `is being changed right now, expected ${all}`)];
    case 'failed':
      return [{ ...missed(`is in a failed state, expected ${all}`), code: 'rollout-failed', stands: true }, ...parts];
    case 'unknown':
      return [...parts, lacking('not-told', `may be running or not: the source does not say, expected ${all}`)];
    case 'stopped':
      return stopped ? [met('is stopped'), ...parts] : [missed('is stopped, expected to run'), ...parts];
    case 'running':
      if (stopped) return [missed('is running, expected stopped'), ...parts];
      return expected.running ? [met('is running'), ...parts] : parts;
  }
}

const unknown = (what: string, wanted: string): Verdict =>
  lacking('not-told', `${what}: the source does not say, expected ${wanted}`);

const commit = /^[0-9a-f]{7,64}$/i;
/** SHA-1 or SHA-256. */
const fullCommit = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/i;
const abbreviates = (short: string, full: string): boolean =>
  commit.test(short) && fullCommit.test(full) && full.toLowerCase().startsWith(short.toLowerCase());

/** The same text; or one is a full commit id, and the other the beginning of it. */
export const isSameVersion = (a: string, b: string): boolean => a === b || abbreviates(a, b) || abbreviates(b, a);

function version({ version: runs }: Target, { version: wanted }: Expectation): Verdict | undefined {
  if (wanted === undefined) return undefined;
  if (runs === null) return unknown('may run any version', wanted);
  return isSameVersion(runs, wanted) ? met(`runs ${runs}`) : missed(`runs ${runs}, expected ${wanted}`);
}

function readiness({ ready }: Target, { ready: wanted }: Expectation): Verdict | undefined {
  if (wanted === undefined) return undefined;
  if (ready === null) return unknown('may be ready or not', 'ready');
  return ready ? met('is ready') : missed('is not ready, expected to be');
}

function health({ health: is }: Target, { healthy: wanted }: Expectation): Verdict | undefined {
  if (wanted === undefined) return undefined;
  if (is === 'unknown') return unknown('may be healthy or not', 'healthy');
  return is === 'healthy' ? met('is healthy') : missed('is unhealthy, expected healthy');
}

function instances({ instances: found }: Target, { 'min-instances': least }: Expectation): Verdict | undefined {
  if (least === undefined) return undefined;
  const wish = `at least ${least} ready`;
  if (found === null) return unknown('may have any number of instances', wish);
  const text = `has ${found.ready} of ${found.wanted} instances ready`;
  return found.ready >= least ? met(text) : missed(`${text}, expected ${wish}`);
}

function age({ since }: Target, { 'stable-for': least }: Expectation, now: number): Verdict | undefined {
  if (least === undefined) return undefined;
  const ms = since === null ? Number.NaN : now - Date.parse(since);
  const wish = `there for ${formatDuration(least)}`;
  if (Number.isNaN(ms)) return unknown('may have got there lately', wish);
  if (ms < -skewMs) return lacking('clock-skew', `got there in the future, expected ${wish}: do the clocks agree?`);
  const text = `has been there for ${formatDuration(Math.max(0, ms))}`;
  // Nothing is wrong with it, and time will tell.
  return ms >= least ? met(text) : pending('too-young', `${text}, expected ${formatDuration(least)}`);
}

const within = (percent: number, { lo, hi, open }: Bounds): boolean =>
  (open === 'lo' ? percent > lo + slack : percent >= lo - slack) &&
  (open === 'hi' ? percent < hi - slack : percent <= hi + slack);

function aboutTraffic({ traffic }: Target, { traffic: bounds }: Expectation): Verdict[] {
  if (bounds === undefined) return [];
  const wish = boundsWords(bounds);
  if (traffic === null) return [unknown('may get any share of the traffic', wish)];
  const text = `gets ${percentWords(traffic)} of the traffic`;
  return [within(traffic, bounds) ? met(text) : missed(`${text}, expected ${wish}`)];
}
