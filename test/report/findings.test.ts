import fc from 'fast-check';
import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { githubCommand } from '../../src/host/commands.js';
import { type Decision, type DecisionRecord, recordSchema } from '../../src/record/record.js';
import { fates, type ScanRun, severities } from '../../src/record/scans.js';
import { annotations } from '../../src/report/annotations.js';
import type { Found } from '../../src/report/findings.js';
import { codeLink, linksOf } from '../../src/report/findings-place.js';
import { countsWords, reasonWords, totalsWords } from '../../src/report/findings-words.js';
import { nextSteps } from '../../src/report/next.js';
import { safeLink } from '../../src/report/plain.js';
import { summary } from '../../src/report/summary.js';
import { text } from '../../src/report/text.js';
import { viewOf } from '../../src/report/view.js';
import { codeScans, type Finding, finding, onAzure, releaseOf, scanStories, securityStory } from './scan-stories.js';
import { hostileTexts, poor, ratio, recordOf, scan, scanRun, stories } from './stories.js';

const most = 512 * 1024;
const github = { flavour: 'github', maxBytes: most } as const;
const azure = { flavour: 'azure', maxBytes: most } as const;
const log = (record: DecisionRecord) => text(record, { width: 200, colour: false });
const sha = '4f2a91c07d5be3a8f6c2d91e0b7a45c88d13e6f0';

const html = (markdown: string): string =>
  micromark(markdown, {
    allowDangerousHtml: true,
    allowDangerousProtocol: true,
    extensions: [gfm()],
    htmlExtensions: [gfmHtml()],
  });
const linksIn = (markdown: string): string[] =>
  [...html(markdown).matchAll(/href="([^"]*)"/g)].map(([, href = '']) => href.replaceAll('&amp;', '&'));

const one = (change: Partial<Finding>, run: Partial<ScanRun> = {}): DecisionRecord =>
  releaseOf(
    securityStory(
      'scans',
      scan({ runs: [scanRun('CodeQL', '2', ['counted STANDS high 1'], run)], findings: [finding(change)] }),
    ),
  );

describe('the stories of scans', () => {
  it.each(Object.entries(scanStories))('%s is a valid record', (_, record) => {
    expect(v.safeParse(recordSchema, record).issues).toBeUndefined();
  });

  it('say in the first line what was found, without a list of it', async () => {
    const [first] = (await summary(scanStories.findings, github)).split('\n');
    expect(first).toBe('## Stop: code has 3 findings against the policy (2 critical, 1 high); also packages');
    expect(log(scanStories.besides)).toMatch(/^Stop: scans has 1 finding against the policy \(1 high\)\n/);
  });

  it('show what stands, how it is mended, by whom, since when and why so severe', async () => {
    const markdown = await summary(scanStories.findings, github);
    expect(markdown).toContain(
      '**code**: **3 findings stand against the policy: 2 critical, 1 high**; allowed: 7 medium, 5 low (7 to be looked at).',
    );
    expect(markdown).toMatch(/\| Tool \| ✗\u00a0critical \| ✗\u00a0high \| medium \| low \|/);
    expect(markdown).toContain('| CodeQL | **1** | **1** | 4 | – |');
    expect(markdown).toContain('| all | **2** | **1** | 7 | 5 |');
    expect(markdown).toMatch(
      /- \*\*critical, exploited\*\* lodash: command injection via template\\\n {2}\[`package-lock.json:812`\]\(.*\) · fix: 4\.17\.21 and later · Trivy CVE-2021-23337 GHSA-35JH-R3H4-6JHM · `pkg:npm\/lodash@4\.17\.20` · since 2026-05-07 \(200 days\) · help: \[`avd\.aquasec\.com`\]/,
    );
    expect(markdown).toContain('counts all the same: its waiver is over (`redos` of bo, until 2026-11-01)');
    expect(markdown).toContain('security-severity 9.8 of the rule, but level note says low · identity `d00dfeed0aa8`');
    expect(markdown).toContain('owner `@acme/warehouse` · since 2026-10-01 (53 days)');
    expect(log(scanStories.findings)).toMatch(
      /- critical, exploited: lodash: command injection via template; package-lock\.json:812; fix: 4\.17\.21 and later; .*; identity abcdef012345/s,
    );
  });

  it('never show what was waived or suppressed as absent', async () => {
    for (const options of [github, azure]) {
      const markdown = await summary(scanStories.waived, options);
      expect(markdown).toContain('3 scans, 19 results, 1 waived, 2 suppressed, 9 ignored |');
      expect(markdown).toContain('19 results read = 7 counted + 1 waived + 2 suppressed + 9 ignored.');
      expect(markdown).toContain('| waived | by a waiver | 1 |');
      expect(markdown).toContain('| ignored | was there before, in the baseline | 6 |');
      expect(markdown).toContain('by a waiver (`old-test-key` of ana until 2026-11-30: the key is revoked)');
    }
    expect(log(scanStories.waived)).toContain('- 1 waived: by a waiver\n');
    expect(log(scanStories.waived)).toMatch(/To put in order\n {2}- security-waivers\.yml: the waiver `old-test-key`/);
  });

  it('put what counts above the fold and the rest below', async () => {
    const markdown = await summary(scanStories.findings, github);
    const open = markdown.replaceAll(/<details>[\s\S]*?<\/details>/g, '');
    expect(open).toContain('js/sql-injection');
    expect(open).toContain('18 results read = 14 counted + 3 put off + 1 suppressed.');
    for (const folded of ['javascript.express.xss', 'CVE-2026-22222', 'vulnerable_code', 'c0ffee11d5b2'])
      expect(open).not.toContain(folded);
    expect(markdown).toContain('<summary>Not counted: 3 put off, 1 suppressed</summary>');
  });

  it('name the files that took part, with what they were', async () => {
    const markdown = await summary(scanStories.findings, github);
    expect(markdown).toContain('- waivers: `security-waivers.yml` `c0ffee11d5b2`');
    expect(markdown).toContain('- baseline: `last-release/codeql.sarif` `a1b2c3d4e5f6`');
    expect(markdown).toMatch(
      /- Trivy 0\.68\.0 in `results\/trivy\.json` `5f70bf18a086`, commit not said, ended .*, vulnerability data of 2026-11-23: 18 results/,
    );
  });
});

