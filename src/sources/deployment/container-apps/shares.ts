/**
 * Who gets how much, and what revisions are called
 * (https://learn.microsoft.com/azure/container-apps/traffic-splitting, https://learn.microsoft.com/azure/container-apps/revisions).
 */
import { NotMeasured } from '../../source.js';
import { oneLine } from '../../text.js';
import type { AppState } from './client.js';
import type { App, TrafficEntry } from './shapes.js';

/** An entry of `ingress.traffic`, with the revision that it means now. */
export interface Share {
  readonly raw: TrafficEntry;
  readonly revision: string;
  readonly percent: number;
  readonly label: string | undefined;
  /** It means whichever revision is the newest. */
  readonly follows: boolean;
}

/** In lower case. */
const modeOf = ({ configuration }: App): string => (configuration?.activeRevisionsMode || 'single').toLowerCase();

export const isSingle = (app: App): boolean => modeOf(app) === 'single';

/** "Traffic doesn't switch to the latest revision until it's ready." Before any was ready there is nobody else who could get it. */
const latestOf = ({ latestReadyRevisionName, latestRevisionName }: App): string | undefined =>
  latestReadyRevisionName || latestRevisionName || undefined;

/** @returns a text: why it is not known who gets how much */
export function sharesOf({ app }: AppState): readonly Share[] | string {
  const ingress = app.configuration?.ingress;
  if (!ingress) return 'the app has no ingress, so nobody can say who gets how much';
  // There is at least one more, in preview, and what the weights mean in it nobody has said yet.
  if (!isSingle(app) && modeOf(app) !== 'multiple') {
    return `the revision mode of the app is ${oneLine(modeOf(app), 40)}, of which it is not known who gets how much`;
  }
  // In single revision mode all goes to the latest revision, whatever stands there.
  const entries = isSingle(app) ? [{ latestRevision: true, weight: 100 }] : (ingress.traffic ?? []);
  const shares: Share[] = [];
  for (const raw of entries) {
    const follows = raw.latestRevision === true;
    const revision = follows ? latestOf(app) : raw.revisionName || undefined;
    const percent = raw.weight ?? 0;
    if (revision === undefined) return 'Azure does not name the revision that a share of the traffic goes to';
    if (!(percent >= 0 && percent <= 100)) return `${revision} has a weight that is none: ${percent}`;
    shares.push({ raw, revision, percent, label: raw.label || undefined, follows });
  }
  const sum = shares.reduce((total, { percent }) => total + percent, 0);
  return Math.abs(sum - 100) < 0.005 ? shares : `the weights of the traffic come to ${sum} %, not to 100`;
}

export const percentOf = (revision: string, shares: readonly Share[]): number =>
  shares.reduce((sum, share) => sum + (share.revision === revision ? share.percent : 0), 0);

/**
 * A newer revision that gets a share by itself as soon as it is ready; undefined: none does. What is true of it and of the one that has the
 * share now is not true a minute later.
 */
export function takesOver({ app, revisions }: AppState, shares: readonly Share[]): string | undefined {
  const { latestRevisionName: latest, latestReadyRevisionName: ready } = app;
  if (!latest || latest === ready || !shares.some(({ follows, percent }) => follows && percent > 0)) return undefined;
  const { active, provisioningState } = revisions.get(latest)?.properties ?? {};
  return active === true && provisioningState !== 'Failed' ? latest : undefined;
}

/**
 * The revision that a policy means: by its name, by its suffix (what follows the name of the app and `--`), or by a label.
 *
 * @returns undefined: there is none
 * @throws {NotMeasured} `bad-query` where it may be one or another
 */
export function revisionOf(given: string, appName: string, state: AppState, labels: Labels): string | undefined {
  const { revisions } = state;
  const suffixed = `${appName}--${given}`;
  const meant = [
    ...(revisions.has(given) ? [{ how: 'the revision', name: given }] : []),
    ...(revisions.has(suffixed) ? [{ how: 'the suffix of', name: suffixed }] : []),
    ...[...(labels.get(given) ?? [])].map((name) => ({ how: 'the label of', name })),
  ];
  const names = new Set(meant.map(({ name }) => name));
  if (names.size <= 1) return meant[0]?.name;
  const ways = meant.map(({ how, name }) => `${how} ${name}`).join(', or ');
  throw new NotMeasured('bad-query', `${given} may be ${ways}: use the full name of the revision`, { permanent: true });
}

/** Revisions by label. */
export type Labels = ReadonlyMap<string, ReadonlySet<string>>;

export function labelsOf({ app }: AppState): Labels {
  const labels = new Map<string, Set<string>>();
  for (const { label, revisionName, latestRevision } of app.configuration?.ingress?.traffic ?? []) {
    const revision = latestRevision === true ? latestOf(app) : revisionName || undefined;
    if (!label || revision === undefined) continue;
    labels.set(label, (labels.get(label) ?? new Set()).add(revision));
  }
  return labels;
}

/** What each revision is called where traffic is moved: by its label if it has one, else by its name. */
export function namesOf({ revisions }: AppState, shares: readonly Share[]): ReadonlyMap<string, string> {
  const active = [...revisions.values()].filter(({ properties }) => properties.active === true);
  const all = new Set([...active.map(({ name }) => name), ...shares.map(({ revision }) => revision)]);
  return new Map(
    [...all].map((revision) => {
      const labels = new Set(shares.flatMap((share) => (share.revision === revision ? (share.label ?? []) : [])));
      const [label] = labels;
      // One that is called in two ways is called by neither.
      return [revision, labels.size === 1 && label !== undefined ? label : revision];
    }),
  );
}
