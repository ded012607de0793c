/** The interface between Signalbox and a system that holds evidence. */
import type { GenericSchema, InferOutput } from 'valibot';
import type { Identity } from '../host/host.js';
import type { Http } from '../net/http.js';
import type { Alerts, Deployments, Flag, FlagStates, Measurement, Probes, Samples, Scans } from '../record/evidence.js';
import type { Clock } from '../train/clock.js';
import type { TrafficControl } from './deployment/control.js';
import type { FlagControl } from './flags/control.js';
import type { Meaning } from './flags/meaning.js';
import type { Triage } from './security/question.js';
import type { Signal, SignalName } from './telemetry/signals.js';

/** Half-open span of time [from, to), in milliseconds since the epoch. */
export interface Window {
  readonly from: number;
  readonly to: number;
}

/** One value for each series of `query` over `window`. */
export interface TelemetryQuestion {
  readonly family: 'telemetry';
  /** In the source's own language, or a ready-made signal that the source's type lists. */
  readonly query: string | Signal;
  readonly window: Window;
  /**
   * Given: sample the window every `everyMs` and reduce each series over time; absent: one evaluation at `window.to`.
   *
   * `each` keeps the samples apart: the window is a whole number of bins, and a bin holds what happened in it, so that macros of the
   * length of the window (`$__range`) stand for the length of a bin. `increase` is the same for counters that only grow: what they
   * have grown by in each bin.
   */
  readonly range?: { readonly everyMs: number; readonly reduce: OverTime | InBins };
}
/** Ways to ask in bins. */
export type InBins = 'each' | 'increase';
/** The query of a source that has no ready-made signals; a policy that asks it for one is refused before. */
export function queryOf({ query }: TelemetryQuestion): string {
  if (typeof query === 'string') return query;
  throw new NotMeasured('bad-query', `this source has no ready-made signal \`${query.signal}\``, { permanent: true });
}
export const overTime = ['last', 'max', 'min', 'avg'] as const;
export type OverTime = (typeof overTime)[number];

/** What the system's own rules say: which alerts fire, and whether there are rules at all. */
export interface AlertsQuestion {
  readonly family: 'alerts';
  /** Which rules, monitors or problems count, in the source's own language; absent: all that the source's config covers. */
  readonly match?: string;
  /** When the new version went live, milliseconds since the epoch; what is older is told apart by `since`, never left out. */
  readonly deployedAt: number;
}

/** All scan results that the source holds for this release, sorted as `triage` says. */
export interface SecurityQuestion {
  readonly family: 'security';
  /** What was released; absent: unknown. A source that holds results of many commits answers for this one. */
  readonly commit?: string;
  readonly triage: Triage;
}

/** What one flag serves to one evaluation context; answered with a `flag`. */
export interface ServedQuestion {
  readonly family: 'flags';
  readonly ask: 'served';
  readonly flag: string;
  /** OpenFeature evaluation context; always has a `targetingKey`, since a percentage rollout reads as off without one. */
  readonly context: Readonly<Record<string, unknown>>;
}
/** How flags are set up; answered with `flag-states`: one state for a flag that is named, whether it exists or not. */
export interface StatesQuestion {
  readonly family: 'flags';
  readonly ask: 'states';
  /** A name, or a pattern of names in which `*` stands for any characters; without archived flags then. */
  readonly of: { readonly flag: string } | { readonly match: string };
  readonly meaning: Meaning;
  /** Asked of another source of the policy, which the gate lists in `alsoAsks`: its name. */
  readonly elsewhere?: string;
}
export type FlagQuestion = ServedQuestion | StatesQuestion;

/** What runs at each of these targets, and how much of the users' requests it gets. */
export interface DeploymentQuestion {
  readonly family: 'deployment';
  /** In the system's own words: slots, revisions, workloads, environments, resources. Answered one by one, in this order, whether they exist or not. */
  readonly targets: readonly string[];
  /** Compare the settings of `target` with those of `like`; only sources with `comparesSettings` are asked. */
  readonly settings?: { readonly target: string; readonly like: string };
}

/** How the service answers requests that are sent to it now, on the idle side and, where there is one, on the live side. */
export interface ProbesQuestion {
  readonly family: 'probes';
  /** From 1, one more after each that was answered: the requests of each round are new ones, and it goes on with the next endpoint. */
  readonly round: number;
  /** How many requests to each side count, over all endpoints. */
  readonly requests: number;
  /** How many are sent to each side before these. */
  readonly warmUp: number;
}

export interface Families {
  telemetry: { question: TelemetryQuestion; measurement: Samples };
  alerts: { question: AlertsQuestion; measurement: Alerts };
  security: { question: SecurityQuestion; measurement: Scans };
  flags: { question: FlagQuestion; measurement: Flag | FlagStates };
  deployment: { question: DeploymentQuestion; measurement: Deployments };
  probes: { question: ProbesQuestion; measurement: Probes };
}
export type Family = keyof Families;
export type Question = Families[Family]['question'];

