/** A flag in a definition file of GO Feature Flag (https://gofeatureflag.org/docs/configure_flag/create-flags), as far as it is read. */
import * as v from 'valibot';

const text = v.string();
const orNull = <S extends v.GenericSchema>(schema: S) => v.nullish(schema);

const step = v.looseObject({ variation: orNull(text), percentage: orNull(v.number()), date: orNull(text) });
export type Step = v.InferOutput<typeof step>;

export const ruleForm = v.looseObject({
  name: orNull(text),
  query: orNull(text),
  variation: orNull(text),
  percentage: orNull(v.record(text, v.number())),
  progressiveRollout: orNull(v.looseObject({ initial: orNull(step), end: orNull(step) })),
  disable: orNull(v.boolean()),
});
export type GoRule = v.InferOutput<typeof ruleForm>;

const experimentation = v.looseObject({ start: orNull(text), end: orNull(text) });

/** Of a flag, what a step of a schedule may change. */
const changeable = {
  variations: orNull(v.record(text, v.unknown())),
  targeting: orNull(v.array(ruleForm)),
  defaultRule: orNull(ruleForm),
  experimentation: orNull(experimentation),
  disable: orNull(v.boolean()),
};

const scheduledForm = v.looseObject({ ...changeable, date: orNull(text) });
export type Scheduled = v.InferOutput<typeof scheduledForm>;

export const flagForm = v.looseObject({
  ...changeable,
  variations: v.pipe(
    v.record(text, v.unknown()),
    v.check((x) => Object.keys(x).length > 0),
  ),
  defaultRule: ruleForm,
  bucketingKey: orNull(text),
  scheduledRollout: orNull(v.array(scheduledForm)),
});
export type GoFlag = v.InferOutput<typeof flagForm>;

const zoned = /(?:z|[+-]\d\d:?\d\d)$/i;

/** @returns milliseconds; undefined: it is no date. One without a zone is in UTC, as YAML has it */
export function instantOf(date: string | null | undefined): number | undefined {
  if (typeof date !== 'string') return undefined;
  const trimmed = date.trim();
  const [, day, time] = /^(\d{4}-\d\d-\d\d)(?:[Tt ]\s*(\d\d:\d\d:\d\d.*))?$/.exec(trimmed) ?? [];
  if (day === undefined) return undefined;
  const clock = time?.replace(/\s+/g, '') ?? '00:00:00Z';
  const at = Date.parse(`${day}T${zoned.test(clock) ? clock : `${clock}Z`}`);
  return Number.isNaN(at) ? undefined : at;
}
