/**
 * How traffic is moved between the targets of a source. A source only reads and writes; what is checked, read back and undone is in
 * `reactions/traffic/change.ts`, the same way for all of them.
 */
import type { Traffic } from '../../record/deployments.js';

/** What was read just now, and what the next write needs to know that nobody changed it in between. */
export interface TrafficNow extends Traffic {
  /** Something is being changed there right now, in words; absent: nothing is. */
  readonly busy?: string;
  /** An ETag, a resource version: handed back with the write. Holds no secret. */
  readonly lock?: unknown;
}

export interface TrafficControl {
  /** Whose traffic it is, in words: `app checkout`. */
  readonly subject: string;
  /** Who gets what no weight names, where the system itself says so (the production slot); absent: nobody in particular. */
  readonly rest?: string;
  /**
   * @throws {NotMeasured} when it cannot be read; weights that do not come to 100 are never made up, and are `bad-answer`
   */
  read(signal: AbortSignal): Promise<TrafficNow>;
  /**
   * Sends one write, and waits until the system took it; that it has come about is read back by the caller.
   *
   * @param weights percent by target, together 100; targets that are not named get nothing
   * @param before as `read` gave it: the write is refused by the system when somebody else changed it since, where it can tell
   * @throws {Refused} (`sources/flags/control.ts`) when it is known not to have been taken
   * @throws {NotMeasured} when it is not known whether it was
   */
  write(
    weights: Readonly<Record<string, number>>,
    before: TrafficNow,
    note: string,
    signal: AbortSignal,
  ): Promise<void>;
  /** What runs at `from` and what runs at `to` change places. Shows in `swapped` once it has come about. Throws as `write` does. Absent: see `moves` of the registry. */
  swap?(from: string, to: string, before: TrafficNow, note: string, signal: AbortSignal): Promise<void>;
}
