/** Source `slot-probe`: sends the same requests to the idle side and to the live side of a service, and counts how both answer. */
import { formatDuration } from '../../../policy/fields.js';
import type { Probes } from '../../../record/evidence.js';
import { iso } from '../../../train/clock.js';
import { defineSource, NotMeasured, type ProbesQuestion, type SourceContext, type Unnamed } from '../../source.js';
import { nameOf, type SlotProbeConfig, schema, targetsOf } from './config.js';
import { bounds, counted } from './count.js';
import { longest, sendPairs } from './send.js';

/** Of the pairs of a round so many may say nothing: more, and what is left may be those that happened to be well. */
const tolerated = 0.05;

async function probe(
  config: SlotProbeConfig,
  { http, clock }: SourceContext,
  { round, requests, warmUp }: ProbesQuestion,
  signal: AbortSignal,
): Promise<Unnamed<Probes>> {
  const began = clock.now();
  const targets = await targetsOf(config);
  const first = (round - 1) * requests;
  const plan = { targets, pairs: requests, warmUp, first, concurrency: config.concurrency };
  const pairs = await sendPairs(http, plan, signal, Math.random);
  const ended = clock.now();
  if (pairs.length === 0) {
    const most = formatDuration(Math.max(...targets.map(longest)));
    const message = `the round ended before one pair of requests had its time (${most}): \`round-timeout\` must be longer than that and the warm-up take`;
    throw new NotMeasured('timeout', message);
  }
  const { endpoints, measured, unmeasured, why } = counted(targets, pairs);
  const unsent = requests - pairs.length;
  return {
    kind: 'probes',
    ...wordsOf(config, { round, requests, warmUp }, measured),
    at: iso(ended),
    seen: measured,
    notes: [
      ...(unmeasured === 0 ? [] : [`${unmeasured} of ${pairs.length} pairs of requests say nothing`, ...why]),
      ...(unsent === 0 ? [] : [`${unsent} of ${requests} pairs of requests had no time before the round ended`]),
    ],
    partial: unmeasured > tolerated * pairs.length,
    round,
    began: iso(began),
    ended: iso(ended),
    bounds: [...bounds],
    endpoints: [...endpoints],
    unmeasured,
    unsent,
  };
}

function wordsOf(
  { idle, live, endpoints }: SlotProbeConfig,
  { round, requests, warmUp }: Omit<ProbesQuestion, 'family'>,
  measured: number,
): Pick<Probes, 'subject' | 'query' | 'link'> {
  const page = (url: string): string => {
    const { origin, pathname } = new URL(url);
    return `${origin}${pathname}`.replace(/\/+$/, '');
  };
  const other = live === undefined ? '' : ` and to the live side ${page(live.url)}`;
  return {
    subject: `${measured} requests to the idle side ${page(idle.url)}${other}`,
    query: `round ${round}, ${requests} requests to each side after ${warmUp}: ${endpoints.map(nameOf).join(', ')}`,
    link: page(idle.url),
  };
}

export const slotProbeSource = defineSource({
  type: 'slot-probe',
  families: ['probes'],
  schema,
  open(config, context) {
    return { probes: (question, signal) => probe(config, context, question, signal) };
  },
  async proofread(_, config) {
    try {
      await targetsOf(config);
      return [];
    } catch (error) {
      if (error instanceof NotMeasured) return [error.message];
      throw error;
    }
  },
});
