/** The charts of a summary: read by Mermaid itself; test/real draws them. */
import DOMPurify from 'dompurify';
import mermaid from 'mermaid';
import { describe, expect, it } from 'vitest';
import type { ReadingData } from '../../src/record/evidence.js';
import type { DecisionRecord } from '../../src/record/record.js';
import { summary } from '../../src/report/summary.js';
import { type GateStory, ratio, recordOf, stories } from './stories.js';

// Cleaning needs a browser's document, reading does not; what is read here are our own words.
Object.assign(DOMPurify, { addHook: () => undefined, sanitize: (words: string) => words });

const github = { flavour: 'github', maxBytes: 512 * 1024 } as const;

/** The sources of all charts, each of which Mermaid can read. */
async function chartsIn(record: DecisionRecord): Promise<string[]> {
  const markdown = await summary(record, github);
  const found = [...markdown.matchAll(/^```mermaid\n([\s\S]*?)^```$/gm)].map(([, source = '']) => source);
  for (const source of found) expect(await mermaid.parse(source)).toMatchObject({ diagramType: 'xychart' });
  return found;
}

const stop = (gates: readonly GateStory[], rounds: number): DecisionRecord =>
  recordOf({
    gates,
    rounds,
    verdict: { decision: 'stop', reason: 'unhealthy', gates: gates.map((g) => g.name), sentence: '' },
  });

const linesOf = (source: string): number[][] =>
  [...source.matchAll(/^ {2}line \[(.*)\]$/gm)].map(([, list = '']) => list.split(', ').map(Number));

describe('the charts of a summary', () => {
  it('show what decided, with its limit beside it', async () => {
    const [chart = '', ...more] = await chartsIn(stop([ratio('error rate', [0.2, 0.4, 4.1])], 3));
    expect(more).toEqual([]);
    expect(linesOf(chart)).toEqual([
      [0.2, 0.4, 4.1],
      [1, 1, 1],
    ]);
    expect(chart).toContain('"10:41 to 10:43 UTC" 1 --> 3');
  });

  it('say in words which line is which', async () => {
    const markdown = await summary(stop([ratio('error rate', [0.2, 0.4, 4.1])], 3), github);
    expect(markdown).toContain('**error rate**: red the value, 4.1 % at the end; grey limit `< 1 %`');
  });

  it('can be read by Mermaid in every story', async () => {
    for (const record of Object.values(stories)) await chartsIn(record);
  });

  it('hold no text from outside, whatever a gate is called', async () => {
    const name = '"]\n```\n%%{init: {"securityLevel": "loose"}}%%\nclick A call alert() "x" <script>alert(1)</script>';
    const [hostile = ''] = await chartsIn(stop([ratio(name, [0.2, 0.4, 4.1])], 3));
    const [harmless = ''] = await chartsIn(stop([ratio('error rate', [0.2, 0.4, 4.1])], 3));
    expect(hostile).toBe(harmless);
  });

  it('keep a peak when they are thinned', async () => {
    const values = Array.from({ length: 400 }, (_, i) => (i === 217 ? 9.5 : 0.2));
    const [chart = ''] = await chartsIn(stop([ratio('error rate', values)], 400));
    const [line = []] = linesOf(chart);
    expect(line.length).toBeLessThanOrEqual(40);
    expect(line).toContain(9.5);
  });

  it('leave out what was not measured, and say so', async () => {
    const gate = ratio('error rate', [0.2, 0.4, 4.1]);
    const none: ReadingData = { state: 'error', code: 'timeout', reason: 'no answer' };
    const readings = [gate.readings[0] ?? null, none, ...gate.readings.slice(1)];
    const record = stop([{ ...gate, readings }], 4);
    expect(linesOf((await chartsIn(record))[0] ?? '')).toEqual([
      [0.2, 0.4, 4.1],
      [1, 1, 1],
    ]);
    expect(await summary(record, github)).toContain('1 time without a value left out');
  });

  it.each([[1e-9], [3e14], [-5]])('write a value of %d without an exponent', async (value) => {
    const gate = ratio('error rate', [0.2, 0.4, 4.1]);
    const readings = [value, 2 * value].map((x): ReadingData => ({ ...(gate.readings[0] as ReadingData), value: x }));
    const [chart = ''] = await chartsIn(stop([{ ...gate, readings }], 2));
    expect(chart).not.toMatch(/\de[+-]?\d/);
  });

  it('are none for values that cannot be drawn, for one point, and on Azure', async () => {
    const gate = ratio('error rate', [0.2, 0.4, 4.1]);
    const readings = [1e300, 1e301].map((x): ReadingData => ({ ...(gate.readings[0] as ReadingData), value: x }));
    expect(await chartsIn(stop([{ ...gate, readings }], 2))).toEqual([]);
    expect(await chartsIn(stop([ratio('error rate', [4.1])], 1))).toEqual([]);
    const azure = await summary(stop([gate], 3), { ...github, flavour: 'azure' });
    expect(azure).not.toContain('mermaid');
    expect(azure).toContain('▁▁█');
  });

  it('go before any reason does when there is no room', async () => {
    const gates = Array.from({ length: 30 }, (_, i) => ratio(`error rate ${i}`, [0.2, 0.4, 4.1]));
    const record = stop(gates, 3);
    const small = await summary(record, { ...github, maxBytes: 4000 });
    expect(small).not.toContain('mermaid');
    for (const { name } of gates) expect(small).toContain(name);
  });
});
