/** Reads the files that stand beside the scans. What cannot be read is a problem: without it nobody knows what the policy means. */
import { formatDuration } from '../../../policy/fields.js';
import type { Scans } from '../../../record/evidence.js';
import type { Problem as RecordProblem } from '../../../record/record.js';
import { locate } from '../../workspace.js';
import { readWhole, type Whole } from '../bytes.js';
import { findFiles } from '../files.js';
import type { Triage } from '../question.js';
import type { Problem, ScanSink } from '../result.js';
import { Baseline } from './baseline.js';
import { exploitedBy } from './exploited.js';
import type { References, Statements, Waivers } from './references.js';

type Remark = Scans['remarks'][number];
type Reference = Scans['references'][number];

/** How a source reads the results of a former release into a sink. */
export type BaselineReader = (named: NonNullable<Triage['baseline']>, sink: ScanSink) => Promise<void>;

export interface Opened {
  readonly references: References;
  readonly files: readonly Reference[];
  readonly problems: readonly Problem[];
  readonly remarks: readonly Remark[];
}

interface Where {
  readonly workspace: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly signal: AbortSignal;
  readonly baseline?: BaselineReader;
}

type Kind = Reference['kind'];

/** A list of exploited vulnerabilities that is older is told of, milliseconds. */
const oldList = 7 * 86_400_000;

/** Loads what the policy names, and no more: most policies name none of it. */
export async function openReferences(triage: Triage, where: Where): Promise<Opened> {
  const shelf = new Shelf(where);
  const [waivers, vex, exploited, owner, known] = await Promise.all([
    openWaivers(triage, shelf),
    openVex(triage, shelf),
    openExploited(triage, shelf),
    openOwners(triage, shelf),
    openBaseline(triage, shelf),
  ]);
  const { files, problems, remarks } = shelf;
  return {
    references: { exploited, owner, ...(known && { known }), ...(waivers && { waivers }), ...(vex && { vex }) },
    files,
    problems,
    remarks,
  };
}

/** What was read, and what was wrong with it. */
class Shelf {
  readonly files: Reference[] = [];
  readonly problems: Problem[] = [];
  readonly remarks: Remark[] = [];
  readonly where: Where;

  constructor(where: Where) {
    this.where = where;
  }

  wrong(kind: Kind, file: string, message: string): void {
    const code = `${kind.toUpperCase()}_UNREADABLE`;
    // Who is to mend something decides nothing.
    if (kind === 'owners') this.remarks.push({ code, message });
    else this.problems.push({ code, message, file });
  }

  /** All files that the patterns name. */
  async read(
    kind: Kind,
    patterns: readonly string[],
    inFolder: readonly string[],
  ): Promise<(Whole & { file: string })[]> {
    const { workspace, signal } = this.where;
    const { files, problems } = await findFiles(workspace, patterns, inFolder, signal);
    for (const { file = '', code, message } of problems) {
      this.wrong(
        kind,
        file,
        code === 'NO_REPORT' ? `no file matches ${file}, which the policy names as ${kind}` : message,
      );
    }
    const read: (Whole & { file: string })[] = [];
    for (const located of files) {
      const whole = await readWhole(located, signal);
      if ('code' in whole) this.wrong(kind, located.name, whole.message);
      else {
        this.files.push({ kind, file: located.name, sha256: whole.sha256 });
        read.push({ ...whole, file: located.name });
      }
    }
    return read;
  }

  /** The same for problems that have a place in the file. */
  refuse(kind: Kind, file: string, problems: readonly RecordProblem[]): void {
    for (const { message, line, column } of problems) {
      this.wrong(kind, file, `${[file, line, column].filter((part) => part !== undefined).join(':')} ${message}`);
    }
  }
}

