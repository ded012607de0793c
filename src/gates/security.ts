/**
 * Gate `security`: no finding at or over a severity, in scans that really ran. A scan that is missing, crashed, old or of
 * another commit proves nothing; a finding stands whatever else is missing.
 */
import * as v from 'valibot';
import { plural } from '../judge/number.js';
import { error, healthy, insufficient, isProof, proveMeasured, type Reading, unhealthy } from '../judge/reading.js';
import { described, duration, filled, formatDuration, oneOrMore } from '../policy/fields.js';
import { nearest } from '../policy/problems.js';
import type { Answer, Scans, Severity } from '../record/evidence.js';
import { defineGate, type Gate, type Moment } from './gate.js';

/** Worst first. */
const ranked = ['critical', 'high', 'medium', 'low'] as const;
type Ranked = (typeof ranked)[number];

const fields = v.strictObject({
  block: described(v.optional(v.picklist(ranked), 'high'), 'Findings of this severity or worse stop the train.'),
  'unknown-severity': described(
    v.optional(v.picklist(ranked), 'high'),
    'What a finding counts as when its severity cannot be told.',
  ),
  require: described(
    v.optional(oneOrMore(filled)),
    'Tools that must have run, by the name that stands in their results (upper or lower case). A missing scanner is not a clean one.',
  ),
  commit: described(
    v.optional(v.pipe(v.string(), v.regex(/^[0-9a-f]{7,64}$/i, 'a commit id of at least 7 hexadecimal digits'))),
    'The commit that must have been scanned, mostly `"${release.sha}"`; its first 7 digits or more suffice. Scans that name another one are no evidence.',
  ),
  'commit-required': described(
    v.optional(v.boolean(), false),
    'Whether scans that name no commit are no evidence either. Most scanners name none.',
  ),
  'max-age': described(
    v.optional(duration),
    'How long ago the scans may have ended. Scans that do not say when they ended are no evidence then.',
  ),
  review: described(
    v.optional(v.picklist(['block', 'warn', 'ignore']), 'warn'),
    'What results do that ask a person to look (kind `open` or `review`): `block` the train, be told in the reason (`warn`), or be `ignore`d.',
  ),
});

const schema = v.pipe(
  fields,
  v.check((g) => !g['commit-required'] || g.commit !== undefined, '`commit` beside `commit-required`'),
);

type Config = v.InferOutput<typeof fields>;
type Run = Scans['runs'][number];

/** Something that is missing from the evidence. `error`: it could not be measured at all. */
interface Complaint {
  readonly state: 'error' | 'insufficient';
  readonly code: string;
  readonly text: string;
}

const role = 'scans';

/** Sources and runners disagree by seconds or a few minutes; a scan that ended later than this from now did not. */
const futureMs = 5 * 60_000;

/** `SCAN_FAILED` → `scan-failed`. */
const kebab = (code: string): string => code.toLowerCase().replaceAll('_', '-');

function wrongSubject(run: Run, config: Config): Complaint | undefined {
  if (config.commit === undefined) return undefined;
  if (run.revision === null) {
    return config['commit-required']
      ? { state: 'insufficient', code: 'commit-unknown', text: `${run.tool} does not say which commit it scanned` }
      : undefined;
  }
  const wanted = config.commit.toLowerCase();
  const named = run.revision.toLowerCase().split(' ');
  if (named.some((id) => id.startsWith(wanted))) return undefined;
  const text = `${run.tool} (${run.file}) scanned commit ${run.revision}, not ${config.commit}`;
  return { state: 'insufficient', code: 'wrong-commit', text };
}

