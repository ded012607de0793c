/** What a result says of suppressions (SARIF 2.1.0 sections 3.27.23 and 3.35). */
import { oneLine } from '../../text.js';
import { maskSecrets } from '../masks.js';
import type { Suppression } from '../result.js';
import { asArray, asObject, asText, isAbsent } from '../shape.js';

/** Cannot be understood, so it suppresses nothing. */
const broken: Suppression = { kind: 'external', status: 'rejected' };

/** What Checkov writes where nobody gave a reason. */
const noReason = /^no comment provided\.?$/i;

/**
 * An absent status means accepted; files from before the final standard say `state`. `properties.expiryUtc` is what `sarif-multitool suppress`
 * writes.
 *
 * @param raw `result.suppressions`; absent, null or empty: nobody tried
 */
export function suppressionsOf(raw: unknown): readonly Suppression[] {
  if (isAbsent(raw)) return [];
  const entries = asArray(raw);
  return entries ? entries.map(suppressionOf) : [broken];
}

function suppressionOf(raw: unknown): Suppression {
  const entry = asObject(raw);
  if (!entry || (entry.kind !== 'inSource' && entry.kind !== 'external')) return broken;
  const states = [entry.status, entry.state].filter((x) => !isAbsent(x));
  const rejected = states.some((x) => x !== 'accepted' && x !== 'underReview');
  const reason = oneLine(maskSecrets((asText(entry.justification) ?? '').slice(0, 2000)), 300);
  const expiry = asObject(entry.properties)?.expiryUtc;
  return {
    kind: entry.kind === 'inSource' ? 'in-source' : 'external',
    status: rejected ? 'rejected' : states.includes('underReview') ? 'under-review' : 'accepted',
    ...(reason === '' || noReason.test(reason) ? {} : { reason }),
    ...(isAbsent(expiry) ? {} : { expires: typeof expiry === 'string' ? Date.parse(expiry) : Number.NaN }),
  };
}
