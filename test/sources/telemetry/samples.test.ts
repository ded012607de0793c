import { mkdtemp, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import type { Samples } from '../../../src/record/evidence.js';
import type { OverTime, SourceContext } from '../../../src/sources/source.js';
import { samplesSource } from '../../../src/sources/telemetry/samples.js';

const now = Date.parse('2026-11-23T10:00:00Z');

async function source(name: string, content: string | Buffer) {
  const workspace = await mkdtemp(join(tmpdir(), 'signalbox-samples-'));
  if (content.length > 0 || name !== 'absent.csv') await writeFile(join(workspace, name), content);
  return open(workspace, name);
}

function open(workspace: string, file: string) {
  const context = { clock: { now: () => now, sleep: async () => {} }, workspace } as unknown as SourceContext;
  const opened = samplesSource.open(v.parse(samplesSource.schema, { file }), context);
  return async (query: string, reduce?: OverTime) =>
    (await opened.telemetry(
      {
        family: 'telemetry',
        query,
        window: { from: now - 300_000, to: now },
        ...(reduce ? { range: { everyMs: 60_000, reduce } } : {}),
      },
      new AbortController().signal,
    )) as Omit<Samples, 'source'>;
}

const csv = `# recorded
time,series,value,slot
-10m,errors,9,blue
-4m,errors,1,blue
-2m,errors,3,blue
2026-11-23T09:59:00Z,errors,2,blue
-3m,errors,NaN,green
+1m,errors,99,blue
-1m,empty,,
`.replace('-1m,empty,,\n', '');

describe('recorded samples', () => {
  it('gives the newest value of each series within the window', async () => {
    const ask = await source('a.csv', csv);
    const m = await ask('errors');
    expect(m.series).toEqual([
      { labels: { slot: 'blue' }, value: 2, points: 3 },
      { labels: { slot: 'green' }, value: 'NaN', points: 1 },
    ]);
    expect(m).toMatchObject({ seen: 2, newest: '2026-11-23T09:57:00.000Z', partial: false });
    expect((await ask('errors{slot="blue"}')).newest).toBe('2026-11-23T09:59:00.000Z');
  });

  it('reduces over time', async () => {
    const ask = await source('a.csv', csv);
    const values = await Promise.all(
      (['last', 'max', 'min', 'avg'] as const).map(async (r) => (await ask('errors{slot="blue"}', r)).series[0]?.value),
    );
    expect(values).toEqual([2, 3, 1, 2]);
  });

  it('reads JSON as well', async () => {
    const ask = await source(
      'a.json',
      JSON.stringify([
        { time: '-1m', series: 'p95', value: 0.2, labels: { slot: 'blue' } },
        { time: '-2m', series: 'p95', value: '0.3' },
      ]),
    );
    expect((await ask('p95')).series).toEqual([
      { labels: {}, value: 0.3, points: 1 },
      { labels: { slot: 'blue' }, value: 0.2, points: 1 },
    ]);
  });

  it('saw nothing of a series that is not there, and names the nearest', async () => {
    const ask = await source('a.csv', csv);
    expect(await ask('erors')).toMatchObject({
      seen: 0,
      newest: null,
      series: [],
      notes: ['there is no series `erors`; did you mean `errors`?'],
    });
    expect(await ask('errors{slot="red"}')).toMatchObject({
      seen: 0,
      notes: [expect.stringMatching(/no sample with these labels/)],
    });
  });

  it.each<[string, string, string | Buffer, RegExp]>([
    ['a wrong time', 'a.csv', 'time,series,value\nyesterday,a,1\n', /a.csv:2: expected a time/],
    ['a time without a zone', 'a.csv', 'time,series,value\n2026-11-23T09:59:00,a,1\n', /a.csv:2: expected a time/],
    ['no value', 'a.csv', 'time,series,value\n-1m,a,\n', /a.csv:2: expected a value/],
    ['a value that is no number', 'a.csv', 'time,series,value\n-1m,a,"1,5"\n', /a.csv:2: expected a value/],
    ['a column missing', 'a.csv', 'time,series,values\n-1m,a,1\n', /a.csv:2: expected a value/],
    ['the same time twice', 'a.csv', 'time,series,value,l\n-1m,a,1,x\n-2m,a,1,x\n-60s,a,2,x\n', /a.csv:4: .*a.csv:2/],
    ['an empty file', 'a.csv', '', /a.csv: expected at least one sample/],
    ['a header alone', 'a.csv', 'time,series,value\n', /a.csv: expected at least one sample/],
    ['an empty list', 'a.json', '[]', /a.json: expected at least one sample/],
    ['a null', 'a.json', '[{"time":"-1m","series":"a","value":null}]', /entry 1: expected a value/],
    ['labels that are no texts', 'a.json', '[{"time":"-1m","series":"a","value":1,"labels":{"x":{}}}]', /label `x`/],
    ['a list of labels', 'a.json', '[{"time":"-1m","series":"a","value":1,"labels":["x"]}]', /labels as an object/],
    ['a value among the labels', 'a.json', '[{"time":"-1m","series":"a","labels":{"value":"1"}}]', /expected a value/],
    ['a field that is none', 'a.json', '[{"time":"-1m","series":"a","value":1,"label":"x"}]', /found `label`/],
    ['an epoch', 'a.json', '[{"time":1763892000,"series":"a","value":1}]', /entry 1: expected a time/],
    ['no series', 'a.csv', 'time,value\n-1m,1\n', /a.csv:2: expected a series/],
    ['ragged rows', 'a.csv', 'time,series,value\n-1m,a,1,2\n', /a.csv is no CSV/],
    ['no JSON', 'a.json', '{', /a.json is no JSON/],
    ['no list', 'a.json', '{}', /a.json: expected a list/],
    ['a number in the list', 'a.json', '[1]', /a.json: entry 1: expected an object/],
  ])('measures nothing from %s', async (_, name, content, message) => {
    const ask = await source(name, content);
    await expect(ask('a')).rejects.toMatchObject({
      code: 'unreadable',
      permanent: true,
      message: expect.stringMatching(message),
    });
  });

  it('says that a file is not there', async () => {
    const ask = await source('absent.csv', '');
    await expect(ask('a')).rejects.toMatchObject({
      code: 'no-file',
      permanent: true,
      message: expect.stringContaining('absent.csv is not there'),
    });
  });

  it('knows the same labels in another order', async () => {
    const rows = [
      { time: '-2m', series: 'a', value: 1, labels: { x: '1', y: '2' } },
      { time: '-1m', series: 'a', value: 2, labels: { y: '2', x: '1', z: '' } },
    ];
    const m = await (await source('a.json', JSON.stringify(rows)))('a{z="",y="2"}');
    expect(m.series).toEqual([{ labels: { x: '1', y: '2' }, value: 2, points: 2 }]);
  });

  it('stays inside the workspace', async () => {
    const workspace = await mkdtemp(join(tmpdir(), 'signalbox-samples-'));
    await symlink('/etc/hostname', join(workspace, 'link.csv'));
    for (const file of ['../x.csv', '/etc/hostname', 'link.csv']) {
      await expect(open(workspace, file)('a')).rejects.toMatchObject({
        permanent: true,
        code: expect.stringMatching(/outside-workspace|unreadable/),
      });
    }
    await expect(open(workspace, 'link.csv')('a')).rejects.toMatchObject({ code: 'outside-workspace' });
  });

  it('refuses a query in another language', async () => {
    const ask = await source('a.csv', csv);
    for (const query of ['rate(errors[5m])', 'errors{slot=~"b.*"}', 'errors{slot="blue"', 'a b', '']) {
      await expect(ask(query)).rejects.toMatchObject({ code: 'bad-query', permanent: true });
    }
  });
});

describe('recorded samples in bins', () => {
  const binsOf = async (content: string, query: string) => {
    const workspace = await mkdtemp(join(tmpdir(), 'signalbox-samples-'));
    await writeFile(join(workspace, 'it.csv'), `time,series,value,version\n${content}`);
    const context = { clock: { now: () => now, sleep: async () => {} }, workspace } as unknown as SourceContext;
    const opened = samplesSource.open(v.parse(samplesSource.schema, { file: 'it.csv' }), context);
    const range = { everyMs: 60_000, reduce: 'each' } as const;
    const window = { from: now - 180_000, to: now };
    const m = await opened.telemetry({ family: 'telemetry', query, window, range }, new AbortController().signal);
    return (m as Samples).series.map(({ labels, value, bins }) => [labels.version, value, bins]);
  };

  it('end their bin, as evaluations of Prometheus do', async () => {
    const rows = ['-3m,total,9,a', '-2m,total,5,a', '-1m,total,NaN,a', '0s,total,7,a', '-90s,total,3,b'];
    expect(await binsOf(rows.join('\n'), 'total')).toEqual([
      ['a', 7, [5, 'NaN', 7]],
      ['b', null, [null, 3, null]],
    ]);
  });

  it('are null where there are several in one', async () => {
    expect(await binsOf('-2m,total,5,a\n-150s,total,5,a\n-1m,total,6,a', 'total')).toEqual([
      ['a', null, [null, 6, null]],
    ]);
  });
});
