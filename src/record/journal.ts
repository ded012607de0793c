/**
 * The journal of a run: what it did so far, written as it is done, so that a job which is parked, or killed at any moment, is gone on with
 * by the next one. A text of lines, each the SHA-256 over the hash before it and its JSON, a space, and that JSON. Pure.
 */
import * as v from 'valibot';
import { sha256 } from './hash.js';
import { decision, round, walk } from './record.js';

const text = v.string();
const instant = v.pipe(v.string(), v.isoTimestamp());

const run = { run: v.nullable(text), actor: v.nullable(text), began: instant };

const entry = v.variant('kind', [
  v.strictObject({
    kind: v.literal('begin'),
    /** Version of this format. */
    journal: v.literal(1),
    ...run,
    service: v.nullable(text),
    release: v.strictObject({
      sha: v.nullable(text),
      version: v.nullable(text),
      environment: v.nullable(text),
      deployedAt: instant,
    }),
    /** Stages that are to be proven; 0 to 0: the policy has none. */
    from: v.number(),
    to: v.number(),
    /** As it is in the record. */
    policy: v.unknown(),
  }),
  /** Another job goes on. */
  v.strictObject({ kind: v.literal('resume'), ...run }),
  v.strictObject({ kind: v.literal('round'), round }),
  /** How far the walk came; the last one counts. */
  v.strictObject({ kind: v.literal('walk'), walk }),
  /** The train arrived or stopped, and all that followed from it was done. */
  v.strictObject({ kind: v.literal('end'), decision }),
]);
export type JournalEntry = v.InferOutput<typeof entry>;
type Of<K extends JournalEntry['kind']> = Extract<JournalEntry, { kind: K }>;

export interface Journal {
  readonly begin: Of<'begin'>;
  /** The jobs so far, and how many rounds each left. */
  readonly runs: readonly {
    readonly run: string | null;
    readonly actor: string | null;
    readonly began: string;
    readonly rounds: number;
  }[];
  readonly rounds: readonly Of<'round'>['round'][];
  readonly walk: Of<'walk'>['walk'] | undefined;
  readonly ended: boolean;
  /** Bytes of the text that are sound; what follows was torn off in the middle. */
  readonly bytes: number;
  /** Of the last line. */
  readonly hash: string;
}

/** @param before hash of the line before; '' for the first */
export function lineOf(before: string, written: JournalEntry): { readonly line: string; readonly hash: string } {
  const json = JSON.stringify(written);
  const hash = sha256(before + json);
  return { line: `${hash} ${json}\n`, hash };
}

/** @returns undefined for a text without a whole line; what is wrong where it is no journal, or was changed */
export function readJournal(written: string): Journal | { readonly wrong: string } | undefined {
  const end = written.lastIndexOf('\n');
  const lines = end < 0 ? [] : written.slice(0, end).split('\n');
  if (lines.length === 0) return undefined;
  const entries: JournalEntry[] = [];
  let hash = '';
  for (const [index, line] of lines.entries()) {
    const at = line.indexOf(' ');
    const json = line.slice(at + 1);
    if (sha256(hash + json) !== line.slice(0, at)) {
      return { wrong: `line ${index + 1} is not as it was written, or it is no journal of Signalbox` };
    }
    hash = line.slice(0, at);
    const parsed = v.safeParse(entry, JSON.parse(json));
    if (!parsed.success) return { wrong: `line ${index + 1} is of another version of Signalbox` };
    // As it was written: what follows from it is hashed and compared.
    entries.push(JSON.parse(json) as JournalEntry);
  }
  const [begin] = entries;
  if (begin?.kind !== 'begin') return { wrong: 'it does not begin with the beginning of a run' };
  return { begin, ...gathered(entries), bytes: Buffer.byteLength(written.slice(0, end + 1)), hash };
}

function gathered(entries: readonly JournalEntry[]): Pick<Journal, 'runs' | 'rounds' | 'walk' | 'ended'> {
  const runs: { run: string | null; actor: string | null; began: string; rounds: number }[] = [];
  const rounds: Of<'round'>['round'][] = [];
  // A round that was cut off proves nothing, and is not gone on from.
  const dropCutOff = (): void => {
    const last = runs.at(-1);
    if (!last || rounds.at(-1)?.decision.reason !== 'cancelled') return;
    rounds.pop();
    last.rounds -= 1;
  };
  for (const one of entries) {
    if (one.kind === 'begin' || one.kind === 'resume') {
      dropCutOff();
      runs.push({ run: one.run, actor: one.actor, began: one.began, rounds: 0 });
    }
    const last = runs.at(-1);
    if (one.kind === 'round' && last) {
      rounds.push(one.round);
      last.rounds += 1;
    }
  }
  dropCutOff();
  const walks = entries.flatMap((one) => (one.kind === 'walk' ? [one.walk] : []));
  return { runs, rounds, walk: walks.at(-1), ended: entries.at(-1)?.kind === 'end' };
}
