import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readAlert } from '../../../../src/sources/security/azure-devops/alert.js';
import { alert, type Json, target } from './support.js';

const read = (type: 'code' | 'dependency' | 'secret', change: Json = {}) => readAlert(alert(type, change), target);
const resultOf = (type: 'code' | 'dependency' | 'secret', change: Json = {}) => read(type, change)?.result;

const textsIn = (x: unknown): unknown[] =>
  typeof x === 'object' && x !== null ? Object.values(x).flatMap(textsIn) : [x];

describe('an alert', () => {
  it('of code', () => {
    expect(read('code')).toEqual({
      id: 739,
      type: 'code',
      tool: 'CodeQL',
      active: true,
      lastSeen: Date.parse('2026-11-23T02:08:50.690Z'),
      result: {
        rule: 'js/sql-injection',
        message: 'SQL query built from user-controlled sources (js/sql-injection)',
        score: { severity: 'high', why: 'severity high of the alert' },
        suppressions: [],
        file: 'src/db one.js',
        line: 19,
        ids: [],
        cwes: ['CWE-89', 'CWE-564'],
        help: 'https://owasp.org/sql',
        link: 'https://dev.azure.com/acme/web%20shop/_git/checkout/alerts/739?branch=refs%2Fheads%2Fmain',
        since: Date.parse('2026-10-16T01:38:11.855Z'),
        identity: expect.stringMatching(/^[0-9a-f]{32,}$/),
      },
    });
  });

  it('of a dependency, with its package, its advisory and what mends it', () => {
    const found = resultOf('dependency', {
      title: 'Open redirect (CVE-2024-29041)',
      physicalLocations: [
        {
          filePath: 's/package-lock.json',
          versionControl: { itemUrl: 'https://x/_git/2?path=%2Fpackage-lock.json' },
          region: null,
        },
      ],
      logicalLocations: [
        { fullyQualifiedName: 'Npm shop 1.0.0', kind: 'rootDependency' },
        { fullyQualifiedName: 'Npm express 4.17.1', kind: 'vulnerableDependency' },
      ],
    });
    expect(found).toMatchObject({
      rule: 'GHSA-rv95-896h-c2vc',
      ids: ['GHSA-RV95-896H-C2VC', 'CVE-2024-29041'],
      file: 'package-lock.json',
      purl: 'pkg:npm/express@4.17.1',
      fix: 'Upgrade express from 4.17.1 to 4.19.2 to fix the vulnerability.',
      help: 'https://github.com/advisories/GHSA-rv95-896h-c2vc',
    });
    expect(found).not.toHaveProperty('line');
  });

  it('of a secret says nothing of the secret', () => {
    const found = read('secret', {
      title: 'hunter2 in .env',
      truncatedSecret: '…hunter2',
      additionalProperties: { secret: 'hunter2' },
      validationFingerprints: [{ validationFingerprintHash: 'hunter2' }],
      logicalLocations: [{ fullyQualifiedName: 'Npm hunter2 1', kind: 'component' }],
    });
    expect(found?.result).toMatchObject({
      secret: true,
      rule: 'SEC101/102',
      message: 'AdoPat: Look for plain-text secrets in what is versioned.',
    });
    expect(JSON.stringify(found)).not.toContain('hunter2');
    expect(resultOf('secret', { tools: [] })).toMatchObject({ rule: '(no rule)', message: 'a secret', secret: true });
  });

  it.each([
    ['critical', { score: { severity: 'critical', why: 'severity critical of the alert' } }],
    ['High', { score: { severity: 'high', why: 'severity high of the alert' } }],
    [1, { score: { severity: 'medium', why: 'severity medium of the alert' } }],
    ['0', { score: { severity: 'low', why: 'severity low of the alert' } }],
    ['error', { level: { severity: 'high', why: 'level error of the alert' } }],
    [5, { level: { severity: 'medium', why: 'level warning of the alert' } }],
    ['Note', { level: { severity: 'low', why: 'level note of the alert' } }],
    ['undefined', { score: { severity: 'unknown', why: 'severity undefined of the alert says nothing' } }],
    [7, { score: { severity: 'unknown', why: 'severity undefined of the alert says nothing' } }],
    ['sev 1\n::error::', { score: { severity: 'unknown', why: 'severity sev 1 ::error:: of the alert says nothing' } }],
    [8, { score: { severity: 'unknown', why: 'severity number of the alert says nothing' } }],
    [-1, { score: { severity: 'unknown', why: 'severity number of the alert says nothing' } }],
    [null, { score: { severity: 'unknown', why: 'severity object of the alert says nothing' } }],
    ['__proto__', { score: { severity: 'unknown', why: 'severity __proto__ of the alert says nothing' } }],
  ])('of severity %o', (severity, expected) => {
    const { score, level } = resultOf('code', { severity }) ?? {};
    expect({ ...(score && { score }), ...(level && { level }) }).toEqual(expected);
  });

  it.each([
    ['active', { dismissalType: 'falsePositive' }, { suppressions: [] }],
    [1, null, { suppressions: [] }],
    ['fixed', null, { noFailure: { fate: 'ignored', reason: 'FIXED' }, suppressions: [] }],
    [4, null, { noFailure: { fate: 'ignored', reason: 'FIXED' }, suppressions: [] }],
    [
      'dismissed',
      { dismissalType: 'falsePositive', message: 'only\nin tests', stateChangedBy: '1-2-3' },
      {
        suppressions: [{ kind: 'external', status: 'accepted', reason: 'false positive: only in tests', by: '1-2-3' }],
      },
    ],
    [
      'dismissed',
      { dismissalType: 2, stateChangedByIdentity: { displayName: 'The Boss', uniqueName: 'eve@acme.example' } },
      { suppressions: [{ kind: 'external', status: 'accepted', reason: 'risk accepted', by: 'eve@acme.example' }] },
    ],
    [
      'dismissed',
      { dismissalType: 'unknown', message: ' ', stateChangedByIdentity: { displayName: 'The Boss' } },
      { suppressions: [{ kind: 'external', status: 'accepted', reason: '' }] },
    ],
    [2, null, { suppressions: [{ kind: 'external', status: 'accepted', reason: '' }] }],
    [
      'autoDismissed',
      { dismissalType: 'toolUpgrade' },
      {
        suppressions: [
          { kind: 'external', status: 'accepted', reason: 'no longer found by a newer version of the tool' },
        ],
      },
    ],
    [8, {}, { suppressions: [{ kind: 'external', status: 'accepted', reason: 'dismissed by the tool' }] }],
    ['draft', { dismissalType: 'falsePositive' }, { suppressions: [] }],
    [6, { dismissalType: 'falsePositive' }, { suppressions: [] }],
    [undefined, null, { suppressions: [] }],
  ])('in state %o, dismissed as %j', (state, dismissal, expected) => {
    const { noFailure, suppressions } = resultOf('code', { state, dismissal }) ?? {};
    expect({ ...(noFailure && { noFailure }), suppressions }).toEqual(expected);
  });

  it.each([
    ['Npm @babel/core 7.0.0', 'pkg:npm/%40babel/core@7.0.0'],
    ['npm lodash@4.17.20', 'pkg:npm/lodash@4.17.20'],
    ['npm @babel/core@7.0.0', 'pkg:npm/%40babel/core@7.0.0'],
    ['NuGet Newtonsoft.Json 12.0.1', 'pkg:nuget/Newtonsoft.Json@12.0.1'],
    ['Maven org.apache.logging.log4j:log4j-core 2.14.1', 'pkg:maven/org.apache.logging.log4j/log4j-core@2.14.1'],
    ['Pip Django 3.0', 'pkg:pypi/django@3.0'],
    ['RubyGems rails 5.0.0', 'pkg:gem/rails@5.0.0'],
    ['Cargo openssl 0.10.1', 'pkg:cargo/openssl@0.10.1'],
    ['Go golang.org/x/net v0.1.0', 'pkg:golang/golang.org/x/net@v0.1.0'],
    ['Npm express', 'pkg:npm/express'],
    ['Maven log4j 1', undefined],
    ['Linux openssl 1.1', undefined],
    ['DockerReference a/b 1', undefined],
    ['constructor a 1', undefined],
    ['Npm a b c', undefined],
    ['Npm', undefined],
    [`Npm ${'a'.repeat(600)} 1`, undefined],
  ])('of the component %s', (fullyQualifiedName, purl) => {
    expect(resultOf('dependency', { logicalLocations: [{ fullyQualifiedName, kind: 2 }] })?.purl).toBe(purl);
  });

  it('is the same alert on another branch and after an edit', () => {
    const before = resultOf('code')?.identity;
    expect(
      resultOf('code', { title: 'x', gitRef: 'refs/heads/dev', physicalLocations: [], state: 'fixed' })?.identity,
    ).toBe(before);
    expect(resultOf('code', { alertId: 740 })?.identity).not.toBe(before);
  });

  it('that is fixed on another branch is not fixed on this one', () => {
    const elsewhere = { gitRef: 'refs/heads/develop' };
    expect(resultOf('code', { state: 'fixed', ...elsewhere })).not.toHaveProperty('noFailure');
    expect(resultOf('code', { state: 'fixed', gitRef: null })?.noFailure).toBeDefined();
    expect(resultOf('code', { state: 'dismissed', ...elsewhere })?.suppressions).toHaveLength(1);
  });

  it('of a type that nobody knows, of AI, of a licence', () => {
    expect(
      [0, 'sorcery', null, 'aiCode', 5, 'license', 4].map((alertType) => read('code', { alertType })?.type),
    ).toEqual(['unknown', 'unknown', 'unknown', 'aicode', 'aicode', 'license', 'license']);
  });

  it('names its tool, or what stands for it', () => {
    const toolIn = (tools: unknown) => read('code', { tools })?.tool;
    expect(toolIn([{}, { name: 'Semgrep\n##vso[x]' }])).toBe('Semgrep ##vso[x]');
    expect([toolIn(null), toolIn([]), toolIn([{ name: ' ' }]), toolIn('CodeQL')]).toEqual(
      Array.from({ length: 4 }, () => 'Advanced Security Code Scanning'),
    );
  });

  it.each([undefined, null, 0, 'x', [], {}, { alertId: 0 }, { alertId: '1' }, { alertId: -1 }, { alertId: 1.5 }])(
    'that is none: %j',
    (raw) => {
      expect(readAlert(raw, target)).toBeUndefined();
    },
  );

  it('finds help and places in odd ones', () => {
    expect(resultOf('code', { tools: [{ name: 'x', rules: [{ resources: 'https://a\n* b' }] }] })).not.toHaveProperty(
      'help',
    );
    const advisoryUrls = ['javascript:alert(1)', 'https://example.com/a'];
    const withUrls = { tools: [{ name: 'x', rules: [{ additionalProperties: { advisoryUrls } }] }] };
    expect(resultOf('dependency', withUrls)?.help).toBe('https://example.com/a');
    const places = (physicalLocations: unknown) => {
      const { file, line } = resultOf('code', { physicalLocations }) ?? {};
      return [file, line];
    };
    expect(places([{ filePath: '\\src\\a.cs', region: { lineStart: 0 } }])).toEqual(['src/a.cs', undefined]);
    expect(
      places([{}, { filePath: '/b.js', versionControl: { itemUrl: 'nothing' }, region: { lineStart: 3 } }]),
    ).toEqual(['b.js', 3]);
    expect(places('x')).toEqual([undefined, undefined]);
  });

  it('never throws, whatever it is, and keeps every text on one line', () => {
    const shaped = fc.record(
      Object.fromEntries(
        Object.keys(alert('code')).map((key) => [
          key,
          fc.oneof(fc.jsonValue(), fc.constantFrom(...Object.values(alert('dependency')))),
        ]),
      ),
    );
    const property = fc.property(fc.oneof(fc.jsonValue(), shaped), fc.integer({ min: 1 }), (raw, alertId) => {
      const whole = typeof raw === 'object' && raw !== null && !Array.isArray(raw) ? { ...raw, alertId } : raw;
      const found = readAlert(whole, target);
      expect(textsIn(found).join('|')).not.toMatch(/[\n\r\t\u2028]/);
    });
    fc.assert(property, { numRuns: 2000 });
  });
});
