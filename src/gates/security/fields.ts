/** What a policy can say of the results of scanners. */
import * as v from 'valibot';
import { described, duration, filled, oneOrMore, percentage, whole } from '../../policy/fields.js';
import { categories } from '../../record/scans.js';
import { ruleActions, severityMeasures, type Triage } from '../../sources/security/question.js';

/** Worst first. */
export const ranked = ['critical', 'high', 'medium', 'low'] as const;

const severity = v.picklist(ranked);
const files = oneOrMore(filled);

const required = v.union([
  filled,
  v.strictObject({
    tool: described(filled, 'Name of the tool.'),
    rules: described(v.optional(whole(1)), 'It must bring at least so many rules.'),
  }),
  v.strictObject({ category: described(v.picklist(categories), 'Any tool that looks for this.') }),
]);

const tolerated = v.strictObject({
  tool: described(filled, 'Tool whose failure is tolerated.'),
  notification: described(
    v.optional(filled),
    'Id of the notification by which it says that it failed. Without it only failures that name none are tolerated.',
  ),
  reason: described(filled, 'Why its results are complete enough all the same.'),
  until: described(
    v.pipe(
      v.string(),
      v.regex(/^\d{4}-\d{2}-\d{2}$/, 'a day such as 2026-12-31'),
      v.isoDate('a day such as 2026-12-31'),
    ),
    'Last day (UTC) of the tolerance.',
  ),
});

const criteria = ['tools', 'rules', 'paths', 'cwes', 'packages', 'up-to'] as const;

