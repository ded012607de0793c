import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { Severity } from '../../../../src/record/scans.js';
import type { Result } from '../../../../src/sources/security/result.js';
import { parseWaivers, type WaiverOptions } from '../../../../src/sources/security/triage/waivers.js';
import { day, now, result } from '../support.js';

const root = resolve(import.meta.dirname, '../../../..');
const limits: WaiverOptions = { now, longest: 180 * day, 'remind-before': 14 * day };
const identity = '3f2a9c41d07b55e1a0c4b7d8e9f01234';

const waiver = (change: object = {}) => ({
  id: 'lodash',
  finding: { vulnerability: 'CVE-2021-23337', package: 'pkg:npm/lodash' },
  reason: 'Never called.',
  owner: 'team-checkout',
  expires: '2026-12-31',
  ...change,
});
// JSON is YAML.
const open = (waivers: unknown, options: Partial<WaiverOptions> = {}) =>
  parseWaivers(JSON.stringify({ version: 1, waivers }), 'waivers.yml', { ...limits, ...options });

const vulnerable = (change: Partial<Result> = {}): Result =>
  result({
    rule: 'CVE-2021-23337',
    ids: ['CVE-2021-23337', 'GHSA-35JH-R3H4-6JHM'],
    purl: 'pkg:npm/lodash@4.17.20',
    file: 'package-lock.json',
    identity,
    ...change,
  });
const subject = (one: Result, severity: Severity = 'high', tool = 'Trivy') => ({ tool, result: one, severity });

/** The id of the waiver that covers it, `expired`, or undefined. */
function covered(finding: object, one: Result = vulnerable(), tool = 'Trivy'): boolean {
  const { waivers, problems } = open([waiver({ finding })]);
  expect(problems).toEqual([]);
  return waivers.excuse(subject(one, 'high', tool)) !== undefined;
}

describe('a waiver', () => {
  it('covers what it names, and says who, why and until when', () => {
    const { waivers, problems } = open([waiver({ reason: 'Never called.\n::error::x' })]);
    expect(problems).toEqual([]);
    expect(waivers.excuse(subject(vulnerable()))).toEqual({
      reason: 'WAIVER',
      told: 'lodash (team-checkout, until 2026-12-31): Never called. ::error::x',
    });
    expect(waivers.excuse(subject(vulnerable({ purl: 'pkg:npm/express@4.0.0' })))).toBeUndefined();
    expect(waivers.remarks()).toEqual([]);
  });

  const vulnerability = 'CVE-2021-23337';
  const other = 'pkg:npm/lodash@4.17.21';
  it.each([
    [{ vulnerability, package: 'pkg:npm/lodash@4.17.20' }, {}, true],
    [{ vulnerability, package: other }, {}, false],
    [{ vulnerability, package: 'pkg:npm/lodash' }, { purl: other }, true],
    [{ vulnerability, package: 'pkg:npm/lodash' }, { purl: undefined }, false],
    [{ vulnerability, package: 'pkg:pypi/lodash' }, {}, false],
    [{ vulnerability: 'ghsa-35jh-r3h4-6jhm', package: 'pkg:npm/lodash' }, {}, true],
    [{ vulnerability: 'CVE-2021-2333', package: 'pkg:npm/lodash' }, {}, false],
    [{ vulnerability, package: 'pkg:npm/lodash' }, { ids: [] }, true],
    [{ vulnerability, path: 'package-lock.json' }, {}, true],
    [{ vulnerability, path: 'package-lock.json' }, { file: 'web/package-lock.json' }, false],
    [{ vulnerability, path: '**/package-lock.json' }, { file: 'web/package-lock.json' }, true],
    [{ vulnerability, path: '**/package-lock.json' }, { file: undefined }, false],
    [{ rule: 'cve-2021-23337', path: 'package-lock.json' }, {}, true],
    [{ rule: 'CVE-2021-2333', path: 'package-lock.json' }, {}, false],
    [{ rule: vulnerability, package: 'pkg:npm/lodash' }, {}, true],
    [{ rule: vulnerability, path: 'package-lock.json', tool: 'trivy' }, {}, true],
    [{ rule: vulnerability, path: 'package-lock.json', tool: 'Grype' }, {}, false],
    [{ rule: vulnerability, path: 'src/**' }, {}, false],
    [{ rule: vulnerability, path: 'src/legacy/**' }, { file: 'src/legacy/../shop/a.ts' }, false],
    [{ fingerprint: identity }, {}, true],
    [{ fingerprint: identity.slice(0, 12).toUpperCase() }, {}, true],
    [{ fingerprint: `${identity.slice(0, 12)}f` }, {}, false],
    [{ fingerprint: `${identity}0` }, {}, false],
    [{ fingerprint: identity, rule: vulnerability }, {}, true],
    [{ fingerprint: identity, rule: 'js/eval' }, {}, false],
    [{ fingerprint: identity, path: '**' }, { file: undefined }, false],
  ])('for %j of %j: %s', (finding, change, expected) =>
    expect(covered(finding, vulnerable(change as Partial<Result>))).toBe(expected),
  );

  it.each([
    [undefined, 'unknown', true],
    ['critical', 'critical', true],
    ['critical', 'unknown', true],
    ['high', 'critical', false],
    ['high', 'unknown', false],
    ['high', 'high', true],
    ['high', 'low', true],
  ] as const)('up to %s for %s: %s', (upTo, severity, expected) => {
    const { waivers } = open([waiver(upTo === undefined ? {} : { 'up-to': upTo })]);
    expect(waivers.excuse(subject(vulnerable(), severity)) !== undefined).toBe(expected);
    expect(waivers.remarks().map(({ code }) => code)).toEqual(expected ? [] : ['WAIVER_TOO_SEVERE']);
  });
});

