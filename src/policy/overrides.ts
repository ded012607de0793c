/** The file of overrides: what somebody answers for, for a time, with their name and their reason. Reviewed like code. Pure. */
import * as v from 'valibot';
import type { Problem } from '../record/record.js';
import { lifts, type Override } from '../record/standing.js';
import { dayOf, endOf } from './days.js';
import { readDocument } from './document.js';
import { described, filled } from './fields.js';
import { describe, type Finding } from './problems.js';
import { keysAt } from './walk.js';

const zoned = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2})?(?:Z|[+-]\d{2}:\d{2})$/;

/** @returns the first instant at which an override that ends so no longer holds; undefined: it is no end */
function endOfOverride(text: string): number | undefined {
  const day = dayOf(text);
  if (day !== undefined) return endOf(day);
  if (!zoned.test(text) || dayOf(text.slice(0, 10)) === undefined) return undefined;
  const at = Date.parse(text);
  return Number.isNaN(at) ? undefined : at;
}

const entry = v.pipe(
  v.strictObject({
    lifts: described(
      v.picklist(lifts),
      'What it lifts: an `open-stop` that lasts, a `freeze`, or the `verdict` of the gates. The verdict stays `stop` in the record and in every report.',
    ),
    service: described(v.optional(filled), 'For this service alone. Default: all of the environment.'),
    environment: described(filled, 'For trains to this environment.'),
    commit: described(
      v.optional(v.pipe(filled, v.regex(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/i, 'a commit id in full'))),
      'For the release of this commit alone, in full. Required for `verdict`. In quotes, or YAML may take it for a number.',
    ),
    by: described(filled, 'Who answers for it: a person.'),
    reason: described(filled, 'Why, in words for whoever reads the report.'),
    expires: described(
      v.pipe(
        v.string(),
        v.trim(),
        v.check(
          (text) => endOfOverride(text) !== undefined,
          'a day such as 2026-12-31, or an instant such as 2026-12-31T18:00Z',
        ),
      ),
      'The last day on which it holds, to its end in UTC; or an instant. At most 30 days ahead.',
    ),
  }),
  v.check(({ lifts: what, commit }) => what !== 'verdict' || commit !== undefined, '`commit` beside `lifts: verdict`'),
);

export const overridesSchema = v.strictObject({
  version: described(v.literal(1), 'Version of this format.'),
  overrides: described(v.array(entry), 'What is lifted for a time.'),
});

/** What is wrong in a file, said at most so often. */
const mostProblems = 20;

/** @param file shown in problems. @returns all that stand in it, whether they hold or not; none where something is wrong */
export function parseOverrides(
  text: string,
  file: string,
): { readonly overrides: readonly Override[]; readonly problems: readonly Problem[] } {
  const none = (problems: readonly Problem[]) => ({ overrides: [], problems: problems.slice(0, mostProblems) });
  const document = readDocument(text, file, 'a file of overrides, a map that begins with `version: 1`');
  if (document.problems.length > 0) return none(document.problems);
  const data = document.toData();
  const parsed = v.safeParse(overridesSchema, data);
  if (!parsed.success) {
    const known = (path: Finding['path']) => keysAt(overridesSchema, data, path);
    return none(describe(parsed.issues, known, () => false).map((finding) => document.locate(finding)));
  }
  const overrides = parsed.output.overrides.map(
    ({ lifts: what, by, reason, expires, service, environment, commit }, index) => {
      const { line } = document.locate({ path: ['overrides', index], at: 'value', message: '' });
      return {
        lifts: what,
        by,
        reason,
        expires,
        ...(service === undefined ? {} : { service }),
        environment,
        ...(commit === undefined ? {} : { commit: commit.toLowerCase() }),
        until: new Date(endOfOverride(expires) ?? Number.NaN).toISOString(),
        place: line === undefined ? file : `${file}:${line}`,
      };
    },
  );
  return { overrides, problems: [] };
}
