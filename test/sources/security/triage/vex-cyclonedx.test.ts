import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseVex } from '../../../../src/sources/security/triage/vex.js';
import { day, now } from '../support.js';
import { cve, digest, finding, image, lodash, read, remarks, says, told } from './vex-support.js';

const at = (days: number) => new Date(now + days * day).toISOString();
const serial = '3e671687-395b-41f5-a30f-a58921a69b79';

const vulnerability = (change: object = {}, analysis: object = {}) => ({
  id: cve,
  source: { name: 'NVD' },
  analysis: { state: 'not_affected', justification: 'code_not_reachable', ...analysis },
  affects: [{ ref: 'shop' }],
  ...change,
});
const document = (vulnerabilities: unknown, change: object = {}) => ({
  bomFormat: 'CycloneDX',
  specVersion: '1.6',
  serialNumber: `urn:uuid:${serial}`,
  version: 1,
  metadata: {
    timestamp: at(-10),
    component: { type: 'container', name: 'shop', 'bom-ref': 'shop', purl: image },
  },
  components: [
    {
      type: 'application',
      name: 'web',
      'bom-ref': 'web',
      components: [{ type: 'library', name: 'lodash', 'bom-ref': 'lodash-1', purl: lodash }],
    },
    { type: 'library', name: 'express', 'bom-ref': 'pkg:npm/express@4.0.0' },
    { type: 'library', name: 'twice', 'bom-ref': 'twice', purl: lodash },
    { type: 'library', name: 'twice', 'bom-ref': 'twice', purl: 'pkg:npm/other@1' },
  ],
  vulnerabilities,
  ...change,
});
const of = (change: object = {}, analysis: object = {}, whole: object = {}) =>
  document([vulnerability(change, analysis)], whole);
const ref = (...refs: string[]) => ({ affects: refs.map((one) => ({ ref: one })) });
const metadata = (component: object | undefined) => ({ metadata: { timestamp: at(-10), component } });

describe('an analysis of CycloneDX', () => {
  it.each([
    [{ state: 'not_affected' }, 'VEX_NOT_AFFECTED'],
    [{ state: 'not_affected', justification: undefined }, 'counts'],
    [{ state: 'not_affected', justification: undefined, detail: 'Never called.' }, 'VEX_NOT_AFFECTED'],
    [{ state: 'false_positive', justification: undefined }, 'VEX_FALSE_POSITIVE'],
    [{ state: 'resolved', justification: undefined }, 'VEX_FIXED'],
    [{ state: 'resolved_with_pedigree', justification: undefined }, 'VEX_FIXED'],
    [{ state: 'in_triage' }, 'counts'],
    [{ state: 'exploitable' }, 'counts'],
    [{ state: undefined }, 'counts'],
    [{ state: 'solved' }, /^refused: vulnerability 1: expected the state .*; did you mean `resolved`\?$/],
    [{ lastUpdated: at(1) }, 'counts'],
  ])('%j: %s', (analysis, expected) =>
    expect(says(of({}, analysis))).toEqual(expected instanceof RegExp ? expect.stringMatching(expected) : expected),
  );

  it('tells its words', () =>
    expect(told(of({}, { detail: 'Never called.' }))).toBe('shop.vex.json: code_not_reachable: Never called.'));

  it('is absent from an inventory', () => {
    expect(says(of({ analysis: undefined }))).toBe('counts');
    expect(remarks(document(undefined))).toEqual(['VEX_UNMATCHED']);
    expect(remarks(of({}, { justification: undefined }))).toEqual(['VEX_WITHOUT_JUSTIFICATION']);
  });

  it.each([
    [{ id: cve.toLowerCase() }, 'VEX_NOT_AFFECTED'],
    [{ id: 'GHSA-35jh-r3h4-6jhm', references: [{ id: cve, source: { name: 'NVD' } }] }, 'VEX_NOT_AFFECTED'],
    [{ id: 'CVE-2021-2333' }, 'counts'],
    [{ id: undefined }, 'counts'],
  ])('is of the vulnerability %j: %s', (change, expected) => expect(says(of(change))).toBe(expected));

  it.each([
    ['1.3', 'refused: expected a CycloneDX document of `specVersion` 1.4 to 1.7, found `1.3`'],
    ['1.4', 'VEX_NOT_AFFECTED'],
    ['1.5', 'VEX_NOT_AFFECTED'],
    ['1.7', 'VEX_NOT_AFFECTED'],
    ['2.0', 'refused: expected a CycloneDX document of `specVersion` 1.4 to 1.7, found `2.0`'],
    [1.6, 'refused: expected a CycloneDX document of `specVersion` 1.4 to 1.7, found nothing'],
  ])('of version %s: %s', (specVersion, expected) => expect(says(of({}, {}, { specVersion }))).toBe(expected));

  it('is refused in another shape', () => {
    expect(says(document({}))).toBe('refused: expected a list in `vulnerabilities`');
    expect(says(document([42]))).toBe('refused: vulnerability 1: expected a map');
  });

  it('of the latest time holds', () => {
    const two = (first: object, second: object) => document([vulnerability({}, first), vulnerability({}, second)]);
    expect(says(two({ lastUpdated: at(-2) }, { state: 'exploitable', lastUpdated: at(-3) }))).toBe('VEX_NOT_AFFECTED');
    expect(says(two({ lastUpdated: at(-3) }, { state: 'exploitable', firstIssued: at(-2) }))).toBe('counts');
    expect(says(two({}, { state: 'exploitable' }))).toBe('counts');
    expect(says(two({ lastUpdated: at(-9) }, { state: 'exploitable' }))).toBe('VEX_NOT_AFFECTED');
  });
});

