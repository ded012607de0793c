/** Flags as evidence in the summary: a line for each, and what to do about those that prove nothing. */
import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import type { Answer, ReadingData } from '../../src/record/evidence.js';
import type { FlagState } from '../../src/record/flags.js';
import { type DecisionRecord, recordSchema } from '../../src/record/record.js';
import { nextSteps } from '../../src/report/next.js';
import { summary } from '../../src/report/summary.js';
import { viewOf } from '../../src/report/view.js';
import { individuals, matching, percentOf, serve } from '../../src/sources/flags/definition.js';
import { missing, type Setup, stateFor } from '../support/flag-gate.js';
import { meaning } from '../support/flags.js';
import { hostileTexts, minute, recordOf } from './stories.js';

const answer = (states: FlagState[]): Answer => ({
  role: 'r-*',
  measurement: {
    kind: 'flag-states',
    source: 'flags',
    subject: 'flags r-*',
    query: 'GET /api/admin/projects/default/features',
    at: minute(1),
    seen: states.filter(({ exists }) => exists).length,
    notes: [],
    partial: false,
    states,
  },
});

const record = (states: FlagState[], reading: Partial<ReadingData> = {}): DecisionRecord =>
  recordOf({
    gates: [
      {
        name: 'dark launch',
        type: 'flags',
        source: 'flags',
        readings: [{ state: 'insufficient', code: 'indeterminate', reason: 'nobody knows', ...reading }],
        answers: () => [answer(states)],
      },
    ],
    verdict: { decision: 'stop', reason: 'insufficient-evidence', sentence: 's', gates: ['dark launch'] },
  });

const page = async (...states: FlagState[]): Promise<string> =>
  await summary(record(states), { flavour: 'github', maxBytes: 512 * 1024 });
const flag = (setup: Setup | typeof missing, key = 'x') => stateFor(key, setup, meaning);

describe('the evidence of flags', () => {
  it('is a valid record', () => {
    expect(v.safeParse(recordSchema, record([flag({}), flag({ targetingUnknown: true })])).issues).toBeUndefined();
  });

  it('says of each who gets it, what off serves, when it was changed by whom, its version and where to look', async () => {
    const setup: Setup = {
      definition: { rules: [{ who: percentOf(5), serves: serve('on') }] },
      changed: { at: minute(-30), by: 'ann', scope: 'environment' },
      version: '42',
      owner: 'team blue',
      link: 'https://flags.example.com/x',
    };
    const markdown = await page(flag(setup));
    expect(markdown).toContain('→ 1 flag');
    expect(markdown).toMatch(
      /- `x` is on for 5 %; off serves the old code; changed 10:10 UTC by ann; of team blue; version `42`; \[open it there\]\(https:\/\/flags\.example\.com\/x\)/,
    );
  });

  it.each<[string, Setup | typeof missing, RegExp]>([
    ['is off', {}, /`x` is off; off serves the old code; its last change is not known/],
    [
      'is on by a rule',
      { definition: { rules: [{ who: matching('r'), serves: serve('on') }] } },
      /on for those whom its rules name \(0 % to 100 % of all users\)/,
    ],
    [
      'is on by a list',
      { definition: { rules: [{ who: individuals(2), serves: serve('on') }] } },
      /\(0 % of all users\)/,
    ],
    ['serves on when it is off', { definition: { off: serve('on') } }, /off serves the NEW code/],
    [
      'serves what the code says',
      { definition: { otherwise: serve(null) } },
      /say what that is with `?\\?`?code-default/,
    ],
    ['is moved', { managedBy: 'a release plan' }, /moved by a release plan/],
    ['changes with time', { timeDependent: true }, /changes with time by itself/],
    ['is not there', missing, /`x` is not there/],
    ['is archived', { archived: true }, /`x` is archived;/],
    ['is not set up', { configured: false }, /`x` is not set up here/],
    ['cannot be killed', { kill: { possible: false, scope: 'none' } }, /cannot be switched off with this credential/],
    [
      'is estimated',
      { state: { method: 'sampled', sample: 400, reach: 'partial', exposure: { lo: 4, hi: 7 } } },
      /on for 4 % to 7 %, estimated from 400 evaluations/,
    ],
    ['is in a file', { changed: { at: minute(-30), by: null, scope: 'file' } }, /its file changed 10:10 UTC/],
  ])('says that one %s', async (_, setup, words) => expect(await page(flag(setup))).toMatch(words));

  it('counts those that exist', async () => {
    expect(await page(flag(missing))).toContain('→ no flag');
    expect(await page()).toContain('→ no flag');
  });

  it('lists twenty of many, and says how many more', async () => {
    const many = Array.from({ length: 33 }, (_, i) => flag({}, `r-${i}`));
    const markdown = await page(...many);
    expect(markdown).toContain('→ 33 flags');
    expect(markdown.match(/^- `r-\d+`/gm)).toHaveLength(20);
    expect(markdown).toContain('and 13 more');
  });

  it('lets no text of a provider into the markup', async () => {
    for (const hostile of hostileTexts) {
      const markdown = await page(
        flag({
          changed: { at: minute(-30), by: hostile, scope: 'flag' },
          version: hostile,
          owner: hostile,
          managedBy: hostile,
          link: hostile,
          state: { key: `f ${hostile}`, unclear: [hostile] },
        }),
      );
      const html = micromark(markdown, { allowDangerousHtml: true, extensions: [gfm()], htmlExtensions: [gfmHtml()] });
      expect(html).not.toMatch(/<(?:script|img|iframe|svg)/i);
    }
  });
});

it.each([
  'unknown-flag',
  'no-flags',
  'not-configured',
  'no-counterpart',
  'indeterminate',
  'not-proven',
  'not-told',
  'change-unknown',
  'changed-lately',
  'never-evaluated',
  'kill-unknown',
  'code-default',
  'unclear',
  'clock-skew',
  'partial',
  'no-data',
])('there is advice for %s', (code) => {
  const [first] = nextSteps(viewOf(record([flag({})], { code })));
  expect(first?.gates).toEqual(['dark launch']);
  expect(first?.text).not.toMatch(/^see the reason above/);
});