function wrongAge(run: Run, config: Config, now: number): Complaint | undefined {
  const most = config['max-age'];
  if (most === undefined) return undefined;
  const ended = run.ended === null ? Number.NaN : Date.parse(run.ended);
  const say = (code: string, text: string): Complaint => ({
    state: 'insufficient',
    code,
    text: `${run.tool} (${run.file}) ${text}`,
  });
  if (Number.isNaN(ended)) return say('age-unknown', 'does not say when it ended');
  if (now - ended > most) {
    return say('stale', `ended ${formatDuration(now - ended)} ago, more than ${formatDuration(most)}`);
  }
  return ended - now > futureMs ? say('clock', `ended in the future (${run.ended}): do the clocks agree?`) : undefined;
}

function failed(run: Run, scans: Scans): Complaint | undefined {
  if (run.execution !== 'failed' || scans.problems.some((p) => p.file === run.file && p.tool === run.tool)) {
    return undefined; // the problem says it better
  }
  return { state: 'error', code: 'scan-failed', text: `${run.tool} (${run.file}) did not finish its scan` };
}

function missingTools(scans: Scans, config: Config): Complaint[] {
  const names = [...new Set(scans.runs.map((run) => run.tool))];
  const there = new Set(names.map((name) => name.toLowerCase()));
  return (config.require ?? [])
    .filter((name) => !there.has(name.toLowerCase()))
    .map((name) => {
      const near = nearest(name, names);
      const found = near === undefined ? `found: ${names.join(', ') || 'none'}` : `did you mean ${near}?`;
      return { state: 'insufficient', code: 'tool-missing', text: `there is no scan by ${name} (${found})` };
    });
}

/** The runs whose findings stand, and everything that is missing from the evidence, what could not be measured first. */
function weigh(scans: Scans, config: Config, now: number): { sound: ReadonlySet<Run>; complaints: Complaint[] } {
  const complaints: Complaint[] = scans.problems.map(({ code, message }) => ({
    state: 'error',
    code: kebab(code),
    text: message,
  }));
  const sound = new Set<Run>();
  for (const run of scans.runs) {
    const wrong = [failed(run, scans), wrongSubject(run, config), wrongAge(run, config, now)].filter(
      (c) => c !== undefined,
    );
    complaints.push(...wrong);
    if (wrong.length === 0 && run.execution !== 'failed') sound.add(run);
  }
  complaints.push(...missingTools(scans, config));
  return {
    sound,
    complaints: [...complaints].sort((a, b) => (a.state === b.state ? 0 : a.state === 'error' ? -1 : 1)),
  };
}

/** All complaints as one text; a matrix of scans can have very many. */
function told(complaints: readonly Complaint[]): string {
  const texts = [...new Set(complaints.map((c) => c.text))];
  const more = texts.length - 5;
  return texts.slice(0, 5).join('; ') + (more > 0 ? `; and ${more} more` : '');
}

/** The findings of sound runs, parted at the bar. */
interface Tally {
  readonly blocking: ReadonlyMap<Severity, number>;
  readonly lower: number;
  readonly review: number;
  readonly suppressed: number;
}

const blocks = (severity: Severity, config: Config): boolean => {
  const rank: Ranked = severity === 'unknown' ? config['unknown-severity'] : severity;
  return ranked.indexOf(rank) <= ranked.indexOf(config.block);
};

function tally(runs: Iterable<Run>, config: Config): Tally {
  const blocking = new Map<Severity, number>();
  let [lower, review, suppressed] = [0, 0, 0];
  for (const run of runs) {
    for (const severity of [...ranked, 'unknown'] as const) {
      const n = run.counted[severity];
      if (!blocks(severity, config)) lower += n;
      else if (n > 0) blocking.set(severity, (blocking.get(severity) ?? 0) + n);
    }
    review += run.review;
    suppressed += run.suppressed;
  }
  return { blocking, lower, review, suppressed };
}

