/** `signalbox explain RECORD`. */
import type { Host } from '../host/host.js';
import { explain } from '../report/explain.js';
import { exitCodes } from './publish.js';
import { openRecord } from './record-file.js';

/** @returns the exit code: 0, 1 when the record was changed since it was written, 2 when it is none */
export async function explainRecord(rawHost: Host, file: string): Promise<number> {
  const opened = await openRecord(rawHost, file);
  if (!opened) return exitCodes.usage;
  const { host, record, sound } = opened;
  host.log(explain(record, host.columns));
  return sound ? exitCodes.continue : exitCodes.stop;
}
