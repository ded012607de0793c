/** What a `probe` gate says. */
import { amount, plural } from '../../judge/number.js';
import { rateBounds } from '../../judge/proportion.js';
import { formatValue } from '../../judge/threshold.js';
import type { Probes } from '../../record/evidence.js';
import { times } from '../canary/words.js';
import { type Compared, type Stand, type Sum, togetherness } from './judge.js';

export const percent = (share: number): string => formatValue(100 * share, 'percent');

const counted = (bad: number, all: number): string =>
  `${amount(bad)} of ${amount(all)}${all > 0 ? ` (${percent(bad / all)})` : ''}`;

export const sumText = ({ failed, sent }: Sum): string => counted(failed, sent);

/** `3 of 120 (2.5 %) failed, of the live side 0 of 120 (0 %)`. */
export const countsText = ({ idle, live }: Stand): string =>
  `${sumText(idle)} failed${live === undefined ? '' : `, of the live side ${sumText(live)}`}`;

/** `; status 500 (12), no answer within 2s (3)`: how requests to the idle side failed, over all rounds. */
export function reasonsText(all: readonly Probes[]): string {
  const reasons = new Map<string, number>();
  for (const { why, count } of all.flatMap(({ endpoints }) => endpoints.flatMap(({ idle }) => idle.reasons)))
    reasons.set(why, (reasons.get(why) ?? 0) + count);
  const most = [...reasons].toSorted(([, a], [, b]) => b - a).slice(0, 3);
  return most.length === 0 ? '' : `; ${most.map(([why, count]) => `${why} (${count})`).join(', ')}`;
}

/** `the idle side fails 3 times as often as the live side`. */
function oftenText({ ratio, bound }: Compared['standing']): string {
  const what = bound === undefined ? 'fails' : `takes longer than ${bound}`;
  return `the idle side ${what} ${ratio === null ? 'more often than' : `${times(ratio)} as often as`} the live side`;
}

function armsText({ canary, baseline, bound }: Compared['standing']): string {
  const did = bound === undefined ? 'failed' : `took longer than ${bound}`;
  return `${counted(canary.bad, canary.events)} ${did}, of the live side ${counted(baseline.bad, baseline.events)}`;
}

/** Of one that was stopped by the comparison. */
export function worseText({ standing, stoppedAfter, quantiles }: Compared): string {
  const { lower, sure } = standing;
  const least = lower > 1 ? `at least ${times(lower)}` : 'more than allowed';
  const after = stoppedAfter === undefined ? '' : `; stopped after ${plural(stoppedAfter, 'round')}`;
  return `${oftenText(standing)} (${least}, ${percent(sure)} sure at every look); ${armsText(standing)}${quantilesText(quantiles)}${after}; uncalibrated`;
}

export const suspectText = ({ standing, quantiles }: Compared): string =>
  `${oftenText(standing)} so far: ${armsText(standing)}${quantilesText(quantiles)}`;

const spanText = ({ from, to }: { readonly from: number; readonly to: number }): string =>
  Number.isFinite(to) ? `${from} to ${to} ms` : `over ${from} ms`;

function quantilesText(quantiles: Compared['quantiles']): string {
  const [idle, live] = [quantiles?.canary.p95, quantiles?.baseline.p95];
  return idle && live ? `; 95th percentile of the idle side ${spanText(idle)}, of the live side ${spanText(live)}` : '';
}

/** What can be said without proof of harm: what was seen, and what cannot be excluded. */
export function openText(stand: Stand): string {
  const { idle, rounds, failures, durations, alpha } = stand;
  // Failures that come together say less of the rate than as many that do not.
  const most = rateBounds(idle.failed / togetherness, idle.sent / togetherness, alpha).upper;
  const upper = failures?.standing.upper ?? null;
  const excluded =
    upper === null
      ? `up to ${percent(most)} failures cannot be excluded`
      : `up to ${percent(most)} failures, or ${times(upper)} as many as on the live side, cannot be excluded`;
  return `in ${plural(rounds, 'round')}: ${countsText(stand)}${quantilesText(durations?.quantiles)}; ${excluded} (${percent(1 - alpha)} sure at every look)`;
}
