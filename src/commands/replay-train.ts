/** `signalbox replay` of the record of a train: the record of each service by its hash, each gone through again, then the verdict of all. */
import { readFile } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative, resolve } from 'node:path';
import * as v from 'valibot';
import { guarded } from '../host/guarded.js';
import type { Host } from '../host/host.js';
import { plural } from '../judge/number.js';
import { sha256 } from '../record/hash.js';
import { Redactor } from '../record/redact.js';
import { brokenSeal } from '../record/seal.js';
import {
  brokenTrainSeal,
  isTrainRecord,
  type ServiceDecision,
  type TrainRecord,
  type TrainService,
  trainRecordSchema,
} from '../record/train-record.js';
import { plain } from '../report/plain.js';
import { replay } from '../train/replay.js';
import { barredBy, orderOf, verdictOf } from '../train/services.js';
import { differenceWords } from './differences.js';
import { exitCodes } from './publish.js';
import { readRecord } from './record-file.js';

/** Of each service, since more would only say again that something else follows. */
const mostDifferences = 5;

/** What stands in the file of a train's record. */
export interface TrainFileText {
  readonly text: string;
  readonly data: unknown;
}

/** @returns undefined when the file is no record of a train, whatever else it may be */
export async function openTrainRecord(file: string): Promise<TrainFileText | undefined> {
  try {
    const text = await readFile(file, 'utf8');
    // The record of a service may be large: it is not parsed to see that it is none.
    if (!/"kind":\s*"train"/.test(text.slice(0, 200))) return undefined;
    const data: unknown = JSON.parse(text);
    return isTrainRecord(data) ? { text, data } : undefined;
  } catch {
    return undefined;
  }
}

/** @returns the exit code, as `replay` of a single record */
export async function replayTrain(
  rawHost: Host,
  file: string,
  { text, data }: TrainFileText,
  version: string,
): Promise<number> {
  const host = guarded(rawHost, new Redactor());
  const say = (message: string) =>
    host.annotate({ level: 'error', title: 'Signalbox', message: plain(`${file}: ${message}`, 1000) });
  const parsed = v.safeParse(trainRecordSchema, data);
  if (!parsed.success) {
    const at = v.getDotPath(parsed.issues[0]);
    say(`it is no record of a train${at === null ? '' : ` (at ${at}: ${parsed.issues[0].message})`}`);
    return exitCodes.usage;
  }
  // As it was written: the digest is over the keys as they stand.
  const train = data as TrainRecord;
  const wrong: string[] = [];
  const broken = brokenTrainSeal(text, train);
  if (broken !== undefined) wrong.push(broken);
  let records = 0;
  for (const service of train.services) {
    const found = await replayService(service, dirname(file));
    wrong.push(...found.map((what) => `${service.name}: ${what}`));
    if (service.record !== null && found.length === 0) records += 1;
  }
  wrong.push(...wrongOrder(train), ...wrongVerdict(train));
  for (const message of wrong) say(message);
  if (train.tool.version !== version) {
    host.log(`made by Signalbox ${train.tool.version}, gone through by ${version}: what differs may be the version`);
  }
  if (wrong.length > 0) return exitCodes.stop;
  const { decision, digest } = train;
  host.log(
    `${decision.decision} (${decision.reason}) follows again: from ${plural(records, 'record')} of ${plural(train.services.length, 'service')}; the record of the train is as it was written, ${digest}`,
  );
  return exitCodes.continue;
}

/** What does not follow of one service. */
async function replayService(service: TrainService, folder: string): Promise<string[]> {
  const { record: kept, decision } = service;
  if (kept === null) return decision.decision === 'continue' ? ['it continued, but has no record to continue by'] : [];
  const path = resolve(join(folder, kept.file));
  if (outside(folder, path)) return [`its record ${kept.file} lies outside of the folder of the train's`];
  let bytes: Buffer;
  try {
    bytes = await readFile(path);
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    return [`its record ${kept.file} cannot be read: ${missing ? 'there is no such file' : (error as Error).message}`];
  }
  const found = sha256(bytes);
  if (found !== kept.sha256)
    return [`its record ${kept.file} is another one: its SHA-256 is ${found}, not ${kept.sha256}`];
  const read = await readRecord(path);
  if ('wrong' in read) return [read.wrong];
  const { record, text } = read;
  const wrong: string[] = [];
  const broken = brokenSeal(text, record);
  if (broken !== undefined) wrong.push(broken);
  if (JSON.stringify(record.decision) !== JSON.stringify(decision)) {
    wrong.push(`the train says ${shown(decision)}, but its record ${shown(record.decision)}`);
  }
  if (record.service !== null && record.service !== service.name) {
    wrong.push(`its record is about the service ${record.service}`);
  }
  try {
    const { differences } = await replay(record);
    wrong.push(...differences.slice(0, mostDifferences).map(differenceWords));
    const more = differences.length - mostDifferences;
    if (more > 0) wrong.push(plural(more, 'more difference'));
  } catch (error) {
    wrong.push(`it cannot be gone through again: ${(error as Error).message}`);
  }
  return wrong;
}

function outside(folder: string, path: string): boolean {
  const way = relative(resolve(folder), path);
  return way.startsWith('..') || isAbsolute(way);
}

/** What does not hold of who began when, and of those that never began. */
function wrongOrder({ services, order, decision }: TrainRecord): string[] {
  const wrong: string[] = [];
  const again = orderOf(services);
  if (again === undefined) return ['its services need each other in a circle, or need one that there is not'];
  if (JSON.stringify(again) !== JSON.stringify(order))
    wrong.push('its order is not the one that follows from the needs');
  const decided = decidedOf(services);
  // Nothing was begun: no need was decided by any evidence.
  if (decision.reason === 'policy-error' && services.every(({ began }) => began === null)) return wrong;
  for (const service of services) {
    const { name, needs, began } = service;
    const barred = barredBy(service, decided);
    if (began === null) {
      const external = service.decision.decision === 'stop' && cutOff.has(service.decision.reason);
      if (barred === undefined ? !external : JSON.stringify(barred) !== JSON.stringify(service.decision)) {
        wrong.push(`${name}: it was never begun, but what it needs gives no such reason: ${shown(service.decision)}`);
      }
      continue;
    }
    if (barred !== undefined) wrong.push(`${name}: it was begun, although ${barred.sentence.replace(/^.*since /, '')}`);
    for (const need of needs) {
      const ended = services.find((other) => other.name === need)?.ended;
      if (ended && Date.parse(ended) > Date.parse(began)) wrong.push(`${name}: it was begun before ${need} had ended`);
    }
  }
  return wrong;
}

/** What may come before a service begins, and nobody can make again. */
const cutOff: ReadonlySet<string> = new Set(['cancelled', 'internal-error']);

function wrongVerdict({ services, decision, problems }: TrainRecord): string[] {
  if (decision.decision === 'stop' && (problems.length > 0 || decision.reason === 'internal-error')) return [];
  const again = verdictOf(services, decidedOf(services));
  return JSON.stringify(again) === JSON.stringify(decision)
    ? []
    : [`the train's verdict is ${shown(decision)}, but from its services follows ${shown(again)}`];
}

const decidedOf = (services: TrainRecord['services']): Map<string, ServiceDecision> =>
  new Map(services.map(({ name, decision }) => [name, decision]));

const shown = ({ decision, reason, sentence }: Pick<ServiceDecision, 'decision' | 'reason' | 'sentence'>): string =>
  plain(`${decision} (${reason}): ${sentence}`, 350);
