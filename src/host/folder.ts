/** Where a step on a pipeline keeps its files. */
import { mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Makes a folder of this step's own, so that several steps of a job do not write over each other's files.
 *
 * @param parent the platform's temporary folder; made when it is not there, the system's when it is not given
 * @throws {Error} when it cannot be made
 */
export function freshFolder(parent: string | undefined): string {
  const folder = parent || tmpdir();
  mkdirSync(folder, { recursive: true });
  return mkdtempSync(join(folder, 'signalbox-'));
}
