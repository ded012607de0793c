import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import { describe, expect, it } from 'vitest';
import type { Host } from '../../src/host/host.js';
import { hostOfService } from '../../src/host/of-service.js';
import type { DecisionRecord } from '../../src/record/record.js';
import type { ServiceDecision, TrainRecord } from '../../src/record/train-record.js';
import { columns } from '../../src/report/columns.js';
import { trainAnnotations, trainSummary, trainText } from '../../src/report/train.js';
import { orderOf, verdictOf } from '../../src/train/services.js';
import { FakeHost } from '../support/host.js';
import { hostileTexts, huge, stories } from './stories.js';

interface One {
  readonly record: DecisionRecord | null;
  readonly needs?: readonly string[];
  readonly decision?: ServiceDecision;
}

const hash = 'a'.repeat(64);

function trainOf(services: Readonly<Record<string, One>>, change: Partial<TrainRecord> = {}) {
  const all = Object.entries(services).map(
    ([name, { record, needs = [], decision }]): TrainRecord['services'][number] => ({
      name,
      policy: `services/${name}.yml`,
      needs: [...needs],
      began: record?.began ?? null,
      ended: record?.ended ?? null,
      decision: decision ??
        record?.decision ?? { decision: 'stop', reason: 'needs-stopped', gates: [], sentence: 'never begun' },
      record: record === null ? null : { file: `${name}.record.json`, sha256: hash },
    }),
  );
  const train: TrainRecord = {
    signalbox: 1,
    kind: 'train',
    tool: { name: 'signalbox', version: '1.2.3' },
    train: 'spring release',
    file: { path: 'train.yml', sha256: hash },
    host: { kind: 'github', repository: null, ref: null, sha: null, actor: null, run: null },
    began: '2026-11-23T10:00:00.000Z',
    ended: '2026-11-23T10:12:00.000Z',
    order: orderOf(all) ?? [],
    services: all,
    decision: verdictOf(all, new Map(all.map(({ name, decision }) => [name, decision]))),
    problems: [],
    ...change,
  };
  const records = new Map(
    Object.entries(services).flatMap(([name, { record }]) => (record ? [[name, record] as const] : [])),
  );
  return { train, records };
}

const options = { flavour: 'github', maxBytes: 512 * 1024, recordFile: 'record.json' } as const;

const mixed = () =>
  trainOf({
    checkout: { record: stories.continue },
    search: { record: stories.stop, needs: ['checkout'] },
    mail: { record: null, needs: ['search'] },
  });

