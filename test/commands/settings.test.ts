import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readSettings } from '../../src/commands/settings.js';
import type { InputName } from '../../src/host/inputs.js';
import { loadPolicy } from '../../src/policy/load.js';

const read = (inputs: Partial<Record<InputName, string>>) => readSettings({ input: (name) => inputs[name] });

const messages = async (inputs: Partial<Record<InputName, string>>) =>
  (await read(inputs)).problems.map((p) => p.message);

describe('settings', () => {
  it('takes a policy from a file or as it stands', async () => {
    const file = join(await mkdtemp(join(tmpdir(), 'signalbox-')), 'p.yml');
    await writeFile(file, 'version: 1\n');
    expect(await read({ policy: file })).toMatchObject({ text: 'version: 1\n', file, observe: false, problems: [] });
    expect(await read({ policy: 'version: 1\ngates: []' })).toMatchObject({
      text: 'version: 1\ngates: []',
      problems: [],
    });
  });

  it('says so when there is no policy', async () => {
    expect(await messages({ policy: 'no/such.yml' })).toEqual([
      expect.stringMatching(/`no\/such.yml` cannot be read: there is no such file/),
    ]);
    expect(await messages({})).toEqual([expect.stringMatching(/`signalbox.yml` cannot be read/)]);
  });

  it('takes observe strictly', async () => {
    const policy = 'version: 1\n#';
    expect((await read({ policy, observe: 'TRUE' })).observe).toBe(true);
    expect((await read({ policy, observe: '' })).observe).toBe(false);
    expect(await messages({ policy, observe: 'ture' })).toEqual([
      'input `observe`: expected true or false, found `ture`; did you mean `true`?',
    ]);
  });

  it('makes gates from inputs alone', async () => {
    const settings = await read({
      'prometheus-url': 'https://prom.example.com',
      'prometheus-token': 'a-token',
      query: 'errors',
      threshold: '< 1%',
      'min-events': '50',
      events: 'requests',
      'sarif-files': 'a/*.sarif\nb/*.sarif',
      'sarif-require': 'CodeQL',
      'flags-file': 'flags.json',
      'flags-expect': 'new-checkout: off\nsearch: "variant blue"',
      steady: '3m',
    });
    expect(settings.problems).toEqual([]);
    const { policy, problems } = await loadPolicy({
      overrides: settings.overrides,
      facts: {},
      env: {},
      observe: false,
    });
    expect(problems).toEqual([]);
    expect(policy).toMatchObject({
      evaluation: { steady: 180_000 },
      sources: {
        prometheus: { token: 'a-token' },
        sarif: { files: ['a/*.sarif', 'b/*.sarif'] },
        flagd: { file: 'flags.json' },
      },
      gates: [
        { type: 'telemetry', source: 'prometheus', 'min-events': 50 },
        { type: 'security', source: 'sarif', require: ['CodeQL'] },
        { type: 'flags', source: 'flagd' },
      ],
    });
  });

  it('tells a missing input from an empty one, and names the input in the problems of its gate', async () => {
    expect(await messages({ 'prometheus-url': 'https://p', query: '' })).toEqual([
      'input `query`: is empty; expected a value beside `prometheus-url`',
      'input `threshold`: is missing; expected a value beside `prometheus-url`',
    ]);
    const settings = await read({ 'prometheus-url': 'https://p', query: 'up', threshold: 'low' });
    const { problems } = await loadPolicy({ overrides: settings.overrides, facts: {}, env: {}, observe: false });
    expect(problems).toEqual([
      { message: expect.stringMatching(/^input `threshold`: expected a threshold such as .*found `low`$/) },
    ]);
  });

  it('refuses inputs that contradict each other or do nothing', async () => {
    expect(await messages({ policy: 'a: 1\nb: 2', 'sarif-files': 'x' })).toEqual([
      expect.stringMatching(/either a policy or the inputs/),
    ]);
    expect(await messages({ policy: 'a: 1\nb: 2', threshold: '< 1' })).toEqual([
      'input `threshold`: does nothing alone; expected `prometheus-url` or `application-insights` beside it',
    ]);
  });

  it('makes a gate from Application Insights alone', async () => {
    const resource = '/subscriptions/s/resourceGroups/g/providers/microsoft.insights/components/shop';
    const { overrides, problems } = await read({
      'application-insights': resource,
      signal: 'failure-rate',
      threshold: '< 1%',
      role: 'checkout',
    });
    expect(problems).toEqual([]);
    const at = Object.fromEntries(overrides.map(({ path, value }) => [path.join('.'), value]));
    expect(at).toMatchObject({
      'sources.application-insights.resource': resource,
      'gates.0.signal': 'failure-rate',
      'gates.0.where.role': 'checkout',
    });
  });
});
