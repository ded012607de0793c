/** From what readers hand on to one measurement: results are sorted, counted, and the worst of each fate kept. */
import { plural } from '../../judge/number.js';
import type { Scans } from '../../record/evidence.js';
import { type Fate, fates, type ScanRun } from '../../record/scans.js';
import { iso } from '../../train/clock.js';
import { NotMeasured, type SecurityQuestion, type SourceContext, type Unnamed } from '../source.js';
import {
  type Finding,
  noteTexts,
  type Problem,
  type Result,
  type RunFacts,
  type RunSink,
  type ScanSink,
} from './result.js';
import { Doubles, Tally, Worst } from './tally.js';
import { type BaselineReader, openReferences } from './triage/load.js';
import type { References } from './triage/references.js';
import { openTriage, type Verdict } from './triage/triage.js';

/** What a source says of itself in its measurement. */
export interface About {
  /** In words: `scan results in *.sarif`. */
  readonly subject: string;
  readonly query: string;
  readonly link?: string;
  /** Waiting changes nothing. */
  readonly settled: boolean;
  /** How the source reads the results of a former release; absent: it cannot. */
  readonly baseline?: BaselineReader;
  /** Sees every result as it is sorted; both are undefined for one that cannot be understood. */
  readonly watch?: (run: RunFacts, result: Result | undefined, verdict: Verdict | undefined) => void;
}

/** Findings that are kept of each fate; the record holds no more. */
export const mostFindings = 50;

/**
 * Lets `read` hand on runs and results, sorts them as the question says, and makes the measurement.
 *
 * @throws {NotMeasured} `timeout` when the round ends before all is read; what `read` throws
 */
export async function gather(
  question: SecurityQuestion,
  context: Pick<SourceContext, 'clock' | 'workspace'>,
  signal: AbortSignal,
  about: About,
  read: (sink: ScanSink) => Promise<void>,
): Promise<Unnamed<Scans>> {
  const now = context.clock.now();
  try {
    const { references, files, problems, remarks } = await openReferences(question.triage, {
      workspace: context.workspace,
      now,
      signal,
      ...(about.baseline && { baseline: about.baseline }),
    });
    const gathered = new Gathered(openTriage(question.triage, references, now), references, about.watch);
    for (const problem of problems) gathered.problem(problem);
    await read(gathered);
    return { ...gathered.measurement(about, context.clock.now(), remarks), references: [...files] };
  } catch (error) {
    if (!signal.aborted || error instanceof NotMeasured) throw error;
    const message =
      'reading the scan results took longer than the round may; name fewer files or raise `evaluation.round-timeout`';
    throw new NotMeasured('timeout', message, { cause: error });
  }
}

interface Counting {
  readonly run: () => ScanRun;
  readonly notes: () => readonly string[];
}

/** Everything that was handed on, sorted. */
/** Beyond it ISO 8601 wants a sign and six digits, which no reader of the record expects. */
const year10000 = Date.UTC(10_000, 0);

export class Gathered implements ScanSink {
  readonly #runs: Counting[] = [];
  readonly #problems: Problem[] = [];
  readonly #notes: string[] = [];
  readonly #kept: ReadonlyMap<Fate, Worst> = new Map(
    fates.map((fate): [Fate, Worst] => [fate, new Worst(mostFindings)]),
  );
  readonly #judge: (tool: string, result: Result) => Verdict;
  readonly #references: References;
  readonly #watch: About['watch'];

  constructor(judge: (tool: string, result: Result) => Verdict, references: References, watch?: About['watch']) {
    this.#judge = judge;
    this.#references = references;
    this.#watch = watch;
  }

  problem(problem: Problem): void {
    this.#problems.push(problem);
  }

  note(text: string): void {
    this.#notes.push(text);
  }

  begin(facts: RunFacts): RunSink {
    const tally = new Tally();
    const notes = new Map<string, number>();
    const count = (note: string) => notes.set(note, (notes.get(note) ?? 0) + 1);
    const doubles = new Doubles(tally);
    const run = this.#runs.length;
    const { image, ...others } = facts;
    this.#runs.push({
      run: () => ({
        ...others,
        categories: [...facts.categories],
        ...(image === undefined ? {} : { image: [...image] }),
        results: tally.all,
        tally: tally.entries(),
      }),
      notes: () =>
        [...notes].map(
          ([note, n]) => `${facts.tool} in ${facts.file}: ${plural(n, 'result')} ${noteTexts[note] ?? note}`,
        ),
    });
    return {
      add: (result) => {
        if (!result) {
          tally.add('malformed', 'MALFORMED', 'unknown');
          this.#watch?.(facts, undefined, undefined);
          return;
        }
        for (const note of result.notes ?? []) count(note);
        const said = this.#judge(facts.tool, result);
        if (said.conflict !== undefined) count('SEVERITY_CONFLICT');
        const verdict = said.fate === 'counted' ? doubles.count(result, said) : said;
        if (said.fate !== 'counted') tally.add(said.fate, said.reason, said.severity);
        this.#watch?.(facts, result, verdict);
        this.#kept.get(verdict.fate)?.offer(verdict.severity, () => this.#finding(run, facts.tool, result, verdict));
      },
    };
  }

  /** @param now milliseconds since the epoch */
  measurement(about: About, now: number, remarks: readonly Scans['remarks'][number][] = []): Unnamed<Scans> {
    const { waivers, vex } = this.#references;
    return {
      kind: 'scans',
      subject: about.subject,
      query: about.query,
      ...(about.link === undefined ? {} : { link: about.link }),
      at: iso(now),
      seen: this.#runs.length,
      notes: [...this.#notes, ...this.#runs.flatMap(({ notes }) => notes())],
      partial: false,
      ...(about.settled ? { settled: true } : {}),
      problems: this.#problems,
      remarks: [...remarks, ...(waivers?.remarks() ?? []), ...(vex?.remarks() ?? [])],
      references: [],
      runs: this.#runs.map(({ run }) => run()),
      findings: this.#findings(),
    };
  }

  /** Of each fate the worst, in the order of the fates. */
  #findings(): Finding[] {
    return fates.flatMap((fate) => this.#kept.get(fate)?.kept() ?? []);
  }

  #finding(run: number, tool: string, result: Result, verdict: Verdict): Finding {
    const { file, line, ids, purl, fix, help, link, since } = result;
    const owner = file === undefined ? undefined : this.#references.owner(file);
    return {
      run,
      fate: verdict.fate,
      reason: verdict.reason,
      ...(verdict.told === undefined ? {} : { told: verdict.told }),
      tool,
      rule: result.rule,
      severity: verdict.severity,
      why: verdict.why,
      ...(verdict.conflict === undefined ? {} : { conflict: verdict.conflict }),
      message: result.message,
      ...(file === undefined ? {} : { file }),
      ...(line === undefined ? {} : { line }),
      ...(ids.length === 0 ? {} : { ids: [...ids] }),
      ...(purl === undefined ? {} : { package: purl }),
      ...(fix ? { fix } : {}),
      ...(help === undefined ? {} : { help }),
      ...(link === undefined ? {} : { link }),
      ...(owner === undefined ? {} : { owner }),
      ...(since !== undefined && since >= 0 && since < year10000 ? { since: iso(since) } : {}),
      ...(verdict.exploited === undefined ? {} : { exploited: verdict.exploited }),
      identity: result.identity,
    };
  }
}
