/**
 * The ledger: a line for each run that decided, each bound to the one before by its hash. It is what a run knows of those before it, kept
 * between them by the pipeline. Pure.
 */
import * as v from 'valibot';
import { oneLine } from '../sources/text.js';
import { sha256 } from './hash.js';
import { type DecisionRecord, reasons } from './record.js';
import { usedOverride } from './standing.js';

const text = v.string();
const maybe = v.nullable(text);
const hash = v.pipe(text, v.regex(/^[0-9a-f]{64}$/));

const said = {
  decision: v.picklist(['continue', 'stop']),
  reason: v.picklist(reasons),
};

const factsFields = {
  service: maybe,
  environment: maybe,
  sha: maybe,
  version: maybe,
  ...said,
  sentence: text,
  /** What the gates said; absent: the same. */
  verdict: v.optional(v.strictObject(said)),
  /** The policy only observed. */
  observed: v.optional(v.literal(true)),
  /** The stages that were proven, where they were not all. */
  part: v.optional(text),
  actor: maybe,
  run: maybe,
  at: v.pipe(text, v.isoTimestamp()),
  /** SHA-256 of the decision record's file; null: it could not be written. */
  record: v.nullable(hash),
  fixes: v.optional(text),
  overrides: v.optional(v.array(usedOverride)),
};

const facts = v.strictObject(factsFields);
/** What is entered of a run. */
export type EntryFacts = v.InferOutput<typeof facts>;

const entry = v.strictObject({
  ledger: v.literal(1),
  /** `hash` of the entry before; null: it is the first. */
  previous: v.nullable(hash),
  ...factsFields,
  /** SHA-256 of the line without it, as JSON without white space. */
  hash,
});
export type Entry = v.InferOutput<typeof entry>;

/**
 * What is entered of a record; undefined: nothing, since nothing was decided.
 *
 * @param file SHA-256 of its file; null: it could not be written
 */
export function entryFacts(record: DecisionRecord, file: string | null): EntryFacts | undefined {
  const { decision, verdict, release, host, walk, standing, service, observe, ended } = record;
  if (decision.decision === 'hold' || decision.reason === 'policy-error') return undefined;
  const proven = walk && walk.to < walk.stages.length ? walk.stages.slice(walk.from - 1, walk.to) : undefined;
  return {
    service,
    environment: release.environment,
    sha: release.sha,
    version: release.version,
    decision: decision.decision,
    reason: decision.reason,
    sentence: cut(decision.sentence),
    ...(verdict.decision !== decision.decision && verdict.decision !== 'hold'
      ? { verdict: { decision: verdict.decision, reason: verdict.reason } }
      : {}),
    ...(observe ? { observed: true as const } : {}),
    ...(proven ? { part: cut(proven.map(({ name }) => name).join(', ')) } : {}),
    actor: host.actor,
    run: host.run,
    at: ended,
    record: file,
    ...(standing?.fixes === undefined ? {} : { fixes: standing.fixes }),
    ...(standing?.used.length
      ? { overrides: standing.used.map(({ lifts, by, reason, expires }) => ({ lifts, by, reason, expires })) }
      : {}),
  };
}

/** A line stays a line, and one that can be read. */
const cut = (sentence: string): string => oneLine(sentence, 400);

export interface Ledger {
  readonly entries: readonly Entry[];
  /** The last line was cut off, as a crash leaves it; it is left out. */
  readonly torn: boolean;
}

/** The hash of the last entry; null: there is none. */
export const headOf = ({ entries }: Pick<Ledger, 'entries'>): string | null => entries.at(-1)?.hash ?? null;

/** A line for the ledger, without its line break. @param previous the head of the ledger */
export function lineOf(of: EntryFacts, previous: string | null): string {
  // The order of the keys is that of the schema: the hash is over the text.
  const { ledger, previous: before, ...rest } = { ledger: 1, previous, ...v.parse(facts, of) };
  const body = { ledger, previous: before, ...rest };
  return JSON.stringify({ ...body, hash: sha256(JSON.stringify(body)) });
}

/** The file again, with one line more. */
export const withLine = ({ entries }: Ledger, line: string): string =>
  [...entries.map((one) => JSON.stringify(one)), line].map((one) => `${one}\n`).join('');

const hint =
  'it was changed, or lines were taken out or put in: put back the ledger as the last run left it; where it is lost, begin a new one, and every open stop is forgotten with it';

/**
 * Reads a ledger strictly: a line that does not follow from the one before is never left out.
 *
 * @returns the entries, or as a sentence what is wrong
 */
export function parseLedger(content: string): Ledger | { readonly wrong: string } {
  const lines = content.split('\n');
  const tail = (lines.pop() ?? '').replace(/\r$/, '');
  const entries: Entry[] = [];
  for (const [index, raw] of lines.entries()) {
    const read = entryOf(raw.replace(/\r$/, ''), headOf({ entries }));
    if ('wrong' in read) return { wrong: `line ${index + 1} ${read.wrong}: ${hint}` };
    entries.push(read.entry);
  }
  if (tail === '') return { entries, torn: false };
  // Without its line break, but whole: some editors and tools end files so.
  const last = entryOf(tail, headOf({ entries }));
  if ('entry' in last) return { entries: [...entries, last.entry], torn: false };
  return isJson(tail) ? { wrong: `line ${lines.length + 1} ${last.wrong}: ${hint}` } : { entries, torn: true };
}

function entryOf(line: string, previous: string | null): { readonly entry: Entry } | { readonly wrong: string } {
  let data: unknown;
  try {
    data = JSON.parse(line);
  } catch {
    return { wrong: 'is no JSON' };
  }
  const version = (data as { ledger?: unknown } | null)?.ledger;
  if (typeof version === 'number' && version > 1)
    return { wrong: `is of version ${version}, which a newer Signalbox writes` };
  const parsed = v.safeParse(entry, data);
  if (!parsed.success) {
    const at = v.getDotPath(parsed.issues[0]);
    return { wrong: `is no entry${at === null ? '' : ` (at ${at})`}` };
  }
  // As it was written: a key that stands twice would be read once.
  const { hash: given, ...body } = data as Entry;
  if (JSON.stringify(data) !== line) return { wrong: 'is not in the form in which it was written' };
  if (sha256(JSON.stringify(body)) !== given) return { wrong: 'does not have the hash that it gives' };
  if (body.previous !== previous) return { wrong: 'does not follow from the line before' };
  return { entry: data as Entry };
}

function isJson(line: string): boolean {
  try {
    JSON.parse(line);
    return true;
  } catch {
    return false;
  }
}
