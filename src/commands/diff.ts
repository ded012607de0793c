/** `signalbox diff RECORD RECORD`. */
import type { Host } from '../host/host.js';
import { diff, differences } from '../report/diff.js';
import { exitCodes } from './publish.js';
import { openRecord } from './record-file.js';

/** @returns the exit code: 0 when nothing differs, 1 when something does or a record was changed since it was written, 2 when one is none */
export async function diffRecords(rawHost: Host, first: string, second: string): Promise<number> {
  const a = await openRecord(rawHost, first);
  const b = await openRecord(rawHost, second);
  if (!a || !b) return exitCodes.usage;
  a.host.log(diff(a.record, b.record, a.host.columns));
  const same = a.sound && b.sound && differences(a.record, b.record).length === 0;
  return same ? exitCodes.continue : exitCodes.stop;
}
