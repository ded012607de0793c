/** Loaded into the bundle by `--import`: time goes so many times as fast as it does, the same for every process that is given the same start. */
import { syncBuiltinESMExports } from 'node:module';
import timers from 'node:timers/promises';

const started = Number(process.env.QUICK_STARTED);
const times = Number(process.env.QUICK_TIMES);
const RealDate = Date;
const real = timers.setTimeout;
const now = () => started + (RealDate.now() - started) * times;

globalThis.Date = class extends RealDate {
  constructor(...args) {
    super(...(args.length === 0 ? [now()] : args));
  }
  static now() {
    return now();
  }
};

timers.setTimeout = (ms, value, options) => real(ms / times, value, options);
syncBuiltinESMExports();