/** A measurement as a source returns it; the round adds the source's name. */
export type Unnamed<M extends Measurement> = M extends unknown ? Omit<M, 'source'> : never;

/** What a source may use of the outside. */
export interface SourceContext {
  readonly clock: Clock;
  readonly http: Http;
  /** Folder that relative paths of the policy start from. */
  readonly workspace: string;
  /** What the platform vouches with, for signing in to clouds. */
  readonly identity: Identity;
}

/**
 * Asks once. Retries of the network are the HTTP client's business, patience over rounds is the train's.
 *
 * @throws {NotMeasured} when there is no answer; anything else thrown is reported as an internal error
 */
export type Ask<F extends Family> = (
  question: Families[F]['question'],
  signal: AbortSignal,
) => Promise<Unnamed<Families[F]['measurement']>>;

/** A deployment as a system remembers it. */
export interface Deployment {
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** What the system calls it. */
  readonly name: string;
}

/** An open connection to one system: a way to ask for each family of evidence that it holds. */
export type Source<F extends Family = Family> = { readonly [K in F]: Ask<K> } & {
  /** The newest release annotation or deployment marker of the last two weeks, for `deployed-at`; undefined: there is none. */
  newestDeployment?(signal: AbortSignal): Promise<Deployment | undefined>;
  /** How its flags are changed; absent: they cannot be. */
  readonly control?: FlagControl;
  /** How its traffic is moved; absent: it cannot be. */
  readonly traffic?: TrafficControl;
};

/** A source of which is not known what it holds. */
export type AnySource = Partial<Source>;

/** A kind of source: one file, one line in its family's registry. Heavy packages are imported inside `open` or when it is asked. */
export interface SourceType<S extends GenericSchema = GenericSchema, F extends Family = Family> {
  readonly type: string;
  /** The evidence that it can hold. */
  readonly families: readonly F[];
  readonly schema: S;
  /** The ready-made signals that it can answer. */
  readonly signals?: readonly SignalName[];
  /** The query alone says how far back it looks, by `$__range`: asked over another window it would give the same. */
  readonly windowInQuery?: true;
  /** `open` gives `newestDeployment`: the system remembers release annotations or deployment markers. */
  readonly remembersDeployments?: true;
  /** Its own queries may say how many events stand behind their value. */
  readonly countsEvents?: true;
  /** How long it takes until the system holds all that happened, milliseconds: windows end that much before now. Default: 0. */
  settleMs?(config: InferOutput<S>): number;
  open(config: InferOutput<S>, context: SourceContext): Source<F>;
  /** Advice on a question in this source's language, for `signalbox check`. */
  lint?(question: Families[F]['question'], evaluation: { readonly warmupMs: number }): readonly string[];
  /** The same where the language has to be loaded first, and where the config holds expressions too. */
  proofread?(question: Families[F]['question'], config: InferOutput<S>): Promise<readonly string[]>;
}

/** A line of a registry. What a type is can be said without its code, which is loaded when a policy names it. */
export interface SourceEntry {
  readonly type: string;
  readonly families: readonly Family[];
  /** In which ways it can be asked for values in bins; absent: in none. */
  readonly bins?: readonly InBins[];
  /** It can evaluate a flag for one context (`ask: 'served'`). */
  readonly serves?: true;
  /** It can change flags: `open` gives `control`. `rollout`: to any percentage; `switch`: only off, and back to what was there. */
  readonly controls?: 'rollout' | 'switch';
  /** It can move traffic: `open` gives `traffic`. `swap`: by letting two targets change places, too. */
  readonly moves?: 'weights' | 'swap';
  /** It can compare the settings of two targets. */
  readonly comparesSettings?: true;
  readonly load: () => Promise<SourceType>;
}

/** Keeps the config's type while the registries hold the erased one. */
export function defineSource<S extends GenericSchema, F extends Family>(type: SourceType<S, F>): SourceType {
  return type as unknown as SourceType;
}

/**
 * No measurement could be taken.
 *
 * `code` is a fixed word of the record (`unauthorized`, `timeout`, `bad-query`…); `message` says what is wrong and what
 * to do. `permanent` means that waiting cannot heal it.
 */
export class NotMeasured extends Error {
  readonly code: string;
  readonly permanent: boolean;

  constructor(code: string, message: string, options: { permanent?: boolean; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.name = 'NotMeasured';
    this.code = code;
    this.permanent = options.permanent ?? false;
  }
}

/** Advice on what a policy asks: why it would be refused, or else what `more` says of it. */
export function adviceOn<T>(read: () => T, more: (found: T) => readonly string[] = () => []): readonly string[] {
  let found: T;
  try {
    found = read();
  } catch (error) {
    if (error instanceof NotMeasured) return [error.message];
    throw error;
  }
  return more(found);
}
