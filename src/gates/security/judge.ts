/** From scans to the gate's reading: a finding stands whatever else is missing, and nothing missing is a pass. */
import { plural } from '../../judge/number.js';
import { error, healthy, insufficient, isProof, proveMeasured, type Reading, unhealthy } from '../../judge/reading.js';
import type { Answer, Scans } from '../../record/evidence.js';
import { countsOf, type Fate, type ScanRun, type Severity } from '../../record/scans.js';
import { type Complaint, weigh } from './evidence.js';
import type { Config } from './fields.js';
import { type Standing, stand, sum } from './standing.js';

export const role = 'scans';

/** All complaints as one text; a matrix of scans can have very many. */
function told(complaints: readonly Complaint[]): string {
  const texts = [...new Set(complaints.map((c) => c.text))];
  const more = texts.length - 5;
  return texts.slice(0, 5).join('; ') + (more > 0 ? `; and ${more} more` : '');
}

/** `(CodeQL js/sql-injection in src/db.ts:41, …)`: the worst three of the sound runs. */
function examples(scans: Scans, sound: ReadonlySet<ScanRun>, over: readonly Severity[]): string {
  const shown = scans.findings.filter(({ fate, severity, run }) => {
    const its = scans.runs[run];
    return fate === 'counted' && over.includes(severity) && its !== undefined && sound.has(its);
  });
  if (shown.length === 0) return '';
  const texts = shown.slice(0, 3).map((f) => {
    const line = f.line === undefined ? '' : `:${f.line}`;
    return `${f.tool} ${f.rule}${f.file === undefined ? '' : ` in ${f.file}${line}`}`;
  });
  return ` (${texts.join(', ')}${shown.length > 3 ? ', …' : ''})`;
}

const ofSeverity = (severity: Severity, n: number, config: Config): string =>
  severity === 'unknown' ? `${n} of unknown severity (counted as ${config['unknown-severity']})` : `${n} ${severity}`;

/** What is allowed, as a noun phrase: `0 of high or worse`. */
function threshold({ block, most }: Config): string {
  const limits = Object.entries(most ?? {}).map(
    ([severity, n]) => `at most ${n} ${severity === 'total' ? 'in all' : severity}`,
  );
  return [limits.length === 0 ? `0 of ${block} or worse` : `0 of ${block} or worse but`, limits.join(', ')]
    .filter((part) => part !== '')
    .join(' ');
}

function blockingText(scans: Scans, sound: ReadonlySet<ScanRun>, found: Standing, config: Config): string {
  if (found.blocking === 0) return '';
  const parts = found.over.map((severity) => ofSeverity(severity, found.counts[severity], config)).join(', ');
  const bar = config.most === undefined ? `of ${config.block} or worse` : 'more than allowed';
  const limit = config.most === undefined ? '' : `; allowed: ${threshold(config)}`;
  return `${plural(found.blocking, 'finding')} ${bar}: ${parts}${examples(scans, sound, found.over)}${limit}`;
}

const excused: readonly (readonly [Fate, string])[] = [
  ['warned', 'only warned of'],
  ['deferred', 'put off'],
  ['waived', 'waived'],
  ['suppressed', 'suppressed'],
];

/** What does not count and is there all the same, in a few words. */
function besides(sound: ReadonlySet<ScanRun>, found: Standing, config: Config): string[] {
  const below = sum(Object.values(found.counts)) - found.blocking - found.warned;
  return [
    found.warned > 0 ? `${found.warned} of ${config.warn} or worse to look at` : '',
    below > 0 ? `${below} lower` : '',
    ...excused.map(([fate, words]) => {
      const n = sum(Object.values(countsOf(sound, fate)));
      return n > 0 ? `${n} ${words}` : '';
    }),
  ].filter((text) => text !== '');
}

function healthyText(
  scans: Scans,
  sound: ReadonlySet<ScanRun>,
  found: Standing,
  review: number,
  config: Config,
): string {
  const names = scans.runs.map((run) => `${run.tool}${run.toolVersion === undefined ? '' : ` ${run.toolVersion}`}`);
  const shown = names.length > 8 ? [...names.slice(0, 8), '…'] : names;
  const silent =
    config.commit === undefined ? [] : scans.runs.filter((run) => run.revision === null).map((r) => r.tool);
  const unnamed =
    config.image === undefined ? [] : scans.runs.filter((run) => run.image === undefined).map((r) => r.tool);
  return [
    `${config.most === undefined ? `no finding of ${config.block} or worse` : `no more findings than allowed (${threshold(config)})`} in ${plural(names.length, 'scan')} (${shown.join(', ')})`,
    ...besides(sound, found, config),
    review > 0 && config.review === 'warn' ? `${plural(review, 'result')} for a person to review` : '',
    unnamed.length > 0 ? `not said which image was scanned: ${[...new Set(unnamed)].slice(0, 8).join(', ')}` : '',
    silent.length > 0 ? `not said which commit was scanned: ${[...new Set(silent)].slice(0, 8).join(', ')}` : '',
  ]
    .filter((text) => text !== '')
    .join('; ');
}

/** @param now milliseconds since the epoch */
export function judge(config: Config, answers: readonly Answer[], now: number): Reading {
  const proof = proveMeasured<Scans>([role], answers);
  const answer = answers.find((a) => a.role === role);
  // Without a proof there may still be problems that say more than "nothing was found".
  const measured = answer && 'measurement' in answer ? answer.measurement : undefined;
  const scans = measured?.kind === 'scans' ? measured : undefined;
  if (!scans) return isProof(proof) ? error('bad-answer', 'the answer holds no scans') : proof;

  const { sound, complaints } = weigh(scans, config, now);
  const found = stand(sound, config);
  const toReview = sum(Object.values(countsOf(sound, 'review')));
  const review = config.review === 'block' ? toReview : 0;
  const value = found.blocking + review;
  const missing = complaints.length === 0 ? '' : told(complaints);
  const details = { threshold: threshold(config) };

  if (value > 0 && isProof(proof)) {
    const reason = [
      blockingText(scans, sound, found, config),
      review > 0 ? `${plural(review, 'result')} for a person to review` : '',
      missing && `besides: ${missing}`,
    ];
    const text = reason.filter((part) => part !== '').join('; ');
    return unhealthy(proof, 'findings', text, { ...details, value, conclusive: true });
  }
  const permanent = scans.settled ? { permanent: true } : {};
  const [worst] = complaints;
  // A scope that holds no scan at all is said by the proof; a file that is missing or broken says it better.
  if (worst && (isProof(proof) || worst.state === 'error' || scans.problems.length > 0)) {
    return (worst.state === 'error' ? error : insufficient)(worst.code, missing, { ...details, ...permanent });
  }
  if (!isProof(proof)) return proof;
  if (sound.size === 0) return insufficient('no-data', `no scan was read: ${scans.subject}`, details);
  return healthy(proof, 'no-findings', healthyText(scans, sound, found, toReview, config), { ...details, value: 0 });
}
