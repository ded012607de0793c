/**
 * Source `github-code-scanning`: the analyses that GitHub holds of the released commit, and what people said of their alerts.
 * https://docs.github.com/rest/code-scanning/code-scanning
 */
import * as v from 'valibot';
import { described, filled, oneOrMore } from '../../../policy/fields.js';
import { iso } from '../../../train/clock.js';
import { defineSource, NotMeasured, type SecurityQuestion, type SourceContext } from '../../source.js';
import { oneLine } from '../../text.js';
import { problemOf, Refused, reportOf } from '../bytes.js';
import type { Result, RunFacts, ScanSink } from '../result.js';
import { readLog } from '../sarif/log.js';
import { webLink } from '../sarif/names.js';
import { fromWord } from '../sarif/severity.js';
import { gather } from '../scans.js';
import { asIndex, asObject, asText, type Obj } from '../shape.js';
import { Client, connectionFields, dismissal } from './client.js';

const schema = v.strictObject({
  ...connectionFields,
  ref: described(
    v.optional(filled),
    "Branch, tag or pull request whose analyses count: `main`, `refs/tags/v1`, `refs/pull/7/merge`. Default: the run's.",
  ),
  tools: described(
    v.optional(oneOrMore(filled)),
    'Only analyses by these tools, and each of them is needed. Default: all that analysed one of the five newest other commits of the ref.',
  ),
});

type Config = v.InferOutput<typeof schema>;

const kind = {
  name: 'code scanning',
  needs: '`security-events: read` (on private repositories `contents: read` and `actions: read` too)',
};

/** What is needed of an analysis. */
interface Analysis {
  readonly id: number;
  readonly tool: string;
  readonly category: string;
  readonly commit: string;
  /** Milliseconds since the epoch. */
  readonly created: number;
  readonly results: number | undefined;
  readonly error: string;
  readonly warning: string;
}

/** Analyses that are looked at: what lies further back is of no commit that is released now. */
const pagesOfAnalyses = 3;

/** GitHub keeps no more results of a run, the worst of them. */
const mostKept = 5000;

const fullRef = (ref: string): string => (ref.startsWith('refs/') ? ref : `refs/heads/${ref}`);

export const githubCodeScanningSource = defineSource({
  type: 'github-code-scanning',
  families: ['security'],
  schema,
  open(config, context) {
    return {
      async security(question, signal) {
        const client = new Client(config, kind, context);
        const ref = refOf(config, context);
        const about = {
          subject: `code scanning of ${client.repository}, ${ref}`,
          query: `GET /repos/${client.repository}/code-scanning/analyses?ref=${ref}`,
          link: client.page('code-scanning'),
          settled: false,
          baseline: async ({ files, ref: base }: { files?: readonly string[]; ref?: string }, sink: ScanSink) => {
            if (files || base === undefined) throw new Error('the baseline of this source is `{ ref: main }`');
            if (fullRef(base) === ref) throw new Error(`\`baseline\` names ${ref}, which is what is released`);
            const analyses = await analysesOf(client, config, fullRef(base), signal);
            // What is released was not there before.
            await readAnalyses(client, newest(analyses.filter((one) => !isOf(one, question.commit))), sink, signal);
          },
        };
        return gather(question, context, signal, about, (sink) => read(client, config, ref, question, sink, signal));
      },
    };
  },
});

function refOf({ ref }: Config, { identity }: SourceContext): string {
  const found = ref ?? identity.env.GITHUB_REF ?? '';
  if (found !== '') return fullRef(found);
  throw new NotMeasured('bad-query', 'expected `ref` in the source, since the run has none', { permanent: true });
}

async function analysesOf(client: Client, { tools }: Config, ref: string, signal: AbortSignal): Promise<Analysis[]> {
  const query = { ref, sort: 'created', direction: 'desc' };
  const listed = await client.all('/code-scanning/analyses', query, signal, pagesOfAnalyses).catch(noneYet);
  const wanted = tools && new Set(tools.map((tool) => tool.toLowerCase()));
  return listed
    .map((raw) => analysisOf(asObject(raw), client))
    .filter(({ tool }) => !wanted || wanted.has(tool.toLowerCase()))
    .sort((a, b) => b.created - a.created);
}

const isOf = ({ commit }: Analysis, wanted: string | undefined): boolean =>
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
  const created = Date.parse(asText(raw?.created_at) ?? '');
  if (id === undefined || tool === undefined || commit === undefined || Number.isNaN(created)) {
    throw client.strange('list of analyses');
  }
  return {
    id,
    tool: oneLine(tool, 100),
    category: oneLine(asText(raw?.category) ?? '', 100),
    commit,
    created,
    results: asIndex(raw?.results_count),
    error: oneLine(asText(raw?.error) ?? ''),
    warning: oneLine(asText(raw?.warning) ?? ''),
  };
}

const keyOf = ({ tool, category }: Analysis): string => JSON.stringify([tool, category]);

/** Of each tool and category the newest. @param analyses the newest first */
const newest = (analyses: readonly Analysis[]): Analysis[] =>
  [...new Map(analyses.toReversed().map((one) => [keyOf(one), one])).values()].toReversed();

const nameOf = ({ tool, category }: Analysis): string => (category === '' ? tool : `${tool} (${category})`);

