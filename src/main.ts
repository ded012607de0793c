#!/usr/bin/env node
/**
 * The only door. Our own modules are imported as they are, since one large file starts faster than several small ones; what is
 * heavy are packages, and each is imported where a policy or a platform needs it.
 */
import { helpText, type Invocation, parseCommandLine } from './commands/args.js';
import { run } from './commands/run.js';
import { openHost } from './host/detect.js';
import { version } from './version.js';

/** As a shell reports the end by a signal: 128 and the signal's number. */
const signals = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

async function main(): Promise<void> {
  const inPipeline = process.env.GITHUB_ACTIONS === 'true' || process.env.TF_BUILD === 'True';
  const invocation = readCommandLine(process.argv.slice(2), inPipeline);
  if ('options' in invocation) await act(invocation);
}

type Action = Extract<Invocation, { options: unknown }>;

function readCommandLine(args: readonly string[], inPipeline: boolean): Invocation {
  const invocation = parseCommandLine(args, inPipeline);
  if (invocation.command === 'help') process.stdout.write(helpText(version));
  if (invocation.command === 'version') process.stdout.write(`${version}\n`);
  if (invocation.command === 'wrong') {
    process.stderr.write(`signalbox: ${invocation.message}\nTry \`signalbox --help\`.\n`);
    process.exitCode = 2;
  }
  return invocation;
}

async function act(action: Action): Promise<void> {
  const cancel = new AbortController();
  for (const [signal, code] of Object.entries(signals)) process.once(signal, () => cancel.abort(code));
  // What escapes every handler still ends in a summary and a record that say so.
  process.once('uncaughtException', (error) => cancel.abort(error));
  const host = await openHost(action.options);
  const train = host.input('train')?.trim() ? await import('./commands/train.js') : undefined;
  if (action.command === 'check') {
    const { check } = await import('./commands/check.js');
    process.exitCode = await (train?.checkTrain ?? check)(host, process.env);
    return;
  }
  if ('files' in action) {
    const { act: actOn } = await import('./commands/files.js');
    process.exitCode = await actOn(host, action, { env: process.env, version, cancel: cancel.signal });
    return;
  }
  let abandoned = false;
  const leave = () => {
    abandoned = true;
  };
  const context = { env: process.env, version, cancel: cancel.signal, leave };
  await (train?.runServices ?? run)(host, context);
  // After what was written has really gone out: on Windows a pipe is written later.
  if (abandoned) process.stdout.write('', () => process.exit());
}

main().catch((error: unknown) => {
  process.exitCode = 70;
  process.stderr.write(`signalbox: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
});
