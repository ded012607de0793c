/**
 * Parts of a run that stand elsewhere: at the root of the log (`inlineExternalProperties`, section 3.13.5) or in files of their own (sections
 * 3.15, 3.16 and 4). A reader that passes over them sees a clean scan.
 */
import { oneLine } from '../../text.js';
import { type OpenReport, Refused, type Report } from '../bytes.js';
import { maskSecrets } from '../masks.js';
import { asArray, asIndex, asObject, asText, isAbsent, type Obj } from '../shape.js';
import { type Document, type Owner, readDocument } from './document.js';

/** Opens a file that the log points at: a path relative to it, or a `file:` URI. @throws {Refused} */
export type External = (uri: string) => Promise<OpenReport>;

/** What holds parts of runs: an entry of `inlineExternalProperties`, or the root of a file. */
export interface Holder {
  readonly skeleton: Obj;
  readonly report: Report;
  readonly document: Document;
  readonly owner: Owner;
}

/** A run with all its parts, as far as they can be found. */
export interface Joined {
  readonly run: unknown;
  /** Who has its results, beside itself. */
  readonly results: readonly Holder[];
  /** What stands elsewhere, to be put behind the run's own. */
  readonly artifacts: readonly (string | undefined)[];
  /** Parts that cannot be had, and why: `results in x.json, which cannot be read (ENOENT)`. */
  readonly missing: readonly string[];
}

/** What tells something of the evidence; other parts may stand where they like. */
const telling = [
  'results',
  'artifacts',
  'invocations',
  'driver',
  'extensions',
  'policies',
  'externalizedProperties',
] as const;
type Part = (typeof telling)[number];

/** Files that one log may point at, and references to them in one run. */
const mostFiles = 100;
const mostReferences = 1000;

const guidOf = (raw: unknown): string | undefined => asText(raw)?.toLowerCase();
const runGuidOf = (run: Obj): string | undefined => guidOf(asObject(run.automationDetails)?.guid);

/** Everything that stands outside the runs of one log. Files stay open until `close`, so that none is another one when it is read again. */
export class Elsewhere {
  readonly #inline: readonly Holder[];
  readonly #log: Obj;
  readonly #external: External | undefined;
  readonly #signal: AbortSignal;
  readonly #files = new Map<string, Holder | Refused>();
  readonly #open: OpenReport[] = [];
  readonly #taken = new Set<Holder>();

