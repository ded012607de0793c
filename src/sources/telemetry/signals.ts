/** Ready-made signals: what a policy can ask for without a query. Which of them a source answers its type lists. */
import type { Unit } from '../../judge/threshold.js';

/** What can be asked for, the unit that it comes in, and what `of` names where it needs one. */
export const signals = {
  'failure-rate': { unit: 'ratio', about: 'failed requests of all' },
  'success-rate': { unit: 'ratio', about: 'successful requests of all' },
  'duration-p50': { unit: 'ms', about: 'duration of requests, median' },
  'duration-p95': { unit: 'ms', about: 'duration of requests, 95th percentile' },
  'duration-p99': { unit: 'ms', about: 'duration of requests, 99th percentile' },
  requests: { unit: 'number', about: 'number of requests in the window' },
  'failed-requests': { unit: 'number', about: 'number of failed requests in the window' },
  'duration-buckets': { unit: 'number', about: 'requests by duration, only in bins' },
  exceptions: { unit: 'number', about: 'number of exceptions in the window' },
  'new-exceptions': { unit: 'number', about: 'kinds of exceptions in the window that the day before it had not' },
  'dependency-failure-rate': { unit: 'ratio', about: 'failed calls to dependencies of all' },
  'dependency-duration-p95': { unit: 'ms', about: 'duration of calls to dependencies, 95th percentile' },
  availability: { unit: 'ratio', about: 'successful availability tests of all' },
  events: { unit: 'number', about: 'number of a custom event in the window', of: 'event' },
  'metric-avg': { unit: 'number', about: 'mean of a custom metric', of: 'metric' },
  'metric-sum': { unit: 'number', about: 'sum of a custom metric', of: 'metric' },
  'metric-max': { unit: 'number', about: 'highest value of a custom metric', of: 'metric' },
  'crash-free-sessions': { unit: 'ratio', about: 'sessions without a crash of all' },
  'crash-free-users': { unit: 'ratio', about: 'users without a crash of all' },
  'certificate-life': { unit: 'h', about: 'time until the certificate ends' },
} as const satisfies Readonly<Record<string, { unit: Unit; about: string; of?: string }>>;

export type SignalName = keyof typeof signals;
export const signalNames = Object.keys(signals) as SignalName[];

/** By what a signal can be narrowed, or split into one series for each value. */
export const slices = ['role', 'instance', 'slot', 'version', 'operation'] as const;
export type Slice = (typeof slices)[number];

/** One ready-made signal, narrowed. */
export interface Signal {
  readonly signal: SignalName;
  /** Name of the custom event or metric, for the signals that need one. */
  readonly of?: string;
  readonly where?: Readonly<Partial<Record<Slice, string>>>;
  /** Operations (requests by name) that do not count, such as health probes; `*` stands for any characters. */
  readonly exclude?: readonly string[];
  /** Whether traffic of availability tests and the like counts. */
  readonly synthetic: boolean;
  /** One series for each value. */
  readonly by?: Slice;
}

/** The question in words, for subjects and records: `failure-rate where role=checkout by slot`. */
export function signalText(query: string | Signal): string {
  if (typeof query === 'string') return query;
  const { signal, of, where = {}, exclude = [], synthetic, by } = query;
  const narrowed = Object.entries(where).map(([slice, value]) => `${slice}=${value}`);
  return [
    of === undefined ? signal : `${signal} of ${of}`,
    narrowed.length === 0 ? '' : `where ${narrowed.join(', ')}`,
    exclude.length === 0 ? '' : `without ${exclude.join(', ')}`,
    synthetic ? 'with synthetic traffic' : '',
    by === undefined ? '' : `by ${by}`,
  ]
    .filter((part) => part !== '')
    .join(' ');
}
