/** Evidence before findings: whether scans ran to their end, of this commit, lately, and all that must have run. */
import { formatDuration } from '../../policy/fields.js';
import { nearest } from '../../policy/problems.js';
import type { Scans } from '../../record/evidence.js';
import type { Category, ScanRun } from '../../record/scans.js';
import type { Config } from './fields.js';

/** Something that is missing from the evidence. `error`: it could not be measured at all. */
export interface Complaint {
  readonly state: 'error' | 'insufficient';
  readonly code: string;
  readonly text: string;
}

/** Sources and runners disagree by seconds or a few minutes; a scan that ended later than this from now did not. */
const futureMs = 5 * 60_000;

/** Problems that say "not there", where the others say "cannot be read" or "failed". */
const absent: ReadonlySet<string> = new Set(['NOT_ANALYSED']);

/** `SCAN_FAILED` → `scan-failed`. */
const kebab = (code: string): string => code.toLowerCase().replaceAll('_', '-');

const where = (run: ScanRun): string => `${run.tool} (${run.file})`;
const lacking = (code: string, text: string): Complaint => ({ state: 'insufficient', code, text });

function wrongCommit(run: ScanRun, config: Config): Complaint | undefined {
  if (config.commit === undefined) return undefined;
  if (run.revision === null) {
    return config['commit-required']
      ? lacking('commit-unknown', `${where(run)} does not say which commit it scanned`)
      : undefined;
  }
  const wanted = config.commit.toLowerCase();
  const named = run.revision.toLowerCase().split(' ');
  if (named.some((id) => id.startsWith(wanted))) return undefined;
  return lacking('wrong-commit', `${where(run)} scanned commit ${run.revision}, not ${config.commit}`);
}

function wrongImage(run: ScanRun, config: Config): Complaint | undefined {
  const { image } = config;
  if (image === undefined) return undefined;
  if (run.image === undefined) {
    return categoriesOf(run, config).includes('container')
      ? lacking('image-unknown', `${where(run)} does not say which image it scanned`)
      : undefined;
  }
  // A digest stands behind the name of its repository.
  if (run.image.some((one) => one === image || one.endsWith(`@${image}`))) return undefined;
  return lacking('wrong-image', `${where(run)} scanned ${run.image[0] ?? 'another image'}, not ${image}`);
}

function wrongAge(run: ScanRun, config: Config, now: number): Complaint | undefined {
  const most = config['max-age'];
  const ended = run.ended === null ? Number.NaN : Date.parse(run.ended);
  if (ended - now > futureMs) {
    return lacking('clock', `${where(run)} ended in the future (${run.ended}): do the clocks agree?`);
  }
  if (most === undefined) return undefined;
  if (Number.isNaN(ended)) return lacking('age-unknown', `${where(run)} does not say when it ended`);
  const age = now - ended;
  if (age <= most) return undefined;
  return lacking('stale', `${where(run)} ended ${formatDuration(age)} ago, more than ${formatDuration(most)}`);
}

/** What a tool looks for: as the policy says it, else as the tool is known for. */
const categoriesOf = (run: ScanRun, { categories = {} }: Config): readonly Category[] =>
  Object.entries(categories).find(([tool]) => tool.toLowerCase() === run.tool.toLowerCase())?.[1] ?? run.categories;

const usesData: readonly Category[] = ['sca', 'container'];

function oldDatabase(run: ScanRun, config: Config, now: number): Complaint | undefined {
  const most = config['database-max-age'];
  if (most === undefined || !categoriesOf(run, config).some((category) => usesData.includes(category)))
    return undefined;
  const made = run.database === undefined ? Number.NaN : Date.parse(run.database);
  if (Number.isNaN(made)) {
    return lacking('database-age-unknown', `${where(run)} does not say how old its vulnerability data are`);
  }
  const age = now - made;
  if (age <= most) return undefined;
  const text = `the vulnerability data of ${where(run)} are ${formatDuration(age)} old, more than ${formatDuration(most)}`;
  return lacking('database-stale', text);
}