describe('a waiver without effect', () => {
  const codes = (change: object, options: Partial<WaiverOptions> = {}) => {
    const { waivers, problems } = open([waiver(change)], options);
    expect(problems).toEqual([]);
    expect(waivers.excuse(subject(vulnerable()))).toBeUndefined();
    return waivers.remarks();
  };

  it.each([
    [{ owner: undefined }, 'WAIVER_WITHOUT_OWNER', 'names no owner'],
    [{ owner: null }, 'WAIVER_WITHOUT_OWNER', 'names no owner'],
    [{ owner: ' \n\u0000 ' }, 'WAIVER_WITHOUT_OWNER', 'names no owner'],
    [{ reason: undefined }, 'WAIVER_WITHOUT_REASON', 'gives no reason'],
    [{ reason: '' }, 'WAIVER_WITHOUT_REASON', 'gives no reason'],
    [{ expires: undefined }, 'WAIVER_WITHOUT_EXPIRY', 'has no expiry'],
    [{ expires: 'never' }, 'WAIVER_WITHOUT_EXPIRY', 'has the expiry `never`, which is no day'],
    [{ expires: '2026-02-30' }, 'WAIVER_WITHOUT_EXPIRY', 'has the expiry `2026-02-30`, which is no day'],
    [{ expires: '31.12.2026' }, 'WAIVER_WITHOUT_EXPIRY', 'has the expiry `31.12.2026`, which is no day'],
    [{ expires: '9999-12-31' }, 'WAIVER_TOO_LONG', 'lasts longer than 180d'],
    [{ expires: '2027-05-23' }, 'WAIVER_TOO_LONG', 'lasts longer than 180d'],
    [{ created: '2026-06-01' }, 'WAIVER_TOO_LONG', 'lasts longer than 180d'],
    [{ created: '2026-12-01', expires: '2027-05-25' }, 'WAIVER_TOO_LONG', 'lasts longer than 180d'],
    [{ finding: {} }, 'WAIVER_TOO_WIDE', 'is too wide (it names neither a vulnerability nor a rule)'],
    [{ finding: { tool: 'Trivy' } }, 'WAIVER_TOO_WIDE', 'is too wide (it names neither a vulnerability nor a rule)'],
    [
      { finding: { package: 'pkg:npm/lodash' } },
      'WAIVER_TOO_WIDE',
      'is too wide (it names neither a vulnerability nor a rule)',
    ],
    [
      { finding: { path: 'package-lock.json' } },
      'WAIVER_TOO_WIDE',
      'is too wide (it names neither a vulnerability nor a rule)',
    ],
    [{ finding: { rule: 'CVE-2021-23337' } }, 'WAIVER_TOO_WIDE', 'is too wide (it names neither a package nor a path)'],
    [
      { finding: { vulnerability: 'CVE-2021-23337', tool: 'Trivy' } },
      'WAIVER_TOO_WIDE',
      'is too wide (it names neither a package nor a path)',
    ],
  ])('%j: %s', (change, code, what) =>
    expect(codes(change)).toEqual([
      { code, message: `waiver \`lodash\` (waivers.yml:1) ${what}, so it has no effect` },
    ]),
  );

  it.each([
    '**',
    '*',
    '**/*',
    '/**',
    './**',
    '**/**',
    '*/**',
    '**/*.json',
    '*.json',
    '**/*.{js,json}',
    '{**,src}',
    '?*',
    '/',
  ])('with the path %s is too wide', (path) => {
    const found = codes({ finding: { rule: 'CVE-2021-23337', path } });
    expect(found.map(({ code }) => code)).toEqual(['WAIVER_TOO_WIDE']);
  });

  it.each(['src/**', '**/legacy/**', '**/*.test.ts', 'a*/**', '**/package-lock.json', '*/vendor/*'])(
    'is none with the path %s',
    (path) => expect(codes({ finding: { rule: 'js/eval', path } }).map(({ code }) => code)).toEqual(['WAIVER_UNUSED']),
  );

  it('may last exactly as long as it may', () => {
    for (const change of [{ expires: '2027-05-22' }, { created: '2026-07-04' }]) {
      const { waivers } = open([waiver(change)]);
      expect(waivers.excuse(subject(vulnerable()))).toBeDefined();
    }
  });

  it('is told all that is wrong with it', () =>
    expect(codes({ owner: '', reason: '', expires: '', finding: {} }).map(({ code }) => code)).toEqual([
      'WAIVER_WITHOUT_OWNER',
      'WAIVER_WITHOUT_REASON',
      'WAIVER_WITHOUT_EXPIRY',
      'WAIVER_TOO_WIDE',
    ]));
});

