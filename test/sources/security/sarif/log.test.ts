import { mkdir, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { problemOf, Refused, type Report, reportOf } from '../../../../src/sources/security/bytes.js';
import type { Problem, Result, RunFacts, ScanSink } from '../../../../src/sources/security/result.js';
import { readDocument } from '../../../../src/sources/security/sarif/document.js';
import { sarifFormat } from '../../../../src/sources/security/sarif/index.js';
import { readLog } from '../../../../src/sources/security/sarif/log.js';
import { type Json, log, now, run, workspace } from './support.js';

const never = new AbortController().signal;

/** What a reader hands on. */
class Collected implements ScanSink {
  readonly runs: { facts: RunFacts; results: (Result | undefined)[] }[] = [];
  readonly problems: Problem[] = [];
  readonly notes: string[] = [];

  begin(facts: RunFacts) {
    const results: (Result | undefined)[] = [];
    this.runs.push({ facts, results });
    return { add: (result: Result | undefined) => void results.push(result) };
  }
  problem(problem: Problem): void {
    this.problems.push(problem);
  }
  note(text: string): void {
    this.notes.push(text);
  }

  get codes(): string[] {
    return this.problems.map(({ code }) => code);
  }
  /** By run: the rules of its results. */
  get rules(): (string | undefined)[][] {
    return this.runs.map(({ results }) => results.map((result) => result?.rule));
  }
}

async function collect(report: Report): Promise<Collected> {
  const sink = new Collected();
  try {
    await readLog(report, { name: 'r.sarif' }, sink, never);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    sink.problem(problemOf({ name: 'r.sarif' }, error));
  }
  return sink;
}

const read = (content: unknown): Promise<Collected> =>
  collect(reportOf(typeof content === 'string' ? content : JSON.stringify(content)));

let ws: string;
const put = async (name: string, content: unknown): Promise<void> => {
  await mkdir(path.dirname(path.join(ws, name)), { recursive: true });
  const raw = typeof content === 'string' || content instanceof Uint8Array;
  await writeFile(path.join(ws, name), raw ? content : JSON.stringify(content));
};

/** The same from a file of the workspace. */
async function readFile(name = 'r.sarif'): Promise<Collected> {
  const sink = new Collected();
  await sarifFormat.read({ absolute: path.join(ws, name), name }, sink, { workspace: ws, now }, never);
  return sink;
}

const good = log(run([{ ruleId: 'a' }, { ruleId: 'b' }]));

beforeEach(async () => {
  ws = await workspace();
});

describe('a file', () => {
  it.each([
    ['UNREADABLE', '{'],
    ['UNREADABLE', '{"version":"2.1.0","runs":[],}'],
    ['UNREADABLE', "{'version':'2.1.0'}"],
    ['UNREADABLE', `${JSON.stringify(good)}x`],
    ['UNREADABLE', `${JSON.stringify(good)}\u0000`],
    ['EMPTY_FILE', ' \r\n\t '],
    ['NOT_SARIF', '[]'],
    ['NOT_SARIF', 'null'],
    ['NOT_SARIF', '"text"'],
    ['NOT_SARIF', '{}'],
    ['NOT_SARIF', '{"Results":[]}'],
    ['NOT_SARIF', '{"results":[{"VulnerabilityID":"CVE-1"}]}'],
    ['UNSUPPORTED_VERSION', '{"version":"1.0.0","runs":[]}'],
    ['UNSUPPORTED_VERSION', '{"version":"2.0.0","runs":[{"results":[]}]}'],
    ['UNSUPPORTED_VERSION', '{"version":"2.2","runs":[]}'],
    ['UNSUPPORTED_VERSION', '{"version":2.1,"runs":[]}'],
    ['UNSUPPORTED_VERSION', '{"version":"2.1.0 ","runs":[]}'],
    ['UNSUPPORTED_VERSION', '{"runs":[]}'],
    ['PRODUCER_FAILED', '{"version":"2.1.0","runs":null}'],
    ['PRODUCER_FAILED', '{"version":"2.1.0"}'],
    ['PRODUCER_FAILED', '{"version":"2.1.0","runs":{"0":{"results":[]}}}'],
    ['NO_RUNS', '{"version":"2.1.0","runs":[]}'],
    ['DUPLICATE_KEYS', '{"version":"2.0.0","version":"2.1.0","runs":[]}'],
    ['DUPLICATE_KEYS', `{"runs":[{}],${JSON.stringify(good).slice(1)}`],
    ['DUPLICATE_KEYS', `{"\\u0072uns":[{}],${JSON.stringify(good).slice(1)}`],
  ])('is no evidence, %s: %s', async (code, text) => {
    const { codes, runs, problems } = await read(text);
    expect(codes).toEqual([code]);
    expect(runs).toEqual([]);
    expect(problems[0]).toMatchObject({ file: 'r.sarif', message: expect.stringMatching(/^r\.sarif \S/) });
  });

  it.each([
    ['1.0.0', 'has version 1.0.0, expected 2.1.0: update the scanner, or convert it with `sarif-multitool rewrite`'],
    ['2.0.0', 'has version 2.0.0, expected 2.1.0: update the scanner, or convert it with `sarif-multitool rewrite`'],
    ['2.0.0-csd.2.beta.2018-11-28', 'convert it with'],
    ['2.2', 'has version 2.2, expected 2.1.0: tell the scanner to write SARIF 2.1.0'],
    ['2.2.0-wd', 'tell the scanner to write SARIF 2.1.0'],
    ['x\n::error::', 'has version x ::error::, expected 2.1.0'],
    [undefined, 'does not say that its version is 2.1.0: update the scanner'],
  ])('of version %j says what to do', async (version, message) => {
    const { problems } = await read({ version, runs: [] });
    expect(problems).toMatchObject([{ code: 'UNSUPPORTED_VERSION', message: expect.stringContaining(message) }]);
  });

  it('says where it breaks and never what stands there', async () => {
    const text = '{"version":"2.1.0",\n "runs":[{"results":[{"token":ghp_abcdef}]}]}';
    const { problems } = await read(text);
    expect(problems).toMatchObject([{ message: 'r.sarif is no valid JSON at line 2, column 31' }]);
    const { problems: cut } = await read(text.slice(0, 50));
    expect(cut).toMatchObject([{ message: expect.stringContaining('was the scanner cut off?') }]);
  });

  it('is no evidence when it is cut off anywhere', async () => {
    const text = JSON.stringify(log(run([{ level: 'error', message: { text: 'ä"\\' } }]), run([])));
    for (let n = 1; n < text.length; n += 1) {
      const { codes, runs } = await read(text.slice(0, n));
      expect(codes).toEqual(['UNREADABLE']);
      expect(runs).toEqual([]);
    }
    expect((await read(text)).codes).toEqual([]);
  });

  it.each([
    ['as it is', (text: string) => Buffer.from(text), []],
    ['with a byte order mark', (text: string) => Buffer.from(`\ufeff${text}`), []],
    ['in UTF-16LE', (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le'), [/^r\.sarif is encoded in UTF-16LE/]],
    [
      'in UTF-16BE',
      (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le').swap16(),
      [/^r\.sarif is encoded in UTF-16BE/],
    ],
    ['packed', (text: string) => gzipSync(text), []],
  ])('is read %s', async (_, encode, notes) => {
    // Longer than what is read at once.
    const results = Array.from({ length: 10_000 }, (_x, i) => ({
      ruleId: `r${i}`,
      message: { text: 'ä€\u{1f600}'.repeat(20) },
    }));
    await put('r.sarif', encode(JSON.stringify(log(run(results), run([{ ruleId: 'last' }])))));
    const found = await readFile();
    expect(found.problems).toEqual([]);
    expect(found.rules).toEqual([results.map(({ ruleId }) => ruleId), ['last']]);
    expect(found.notes).toEqual(notes.map((note) => expect.stringMatching(note)));
  });

  it.each([
    ['BAD_ENCODING', Buffer.concat([Buffer.from(JSON.stringify(good)), Buffer.of(0xff)])],
    ['BAD_ENCODING', Buffer.from(JSON.stringify(good), 'utf16le')],
    ['UNREADABLE', gzipSync(JSON.stringify(good)).subarray(0, 60)],
    ['UNREADABLE', gzipSync(JSON.stringify(good).slice(0, -1))],
    ['EMPTY_FILE', gzipSync('')],
    ['EMPTY_FILE', Buffer.of(0xef, 0xbb, 0xbf)],
    ['EMPTY_FILE', ''],
  ])('is no evidence, %s: %j', async (code, content) => {
    await put('r.sarif', content);
    const { codes, runs } = await readFile();
    expect(codes).toEqual([code]);
    expect(runs).toEqual([]);
  });

  it('is too large when it unpacks to what cannot be held', async () => {
    const blanks = gzipSync(Buffer.alloc(150 << 20, ' '), { level: 1 });
    await put('r.sarif', blanks);
    expect((await readFile()).codes).toEqual(['TOO_LARGE']);
    const open = gzipSync('{"version":"2.1.0","runs":[{"results":[');
    await put('r.sarif', Buffer.concat([open, blanks]));
    expect((await readFile()).codes).toEqual(['TOO_LARGE']);
  });

  it('may hold what JSON can spell', async () => {
    const text =
      '{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"A"}},"results":[{"ruleId":"\\ud800x","message":{"text":"\\u0000"}}]}]}';
    const { rules, problems } = await read(text);
    expect(problems).toEqual([]);
    expect(rules[0]).toHaveLength(1);
  });

  it('never throws', async () => {
    await fc.assert(
      fc.asyncProperty(fc.json(), async (text) => void (await read(text))),
      { numRuns: 500 },
    );
    const anything = fc.jsonValue({ maxDepth: 3 });
    await fc.assert(
      fc.asyncProperty(anything, anything, anything, async (one, other, third) => {
        const { runs, problems } = await read(log(one, run(other), run([], { externalPropertyFileReferences: third })));
        expect(runs.length + problems.length).toBeGreaterThan(0);
      }),
      { numRuns: 500 },
    );
  });
});

describe('runs', () => {
  it('are handed on in their order, with their results in theirs', async () => {
    const { rules, problems } = await read(
      log(run([{ ruleId: 'a' }, 7, { ruleId: 'b' }]), run([], {}, { driver: { name: 'B' } }), run([{ ruleId: 'c' }])),
    );
    expect(rules).toEqual([['a', undefined, 'b'], [], ['c']]);
    expect(problems).toEqual([]);
  });

  it('are known before their results, wherever the tool stands', async () => {
    const { runs, rules } = await read(
      '{"runs":[{"results":[{"ruleId":"a","locations":[{"physicalLocation":{"artifactLocation":{"index":1}}}]}],"artifacts":[{},{"location":{"uri":"src/a.ts"}}],"tool":{"driver":{"name":"Late"}}}],"version":"2.1.0"}',
    );
    expect(runs[0]).toMatchObject({ facts: { tool: 'Late' }, results: [{ file: 'src/a.ts' }] });
    expect(rules).toEqual([['a']]);
  });

  it.each([
    ['null', null],
    ['absent', undefined],
    ['a number', 0],
    ['a text', '[]'],
    ['a map', {}],
  ])('without a list of results never began: %s', async (_, results) => {
    const { codes, runs } = await read(log(run(results)));
    expect(codes).toEqual(['RESULTS_MISSING']);
    expect(runs).toEqual([]);
  });

  it('that are no evidence leave the others as they are', async () => {
    const { codes, rules } = await read(log(run(null), 7, run([{ ruleId: 'a' }]), null, run([{ ruleId: 'b' }])));
    expect(codes).toEqual(['RESULTS_MISSING', 'NO_TOOL', 'NO_TOOL']);
    expect(rules).toEqual([['a'], ['b']]);
  });

  it('with too many problems have the rest counted', async () => {
    const { problems } = await read(log(...Array.from({ length: 500 }, () => ({}))));
    expect(problems).toHaveLength(21);
    expect(problems.at(-1)).toMatchObject({
      code: 'MORE_PROBLEMS',
      message: expect.stringContaining('480 further problems'),
    });
  });

  it('are not more than anybody has', async () => {
    expect((await read(log(...Array.from({ length: 1001 }, () => run([]))))).codes).toEqual(['TOO_LARGE']);
  });

  it.each([
    ['in a result', '{"results":[{"level":"error","level":"note"}]}'],
    ['spelled with an escape', '{"results":[{"level":"error","\\u006cevel":"note"}]}'],
    ['deep in a result', '{"results":[{},{"a":[{"b":{"c":1,"c":2}}]}]}'],
    ['in how a result came about', `{"results":[{"codeFlows":[{"a":1,"text":"${'x'.repeat(300)}","a":2}]}]}`],
    ['the like, spelled with an escape', `{"results":[{"stacks":[{"a":1,"text":"${'x'.repeat(300)}","\\u0061":2}]}]}`],
    ['that holds the results', '{"results":[{"level":"error"}],"results":[]}'],
    ['that holds the results, once as none', '{"results":[{"level":"error"}],"results":null}'],
    ['in the tool', '{"tool":{"driver":{"name":"A","name":"B"}},"results":[]}'],
    ['in an artifact', '{"artifacts":[{"a":1,"a":1}],"results":[]}'],
    ['in what nobody reads', '{"graphs":[{"a":1,"a":1}],"results":[]}'],
    ['by another name for nothing', '{"results":[{"":1,"":2}]}'],
    ['that is a prototype', '{"results":[{"__proto__":1,"__proto__":2}]}'],
  ])('with a key that stands twice are no evidence: %s', async (_, text) => {
    const whole = text.includes('"tool"') ? text : `{"tool":{"driver":{"name":"A"}},${text.slice(1)}`;
    expect((await read(`{"version":"2.1.0","runs":[${whole}]}`)).codes).toEqual(['DUPLICATE_KEYS']);
  });

  it('may have the same key in different maps', async () => {
    const results = '[{"a":{"a":[{"a":1},{"a":2}]}},{"a":1,"A":1,"a ":1,"__proto__":null,"constructor":1}]';
    const one = JSON.stringify(run([])).replace('"results":[]', `"results":${results}`);
    const { codes, rules } = await read(`{"version":"2.1.0","runs":[${one},${one}]}`);
    expect(codes).toEqual([]);
    expect(rules.map((list) => list.length)).toEqual([2, 2]);
  });

  it('are read the same, however they came about', async () => {
    const step = (change: Json) => ({
      location: { physicalLocation: { region: { startLine: 1, ...change } }, message: { text: 'ä'.repeat(100) } },
    });
    const flows = (change: Json) => [{ threadFlows: [{ locations: [step({}), step({}), step(change)] }] }];
    const result = { ruleId: 'a', message: { text: 'the key is hunter2-hunter2' }, level: 'error' };
    const { runs, problems } = await read(
      log(
        run([
          { codeFlows: flows({}), ...result },
          result,
          { ...result, codeFlows: flows({ snippet: { text: 'hunter2-hunter2' } }) },
        ]),
      ),
    );
    expect(problems).toEqual([]);
    const [first, second, third] = runs[0]?.results ?? [];
    expect(first).toEqual(second);
    // Code is not told again, wherever it stands in the result.
    expect(third?.message).not.toContain('hunter2');
  });

  it('that name more artifacts than can be held are too large', async () => {
    const artifacts = Array.from({ length: 100 }, (_, i) => ({ location: { uri: `src/${i}.ts` } }));
    const report = reportOf(JSON.stringify(log(run([], { artifacts }))));
    await expect(readDocument(report, never, { names: 1000 })).rejects.toMatchObject({ code: 'TOO_LARGE' });
    const { artifacts: read } = await readDocument(report, never, { names: 5000 });
    expect(read.get('runs/0')).toEqual(artifacts.map(({ location }) => location.uri));
    const far = reportOf(JSON.stringify(log(run([], { artifacts: [{ location: { uri: 'x'.repeat(5000) } }, 1] }))));
    expect((await readDocument(far, never)).artifacts.get('runs/0')).toEqual([undefined, undefined]);
  });
});

/** A run that says which parts of it stand elsewhere. */
const pointing = (references: Json, change: Json = {}, tool: Json = {}): Json =>
  run(undefined, { externalPropertyFileReferences: references, ...change }, tool);
const guid = '00001111-2222-1111-8888-555566667777';

describe('parts of a run that stand at the root of the log', () => {
  const inline =
    (...properties: unknown[]) =>
    (...runs: unknown[]): Json => ({ ...log(...runs), inlineExternalProperties: properties });
  const results = [{ ruleId: 'x' }];

  it.each([
    ['by guid', { results: [{ guid }] }],
    ['by guid in other letters', { results: [{ guid: guid.toUpperCase() }] }],
    ['by place', { results: [{ location: { uri: 'sarif:/inlineExternalProperties/0' } }] }],
    ['by both', { results: [{ guid, location: { uri: 'sarif:/inlineExternalProperties/0' }, itemCount: 1 }] }],
    ['twice', { results: [{ guid }, { location: { uri: 'sarif:/inlineExternalProperties/0' } }] }],
  ])('are found %s', async (_, references) => {
    const { rules, problems } = await read(inline({ guid, results })(pointing(references)));
    expect(problems).toEqual([]);
    expect(rules).toEqual([['x']]);
  });

  it('are found by the guid of the run', async () => {
    const { rules, problems } = await read(
      inline({ runGuid: guid, results })(run([{ ruleId: 'own' }], { automationDetails: { guid } }), run([])),
    );
    expect(problems).toEqual([]);
    expect(rules).toEqual([['own', 'x'], []]);
  });

  it('may belong to several runs', async () => {
    const { rules } = await read(
      inline({ guid, results })(pointing({ results: [{ guid }] }), pointing({ results: [{ guid }] })),
    );
    expect(rules).toEqual([['x'], ['x']]);
  });

  it('may stand before the runs', async () => {
    const text = JSON.stringify({
      version: '2.1.0',
      inlineExternalProperties: [{ guid, results }],
      runs: [pointing({ results: [{ guid }] }, { results: [{ ruleId: 'own' }] })],
    });
    expect((await read(text)).rules).toEqual([['x', 'own']]);
  });

  it.each([
    ['another guid', [{ guid: 'y', results }], { results: [{ guid }] }],
    [
      'a place that is not there',
      [{ results }],
      { results: [{ location: { uri: 'sarif:/inlineExternalProperties/1' } }] },
    ],
    ['a place elsewhere in the log', [{ results }], { results: [{ location: { uri: 'sarif:/runs/0' } }] }],
    [
      'the same guid in two places',
      [
        { guid, results },
        { guid, results },
      ],
      { results: [{ guid }] },
    ],
    [
      'another guid at the place',
      [{ guid: 'y', results }],
      { results: [{ guid, location: { uri: 'sarif:/inlineExternalProperties/0' } }] },
    ],
    ['those of another run', [{ guid, runGuid: 'z', results }], { results: [{ guid }] }],
    ['none there', [{ guid, artifacts: [] }], { results: [{ guid }] }],
    ['no list there', [{ guid, results: {} }], { results: [{ guid }] }],
    ['fewer than there should be', [{ guid, results }], { results: [{ guid, itemCount: 2 }] }],
    ['another version', [{ guid, version: '2.2', results }], { results: [{ guid }] }],
    ['nothing that can be looked for', [{ guid, results }], { results: [{}] }],
    ['no map', [{ guid, results }], { results: [7] }],
    ['no references', [{ guid, results }], 7],
    ['no map at the place', [7], { results: [{ location: { uri: 'sarif:/inlineExternalProperties/0' } }] }],
  ])('are missing: %s', async (_, properties, references) => {
    const { codes, runs, problems } = await read(inline(...properties)(pointing(references as Json)));
    expect(new Set(codes)).toEqual(new Set(['EXTERNAL_RESULTS']));
    expect(problems[0]).toMatchObject({
      tool: 'Scanner',
      message: expect.stringMatching(/^Scanner in r\.sarif keeps results \S/),
    });
    expect(runs).toEqual([]);
  });

  it('that belong to no run are never left out', async () => {
    for (const part of ['results', 'invocations', 'driver', 'extensions', 'artifacts', 'policies']) {
      const { codes, problems } = await read(inline({ guid, [part]: [{}] })(run([])));
      expect(codes).toEqual(['EXTERNAL_RESULTS']);
      expect(problems[0]?.message).toContain(part);
    }
    expect((await read(inline({ guid, taxonomies: [{}], graphs: [{}] }, {}, null)(run([])))).codes).toEqual([]);
  });

  it('are read as if they stood in the run', async () => {
    const properties = {
      guid,
      invocations: [{ executionSuccessful: false }],
      driver: { rules: [{ id: 'x', defaultConfiguration: { level: 'error' } }], version: '9' },
      extensions: [{ name: 'E', rules: [{ id: 'y' }] }],
      artifacts: [{ location: { uri: 'b.ts' } }],
      externalizedProperties: { imageName: 'app:1' },
      results: [{ ruleId: 'x', locations: [{ physicalLocation: { artifactLocation: { index: 1 } } }] }],
    };
    const references = Object.fromEntries(Object.keys(properties).map((key) => [key, [{ guid }]]));
    const { runs, codes } = await read(
      inline(properties)(pointing({ ...references, guid: undefined }, { artifacts: [{ location: { uri: 'a.ts' } }] })),
    );
    expect(codes).toEqual(['SCAN_FAILED']);
    expect(runs).toMatchObject([
      {
        facts: { tool: 'Scanner', toolVersion: '9', execution: 'failed', rules: 2, image: ['app:1'] },
        results: [{ rule: 'x', file: 'b.ts', level: { severity: 'high' } }],
      },
    ]);
  });

  it('that tell nothing may stand where they like', async () => {
    const { codes, rules } = await read(
      log(
        run([{ ruleId: 'a' }], {
          externalPropertyFileReferences: { taxonomies: [{ location: { uri: 'https://x/cwe' } }], graphs: [{ guid }] },
        }),
      ),
    );
    expect(codes).toEqual([]);
    expect(rules).toEqual([['a']]);
  });

  it('do not take the run’s own results away when they are missing', async () => {
    const { codes, rules } = await read(log(pointing({ results: [{ guid }] }, { results: [{ ruleId: 'own' }] })));
    expect(codes).toEqual(['EXTERNAL_RESULTS']);
    expect(rules).toEqual([['own']]);
  });
});

describe('parts of a run that stand in other files', () => {
  const at = (uri: string, more: Json = {}): Json => ({ results: [{ location: { uri }, ...more }] });
  const properties = (...rules: string[]): Json => ({
    version: '2.1.0',
    guid,
    results: rules.map((ruleId) => ({ ruleId })),
  });

  it('are found beside the log', async () => {
    await put('out/results 1.sarif-external-properties', properties('a', 'b'));
    await put('out/more.json.gz', gzipSync(JSON.stringify(properties('c'))));
    const references = {
      results: [
        { location: { uri: 'results%201.sarif-external-properties' }, guid, itemCount: 2 },
        { location: { uri: './more.json.gz' } },
      ],
    };
    await put('out/r.sarif', log(pointing(references, { results: [{ ruleId: 'own' }] }), run([{ ruleId: 'next' }])));
    const { rules, problems, notes } = await readFile('out/r.sarif');
    expect(problems).toEqual([]);
    expect(rules).toEqual([['own', 'a', 'b', 'c'], ['next']]);
    expect(notes).toMatchObject([
      expect.stringMatching(
        /^out\/r\.sarif goes on in results%201\.sarif-external-properties \(SHA-256 [0-9a-f]{64}\)$/,
      ),
      expect.stringMatching(/more\.json\.gz/),
    ]);
  });

  it('are found by a base that is a folder of the workspace', async () => {
    await put('logs/x.json', properties('a'));
    const location = { uri: 'x.json', uriBaseId: 'LOGS' };
    const bases = { LOGS: { uri: `file://${ws}/logs` }, OTHER: { description: {} } };
    await put('r.sarif', log(pointing({ results: [{ location }] }, { originalUriBaseIds: bases })));
    expect((await readFile()).rules).toEqual([['a']]);
    await put(
      'r.sarif',
      log(
        pointing(
          { results: [{ location: { uri: 'logs/x.json', uriBaseId: 'OTHER' } }] },
          { originalUriBaseIds: bases },
        ),
      ),
    );
    expect((await readFile()).rules).toEqual([['a']]);
  });

  it('with an empty list are a clean scan', async () => {
    await put('x.json', properties());
    await put('r.sarif', log(pointing(at('x.json'))));
    expect(await readFile()).toMatchObject({ problems: [], runs: [{ results: [] }] });
  });

  it.each([
    ['are not there', 'y.json', 'cannot be read (ENOENT)'],
    ['lie outside', '../x.json', 'lies outside the workspace'],
    ['lie outside by a link', 'link.json', 'lies outside the workspace'],
    ['lie outside by a path', 'file:///etc/passwd', 'lies outside the workspace'],
    ['lie on a network', 'https://example.com/x.json', 'is no path of a file'],
    ['lie on another host', 'file://host/x.json', 'is no path of a file'],
    ['are the log itself', 'r.sarif', 'is the log itself'],
    ['are a folder', '.', 'is no file'],
    ['are spelled wrongly', '%zz', 'is no path of a file'],
    ['have a query', 'x.json?a=1', 'is no path of a file'],
    ['are empty', 'empty.json', 'is empty'],
    ['are cut off', 'cut.json', 'ends too early'],
    ['are no text', 'binary.json', 'is no valid UTF-8'],
    ['are something else', 'list.json', 'is no file of external properties'],
    ['are a log', 'log.json', 'in a place where there are none'],
    ['have a key twice', 'twice.json', 'a key that stands twice'],
    ['are of another run', 'other.json', 'in a place that is for another run'],
    ['have another guid', 'x.json', 'in a place with another guid'],
  ])('are missing when they %s', async (_, uri, message) => {
    const outside = await workspace();
    await writeFile(path.join(outside, 'x.json'), JSON.stringify(properties('a')));
    await symlink(path.join(outside, 'x.json'), path.join(ws, 'link.json'));
    await put('x.json', properties('a'));
    await put('empty.json', '');
    await put('cut.json', '{"results":[{}');
    await put('binary.json', Buffer.of(0x7b, 0xff));
    await put('list.json', '[]');
    await put('log.json', good);
    await put('twice.json', '{"results":[],"results":[]}');
    await put('other.json', { ...properties('a'), runGuid: 'z' });
    await put('r.sarif', log(pointing(at(uri, uri === 'x.json' ? { guid: 'y' } : {})), run([{ ruleId: 'next' }])));
    const { problems, rules } = await readFile();
    expect(problems).toMatchObject([{ code: 'EXTERNAL_RESULTS', tool: 'Scanner', file: 'r.sarif' }]);
    expect(problems[0]?.message).toContain(message);
    expect(rules).toEqual([['next']]);
  });

  it('name no secret and no second line', async () => {
    await put('r.sarif', log(pointing(at('a\n::error::ghp_0123456789abcdefghijklmnopqrstuvwxyz/x'))));
    const { problems } = await readFile();
    expect(problems[0]?.message).not.toMatch(/\n|ghp_0/);
  });

  it('that have a key twice in a result are no evidence', async () => {
    await put('x.json', '{"results":[{"level":"error","level":"note"}]}');
    await put('r.sarif', log(pointing(at('x.json'))));
    expect((await readFile()).codes).toEqual(['DUPLICATE_KEYS']);
  });

  it('are read once for many runs, and are not too many', async () => {
    await put('x.json', properties('a'));
    await put('r.sarif', log(...Array.from({ length: 300 }, () => pointing(at('x.json')))));
    const { rules, problems } = await readFile();
    expect(problems).toEqual([]);
    expect(rules).toHaveLength(300);
    await put(
      'r.sarif',
      log(
        pointing({
          results: Array.from({ length: 101 }, (_, i) => ({ location: { uri: `${'./'.repeat(i)}x.json` } })),
        }),
      ),
    );
    expect((await readFile()).codes).toEqual(['EXTERNAL_RESULTS']);
    await put('r.sarif', log(pointing({ results: Array.from({ length: 1001 }, () => ({ guid })) })));
    expect((await readFile()).codes).toEqual(['EXTERNAL_RESULTS']);
  });

  it('cannot be had where there are no files', async () => {
    const { problems } = await read(log(pointing(at('x.json'))));
    expect(problems).toMatchObject([
      { code: 'EXTERNAL_RESULTS', message: expect.stringContaining('cannot be had here') },
    ]);
  });
});
