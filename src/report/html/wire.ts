/** The form of the data that the page holds for its script. Types alone: the script must not bring the rest of Signalbox with it. */

/** As the script reads it: times are positions in the list of all rounds. */
export interface ChartData {
  readonly id: string;
  readonly label: string;
  readonly suffix: string;
  readonly domain: readonly [number, number];
  /** Absent: one number for each round. */
  readonly rounds?: readonly number[];
  readonly lines: readonly {
    readonly role: string;
    readonly name: string;
    readonly values: readonly (number | null)[];
  }[];
  readonly limits: readonly { readonly name: string; readonly value: number }[];
}

/** A text, as its place in `texts`. */
export type Text = number;

/** One answer: what was asked, and the lines that say what came of it. Times are milliseconds since `began`. */
export type AnswerData = readonly [
  head: Text,
  query: Text,
  result: Text,
  link: Text,
  times: readonly [at: number, from: number, to: number, newest: number | null] | null,
];

/** Of one gate in one round: its place in `gates`, the judge's reason, events behind it (-1: not counted), its answers. */
export type DetailData = readonly [gate: number, reason: Text, events: number, answers: readonly AnswerData[]];

export interface RoundData {
  readonly number: number;
  /** Milliseconds since `began`. */
  readonly at: number;
  readonly phase: Text;
  readonly decision: Text;
  readonly sentence: Text;
  /** By gate: the place of its state in `states`, and what was measured. */
  readonly cells: readonly number[];
  /** Absent: left to the record. */
  readonly details?: readonly DetailData[];
}

export interface PageData {
  /** Milliseconds since the epoch, as all times of the page. */
  readonly began: number;
  readonly states: readonly string[];
  readonly gates: readonly string[];
  readonly texts: readonly string[];
  readonly rounds: readonly RoundData[];
  /** Places of the rounds that are not as the one before. */
  readonly changed: readonly number[];
  /** Rounds in all: more than `rounds` has when there are too many. */
  readonly total: number;
  /** When each round began, in milliseconds since `began`: what the charts stand over. */
  readonly times: readonly number[];
  readonly charts: readonly ChartData[];
}