describe('the time of a waiver', () => {
  const end = Date.parse('2027-01-01T00:00:00Z');
  it('ends with its last day in UTC', () => {
    const last = open([waiver()], { now: end - 1 }).waivers;
    expect(last.excuse(subject(vulnerable()))).toMatchObject({ reason: 'WAIVER' });
    const { waivers } = open([waiver()], { now: end });
    expect(waivers.excuse(subject(vulnerable()))).toEqual({
      expired: 'waiver lodash of team-checkout ended on 2026-12-31',
    });
    expect(waivers.remarks()).toEqual([
      {
        code: 'WAIVER_EXPIRED',
        message:
          'waiver `lodash` (waivers.yml:1) of team-checkout ended on 2026-12-31: 1 finding that it named counts again',
      },
    ]);
  });

  it('may be over while another still holds', () => {
    const { waivers } = open([waiver({ id: 'old', expires: '2026-11-22' }), waiver({ id: 'new' })]);
    expect(waivers.excuse(subject(vulnerable()))).toMatchObject({
      reason: 'WAIVER',
      told: expect.stringMatching(/^new /),
    });
  });

  it('that is over is told even when nothing needs it', () =>
    expect(open([waiver({ expires: '2026-11-22' })]).waivers.remarks()[0]?.message).toBe(
      'waiver `lodash` (waivers.yml:1) of team-checkout ended on 2026-11-22: nothing needs it any more',
    ));

  it('that ends soon is told while it is needed', () => {
    const { waivers } = open([waiver({ expires: '2026-12-01' })]);
    expect(waivers.remarks().map(({ code }) => code)).toEqual(['WAIVER_UNUSED']);
    waivers.excuse(subject(vulnerable()));
    expect(waivers.remarks()).toEqual([
      {
        code: 'WAIVER_ENDS_SOON',
        message: 'waiver `lodash` (waivers.yml:1) of team-checkout ends on 2026-12-01; 1 finding will count again',
      },
    ]);
  });
});

describe('remarks', () => {
  it('tell what covers nothing, and what covers much', () => {
    const unused = waiver({ id: 'gone', finding: { fingerprint: '0123456789ab' } });
    const { waivers } = open([waiver(), unused]);
    for (let i = 0; i < 21; i++) waivers.excuse(subject(vulnerable()));
    expect(waivers.remarks()).toEqual([
      { code: 'WAIVER_WIDE', message: 'waiver `lodash` (waivers.yml:1) of team-checkout covers 21 findings' },
      {
        code: 'WAIVER_UNUSED',
        message: 'waiver `gone` (waivers.yml:1) of team-checkout covers no finding of this scan',
      },
    ]);
  });

  it('do not tell what covers the same as another', () => {
    const { waivers } = open([waiver(), waiver({ id: 'second', finding: { fingerprint: identity } })]);
    waivers.excuse(subject(vulnerable()));
    expect(waivers.remarks()).toEqual([]);
  });
});

