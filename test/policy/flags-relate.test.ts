/** What a policy about flags must fit: other sources, and sources that evaluate. */
import { describe, expect, it } from 'vitest';
import { bindGates } from '../../src/commands/bind.js';
import { loadPolicy } from '../../src/policy/load.js';
import { sourceContext } from '../support/context.js';

const sources = `sources:
  production: { type: unleash, url: "https://a.example.com", project: p, environment: production, token: "\${env.T}" }
  staging: { type: unleash, url: "https://a.example.com", project: p, environment: staging, token: "\${env.T}" }
  evaluates: { type: ofrep, url: "https://b.example.com" }
  prometheus: { type: prometheus, url: "https://c.example.com" }
`;
const load = (gate: string) =>
  loadPolicy({
    text: `version: 1\n${sources}gates:\n  - ${gate}\n`,
    overrides: [],
    facts: {},
    env: { T: 'a-secret' },
    observe: false,
  });
const problems = async (gate: string) => (await load(gate)).problems;
const messages = async (gate: string) => (await problems(gate)).map(({ message }) => message);

const parity = (name: string) =>
  `{ name: g, type: flags, source: production, expect: { x: exists }, parity: { with: ${name}, rule: equal } }`;
const probe = (source: string) =>
  `{ name: g, type: flags, source: ${source}, expect: { x: { state: off, for: { targetingKey: u } } } }`;

describe('parity', () => {
  it('opens the other source beside the own one', async () => {
    const { policy } = await load(parity('staging'));
    if (!policy) throw new Error('no policy');
    const [bound] = bindGates(policy, sourceContext());
    expect([...(bound?.others?.keys() ?? [])]).toEqual(['staging']);
    expect(bound?.others?.get('staging')).not.toBe(bound?.source);
    const [plain] = bindGates(
      { ...policy, gates: policy.gates.map(({ ...g }) => ({ ...g, parity: undefined })) },
      sourceContext(),
    );
    expect(plain).not.toHaveProperty('others');
  });

  it('needs one that is there, holds flags, and is another', async () => {
    expect(await messages(parity('stagin'))).toEqual([
      'there is no source `stagin` under `sources`; did you mean `staging`?',
    ]);
    expect((await messages(parity('prometheus')))[0]).toMatch(
      /^a flags gate cannot ask a source of type `prometheus`; expected one of .*flagd/,
    );
    expect(await messages(parity('production'))).toEqual([
      '`production` is the source of this gate itself; expected another one',
    ]);
    const [problem] = await problems(parity('stagin'));
    expect(problem).toMatchObject({ line: 8, column: parity('stagin').indexOf('stagin') + 5 });
  });
});

describe('probes', () => {
  it('need a source that evaluates', async () => {
    expect(await messages(probe('evaluates'))).toEqual([]);
    expect((await messages(probe('production')))[0]).toMatch(
      /`unleash` cannot say what is served.*expected one of.*ofrep/,
    );
  });
});
