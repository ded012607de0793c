/** A person's terminal, or any script: inputs are the command line's options. */
import { join } from 'node:path';
import { annotationLine, colourless, harmless } from './commands.js';
import type { Draw, Host } from './host.js';
import type { InputName } from './inputs.js';

/** What of a stream is used. */
export interface Screen {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly rows?: number;
}

export interface TerminalOptions {
  readonly env?: NodeJS.ProcessEnv;
  readonly stdout?: Screen;
  readonly stderr?: Screen;
  readonly cwd?: string;
}

const clearLine = '\r\u{1b}[K';
const cursor = { hide: '\u{1b}[?25l', show: '\u{1b}[?25h' } as const;
/** Up so many lines, and all from there on is gone. */
const clearLines = (lines: number): string => (lines === 0 ? '' : `\r\u{1b}[${lines}A\u{1b}[J`);
const secondMs = 1000;

export function openTerminal(
  options: Readonly<Partial<Record<InputName, string>>>,
  { env = process.env, stdout, stderr, cwd = process.cwd() }: TerminalOptions = {},
): Host {
  // The first use of the process's streams costs 4 ms; by then the first request is on its way.
  const out = (): Screen => stdout ?? process.stdout;
  const rewrites = (): boolean => out().isTTY === true && env.TERM !== 'dumb';
  const columns = (): number => out().columns || 100;
  const colour = (): boolean => rewrites() && !env.NO_COLOR;
  let status = false;
  let drawn = 0;
  let draw: Draw | undefined;
  let timer: NodeJS.Timeout | undefined;
  const print = (screen: Screen, text: string): void => {
    if (status) out().write(clearLine);
    status = false;
    erase();
    screen.write(`${harmless(text)}\n`);
    redraw();
  };
  const erase = (): void => {
    if (drawn > 0) out().write(clearLines(drawn));
    drawn = 0;
  };
  const redraw = (): void => {
    if (draw === undefined) return;
    const lines = draw({ columns: columns(), rows: out().rows || 24, colour: colour() }).map((line) =>
      harmless(line).replaceAll('\n', ' '),
    );
    // In one piece, so that nothing flickers.
    out().write(`${clearLines(drawn)}${lines.map((line) => `${line}\n`).join('')}`);
    drawn = lines.length;
  };
  const restore = (): void => void out().write(cursor.show);
  const live = (next: Draw | undefined): void => {
    if (next === undefined) {
      if (draw === undefined) return;
      draw = undefined;
      clearInterval(timer);
      erase();
      restore();
      process.off('exit', restore);
      return;
    }
    if (draw === undefined) {
      if (status) out().write(clearLine);
      status = false;
      out().write(cursor.hide);
      // Whatever ends the process, the cursor comes back.
      process.on('exit', restore);
      timer = setInterval(redraw, secondMs).unref();
    }
    draw = next;
    redraw();
  };

  return {
    kind: 'terminal',
    facts: {},
    summaryFlavour: 'github',
    get columns() {
      return columns();
    },
    get colour() {
      return colour();
    },
    outputFolder: join(cwd, 'signalbox-out'),

    input: (name) => options[name],
    // Nothing on a terminal masks; what is printed has been masked before it comes here.
    secret: () => undefined,
    log: (text) => print(out(), text),
    get live() {
      return rewrites() ? live : undefined;
    },
    progress(percent, text) {
      if (!rewrites() || draw !== undefined) return;
      const done = `${Math.round(Math.min(100, Math.max(0, percent)))}%`.padStart(4);
      const line = harmless(`${done} ${text}`).replaceAll('\n', ' ');
      // A line that wraps could not be rewritten. Cut by characters; the column left free keeps the cursor on the line.
      const cut = Array.from(colourless(line))
        .slice(0, columns() - 1)
        .join('');
      out().write(`${clearLine}${colour() ? `\u{1b}[2m${cut}\u{1b}[0m` : cut}`);
      status = true;
    },
    annotate: (annotation) => print(stderr ?? process.stderr, annotationLine(annotation)),
    // There is no later step that could read one; the report names the files.
    output: async () => undefined,
    async summary(path) {
      print(out(), `Summary: ${path}`);
    },
    async finish(_result, message, exitCode) {
      print(out(), message);
      process.exitCode = exitCode;
    },
  };
}