describe('scans that prove nothing', () => {
  it('are not said to have found nothing', async () => {
    for (const report of [await summary(scanStories.noEvidence, github), log(scanStories.noEvidence)]) {
      expect(report).toContain('not enough evidence to say that no finding stands against the policy');
      expect(report).toContain('in scans that are no evidence: 1 critical, 1 high, 12 low');
      expect(report.replaceAll('not enough evidence to say that no finding', '')).not.toContain('no finding');
    }
  });

  it('are told beside a finding that stands', async () => {
    const markdown = await summary(scanStories.besides, github);
    expect(markdown).toContain(
      '**1 finding stands against the policy: 1 high**; in scans that are no evidence: 2 critical, 3 high.',
    );
    expect(markdown).toMatch(
      /- \*\*scans\*\*, in part: Semgrep OSS .* did not finish its scan.*scanned commit.*there is no scan by Gitleaks/,
    );
  });

  it('are told of where the policy tolerates their failure', async () => {
    const tolerate = [{ tool: 'Semgrep OSS', reason: 'known', until: '2026-12-31' }];
    const runs = [scanRun('Semgrep OSS', '1', [], { execution: 'failed', file: 'x' })];
    const problems = [
      { code: 'SCAN_FAILED', message: 'Semgrep OSS ran out of memory', tool: 'Semgrep OSS', file: 'x' },
    ];
    const record = releaseOf(securityStory('scans', scan({ runs, problems }), { tolerate }));
    expect(record.verdict.reason).toBe('healthy');
    expect(await summary(record, github)).toContain('in part: Semgrep OSS ran out of memory (the policy tolerates it)');
  });
});

