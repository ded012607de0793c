/** The analyses that GitHub lists of a ref, and which of them are needed of a commit. */
import { NotMeasured } from '../../source.js';
import { oneLine } from '../../text.js';
import { instantOf, words } from '../formats/json.js';
import { asIndex, asObject, asText, isAbsent, type Obj } from '../shape.js';
import type { Client } from './client.js';

/** What is needed of an analysis. */
export interface Analysis {
  readonly id: number;
  readonly tool: string;
  /** Of several analyses of one commit, those with the same key stand for each other. */
  readonly key: string;
  /** For people: tool and category. */
  readonly name: string;
  readonly commit: string;
  /** Milliseconds since the epoch. */
  readonly created: number;
  readonly results: number | undefined;
  readonly error: string;
  readonly warning: string;
}

/** Analyses that are looked at; what lies further back only as long as there are some of the released commit. */
const pagesOfAnalyses = 3;

/** Of which ref, by which tools (absent: all), and the commit that they are looked through for, where there is one. */
interface Wanted {
  readonly ref: string;
  readonly tools: readonly string[] | undefined;
  readonly commit?: string | undefined;
}

/** The newest first. @throws {NotMeasured} */
export async function analysesOf(
  client: Client,
  { ref, tools, commit }: Wanted,
  signal: AbortSignal,
): Promise<Analysis[]> {
  const query = { ref, sort: 'created', direction: 'desc' };
  const isWanted = (raw: unknown) => isOf({ commit: asText(asObject(raw)?.commit_sha) ?? '' }, commit);
  const enough = (page: readonly unknown[], pages: number) => pages >= pagesOfAnalyses && !page.some(isWanted);
  const listed = await client.all('/code-scanning/analyses', query, signal, enough).catch(noneYet);
  const wanted = tools && new Set(tools.map((tool) => tool.toLowerCase()));
  return listed
    .map((raw) => analysisOf(asObject(raw), client))
    .filter(({ tool }) => !wanted || wanted.has(tool.toLowerCase()))
    .sort((a, b) => b.created - a.created);
}

export const isOf = ({ commit }: Pick<Analysis, 'commit'>, wanted: string | undefined): boolean =>
  wanted !== undefined && commit.toLowerCase().startsWith(wanted.toLowerCase());

/** Before the first analysis of a ref GitHub answers 404. */
function noneYet(error: unknown): readonly unknown[] {
  if (error instanceof NotMeasured && error.code === 'not-analysed') return [];
  throw error;
}

function analysisOf(raw: Obj | undefined, client: Client): Analysis {
  const id = asIndex(raw?.id);
  const tool = asText(asObject(raw?.tool)?.name);
  const commit = asText(raw?.commit_sha);
  const created = Date.parse(instantOf(raw?.created_at) ?? '');
  if (id === undefined || tool === undefined || commit === undefined || Number.isNaN(created)) {
    throw client.strange('list of analyses');
  }
  const category = asText(raw?.category);
  const shown = oneLine(tool, 100);
  return {
    id,
    tool: shown,
    // Whole, since categories of a matrix may differ in their last letter only.
    key: JSON.stringify([tool, category ?? [raw?.analysis_key, raw?.environment]]),
    name: category === undefined ? shown : `${shown} (${oneLine(category, 100)})`,
    commit,
    created,
    results: asIndex(raw?.results_count),
    error: complaint(raw?.error),
    warning: complaint(raw?.warning),
  };
}

/** What GitHub has to say against an analysis; empty: nothing. */
const complaint = (raw: unknown): string =>
  isAbsent(raw) ? '' : typeof raw === 'string' ? words(raw) : 'GitHub says so, and not in words';

/** Of each tool and category the newest. @param analyses the newest first */
export const newest = (analyses: readonly Analysis[]): Analysis[] =>
  [...new Map(analyses.toReversed().map((one) => [one.key, one])).values()].toReversed();

/** Commits besides the released one whose analyses show what is usual. One alone may still be waiting for some of its analyses. */
const usualCommits = 5;

/** What analyses the commits of this ref, by the newest of them. */
export function usual(analyses: readonly Analysis[]): Analysis[] {
  const commits = new Set([...new Set(analyses.map(({ commit }) => commit))].slice(0, usualCommits));
  return newest(analyses.filter(({ commit }) => commits.has(commit)));
}
