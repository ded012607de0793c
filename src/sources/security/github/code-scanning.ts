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
import { type Analysis, analysesOf, isOf, newest, usual } from './analyses.js';
import { Client, connectionFields, dismissal, sinceOf } from './client.js';

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
            const analyses = await analysesOf(client, { tools: config.tools, ref: fullRef(base) }, signal);
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

async function read(
  client: Client,
  config: Config,
  ref: string,
  { commit }: SecurityQuestion,
  sink: ScanSink,
  signal: AbortSignal,
): Promise<void> {
  const analyses = await analysesOf(client, { tools: config.tools, ref, commit }, signal);
  const chosen = newest(commit === undefined ? analyses : analyses.filter((one) => isOf(one, commit)));
  const missing = (message: string, tool?: string) =>
    sink.problem({ code: 'NOT_ANALYSED', message, ...(tool === undefined ? {} : { tool }) });
  const what = commit === undefined ? ref : `commit ${commit.slice(0, 10)} on ${ref}`;
  if (chosen.length === 0) missing(`GitHub holds no analysis of ${what} yet`);
  if (commit === undefined) sink.note(`no commit is asked for, so the newest analyses of ${ref} count`);
  const there = new Set(chosen.map(({ key }) => key));
  for (const one of commit === undefined ? [] : usual(analyses.filter((a) => !isOf(a, commit)))) {
    if (!there.has(one.key)) {
      missing(`${one.name} analyses this ref, and has not analysed ${what} yet`, one.tool);
    }
  }
  for (const tool of config.tools ?? []) {
    if (!chosen.some((one) => one.tool.toLowerCase() === tool.toLowerCase())) {
      missing(`GitHub holds no analysis by ${tool} of ${what} yet`, tool);
    }
  }
  if (chosen.length > 0) await readAnalyses(client, chosen, sink, signal, await alertsOf(client, ref, signal));
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
    const name = `analysis ${one.id} by ${one.name}`;
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
  const link = webLink(alert.html_url);
  const level = fromWord(asObject(alert.rule)?.security_severity_level);
  const by = asText(asObject(alert.dismissed_by)?.login);
  const reason = dismissal([alert.dismissed_reason, alert.dismissed_comment]);
  return {
    ...result,
    ...(level && (result.score?.severity ?? 'unknown') === 'unknown'
      ? { score: { severity: level, why: `security severity ${level} at GitHub` } }
      : {}),
    ...sinceOf(alert.created_at),
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
