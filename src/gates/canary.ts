/**
 * Gate `canary`: the new version beside the old one, at the same time. It may look as often as it likes: over all looks together it
 * stops a canary that is no worse at most as often as `false-stop-rate` says. How it judges is in `docs/judge.md`.
 */
import * as v from 'valibot';
import { uncalibratedMargin } from '../judge/rate-judge.js';
import {
  healthy,
  insufficient,
  isProof,
  type Proof,
  proveMeasured,
  type Reading,
  unhealthy,
} from '../judge/reading.js';
import { formatDuration } from '../policy/fields.js';
import type { Answer, Samples, Standing } from '../record/evidence.js';
import type { TelemetryQuestion, Window } from '../sources/source.js';
import { armQuestions, armsFound, binsOf, historyQuestions, instancesOf } from './canary/arms.js';
import { type CanaryConfig, fields, fitsTogether } from './canary/fields.js';
import { slackOf, type Verdict } from './canary/judge.js';
import { completeBins, historyOf, historyWindow, Watch } from './canary/watch.js';
import {
  acceptedText,
  countsText,
  dispersionText,
  openText,
  stoppedText,
  times,
  undecidedText,
} from './canary/words.js';
import { defineGate, type Gate, type Judged, type Moment } from './gate.js';
import { anyStale, isReading } from './measured-value.js';

/** Of the newest bins, so many are looked at to see whether the canary is measured at all. */
const recentBins = 10;

/** What a round asks: the bins of both arms, and until it is known the history. */
function questions(config: CanaryConfig, moment: Moment, watch: Watch): ReadonlyMap<string, TelemetryQuestion> {
  const window = watch.window(completeBins(config, moment));
  if (window === undefined) return new Map();
  const history = watch.wantsHistory ? historyOf(config) : undefined;
  return new Map([
    ...armQuestions(config, window),
    ...(history === undefined ? [] : historyQuestions(config, history, historyWindow(config, history, moment))),
  ]);
}

function judge(config: CanaryConfig, answers: readonly Answer[], moment: Moment, watch: Watch): Reading {
  const window = watch.window(completeBins(config, moment));
  if (window === undefined) {
    const reason = `the first ${formatDuration(config.bin)} after the warm-up is not yet complete at the source`;
    return insufficient('too-early', reason, { pending: true });
  }
  learnHistory(config, answers, moment, watch);
  const proof = proveMeasured<Samples>([...armQuestions(config, window).keys()], answers);
  if (!isProof(proof)) return proof;
  return judgeBins(config, proof, window, moment, watch);
}

/** A history that cannot be asked for is asked for again: it may calibrate later, and until then the judge is the more careful. */
function learnHistory(config: CanaryConfig, answers: readonly Answer[], moment: Moment, watch: Watch): void {
  const history = watch.wantsHistory ? historyOf(config) : undefined;
  if (history === undefined) return;
  const window = historyWindow(config, history, moment);
  const measured = new Map<string, Samples>();
  for (const role of historyQuestions(config, history, window).keys()) {
    const answer = answers.find((a) => a.role === role);
    if (answer && 'failure' in answer && answer.failure.permanent) {
      watch.learn({ because: `the history cannot be asked: ${answer.failure.message}` });
      return;
    }
    if (answer === undefined || 'failure' in answer || answer.measurement.kind !== 'samples') return;
    measured.set(role, answer.measurement);
  }
  watch.learn({ instances: instancesOf(config, measured, window) });
}

function judgeBins(config: CanaryConfig, proof: Proof<Samples>, window: Window, moment: Moment, watch: Watch): Reading {
  const { now, deployedAt } = moment;
  const times = { maxAgeMs: config['max-age'], to: window.to, notBefore: deployedAt, now };
  const stale = anyStale(proof.measured, times);
  if (stale) return stale;
  const bins = binsOf(config, proof.measured, window);
  if (isReading(bins)) return bins;
  watch.take(bins);
  const all = completeBins(config, moment);
  const verdict = watch.judge?.verdict(config.window / config.bin - all.length);
  if (watch.isUnfair) {
    const reason = `in ${watch.unfair} bins there were events, and \`failures\` gave nothing: it must give 0 where none failed, or the comparison is not fair`;
    return insufficient('failures-unknown', reason, verdict ? detailsOf(verdict) : {});
  }
  if (verdict?.stopped) return stopped(config, proof, verdict);
  return missing(config, all, proof, watch, verdict) ?? open(config, proof, all, verdict);
}

const detailsOf = ({ standing }: Verdict) => ({
  ...(standing.ratio === null ? {} : { value: standing.ratio, shown: times(standing.ratio) }),
  events: standing.canary.events,
  standing,
});

function limitText(config: CanaryConfig, { calibrated }: Standing): string {
  const margin = 1 + config['no-worse-than'];
  const allowed = calibrated ? margin : Math.max(margin, uncalibratedMargin);
  return allowed > 1 ? `at most ${times(allowed)} as often` : 'no more often than the baseline';
}