describe('what an analysis is about', () => {
  it.each([
    ['the product', ref('shop'), {}, 'VEX_NOT_AFFECTED'],
    ['the package in it', ref('lodash-1'), {}, 'VEX_NOT_AFFECTED'],
    ['another package in it', ref('pkg:npm/express@4.0.0'), {}, 'counts'],
    ['one of several', ref('pkg:npm/express@4.0.0', 'lodash-1'), {}, 'VEX_NOT_AFFECTED'],
    ['a package by its package URL', ref(lodash), {}, 'VEX_NOT_AFFECTED'],
    ['a name that two components have', ref('twice'), {}, 'counts'],
    ['a name that none has', ref('nobody'), {}, 'counts'],
    ['nothing', { affects: undefined }, {}, 'counts'],
    ['no text', { affects: [{ ref: 42 }, 7] }, {}, 'counts'],
    ['a link to the product', ref(`urn:cdx:${serial}/1#shop`), {}, 'VEX_NOT_AFFECTED'],
    ['a link to the package in it', ref(`urn:cdx:${serial}/1#lodash-1`), {}, 'VEX_NOT_AFFECTED'],
    ['a link to another version of the document', ref(`urn:cdx:${serial}/2#lodash-1`), {}, 'counts'],
    ['a link to the package in another document', ref(`urn:cdx:${serial.replace('3', '4')}/1#${lodash}`), {}, 'counts'],
    [
      'a link to the product in another document',
      ref(`urn:cdx:${serial.replace('3', '4')}/1#${encodeURIComponent(image)}`),
      {},
      'VEX_NOT_AFFECTED',
    ],
    ['a whole document', ref(`urn:cdx:${serial}/1`), {}, 'counts'],
    ['a link that cannot be read', ref(`urn:cdx:${serial}/1#%zz`), {}, 'counts'],
    ['another product', ref('shop'), metadata({ 'bom-ref': 'shop', purl: 'pkg:oci/cart' }), 'counts'],
    [
      'the package in another product',
      ref('lodash-1'),
      metadata({ 'bom-ref': 'shop', purl: 'pkg:oci/cart' }),
      'counts',
    ],
    ['the package in nobody knows what', ref('lodash-1'), { metadata: undefined }, 'counts'],
    ['a product without a name that is known', ref('shop'), metadata({ 'bom-ref': 'shop', name: 'shop' }), 'counts'],
    [
      'the package itself as the product',
      ref('shop'),
      metadata({ 'bom-ref': 'shop', purl: lodash }),
      'VEX_NOT_AFFECTED',
    ],
    [
      'the product by its digest',
      ref('shop'),
      metadata({ 'bom-ref': 'shop', hashes: [{ alg: 'SHA-256', content: digest.slice(7) }] }),
      'VEX_NOT_AFFECTED',
    ],
    [
      'a part of the product',
      ref('inner'),
      metadata({ 'bom-ref': 'shop', purl: image, components: [{ 'bom-ref': 'inner', purl: lodash }] }),
      'VEX_NOT_AFFECTED',
    ],
    [
      'the product as a part of a greater one',
      ref('app'),
      { ...metadata({ 'bom-ref': 'all', purl: 'pkg:oci/all' }), components: [{ 'bom-ref': 'app', purl: image }] },
      'VEX_NOT_AFFECTED',
    ],
  ])('%s', (_, change, whole, expected) => expect(says(of(change, {}, whole))).toBe(expected));
});

