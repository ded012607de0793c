/** What stood when the train began, and what came in since the last good release. Words for every form of the report. */
import { plural } from '../judge/number.js';
import { untilWords } from '../policy/freezes.js';
import type { DecisionRecord } from '../record/record.js';
import type { Standing } from '../record/standing.js';
import { releaseWords } from '../train/clearance.js';
import { clockTime } from './words.js';

export interface StandingLine {
  readonly mark: string;
  readonly words: string;
  /** Of the run that it tells of. */
  readonly run?: string;
  /** Somebody should look at it now: it is shown beside the run, too. */
  readonly grave?: true;
}

export const standingTitle = 'Holds and overrides';

const line = (mark: string, words: string, run: string | null = null): StandingLine => ({
  mark,
  words,
  ...(run === null ? {} : { run }),
});

const grave = (mark: string, words: string): StandingLine => ({ mark, words, grave: true });

/** What kept the train, what was lifted for it and by whom, and what is to be put in order; empty: nothing is to be said. */
export function standingLines({ standing, observe, release, decision }: DecisionRecord): StandingLine[] {
  if (!standing) return [];
  const { ledger, stops, freezes, used, recent, remarks } = standing;
  const when = (instant: string) => clockTime(instant, '');
  return [
    ...used.map(({ lifts, by, reason, expires, place }) =>
      grave(
        '!',
        `${by} answers for it: ${liftWords[lifts]}, until ${expires}: ${reason}${place === undefined ? '' : ` (${place})`}`,
      ),
    ),
    ...stops.map((stop) => {
      const what = `stop open since ${when(stop.at)}: ${releaseWords(stop)} was stopped (${stop.reason}: ${stop.sentence})`;
      return line(
        decision.reason === 'open-stop' ? '✗' : '–',
        `${what}; ${clearedWords(stop, standing, release, observe)}`,
        stop.run,
      );
    }),
    ...freezes.map((freeze) => {
      const kept = decision.reason === 'frozen';
      return line(
        kept ? '✗' : '–',
        `frozen by ${freeze.name} ${untilWords(freeze)}${kept ? '' : `; ${passedWords(freeze, standing, observe)}`}`,
      );
    }),
    ...(ledger?.first
      ? [
          line(
            '?',
            `there is no ledger at ${ledger.file} yet, so this run is taken for the first: if there were others, see that the pipeline keeps the file`,
          ),
        ]
      : []),
    ...(ledger?.torn
      ? [
          grave(
            '?',
            `the last line of ${ledger.file} was cut off and is left out: a run was ended while it wrote, and what it decided is not known here`,
          ),
        ]
      : []),
    ...recent.map(({ lifts, by, reason, at, run, ...of }) =>
      line('!', `overridden on ${when(at)} by ${by} (${liftWords[lifts]}; ${releaseWords(of)}): ${reason}`, run),
    ),
    ...remarks.map((remark) => line('–', remark)),
  ];
}

const liftWords = {
  'open-stop': 'an open stop is lifted',
  freeze: 'a freeze is lifted',
  verdict: 'the verdict of the gates is overridden',
} as const;

function clearedWords(
  stop: Standing['stops'][number],
  { used, fixes }: Standing,
  { sha }: DecisionRecord['release'],
  observe: boolean,
): string {
  if (used.some(({ lifts }) => lifts === 'open-stop')) return 'lifted by an override';
  if (stop.sha !== null && sha !== null && stop.sha.toLowerCase() === sha.toLowerCase()) {
    return stop.reason === 'unhealthy' ? 'this is the stopped commit' : 'the same commit is asked again';
  }
  if (fixes !== undefined) return `declared as fixed: ${fixes}`;
  return observe ? 'only observed, so it keeps nobody' : 'not lifted';
}

function passedWords(freeze: Standing['freezes'][number], { used, fixes }: Standing, observe: boolean): string {
  if (used.some(({ lifts }) => lifts === 'freeze')) return 'lifted by an override';
  if (freeze.fixes && fixes !== undefined) return `a fix may pass: ${fixes}`;
  return observe ? 'only observed, so it keeps nobody' : 'the train had stopped already';
}

export interface Arrivals {
  /** `since the last good release (checkout 1.2.3, commit …, 2026-11-20 10:00 UTC)`. */
  readonly since: string;
  readonly run?: string;
  readonly commits: readonly { readonly sha: string; readonly words: string }[];
  /** Of commits that are not listed, or why there are none. */
  readonly note: string;
  readonly flags: readonly string[];
}

export const forwardTitle = 'What to fix forward';
export const arrivalsTitle = 'What came in since the last good release';

/** Reasons after which somebody looks for what broke. */
const mendable: ReadonlySet<string> = new Set([
  'unhealthy',
  'not-steady',
  'insufficient-evidence',
  'not-measured',
  'not-moved',
  'open-stop',
]);

/** @param most commits. @returns undefined where there is nothing to mend, or no ledger to know it from */
export function arrivalsOf({ standing, verdict, service }: DecisionRecord, most: number): Arrivals | undefined {
  const since = standing?.since;
  if (!since || verdict.decision !== 'stop' || !mendable.has(verdict.reason)) return undefined;
  const { commits, flags, sha, version, at, run } = since;
  const list = commits.known ? commits.list.slice(0, most) : [];
  return {
    since: `${releaseWords({ service, version, sha })}, ${clockTime(at, '')}`,
    ...(run === null ? {} : { run }),
    commits: list.map((one) => ({ sha: one.sha, words: `${one.subject} (${one.author})` })),
    note: noteOf(commits, list.length),
    flags: flags.map(({ flag, source, at: changed }) => `${flag} in ${source}, changed ${clockTime(changed, '')}`),
  };
}

function noteOf(commits: NonNullable<Standing['since']>['commits'], shown: number): string {
  if (!commits.known) return `which commits came in is not known: ${commits.why}`;
  const { total, missing } = commits;
  return [
    total === 0 ? 'no commit came in' : total > shown ? `${plural(total, 'commit')} in all, the newest first` : '',
    missing > 0
      ? `${plural(missing, 'commit')} of the last good release ${missing === 1 ? 'is' : 'are'} not in this one`
      : '',
  ]
    .filter((part) => part !== '')
    .join('; ');
}
