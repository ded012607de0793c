import fc from 'fast-check';
import { type DefaultTreeAdapterMap, parse } from 'parse5';
import { describe, expect, it } from 'vitest';
import { sha256 } from '../../src/record/hash.js';
import type { DecisionRecord } from '../../src/record/record.js';
import { chartsOf } from '../../src/report/chart.js';
import { thinned } from '../../src/report/html/drawing.js';
import { html } from '../../src/report/html/page.js';
import type { PageData } from '../../src/report/html/wire.js';
import { viewOf } from '../../src/report/view.js';
import { verdictSentence } from '../../src/report/words.js';
import { bake, canaryCourse } from './html-stories.js';
import { hostile, hostileTexts, huge, stories } from './stories.js';

type Element = DefaultTreeAdapterMap['element'];
type Node = DefaultTreeAdapterMap['node'];

/** All elements of a page, in order; a page that a browser would have to mend is an error. */
function elements(page: string): Element[] {
  const errors: string[] = [];
  const tree = parse(page, { onParseError: ({ code, startLine }) => errors.push(`${code} in line ${startLine}`) });
  expect(errors).toEqual([]);
  const walk = (node: Node): Element[] => [
    ...('tagName' in node ? [node] : []),
    ...('childNodes' in node ? node.childNodes.flatMap(walk) : []),
  ];
  return walk(tree);
}

const attribute = (element: Element | undefined, name: string): string | undefined =>
  element?.attrs.find((a) => a.name === name)?.value;

const textOf = (node: Node): string =>
  'value' in node ? node.value : 'childNodes' in node ? node.childNodes.map(textOf).join('') : '';

const words = (node: Node | undefined): string => (node ? textOf(node).replace(/\s+/g, ' ').trim() : '');

const named = (all: readonly Element[], tag: string): Element[] => all.filter(({ tagName }) => tagName === tag);
const byId = (all: readonly Element[], id: string) => all.find((element) => attribute(element, 'id') === id);

const dataOf = (all: readonly Element[]): PageData => JSON.parse(textOf(byId(all, 'data') as Node)) as PageData;

const everyStory: [string, DecisionRecord][] = [...Object.entries(stories), ['canaryCourse', canaryCourse]];

