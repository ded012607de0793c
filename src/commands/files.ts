/** The commands about files, each loaded when it is asked for: a run needs none of them. */
import type { Host } from '../host/host.js';
import type { FileCommand, Invocation } from './args.js';
import type { RunContext } from './run.js';

export type FileAction = Extract<Invocation, { command: FileCommand }>;

/** @returns the exit code */
export async function act(host: Host, action: FileAction, context: RunContext): Promise<number> {
  const [file, other = ''] = action.files;
  switch (action.command) {
    case 'replay':
      return (await import('./replay.js')).replayRecord(host, file, context.version);
    case 'explain':
      return (await import('./explain-record.js')).explainRecord(host, file);
    case 'diff':
      return (await import('./diff.js')).diffRecords(host, file, other);
    case 'report':
      return (await import('./report.js')).reportOf(host, file);
    case 'security explain':
      return (await import('./explain.js')).explain(host, file, context.env);
    case 'flags restore':
      return (await import('./restore.js')).restore(host, file, context);
  }
}
