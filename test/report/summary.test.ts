import fc from 'fast-check';
import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import type { Decision, DecisionRecord } from '../../src/record/record.js';
import { recordSchema } from '../../src/record/record.js';
import { summary } from '../../src/report/summary.js';
import { text } from '../../src/report/text.js';
import { hostile, hostileTexts, huge, recordOf, stories } from './stories.js';

const most = 512 * 1024;
const github = { flavour: 'github', maxBytes: most } as const;

const html = (markdown: string): string =>
  micromark(markdown, {
    allowDangerousHtml: true,
    allowDangerousProtocol: true,
    extensions: [gfm()],
    htmlExtensions: [gfmHtml()],
  });

/** The shape of a page without its words: tags in order, with what they link to. */
const tags = (page: string): string[] => page.match(/<[^>]*>/g) ?? [];
const count = (page: string, tag: string): number => tags(page).filter((t) => t.startsWith(`<${tag}`)).length;
const lines = (markdown: string): string[] => markdown.split('\n');

describe('a canary', () => {
  it('that goes is shown with what was not proven', async () => {
    const markdown = await summary(stories.canary, github);
    expect(markdown).toMatch(
      /### What was proven, what not\n\n- \*\*checkout errors, .*up to 2\.4 times as many failures cannot be excluded/,
    );
    expect(text(stories.canary, { width: 100, colour: false })).toMatch(
      /What was proven, what not\n {2}- checkout errors/,
    );
  });

  it('that is stopped comes first with what it comes to, and then with its numbers', async () => {
    const markdown = await summary(stories.canaryStop, github);
    const [heading = ''] = lines(markdown);
    expect(heading).toMatch(
      /the canary fails 2\.3 times as often as the baseline \(at least 1\.6 times, 95 % sure at every look\)$/,
    );
    expect(markdown).toMatch(/\); 31 of 12,400 .*; stopped after 3m/);
  });
});

