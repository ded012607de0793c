/** What a notification says: the same for people and for programs, made from the record by the report's own words. */
import type { Decision, DecisionRecord } from '../record/record.js';
import { nextSteps, stepWords } from './next.js';
import { plain, safeLink } from './plain.js';
import { type GateView, viewOf } from './view.js';
import { complaint, sinceWords, verdictSentence } from './words.js';

export interface NoticeGate {
  readonly name: string;
  readonly state: GateView['state'];
  readonly enforce: GateView['enforce'];
  /** Among the reasons for which the gates say stop. */
  readonly reason: boolean;
  /** What is wrong with it, with value, limit and since when; or what the judge says. */
  readonly text: string;
  readonly value?: string;
  readonly threshold?: string;
  readonly link?: string;
}

/** All texts are on one line and without control characters; they may still hold the markup of any platform. */
export interface Notice {
  readonly decision: Decision['decision'];
  readonly reason: Decision['reason'];
  /** The verdict as one sentence. */
  readonly headline: string;
  /** The reasons first, then what is not well, then the others; at most 50. */
  readonly gates: readonly NoticeGate[];
  readonly next: readonly string[];
  /** SHA-256 over what the record says, as `digest` in it. */
  readonly record?: string;
  /** The summary, of at most so many bytes, as Markdown for GitHub. */
  markdown(maxBytes: number): Promise<string>;
}

const mostGates = 50;

export function noticeOf(record: DecisionRecord): Notice {
  const view = viewOf(record);
  const rank = (gate: GateView) => (gate.blamed ? 0 : gate.state === 'healthy' ? 2 : 1);
  const gates = [...view.gates].sort((a, b) => rank(a) - rank(b)).slice(0, mostGates);
  return {
    decision: record.decision.decision,
    reason: record.decision.reason,
    headline: plain(verdictSentence(view), 400),
    gates: gates.map((gate): NoticeGate => {
      const since = gate.state === 'healthy' ? '' : sinceWords(gate, record.ended);
      const link = safeLink(gate.link);
      return {
        name: plain(gate.name, 120),
        state: gate.state,
        enforce: gate.enforce,
        reason: gate.blamed,
        text: plain(`${complaint(gate).replace(/^: /, '')}${since === '' ? '' : `; ${since}`}`, 600),
        ...(gate.reading?.shown === undefined ? {} : { value: plain(gate.reading.shown, 80) }),
        ...(gate.reading?.threshold === undefined ? {} : { threshold: plain(gate.reading.threshold, 120) }),
        ...(link === undefined ? {} : { link }),
      };
    }),
    next: nextSteps(view).map((step) => plain(stepWords(step), 400)),
    ...(record.digest === undefined ? {} : { record: record.digest }),
    async markdown(maxBytes) {
      const { summary } = await import('./summary.js');
      return summary(record, { flavour: 'github', maxBytes });
    },
  };
}