const severity = fc.constantFrom(...severities);
const ranked = fc.constantFrom('critical', 'high', 'medium', 'low');
const tally = fc.uniqueArray(
  fc.record({
    fate: fc.constantFrom(...fates.filter((fate) => fate !== 'malformed')),
    reason: fc.constantFrom('STANDS', 'WAIVER', 'RULE'),
    severity,
    count: fc.integer({ min: 1, max: 5 }),
  }),
  { selector: (entry) => `${entry.fate} ${entry.reason} ${entry.severity}`, maxLength: 12 },
);
const runs = fc.array(
  fc.record({
    tool: fc.constantFrom('CodeQL', 'Trivy'),
    tally,
    revision: fc.constantFrom(null, sha, 'e'.repeat(40)),
    execution: fc.constantFrom('succeeded', 'failed', 'unknown'),
  }),
  { maxLength: 4 },
);
const number = fc.option(fc.integer({ min: 0, max: 4 }), { nil: undefined });
const policies = fc.record(
  {
    block: ranked,
    warn: ranked,
    'unknown-severity': ranked,
    review: fc.constantFrom('block', 'warn', 'ignore'),
    most: fc.record({ critical: number, high: number, low: number, total: number }),
    commit: fc.constant(sha),
    require: fc.constantFrom(['CodeQL'], [{ category: 'sast' }]),
  },
  { requiredKeys: [] },
);

describe('the report and the gate', () => {
  it('say the same of every scan and policy', () => {
    fc.assert(
      fc.property(runs, policies, (some, policy) => {
        const made = some.map(({ tally: counts, ...change }, i) => {
          const results = counts.reduce((sum, { count }) => sum + count, 0);
          return { ...scanRun('x', '1', []), ...change, file: `${i}.sarif`, tally: counts, results };
        });
        const record = releaseOf(
          securityStory('scans', scan({ runs: made, seen: made.length }), JSON.parse(JSON.stringify(policy))),
        );
        const [gate] = viewOf(record).gates;
        const view = gate?.findings;
        if (!gate?.reading || !view) throw new Error('one gate with scans');
        expect(gate.state === 'unhealthy').toBe(view.againstAll > 0);
        if (gate.state === 'unhealthy') expect(view.againstAll).toBe(gate.reading.value);
        // What counts is in exactly one of three places, and the totals add up.
        const counted = view.fates.find(([fate]) => fate === 'counted')?.[1] ?? 0;
        const places = [view.against, view.allowed, view.unproven].flatMap((counts) => Object.values(counts));
        expect(places.reduce((a, b) => a + b, 0)).toBe(counted);
        const [all = '', ...parts] = (totalsWords(view).match(/\d+/g) ?? []).map(Number);
        expect(parts.reduce((a, b) => a + b, 0)).toBe(all);
        expect(totalsWords(view)).toContain(' = ');
      }),
      { numRuns: 400 },
    );
  });

  it('go by the word of the gate where the record holds no policy that is understood', () => {
    for (const rule of [{}, { block: 'high', tolerate: 3 }, { ...stories.stop, block: 'worst' }]) {
      const gate = { ...securityStory('scans', codeScans), rule };
      expect(viewOf(releaseOf(gate)).gates[0]?.findings?.againstAll).toBe(15);
      const readings = [{ state: 'healthy', code: 'no-findings', reason: 'x' } as const];
      expect(viewOf(releaseOf({ ...gate, readings })).gates[0]?.findings?.againstAll).toBe(0);
    }
  });

  it('do not hide that a record was changed', () => {
    expect(totalsWords({ results: 5, fates: [['counted', 3]] })).toBe('5 results read ≠ 3 counted');
    expect(totalsWords({ results: 0, fates: [] })).toBe('0 results read = 0');
  });

  it('counts what a person has to review, where that blocks', async () => {
    const scans = scan({
      runs: [scanRun('Scorecard', '5', ['review KIND_REVIEW medium 2', 'counted STANDS low 1'])],
      findings: [finding({ fate: 'review', reason: 'KIND_REVIEW', severity: 'medium', tool: 'Scorecard' })],
    });
    const markdown = await summary(releaseOf(securityStory('scans', scans, { review: 'block' })), github);
    expect(markdown).toContain(
      '**2 findings stand against the policy: 2 that a person has to review**; allowed: 1 low.',
    );
    expect(markdown).toContain('- **medium, to review** This query');
    expect(markdown).toContain(
      '<summary>1 more against the policy</summary>'.replace(/.*/, 'the tool asks a person to look'),
    );
    expect(await summary(releaseOf(securityStory('scans', scans)), github)).toContain(
      '**scans**: no finding stands against the policy; allowed: 1 low.',
    );
  });
});

