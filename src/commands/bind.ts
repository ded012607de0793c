/** From a policy to gates with their sources open. */
import { gateTypeOf } from '../gates/index.js';
import type { Loaded } from '../policy/load.js';
import { sourceName, sourceOf } from '../policy/relate.js';
import type { GateConfig, Policy, SourceConfig } from '../policy/schema.js';
import { allGates, writtenGates } from '../policy/stages.js';
import type { Facts } from '../record/build.js';
import type { Problem } from '../record/record.js';
import { sourceTypeOf } from '../sources/index.js';
import type { AnySource, SourceContext, SourceType } from '../sources/source.js';
import type { BoundGate } from '../train/round.js';
import { openSource } from './open.js';

const settleOf = (type: SourceType, config: SourceConfig): number => type.settleMs?.(config) ?? 0;

/** What the record says of the gates beside what they are: how late their sources are, and where the policy writes them. */
export function gateFacts(policy: Policy, locate: Loaded['locate']): NonNullable<Facts['gates']> {
  const paths = new Map(writtenGates(policy).map(({ gate, path }) => [gate.name, path]));
  return new Map(
    allGates(policy).map((gate) => {
      const config = sourceOf(policy, gate);
      const type = sourceTypeOf(config?.type);
      const settle = config && type ? settleOf(type, config) : 0;
      const path = gate.preparation ? undefined : paths.get(gate.name);
      const { file, line, column } = path ? (locate(path, '') as Partial<Problem>) : {};
      const place =
        line === undefined || column === undefined
          ? {}
          : { place: { ...(file === undefined ? {} : { file }), line, column } };
      return [gate.name, { ...(settle === 0 ? {} : { settle }), ...place }] as const;
    }),
  );
}

/** Binds the gates to their sources. */
export function bindGates(policy: Policy, context: SourceContext): BoundGate[] {
  const opened = (written: GateConfig['source']): { source: AnySource; type: SourceType; config: SourceConfig } => {
    const config = sourceOf(policy, { source: written });
    const type = sourceTypeOf(config?.type);
    if (!config || !type) throw new Error(`there is no source ${JSON.stringify(written)}`);
    return { source: openSource(config, context), type, config };
  };
  return policy.gates.map((config) => {
    const gateType = gateTypeOf(config.type);
    if (!gateType) throw new Error(`there is no gate of type ${config.type}`);
    const { source, type, config: asked } = opened(config.source);
    const others = gateType.alsoAsks?.(config) ?? [];
    return {
      config,
      gate: gateType.bind(config),
      sourceName: sourceName(config),
      source,
      ...(others.length === 0
        ? {}
        : { others: new Map(others.map(({ source: name }) => [name, opened(name).source])) }),
      settleMs: settleOf(type, asked),
    };
  });
}
