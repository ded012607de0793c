/**
 * One seed for all properties, so that a red run means a bad change; `SIGNALBOX_SEED=random` looks for new counterexamples.
 */
import fc from 'fast-check';

const given = process.env.SIGNALBOX_SEED;
if (given !== 'random') fc.configureGlobal({ seed: Number(given ?? 20261123) });