async function read(
  client: Client,
  config: Config,
  ref: string,
  { commit }: SecurityQuestion,
  sink: ScanSink,
  signal: AbortSignal,
): Promise<void> {
  const analyses = await analysesOf(client, config, ref, signal);
  const chosen = newest(commit === undefined ? analyses : analyses.filter((one) => isOf(one, commit)));
  const missing = (message: string, tool?: string) =>
    sink.problem({ code: 'NOT_ANALYSED', message, ...(tool === undefined ? {} : { tool }) });
  const what = commit === undefined ? ref : `commit ${commit.slice(0, 10)} on ${ref}`;
  if (chosen.length === 0) missing(`GitHub holds no analysis of ${what} yet`);
  if (commit === undefined) sink.note(`no commit is asked for, so the newest analyses of ${ref} count`);
  const there = new Set(chosen.map(keyOf));
  for (const one of commit === undefined ? [] : usual(analyses.filter((a) => !isOf(a, commit)))) {
    if (!there.has(keyOf(one))) {
      missing(`${nameOf(one)} analyses this ref, and has not analysed ${what} yet`, one.tool);
    }
  }
  for (const tool of config.tools ?? []) {
    if (!chosen.some((one) => one.tool.toLowerCase() === tool.toLowerCase())) {
      missing(`GitHub holds no analysis by ${tool} of ${what} yet`, tool);
    }
  }
  if (chosen.length > 0) await readAnalyses(client, chosen, sink, signal, await alertsOf(client, ref, signal));
}

/** Commits besides the released one whose analyses show what is usual. One alone may still be waiting for some of its analyses. */
const usualCommits = 5;

/** What analyses the commits of this ref, by the newest of them. */
function usual(analyses: readonly Analysis[]): Analysis[] {
  const commits = new Set([...new Set(analyses.map(({ commit }) => commit))].slice(0, usualCommits));
  return newest(analyses.filter(({ commit }) => commits.has(commit)));
}

/** Open and dismissed alerts by their number. What is fixed is in no analysis any more. */
async function alertsOf(client: Client, ref: string, signal: AbortSignal): Promise<ReadonlyMap<number, Obj>> {
  const lists = await Promise.all(
    ['open', 'dismissed'].map((state) => client.all('/code-scanning/alerts', { ref, state }, signal)),
  );
  return new Map(
    lists.flat().flatMap((raw): [number, Obj][] => {
      const alert = asObject(raw);
      const number = asIndex(alert?.number);
      if (!alert || number === undefined) throw client.strange('list of alerts');
      return [[number, alert]];
    }),
  );
}

async function readAnalyses(
  client: Client,
  analyses: readonly Analysis[],
  sink: ScanSink,
  signal: AbortSignal,
  alerts: ReadonlyMap<number, Obj> = new Map(),
): Promise<void> {
  for (const one of analyses) {
    const name = `analysis ${one.id} by ${nameOf(one)}`;
    const bad = (code: string, message: string) =>
      sink.problem({ code, message: `${name} ${message}`, file: name, tool: one.tool });
    if (one.error !== '') {
      bad('ANALYSIS_ERROR', `failed: ${one.error}`);
      continue;
    }
    if (one.warning !== '') bad('ANALYSIS_INCOMPLETE', `is not complete: ${one.warning}`);
    const text = await client.sarif(one.id, signal);
    const counting = new Joined(sink, one, name, (result) => joined(result, alerts.get(client.alertOf(result.alert))));
    try {
      await readLog(reportOf(text), { name }, counting, signal);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      sink.problem({ ...problemOf({ name }, error), tool: one.tool });
      continue;
    }
    if (counting.largestRun >= mostKept) {
      bad('TRUNCATED', `has ${counting.largestRun} results in one run, and GitHub keeps no more than ${mostKept}`);
    } else if (one.results === undefined || counting.results < one.results) {
      bad('TRUNCATED', `holds ${counting.results} of ${one.results ?? 'an unknown number of'} results`);
    }
  }
}

/** Hands on the runs of an analysis, with what the platform knows besides. */
class Joined implements ScanSink {
  results = 0;
  largestRun = 0;
  readonly #to: ScanSink;
  readonly #analysis: Analysis;
  readonly #name: string;
  readonly #join: (result: Result) => Result;

  constructor(to: ScanSink, analysis: Analysis, name: string, join: (result: Result) => Result) {
    this.#to = to;
    this.#analysis = analysis;
    this.#name = name;
    this.#join = join;
  }

  begin(facts: RunFacts) {
    const { commit, created } = this.#analysis;
    const ended = facts.ended ?? iso(created);
    // The platform binds the analysis to the commit, whatever the scanner wrote.
    const to = this.#to.begin({ ...facts, file: this.#name, revision: commit, ended });
    let count = 0;
    return {
      add: (result: Result | undefined) => {
        this.results += 1;
        count += 1;
        this.largestRun = Math.max(this.largestRun, count);
        to.add(result && this.#join(result));
      },
    };
  }

  problem(problem: Parameters<ScanSink['problem']>[0]): void {
    this.#to.problem(problem);
  }

  note(text: string): void {
    this.#to.note(text);
  }
}

function joined(result: Result, alert: Obj | undefined): Result {
  if (!alert) return result;
  const since = Date.parse(asText(alert.created_at) ?? '');
  const link = webLink(alert.html_url);
  const level = fromWord(asObject(alert.rule)?.security_severity_level);
  const by = asText(asObject(alert.dismissed_by)?.login);
  const reason = dismissal([alert.dismissed_reason, alert.dismissed_comment]);
  return {
    ...result,
    ...(level && !result.score ? { score: { severity: level, why: `security severity ${level} at GitHub` } } : {}),
    ...(Number.isNaN(since) ? {} : { since }),
    ...(link === undefined ? {} : { link }),
    ...(alert.state === 'dismissed'
      ? {
          suppressions: [
            ...result.suppressions,
            {
              kind: 'external' as const,
              status: 'accepted' as const,
              ...(reason === '' ? {} : { reason }),
              ...(by === undefined ? {} : { by: oneLine(by, 100) }),
            },
          ],
        }
      : {}),
  };
}
