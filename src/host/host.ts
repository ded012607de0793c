/** What a pipeline gives to the step and takes from it. The only door to the platforms; nothing else imports their packages. */
import type { Statement } from '../record/statement.js';
import type { InputName, OutputName } from './inputs.js';

export type Level = 'error' | 'warning' | 'notice';

/** A remark on a line of a file, as the platforms show them beside the code. */
export interface Annotation {
  readonly level: Level;
  readonly title: string;
  readonly message: string;
  /** Path relative to the workspace. */
  readonly file?: string | undefined;
  /** 1-based. */
  readonly line?: number | undefined;
  readonly column?: number | undefined;
}

/** @returns lines that fit */
export type Draw = (size: {
  readonly columns: number;
  readonly rows: number;
  readonly colour: boolean;
}) => readonly string[];

/** How the step ends on the platform. `warning` is amber where the platform has it, green elsewhere. */
export type Result = 'success' | 'warning' | 'failure';

/** Facts about the run, for the record and for `${release.*}`. Absent where the platform does not say. */
export interface RunFacts {
  readonly repository?: string;
  /** Full commit id. */
  readonly sha?: string;
  /** Branch or tag. */
  readonly ref?: string;
  readonly actor?: string;
  /** Link to the run in the platform's pages. */
  readonly run?: string;
  readonly environment?: string;
  /** When the deployment went live that started the run, ISO 8601. */
  readonly deployedAt?: string;
}

/** A service connection of Azure Pipelines, as far as signing in needs it. */
export interface ServiceConnection {
  readonly id: string;
  readonly scheme: 'WorkloadIdentityFederation' | 'ServicePrincipal' | 'ManagedServiceIdentity';
  readonly tenant?: string;
  readonly client?: string;
  /** Of a ServicePrincipal with a secret. */
  readonly secret?: string;
  /** `https://login.microsoftonline.com/` and the like, where the connection names it. */
  readonly authority?: string;
  /** Signs in to the pipelines' own services; it asks for a new assertion with it at each exchange. */
  readonly systemToken: string;
}

/** What a platform vouches with, for signing in to clouds. */
export interface Identity {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** A fresh OpenID Connect token of the run for `audience`, minted anew at each call; absent: the platform has none. */
  readonly idToken?: (audience: string) => Promise<string>;
  /** The service connection that the step was given; absent: none. @throws {Error} when it is none that can be signed in with */
  readonly serviceConnection?: () => ServiceConnection;
  /** From now on the value is masked. */
  secret(value: string): void;
}

export interface Host {
  readonly kind: 'github' | 'azure' | 'terminal';
  readonly facts: RunFacts;
  /** Markdown that the platform's summary page renders. */
  readonly summaryFlavour: 'github' | 'azure';
  /** How wide the log is, in characters, and whether it shows ANSI colours. */
  readonly columns: number;
  readonly colour: boolean;
  /** Folder for files that only this job needs; on the terminal a folder beside the caller. Made with the first file in it. */
  readonly outputFolder: string;
  /** Longest time that the platform lets a job run, in milliseconds; absent: unknown or unlimited. */
  readonly longestJobMs?: number;

  /** See `Identity`. */
  readonly idToken?: Identity['idToken'];
  readonly serviceConnection?: Identity['serviceConnection'];

  /** The input as given: `undefined` when the platform did not pass it, `''` when it was passed empty. */
  input(name: InputName): string | undefined;
  /** From now on the value is masked in everything that the platform shows. Must come before the value's first use. */
  secret(value: string): void;
  /** One or more lines for the log; text from outside cannot act as a command of the platform. */
  log(text: string): void;
  /** Begins a part of the log that can be folded, or ends it when it is given no title; absent where none can. Parts do not nest. */
  readonly group?: (title?: string) => void;
  /** Progress while the step waits: 0 to 100, and what it waits for. */
  progress(percent: number, text: string): void;
  /**
   * Shows these lines below everything else, drawn again each second, until it is called with nothing. Absent where nothing can be drawn
   * over; there `progress` and lines of the log say it.
   */
  readonly live?: ((draw: Draw | undefined) => void) | undefined;
  /**
   * Signs what was decided; absent where the platform, or the permissions of the job, have nothing to sign with.
   *
   * @returns where the attestation can be looked at
   */
  readonly attest?: (statement: Statement, token: string) => Promise<string>;
  annotate(annotation: Annotation): void;
  output(name: OutputName, value: string): Promise<void>;
  /** Shows the Markdown file at `path` (absolute) as the job's summary. */
  summary(path: string): Promise<void>;
  /** Says how the step ended; sets the process's exit code to `exitCode` where the platform goes by it. */
  finish(result: Result, message: string, exitCode: number): Promise<void>;
}
