/** Finds out where the step runs. Each host is loaded only where it is needed. */
import { openAzure } from './azure.js';
import { openGithub } from './github.js';
import type { Host } from './host.js';
import type { InputName } from './inputs.js';
import { openTerminal } from './terminal.js';

/**
 * @param options those of the command line
 * @param args arguments of the process. With any, a script of a pipeline runs the command line: then its options are the
 *   inputs and `INPUT_*` is not read at all, since what stands there belongs to the step that started the script.
 */
export async function openHost(
  options: Readonly<Partial<Record<InputName, string>>>,
  env: NodeJS.ProcessEnv = process.env,
  args: readonly string[] = process.argv.slice(2),
): Promise<Host> {
  const byCommandLine = args.length > 0;
  const inputsOf = (host: Host): Host => (byCommandLine ? { ...host, input: (name) => options[name] } : host);
  if (env.GITHUB_ACTIONS === 'true') return inputsOf(openGithub({ env }));
  if (env.TF_BUILD === 'True') return inputsOf(await openAzure({ env, byCommandLine }));
  return openTerminal(options, { env });
}
