import { describe, expect, it } from 'vitest';
import { helpText, parseCommandLine } from '../../src/commands/args.js';
import { inputs } from '../../src/host/inputs.js';

const parse = (line: string, inPipeline = false) => parseCommandLine(line === '' ? [] : line.split(' '), inPipeline);

describe('the command line', () => {
  it.each([
    [
      'run --policy a.yml --record r.json --summary s.md --observe',
      { policy: 'a.yml', record: 'r.json', summary: 's.md', observe: 'true' },
    ],
    ['run --policy=a.yml --observe=false', { policy: 'a.yml', observe: 'false' }],
    ['run', {}],
    ['--policy a.yml run', { policy: 'a.yml' }],
    ['run --query=--x', { query: '--x' }],
    ['run --query=', { query: '' }],
  ])('reads %j', (line, options) => expect(parse(line)).toEqual({ command: 'run', options }));

  it('reads check', () => expect(parse('check --policy x')).toEqual({ command: 'check', options: { policy: 'x' } }));

  it('reads security explain', () =>
    expect(parse('security explain a.sarif --policy x')).toEqual({
      command: 'security explain',
      files: ['a.sarif'],
      options: { policy: 'x' },
    }));

  it.each([
    ['replay r.json', 'replay', ['r.json']],
    ['explain r.json', 'explain', ['r.json']],
    ['report r.json', 'report', ['r.json']],
    ['diff a.json b.json', 'diff', ['a.json', 'b.json']],
    ['flags restore r.json', 'flags restore', ['r.json']],
  ])('reads %j', (line, command, files) => expect(parse(line)).toEqual({ command, files, options: {} }));

  it.each([
    ['run --polcy x', /unknown option `--polcy`; did you mean `policy`\?/],
    ['rnu --policy x', /unknown command `rnu`; did you mean `run`\?/],
    ['run x y', /unexpected `x y`/],
    ['--policy x', /expected a command/],
    ['run --policy', /`--policy` needs a value/],
    ['run --policy --observe', /`--policy` needs a value/],
    ['run --policy a --policy b', /given twice/],
    ['run -x', /unknown option `-x`/],
    ['run --constructor x', /unknown option/],
    ['security', /expected `security explain FILE`$/],
    ['security explian a.sarif', /found `explian`; did you mean `explain`\?/],
    ['security explain', /expected the file with the results/],
    ['security explain a b', /unexpected `b`; expected `security explain FILE`/],
    ['replay', /expected the decision record: `replay RECORD`/],
    ['diff a.json', /expected the decision record to hold it against: `diff RECORD RECORD`/],
    ['diff a b c', /unexpected `c`/],
    ['replya a', /did you mean `replay`\?/],
    ['secruity explain a', /did you mean `security`\?/],
  ])('refuses %j', (line, message) => {
    const result = parse(line);
    expect(result.command).toBe('wrong');
    expect('message' in result && result.message).toMatch(message);
  });

  it('runs in a pipeline and helps a person when it is given nothing', () => {
    expect(parse('', true)).toEqual({ command: 'run', options: {} });
    expect(parse('')).toEqual({ command: 'help' });
    for (const line of ['--help', '-h', 'help', 'run --help']) expect(parse(line).command).toBe('help');
    for (const line of ['--version', '-v']) expect(parse(line).command).toBe('version');
  });

  it('names every option in its help, within 100 columns', () => {
    const help = helpText('1.2.3');
    for (const input of inputs) {
      expect(help.includes(`--${input.name}`), input.name).toBe(input.name !== 'azure-subscription');
    }
    expect(Math.max(...help.split('\n').map((l) => l.length))).toBeLessThanOrEqual(100);
  });
});
