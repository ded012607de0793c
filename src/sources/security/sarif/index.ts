/** Source `sarif`: the results of scanners, as SARIF 2.1.0 files in the workspace. */
import * as v from 'valibot';
import { described, filled, oneOrMore } from '../../../policy/fields.js';
import type { Scans } from '../../../record/evidence.js';
import { sha256 } from '../../../record/hash.js';
import { iso } from '../../../train/clock.js';
import { defineSource, NotMeasured, type Source, type SourceContext, type Unnamed } from '../../source.js';
import { findFiles, type Problem } from './files.js';
import { readBytes, readLog } from './read.js';
import type { Finding } from './result.js';
import { type Run, readRun, worst } from './run.js';

/** Problems that one file may put into the record; the rest is counted. */
const mostProblems = 20;

const pattern = v.pipe(
  filled,
  v.check((text) => !text.startsWith('!'), 'a path or a glob to read; what it shall not match must be left out of it'),
);

const schema = v.strictObject({
  files: described(
    oneOrMore(pattern),
    'Paths or globs of the SARIF files, relative to the workspace. A folder stands for all `*.sarif` and `*.sarif.json` files in it. Each entry must match something.',
  ),
});

type Config = v.InferOutput<typeof schema>;

/** Reads all files, also when one of them is bad, so that one look tells everything that is wrong. */
async function ask(config: Config, context: SourceContext, signal: AbortSignal): Promise<Unnamed<Scans>> {
  const { files, problems } = await findFiles(context.workspace, config.files, signal);
  const runs: Run[] = [];
  const notes: string[] = [];
  let findings: Finding[] = [];
  for (const file of files) {
    signal.throwIfAborted();
    const bytes = await readBytes(file);
    if (!(bytes instanceof Uint8Array)) {
      problems.push(bytes);
      continue;
    }
    const log = readLog(bytes);
    if ('code' in log) {
      problems.push({ code: log.code, message: `${file.name} ${log.message}`, file: file.name });
      continue;
    }
    notes.push(...log.notes.map((note) => `${file.name} ${note}`));
    const origin = { file: file.name, sha256: sha256(bytes) };
    const found: Problem[] = [];
    for (const raw of log.runs) {
      const report = readRun(log.log, raw, origin, context.clock.now());
      found.push(...report.problems);
      notes.push(...report.notes);
      if (!report.run) continue;
      const run = runs.push(report.run) - 1;
      findings = worst([...findings, ...report.findings.map((finding) => ({ run, ...finding }))]);
    }
    problems.push(...shortened(found, file.name));
  }
  return {
    kind: 'scans',
    subject: `scan results in ${config.files.join(', ')}`,
    query: config.files.join('\n'),
    at: iso(context.clock.now()),
    seen: runs.length,
    notes,
    partial: false,
    settled: true,
    problems,
    runs,
    findings,
  };
}

function shortened(problems: readonly Problem[], file: string): readonly Problem[] {
  const more = problems.length - mostProblems;
  if (more <= 0) return problems;
  const rest = { code: 'MORE_PROBLEMS', message: `${file} has ${more} further problems`, file };
  return [...problems.slice(0, mostProblems), rest];
}

export const sarifSource = defineSource({
  type: 'sarif',
  families: ['security'],
  schema,
  open(config, context): Source<'security'> {
    return {
      async security(_question, signal) {
        try {
          return await ask(config, context, signal);
        } catch (error) {
          if (!signal.aborted) throw error;
          const message =
            'reading the scan results took longer than the round may; name fewer files or raise `evaluation.round-timeout`';
          throw new NotMeasured('timeout', message, { cause: error });
        }
      },
    };
  },
});
