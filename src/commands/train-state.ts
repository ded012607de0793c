/**
 * What a train keeps between jobs, when one of its services parks, is cancelled or is killed: the records of those that have continued, so
 * that they are not judged once more while others go on. Each unfinished service keeps its own state beside them.
 */

import { copyFile, mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Host } from '../host/host.js';
import type { Policy } from '../policy/schema.js';
import type { DecisionRecord } from '../record/record.js';
import { html } from '../report/html/page.js';
import { replay } from '../train/replay.js';
import { orderOf } from '../train/services.js';
import type { ServiceReady, TrainReady } from './train-load.js';
import { type Kept, type Ran, soundRecord } from './train-service.js';

export interface KeepingOptions {
  /** Masks what the records mask too. */
  readonly redact: <T>(data: T) => T;
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly host: Pick<Host, 'annotate'>;
}

export interface Keeping {
  /**
   * The services that continued in an earlier job of this same train: same policy, same release, young enough, and proven once more from
   * their records, which now stand with those of this job. What does not hold in all of this is judged anew.
   */
  carriedOver(): Promise<ReadonlyMap<string, Ran>>;
  /** Keeps the record of a service that has just continued. Where it cannot be kept, a later job judges the service anew. */
  carry(service: ServiceReady): Promise<void>;
  /** The train is over: another one begins with nothing. */
  forget(): Promise<void>;
}

/** Without the input `state` nothing is kept. */
export function openKeeping(
  { state, services }: Pick<TrainReady, 'state' | 'services'>,
  options: KeepingOptions,
): Keeping {
  if (state === undefined) return { carriedOver: async () => new Map(), carry: async () => {}, forget: async () => {} };
  const fileOf = (name: string): string => join(state, `${name}.record.json`);
  const attempt = async (what: string, act: () => Promise<void>): Promise<boolean> => {
    try {
      await act();
      return true;
    } catch (error) {
      const message = `${what}: ${(error as Error).message}`;
      options.host.annotate({ level: 'warning', title: 'Signalbox', message });
      return false;
    }
  };
  return {
    async carriedOver() {
      const carried = new Map<string, Ran>();
      for (const { config, inputs, kept } of await soundOnes(services, fileOf, options)) {
        const { record } = kept;
        const taken = await attempt(`${config.name} is judged anew, its record could not be carried over`, async () => {
          await put(fileOf(config.name), inputs.record ?? '');
          await writeFile(inputs.report ?? '', await html(record, options.redact));
        });
        // Those that need it are judged anew as well.
        if (!taken) break;
        const end = { result: 'success', exitCode: 0 } as const;
        const times = { began: Date.parse(record.began), ended: Date.parse(record.ended) };
        carried.set(config.name, { ...times, decision: record.decision, kept, end, carried: true });
      }
      return carried;
    },
    async carry({ config, inputs }) {
      await attempt(`${config.name} is not kept for a later job`, () => put(inputs.record ?? '', fileOf(config.name)));
    },
    async forget() {
      for (const { config } of services) {
        await attempt(`the record of ${config.name} is still kept`, () => rm(fileOf(config.name), { force: true }));
      }
    },
  };
}

async function put(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true });
  await copyFile(from, to);
}

type Sound = ServiceReady & { readonly kept: Kept };

/** In an order in which each comes after all that it needs. */
async function soundOnes(
  services: readonly ServiceReady[],
  fileOf: (name: string) => string,
  { redact, now }: KeepingOptions,
): Promise<Sound[]> {
  // No service's word can be older than the train, which takes no longer than all deadlines one after the other.
  const oldest = now - services.reduce((sum, { policy }) => sum + (policy ? longestOf(policy) : 0), 0);
  const sound: Sound[] = [];
  for (const name of (orderOf(services.map(({ config }) => config)) ?? []).flat()) {
    const service = services.find(({ config }) => config.name === name);
    if (!service?.policy || !service.config.needs.every((need) => sound.some(({ config }) => config.name === need)))
      continue;
    const kept = await soundRecord(fileOf(name));
    if ('lost' in kept) continue;
    const { record } = kept;
    const same =
      record.service === name &&
      record.observe === service.observe &&
      JSON.stringify(record.policy.effective) === JSON.stringify(redact(service.policy));
    const ended = Date.parse(record.ended);
    if (same && ended >= oldest && ended <= now && (await goes(record))) sound.push({ ...service, kept });
  }
  return sound;
}

const longestOf = ({ evaluation, stages = [] }: Policy): number =>
  stages.reduce((sum, { deadline }) => sum + deadline, evaluation.deadline);

/** An override may have ended since. */
const lasting: ReadonlySet<string> = new Set(['healthy', 'observed']);

async function goes(record: DecisionRecord): Promise<boolean> {
  const { decision, reason } = record.decision;
  if (decision !== 'continue' || !lasting.has(reason)) return false;
  try {
    return (await replay(record)).differences.length === 0;
  } catch {
    return false;
  }
}