  constructor(report: Report, document: Document, external: External | undefined, signal: AbortSignal) {
    this.#log = asObject(document.skeleton) ?? {};
    this.#external = external;
    this.#signal = signal;
    this.#inline = (asArray(this.#log.inlineExternalProperties) ?? []).map((raw, i) => ({
      skeleton: asObject(raw) ?? {},
      report,
      document,
      owner: `inlineExternalProperties/${i}`,
    }));
  }

  /** @throws {Refused} `CHANGED`, when one of the files did */
  async unchanged(): Promise<void> {
    for (const report of this.#open) await report.unchanged();
  }

  async close(): Promise<void> {
    await Promise.all(this.#open.map((report) => report.close()));
  }

  /** Which other files were read, to be told. */
  notes(): readonly string[] {
    const read = [...this.#files].filter(([, holder]) => !(holder instanceof Refused)) as [string, Holder][];
    return read.map(([uri, { report }]) => `goes on in ${named(uri)} (SHA-256 ${report.sha256()})`);
  }

  async join(raw: unknown): Promise<Joined> {
    const run = asObject(raw);
    if (!run) return { run: raw, results: [], artifacts: [], missing: [] };
    const guid = runGuidOf(run);
    const missing = new Set<string>();
    const found = new Map<Part, readonly Holder[]>();
    for (const part of telling) {
      const holders = new Set<Holder>();
      const take = (holder: Holder | Refused, reference?: Obj): void => {
        const wrong = holder instanceof Refused ? holder.message : mismatch(holder, reference, part, guid);
        if (wrong !== undefined) missing.add(`${part} ${wrong}`);
        else if (!(holder instanceof Refused)) holders.add(holder);
      };
      for (const holder of this.#ofRun(guid, part)) take(holder);
      for (const reference of references(run, part)) take(await this.#find(reference, run), reference);
      for (const holder of holders) this.#taken.add(holder);
      found.set(part, [...holders]);
    }
    return {
      run: telling.reduce((whole, part) => withPart(whole, part, found.get(part) ?? []), run),
      results: found.get('results') ?? [],
      artifacts: (found.get('artifacts') ?? []).flatMap(({ document, owner }) => document.artifacts.get(owner) ?? []),
      missing: [...missing],
    };
  }

  /** What no run lays claim to, once all are joined: nobody knows whose results these are. */
  unclaimed(): readonly string[] {
    const left = this.#inline.filter((holder) => !this.#taken.has(holder));
    const parts = left.flatMap(({ skeleton }) => telling.filter((part) => !isAbsent(skeleton[part])));
    return [...new Set(parts)];
  }

  /** Inline parts that name the run themselves. */
  #ofRun(guid: string | undefined, part: Part): Holder[] {
    if (guid === undefined) return [];
    return this.#inline.filter(({ skeleton }) => guidOf(skeleton.runGuid) === guid && !isAbsent(skeleton[part]));
  }

  async #find(reference: Obj | undefined, run: Obj): Promise<Holder | Refused> {
    const location = asObject(reference?.location);
    const uri = asText(location?.uri)?.trim();
    if (uri !== undefined) {
      const position = /^sarif:\/?inlineExternalProperties\/(\d{1,9})$/i.exec(uri)?.[1];
      if (position === undefined) return this.#file(located(uri, asText(location?.uriBaseId), run));
      return this.#inline[Number(position)] ?? new Refused('UNREADABLE', 'in a place of the log that does not exist');
    }
    const guid = guidOf(reference?.guid);
    const same = guid === undefined ? [] : this.#inline.filter(({ skeleton }) => guidOf(skeleton.guid) === guid);
    const [only, another] = same;
    if (only && !another) return only;
    return new Refused('UNREADABLE', another ? 'in several places of the log' : 'in a place that is not named');
  }

  async #file(uri: string): Promise<Holder | Refused> {
    const before = this.#files.get(uri);
    if (before) return before;
    const bad = (message: string) => new Refused('UNREADABLE', `in ${named(uri)}, which ${message}`);
    let holder: Holder | Refused;
    if (!this.#external) holder = bad('cannot be had here');
    else if (this.#files.size >= mostFiles) holder = bad(`is one of more than ${mostFiles} files`);
    else {
      try {
        const report = await this.#external(uri);
        this.#open.push(report);
        const document = await readDocument(report, this.#signal);
        const skeleton = asObject(document.skeleton);
        holder = skeleton ? { skeleton, report, document, owner: '' } : bad('is no file of external properties');
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        holder = bad(error.message);
      }
    }
    this.#files.set(uri, holder);
    return holder;
  }
}

const named = (uri: string): string => oneLine(maskSecrets(uri.slice(0, 500)), 100);

/** The references of a run to one part; undefined for one that cannot be understood. */
function references(run: Obj, part: Part): (Obj | undefined)[] {
  const raw = run.externalPropertyFileReferences;
  if (isAbsent(raw)) return [];
  const all = asObject(raw);
  // Nobody knows what is elsewhere then; the results are what matters most.
  if (!all) return part === 'results' ? [undefined] : [];
  const listed = all[part];
  if (isAbsent(listed)) return [];
  const list = asArray(listed) ?? [listed];
  return list.length > mostReferences ? [undefined] : list.map(asObject);
}

/** A base in the log's own terms (section 3.14.14) counts when it is a file: URI; else paths are relative to the log. */
function located(uri: string, base: string | undefined, run: Obj): string {
  if (base === undefined || /^[a-z][a-z0-9+.-]*:/i.test(uri)) return uri;
  const root = asText(asObject(asObject(run.originalUriBaseIds)?.[base])?.uri);
  return root !== undefined && /^file:/i.test(root) ? `${root.replace(/\/?$/, '/')}${uri}` : uri;
}

/** Why what was found is not what was meant; undefined: it is. */
function mismatch(
  holder: Holder,
  reference: Obj | undefined,
  part: Part,
  guid: string | undefined,
): string | undefined {
  const { skeleton } = holder;
  const [wanted, its, whose] = [guidOf(reference?.guid), guidOf(skeleton.guid), guidOf(skeleton.runGuid)];
  if (wanted !== undefined && its !== undefined && wanted !== its) return 'in a place with another guid';
  if (whose !== undefined && whose !== guid) return 'in a place that is for another run';
  if (!isAbsent(skeleton.version) && skeleton.version !== '2.1.0') return 'in another version than 2.1.0';
  if (isAbsent(skeleton[part])) return 'in a place where there are none';
  const size = sizeOf(holder, part);
  if (size === undefined) return 'elsewhere, and they cannot be understood';
  const items = asIndex(reference?.itemCount);
  return items === undefined || items === size ? undefined : `elsewhere, and there are ${size} in place of ${items}`;
}

const maps: ReadonlySet<Part> = new Set(['driver', 'externalizedProperties']);

/** How many items a part has; undefined: it is not what it should be. */
function sizeOf({ skeleton, document, owner }: Holder, part: Part): number | undefined {
  if (part === 'results') return document.results.get(owner)?.count;
  if (part === 'artifacts') return document.artifacts.get(owner)?.length;
  return maps.has(part) ? asObject(skeleton[part]) && 1 : asArray(skeleton[part])?.length;
}

const listOf = (raw: unknown): readonly unknown[] => (isAbsent(raw) ? [] : (asArray(raw) ?? [raw]));

/** The run as if the part stood in it: lists are put behind its own, maps over them. */
function withPart(run: Obj, part: Part, holders: readonly Holder[]): Obj {
  if (holders.length === 0 || part === 'results' || part === 'artifacts') return run;
  const values = holders.map(({ skeleton }) => skeleton[part]);
  const tool = asObject(run.tool) ?? {};
  const over = (own: unknown): Obj => Object.assign({}, asObject(own), ...values.map(asObject)) as Obj;
  const behind = (own: unknown): readonly unknown[] => [...listOf(own), ...values.flatMap(listOf)];
  switch (part) {
    case 'driver':
      return { ...run, tool: { ...tool, driver: over(tool.driver) } };
    case 'extensions':
      return { ...run, tool: { ...tool, extensions: behind(tool.extensions) } };
    case 'externalizedProperties':
      return { ...run, properties: over(run.properties) };
    default:
      return { ...run, [part]: behind(run[part]) };
  }
}
