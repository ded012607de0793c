/** Gates that no policy writes: they prove, round by round, that a flag is where it should be and can be switched off if it must be. */
import * as v from 'valibot';
import { gateTypeOf } from '../gates/index.js';
import type { RolloutConfig } from '../reactions/flags/fields.js';
import type { GateConfig, Policy } from './schema.js';

type About = Pick<RolloutConfig, 'source' | 'flag' | 'on-values' | 'off-values' | 'code-default'>;

/** A flags gate about one flag, that says nothing of the release. */
function preparation(
  names: readonly string[],
  wished: string,
  { source, flag, ...config }: About,
  expected: Readonly<Record<string, unknown>>,
  enforce: 'block' | 'warn',
): GateConfig {
  const type = gateTypeOf('flags');
  if (!type) throw new Error('there is no gate of type flags');
  const own = v.parse(type.schema, {
    expect: { [flag]: expected },
    'on-values': config['on-values'],
    'off-values': config['off-values'],
    ...(config['code-default'] === undefined ? {} : { 'code-default': config['code-default'] }),
  }) as Readonly<Record<string, unknown>>;
  let name = wished;
  while (names.includes(name)) name += "'";
  return {
    ...own,
    type: 'flags',
    name,
    source,
    enforce,
    'on-missing': 'hold',
    'on-error': 'hold',
    'unhealthy-after': 2,
    preparation: true,
  } as GateConfig;
}

/** Adds the gates that prove, before the train moves, that each flag can be switched off if it must be. */
export function withPreparation(policy: Policy): Policy {
  const { rollout } = policy;
  const wanted = [
    ...policy['on-stop'].flatMap((config) => config.flag.map((flag) => ({ ...config, flag }))),
    ...(rollout === undefined ? [] : [rollout]),
  ];
  const gates = [...policy.gates];
  // The strictest first, so that it stands where several parts of the policy name a flag.
  for (const wish of ['prove', 'block', 'warn'] as const) {
    for (const config of wanted.filter((c) => c['pre-flight'] === wish)) {
      const names = gates.map(({ name }) => name);
      const expected = { killable: wish === 'prove' ? true : 'as-far-as-known', 'when-off': 'off' };
      const enforce = wish === 'warn' ? 'warn' : 'block';
      const gate = preparation(names, `${config.flag} can be switched off`, config, expected, enforce);
      const same = gates.some((g) => g.preparation && g.source === gate.source && flagOf(g) === config.flag);
      if (!same) gates.push(gate);
    }
  }
  return { ...policy, gates };
}

const flagOf = (gate: GateConfig): string | undefined => Object.keys((gate as { expect?: object }).expect ?? {})[0];

/** What the gate of `standsAt` is called: the same at each step. */
export function standsName({ gates, rollout }: Policy): string {
  let name = `${rollout?.flag ?? ''} stands where it was put`;
  while (gates.some((gate) => gate.name === name)) name += "'";
  return name;
}

/** The gate that proves in each round of a step that the flag still stands where this step put it. @param percent 0 to 100 */
function standsAt(policy: Policy, config: RolloutConfig, percent: number): GateConfig {
  return preparation([], standsName(policy), config, { rollout: `= ${percent}%` }, 'block');
}

/** What must hold during one step of the rollout. */
export const stageOf = (policy: Policy, config: RolloutConfig, percent: number): Policy => ({
  ...policy,
  gates: [...policy.gates, standsAt(policy, config, percent)],
  evaluation: { ...policy.evaluation, steady: config.bake },
});
