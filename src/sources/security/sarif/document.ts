/** One SARIF file, read in two passes: first all but its results, then the results. */
import { Refused, type Report } from '../bytes.js';
import { asObject, asText, type Obj } from '../shape.js';
import { type Batch, type Cut, Cutter, type Limits } from './cutter.js';

/** Long lists of a run. Only results are kept apart; of artifacts the names are. The others are read to see that they are sound. */
const longLists: ReadonlySet<string> = new Set([
  'results',
  'artifacts',
  'logicalLocations',
  'threadFlowLocations',
  'graphs',
  'addresses',
  'webRequests',
  'webResponses',
]);

/**
 * Lists of a result that say how it came about: most of a large log, and nothing that is made of a result depends on them, but for the code
 * in them.
 */
const unneeded = { names: ['codeFlows', 'stacks', 'graphs', 'graphTraversals', 'attachments'], unless: 'snippet' };

/** Characters in the names of all artifacts, at 32 more for each. */
const mostNames = 1 << 26;

/** Longer ones are no names of files. */
const longestName = 2000;

/** Who holds a list, as `Cut.owner` has it. */
export type Owner = string;

/** A list of results, wherever they stand. */
export interface Results {
  readonly count: number;
  readonly batches: readonly Batch[];
}

/** What the first pass sees. */
export interface Document {
  /** The log with its long lists empty. */
  readonly skeleton: unknown;
  readonly results: ReadonlyMap<Owner, Results>;
  /** `location.uri` of each artifact. */
  readonly artifacts: ReadonlyMap<Owner, readonly (string | undefined)[]>;
}

/** @throws {Refused} when it is no JSON, when it is too large, or when a key stands twice in a map */
export async function readDocument(
  report: Report,
  signal: AbortSignal,
  limits: Partial<Limits & { readonly names: number }> = {},
): Promise<Document> {
  const results = new Map<Owner, { count: number; batches: Batch[] }>();
  const artifacts = new Map<Owner, (string | undefined)[]>();
  const most = limits.names ?? mostNames;
  let names = 0;
  const isResults = ({ name }: Cut): boolean => name === 'results';
  const cutter = new Cutter({
    names: longLists,
    limits,
    withText: (cut) => !isResults(cut),
    unneeded,
    list({ owner, name }) {
      if (name === 'results') results.set(owner, { count: 0, batches: [] });
      if (name === 'artifacts') artifacts.set(owner, []);
    },
    batch({ owner, name }, batch, text) {
      const ofResults = name === 'results' ? results.get(owner) : undefined;
      if (ofResults) {
        ofResults.count += batch.count;
        ofResults.batches.push(batch);
      }
      if (!text) return;
      const elements = parseBatch(text, batch);
      if (name !== 'artifacts') return;
      for (const element of elements) {
        const uri = asText(asObject(asObject(element)?.location)?.uri);
        const kept = uri !== undefined && uri.length <= longestName ? uri : undefined;
        artifacts.get(owner)?.push(kept);
        names += 32 + (kept?.length ?? 0);
      }
      if (names > most) throw new Refused('TOO_LARGE', 'names more artifacts than can be held: split it by tool');
    },
  });
  for await (const piece of report.pieces(signal)) {
    signal.throwIfAborted();
    cutter.push(piece);
  }
  const { skeleton, members } = cutter.end();
  return { skeleton: parsed(skeleton.toString(), members), results, artifacts };
}

/** The second pass: each result of these owners, in the order of the text. @throws {Refused} */
export async function readResults(
  report: Report,
  { results }: Document,
  owners: Iterable<Owner>,
  signal: AbortSignal,
  each: (owner: Owner, result: unknown) => void,
): Promise<void> {
  const wanted = [...owners]
    .flatMap((owner) => (results.get(owner)?.batches ?? []).map((batch) => ({ owner, batch })))
    .sort((a, b) => a.batch.from - b.batch.from);
  const texts = report.stretches(
    wanted.map(({ batch }) => batch),
    signal,
  );
  let next = 0;
  for await (const text of texts) {
    signal.throwIfAborted();
    const one = wanted[next];
    if (!one) return;
    next += 1;
    for (const result of parseBatch(text, one.batch)) each(one.owner, result);
  }
}

function parseBatch(bytes: Buffer, { from, count, holes, members }: Batch): readonly unknown[] {
  let text = '[';
  let at = 0;
  for (let i = 0; i < holes.length; i += 2) {
    text += bytes.toString('utf8', at, (holes[i] as number) - from);
    at = (holes[i + 1] as number) - from;
  }
  const elements = parsed(`${text}${bytes.toString('utf8', at)}]`, members);
  if (!Array.isArray(elements) || elements.length !== count) throw new Refused('UNREADABLE', 'is no valid JSON');
  return elements;
}

function parsed(text: string, members: number): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // What V8 says of it quotes the text, which may hold a secret.
    throw new Refused('UNREADABLE', 'is no valid JSON');
  }
  // A reader that takes the first of two and one that takes the last would see different results.
  if (membersOf(value) < members) throw new Refused('DUPLICATE_KEYS', 'has a key that stands twice in one map');
  return value;
}

/** How many members all maps in a value have. Without recursion, since it may be nested deeply. */
export function membersOf(value: unknown): number {
  let count = 0;
  const open: unknown[] = [value];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (Array.isArray(next)) {
      for (const item of next) if (typeof item === 'object' && item !== null) open.push(item);
    } else if (typeof next === 'object' && next !== null) {
      for (const key in next) {
        count += 1;
        const item: unknown = (next as Obj)[key];
        if (typeof item === 'object' && item !== null) open.push(item);
      }
    }
  }
  return count;
}