describe('words of findings', () => {
  it.each([
    'KIND_PASS KIND_NOT_APPLICABLE KIND_INFORMATIONAL KIND_OPEN KIND_REVIEW ABSENT FIXED BASELINE DUPLICATE RULE IN_SOURCE EXTERNAL VEX_NOT_AFFECTED VEX_FIXED VEX_FALSE_POSITIVE WAIVER GRACE NO_FIX MALFORMED',
    'SUPPRESSION_REJECTED SUPPRESSION_UNDER_REVIEW SUPPRESSION_EXPIRED SUPPRESSION_NOT_ALLOWED SUPPRESSION_WITHOUT_REASON SUPPRESSION_TOO_SEVERE WAIVER_EXPIRED',
  ])('know %s', (codes) => {
    for (const code of codes.split(' ')) expect(reasonWords(code)).toMatch(/^[a-zA-Z][^_`]+$/);
  });
  it('show a code that nobody knows as it is', () => expect(reasonWords('MOON_PHASE')).toBe('`MOON_PHASE`'));
  it('say what an unknown severity counts as', () =>
    expect(countsWords({ critical: 0, high: 1, medium: 0, low: 0, unknown: 2 }, 'high')).toBe(
      '1 high, 2 of unknown severity (counted as high)',
    ));

  it('say what to do for every code of scans', () => {
    const codes =
      'findings no-report outside-workspace empty-file unreadable too-large bad-encoding not-sarif not-a-report unsupported-version producer-failed no-runs no-tool results-missing external-results scan-failed malformed-result more-problems duplicate-keys not-analysed analysis-error analysis-incomplete truncated wrong-commit commit-unknown stale age-unknown clock database-stale database-age-unknown wrong-image image-unknown execution-unknown tool-missing category-missing too-few-rules waivers-unreadable vex-unreadable baseline-unreadable kev-unreadable epss-unreadable no-permission not-enabled';
    for (const code of codes.split(' ')) {
      const gate = poor('scans', 'error', code, 'r', { type: 'security' });
      const verdict = { decision: 'stop', reason: 'not-measured', gates: ['scans'], sentence: 's' } satisfies Decision;
      const steps = nextSteps(viewOf(recordOf({ gates: [gate], verdict })));
      expect(steps[0], code).toMatchObject({ gates: ['scans'] });
      expect(steps[0]?.text, code).not.toMatch(/see the reason above;|scrape|query|raw samples|alert|roll|revert/);
    }
  });
  it('leave those of telemetry as they were', () => {
    const verdict = {
      decision: 'stop',
      reason: 'insufficient-evidence',
      gates: ['e'],
      sentence: 's',
    } satisfies Decision;
    const [step] = nextSteps(viewOf(recordOf({ gates: [poor('e', 'insufficient', 'stale', 'r')], verdict })));
    expect(step?.text).toContain('scrape');
  });
});

const found = (change: Partial<Found> = {}): Found => ({ ...finding(), inImage: false, ...change });

describe('links', () => {
  const base = `https://github.com/acme/checkout/blob/${sha}`;
  it.each([
    [{}, `${base}/src/orders/search.ts#L41`],
    [{ file: 'a b/ü#?%.ts', line: 3 }, `${base}/a%20b/%C3%BC%23%3F%25.ts#L3`],
    [{ file: 'x.ts', line: 0 }, `${base}/x.ts`],
    [{ file: '/etc/passwd' }, undefined],
    [{ file: '../../evil/repo/x.ts' }, undefined],
    [{ file: 'a/./b' }, undefined],
    [{ file: 'a//b' }, undefined],
    [{ file: 'https://evil.example/x' }, undefined],
    [{ file: 'C:\\x' }, undefined],
    [{ file: 'C:/x' }, undefined],
    [{ file: `${'a'.repeat(299)}…` }, undefined],
    [{ file: 'x\ud800' }, undefined],
    [{ inImage: true }, undefined],
  ] as const)('on GitHub: %j leads to %s', (change, expected) => {
    expect(codeLink(found(change), scanStories.findings)).toBe(expected);
  });

  it('on Azure', () => {
    expect(codeLink(found({ file: 'src/a b.ts' }), onAzure(scanStories.findings))).toBe(
      `https://dev.azure.com/acme/shop/_git/check%20out?path=/src/a%20b.ts&version=GC${sha}&line=41&lineEnd=42&lineStartColumn=1&lineEndColumn=1`,
    );
  });

  it('lead nowhere where it cannot be told', () => {
    const { findings: record } = scanStories;
    const release = (change: Partial<DecisionRecord['release']>) => ({
      ...record,
      release: { ...record.release, ...change },
    });
    const host = (change: Partial<DecisionRecord['host']>) => ({ ...record, host: { ...record.host, ...change } });
    for (const other of [
      release({ sha: null }),
      release({ sha: 'main' }),
      release({ sha: '../../x' }),
      host({ kind: 'terminal', run: null }),
      host({ repository: null }),
      host({ repository: 'acme' }),
      host({ repository: 'evil/other' }),
      host({ run: 'https://user:pw@github.com/acme/checkout/actions/runs/1' }),
      onAzure(release({ sha: sha.slice(0, 10) })),
      // A repository of GitHub that Azure builds.
      { ...onAzure(record), host: { ...onAzure(record).host, repository: 'acme/checkout' } },
    ])
      expect(codeLink(found(), other)).toBeUndefined();
  });

  it("prefer the platform's own page, but only one of this repository", () => {
    const links = (link: string, record: DecisionRecord = scanStories.findings) => linksOf(found({ link }), record);
    const alert = 'https://github.com/acme/checkout/security/code-scanning/57';
    expect(links(alert)).toEqual({ place: alert, elsewhere: undefined });
    for (const foreign of [
      'https://evil.example/acme/checkout/x',
      'https://github.com/evil/repo/security/1',
      'https://github.com/acme/checkout-evil/x',
      'https://github.com/acme/checkout/../../evil/repo',
      'https://github.com.evil.example/acme/checkout/x',
    ])
      expect(links(foreign)).toEqual({ place: `${base}/src/orders/search.ts#L41`, elsewhere: safeLink(foreign) });
    expect(links('javascript:alert(1)').elsewhere).toBeUndefined();
    const own = 'https://dev.azure.com/acme/shop/_git/check%20out/alerts/12';
    expect(links(own, onAzure(scanStories.findings))).toEqual({ place: own, elsewhere: undefined });
  });

  it('from outside are shown with their host', async () => {
    const markdown = await summary(
      one({ help: 'https://www.evil.example/[x](y)', link: 'https://evil.example/src/db.ts', file: 'src/db.ts' }),
      github,
    );
    expect(markdown).toContain('help: [`www.evil.example`](');
    expect(markdown).toContain('shown by [`evil.example`](https://evil.example/src/db.ts)');
    expect(markdown).toContain(`[\`src/db.ts:41\`](${base}/src/db.ts#L41)`);
  });
});

/** Every text of a finding and its run, and nothing else, is `nasty`; its links and its file as given. */
const nastyRecord = (nasty: string, change: Partial<Finding> = {}): DecisionRecord =>
  releaseOf(
    securityStory('scans', {
      ...scan(),
      remarks: [{ code: nasty, message: nasty }],
      references: [{ kind: 'waivers', file: nasty, sha256: nasty }],
      notes: [nasty],
      runs: [
        {
          ...scanRun('x', '1', [
            'counted STANDS high 1',
            'counted STANDS low 1',
            'waived WAIVER high 1',
            'suppressed X high 1',
          ]),
          tool: nasty,
          toolVersion: nasty,
          file: nasty,
          image: [nasty],
          revision: null,
        },
      ],
      findings: fates.map((fate) =>
        finding({
          fate,
          reason: nasty,
          told: nasty,
          tool: nasty,
          rule: nasty,
          why: nasty,
          conflict: nasty,
          message: nasty,
          file: nasty,
          ids: [nasty, `${nasty}2`],
          package: nasty,
          fix: nasty,
          owner: nasty,
          exploited: nasty,
          identity: nasty,
          ...change,
        }),
      ),
    }),
  );

const fragments =
  '` `` | \\ < > & &lt; # ## [ ] ( ) ! * ** _ ~~ - + 1. === --- @a #12 www.e.x http:// https://x.y :: ::error::x ##vso[ ##[ $$ [x] <b> </sub> </details> <!-- > ``` &#96; |-| a@b.co a/b.ts ../ % %2e%2e'.split(
    ' ',
  );
const nastyTexts = fc.oneof(
  fc.constantFrom(...hostileTexts),
  fc
    .array(fc.constantFrom(...fragments, ' ', '\n', '\r', '\u2028', '\u202e', '\ud800', '\u0000', '\u001b[31m'), {
      maxLength: 20,
    })
    .map((parts) => parts.join('')),
  fc.string({ unit: 'binary', maxLength: 60 }),
);

describe('text from scanners', () => {
  it('breaks no layout, forges no link and is no command', async () => {
    const shape = (markdown: string) =>
      (html(markdown).match(/<\/?[a-z]\w*/g) ?? []).filter((tag) => !/code|<a$|<\/a$/.test(tag)).join('');
    const calm = { github: '', azure: '' };
    for (const options of [github, azure])
      calm[options.flavour] = shape(await summary(nastyRecord('harmless'), options));
    await fc.assert(
      fc.asyncProperty(
        nastyTexts.filter((nasty) => nasty.trim() !== ''),
        async (nasty) => {
          const record = nastyRecord(nasty);
          for (const options of [github, azure]) {
            const markdown = await summary(record, options);
            expect(shape(markdown)).toBe(calm[options.flavour]);
            expect(markdown).not.toMatch(/##(?:\[|vso\[)|(?!\n)\p{Cc}|[\u202a-\u202e]|^\s*::/imu);
            for (const href of linksIn(markdown))
              expect(href).toMatch(
                /^https:\/\/github\.com\/acme\/checkout\/(?:blob\/4f2a91c07d5be3a8f6c2d91e0b7a45c88d13e6f0|actions\/runs)\//,
              );
          }
          expect(text(record, { width: 80, colour: false })).not.toMatch(/(?!\n)\p{Cc}|[\u202a-\u202e]/u);
          for (const { title, message, file } of annotations(record)) {
            expect(`${title}${message}`).not.toMatch(/\p{Cc}|\u202e/u);
            expect(githubCommand('error', { file, title }, message)).not.toMatch(/[\r\n]/);
            expect(file ?? '').not.toMatch(/\p{Cc}|^\/|(?:^|\/)\.\.(?:\/|$)/u);
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it('leads only where its addresses say, whatever they are', async () => {
    const addresses = fc.oneof(
      fc.webUrl({ withQueryParameters: true, withFragments: true }),
      nastyTexts,
      nastyTexts.map((nasty) => `https://x.example/${nasty}`),
      nastyTexts.map((nasty) => `javascript:${nasty}`),
    );
    await fc.assert(
      fc.asyncProperty(addresses, addresses, async (help, link) => {
        const markdown = await summary(nastyRecord('harmless', { help, link, file: 'src/a.ts' }), github);
        const allowed = [safeLink(help), safeLink(link)].filter((href) => href !== undefined);
        const ours = /^https:\/\/github\.com\/acme\/checkout\/(?:blob|actions)\//;
        // Markdown and the browser write some signs of an address as %5B and the like, and read them as the same.
        const bare = (href: string) =>
          href.replaceAll(/%([0-7][\da-f])/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
        const same = (href: string) => allowed.some((one) => bare(one) === bare(href));
        for (const href of linksIn(markdown)) expect(ours.test(href) || same(href), href).toBe(true);
        for (const [, href = '', label = ''] of html(markdown).matchAll(/<a href="([^"]*)"><code>([^<]*)<\/code>/g)) {
          expect(
            label === 'src/a.ts:41'
              ? ours.test(href)
              : label === new URL(href.replaceAll('&amp;', '&')).hostname.slice(0, 80),
            label,
          ).toBe(true);
        }
      }),
      { numRuns: 80 },
    );
  });
});

describe('thousands of findings', () => {
  it.each([1024, 512, 64, 16, 4])('stay within %d KiB', async (kib) => {
    for (const flavour of ['github', 'azure'] as const) {
      const markdown = await summary(scanStories.thousands, { flavour, maxBytes: kib * 1024 });
      expect(Buffer.byteLength(markdown)).toBeLessThanOrEqual(kib * 1024);
      for (const gate of ['scans', 'more scans']) expect(markdown).toContain(`- **${gate}**`);
      expect(markdown).toMatch(/^## Stop: scans has 3,000 findings against the policy/);
    }
  });

  it('lose first what does not stand in the way, and the worst last', async () => {
    const shown = async (maxBytes: number) => {
      const markdown = await summary(scanStories.thousands, { flavour: 'github', maxBytes });
      const entries = (markdown.match(/identity `/g) ?? []).length;
      const open = /^- \*\*critical/m.test(markdown.replaceAll(/<details>[\s\S]*?<\/details>/g, ''));
      return { entries, open, waived: markdown.includes('**waived'), leftOut: /lines? about findings/.test(markdown) };
    };
    expect(await shown(most)).toMatchObject({ open: true, waived: true, leftOut: false });
    let before = Number.POSITIVE_INFINITY;
    const seen = new Set<string>();
    for (const kib of [250, 80, 20, 4]) {
      const { entries, open, waived, leftOut } = await shown(kib * 1024);
      expect(entries).toBeLessThanOrEqual(before);
      before = entries;
      expect(leftOut).toBe(true);
      seen.add(`${open} ${waived}`);
    }
    expect([...seen]).toEqual(['true true', 'true false', 'false false']);
  });

  it('take ten lines each of the log, and no line is wider than it', () => {
    const lines = text(scanStories.thousands, { width: 100, colour: false }).split('\n');
    expect(lines.filter((line) => line.includes('- critical')).length).toBe(20);
    expect(lines.length).toBeLessThan(500);
  });
});

describe('annotations beside the code', () => {
  const errors = (record: DecisionRecord) => annotations(record).filter(({ level }) => level === 'error');

  it('are the worst, at most ten errors in all, after the reasons', () => {
    const titles = errors(scanStories.thousands).map(({ title }) => title);
    expect(titles).toHaveLength(10);
    expect(titles.slice(0, 2)).toEqual(['Signalbox: scans', 'Signalbox: more scans']);
    expect(
      errors(scanStories.findings)
        .slice(2)
        .map(({ file, line, title }) => `${file}:${line} ${title}`),
    ).toEqual([
      'deploy/terraform.tfvars:3 Signalbox: Gitleaks aws-access-token',
      'package-lock.json:812 Signalbox: Trivy CVE-2021-23337',
      'src/labels/print.ts:118 Signalbox: CodeQL js/command-line-injection',
      'package-lock.json:812 Signalbox: Trivy CVE-2020-28500',
      'src/orders/search.ts:41 Signalbox: CodeQL js/sql-injection',
    ]);
  });

  it('leave out what is not in the repository or does not stand', () => {
    const inPlace = (record: DecisionRecord) => errors(record).filter(({ file }) => file !== undefined);
    expect(inPlace(one({ file: 'https://shop.example.com/login' }))).toEqual([]);
    expect(inPlace(one({ file: '/usr/lib/x.so' }))).toEqual([]);
    expect(inPlace(one({}, { categories: ['container', 'sca'] }))).toEqual([]);
    expect(inPlace(one({ severity: 'medium' }))).toEqual([]);
    expect(inPlace(one({ fate: 'waived' }))).toEqual([]);
    expect(inPlace(scanStories.besides).map(({ title }) => title)).toEqual(['Signalbox: CodeQL js/sql-injection']);
    expect(inPlace(one({}))).toHaveLength(1);
  });

  it('only warn where nothing was stopped, and are left out of gates that only warn', () => {
    const story = securityStory('scans', codeScans);
    const observed = { ...releaseOf(story), observe: true };
    const decision = { ...observed.verdict, decision: 'continue', reason: 'observed' } as const;
    const levels = annotations({ ...observed, decision }).map(({ level }) => level);
    expect(new Set(levels)).toEqual(new Set(['warning']));
    expect(levels).toHaveLength(4);
    const warns = releaseOf(ratio('e', [0.1]), { ...story, enforce: 'warn' });
    expect(annotations(warns).map(({ file }) => file)).toEqual([undefined]);
  });

  it('say a finding once that two gates ask of', () => {
    const record = releaseOf(securityStory('a', codeScans), securityStory('b', codeScans));
    expect(errors(record).filter(({ file }) => file !== undefined)).toHaveLength(3);
  });
});

describe('remarks', () => {
  it('are told once, and not too many of them', async () => {
    const remarks = Array.from({ length: 60 }, (_, i) => ({ code: 'WAIVER_UNUSED', message: `waiver ${i} is unused` }));
    const record = releaseOf(securityStory('a', scan({ remarks })), securityStory('b', scan({ remarks })));
    const markdown = await summary(record, github);
    expect(markdown.match(/is unused/g)).toHaveLength(20);
    expect(markdown).toContain('and 40 more');
    expect(log(record)).toContain('and 50 more');
  });
});
