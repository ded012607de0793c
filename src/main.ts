#!/usr/bin/env node
/** The only door. Finds the host and the command; everything else is loaded by the command that needs it. */
import type { Invocation } from './commands/args.js';

/** As a shell reports the end by a signal: 128 and the signal's number. */
const signals = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

async function main(): Promise<void> {
  const inPipeline = process.env.GITHUB_ACTIONS === 'true' || process.env.TF_BUILD === 'True';
  const invocation = await readCommandLine(process.argv.slice(2), inPipeline);
  if (invocation.command === 'run' || invocation.command === 'check') await act(invocation);
}

type Action = Extract<Invocation, { options: unknown }>;

async function readCommandLine(args: readonly string[], inPipeline: boolean): Promise<Invocation> {
  // A pipeline starts the step without arguments; the parser and its help need not load then.
  if (args.length === 0 && inPipeline) return { command: 'run', options: {} };
  const { parseCommandLine, helpText } = await import('./commands/args.js');
  const invocation = parseCommandLine(args, inPipeline);
  const { version } = await import('./version.js');
  if (invocation.command === 'help') process.stdout.write(helpText(version));
  if (invocation.command === 'version') process.stdout.write(`${version}\n`);
  if (invocation.command === 'wrong') {
    process.stderr.write(`signalbox: ${invocation.message}\nTry \`signalbox --help\`.\n`);
    process.exitCode = 2;
  }
  return invocation;
}

async function act({ command, options }: Action): Promise<void> {
  const cancel = new AbortController();
  for (const [signal, code] of Object.entries(signals)) process.once(signal, () => cancel.abort(code));
  // What escapes every handler still ends in a summary and a record that say so.
  process.once('uncaughtException', (error) => cancel.abort(error));
  const { openHost } = await import('./host/detect.js');
  const host = await openHost(options);
  if (command === 'check') {
    const { check } = await import('./commands/check.js');
    process.exitCode = await check(host, process.env);
    return;
  }
  const { run } = await import('./commands/run.js');
  const { version } = await import('./version.js');
  await run(host, { env: process.env, version, cancel: cancel.signal });
}

main().catch((error: unknown) => {
  process.exitCode = 70;
  process.stderr.write(`signalbox: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
});
