/** From a policy to gates with their sources open. */
import { gateTypeOf } from '../gates/index.js';
import { sourceName, sourceOf } from '../policy/relate.js';
import type { Policy } from '../policy/schema.js';
import { sourceTypeOf } from '../sources/index.js';
import type { AnySource, SourceContext } from '../sources/source.js';
import type { BoundGate } from '../train/round.js';

/** Opens each source once and binds the gates to them. */
export function bindGates(policy: Policy, context: SourceContext): BoundGate[] {
  const open = new Map<string, AnySource>();
  return policy.gates.map((config) => {
    const asked = sourceOf(policy, config);
    const gateType = gateTypeOf(config.type);
    const sourceType = sourceTypeOf(asked?.type);
    if (!asked || !gateType || !sourceType) throw new Error(`gate ${config.name} has no source`);
    // A source written out in place belongs to its gate alone, unless another gate writes the very same.
    const key = JSON.stringify(config.source);
    const source = open.get(key) ?? sourceType.open(asked, context);
    open.set(key, source);
    return {
      config,
      gate: gateType.bind(config),
      sourceName: sourceName(config),
      source,
      settleMs: sourceType.settleMs?.(asked) ?? 0,
    };
  });
}