async function openWaivers(triage: Triage, shelf: Shelf): Promise<Waivers | undefined> {
  if (!triage.waivers) return undefined;
  const { files, ...limits } = triage.waivers;
  const { parseWaivers } = await import('./waivers.js');
  const all = (await shelf.read('waivers', files, ['**/*.yml', '**/*.yaml'])).map(({ file, text }) => {
    const { waivers, problems } = parseWaivers(text, file, { now: shelf.where.now, ...limits });
    shelf.refuse('waivers', file, problems);
    return waivers;
  });
  return {
    excuse(subject) {
      let expired: { readonly expired: string } | undefined;
      for (const waivers of all) {
        const excuse = waivers.excuse(subject);
        if (excuse && 'reason' in excuse) return excuse;
        expired ??= excuse;
      }
      return expired;
    },
    remarks: () => all.flatMap((waivers) => waivers.remarks()),
  };
}

async function openVex(triage: Triage, shelf: Shelf): Promise<Statements | undefined> {
  if (!triage.vex) return undefined;
  const { files, products } = triage.vex;
  const { openVex: open, readVex } = await import('./vex.js');
  const read = await shelf.read('vex', files, ['**/*.vex.json', '**/*.openvex.json', '**/*.cdx.json']);
  // All at once, so that the latest of all statements holds.
  const documents = read.map(({ file, text }) => readVex(text, file));
  for (const { file, problems } of documents) shelf.refuse('vex', file, problems);
  return open(documents, { products, now: shelf.where.now });
}

async function openExploited({ exploited }: Triage, shelf: Shelf): Promise<References['exploited']> {
  const { kev, epss, 'epss-at-least': atLeast } = exploited;
  if (kev === undefined && epss === undefined) return (result) => exploitedBy(result, { atLeast });
  const { parseEpss, parseKev } = await import('./exploited-lists.js');
  const one = async <T>(kind: 'kev' | 'epss', file: string | undefined, parse: (text: string, file: string) => T) => {
    const [read] = file === undefined ? [] : await shelf.read(kind, [file], []);
    return read && parse(read.text, read.file);
  };
  const [catalog, scores] = await Promise.all([one('kev', kev, parseKev), one('epss', epss, parseEpss)]);
  if (kev !== undefined && catalog) shelf.refuse('kev', kev, catalog.problems);
  if (epss !== undefined && scores) shelf.refuse('epss', epss, scores.problems);
  for (const [file, list] of [
    [kev, catalog],
    [epss, scores],
  ] as const) {
    if (file === undefined || list?.released === undefined || shelf.where.now - list.released < oldList) continue;
    const age = formatDuration(shelf.where.now - list.released);
    shelf.remarks.push({
      code: 'EXPLOITED_LIST_OLD',
      message: `${file} is ${age} old: what is exploited changes every day`,
    });
  }
  return (result) =>
    exploitedBy(result, { ...(catalog && { kev: catalog.kev }), ...(scores && { epss: scores.epss }), atLeast });
}

async function openOwners({ owners }: Triage, shelf: Shelf): Promise<References['owner']> {
  const { ownerPlaces, parseOwners } = await import('./owners.js');
  const named = owners === undefined ? ownerPlaces : [owners];
  for (const place of named) {
    const there = await locate(shelf.where.workspace, place).catch(() => undefined);
    if (!there && owners === undefined) continue;
    const [read] = await shelf.read('owners', [place], []);
    if (read) return parseOwners(read.text);
  }
  return () => undefined;
}

async function openBaseline({ baseline: named }: Triage, shelf: Shelf): Promise<References['known']> {
  const { baseline: read } = shelf.where;
  if (!named || (!named.files && named.ref === undefined)) return undefined;
  const baseline = new Baseline();
  const missing = (message: string) => {
    shelf.remarks.push({ code: 'BASELINE_UNREADABLE', message: `${message}; what it should have held counts as new` });
  };
  try {
    if (!read) throw new Error('this source cannot read a baseline');
    await read(named, baseline);
    shelf.files.push(...baseline.files);
  } catch (error) {
    if (shelf.where.signal.aborted) throw error;
    missing((error as Error).message);
  }
  for (const problem of baseline.problems) missing(problem);
  return (subject) => baseline.knows(subject);
}