const rule = v.pipe(
  v.strictObject({
    name: described(v.optional(filled), 'What the report calls it. Default: its position.'),
    tools: described(v.optional(oneOrMore(filled)), 'Names of tools.'),
    rules: described(v.optional(oneOrMore(filled)), 'Ids of rules or vulnerabilities, or globs of them.'),
    paths: described(v.optional(oneOrMore(filled)), 'Globs of the files that results are in.'),
    cwes: described(
      v.optional(oneOrMore(v.pipe(v.string(), v.regex(/^CWE-[1-9]\d*$/i, 'a weakness such as CWE-79')))),
      'Weaknesses such as `CWE-79`.',
    ),
    packages: described(
      v.optional(oneOrMore(v.pipe(v.string(), v.startsWith('pkg:', 'a package URL such as pkg:npm/lodash')))),
      'Package URLs; without a version all versions are meant.',
    ),
    'up-to': described(v.optional(severity), 'Only results of this severity or less.'),
    do: described(
      v.picklist(ruleActions),
      '`ignore` them, only `warn` of them, or `count` them, as another severity where `as` says so. The first rule that fits holds.',
    ),
    as: described(v.optional(severity), 'With `count`: the severity that they count as.'),
  }),
  v.check(
    (r) => criteria.some((key) => r[key] !== undefined),
    `at least one of ${criteria.map((key) => `\`${key}\``).join(', ')}`,
  ),
  v.check((r) => r.as === undefined || r.do === 'count', '`do: count` beside `as`'),
);

const bySeverity = <S extends v.GenericSchema>(item: S) =>
  v.strictObject({
    critical: v.optional(item),
    high: v.optional(item),
    medium: v.optional(item),
    low: v.optional(item),
  });

const day = 86_400_000;

const product = v.pipe(
  v.string(),
  v.regex(
    /^(?:pkg:[a-z0-9.+-]+\/\S+|sha(?:256|384|512):[0-9a-f]{64,128})$/i,
    'a package URL such as pkg:oci/cart, or a digest such as sha256:…',
  ),
);

const commitId = v.pipe(v.string(), v.regex(/^[0-9a-f]{7,64}$/i, 'a commit id of at least 7 hexadecimal digits'));

export const fields = v.strictObject({
  block: described(v.optional(severity, 'high'), 'Findings of this severity or worse stop the train.'),
  warn: described(
    v.optional(severity),
    'Findings of this severity or worse that do not stop the train are told as warnings.',
  ),
  most: described(
    v.optional(v.strictObject({ ...bySeverity(whole(0)).entries, total: v.optional(whole(0)) })),
    'How many findings of a severity are allowed. Default: none of `block` or worse, any number below; `total` is of all severities together.',
  ),
  'severity-from': described(
    v.optional(v.picklist(severityMeasures), 'score'),
    'Which measure holds where a result has both: the `score` (`security-severity`, CVSS), the `level` (error, warning, note), or the `strictest` of them. Where they are two steps apart the worse one holds in any case, and the report says so.',
  ),
  'unknown-severity': described(
    v.optional(severity, 'high'),
    'What a finding counts as when its severity cannot be told.',
  ),
  require: described(
    v.optional(oneOrMore(required)),
    'What must have run: names of tools as they stand in their results (upper or lower case), `{ tool, rules }` with the least number of rules, or `{ category }` for any tool that looks for `sast`, `sca`, `secrets`, `iac`, `container` or `dast`. A missing scanner is not a clean one.',
  ),
  categories: described(
    v.optional(v.record(filled, oneOrMore(v.picklist(categories)))),
    'What tools look for, by name, where Signalbox does not know it.',
  ),
  commit: described(
    v.optional(commitId),
    'The commit that must have been scanned, mostly `"${release.sha}"`; its first 7 digits or more suffice. Scans that name another one are no evidence.',
  ),
  'commit-required': described(
    v.optional(v.boolean(), false),
    'Whether scans that name no commit are no evidence either. Most scanners name none.',
  ),
  image: described(
    v.optional(filled),
    'The digest (`sha256:…`) or the name of the container image that is released. Scans that name another image are no evidence.',
  ),
  'max-age': described(
    v.optional(duration),
    'How long ago the scans may have ended. Scans that do not say when they ended are no evidence then.',
  ),
  'database-max-age': described(
    v.optional(duration),
    'How old the vulnerability data of scans of packages and images may be. Scans that do not say it are no evidence then; most formats do not.',
  ),
  'execution-required': described(
    v.optional(v.boolean(), false),
    'Whether scans that do not say that they ran to their end are no evidence. Most scanners do not say it.',
  ),
  tolerate: described(
    v.optional(v.array(tolerated), []),
    'Scanners that report a failure and may be believed all the same, until a day.',
  ),
  review: described(
    v.optional(v.picklist(['block', 'warn', 'ignore']), 'warn'),
    'What results do that ask a person to look (kind `open` or `review`): `block` the train, be told in the reason (`warn`), or be `ignore`d.',
  ),
  baseline: described(
    v.optional(v.union([v.literal('scanner'), files, v.strictObject({ ref: filled })])),
    'Only what is new counts: since the results in files of the same format (paths or globs), since the analyses of `{ ref: main }`, or by the word of the `scanner` itself (`baselineState`).',
  ),
  'fixable-only': described(
    v.optional(v.boolean(), false),
    'Findings for which the scan says that there is no fix yet are put off. Where it says nothing they count.',
  ),
  'fix-within': described(
    v.optional(bySeverity(duration), {}),
    'How long after it was first seen a finding of a severity is put off, such as `{ critical: 2d, high: 30d }`. Where the scan does not say since when, it counts.',
  ),
  exploited: described(
    v.optional(
      v.strictObject({
        kev: described(v.optional(filled), "File with CISA's catalog of known exploited vulnerabilities, JSON or CSV."),
        epss: described(v.optional(filled), 'File with EPSS scores, CSV, also gzipped.'),
        'epss-at-least': described(
          v.optional(
            percentage((x) => x > 0 && x <= 1, 'a percentage such as `10%`'),
            '10%',
          ),
          'From this probability on a vulnerability counts as exploited.',
        ),
      }),
      {},
    ),
    'What is exploited counts as critical, and is neither put off nor passed over by `baseline`.',
  ),
  rules: described(v.optional(v.array(rule), []), 'What holds for single tools, rules, paths, weaknesses or packages.'),
  suppressions: described(
    v.optional(
      v.strictObject({
        allow: described(
          v.optional(v.array(v.picklist(['in-source', 'external'])), ['in-source', 'external']),
          'Which suppressions hold: comments in the code, and those made outside it (a platform, a file of the scanner). An empty list: none.',
        ),
        'up-to': described(v.optional(severity, 'high'), 'The worst severity that can be suppressed.'),
        'reason-required': described(v.optional(v.boolean(), false), 'Whether they need a reason.'),
        by: described(v.optional(oneOrMore(filled)), 'Who may suppress, by the account on the platform. Default: all.'),
      }),
      {},
    ),
    'When the word of a scanner or its platform is enough for a finding not to count.',
  ),
  waivers: described(
    v.optional(
      v.union([
        files,
        v.strictObject({
          files: described(files, 'Paths or globs of the files.'),
          longest: described(v.optional(duration, '180d'), 'How long a waiver may last.'),
          'remind-before': described(v.optional(duration, '14d'), 'How long before its end it is told of.'),
        }),
      ]),
    ),
    'Files of waivers: findings that are accepted for a time, with an owner and a reason.',
  ),
  vex: described(
    v.optional(
      v.strictObject({
        files: described(files, 'Paths or globs of OpenVEX or CycloneDX documents.'),
        products: described(oneOrMore(product), 'Package URLs or digests of what is released; names of one thing.'),
      }),
    ),
    'Documents that say which vulnerabilities do not affect the product.',
  ),
  owners: described(
    v.optional(filled),
    'A CODEOWNERS file, for the names in the report. Default: where the platforms look for one.',
  ),
});

export const schema = v.pipe(
  fields,
  v.check((g) => !g['commit-required'] || g.commit !== undefined, '`commit` beside `commit-required`'),
);

export type Config = v.InferOutput<typeof fields>;

/** The part of the policy that results are sorted by. */
export function triageOf(config: Config): Triage {
  const { baseline, waivers, vex, owners, exploited, rules } = config;
  const { by, ...suppressions } = config.suppressions;
  const { kev, epss } = exploited;
  return {
    'severity-from': config['severity-from'],
    'unknown-severity': config['unknown-severity'],
    rules: rules.map(({ name, ...one }, i) => ({ name: name ?? `rule ${i + 1}`, ...defined(one) })),
    ...(baseline === undefined ? {} : { baseline: sinceOf(baseline) }),
    'fixable-only': config['fixable-only'],
    'fix-within': defined(config['fix-within']),
    exploited: {
      ...(kev === undefined ? {} : { kev }),
      ...(epss === undefined ? {} : { epss }),
      'epss-at-least': exploited['epss-at-least'],
    },
    suppressions: { ...suppressions, ...(by && { by }) },
    ...(waivers === undefined
      ? {}
      : {
          waivers: Array.isArray(waivers) ? { files: waivers, longest: 180 * day, 'remind-before': 14 * day } : waivers,
        }),
    ...(vex && { vex }),
    ...(owners === undefined ? {} : { owners }),
  };
}

const sinceOf = (baseline: NonNullable<Config['baseline']>): NonNullable<Triage['baseline']> =>
  baseline === 'scanner' ? {} : Array.isArray(baseline) ? { files: baseline } : baseline;

/** Without the keys that are there and hold nothing. */
const defined = <T extends object>(from: T): { [K in keyof T]: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(from).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