describe('the stories', () => {
  it.each(Object.entries(stories))('%s is a valid record', (_, record) => {
    expect(v.safeParse(recordSchema, record).issues).toBeUndefined();
  });

  it.each([
    ['continue', /^## Continue: all 4 gates were healthy together for 5 minutes$/m],
    ['warning', /^## Continue, with 2 warnings: 1 of 2 blocking gates was healthy for 5 minutes; 1 without evidence/m],
    ['stop', /^## Stop: error rate is 4.1 %, over the limit of 1 %; also scans and dark launch$/m],
    ['observed', /^## Observed only: would have stopped \(error rate is 4.1 %/m],
    [
      'notMeasured',
      /^## Stop: could not measure error rate and checkout success; the release itself was not found at fault$/m,
    ],
    [
      'insufficient',
      /^## Stop: too little evidence from error rate and scans; the release itself was not found at fault$/m,
    ],
    ['notSteady', /^## Stop: the deadline came before all gates had been healthy together for 5 minutes/m],
    ['policyError', /^## Stop: the policy or the inputs are wrong in 3 places; nothing was measured$/m],
    ['cancelled', /^## Cancelled in or after round 2, before the evidence was conclusive$/m],
    ['internalError', /^## Stop: Signalbox itself failed: Cannot read/m],
  ] as const)('%s begins with its verdict', async (name, expected) => {
    const markdown = await summary(stories[name], github);
    expect(lines(markdown)[0]).toMatch(expected);
  });

  it('keeps the order: verdict, reasons, next steps, chart, table, findings, what was not measured, evidence, footer', async () => {
    const markdown = await summary(stories.stop, github);
    const places = [
      '## Stop',
      '### Why it stopped',
      '### What to do next',
      '### How it went',
      '| State',
      '### Findings',
      '### What was not measured',
      '<summary>Evidence',
      'policy `signalbox.yml`',
    ];
    const found = places.map((place) => markdown.indexOf(place));
    expect(found).not.toContain(-1);
    expect([...found].sort((a, b) => a - b)).toEqual(found);
  });

  it('names each reason with its value, its limit, its time and its link', async () => {
    const markdown = await summary(stories.stop, github);
    expect(markdown).toMatch(
      /- \*\*error rate\*\* is 4.1 %, over the limit of 1 %; since 10:43 UTC, 2 rounds in a row; \[see the evidence\]/,
    );
    expect(markdown).toMatch(/- \*\*scans\*\*: 1 finding of high or worse/);
    expect(markdown).toMatch(/- \*\*dark launch\*\*: new-checkout serves true/);
    expect(markdown).toContain('It would have continued if error rate had stayed < 1 % (it is 4.1 %)');
  });

  it('never shows a gate that only warns as one that blocks', async () => {
    const markdown = await summary(stories.warning, github);
    expect(markdown).toMatch(/!\u00a0NOT\u00a0healthy, only warns \| 95th/);
    expect(markdown).toMatch(/!\u00a0NOT\u00a0healthy, only observed \| cart/);
    expect(markdown).toMatch(/\?\u00a0could not be measured, ignored \| synthetic/);
    expect(markdown).not.toContain('✗');
    expect(markdown).not.toContain('Why it stopped');
  });

  it('says loudly that nothing was stopped', async () => {
    const markdown = await summary(stories.observed, github);
    expect(markdown).toContain('**Nothing was stopped: the policy only observes.**');
    expect(markdown).toContain('### What would have stopped it');
    expect(markdown).not.toContain('Why it stopped');
  });

  it('does not clear a release whose last measurement was bad', async () => {
    const gates = [
      {
        name: 'error rate',
        readings: [
          { state: 'unhealthy', code: 'over-threshold', reason: 'bad' },
          { state: 'error', code: 'timeout', reason: 'no answer' },
        ],
      } as const,
    ];
    const verdict = {
      decision: 'stop',
      reason: 'not-measured',
      gates: ['error rate'],
      sentence: 's',
    } satisfies Decision;
    const markdown = await summary(recordOf({ gates, rounds: 3, verdict }), github);
    expect(lines(markdown)[0]).toBe(
      '## Stop: could not measure error rate; error rate was unhealthy when last measured',
    );
    expect(markdown).not.toContain('not found at fault');
  });

  it('lists each problem of a policy with its place', async () => {
    const markdown = await summary(stories.policyError, github);
    expect(markdown).toContain('- `signalbox.yml:8:5` unknown key `enforec`; did you mean `enforce`?');
    expect(markdown).toContain('- input `deadline`: expected a duration');
  });

  it('says what was known when it was cancelled', async () => {
    const markdown = await summary(stories.cancelled, github);
    expect(markdown).toContain('Unhealthy at that time:');
    expect(markdown).toContain('not evaluated; healthy when last measured, in round 1');
    expect(markdown).toContain('not evaluated; in none of 2 rounds');
    expect(await summary(stories.cancelledAtOnce, github)).toContain('No round was made');
  });

  it('does not say that all was measured when a scan crashed beside a finding', async () => {
    const [gate] = stories.stop.rounds.at(-1)?.gates.filter((g) => g.gate === 'scans') ?? [];
    const answers = (gate?.answers ?? []).map((answer) =>
      'measurement' in answer && answer.measurement.kind === 'scans'
        ? { ...answer, measurement: { ...answer.measurement, problems: [{ code: 'X', message: 'Semgrep crashed' }] } }
        : answer,
    );
    const scans = { name: 'scans', readings: gate?.reading ? [gate.reading] : [], answers: () => answers };
    const verdict = { decision: 'stop', reason: 'unhealthy', gates: ['scans'], sentence: 's' } satisfies Decision;
    const record = recordOf({ gates: [scans], verdict });
    const markdown = await summary(record, github);
    expect(markdown).toContain('### What was not measured\n\n- **scans**, in part: Semgrep crashed');
    expect(markdown).not.toContain('Nothing:');
    expect(text(record, { width: 80, colour: false })).toContain('  - scans, in part: Semgrep crashed');
  });

  it('never advises to go back to an older version', async () => {
    for (const record of Object.values(stories))
      expect(await summary(record, github)).not.toMatch(/roll(?:ing|ed)?[ -]?back|revert/i);
  });

  it('folds on GitHub and does not on Azure', async () => {
    expect(await summary(stories.stop, github)).toContain('<details>');
    const azure = await summary(stories.stop, { flavour: 'azure', maxBytes: most });
    expect(azure).toContain('### Evidence');
    expect(azure).not.toMatch(/<[a-z/]/);
  });
});

describe('text from outside', () => {
  const cases: (readonly [string, string])[] = [
    ...hostileTexts.map((text) => [text, text] as const),
    ['all at once', hostileTexts.join(' ')],
  ];
  const harmlessRecord = () => hostile('harmless');

  it.each(cases)('%j changes neither layout nor links, and is no command', async (_, text) => {
    for (const flavour of ['github', 'azure'] as const) {
      const markdown = await summary(hostile(text), { flavour, maxBytes: most });
      const page = html(markdown);
      const calm = html(await summary(harmlessRecord(), { flavour, maxBytes: most }));
      for (const tag of [
        'h2',
        'h3',
        'h4',
        'table',
        'tr',
        'th',
        'td',
        'li',
        'pre',
        'details',
        'summary',
        'img',
        'blockquote',
        'input',
        'hr',
        'del',
        'em',
        'script',
        'sup',
        'section',
      ]) {
        expect(`${tag} ${count(page, tag)}`).toBe(`${tag} ${count(calm, tag)}`);
      }
      expect(tags(page).filter((t) => /href|src=|on\w+=/.test(t))).toEqual([]);
      expect(markdown).not.toMatch(/##(?:\[|vso\[)/i);
      for (const line of lines(markdown)) expect(line).not.toMatch(/^\s*::/);
      expect(markdown).not.toMatch(/(?!\n)\p{Cc}|[\u202a-\u202e\u2066-\u2069\u200b]|[\u{e0000}-\u{e007f}]/u);
      expect(Buffer.from(markdown).toString()).toBe(markdown);
      // What GitHub turns into something after Markdown is done, it leaves alone in code.
      const outside = page.replace(/<(pre|code)[^>]*>[\s\S]*?<\/\1>/g, '');
      expect(outside).not.toMatch(/@\w|#\d|GH-\d|:\/\/|www\.|:tada:|\$[x$]/);
      expect(page).not.toContain('<!--');
    }
  });

  // Fragments that mean something in Markdown, on GitHub or on Azure, in any order: what each escapes may free its neighbour.
  it('keeps its layout whatever fragments are put together', async () => {
    const fragments =
      '` `` | \\ < > & &lt; # ## [ ] ( ) ! * ** _ ~~ - + 1. === --- @a #12 a www.e.x http:// https://x.y :: ##vso[ ##[ $ $$ [x] [^1]: mailto:a@b.c <b> <!-- > ~~~ ``` &#96; |-| a@b.co'.split(
        ' ',
      );
    const words = fc
      .array(fc.constantFrom(...fragments, ' ', '\n', '\r\n', '    ', '\u2028', '\u202e', '\ud800', '\u0000'), {
        maxLength: 25,
      })
      .map((parts) => parts.join(''))
      .filter((text) => text.trim() !== '' && !URL.canParse(text));
    const options = { flavour: 'azure', maxBytes: most } as const;
    const shape = async (record: DecisionRecord) =>
      (html(await summary(record, options)).match(/<\/?[a-z]\w*/g) ?? [])
        .filter((tag) => !tag.endsWith('code'))
        .join('');
    const calm = await shape(harmlessRecord());
    await fc.assert(
      fc.asyncProperty(words, async (text) => {
        expect(await shape(hostile(text))).toBe(calm);
      }),
      { numRuns: 150 },
    );
  });

  it('keeps the words readable', async () => {
    const page = html(await summary(hostile('<img src=x> a|b `code` **bold**'), github));
    expect(page).toContain('&lt;img src=x&gt; a|b <code>code</code> **bold**');
  });

  it('drops links that are none for a person, and keeps good ones', async () => {
    expect(tags(html(await summary(stories.stop, github))).filter((t) => t.includes('href')).length).toBeGreaterThan(3);
    const page = html(
      await summary({ ...stories.stop, host: { ...stories.stop.host, run: 'https://user:pw@example.com/' } }, github),
    );
    expect(page).not.toContain('pw@');
  });
});

describe('the budget', () => {
  it.each([512, 128, 64, 32])(
    'keeps 500 gates with very long texts within %d KiB, and each reason in it',
    async (kib) => {
      const record = huge(500, 100_000);
      const markdown = await summary(record, { flavour: 'github', maxBytes: kib * 1024 });
      expect(Buffer.byteLength(markdown)).toBeLessThanOrEqual(kib * 1024);
      expect(markdown).toMatch(new RegExp(`\\*\\*Left out\\*\\* to stay within ${kib} KiB: `));
      for (const gate of record.verdict.gates) expect(markdown).toContain(`- **${gate}**`);
    },
  );

  it('leaves out the evidence of healthy gates first, then rows, and says so', async () => {
    const record = huge(60, 400);
    const whole = await summary(record, { flavour: 'github', maxBytes: most });
    expect(whole).not.toContain('Left out');
    const bytes = Buffer.byteLength(whole);
    expect(await summary(record, { flavour: 'github', maxBytes: bytes })).toBe(whole);
    const less = await summary(record, { flavour: 'github', maxBytes: bytes - 1 });
    expect(less).toMatch(/the evidence of healthy gates\. The full report has all of it/);
    const seen: string[] = [];
    for (let maxBytes = bytes; maxBytes > 1000; maxBytes = Math.floor(maxBytes * 0.9)) {
      const markdown = await summary(record, { flavour: 'github', maxBytes });
      const said = /to stay within \S+ \S+: (.*)\. The/.exec(markdown)?.[1] ?? '';
      if (said !== seen.at(-1)) seen.push(said);
      expect(markdown.includes('✓')).toBe(!said.includes('row'));
    }
    expect(seen).toEqual([
      '',
      'the evidence of healthy gates',
      'the evidence of all gates',
      'the evidence of all gates, 40 rows of the table and charts',
      'the evidence of all gates, 60 rows of the table, charts and the ends of long reasons',
    ]);
  });

  it('keeps every reason even when nothing fits', async () => {
    const markdown = await summary(stories.stop, { flavour: 'github', maxBytes: 10 });
    for (const gate of ['error rate', 'scans', 'dark launch']) expect(markdown).toContain(`**${gate}**`);
  });
});
