import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
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
