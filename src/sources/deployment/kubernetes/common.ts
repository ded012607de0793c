/** What the readers of all kinds of objects share. */
import { iso } from '../../../train/clock.js';
import { NotMeasured } from '../../source.js';
import { oneLine } from '../../text.js';
import { versionOfImage } from '../image.js';
import type { Reader } from './client.js';
import type { Conditions, Metadata, Selector, Template } from './objects.js';
import type { Found } from './target.js';

/** Where the version stands. */
export interface VersionFrom {
  readonly version: 'image' | 'label';
  /** Whose image; absent: that of the default container, or of the only one. */
  readonly container?: string | undefined;
}

export interface Asking {
  readonly reader: Reader;
  readonly from: VersionFrom;
}

export const versionLabel = 'app.kubernetes.io/version';

/** What a pod template runs; null with the reason why nobody can tell. */
export function versionOf(
  template: Template | null | undefined,
  { version, container }: VersionFrom,
): { readonly version: string | null; readonly why: readonly string[] } {
  const unknown = (why: string) => ({ version: null, why: [why] });
  if (version === 'label') {
    const label = template?.metadata?.labels?.[versionLabel];
    return label ? { version: label, why: [] } : unknown(`its pod template has no label ${versionLabel}`);
  }
  const containers = template?.spec?.containers ?? [];
  const named = container ?? template?.metadata?.annotations?.['kubectl.kubernetes.io/default-container'];
  if (named === undefined && containers.length > 1) {
    const names = containers.map(({ name }) => name).join(', ');
    return unknown(`which container's image is its version? name one with \`container\`: ${oneLine(names, 120)}`);
  }
  const image = (named === undefined ? containers[0] : containers.find(({ name }) => name === named))?.image;
  if (!image) return unknown(`it has no container ${named ?? ''}`.trimEnd());
  const found = versionOfImage(image);
  return found === undefined
    ? unknown(`the image ${oneLine(image, 120)} says no version`)
    : { version: found, why: [] };
}

/** A selector as a query writes it. @throws {NotMeasured} for operators that do not exist, and for one that selects everything */
export function selectorText(
  { matchLabels, matchExpressions }: Selector,
  more: Readonly<Record<string, string>> = {},
): string {
  const equal = Object.entries({ ...matchLabels, ...more }).map(([key, value]) => `${key}=${value}`);
  const rest = (matchExpressions ?? []).map(({ key, operator, values }) => {
    const set = `(${(values ?? []).join(',')})`;
    switch (operator) {
      case 'In':
        return `${key} in ${set}`;
      case 'NotIn':
        return `${key} notin ${set}`;
      case 'Exists':
        return key;
      case 'DoesNotExist':
        return `!${key}`;
      default:
        throw new NotMeasured('bad-answer', `a selector has the unknown operator ${oneLine(operator, 40)}`);
    }
  });
  const all = [...equal, ...rest];
  if (all.length === 0) throw new NotMeasured('bad-answer', 'a workload selects all pods of its namespace');
  return all.join(',');
}

/** Whether labels are what a selector selects. */
export function selects(
  { matchLabels, matchExpressions }: Selector,
  labels: Readonly<Record<string, string>>,
): boolean {
  return (
    Object.entries(matchLabels ?? {}).every(([key, value]) => labels[key] === value) &&
    (matchExpressions ?? []).every(({ key, operator, values }) => {
      const value = labels[key];
      if (operator === 'Exists') return value !== undefined;
      if (operator === 'DoesNotExist') return value === undefined;
      const isIn = value !== undefined && (values ?? []).includes(value);
      return operator === 'In' ? isIn : operator === 'NotIn' && !isIn;
    })
  );
}

export const conditionOf = (conditions: Conditions, type: string) => conditions?.find((c) => c.type === type);

/** A condition in words, as a reason. */
export const conditionWords = (condition: {
  readonly type: string;
  readonly reason?: string | null | undefined;
  readonly message?: string | null | undefined;
}): string => oneLine(`${condition.reason || condition.type}: ${condition.message ?? ''}`.replace(/: $/, ''), 200);

/** A time of the API; null when it is none. */
export function instantOf(text: string | null | undefined): string | null {
  const at = Date.parse(text ?? '');
  return Number.isNaN(at) ? null : iso(at);
}

/** The controller has not looked at the newest change yet, or the object is going away: nothing of its status is about what is wanted. */
export function unsettled(metadata: Metadata, observed: number | null | undefined): string | undefined {
  if (metadata.deletionTimestamp) return 'it is being deleted';
  const { generation } = metadata;
  if (typeof generation === 'number' && typeof observed === 'number' && observed >= generation) return undefined;
  return `its last change (generation ${generation ?? 'unknown'}) has not been taken up yet`;
}

/** What is known of something whose status is about an earlier change. */
export const notTakenUp = (
  why: string,
  { version, why: noVersion }: { readonly version: string | null; readonly why: readonly string[] },
): Found => ({
  exists: true,
  version,
  state: 'deploying',
  health: 'unknown',
  ready: false,
  instances: null,
  traffic: null,
  since: null,
  reasons: [why, ...noVersion],
});