describe('a file that is refused', () => {
  const written = (waivers: string) => `version: 1\nwaivers:\n${waivers}`;
  const one = (line: string) =>
    written(`  - id: a\n    finding: { rule: x, path: src/a }\n    reason: r\n    owner: o\n    ${line}\n`);
  it.each([
    ['', 'expected a file of waivers, a map that begins with `version: 1`', 1, 1],
    ['- a', 'expected a file of waivers, a map that begins with `version: 1`', 1, 1],
    ['version: 2\nwaivers: []', 'expected 1, found `2`', 1, 10],
    ['version: 1', '`waivers` is missing', 1, 1],
    [
      'version: 1\nwaiver: []\nwaivers: []',
      'unknown key `waiver`; did you mean `waivers`? (known here: version, waivers)',
      2,
      1,
    ],
    [one('expire: 2026-12-31'), /^unknown key `expire`; did you mean `expires`\?/, 7, 5],
    [one('up-to: hihg'), 'expected `critical`, `high`, `medium` or `low`, found `hihg`; did you mean `high`?', 7, 12],
    [one('created: today'), 'expected a day such as 2026-12-31, found `today`', 7, 14],
    [written('  - id: a\n    finding: { rul: x }'), /^unknown key `rul`; did you mean `rule`\?/, 4, 16],
    [
      written('  - id: a\n    finding: { rule: js/* }'),
      'expected the name of one rule, without wildcards, found `js/*`',
      4,
      22,
    ],
    [
      written('  - id: a\n    finding: { package: lodash }'),
      'expected a package URL with one version or none, such as `pkg:npm/lodash@4.17.20`, found `lodash`',
      4,
      25,
    ],
    [
      written('  - id: a\n    finding: { package: "pkg:npm/lodash@^4" }'),
      /^expected a package URL with one version/,
      4,
      25,
    ],
    [written('  - id: a\n    finding: { package: "pkg:npm/*" }'), /^expected a package URL with one version/, 4, 25],
    [written('  - id: a\n    finding: { path: "!src/**" }'), /^expected a path with `\/`/, 4, 22],
    [written("  - id: a\n    finding: { path: 'src\\a' }"), /^expected a path with `\/`/, 4, 22],
    [
      written('  - id: a\n    finding: { fingerprint: 3f2a }'),
      /^expected the identity of a finding, at least its first 12 digits/,
      4,
      29,
    ],
    [written('  - id: a\n    finding: { fingerprint: 123456789012 }'), 'expected a text, found `123456789012`', 4, 29],
    [written('  - finding: { rule: x, path: src/a }'), '`id` is missing', 3, 5],
    ['version: 1\nwaivers: [', /^this is not YAML/, 2, 11],
  ])('%j', (text, message, line, column) => {
    const { waivers, problems } = parseWaivers(text, 'waivers.yml', limits);
    expect(problems[0]).toEqual({
      message: message instanceof RegExp ? expect.stringMatching(message) : message,
      file: 'waivers.yml',
      line,
      column,
    });
    expect(waivers.remarks()).toEqual([]);
  });

  it('has no waiver in effect, not even those that are right', () => {
    const { waivers, problems } = open([waiver(), waiver()]);
    expect(problems).toEqual([
      expect.objectContaining({ message: '`lodash` is the id of waiver 1 already; expected a unique id', line: 1 }),
    ]);
    expect(waivers.excuse(subject(vulnerable()))).toBeUndefined();
  });

  it.each([['['], ['{a: '], ['- ']])('may be nested deeper than the stack with %s', (one) => {
    const { problems } = parseWaivers(one.repeat(200_000), 'waivers.yml', limits);
    expect(problems.length).toBeGreaterThan(0);
    expect(problems.length).toBeLessThanOrEqual(20);
  });
});

