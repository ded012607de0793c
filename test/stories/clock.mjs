/**
 * Loaded into the bundle by `--import`: time that stands still while something is done, and jumps where the bundle waits. So an hour's
 * bake takes seconds, and its charts have the times of an hour. A wait still takes a moment, in which answers come.
 */
import { syncBuiltinESMExports } from 'node:module';
import timers from 'node:timers/promises';

const start = Date.parse(process.env.STORY_START ?? '2026-11-23T10:40:00Z');
const momentMs = Number(process.env.STORY_MOMENT ?? 700);
const RealDate = Date;
const real = timers.setTimeout;
let now = start;

globalThis.Date = class extends RealDate {
  constructor(...args) {
    super(...(args.length === 0 ? [now] : args));
  }
  static now() {
    return now;
  }
};

timers.setTimeout = async (ms, value, options) => {
  const until = now + ms;
  await real(Math.min(ms, momentMs), undefined, options);
  now = Math.max(now, until);
  return value;
};
syncBuiltinESMExports();
