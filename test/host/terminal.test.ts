import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { openTerminal, type Screen } from '../../src/host/terminal.js';

const cwd = mkdtempSync(join(tmpdir(), 'signalbox-terminal-'));
const clear = '\r\u{1b}[K';

function open(screen: Partial<Screen> = {}, env: NodeJS.ProcessEnv = {}) {
  const out: string[] = [];
  const err: string[] = [];
  const host = openTerminal(
    { policy: 'p.yml', query: '' },
    {
      env,
      stdout: { ...screen, write: (text) => out.push(text) },
      stderr: { write: (text) => err.push(text) },
      cwd,
    },
  );
  return { host, out: () => out.join(''), err: () => err.join('') };
}

afterEach(() => {
  process.exitCode = undefined;
});

it('takes the options for inputs', () => {
  const { host } = open({}, { INPUT_SERVICE: 'checkout' });
  expect([host.input('policy'), host.input('query'), host.input('service')]).toEqual(['p.yml', '', undefined]);
});

it('names a folder beside the caller for its files', () => {
  expect(open().host.outputFolder).toBe(join(cwd, 'signalbox-out'));
});

it('logs to stdout and annotates on stderr, and neither can drive the terminal', () => {
  const { host, out, err } = open();
  host.log('a\u{1b}[2Jb\n::error::x');
  host.annotate({ level: 'error', title: 't', message: 'wrong\u{7}', file: 'p.yml', line: 3, column: 7 });
  host.annotate({ level: 'warning', title: 't', message: 'odd' });
  expect(out()).toBe('a\u{fffd}[2Jb\n\\::error::x\n');
  expect(err()).toBe('error: p.yml:3:7: wrong\u{fffd}\nwarning: t: odd\n');
});

it('names the summary, sets no outputs, and ends with the exit code', async () => {
  const { host, out } = open();
  await host.output('decision', 'stop');
  await host.summary('/x/summary.md');
  await host.finish('failure', 'stop', 130);
  host.secret('token');
  expect(out()).toBe('Summary: /x/summary.md\nstop\n');
  expect(process.exitCode).toBe(130);
});

describe('progress', () => {
  it('is silent where it could not be rewritten', () => {
    for (const [screen, env] of [
      [{}, {}],
      [{ isTTY: true }, { TERM: 'dumb' }],
    ] as const) {
      const { host, out } = open(screen, env);
      host.progress(10, 'waiting');
      expect(out()).toBe('');
    }
  });

  it('rewrites one line, which makes room for what is logged', () => {
    const { host, out } = open({ isTTY: true, columns: 80 }, { NO_COLOR: '1' });
    host.progress(9.6, 'round 1');
    host.progress(250, 'round 2');
    host.log('line');
    host.log('line');
    expect(out()).toBe(`${clear} 10% round 1${clear}100% round 2${clear}line\nline\n`);
  });

  it('stays on one line', () => {
    const { host, out } = open({ isTTY: true, columns: 12 }, { NO_COLOR: '1' });
    host.progress(1, 'a\nbcdefghijklmnop');
    expect(out()).toBe(`${clear}  1% a bcde`);
  });
});

it.each([
  [{ isTTY: true, columns: 80 }, {}, { colour: true, columns: 80 }],
  [{ isTTY: true, columns: 80 }, { NO_COLOR: '1' }, { colour: false, columns: 80 }],
  [{ isTTY: true }, { TERM: 'dumb' }, { colour: false, columns: 100 }],
  [{ columns: 0 }, {}, { colour: false, columns: 100 }],
  [{}, {}, { colour: false, columns: 100 }],
])('on %j with %j shows %j', (screen, env, shows) => expect(open(screen, env).host).toMatchObject(shows));

describe('the live view', () => {
  /** What a person sees: the lines above, and those that are drawn over. */
  class Glass {
    #lines: string[] = [''];
    cursor = true;
    write(text: string): void {
      for (const [, code, plain = ''] of text.matchAll(/\p{Cc}\[([\d;?]*[A-Za-z])|(.|\n|\r)/gu)) {
        if (code === undefined) this.#put(plain);
        else if (code.endsWith('A')) this.#row = Math.max(0, this.#row - Number.parseInt(code, 10));
        else if (code === 'J') this.#lines = [...this.#lines.slice(0, this.#row), ''];
        else if (code === 'K') this.#lines[this.#row] = '';
        else if (code === '?25l' || code === '?25h') this.cursor = code.endsWith('h');
      }
    }
    #row = 0;
    #put(character: string): void {
      if (character === '\r') return;
      if (character !== '\n') this.#lines[this.#row] += character;
      else {
        this.#row += 1;
        this.#lines[this.#row] ??= '';
      }
    }
    get seen(): string {
      return this.#lines.join('\n').trimEnd();
    }
  }

  function glass(screen: Partial<Screen> = { isTTY: true, columns: 40, rows: 10 }, env: NodeJS.ProcessEnv = {}) {
    const seen = new Glass();
    const write = (text: string) => seen.write(text);
    const host = openTerminal({}, { env, stdout: { ...screen, write }, stderr: { write }, cwd });
    return { host, seen };
  }

  it('stands below what is logged, is drawn over, and leaves nothing behind', () => {
    const { host, seen } = glass();
    host.log('before');
    host.live?.(() => ['round 1', 'error rate']);
    expect(seen.seen).toBe('before\nround 1\nerror rate');
    expect(seen.cursor).toBe(false);
    host.log('something happened');
    host.annotate({ level: 'warning', title: 't', message: 'odd' });
    expect(seen.seen).toBe('before\nsomething happened\nwarning: t: odd\nround 1\nerror rate');
    host.live?.(() => ['round 2']);
    expect(seen.seen).toBe('before\nsomething happened\nwarning: t: odd\nround 2');
    host.progress(50, 'not beside it');
    host.live?.(undefined);
    expect(seen.seen).toBe('before\nsomething happened\nwarning: t: odd');
    expect(seen.cursor).toBe(true);
    host.log('Stop');
    expect(seen.seen).toBe('before\nsomething happened\nwarning: t: odd\nStop');
  });

  it('is drawn again as time goes by', async () => {
    vi.useFakeTimers();
    try {
      const { host, seen } = glass();
      let left = 3;
      host.live?.(() => [`${left--} s`]);
      expect(seen.seen).toBe('3 s');
      vi.advanceTimersByTime(2000);
      expect(seen.seen).toBe('1 s');
      host.live?.(undefined);
      vi.advanceTimersByTime(5000);
      expect(seen.seen).toBe('');
    } finally {
      vi.useRealTimers();
    }
  });

  it('is told how much room there is, and cannot be made to act', () => {
    const { host, seen } = glass();
    host.live?.((size) => [JSON.stringify(size), 'a\u{1b}[2Jb', 'c\nd']);
    expect(seen.seen).toBe('{"columns":40,"rows":10,"colour":true}\na\u{fffd}[2Jb\nc d');
    host.live?.(undefined);
  });

  it('is there only where lines can be drawn over', () => {
    expect(glass({}).host.live).toBeUndefined();
    expect(glass({ isTTY: true }, { TERM: 'dumb' }).host.live).toBeUndefined();
    const { host } = glass(undefined, { NO_COLOR: '1' });
    host.live?.(({ colour }) => {
      expect(colour).toBe(false);
      return [];
    });
    host.live?.(undefined);
  });
});
