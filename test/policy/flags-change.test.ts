/** What a policy may say of flags that are changed: `on-stop` and `rollout`. */
import { describe, expect, it } from 'vitest';
import { loadPolicy } from '../../src/policy/load.js';

const head = `version: 1
sources:
  flags: { type: unleash, url: "https://a.example.com", project: p, environment: production, token: "\${env.T}" }
  definitions: { type: flagd, file: flags.json }
  prometheus: { type: prometheus, url: "https://c.example.com" }
gates:
  - { name: errors, type: telemetry, source: prometheus, query: x, threshold: "< 1%" }
`;
const load = (text: string) =>
  loadPolicy({ text: head + text, file: 'p.yml', overrides: [], facts: {}, env: { T: 'a-secret' }, observe: false });
const problems = async (text: string) =>
  (await load(text)).problems.map(({ line, column, message }) => `${line}:${column} ${message}`);
const gatesOf = async (text: string) =>
  ((await load(text)).policy?.gates ?? []).map(({ name, enforce, preparation }) => [
    name,
    enforce,
    preparation ?? false,
  ]);

describe('on-stop', () => {
  it('has defaults, and a gate for each of its flags that proves it can be switched off', async () => {
    const text = 'on-stop: [{ type: flag-off, source: flags, flag: [a, b] }]\n';
    const { policy, problems: none } = await load(text);
    expect(none).toEqual([]);
    expect(policy?.['on-stop']).toMatchObject([
      { flag: ['a', 'b'], 'verify-within': 60_000, 'dry-run': false, 'pre-flight': 'block' },
    ]);
    expect(policy?.['on-stop'][0]?.when).not.toContain('cancelled');
    expect(await gatesOf(text)).toEqual([
      ['errors', 'block', false],
      ['a can be switched off', 'block', true],
      ['b can be switched off', 'block', true],
    ]);
  });

  it('proves it as strictly as the strictest part of the policy asks', async () => {
    const flag = (rest: string) => `{ type: flag-off, source: flags, flag: a${rest} }`;
    expect(await gatesOf(`on-stop: [${flag(', pre-flight: warn')}]\n`)).toContainEqual([
      'a can be switched off',
      'warn',
      true,
    ]);
    expect(await gatesOf(`on-stop: [${flag(', pre-flight: "off"')}]\n`)).toHaveLength(1);
    const { policy } = await load(`on-stop: [${flag(', pre-flight: warn')}, ${flag(', pre-flight: prove')}]\n`);
    expect(policy?.gates).toHaveLength(2);
    expect(policy?.gates[1]).toMatchObject({ enforce: 'block', expect: { a: { killable: true, 'when-off': 'off' } } });
  });

  it('says what is wrong with it, and where', async () => {
    expect(await problems('on-stop: [{ type: flag-of, source: flags, flag: a }]\n')).toEqual([
      expect.stringMatching(/^8:19 .*flag-of.*flag-off/),
    ]);
    expect(await problems('on-stop: [{ type: flag-off, source: flag, flag: a }]\n')).toEqual([
      '8:37 there is no source `flag` under `sources`; did you mean `flags`?',
    ]);
    expect(await problems('on-stop: [{ type: flag-off, source: definitions, flag: a }]\n')).toEqual([
      expect.stringMatching(/^8:37 a source of type `flagd` cannot change flags; expected one of .*unleash/),
    ]);
    expect(await problems('on-stop: [{ type: flag-off, source: flags, flag: a, when: [unhealty] }]\n')).toEqual([
      expect.stringMatching(/unhealty.*unhealthy/),
    ]);
    const probe = (name: string, who: string) =>
      `on-stop: [{ type: flag-off, source: flags, flag: a, probe: { with: ${name}, for: [${who}] } }]\n`;
    expect(await problems(probe('flags', '{ targetingKey: u }'))).toEqual([
      expect.stringMatching(/`unleash` cannot evaluate flags; expected one of .*ofrep/),
    ]);
    expect(await problems(probe('definitions', '{ plan: beta }'))).toEqual([expect.stringMatching(/targetingKey/)]);
    const twice = 'on-values: [x], off-values: [x]';
    expect(await problems(`on-stop: [{ type: flag-off, source: flags, flag: a, ${twice} }]\n`)).toEqual([
      expect.stringMatching(/both `on-values` and `off-values`/),
    ]);
  });
});

describe('rollout', () => {
  const rollout = (rest: string, source = 'flags') => `rollout: { source: ${source}, flag: a, ${rest} }\n`;

  it('has defaults: the bake is the steady time, a stop switches off, a cancelled run leaves it', async () => {
    const { policy, problems: none } = await load(rollout('steps: [1%, 5%, 100%]'));
    expect(none).toEqual([]);
    expect(policy?.rollout).toMatchObject({
      steps: [0.01, 0.05, 1],
      from: 0,
      bake: policy?.evaluation.steady,
      'on-stop': 'off',
      'on-cancel': 'stay',
    });
    expect(await gatesOf(rollout('steps: [1%]'))).toEqual([
      ['errors', 'block', false],
      ['a can be switched off', 'block', true],
    ]);
  });

  it.each([
    ['steps: []', /at least one step/],
    ['steps: [5%, 5%]', /each is greater than the one before/],
    ['steps: [25%, 5%]', /each is greater than the one before/],
    ['from: 5%, steps: [5%, 10%]', /first greater than `from`/],
    ['steps: [0%, 5%]', /over 0% and up to 100%/],
    ['steps: [101%]', /over 0% and up to 100%/],
    ['steps: [5]', /percentage/],
    ['from: 100%, steps: [100%]', /from 0% to under 100%/],
    ['steps: [5%], on-stop: stay', /stay/],
    ['steps: [5%], bakes: 5m', /bakes.*bake/],
  ])('is refused with %s', async (rest, message) => {
    const found = await problems(rollout(rest));
    expect(found.join('\n')).toMatch(message);
    expect(found[0]).toMatch(/^8:\d+ /);
  });

  it('needs a source that can set a percentage', async () => {
    expect(await problems(rollout('steps: [5%]', 'definitions'))).toEqual([
      expect.stringMatching(/`flagd` cannot set the percentage of a flag; expected one of .*unleash/),
    ]);
  });
});
