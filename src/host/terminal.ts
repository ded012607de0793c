/** A person's terminal, or any script: inputs are the command line's options. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { annotationLine, colourless, harmless } from './commands.js';
import type { Host } from './host.js';
import type { InputName } from './inputs.js';

/** What of a stream is used. */
export interface Screen {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

export interface TerminalOptions {
  readonly env?: NodeJS.ProcessEnv;
  readonly stdout?: Screen;
  readonly stderr?: Screen;
  readonly cwd?: string;
}

const clearLine = '\r\u{1b}[K';

export function openTerminal(
  options: Readonly<Partial<Record<InputName, string>>>,
  { env = process.env, stdout = process.stdout, stderr = process.stderr, cwd = process.cwd() }: TerminalOptions = {},
): Host {
  const columns = stdout.columns || 100;
  const rewrites = stdout.isTTY === true && env.TERM !== 'dumb';
  const colour = rewrites && !env.NO_COLOR;
  let status = false;
  const print = (screen: Screen, text: string): void => {
    if (status) stdout.write(clearLine);
    status = false;
    screen.write(`${harmless(text)}\n`);
  };
  const outputFolder = join(cwd, 'signalbox-out');
  mkdirSync(outputFolder, { recursive: true });

  return {
    kind: 'terminal',
    facts: {},
    summaryFlavour: 'github',
    columns,
    colour,
    outputFolder,

    input: (name) => options[name],
    // Nothing on a terminal masks; what is printed has been masked before it comes here.
    secret: () => undefined,
    log: (text) => print(stdout, text),
    progress(percent, text) {
      if (!rewrites) return;
      const done = `${Math.round(Math.min(100, Math.max(0, percent)))}%`.padStart(4);
      const line = harmless(`${done} ${text}`).replaceAll('\n', ' ');
      // A line that wraps could not be rewritten. Cut by characters; the column left free keeps the cursor on the line.
      const cut = Array.from(colourless(line))
        .slice(0, columns - 1)
        .join('');
      stdout.write(`${clearLine}${colour ? `\u{1b}[2m${cut}\u{1b}[0m` : cut}`);
      status = true;
    },
    annotate: (annotation) => print(stderr, annotationLine(annotation)),
    // There is no later step that could read one; the report names the files.
    output: async () => undefined,
    async summary(path) {
      print(stdout, `Summary: ${path}`);
    },
    async finish(_result, message, exitCode) {
      print(stdout, message);
      process.exitCode = exitCode;
    },
  };
}