function notExecuted(run: ScanRun, scans: Scans, config: Config): Complaint | undefined {
  if (run.execution === 'unknown' && config['execution-required']) {
    return lacking('execution-unknown', `${where(run)} does not say that it ran to its end`);
  }
  if (run.execution !== 'failed' || scans.problems.some((p) => p.file === run.file && p.tool === run.tool)) {
    return undefined; // the problem says it better
  }
  return { state: 'error', code: 'scan-failed', text: `${where(run)} did not finish its scan` };
}

function malformed(run: ScanRun): Complaint | undefined {
  const n = run.tally.reduce((sum, { fate, count }) => sum + (fate === 'malformed' ? count : 0), 0);
  if (n === 0) return undefined;
  const text = `${where(run)} has ${n} of ${run.results} results that cannot be understood`;
  return { state: 'error', code: 'malformed-result', text };
}

/** Whether the policy believes a scanner that reported this failure. */
function tolerates({ code, tool, about }: Scans['problems'][number], { tolerate }: Config, now: number): boolean {
  return (
    code === 'SCAN_FAILED' &&
    tolerate.some(
      (one) =>
        one.tool.toLowerCase() === tool?.toLowerCase() &&
        one.notification === about &&
        now < Date.parse(`${one.until}T00:00:00Z`) + 86_400_000,
    )
  );
}

function missing(scans: Scans, sound: ReadonlySet<ScanRun>, config: Config): Complaint[] {
  return (config.require ?? []).flatMap((required): Complaint[] => {
    if (typeof required === 'object' && 'category' in required) {
      const { category } = required;
      if ([...sound].some((run) => categoriesOf(run, config).includes(category))) return [];
      const found = [...new Set(scans.runs.map((run) => run.tool))].join(', ') || 'none';
      return [lacking('category-missing', `there is no sound scan for ${category} (found: ${found})`)];
    }
    const { tool, rules = 0 } = typeof required === 'string' ? { tool: required } : required;
    const runs = scans.runs.filter((run) => run.tool.toLowerCase() === tool.toLowerCase());
    if (runs.length === 0)
      return [lacking('tool-missing', `there is no scan by ${tool} (${alternatives(tool, scans)})`)];
    const most = Math.max(...runs.map((run) => run.rules ?? 0));
    return most >= rules ? [] : [lacking('too-few-rules', `${tool} brings ${most} rules, fewer than ${rules}`)];
  });
}

function alternatives(tool: string, { runs }: Scans): string {
  const names = [...new Set(runs.map((run) => run.tool))];
  const near = nearest(tool, names);
  return near === undefined ? `found: ${names.join(', ') || 'none'}` : `did you mean ${near}?`;
}

/** The runs whose findings stand, and everything that is missing from the evidence, what could not be measured first. */
export function weigh(
  scans: Scans,
  config: Config,
  now: number,
): { readonly sound: ReadonlySet<ScanRun>; readonly complaints: readonly Complaint[] } {
  const problems = scans.problems.filter((problem) => !tolerates(problem, config, now));
  const complaints = problems.map(
    ({ code, message }): Complaint => ({
      state: absent.has(code) ? 'insufficient' : 'error',
      code: kebab(code),
      text: message,
    }),
  );
  const sound = new Set<ScanRun>();
  for (const run of scans.runs) {
    const wrong = [
      notExecuted(run, scans, config),
      malformed(run),
      wrongCommit(run, config),
      wrongImage(run, config),
      wrongAge(run, config, now),
      oldDatabase(run, config, now),
    ].filter((complaint) => complaint !== undefined);
    complaints.push(...wrong);
    const failed = problems.some((p) => p.code === 'SCAN_FAILED' && p.file === run.file && p.tool === run.tool);
    // What a scan has found stands even where it is not all.
    if (wrong.every(({ code }) => code === 'malformed-result') && !failed) sound.add(run);
  }
  complaints.push(...missing(scans, sound, config));
  return { sound, complaints: complaints.toSorted((a, b) => rank(a) - rank(b)) };
}

const rank = ({ state }: Complaint): number => (state === 'error' ? 0 : 1);
