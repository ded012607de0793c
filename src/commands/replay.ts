/** `signalbox replay RECORD`: what an auditor asks a record, offline. */
import type { Host } from '../host/host.js';
import { plural } from '../judge/number.js';
import { plain } from '../report/plain.js';
import { type Replay, replay } from '../train/replay.js';
import { differenceWords } from './differences.js';
import { exitCodes } from './publish.js';
import { openRecord } from './record-file.js';
import { openTrainRecord, replayTrain } from './replay-train.js';

/** More would only say again that something else follows. */
const mostDifferences = 10;

/** @returns the exit code: 0 when the same follows, 1 when the record was changed or something else follows, 2 when it is no record */
export async function replayRecord(rawHost: Host, file: string, version: string): Promise<number> {
  const train = await openTrainRecord(file);
  if (train) return replayTrain(rawHost, file, train, version);
  const opened = await openRecord(rawHost, file);
  if (!opened) return exitCodes.usage;
  const { host, record, sound } = opened;
  const say = (message: string) =>
    host.annotate({ level: 'error', title: 'Signalbox', message: plain(`${file}: ${message}`, 1000) });
  let made: Replay;
  try {
    made = await replay(record);
  } catch (error) {
    say(`it cannot be gone through again: ${(error as Error).message}`);
    return exitCodes.stop;
  }
  const { differences, rounds, readings } = made;
  for (const difference of differences.slice(0, mostDifferences)) say(differenceWords(difference));
  const more = differences.length - mostDifferences;
  if (more > 0) say(`${plural(more, 'more difference')}`);
  const { tool, decision, digest } = record;
  if (tool.version !== version) {
    host.log(`made by Signalbox ${tool.version}, gone through by ${version}: what differs may be the version`);
  }
  if (!sound || differences.length > 0) return exitCodes.stop;
  const from = rounds === 0 ? 'no round was made' : `${plural(readings, 'reading')} in ${plural(rounds, 'round')}`;
  host.log(
    `${decision.decision} (${decision.reason}) follows again: ${from}; the record is as it was written, ${digest}`,
  );
  return exitCodes.continue;
}