describe('versions', () => {
  const products = ['pkg:npm/%40acme/shop@2.5.0'];
  const whole = metadata({ 'bom-ref': 'shop', purl: 'pkg:npm/%40acme/shop' });
  const with_ = (versions: unknown, state = 'not_affected', given = products) =>
    says(of({ affects: [{ ref: 'shop', versions }] }, { state }, whole), finding(), { products: given });

  it.each([
    [[{ version: '2.5.0' }], 'VEX_NOT_AFFECTED'],
    [[{ version: '2.5.0', status: 'unaffected' }], 'VEX_NOT_AFFECTED'],
    [[{ version: '2.5.0', status: 'affected' }], 'counts'],
    [[{ version: '2.5.0', status: 'unknown' }], 'counts'],
    [[{ version: '2.5.0', status: 7 }], 'counts'],
    [[{ version: '2.4.0', status: 'unaffected' }], 'counts'],
    [[{ range: 'vers:npm/2.4.0|2.5.0', status: 'unaffected' }], 'VEX_NOT_AFFECTED'],
    [[{ range: 'vers:npm/*', status: 'unaffected' }], 'VEX_NOT_AFFECTED'],
    [[{ range: 'vers:npm/>=2.0.0|<3.0.0', status: 'unaffected' }], 'counts'],
    [[{ range: '>=2.0.0', status: 'unaffected' }], 'counts'],
    [
      [
        { version: '2.5.0', status: 'unaffected' },
        { range: 'vers:npm/<2.0.0', status: 'affected' },
      ],
      'counts',
    ],
    [[{ version: '2.5.0' }, { version: '2.4.0', status: 'affected' }], 'VEX_NOT_AFFECTED'],
    [[{ version: '2.5.0' }, { range: 'vers:npm/2.4.0', status: 'affected' }], 'VEX_NOT_AFFECTED'],
    [[{ version: '2.5.0' }, { version: '2.5.0', status: 'affected' }], 'counts'],
    [[], 'VEX_NOT_AFFECTED'],
    [{}, 'counts'],
    [[7], 'counts'],
  ])('%j: %s', (versions, expected) => expect(with_(versions)).toBe(expected));

  it('that nobody knows are none of those that are excused', () =>
    expect(with_([{ version: '2.5.0' }], 'not_affected', ['pkg:npm/%40acme/shop'])).toBe('counts'));

  it('that cannot be decided count where the statement does', () => {
    const against = (versions: unknown) => {
      const newer = vulnerability(
        { affects: [{ ref: 'shop', versions }] },
        { state: 'exploitable', lastUpdated: at(-1) },
      );
      return says(document([vulnerability(), newer], whole), finding(), { products });
    };
    expect(against([{ version: '2.5.0' }])).toBe('counts');
    expect(against([{ range: 'vers:npm/>=2.0.0|<3.0.0' }])).toBe('counts');
    expect(against([{ range: 'nonsense' }])).toBe('counts');
    expect(against(undefined)).toBe('counts');
    expect(against([{ version: '2.4.0' }])).toBe('VEX_NOT_AFFECTED');
    expect(against([{ range: 'vers:npm/2.4.0|=2.3.0' }])).toBe('VEX_NOT_AFFECTED');
    expect(against([{ version: '2.5.0', status: 'unaffected' }])).toBe('VEX_NOT_AFFECTED');
  });
});

describe('any document', () => {
  const word = fc.constantFrom(cve, lodash, 'shop', 'lodash-1', `urn:cdx:${serial}/1#x`, 'vers:npm/*', 'not_affected');
  const value = fc.oneof(word, fc.jsonValue({ maxDepth: 1 }));
  const keys = ['id', 'analysis', 'state', 'affects', 'ref', 'versions', 'bom-ref', 'purl', 'components'];
  const mapOf = (inner: fc.Arbitrary<unknown>) =>
    fc.record(Object.fromEntries(keys.map((key) => [key, inner])), { requiredKeys: [] });
  const map = mapOf(fc.oneof(value, fc.array(mapOf(value), { maxLength: 2 }), mapOf(value)));
  const maps = fc.array(map, { maxLength: 3 });
  it('is read without throwing, and never excuses another vulnerability', () => {
    fc.assert(
      fc.property(maps, maps, fc.oneof(map, fc.jsonValue()), (vulnerabilities, components, component) => {
        const one = document(vulnerabilities, { components, metadata: { component } });
        expect(says(one, finding({ rule: 'other', ids: ['CVE-1999-0001'] }))).toMatch(/^(?:counts|refused: )/);
        says(one);
        read(one).statements.remarks();
      }),
      { numRuns: 500 },
    );
  });

  it('nested ever so deep is read', () => {
    const deep = (depth: number) => `${`[{"bom-ref":"c","components":`.repeat(depth)}[]${'}]'.repeat(depth)}`;
    const text = JSON.stringify(of()).replace(
      /"components":\[.*?\],"vulnerabilities"/,
      `"components":${deep(50_000)},"vulnerabilities"`,
    );
    const { statements, problems } = parseVex(text, 'x.json', { products: [image], now });
    expect(problems).toEqual([]);
    expect(statements.excuse({ tool: 'Trivy', result: finding(), severity: 'high' })?.reason).toBe('VEX_NOT_AFFECTED');
  });
});
