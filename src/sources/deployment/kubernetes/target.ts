/** The names that a policy gives to what runs in a cluster. */
import type { Target } from '../../../record/deployments.js';
import { NotMeasured } from '../../source.js';
import { oneLine } from '../../text.js';

/** What each kind may be divided into. */
const parts = {
  deployment: [],
  statefulset: [],
  daemonset: [],
  rollout: ['canary', 'stable', 'preview', 'active'],
  canary: ['canary', 'primary'],
} as const satisfies Record<string, readonly string[]>;

export type TargetKind = keyof typeof parts;

export interface Named {
  /** As the policy writes it. */
  readonly given: string;
  readonly kind: TargetKind;
  readonly name: string;
  readonly part?: string;
}

/** Names of objects are DNS subdomains (RFC 1123). */
const form = /^(?:([a-z]+)\/)?([a-z0-9](?:[-.a-z0-9]{0,251}[a-z0-9])?)(?::([a-z]+))?$/;

const isKind = (text: string): text is TargetKind => Object.hasOwn(parts, text);

/** @throws {NotMeasured} `bad-query` */
export function targetOf(given: string): Named {
  const [, kind = 'deployment', name, part] = form.exec(given) ?? [];
  const allowed: readonly string[] = isKind(kind) ? parts[kind] : [];
  if (name === undefined || !isKind(kind) || (part !== undefined && !allowed.includes(part))) {
    const message = `there is no target ${oneLine(given, 80)}: expected NAME or deployment/NAME, statefulset/NAME, daemonset/NAME, rollout/NAME, rollout/NAME:canary (or :stable, :preview, :active), canary/NAME, canary/NAME:canary (or :primary)`;
    throw new NotMeasured('bad-query', message, { permanent: true });
  }
  return { given, kind, name, ...(part === undefined ? {} : { part }) };
}

/** The same for all ways to write it. */
export const keyOf = ({ kind, name, part }: Named): string => `${kind}/${name}${part === undefined ? '' : `:${part}`}`;

/** What was read of one target; its traffic as far as the object itself says it. */
export type Found = Omit<Target, 'name'>;

/** Of a target that is positively not there. */
export const absent = (why?: string): Found => ({
  exists: false,
  version: null,
  state: 'unknown',
  health: 'unknown',
  ready: null,
  instances: null,
  traffic: null,
  since: null,
  reasons: why === undefined ? [] : [why],
});