describe('the summary of a train', () => {
  it('says first which service stopped it and why, then each in one row, then what each says itself', async () => {
    const { train, records } = mixed();
    const markdown = await trainSummary(train, records, options);
    const [heading = ''] = markdown.split('\n');
    expect(heading).toMatch(/^## Stop: search is unhealthy: error rate: .*4\.1 %.*1 %/);
    expect(markdown).toMatch(/\| ✗.stop \| \*\*`search`\*\* \| unhealthy: .* \| .*error rate.* \| checkout \|/);
    expect(markdown).toMatch(/\| –.never.begun \| \*\*`mail`\*\* \| needs-stopped: never begun \| – \| search \|/);
    // What stopped comes before what went; each folded, each whole.
    expect(markdown.indexOf('<summary>✗ search')).toBeLessThan(markdown.indexOf('<summary>✓ checkout'));
    expect(markdown).toContain('## Continue: all 4 gates were healthy together');
    expect(markdown.match(/<details>/g)?.length).toBe(markdown.match(/<\/details>/g)?.length);
    expect(markdown).not.toContain('Left out');
    const page = micromark(markdown, { allowDangerousHtml: true, extensions: [gfm()], htmlExtensions: [gfmHtml()] });
    expect(page.match(/<table>/g)?.length).toBeGreaterThan(1);
  });

  it('folds nothing on Azure', async () => {
    const { train, records } = mixed();
    const markdown = await trainSummary(train, records, { ...options, flavour: 'azure' });
    expect(markdown).not.toContain('<details>');
    expect(markdown).toContain('## ✗ `search`');
  });

  it('leaves out what let go, from the end, then what holds, and shortens what stopped', async () => {
    const { train, records } = trainOf({
      a: { record: stories.continue },
      b: { record: stories.continue },
      c: { record: stories.stop },
    });
    const whole = await trainSummary(train, records, options);
    const size = Buffer.byteLength(whole);
    const shown = async (maxBytes: number) => {
      const markdown = await trainSummary(train, records, { ...options, maxBytes });
      expect(Buffer.byteLength(markdown)).toBeLessThanOrEqual(maxBytes);
      expect(markdown).toContain('## Stop: c is unhealthy');
      return { markdown, names: ['a', 'b', 'c'].filter((name) => new RegExp(`<summary>. ${name}:`).test(markdown)) };
    };
    expect((await shown(size)).names).toEqual(['a', 'b', 'c']);
    const first = await shown(size - 1);
    expect(first.names).toEqual(['a', 'c']);
    expect(first.markdown).toMatch(/\*\*Left out\*\* to stay within \d+ KiB: the summaries of b\./);
    const later = await shown(Math.floor(size * 0.45));
    expect(later.names).toEqual(['c']);
    expect(later.markdown).toContain('the summaries of a and b');
    expect((await shown(2500)).names.length).toBeLessThanOrEqual(1);
  });

  it('stays within what the platforms take, whatever stopped', async () => {
    const { train, records } = trainOf(
      Object.fromEntries(Array.from({ length: 4 }, (_, i) => [`s${i}`, { record: huge(150, 300) }])),
    );
    const markdown = await trainSummary(train, records, options);
    expect(Buffer.byteLength(markdown)).toBeLessThanOrEqual(options.maxBytes);
    for (const name of ['s0', 's1', 's2', 's3']) expect(markdown).toMatch(new RegExp(`<summary>. ${name}:`));
  });

  it('lets no text from outside become markup or a command', async () => {
    for (const words of hostileTexts) {
      const decision: ServiceDecision = { decision: 'stop', reason: 'unhealthy', gates: [words], sentence: words };
      const { train, records } = trainOf(
        { a: { record: null, decision } },
        { train: words, problems: [{ message: words, file: words }] },
      );
      const markdown = await trainSummary(train, records, options);
      const page = micromark(markdown, { allowDangerousHtml: true, extensions: [gfm()], htmlExtensions: [gfmHtml()] });
      expect(page).not.toMatch(/<(?:script|img|a|b|details|iframe)\b/i);
      expect(markdown).not.toMatch(/##vso\[|^::/m);
    }
  });
});

describe('the text of a train', () => {
  it('fits its width, in colour or not', () => {
    const { train } = mixed();
    for (const width of [30, 60, 100]) {
      const lines = trainText(train, { width, colour: false }).split('\n');
      for (const line of lines) expect(columns(line)).toBeLessThanOrEqual(width);
    }
    const text = trainText(train, { width: 120, colour: false });
    expect(text).toMatch(/^Stop: search is unhealthy/);
    expect(text).toContain('spring release, 3 services in 12 minutes');
    expect(text).toMatch(/✗ stop {9}search {4}unhealthy/);
    expect(trainText(train, { width: 120, colour: true })).toContain('\u{1b}[31m');
  });

  it('names what is to be mended', () => {
    const problems = [{ message: 'unknown key', file: 'train.yml', line: 3, column: 5 }];
    const { train } = trainOf({}, { problems });
    expect(trainText(train, { width: 100, colour: false })).toContain('- train.yml:3:5: unknown key');
    expect(trainAnnotations(train)).toEqual([
      { level: 'error', title: 'Signalbox: train', message: 'unknown key', file: 'train.yml', line: 3, column: 5 },
    ]);
  });
});

describe('the remarks of a train', () => {
  it('are an error for a stop, a warning for a hold, none when it goes', () => {
    const levels = (one: DecisionRecord, decision?: ServiceDecision) =>
      trainAnnotations(trainOf({ a: { record: one, ...(decision && { decision }) } }).train).map(({ level }) => level);
    expect(levels(stories.continue)).toEqual([]);
    expect(levels(stories.stop)).toEqual(['error']);
    expect(levels(stories.continue, { decision: 'hold', reason: 'parked', gates: [], sentence: 'later' })).toEqual([
      'warning',
    ]);
  });
});

describe('the host of a service', () => {
  it('speaks in its own name, is told its own inputs, and keeps its end to itself', async () => {
    const real = new FakeHost({ environment: 'production', policy: 'x.yml', train: 'train.yml' });
    const remarks: string[] = [];
    const own = hostOfService(real as Host, {
      name: 'search',
      inputs: { policy: 'search.yml', train: undefined },
      onAnnotation: ({ title }) => remarks.push(title),
      onProgress: () => undefined,
    });
    expect([own.input('policy'), own.input('train'), own.input('environment')]).toEqual([
      'search.yml',
      undefined,
      'production',
    ]);
    own.log('one\n\n::error::two');
    expect(real.lines).toEqual(['[search] one\n\n[search] ::error::two']);
    own.annotate({ level: 'error', title: 'Signalbox', message: 'm' });
    expect(remarks).toEqual(['[search] Signalbox']);
    expect(own.columns).toBe(91);
    expect([own.live, own.group, own.attest]).toEqual([undefined, undefined, undefined]);
    expect(own.end).toBeUndefined();
    await own.output('record', 'r.json');
    await own.summary('s.md');
    await own.finish('failure', 'stop', 1);
    expect([own.outputs.get('record'), own.end]).toEqual(['r.json', { result: 'failure', exitCode: 1 }]);
    expect([real.outputs, real.shown, real.finished]).toEqual([{}, undefined, undefined]);
    own.secret('s');
    expect(real.masked).toEqual(['s']);
  });
});
