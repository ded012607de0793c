/** Whether the alerts of a tool are those of the released commit, by the newest analyses that found them. */
import type { Analyses, Analysis } from './analyses.js';

export interface Wanted {
  /** In lower case, its first digits suffice; undefined: the policy does not say. */
  readonly commit: string | undefined;
  /** Names or ids of the pipelines that matter; undefined: all. */
  readonly pipelines: readonly string[] | undefined;
  /** When the alerts were listed, milliseconds since the epoch by the clock of the service. */
  readonly listedAt: number;
}

export type Binding =
  /** All analyses that are known are of it. */
  | { readonly state: 'bound' }
  /** One is of another commit, so what it found or no longer found says nothing of this one. */
  | { readonly state: 'other'; readonly analysis: Analysis }
  /** One has only just come in. */
  | { readonly state: 'fresh'; readonly analysis: Analysis }
  | { readonly state: 'unknown'; readonly why: string };

/** Alerts may be changed a little later than the analysis that changes them is known. */
const settleMs = 60_000;

const inPipelines = ({ pipeline }: Analysis, names: Wanted['pipelines']): boolean =>
  names === undefined ||
  names.some((name) => name !== '' && (name.toLowerCase() === pipeline.name.toLowerCase() || name === pipeline.id));

/** The analyses that matter. */
export const relevant = ({ all }: Analyses, { pipelines }: Wanted): readonly Analysis[] =>
  all.filter((analysis) => inPipelines(analysis, pipelines));

/** The alerts must have been listed before the analyses were asked for, so that none is newer than the list and unseen. */
export function bindingOf(analyses: Analyses, wanted: Wanted): Binding {
  const { commit, pipelines, listedAt } = wanted;
  const known = relevant(analyses, wanted);
  const other = known.find((one) => one.commit !== undefined && commit !== undefined && !one.commit.startsWith(commit));
  if (other) return { state: 'other', analysis: other };
  const fresh = known.find(({ at }) => listedAt - at < settleMs);
  if (fresh) return { state: 'fresh', analysis: fresh };
  if (analyses.lacking !== undefined) return { state: 'unknown', why: analyses.lacking };
  if (known.length === 0) {
    const of = pipelines === undefined ? '' : ` by ${pipelines.join(', ')}`;
    return { state: 'unknown', why: `its alerts name no analysis${of}` };
  }
  const silent = known.find((one) => one.commit === undefined || !Number.isFinite(listedAt - one.at));
  if (silent) return { state: 'unknown', why: `${silent.name} does not say which commit it analysed, or when` };
  return { state: 'bound' };
}
