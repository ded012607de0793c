/** What was there before: the results of an earlier scan, each standing for one result of the new one. */
import type { Scans } from '../../../record/evidence.js';
import type { RunFacts, RunSink, ScanSink } from '../result.js';
import type { Subject } from './references.js';

/**
 * A sink that keeps what an earlier scan found, and afterwards says of each new result whether it was there.
 *
 * What the earlier scan did not count as a failure, or what was suppressed then, was not known as a finding.
 */
export class Baseline implements ScanSink {
  /** How often each identity was found. */
  readonly #left = new Map<string, number>();
  /** Why it is less than it should be. */
  readonly problems: string[] = [];

  /** What was read. */
  readonly files: Scans['references'][number][] = [];

  begin({ file, sha256 }: RunFacts): RunSink {
    if (!this.files.some((one) => one.file === file)) this.files.push({ kind: 'baseline', file, sha256: sha256 ?? '' });
    return {
      add: (result) => {
        if (!result || result.noFailure || result.suppressions.length > 0) return;
        this.#left.set(result.identity, (this.#left.get(result.identity) ?? 0) + 1);
      },
    };
  }

  problem({ message }: { readonly message: string }): void {
    this.problems.push(message);
  }

  note(): void {
    // What is worth telling of a scan of the past is not worth telling now.
  }

  /** Two results of one identity need two in the baseline. */
  knows({ result: { identity } }: Subject): boolean {
    const left = this.#left.get(identity) ?? 0;
    if (left > 0) this.#left.set(identity, left - 1);
    return left > 0;
  }
}
