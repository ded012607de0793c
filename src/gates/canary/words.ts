/** What a canary gate says, in words that need no statistics. */
import { amount } from '../../judge/number.js';
import { rateBounds } from '../../judge/proportion.js';
import { formatValue } from '../../judge/threshold.js';
import { formatDuration } from '../../policy/fields.js';
import type { Standing } from '../../record/evidence.js';
import type { Verdict } from './judge.js';

/** `2.3 times`; near 1 with one digit more, so that 1.04 does not read as nothing. */
export const times = (ratio: number): string =>
  `${ratio < 2 ? Number(ratio.toFixed(2)) : Number(ratio.toPrecision(2))} times`;

const percent = (share: number): string => formatValue(100 * share, 'percent');

type ArmSum = Standing['canary'];

const shareOf = ({ bad, events }: ArmSum): string => (events > 0 ? ` (${percent(bad / events)})` : '');

const counted = (sum: ArmSum): string => `${amount(sum.bad)} of ${amount(sum.events)}${shareOf(sum)}`;

/** `31 of 1,240 (2.5 %) failed, of the baseline 14 of 1,300 (1.1 %)`. */
export function countsText({ canary, baseline, bound }: Standing): string {
  const what = bound === undefined ? 'failed' : `took longer than ${bound}`;
  return `${counted(canary)} ${what}, of the baseline ${counted(baseline)}`;
}

const spanText = ({ from, to }: { readonly from: number; readonly to: number }): string =>
  Number.isFinite(to) ? `${from} to ${to}` : `over ${from}`;

/** `; 95th percentile of the canary 300 to 400, of the baseline 250 to 300`: as fine as the bounds are. */
function quantilesText({ quantiles }: Verdict): string {
  const [canary, baseline] = [quantiles?.canary.p95, quantiles?.baseline.p95];
  return canary && baseline
    ? `; 95th percentile of the canary ${spanText(canary)}, of the baseline ${spanText(baseline)}`
    : '';
}

/** `fails 2.3 times as often as the baseline`. */
function ratioText(ratio: number, bound: string | undefined): string {
  const often = `${times(ratio)} as often as the baseline`;
  return bound === undefined ? `fails ${often}` : `takes longer than ${bound} ${often}`;
}

const sureText = ({ sure }: Standing): string => `${percent(sure)} sure at every look`;

const roughly = (ms: number): string => {
  const minutes = Math.max(1, Math.round(ms / 60_000));
  return ms < 60_000
    ? `${Math.max(1, Math.round(ms / 1000))} more seconds`
    : `${minutes} more minute${minutes === 1 ? '' : 's'}`;
};

export function stoppedText(verdict: Verdict, bin: number): string {
  const { standing, stoppedAfter } = verdict;
  const { ratio, lower, bound } = standing;
  const worse = ratio === null ? 'is worse than the baseline' : ratioText(ratio, bound);
  // The bounds of the ratio are a little slower than the proof that it is too high.
  const least = lower > 1 ? `at least ${times(lower)}` : 'more than allowed';
  const after = stoppedAfter === undefined ? '' : `; stopped after ${formatDuration(stoppedAfter * bin)}`;
  return `the canary ${worse} (${least}, ${sureText(standing)}); ${countsText(standing)}${quantilesText(verdict)}${after}`;
}

/** @param accepted what was proven, and the chance that this is wrong @param slack a share that is no harm, 0: none */
export function acceptedText(
  { standing }: Verdict,
  accepted: { readonly ratio: number; readonly risk: number; readonly slack: number },
): string {
  const { bound, ratio } = standing;
  const now = ratio === null ? '' : `, now ${times(ratio)}`;
  const what = bound === undefined ? 'fail' : `take longer than ${bound}`;
  const little = accepted.slack > 0 ? `, or not in ${percent(accepted.slack)} of all` : '';
  return `the canary is proven not to ${what} ${times(accepted.ratio)} as often as the baseline${little} (${percent(1 - accepted.risk)} sure${now}); ${countsText(standing)}`;
}

export function undecidedText(
  { standing, left, doubling }: Verdict,
  { bin, leftMs }: { bin: number; leftMs: number },
): string {
  const when =
    left === undefined
      ? `if it goes on like this not before its window ends in ${formatDuration(leftMs)}`
      : `about ${roughly(left * bin)} at this traffic`;
  const twice =
    doubling === undefined
      ? '; a doubling would not show within the window'
      : `; a doubling would show in about ${formatDuration(Math.ceil(doubling) * bin)}`;
  return `cannot tell yet: ${when}; ${countsText(standing)}${twice}`;
}

/** What can be said at the end of the window without proof either way. */
export function openText(verdict: Verdict, watchedMs: number): string {
  const { standing, seeable } = verdict;
  const { upper, bound, canary, baseline } = standing;
  const what = bound === undefined ? 'failures' : `that take longer than ${bound}`;
  const most = rateBounds(canary.bad, canary.events, 1 - standing.sure).upper;
  const excluded =
    upper === null
      ? `at most ${percent(most)} of its events are bad (${sureText(standing)}), of the baseline none is`
      : `up to ${times(upper)} as many ${what} cannot be excluded`;
  const seen =
    seeable === undefined ? '' : `; less than about ${times(seeable)} could not have been seen at this traffic`;
  const none = canary.bad + baseline.bad === 0 ? '; neither arm had a single one: does the query find them?' : '';
  return `in ${formatDuration(watchedMs)}: ${countsText(standing)}${quantilesText(verdict)}; ${excluded}${seen}${none}`;
}

/** How the dispersion was come by, where a reader should know. */
export function dispersionText({ standing: { dispersion }, because }: Verdict): string {
  if (because !== undefined) return `; uncalibrated, so more careful: ${because}`;
  return dispersion > 10
    ? `; the arms differ by nature (${formatValue(dispersion, 'number')} times more than by chance)`
    : '';
}
