/** SARIF logs of any size for the bench: two runs, in the shapes of CodeQL (code flows, compact) and of Trivy. The same for the same size. */
import { closeSync, openSync, writeSync } from 'node:fs';

/** Part of the bytes that is results of the first run. */
const firstShare = 0.85;
const seed = 20_261_123;

/** Mulberry32: numbers from 0 to 1. */
function random(start) {
  let state = start;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const words =
  'user query value request body parameter path file name response header session option database command template object callback handler stream buffer'.split(
    ' ',
  );

/** @returns what was written: bytes and results of each run */
export function generate(file, size) {
  const next = random(seed);
  const upTo = (n) => Math.floor(next() * n);
  const word = () => words[upTo(words.length)];
  const hex = (n) => Array.from({ length: n }, () => '0123456789abcdef'[upTo(16)]).join('');
  const sentence = (n) => Array.from({ length: n }, word).join(' ');

  const out = openSync(file, 'w');
  let written = 0;
  let held = [];
  let length = 0;
  const flush = () => {
    const bytes = Buffer.from(held.join(''));
    writeSync(out, bytes);
    written += bytes.length - length;
    held = [];
    length = 0;
  };
  const put = (text) => {
    held.push(text);
    length += text.length;
    written += text.length;
    if (length > 4_000_000) flush();
  };
  const list = (until, make) => {
    let n = 0;
    for (; written < until; n += 1) put(`${n === 0 ? '' : ','}${make(n)}`);
    return n;
  };

  const files = Array.from(
    { length: 2000 },
    (_, i) => `src/${word()}/${word()}/${word()}-${i}.${i % 9 ? 'ts' : 'tsx'}`,
  );
  const artifacts = files.map((uri, index) => ({ location: { uri, uriBaseId: '%SRCROOT%', index } }));
  const rules = Array.from({ length: 250 }, (_, i) => ({
    id: `js/${word()}-${word()}-${i}`,
    name: `js/${word()}-${i}`,
    shortDescription: { text: sentence(6) },
    fullDescription: { text: sentence(30) },
    defaultConfiguration: { enabled: true, level: ['error', 'warning', 'note'][i % 3] },
    properties: {
      tags: ['security', `external/cwe/cwe-0${20 + (i % 70)}`],
      description: sentence(30),
      kind: 'path-problem',
      precision: 'high',
      'problem.severity': ['error', 'warning', 'recommendation'][i % 3],
      ...(i % 2 ? { 'security-severity': (1 + (i % 90) / 10).toFixed(1) } : {}),
    },
    help: { text: sentence(200), markdown: `# ${word()}\n\n${sentence(250)}\n` },
  }));
  const physical = () => {
    const index = upTo(files.length);
    const startLine = 1 + upTo(900);
    return {
      artifactLocation: { uri: files[index], uriBaseId: '%SRCROOT%', index },
      region: { startLine, startColumn: 1 + upTo(40), endLine: startLine + upTo(3), endColumn: 41 + upTo(60) },
    };
  };
  const finding = () => {
    const index = upTo(rules.length);
    const { id } = rules[index];
    const step = () => ({ location: { physicalLocation: physical(), message: { text: `${word()}.${word()}` } } });
    const flow = () => ({ threadFlows: [{ locations: Array.from({ length: 3 + upTo(12) }, step) }] });
    return JSON.stringify({
      ruleId: id,
      rule: { id, index, toolComponent: { index: 0 } },
      message: {
        text: `This ${word()} depends on a [${word()}-provided value](1), which ${sentence(4)} does not "check".`,
      },
      locations: [{ physicalLocation: physical() }],
      partialFingerprints: {
        primaryLocationLineHash: `${hex(16)}:1`,
        primaryLocationStartColumnFingerprint: `${upTo(40)}`,
      },
      codeFlows: Array.from({ length: 1 + upTo(2) }, flow),
      relatedLocations: [{ id: 1, physicalLocation: physical(), message: { text: `${word()}-provided value` } }],
    });
  };

  const cves = Array.from({ length: 800 }, (_, i) => ({
    id: `CVE-20${10 + (i % 16)}-${10_000 + i}`,
    name: 'OsPackageVulnerability',
    shortDescription: { text: sentence(8) },
    fullDescription: { text: sentence(40) },
    defaultConfiguration: { level: ['error', 'warning', 'note'][i % 3] },
    helpUri: `https://avd.aquasec.com/nvd/cve-20${10 + (i % 16)}-${10_000 + i}`,
    help: { text: sentence(60), markdown: sentence(70) },
    properties: {
      precision: 'very-high',
      'security-severity': ['9.8', '7.5', '5.5', '2.0', '0.0'][i % 5],
      tags: ['vulnerability', 'security', ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW', 'UNKNOWN'][i % 5]],
    },
  }));
  const vulnerability = () => {
    const ruleIndex = upTo(cves.length);
    const { id, defaultConfiguration } = cves[ruleIndex];
    const name = `lib${word()}${upTo(300)}`;
    const version = `${upTo(9)}.${upTo(20)}.${upTo(9)}`;
    return JSON.stringify(
      {
        ruleId: id,
        ruleIndex,
        level: defaultConfiguration.level,
        message: {
          text: `Package: ${name}\nInstalled Version: ${version}\nVulnerability ${id}\nSeverity: HIGH\nFixed Version: ${version}-${upTo(9)}\nLink: [${id}](https://avd.aquasec.com/nvd/${id.toLowerCase()})`,
        },
        locations: [
          {
            physicalLocation: {
              artifactLocation: { uri: `library/${word()}`, uriBaseId: 'ROOTPATH' },
              region: { startLine: 1, startColumn: 1, endLine: 1, endColumn: 1 },
            },
            message: { text: `library/${word()}: ${name}@${version}` },
          },
        ],
      },
      null,
      2,
    );
  };

  put('{"$schema":"https://json.schemastore.org/sarif-2.1.0.json","version":"2.1.0","runs":[');
  put(
    `{"tool":${JSON.stringify({ driver: { name: 'CodeQL', semanticVersion: '2.20.1' }, extensions: [{ name: 'codeql/javascript-queries', rules }] })}`,
  );
  put(`,"invocations":[{"executionSuccessful":true}],"artifacts":${JSON.stringify(artifacts)},"results":[`);
  const first = list(size * firstShare, finding);
  put('],"columnKind":"utf16CodeUnits"},\n');
  put(
    `{"tool": ${JSON.stringify({ driver: { name: 'Trivy', version: '0.60.0', rules: cves } }, null, 2)},\n"results": [\n`,
  );
  const second = list(size - 500, vulnerability);
  put('],\n"columnKind": "utf16CodeUnits", "originalUriBaseIds": { "ROOTPATH": { "uri": "file:///" } } }]}');
  flush();
  closeSync(out);
  return { bytes: written, results: [first, second] };
}