describe('any file', () => {
  it('is read without throwing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.jsonValue({ maxDepth: 3 }), (text, value) => {
        for (const one of [text, `version: 1\nwaivers:\n${text}`, JSON.stringify({ version: 1, waivers: [value] })]) {
          const { waivers } = parseWaivers(one, 'waivers.yml', limits);
          expect(waivers.excuse(subject(vulnerable()))).toBeUndefined();
          waivers.remarks();
        }
      }),
    );
  });

  const finding = fc.record(
    {
      vulnerability: fc.constantFrom('CVE-2021-23337', 'CVE-2021-0001'),
      rule: fc.constantFrom('CVE-2021-23337', 'js/eval', 'js/xss'),
      package: fc.constantFrom('pkg:npm/lodash', 'pkg:npm/lodash@4.17.21', 'pkg:npm/express'),
      path: fc.constantFrom('src/**', 'package-lock.json', '**', 'lib/*.js'),
      tool: fc.constantFrom('Trivy', 'CodeQL'),
      fingerprint: fc.constantFrom(identity, identity.slice(0, 12), '0123456789ab'),
    },
    { requiredKeys: [] },
  );
  const written = fc.record({
    finding,
    expires: fc.constantFrom('2026-11-01', '2026-12-31', '2030-01-01'),
    owner: fc.constantFrom('a', ''),
  });
  const one = fc.record({
    rule: fc.constantFrom('CVE-2021-23337', 'js/eval'),
    ids: fc.constantFrom([], ['CVE-2021-23337'], ['CVE-2021-0001', 'CVE-2021-23337']),
    purl: fc.constantFrom(undefined, 'pkg:npm/lodash@4.17.20', 'pkg:npm/express@4.0.0'),
    file: fc.constantFrom(undefined, 'src/a.js', 'package-lock.json', 'lib/a/b.js'),
    identity: fc.constantFrom(identity, '0'.repeat(32)),
  });

  it('covers more with one more waiver only when that one names the finding', () => {
    fc.assert(
      fc.property(fc.array(written, { maxLength: 4 }), written, one, (some, more, change) => {
        const found = subject(vulnerable(change as Partial<Result>));
        const all = [...some, more].map((each, i) => waiver({ ...each, id: `w${i}` }));
        const holds = (waivers: object[]) => 'reason' in (open(waivers).waivers.excuse(found) ?? {});
        const alone = holds(all.slice(-1));
        expect(holds(all)).toBe(holds(all.slice(0, -1)) || alone);
        if (!alone) return;
        const { vulnerability, rule, package: wanted, path, tool, fingerprint } = more.finding;
        const { result: of } = found;
        expect(fingerprint ?? vulnerability ?? rule).toBeDefined();
        expect(fingerprint ?? wanted ?? path).toBeDefined();
        expect(of.identity.startsWith(fingerprint ?? '')).toBe(true);
        expect(vulnerability === undefined || [of.rule, ...of.ids].includes(vulnerability)).toBe(true);
        expect(rule ?? of.rule).toBe(of.rule);
        expect(tool ?? 'Trivy').toBe('Trivy');
        expect(wanted === undefined || of.purl?.startsWith(wanted)).toBe(true);
        expect(path === undefined || of.file !== undefined).toBe(true);
        expect([more.expires, more.owner]).toEqual(['2026-12-31', 'a']);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('the page about waivers, and the schema', () => {
  const page = readFileSync(resolve(root, 'docs/waivers.md'), 'utf8');
  const blocks = [...page.matchAll(/^```yaml\n([\s\S]*?)^```/gm)]
    .map(([, text = '']) => text)
    .filter((text) => text.includes('waivers:\n'));
  const schema = JSON.parse(readFileSync(resolve(root, 'schema/waivers.schema.json'), 'utf8'));
  const valid = new Ajv({ strict: false }).compile(schema);

  it('shows files', () => expect(blocks.length).toBeGreaterThanOrEqual(1));

  it.each(blocks)('that are read, and fit the schema: %s', (text) => {
    const { waivers, problems } = parseWaivers(text, 'waivers.yml', limits);
    expect(problems).toEqual([]);
    expect(waivers.remarks().map(({ code }) => code)).toEqual(['WAIVER_UNUSED', 'WAIVER_UNUSED', 'WAIVER_UNUSED']);
    expect(valid(parse(text)), JSON.stringify(valid.errors)).toBe(true);
  });

  it('wants what a waiver needs to have an effect', () => {
    for (const key of ['owner', 'reason', 'expires', 'finding', 'id']) {
      expect(valid({ version: 1, waivers: [waiver()] })).toBe(true);
      const { [key as 'owner']: _, ...rest } = waiver();
      expect(valid({ version: 1, waivers: [rest] }), key).toBe(false);
    }
  });

  it('names every remark', () => {
    const source = readFileSync(resolve(root, 'src/sources/security/triage/waivers.ts'), 'utf8');
    for (const [code] of source.matchAll(/WAIVER_[A-Z_]+/g)) expect(page).toContain(`\`${code}\``);
  });
});
