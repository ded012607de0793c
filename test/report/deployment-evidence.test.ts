/** What runs where as evidence: a line for each target in the summary and the page, and what to do next. */
import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import type { Target } from '../../src/record/deployments.js';
import type { Deployments, ReadingData } from '../../src/record/evidence.js';
import { type DecisionRecord, recordSchema } from '../../src/record/record.js';
import { html } from '../../src/report/html/page.js';
import { nextSteps } from '../../src/report/next.js';
import { summary } from '../../src/report/summary.js';
import { viewOf } from '../../src/report/view.js';
import { absentTarget, deployments, target, unknownTarget } from '../support/deployments.js';
import { hostileTexts, minute, recordOf } from './stories.js';

const record = (
  targets: readonly Target[],
  change: Partial<Deployments> = {},
  reading: Partial<ReadingData> = {},
): DecisionRecord =>
  recordOf({
    gates: [
      {
        name: 'green is ready',
        type: 'deployment',
        source: 'slots',
        readings: [{ state: 'insufficient', code: 'not-told', reason: 'nobody knows', ...reading }],
        answers: () => [{ role: 'targets', measurement: deployments(targets, { at: minute(1), ...change }) }],
      },
    ],
    verdict: { decision: 'stop', reason: 'insufficient-evidence', sentence: 's', gates: ['green is ready'] },
  });

const page = async (targets: readonly Target[], change: Partial<Deployments> = {}): Promise<string> =>
  await summary(record(targets, change), { flavour: 'github', maxBytes: 512 * 1024 });

const differ: NonNullable<Deployments['settings']> = {
  target: 'staging',
  like: 'production',
  compared: 9,
  differ: [
    { name: 'DB_HOST', how: 'other-value', sticky: false },
    { name: 'KEY', how: 'missing', sticky: true },
    { name: 'X', how: 'only-here', sticky: null },
  ],
};

describe('the evidence of deployments', () => {
  it('is a valid record', () => {
    const all = record([target('a'), unknownTarget('b'), absentTarget('c')], { settings: differ });
    expect(v.safeParse(recordSchema, all).issues).toBeUndefined();
  });

  it('says of each what runs there, how it stands, what it gets, since when, why, and where to look', async () => {
    const staging = target('staging', {
      ready: false,
      instances: { wanted: 2, ready: 1 },
      traffic: 5,
      since: minute(-30),
      reasons: ['1 of 2 instances are stopped'],
      link: 'https://portal.azure.com/x',
    });
    const markdown = await page([staging, absentTarget('old')]);
    expect(markdown).toContain('→ 1 of 2 targets there');
    expect(markdown).toContain(
      '- `staging`: running, version `1.2.3`; NOT ready; 1 of 2 instances ready; healthy; gets 5 % of the traffic; there since 10:10 UTC: 1 of 2 instances are stopped; [open it there](https://portal.azure.com/x)',
    );
    expect(markdown).toContain('- `old` is not there');
  });

  it.each<[string, Partial<Target>, RegExp]>([
    [
      'nothing is known of',
      unknownTarget('x'),
      /`x`: in a state that is not known, its version is not known; whether it is ready is not known; its traffic is not known/,
    ],
    ['is being changed', { state: 'deploying' }, /`x`: being changed right now,/],
    ['failed', { state: 'failed', health: 'unhealthy' }, /`x`: failed, .*NOT healthy/],
    ['is stopped', { state: 'stopped' }, /`x`: stopped,/],
  ])('says of one that %s', async (_, change, words) => {
    expect(await page([target('x', change)])).toMatch(words);
  });

  it('names settings that differ', async () => {
    const markdown = await page([target('staging')], { settings: differ });
    expect(markdown).toContain('- 9 settings of `staging` and `production`, 3 of them not the same:');
    expect(markdown).toContain('- `DB_HOST`: another value, not sticky');
    expect(markdown).toContain('- `KEY`: missing, sticky');
    expect(markdown).toMatch(/- `X`: only here$/m);
    const same = await page([target('staging')], { settings: { ...differ, differ: [] } });
    expect(same).toContain('- 9 settings of `staging` and `production` are the same');
  });

  it('lists twenty of many, and says how many more', async () => {
    const markdown = await page(Array.from({ length: 33 }, (_, i) => target(`t-${i}`)));
    expect(markdown).toContain('→ 33 targets');
    expect(markdown.match(/^- `t-\d+`/gm)).toHaveLength(20);
    expect(markdown).toContain('and 13 more');
  });

  it('stands in the full report, in the timeline too', async () => {
    const text = await html(record([target('staging', { traffic: 5 }), absentTarget('old')]));
    expect(text).toContain('staging running 1.2.3, 5 % of the traffic; old not there');
    expect(text).toContain('gets 5 % of the traffic');
  });

  it('lets no text of a system into the markup', async () => {
    for (const hostile of hostileTexts) {
      const evil = target(`t ${hostile}`, { version: hostile, reasons: [hostile], link: hostile });
      const settings = { ...differ, differ: [{ name: hostile, how: 'missing', sticky: null } as const] };
      const markdown = await page([evil], { settings });
      const rendered = micromark(markdown, {
        allowDangerousHtml: true,
        extensions: [gfm()],
        htmlExtensions: [gfmHtml()],
      });
      expect(rendered).not.toMatch(/<(?:script|img|iframe|svg)/i);
    }
  });
});

it.each(['target-not-as-expected', 'rollout-failed', 'waiting', 'deploying', 'too-young', 'no-settings', 'not-told'])(
  'has advice of its own on %s',
  (code) => {
    const [step] = nextSteps(viewOf(record([target('a')], {}, { code })));
    expect(step?.gates).toEqual(['green is ready']);
    expect(step?.text).not.toMatch(/^see the reason above/);
  },
);
