import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { recordSchema } from '../../src/record/record.js';
import { movesSaid } from '../../src/report/moves.js';
import { summary } from '../../src/report/summary.js';
import { text } from '../../src/report/text.js';
import { flagChange, flagStories, refused } from './flag-stories.js';
import { hostileTexts } from './stories.js';

const github = { flavour: 'github', maxBytes: 512 * 1024 } as const;
const heading = (markdown: string): string => markdown.split('\n')[0] ?? '';

describe('the stories of flags', () => {
  it.each(Object.entries(flagStories))('%s is a valid record', (_, record) => {
    expect(v.safeParse(recordSchema, JSON.parse(JSON.stringify(record))).issues).toBeUndefined();
  });

  it('begin with what became of the flag', async () => {
    expect(heading(await summary(flagStories.switchedOff, github))).toMatch(
      /^## Stop: error rate is 4\.4 %.*; new-checkout is now off$/,
    );
    expect(heading(await summary(flagStories.notOff, github))).toMatch(
      /; new-checkout is NOT off; new-basket is now off$/,
    );
  });

  it('say who has to do what where a flag is not off, in bold and before the gates', async () => {
    const markdown = await summary(flagStories.notOff, github);
    expect(markdown).toMatch(
      /✗ `new-checkout` \*\*was NOT switched off in flags: .*405.*Next: ask a member of checkout-leads/,
    );
    expect(markdown.indexOf('### Flags')).toBeLessThan(markdown.indexOf('### 2 gates'));
    const plain = text(flagStories.notOff, { width: 100, colour: false });
    expect(plain).toMatch(/Moved at the end\n {2}- ✗ new-checkout was NOT switched off/);
  });

  it('keep that even where nearly everything else is left out', async () => {
    const markdown = await summary(flagStories.notOff, { flavour: 'github', maxBytes: 100 });
    expect(markdown).toMatch(/new-checkout.*NOT switched off/s);
  });

  it('show how far a rollout came, and where the flag stands', async () => {
    const markdown = await summary(flagStories.rolloutStopped, github);
    expect(markdown).toContain('### Stages\n\nnew-checkout is off.');
    expect(markdown).toMatch(
      /\| ✓\u00a01 % .*\n\| ✓\u00a05 % .*\n\| ✗\u00a025 % .*error rate.*\n\| ○\u00a0100 % \|.*\| not begun/,
    );
    expect(heading(await summary(flagStories.rolledOut, github))).toBe(
      '## Continue: new-checkout is on for 100 %, after 4 steps that were each proven healthy',
    );
  });

  it('say how to go on with one that was cancelled', async () => {
    const markdown = await summary(flagStories.rolloutCancelled, github);
    expect(markdown).toContain('new-checkout is on for 5 %.');
    expect(markdown).toMatch(/with the record of this run as the input `?\\?`?resume/);
  });

  it('tell of one that somebody else moves', async () => {
    const markdown = await summary(flagStories.rolloutElsewhere, github);
    expect(heading(markdown)).toMatch(
      /^## Stop: new-checkout could not be moved to 1 %: new-checkout is on for 5 %, expected off/,
    );
    expect(markdown).toContain('new-checkout is on for 5 %.');
  });

  it('let no text of a provider into the markup', async () => {
    for (const hostile of hostileTexts) {
      const [first] = flagStories.notOff.reactions ?? [];
      if (!first) throw new Error('no reaction');
      const record = {
        ...flagStories.notOff,
        reactions: [{ ...first, flag: { ...refused, detail: hostile, next: hostile, flag: `f ${hostile}` } }],
      };
      const markdown = await summary(record, github);
      const page = micromark(markdown, { allowDangerousHtml: true, extensions: [gfm()], htmlExtensions: [gfmHtml()] });
      expect(page).not.toMatch(/<(?:script|img|iframe|svg)/i);
      expect(text(record, { width: 100, colour: false })).not.toContain('\u001b');
    }
  });
});

describe('what is said of flags in the verdict', () => {
  const said = (...flags: ReturnType<typeof flagChange>[]) =>
    movesSaid({
      ...flagStories.switchedOff,
      reactions: flags.map((flag) => ({
        type: 'flag-off',
        target: 't',
        moment: 'end',
        at: flag.at,
        ok: true,
        detail: '',
        flag,
      })),
    });

  it('is nothing for a dry run', () => expect(said(flagChange({ outcome: 'dry-run' }))).toBe(''));
  it('names those that are not off first', () =>
    expect(said(flagChange({ flag: 'a' }), flagChange({ flag: 'b', outcome: 'not-verified' }))).toBe(
      'b is NOT off; a is now off',
    ));
  it('names three', () =>
    expect(said(...['a', 'b', 'c', 'd'].map((flag) => flagChange({ flag })))).toBe('a, b, c and 1 more are now off'));
});