/** `(CodeQL js/sql-injection in src/db.ts:41, …)`: the worst three of the sound runs. */
function examples(scans: Scans, sound: ReadonlySet<Run>, config: Config): string {
  const soundTools = new Set([...sound].map((run) => run.tool));
  const shown = scans.findings.filter((f) => {
    const run = f.run === undefined ? undefined : scans.runs[f.run];
    return blocks(f.severity, config) && (run ? sound.has(run) : soundTools.has(f.tool));
  });
  if (shown.length === 0) return '';
  const texts = shown.slice(0, 3).map((f) => {
    const line = f.line === undefined ? '' : `:${f.line}`;
    return `${f.tool} ${f.rule}${f.file === undefined ? '' : ` in ${f.file}${line}`}`;
  });
  return ` (${texts.join(', ')}${shown.length > 3 ? ', …' : ''})`;
}

function blockingText(scans: Scans, sound: ReadonlySet<Run>, { blocking }: Tally, config: Config): string {
  const n = [...blocking.values()].reduce((a, b) => a + b, 0);
  if (n === 0) return '';
  const parts = [...blocking].map(([severity, count]) =>
    severity === 'unknown'
      ? `${count} of unknown severity (counted as ${config['unknown-severity']})`
      : `${count} ${severity}`,
  );
  return `${plural(n, 'finding')} of ${config.block} or worse: ${parts.join(', ')}${examples(scans, sound, config)}`;
}

function healthyText(scans: Scans, found: Tally, config: Config): string {
  const names = scans.runs.map((run) => `${run.tool}${run.toolVersion === undefined ? '' : ` ${run.toolVersion}`}`);
  const shown = names.length > 8 ? [...names.slice(0, 8), '…'] : names;
  const silent =
    config.commit === undefined ? [] : scans.runs.filter((run) => run.revision === null).map((r) => r.tool);
  return [
    `no finding of ${config.block} or worse in ${plural(names.length, 'scan')} (${shown.join(', ')})`,
    found.lower > 0 ? `${found.lower} lower` : '',
    found.suppressed > 0 ? `${found.suppressed} suppressed` : '',
    found.review > 0 && config.review === 'warn' ? `${plural(found.review, 'result')} for a person to review` : '',
    silent.length > 0 ? `not said which commit was scanned: ${[...new Set(silent)].slice(0, 8).join(', ')}` : '',
  ]
    .filter((text) => text !== '')
    .join('; ');
}

function judge(config: Config, answers: readonly Answer[], now: number): Reading {
  const proof = proveMeasured<Scans>([role], answers);
  const answer = answers.find((a) => a.role === role);
  // Without a proof there may still be problems that say more than "nothing was found".
  const measured = answer && 'measurement' in answer ? answer.measurement : undefined;
  const scans = measured?.kind === 'scans' ? measured : undefined;
  if (!scans) return isProof(proof) ? error('bad-answer', 'the answer holds no scans') : proof;

  const { sound, complaints } = weigh(scans, config, now);
  const found = tally(sound, config);
  const review = config.review === 'block' ? found.review : 0;
  const value = [...found.blocking.values()].reduce((a, b) => a + b, review);
  const missing = complaints.length === 0 ? '' : told(complaints);
  const details = { threshold: `0 of ${config.block} or worse` };

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
  if (worst && (isProof(proof) || worst.state === 'error')) {
    return (worst.state === 'error' ? error : insufficient)(worst.code, missing, { ...details, ...permanent });
  }
  if (!isProof(proof)) return proof;
  if (sound.size === 0) return insufficient('no-data', `no scan was read: ${scans.subject}`, details);
  return healthy(proof, 'no-findings', healthyText(scans, found, config), { ...details, value: 0 });
}

export const securityGate = defineGate({
  type: 'security',
  family: 'security',
  schema,
  bind(config): Gate<'security'> {
    return {
      questions: () => new Map([[role, { family: 'security' }]]),
      judge: (answers, moment: Moment) => judge(config, answers, moment.now),
    };
  },
  lint: (config) => [
    ...(config.require === undefined
      ? [{ key: 'require', message: 'no `require`: a scanner that did not run at all is not missed' }]
      : []),
    ...(config.commit === undefined
      ? [{ key: 'commit', message: 'no `commit`: results of an older commit count like those of this one' }]
      : []),
  ],
});
