/**
 * The promise, by simulation: with a look after each of 30 rounds an idle side that is as good as the live side is stopped no oftener than
 * `false-stop-rate` says, also where requests fail together; and a bad one is stopped soon. Seeded.
 */
import { describe, expect, it } from 'vitest';
import type { ProbedSide } from '../../src/record/probes.js';
import type { Random } from '../judge/support/random.js';
import { randomOf, withinRate } from '../judge/support/rollout.js';
import { bounds, gateOf, probes, watch } from '../support/probes.js';

const requests = 20;

/** How many requests of a side fail in one round. */
type Failing = (random: Random, rate: number) => number;

const independent: Failing = (random, rate) => random.binomial(requests, rate);
/** In clumps of three, on average. */
const clumped: Failing = (random, rate) => {
  let sum = 0;
  for (let clumps = random.poisson((requests * rate) / 3); clumps > 0; clumps -= 1) sum += random.geometric(1 / 3);
  return Math.min(requests, sum);
};
/** Each side has better and worse rounds of its own. */
const bursty: Failing = (random, rate) => random.binomial(requests, Math.min(0.95, (rate * random.gamma(4)) / 4));

function sideOf(random: Random, failed: number, median: number): ProbedSide {
  const durations = [...bounds, 0].map(() => 0);
  for (let i = failed; i < requests; i += 1) {
    const ms = median * Math.exp(0.6 * random.normal());
    const at = bounds.findIndex((bound) => ms <= bound);
    const place = at === -1 ? bounds.length : at;
    durations[place] = (durations[place] ?? 0) + 1;
  }
  return { sent: requests, failed, reasons: [], durations };
}

interface Case {
  readonly config?: Record<string, unknown>;
  readonly failing?: Failing;
  readonly idle: number;
  readonly live?: number;
  /** How many times as long the idle side takes. */
  readonly slower?: number;
}

/** The round of each stop; undefined: there was none. */
function stops({ config = {}, failing = independent, idle, live, slower = 1 }: Case, runs: number) {
  return Array.from({ length: runs }, (_, run) => {
    const random = randomOf(run);
    const looks = watch(gateOf(config), (question) => {
      const own = sideOf(random, failing(random, idle), 80 * slower);
      const other = live === undefined ? {} : { live: sideOf(random, failing(random, live), 80) };
      return probes(question, [{ name: 'a', idle: own, ...other }]);
    });
    const { reading, round } = looks.at(-1) ?? {};
    return reading?.state === 'unhealthy' ? round : undefined;
  });
}

const runs = 200;
const stopped = (found: readonly (number | undefined)[]) => found.filter((round) => round !== undefined).length;

describe('an idle side that is as good as the live side', () => {
  it.each<[string, Case]>([
    ['independent', { idle: 0.04, live: 0.04 }],
    ['independent, at the limit', { idle: 0.05, live: 0.05 }],
    ['at the limit, alone', { idle: 0.05 }],
    ['at the margin', { idle: 0.125, live: 0.1, config: { 'max-failures': '50%' } }],
    ['in clumps', { idle: 0.04, live: 0.04, failing: clumped }],
    ['in clumps, at the limit, alone', { idle: 0.05, failing: clumped }],
    ['in bursts', { idle: 0.04, live: 0.04, failing: bursty }],
    ['durations too', { idle: 0.01, live: 0.01, config: { latency: {} } }],
    ['durations too, of much that fails', { idle: 0.2, live: 0.2, config: { latency: {}, 'max-failures': '50%' } }],
  ])('is stopped no oftener than it may be: %s', (_, how) => {
    const found = stopped(stops(how, runs));
    expect(withinRate(0.05, found, runs), `${found} of ${runs} stopped`).toBe(true);
  });
});

describe('an idle side that is worse', () => {
  it.each<[string, Case, number]>([
    ['fails always', { idle: 1, live: 0 }, 1],
    ['fails in half', { idle: 0.5, live: 0.01 }, 3],
    ['fails in 20 %', { idle: 0.2, live: 0.01 }, 11],
    ['fails in 20 %, alone', { idle: 0.2 }, 12],
    ['takes four times as long', { idle: 0.01, live: 0.01, slower: 4, config: { latency: {} } }, 9],
  ])('%s: half of the trains are stopped soon', (_, how, rounds) => {
    const found = stops(how, 40);
    const soon = found.filter((round) => round !== undefined && round <= rounds).length;
    expect(soon, JSON.stringify(found)).toBeGreaterThanOrEqual(20);
    expect(stopped(found)).toBeGreaterThan(38);
  });
});