function stopped(config: CanaryConfig, proof: Proof<Samples>, verdict: Verdict): Reading {
  const reason = stoppedText(verdict, config.bin) + dispersionText(verdict);
  return unhealthy(proof, 'worse-than-baseline', reason, {
    ...detailsOf(verdict),
    threshold: limitText(config, verdict.standing),
    conclusive: true,
  });
}

/** Why the bins so far are no evidence, whatever is in them; undefined when they are. */
function missing(
  config: CanaryConfig,
  all: readonly number[],
  proof: Proof<Samples>,
  watch: Watch,
  verdict: Verdict | undefined,
): Reading | undefined {
  const details = verdict ? detailsOf(verdict) : {};
  const recent = all.slice(-recentBins);
  const ended = all.length * config.bin >= config.window;
  const looked = ended ? all : recent;
  const seen = watch.measuredOf(looked);
  if (2 * seen >= looked.length && seen > 0) return undefined;
  const unlike = watch.unlikeOf(looked);
  if (unlike !== undefined) {
    const reason = `the durations of both arms could be compared in only ${formatDuration(seen * config.bin)} of the last ${formatDuration(looked.length * config.bin)}: ${unlike}`;
    return insufficient('bounds-differ', reason, details);
  }
  const found = armsFound(config, proof.measured);
  const of = `${formatDuration(looked.length * config.bin)}${found === '' ? '' : ` (${found})`}`;
  return seen === 0
    ? insufficient('no-traffic', `canary and baseline had no events at the same time in the last ${of}`, details)
    : insufficient(
        'gaps',
        `both arms had events in only ${formatDuration(seen * config.bin)} of the last ${of}`,
        details,
      );
}

/** Not proven to be worse: proven to be no worse, or open, which at the end of the window is a word too. */
function open(
  config: CanaryConfig,
  proof: Proof<Samples>,
  all: readonly number[],
  verdict: Verdict | undefined,
): Reading {
  if (verdict === undefined) return insufficient('no-traffic', 'nothing was counted');
  const { standing } = verdict;
  // With few requests at first they may lie so by chance.
  if (verdict.blind && all.length * config.bin >= config.window) {
    const reason = `all requests took between two neighbouring bounds of the histogram, so nothing tells the arms apart: ${countsText(standing)}`;
    return insufficient('bounds-too-wide', reason, detailsOf(verdict));
  }
  const details = { ...detailsOf(verdict), threshold: limitText(config, verdict.standing) };
  const more = dispersionText(verdict);
  const { accept } = config;
  if (accept !== 'never' && verdict.accepted) {
    const enough = standing.canary.events >= accept['min-events'] && standing.bins * config.bin >= accept.after;
    const proven = { ratio: 1 + accept['no-worse-than'], risk: accept.risk, slack: slackOf(config) };
    const text = acceptedText(verdict, proven) + more;
    if (enough) return healthy(proof, 'no-worse', text, details);
  }
  const watchedMs = all.length * config.bin;
  if (watchedMs < config.window) {
    const leftMs = config.window - watchedMs;
    const reason = undecidedText(verdict, { bin: config.bin, leftMs }) + more;
    return insufficient('undecided', reason, { ...details, pending: true });
  }
  if (standing.canary.events < config['min-events']) {
    const reason = `the canary had ${Math.floor(standing.canary.events)} of at least ${config['min-events']} events in ${formatDuration(watchedMs)}: ${countsText(standing)}`;
    return insufficient('too-few-events', reason, details);
  }
  const text = openText(verdict, watchedMs) + more;
  return config['at-window-end'] === 'proof'
    ? insufficient('unproven', `no proof either way ${text}`, details)
    : healthy(proof, 'no-harm-seen', `no harm seen ${text}`, details);
}

export const canaryGate = defineGate({
  type: 'canary',
  family: 'telemetry',
  schema: v.pipe(fields, fitsTogether),
  sharesFalseStops: true,
  takesMs: ({ window }) => window,
  asksInBins: ({ counters }) => (counters ? 'increase' : 'each'),
  bind(config): Gate<'telemetry', Watch> {
    return {
      questions: (moment, watch = new Watch(config)) => questions(config, moment, watch),
      judge(answers, moment, watch = new Watch(config)): Judged<Watch> {
        return { reading: judge(config, answers, moment, watch), memory: watch };
      },
    };
  },
  lint: (config) => adviceOn(config),
});

function adviceOn(config: CanaryConfig): { key: string; message: string }[] {
  const advice = [];
  if (historyOf(config) === undefined) {
    const message =
      'no history says how much two equal arms differ, so the judge is slower and allows 25 %: write `history`, one series for each instance of the old version';
    advice.push({ key: 'failures', message });
  }
  if (config.window < 10 * 60_000) {
    advice.push({ key: 'window', message: 'in less than 10 minutes only great harm can be seen' });
  }
  return advice;
}