describe('every report', () => {
  it.each(everyStory)(
    'of %s has one title, headings in order, names that are its own, and tables that are told',
    async (_, record) => {
      const all = elements(await html(record));
      const [title, ...more] = named(all, 'h1');
      expect(more).toEqual([]);
      // Without a colon the word stands on a line of its own.
      expect(words(title).replace(/\s/g, '').toLowerCase()).toBe(
        verdictSentence(viewOf(record)).replace(/\s/g, '').toLowerCase(),
      );
      expect(named(all, 'main')).toHaveLength(1);
      expect(attribute(named(all, 'html')[0], 'lang')).toBe('en');

      const ranks = all.flatMap(({ tagName }) => (/^h[1-6]$/.test(tagName) ? [Number(tagName[1])] : []));
      ranks.forEach((rank, i) => {
        expect(rank - (ranks[i - 1] ?? 0)).toBeLessThanOrEqual(1);
      });

      const ids = all.flatMap((element) => attribute(element, 'id') ?? []);
      expect(new Set(ids).size).toBe(ids.length);
      for (const link of named(all, 'a')) {
        const href = attribute(link, 'href') ?? '';
        if (href.startsWith('#')) expect(ids).toContain(href.slice(1));
      }
      for (const element of all) {
        const label = attribute(element, 'aria-labelledby');
        if (label !== undefined) expect(ids).toContain(label);
      }
      for (const table of named(all, 'table')) {
        const inside = elements(`<!doctype html><title>x</title>${serialised(table)}`);
        expect(words(named(inside, 'caption')[0])).not.toBe('');
        for (const th of named(inside, 'th')) expect(['col', 'row']).toContain(attribute(th, 'scope'));
      }
    },
  );

  it.each(everyStory)(
    'of %s asks for nothing from anywhere, and runs nothing but its own script',
    async (_, record) => {
      const page = await html(record);
      const all = elements(page);
      const loading = ['img', 'iframe', 'object', 'embed', 'video', 'audio', 'source', 'base', 'form', 'image', 'use'];
      expect(all.filter(({ tagName }) => loading.includes(tagName))).toEqual([]);
      expect(all.filter((element) => attribute(element, 'src') !== undefined)).toEqual([]);
      expect(named(all, 'link').map((element) => attribute(element, 'href'))).toEqual(['data:,']);
      const [style, ...others] = named(all, 'style');
      expect(others).toEqual([]);
      expect(textOf(style as Node)).not.toMatch(/@import|url\(/);

      const policy =
        attribute(
          named(all, 'meta').find((m) => attribute(m, 'http-equiv') !== undefined),
          'content',
        ) ?? '';
      expect(policy).toMatch(/^default-src 'none'; /);
      expect(policy).not.toMatch(/unsafe|https?:|\*/);
      const script = named(all, 'script').find((element) => attribute(element, 'type') === undefined);
      const hash = (node: Node | undefined) => Buffer.from(sha256(textOf(node as Node)), 'hex').toString('base64');
      expect(policy).toContain(`script-src 'sha256-${hash(script)}'`);
      expect(policy).toContain(`style-src 'sha256-${hash(style)}'`);
      expect(all.flatMap(({ attrs }) => attrs.filter(({ name }) => name === 'style' || name.startsWith('on')))).toEqual(
        [],
      );
    },
  );
});

function serialised(element: Element): string {
  const attrs = element.attrs.map(
    ({ name, value }) => ` ${name}="${value.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}"`,
  );
  const inner = element.childNodes.map((node) =>
    'tagName' in node ? serialised(node) : textOf(node).replaceAll('&', '&amp;').replaceAll('<', '&lt;'),
  );
  const empty = ['br', 'path', 'circle', 'rect'].includes(element.tagName);
  return `<${element.tagName}${attrs.join('')}>${empty && element.tagName === 'br' ? '' : `${inner.join('')}</${element.tagName}>`}`;
}

describe('the top of the page', () => {
  const section = async (record: DecisionRecord, id: string) => words(byId(elements(await html(record)), id));

  it('says the value against its limit, since when, and what it would have taken', async () => {
    const why = await section(stories.stop, 'why');
    expect(why).toMatch(/Why it stopped.*error rate NOT healthy 4\.1 % over the limit of 1 %/);
    expect(why).toContain('since 10:43 UTC, 2 rounds in a row');
    expect(why).toContain('It would have continued if error rate had stayed < 1 % (it is 4.1 %)');
  });

  it('says what to do next', async () => {
    expect(await section(stories.stop, 'next')).toMatch(/error rate: find what the new version changed/);
  });

  it('names the line of a policy that cannot be run', async () => {
    expect(await section(stories.policyError, 'why')).toMatch(/What to mend\s?signalbox\.yml:8:5 unknown key enforec/);
  });

  it('never looks like a go when the train stands', async () => {
    for (const [name, record] of everyStory) {
      const tone = attribute(named(elements(await html(record)), 'html')[0], 'class');
      expect([name, tone === 'go']).toEqual([name, record.decision.decision === 'continue' && tone === 'go']);
      if (record.decision.decision === 'stop') expect(['stop', 'none']).toContain(tone);
    }
  });
});

describe('charts', () => {
  it('are told in words, drawn without a script, and stand in a table', async () => {
    const all = elements(await html(stories.stop));
    const chart = named(all, 'figure').find((figure) => attribute(figure, 'class') === 'chart');
    expect(words(chart)).toContain(
      '4 rounds, 10:41 UTC to 10:44 UTC; last 4.1 %, between 0.6 % and 4.1 %; limit < 1 %.',
    );
    const inside = elements(`<!doctype html><title>x</title>${serialised(chart as Element)}`);
    expect(attribute(named(inside, 'svg')[0], 'aria-label')).toContain('between 0.6 % and 4.1 %');
    expect(named(inside, 'tr').map(words)).toEqual(
      expect.arrayContaining(['10:41:00 UTC0.6 %', '10:42:00 UTC0.9 %', '10:43:00 UTC2.7 %', '10:44:00 UTC4.1 %']),
    );
  });

  it('of what stopped the train come first, the others are folded', async () => {
    const all = elements(await html(canaryCourse));
    const figures = named(all, 'figure').flatMap((figure) =>
      attribute(figure, 'class') === 'chart' ? [words(figure)] : [],
    );
    expect(figures.map((text) => text.split(': ')[0])).toEqual([
      ...Array.from({ length: 3 }, () => 'checkout errors, canary against stable'),
      expect.stringContaining('error rate'),
    ]);
    expect(words(byId(all, 'charts'))).toContain('1 more chart of 1 gate');
  });

  it('get the same numbers for their script', async () => {
    const data = dataOf(elements(await html(canaryCourse)));
    const wanted = canaryCourse.gates.flatMap(({ name }) => chartsOf(name, canaryCourse));
    expect(data.charts.map(({ label }) => label)).toEqual(wanted.map(({ title }) => title));
    data.charts.forEach((chart, i) => {
      chart.lines.forEach((line, k) => {
        line.values.forEach((value, n) => {
          const exact = wanted[i]?.lines[k]?.values[n] ?? null;
          if (exact === null) expect(value).toBeNull();
          else expect(value).toBeCloseTo(exact, 5);
        });
      });
    });
  });

  it('keep every extreme when they are thinned', () => {
    const course = fc.array(fc.option(fc.double({ noNaN: true, noDefaultInfinity: true })), {
      minLength: 1,
      maxLength: 2000,
    });
    fc.assert(
      fc.property(course, fc.integer({ min: 8, max: 300 }), (values, most) => {
        const kept = thinned(values, most);
        const numbers = (all: readonly (number | null)[]) => all.filter((value) => value !== null);
        const shown = numbers(kept.map((i) => values[i] ?? null));
        expect(kept.length).toBeLessThanOrEqual(Math.max(most, 4));
        for (const bound of [Math.min, Math.max]) {
          const extreme = (all: number[]) => all.reduce((a, b) => bound(a, b), all[0] ?? 0);
          expect(extreme(shown)).toBe(extreme(numbers(values)));
        }
        expect([kept[0], kept.at(-1)]).toEqual([0, values.length - 1]);
      }),
    );
  });
});

describe('the timeline', () => {
  it('has every round with the state of every gate', async () => {
    const record = bake(1440, 20);
    const page = await html(record);
    expect(Buffer.byteLength(page)).toBeLessThan(5_000_000);
    const data = dataOf(elements(page));
    expect(data.rounds).toHaveLength(1440);
    data.rounds.forEach((round, i) => {
      const states = data.gates.map((_, g) => data.states[round.cells[2 * g] ?? -1]);
      expect(states).toEqual(record.rounds[i]?.gates.map(({ reading }) => reading?.state));
    });
  });

  it('has the query, the window and the values of each round that it has room for', async () => {
    const data = dataOf(elements(await html(stories.stop)));
    const last = data.rounds.at(-1);
    const answers = last?.details?.find(([gate]) => data.gates[gate] === 'error rate')?.[3];
    const [head, query, result, link, times] = answers?.[0] ?? [];
    const text = (place: number | undefined) => data.texts[place ?? -1];
    expect(text(head)).toBe('query to prometheus: the value of the query');
    expect(text(query)).toContain('http_requests_total');
    expect(text(result)).toBe('0.040999999999999995');
    expect(text(link)).toMatch(/^https:\/\/prom\.example\.com\/graph/);
    expect(times?.map((ms) => new Date(data.began + (ms ?? 0)).toISOString().slice(11, 19))).toEqual([
      '10:44:00',
      '10:39:00',
      '10:44:00',
      '10:43:52',
    ]);
  });

  it('says so when there is more than the page can hold', async () => {
    const record = bake(1500, 120);
    const page = await html(record);
    expect(Buffer.byteLength(page)).toBeLessThan(12_000_000);
    const data = dataOf(elements(page));
    expect(data.total).toBe(1500);
    expect(data.rounds.length).toBeLessThan(1500);
    expect(data.rounds.at(-1)?.number).toBe(1500);
    expect(data.rounds[0]?.number).toBe(1);
  });

  it('shows a single bad round among a thousand', async () => {
    const good = bake(1000, 1);
    const sick = { ...(stories.stop.rounds.at(-1)?.gates[0]?.reading ?? null) } as NonNullable<
      DecisionRecord['rounds'][number]['gates'][number]['reading']
    >;
    const rounds = good.rounds.map((round, i) => ({
      ...round,
      gates: round.gates.map((gate) => ({
        ...gate,
        reading: i === 517 ? sick : { ...sick, state: 'healthy' as const, value: 0.4, shown: '0.4 %' },
      })),
    }));
    const all = elements(await html({ ...good, rounds }));
    const table = byId(all, 'rounds');
    expect(words(table)).toContain('518');
    const strips = all.filter((element) => attribute(element, 'class') === 'unhealthy' && element.tagName === 'path');
    expect(strips).toHaveLength(1);
  });
});

describe('text from outside', () => {
  /** The page without its words; code is left out, since backticks make it. */
  const shape = (page: string): string[] =>
    elements(page).flatMap(({ tagName, attrs }) =>
      ['code', 'path', 'text'].includes(tagName) ? [] : [`${tagName} ${attrs.map(({ name }) => name).join(' ')}`],
    );
  const attacks = [
    ...hostileTexts,
    '</script><script>alert(1)</script>',
    '</style></title></textarea><svg onload=alert(1)>',
    '" onfocus="alert(1)" autofocus="',
    "' onmouseover='alert(1)",
    '<!--<script>',
    ']]>-->&lt;script&gt;',
    '\u2028\u2029\u0000',
  ];

  it.each(attacks)('%j changes nothing but words', async (text) => {
    const page = await html(hostile(text));
    expect(shape(page)).toEqual(shape(await html(hostile('words'))));
    for (const link of named(elements(page), 'a')) expect(attribute(link, 'href')).toMatch(/^(?:https?:\/\/|#)/);
    expect(page).not.toMatch(/[\u202a-\u202e\u2066-\u2069\u200b\u{e0000}-\u{e007f}]/u);
    for (const place of dataOf(elements(page))
      .rounds.flatMap((r) => r.details ?? [])
      .flatMap(([, , , answers]) => answers)) {
      expect(dataOf(elements(page)).texts[place[3]]).toMatch(/^(?:https?:\/\/.*)?$/);
    }
  });

  it('of any kind changes nothing but words', async () => {
    const calm = shape(await html(hostile('words')));
    const text = fc.string({
      unit: fc.constantFrom(...Array.from('<>"\'&/!-=` \n\u202e\\{}$;abscript')),
      minLength: 1,
      maxLength: 40,
    });
    await fc.assert(
      fc.asyncProperty(text, async (one) => {
        fc.pre(one.trim() !== '');
        expect(shape(await html(hostile(one)))).toEqual(calm);
      }),
      { numRuns: 40 },
    );
  });

  it('is masked where it must be, and the script stays as it is', async () => {
    const redact = (page: string) => page.replaceAll('prometheus', '***').replaceAll('addEventListener', '***');
    const page = await html(stories.stop, redact);
    expect(page).not.toContain('prometheus');
    const script = named(elements(page), 'script').find((element) => attribute(element, 'type') === undefined);
    expect(textOf(script as Node)).toContain('addEventListener');
  });

  it('of five hundred gates stays readable and small', async () => {
    const page = await html(huge(500, 2000));
    expect(Buffer.byteLength(page)).toBeLessThan(8_000_000);
    expect(words(named(elements(page), 'h1')[0])).toMatch(/^Stop: could not measure/i);
  });
});
