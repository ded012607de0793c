/** Sources that read the results of scanners from files of the workspace; each format says only how one file is read. */
import * as v from 'valibot';
import { described, filled, oneOrMore } from '../../policy/fields.js';
import { defineSource, type SourceContext, type SourceType } from '../source.js';
import type { Located } from '../workspace.js';
import { findFiles } from './files.js';
import type { ScanSink } from './result.js';
import { type About, gather } from './scans.js';
import type { BaselineReader } from './triage/load.js';

/** One format. */
export interface Format {
  /** The source's `type` in a policy. */
  readonly type: string;
  /** What the files are, for people: `SARIF`, `Trivy JSON`. */
  readonly what: string;
  /** What lies in a folder that is named in place of a file. */
  readonly inFolder: readonly string[];
  /**
   * Reads one file. What is wrong with it goes to `sink.problem`; it throws only when `signal` aborts.
   *
   * @param now milliseconds since the epoch
   */
  read(
    file: Located,
    sink: ScanSink,
    context: Pick<SourceContext, 'workspace'> & { readonly now: number },
    signal: AbortSignal,
  ): Promise<void>;
}

const pattern = v.pipe(
  filled,
  v.check((text) => !text.startsWith('!'), 'a path or a glob to read; what it shall not match must be left out of it'),
);

/** A kind of source that reads such files. All are read, also when one of them is bad, so that one look tells everything that is wrong. */
export function fileSource(format: Format): SourceType {
  const folder = format.inFolder.map((glob) => `\`${glob.replace('**/', '')}\``).join(' and ');
  return defineSource({
    type: format.type,
    families: ['security'],
    schema: v.strictObject({
      files: described(
        oneOrMore(pattern),
        `Paths or globs of the ${format.what} files, relative to the workspace. A folder stands for all ${folder} files in it. Each entry must match something.`,
      ),
    }),
    open({ files: patterns }, context) {
      const { read, baseline } = readerOf(format, context);
      return {
        security(question, signal) {
          const about: About = {
            subject: `scan results in ${patterns.join(', ')}`,
            query: patterns.join('\n'),
            settled: true,
            baseline: (named, sink) => baseline(named, sink, signal),
          };
          return gather(question, context, signal, about, (sink) => read(patterns, sink, signal));
        },
      };
    },
  });
}

/** Reads files of a format: all that some patterns name, and those of a former release. */
export function readerOf(format: Format, { workspace, clock }: Pick<SourceContext, 'workspace' | 'clock'>) {
  const read = async (patterns: readonly string[], sink: ScanSink, signal: AbortSignal): Promise<void> => {
    const { files, problems } = await findFiles(workspace, patterns, format.inFolder, signal);
    for (const problem of problems) sink.problem(problem);
    for (const file of files) {
      signal.throwIfAborted();
      await format.read(file, sink, { workspace, now: clock.now() }, signal);
    }
  };
  const baseline = async (...[{ files, ref }, sink, signal]: [...Parameters<BaselineReader>, AbortSignal]) => {
    if (ref !== undefined) throw new Error('`baseline.ref` needs a source that remembers scans; name files');
    await read(files ?? [], sink, signal);
  };
  return { read, baseline };
}
