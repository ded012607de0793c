/** The file of waivers: what it looks like, for reading it and as a JSON Schema for editors. */
import * as v from 'valibot';
import { dayOf } from '../../../policy/days.js';
import { described, filled } from '../../../policy/fields.js';
import { alternatives } from './globs.js';
import { parsePurl } from './purl.js';

/** Said in full: what it named by a pattern would be more than anybody had looked at. */
const exact = (what: string) =>
  v.pipe(
    filled,
    v.check((text) => !/[*?]/.test(text), `${what}, without wildcards`),
  );

const packageUrl = v.pipe(
  filled,
  v.check((text) => {
    const purl = parsePurl(text);
    return purl !== undefined && !/[*<>=^~|,\s]/.test(purl.name + (purl.version ?? ''));
  }, 'a package URL with one version or none, such as `pkg:npm/lodash@4.17.20`'),
);

const path = v.pipe(
  filled,
  v.maxLength(300, 'a path of at most 300 characters'),
  v.check(
    (text) => !text.includes('\\') && !text.startsWith('!') && alternatives(text) !== undefined,
    'a path with `/` from the root of the repository, such as `src/legacy/**`',
  ),
);

const day = v.pipe(
  v.string(),
  v.check((text) => dayOf(text) !== undefined, 'a day such as 2026-12-31'),
);

const finding = v.strictObject({
  vulnerability: described(
    v.optional(exact('the name of one vulnerability')),
    'Name of the vulnerability, such as `CVE-2021-23337`, or another name of the same one. Needs `package` or `path`.',
  ),
  rule: described(
    v.optional(exact('the name of one rule')),
    "The scanner's rule, such as `js/sql-injection`. Needs `path` or `package`.",
  ),
  package: described(
    v.optional(packageUrl),
    'Package URL of what is vulnerable. Without a version it means all versions.',
  ),
  path: described(
    v.optional(path),
    'Where it was found, from the root of the repository: `*` within a name, `**` over folders, `{a,b}` for either.',
  ),
  tool: described(v.optional(filled), 'The scanner, for one of several that know the same rule.'),
  fingerprint: described(
    v.optional(
      v.pipe(filled, v.regex(/^[0-9a-fA-F]{12,64}$/, 'the identity of a finding, at least its first 12 digits')),
    ),
    'Identity of one finding, as the report and `signalbox security explain` print it; the first 12 digits are enough. In quotes, or YAML may take it for a number.',
  ),
});

/** Worst first. */
const worst = v.picklist(['critical', 'high', 'medium', 'low']);

/** What a waiver must say to have an effect. */
interface Says {
  readonly reason: v.GenericSchema<unknown, unknown>;
  readonly owner: v.GenericSchema<unknown, unknown>;
  readonly expires: v.GenericSchema<unknown, unknown>;
}

const fileOf = <S extends Says>({ reason, owner, expires }: S) =>
  v.strictObject({
    version: described(v.literal(1), 'Version of this format.'),
    waivers: described(
      v.array(
        v.strictObject({
          id: described(filled, 'What it is called in the report; unique in the file.'),
          finding: described(
            finding,
            'What it covers: all that stands here must fit. A name (`vulnerability` or `rule`) with a place (`package` or `path`), or a `fingerprint`.',
          ),
          reason: described(reason as S['reason'], 'Why the finding may stay, in words for whoever reads the report.'),
          owner: described(owner as S['owner'], 'Who answers for it: a team or a person.'),
          expires: described(expires as S['expires'], 'The last day on which it holds; it ends with that day in UTC.'),
          created: described(
            v.optional(day),
            'The day on which it was written; from then its longest time counts. Default: today, on every day anew.',
          ),
          'up-to': described(
            v.optional(worst),
            'The worst severity that it covers. What is of unknown severity counts as critical here. Default: all.',
          ),
        }),
      ),
      'Findings that are accepted for a time.',
    ),
  });

/** What a file should be: the JSON Schema for editors is made from it. */
export const waiversSchema = fileOf({ reason: filled, owner: filled, expires: day });

const loose = v.nullish(v.string());

/** What a file may be: a waiver without an owner, a reason or an expiry has no effect, and the report says so. */
export const readableSchema = fileOf({ reason: loose, owner: loose, expires: loose });

export type WrittenWaiver = v.InferOutput<typeof readableSchema>['waivers'][number];
export type Named = WrittenWaiver['finding'];
