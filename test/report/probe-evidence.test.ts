/** How a service answered our own requests, as evidence: a line for each endpoint and side, charts, and what to do next. */
import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import type { Probes, ReadingData } from '../../src/record/evidence.js';
import { type DecisionRecord, recordSchema } from '../../src/record/record.js';
import { chartsOf } from '../../src/report/chart.js';
import { html } from '../../src/report/html/page.js';
import { nextSteps } from '../../src/report/next.js';
import { summary } from '../../src/report/summary.js';
import { viewOf } from '../../src/report/view.js';
import { type Endpoints, gateOf, probes, side, watch } from '../support/probes.js';
import { hostileTexts, minute, recordOf } from './stories.js';

const question = { family: 'probes', round: 1, requests: 20, warmUp: 5 } as const;

const record = (
  endpoints: Endpoints,
  change: Partial<Probes> = {},
  reading: Partial<ReadingData> = {},
): DecisionRecord =>
  recordOf({
    gates: [
      {
        name: 'idle slot',
        type: 'probe',
        source: 'slots',
        readings: [{ state: 'insufficient', code: 'looks-worse', reason: 'it looks worse', ...reading }],
        answers: () => [{ role: 'probes', measurement: probes(question, endpoints, { at: minute(1), ...change }) }],
      },
    ],
    verdict: { decision: 'stop', reason: 'insufficient-evidence', sentence: 's', gates: ['idle slot'] },
  });

const page = async (...args: Parameters<typeof record>): Promise<string> =>
  await summary(record(...args), { flavour: 'github', maxBytes: 512 * 1024 });

const two: Endpoints = [
  { name: 'GET /health', idle: side(10, 3, 120), live: side(10) },
  { name: 'GET /prices', idle: side(10, 10), live: side(10, 1, 5000) },
];

describe('the evidence of probes', () => {
  it('is a valid record', () => expect(v.safeParse(recordSchema, record(two)).issues).toBeUndefined());

  it('says of each endpoint and side how many failed, how, and how long the others took', async () => {
    const markdown = await page(two);
    expect(markdown).toContain('→ idle side 13 of 20 requests failed, live side 1 of 20');
    for (const line of [
      '- `GET /health` on the idle side: 3 of 10 requests failed, half within 200 ms; status 500 (3)',
      '- `GET /health` on the live side: 0 of 10 requests failed, half within 50 ms',
      '- `GET /prices` on the idle side: 10 of 10 requests failed; status 500 (10)',
      '- `GET /prices` on the live side: 1 of 10 requests failed, half took longer than 1000 ms; status 500 (1)',
    ])
      expect(markdown).toContain(line);
  });

  it('says where there is nothing to compare with', async () => {
    const markdown = await page([{ name: 'GET /', idle: side(20) }]);
    expect(markdown).toContain('idle side 0 of 20 requests failed, no live side to compare with');
    expect(markdown).not.toContain('on the live side');
  });

  it('stands in the full report too', async () =>
    expect(await html(record(two))).toContain('idle side 13 of 20 requests failed, live side 1 of 20'));

  it('lets no text of a system into the markup', async () => {
    for (const text of hostileTexts) {
      const idle = { ...side(10, 1), reasons: [{ why: text, count: 1 }] };
      const markdown = await page([{ name: text, idle, live: side(10) }], { link: text, query: text, subject: text });
      const rendered = micromark(markdown, {
        allowDangerousHtml: true,
        extensions: [gfm()],
        htmlExtensions: [gfmHtml()],
      });
      expect(rendered).not.toMatch(/<(?:script|img|iframe|svg)/i);
    }
  });

  it('draws both sides under their own names', () => {
    const looks = watch(
      gateOf({ 'max-failures': '50%' }),
      (asked) => probes(asked, [{ name: 'GET /', idle: side(20, 2), live: side(20, 1) }]),
      4,
    );
    const readings = looks.map(({ reading }) => reading as ReadingData);
    const all = recordOf({
      gates: [{ name: 'idle slot', type: 'probe', source: 'slots', readings, answers: () => [] }],
      rounds: readings.length,
      verdict: { decision: 'stop', reason: 'unhealthy', sentence: 's', gates: ['idle slot'] },
    });
    const charts = chartsOf('idle slot', all);
    expect(charts.find(({ kind }) => kind === 'rates')?.lines.map(({ name }) => name)).toEqual([
      'idle side failed',
      'live side failed',
    ]);
    expect(charts.find(({ kind }) => kind === 'ratio')?.title).toBe(
      'idle slot: how many times as often as the live side',
    );
  });
});

it.each([
  'over-max-failures',
  'worse-than-live',
  'slower-than-live',
  'live-failed',
  'wrong-side',
  'looks-worse',
  'too-few-requests',
])('has advice of its own on %s', (code) => {
  const [step] = nextSteps(viewOf(record(two, {}, { code })));
  expect(step?.gates).toEqual(['idle slot']);
  expect(step?.text).not.toMatch(/^see the reason above/);
});
