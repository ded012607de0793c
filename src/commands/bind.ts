/** From a policy to gates with their sources open. */
import { gateTypeOf } from '../gates/index.js';
import { sourceName, sourceOf } from '../policy/relate.js';
import type { GateConfig, Policy, SourceConfig } from '../policy/schema.js';
import { sourceTypeOf } from '../sources/index.js';
import type { AnySource, SourceContext, SourceType } from '../sources/source.js';
import type { BoundGate } from '../train/round.js';
import { openSource } from './open.js';

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
      settleMs: type.settleMs?.(asked) ?? 0,
    };
  });
}
