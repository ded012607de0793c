/** What stood when a train began: open stops, freezes and overrides, and what came in since the last good release. */
import * as v from 'valibot';

const text = v.string();
const maybe = v.nullable(text);
const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const instant = v.pipe(v.string(), v.isoTimestamp(), v.description('ISO 8601, UTC'));
const sha256 = v.pipe(text, v.regex(/^[0-9a-f]{64}$/));

export const lifts = ['open-stop', 'freeze', 'verdict'] as const;

const overrideFields = {
  lifts: v.picklist(lifts),
  by: text,
  reason: text,
  expires: v.pipe(text, v.description('as it is written')),
};

export const usedOverride = v.strictObject(overrideFields);
/** An override as the ledger remembers it. */
export type UsedOverride = v.InferOutput<typeof usedOverride>;

export const override = v.strictObject({
  ...overrideFields,
  service: v.optional(text),
  environment: text,
  commit: v.optional(text),
  until: v.pipe(instant, v.description('the first instant at which it no longer holds')),
  place: v.optional(v.pipe(text, v.description('where it is written: file and line'))),
});
/** An entry of the file of overrides. */
export type Override = v.InferOutput<typeof override>;

const flagChanged = v.strictObject({
  source: text,
  flag: text,
  at: instant,
  scope: v.pipe(text, v.description('what changed then: this environment, the flag anywhere, the whole file')),
});
export type FlagChanged = v.InferOutput<typeof flagChanged>;

const commits = v.variant('known', [
  v.strictObject({ known: v.literal(false), why: v.pipe(text, v.description('and what to do about it')) }),
  v.strictObject({
    known: v.literal(true),
    total: count,
    missing: v.pipe(count, v.description('commits of the last good release that this one does not have')),
    list: v.pipe(
      v.array(v.strictObject({ sha: text, author: text, subject: text })),
      v.description('the newest first, at most 100'),
    ),
  }),
]);
export type Commits = v.InferOutput<typeof commits>;

export const standing = v.strictObject({
  at: v.pipe(instant, v.description('when it was looked at: before anything was measured or moved')),
  ledger: v.optional(
    v.strictObject({
      file: text,
      entries: count,
      head: v.pipe(
        v.nullable(sha256),
        v.description(
          'the hash of its last entry: an older ledger put in its place does not have it; null: it had none',
        ),
      ),
      first: v.pipe(v.boolean(), v.description('there was no ledger: this run was taken for the first')),
      torn: v.optional(v.pipe(v.literal(true), v.description('its last line was cut off, and left out'))),
    }),
  ),
  stops: v.pipe(
    v.array(
      v.strictObject({
        at: instant,
        service: maybe,
        sha: maybe,
        version: maybe,
        reason: text,
        sentence: text,
        run: maybe,
        record: v.pipe(v.nullable(sha256), v.description('SHA-256 of its decision record')),
      }),
    ),
    v.description('stops of this service and environment since its last train that went; the oldest first'),
  ),
  fixes: v.optional(v.pipe(text, v.description('what this train declared to fix'))),
  freezes: v.pipe(
    v.array(
      v.strictObject({
        name: text,
        zone: text,
        from: instant,
        until: instant,
        local: v.pipe(text, v.description('`until` as the clocks of the zone show it')),
        fixes: v.pipe(v.boolean(), v.description('a declared fix may pass')),
      }),
    ),
    v.description('that held then, for this environment'),
  ),
  overrides: v.pipe(v.array(override), v.description('that were in effect then, for this release')),
  used: v.pipe(v.array(override), v.description('those of them without which the train would have stopped')),
  recent: v.pipe(
    v.array(
      v.strictObject({
        ...overrideFields,
        at: instant,
        service: maybe,
        version: maybe,
        sha: maybe,
        run: maybe,
        actor: maybe,
      }),
    ),
    v.description(
      'overrides that trains to this environment used in the last 30 days, this one left out; the newest first',
    ),
  ),
  remarks: v.pipe(v.array(text), v.description('what is to be put in order')),
  since: v.optional(
    v.pipe(
      v.strictObject({
        sha: maybe,
        version: maybe,
        at: instant,
        run: maybe,
        commits,
        flags: v.pipe(v.array(flagChanged), v.description('of those that were asked for, those that changed since')),
      }),
      v.description('the last release whose gates let it go, and what came in since; absent: the ledger has none'),
    ),
  ),
});
export type Standing = v.InferOutput<typeof standing>;
