/**
 * Operation `fractional` of flagd's JsonLogic (https://flagd.dev/reference/custom-operations/fractional-operation): `[hashed?,
 * [variant, weight]…]`, whose weights are parts of their sum. Pure.
 */

/** One that is understood. */
export interface Fractional {
  /** `variant` may be an expression. */
  readonly buckets: readonly { readonly variant: unknown; readonly weight: number }[];
  readonly total: number;
  /** What is hashed, as its text; absent: the flag's and the user's key. */
  readonly seed: string | undefined;
  /** Of the user, that are hashed. */
  readonly attributes: readonly string[];
}

/** Of the sum of the weights. */
const most = 2 ** 31 - 1;

/** @returns undefined where something about it is not understood, or where flagd itself gives it up */
export function fractionalOf(given: unknown): Fractional | undefined {
  if (!Array.isArray(given) || given.length === 0) return undefined;
  const parts: readonly unknown[] = given;
  const seeded = !Array.isArray(parts[0]);
  const buckets: { variant: unknown; weight: number }[] = [];
  for (const part of seeded ? parts.slice(1) : parts) {
    if (!Array.isArray(part) || part.length === 0 || part.length > 2) return undefined;
    const [variant, weight = 1] = part as unknown[];
    if (typeof weight !== 'number' || !Number.isInteger(weight)) return undefined;
    // Weights that are worked out may come to less than nothing, and count as nothing.
    buckets.push({ variant, weight: Math.max(0, weight) });
  }
  const total = buckets.reduce((sum, { weight }) => sum + weight, 0);
  if (!(total > 0 && total <= most)) return undefined;
  if (!seeded) return { buckets, total, seed: undefined, attributes: ['targetingKey'] };
  const attributes = attributesOf(parts[0]);
  return attributes && { buckets, total, seed: JSON.stringify(parts[0]), attributes };
}

/** Attributes of the user in what is hashed; undefined: it is made by more than putting them one after the other. */
function attributesOf(seed: unknown): readonly string[] | undefined {
  if (typeof seed === 'string') return [];
  if (typeof seed !== 'object' || seed === null || Array.isArray(seed)) return undefined;
  const [entry, ...more] = Object.entries(seed as Record<string, unknown>);
  if (!entry || more.length > 0) return undefined;
  const [name, given] = entry;
  const all = (Array.isArray(given) ? given : [given]) as unknown[];
  if (name === 'var') {
    const [attribute] = all;
    if (typeof attribute !== 'string' || attribute === '') return undefined;
    if (attribute === '$flagd.flagKey') return [];
    return attribute.startsWith('$flagd') ? undefined : [attribute];
  }
  if (name !== 'cat') return undefined;
  const parts = all.map(attributesOf);
  return parts.some((part) => part === undefined) ? undefined : [...new Set(parts.flatMap((part) => part ?? []))];
}
