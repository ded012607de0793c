/** The record of a train of several services: what each came to, by which record, and what follows for all of them. Pure. */
import * as v from 'valibot';
import { instant } from './evidence.js';
import { readable } from './json.js';
import { decisions, problem, reasons } from './record.js';
import { digestOf } from './seal.js';

const text = v.string();
const maybe = v.nullable(text);
const sha256 = v.pipe(text, v.regex(/^[0-9a-f]{64}$/));

/** Beside the reasons of a single service: one that it needs did not continue, so that it was never begun. */
export const trainReasons = [...reasons, 'needs-stopped', 'needs-held'] as const;
export type TrainReason = (typeof trainReasons)[number];

const reason = v.picklist(trainReasons);

export const serviceDecision = v.strictObject({
  decision: v.picklist(decisions),
  reason: v.pipe(
    reason,
    v.description(
      'as in its own record; needs-stopped and needs-held: a service that it needs stopped or holds, so that it was never begun and nothing of it was measured',
    ),
  ),
  gates: v.pipe(v.array(text), v.description('names of its gates that the reason is about')),
  sentence: text,
});
/** What became of one service. */
export type ServiceDecision = v.InferOutput<typeof serviceDecision>;

export const trainDecision = v.strictObject({
  decision: v.pipe(
    v.picklist(decisions),
    v.description(
      'continue: every service continued. hold: at least one holds, and none stopped. stop: everything else',
    ),
  ),
  reason: v.pipe(reason, v.description('the worst of those of the services')),
  services: v.pipe(v.array(text), v.description('names of the services that the reason is about')),
  sentence: text,
});
/** What all services come to together. */
export type TrainDecision = v.InferOutput<typeof trainDecision>;

export const trainRecordSchema = v.strictObject({
  signalbox: v.pipe(v.literal(1), v.description('version of this format')),
  kind: v.pipe(v.literal('train'), v.description('tells it from the record of a single service')),
  tool: v.strictObject({ name: text, version: text }),
  train: v.pipe(maybe, v.description('what people call it')),
  file: v.strictObject({
    path: text,
    sha256: v.pipe(text, v.description('of the train file as it was written, before substitution')),
  }),
  host: v.strictObject({
    kind: v.picklist(['github', 'azure', 'terminal']),
    repository: maybe,
    ref: maybe,
    sha: v.pipe(maybe, v.description('commit of the run; each service has its own in its record')),
    actor: maybe,
    run: maybe,
  }),
  began: instant,
  ended: instant,
  order: v.pipe(
    v.array(v.array(text)),
    v.description('the services by how far back they stand: each entry needs only services of entries before it'),
  ),
  services: v.pipe(
    v.array(
      v.strictObject({
        name: text,
        policy: v.pipe(text, v.description('path of its policy')),
        needs: v.pipe(v.array(text), v.description('services that must have continued before it begins')),
        began: v.pipe(v.nullable(instant), v.description('null: it was never begun')),
        ended: v.nullable(instant),
        carried: v.optional(
          v.pipe(
            v.literal(true),
            v.description('it continued in an earlier job of this train, and was not judged again'),
          ),
        ),
        decision: serviceDecision,
        record: v.pipe(
          v.nullable(
            v.strictObject({
              file: v.pipe(text, v.description("path of its decision record, from this record's folder")),
              sha256: v.pipe(sha256, v.description('of that file')),
            }),
          ),
          v.description('null: it has none, since it was never begun, or since its record was lost'),
        ),
      }),
    ),
    v.description('in the order of the train file'),
  ),
  decision: trainDecision,
  problems: v.pipe(v.array(problem), v.description('why nothing was begun')),
  digest: v.optional(
    v.pipe(
      sha256,
      v.description(
        'SHA-256 of the record without `digest`, as JSON without white space, keys in the order in which they stand here',
      ),
    ),
  ),
});
export type TrainRecord = v.InferOutput<typeof trainRecordSchema>;
export type TrainService = TrainRecord['services'][number];

/** Whether JSON that was read claims to be one; what it holds is another question. */
export const isTrainRecord = (data: unknown): boolean =>
  typeof data === 'object' && data !== null && (data as { kind?: unknown }).kind === 'train';

/** The one form in which it is written. */
export const trainRecordJson = (record: TrainRecord): string => readable(record);

export const sealedTrain = (record: TrainRecord): TrainRecord => {
  const { digest: _, ...rest } = record;
  return { ...rest, digest: digestOf(rest) };
};

/** @param text of the file. @returns why it is not as Signalbox wrote it; undefined: it is, byte for byte */
export function brokenTrainSeal(text: string, record: TrainRecord): string | undefined {
  const { digest } = record;
  if (digest === undefined) return 'it has no `digest`, so nothing tells whether it was changed';
  const found = digestOf(record);
  if (digest !== found)
    return `it was changed after it was written: its digest is ${digest}, what it says has ${found}`;
  if (trainRecordJson(record) !== text.replace(/\r\n/g, '\n')) {
    return 'it is not in the form in which it was written, though it says the same: use the file as it was';
  }
  return undefined;
}
