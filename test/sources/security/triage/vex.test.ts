import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openVex, parseVex, readVex } from '../../../../src/sources/security/triage/vex.js';
import { day, now } from '../support.js';
import { cve, digest, finding, image, lodash, otherDigest, read, remarks, says, told } from './vex-support.js';

const at = (days: number) => new Date(now + days * day).toISOString();

const statement = (change: object = {}) => ({
  vulnerability: { name: cve },
  products: [{ '@id': image }],
  status: 'not_affected',
  justification: 'vulnerable_code_not_in_execute_path',
  ...change,
});
const document = (...statements: unknown[]) => ({
  '@context': 'https://openvex.dev/ns/v0.2.0',
  '@id': 'https://example.com/vex/shop',
  author: 'security@example.com',
  timestamp: at(-10),
  version: 1,
  statements,
});
const about = (product: unknown, change: object = {}) => document(statement({ products: [product], ...change }));

describe('a statement of OpenVEX', () => {
  it('excuses, with its words', () => {
    expect(says(document(statement()))).toBe('VEX_NOT_AFFECTED');
    expect(told(document(statement({ impact_statement: 'We never\ncall template().' })))).toBe(
      'shop.vex.json: vulnerable_code_not_in_execute_path: We never call template().',
    );
  });

  it.each([
    [{ status: 'fixed', justification: undefined }, 'VEX_FIXED'],
    [{ status: 'affected' }, 'counts'],
    [{ status: 'under_investigation' }, 'counts'],
    [{ justification: undefined }, 'counts'],
    [{ justification: 'because' }, 'counts'],
    [{ justification: '' }, 'counts'],
    [{ justification: undefined, impact_statement: 'We never call it.' }, 'VEX_NOT_AFFECTED'],
    [{ vulnerability: cve }, 'VEX_NOT_AFFECTED'],
    [{ vulnerability: cve.toLowerCase() }, 'VEX_NOT_AFFECTED'],
    [{ vulnerability: { name: 'GHSA-35jh-r3h4-6jhm', aliases: [cve] } }, 'VEX_NOT_AFFECTED'],
    [{ vulnerability: { name: 'GHSA-35jh-r3h4-6jhm', aliases: cve } }, 'VEX_NOT_AFFECTED'],
    [{ vulnerability: { name: 'CVE-2021-2333' } }, 'counts'],
    [{ products: undefined }, 'counts'],
    [{ products: [] }, 'counts'],
    [{ products: image }, 'VEX_NOT_AFFECTED'],
    [{ products: [image] }, 'VEX_NOT_AFFECTED'],
    [{ products: [42, null, {}] }, 'counts'],
    [{ timestamp: at(1) }, 'counts'],
    [{ timestamp: 'yesterday' }, 'VEX_NOT_AFFECTED'],
  ])('%j: %s', (change, expected) => expect(says(document(statement(change)))).toBe(expected));

  it.each([
    'https://openvex.dev/ns',
    'https://openvex.dev/ns/',
    'https://openvex.dev/ns/v0.0.1',
    ['https://openvex.dev/ns/v0.2.0', { acme: 'https://example.com/ns' }],
  ])('is read of the context %j', (context) =>
    expect(says({ ...document(statement()), '@context': context })).toBe('VEX_NOT_AFFECTED'),
  );

  it('may stand alone, with or without the list', () => {
    expect(says({ ...document(), statements: statement() })).toBe('VEX_NOT_AFFECTED');
    expect(says({ ...document(), statements: undefined, ...statement() })).toBe('VEX_NOT_AFFECTED');
  });

  it('of the first versions has texts for products and subcomponents', () => {
    const old = (subcomponents: string[]) =>
      document(statement({ vulnerability: cve, products: [image], subcomponents }));
    expect(says(old([lodash]))).toBe('VEX_NOT_AFFECTED');
    expect(says(old(['pkg:npm/express@4.0.0']))).toBe('counts');
  });
});

describe('the product of a statement', () => {
  const other = 'pkg:oci/cart';
  it.each([
    ['the released one', { '@id': image }, [image], 'VEX_NOT_AFFECTED'],
    ['by another identifier', { '@id': 'urn:x', identifiers: { purl: image } }, [image], 'VEX_NOT_AFFECTED'],
    ['without a version', { '@id': 'pkg:oci/shop' }, [image], 'VEX_NOT_AFFECTED'],
    ['with another qualifier', { '@id': 'pkg:oci/shop?arch=arm64' }, [image], 'counts'],
    ['of another version', { '@id': `pkg:oci/shop@${otherDigest}` }, [image], 'counts'],
    ['another one', { '@id': other }, [image], 'counts'],
    ['with a version that the policy does not know', { '@id': image }, ['pkg:oci/shop'], 'counts'],
    ['by its digest', { hashes: { 'sha-256': digest.slice(7).toUpperCase() } }, [digest], 'VEX_NOT_AFFECTED'],
    ['by the digest that is its version', { '@id': image }, [digest], 'VEX_NOT_AFFECTED'],
    ['by the digest of an image', { '@id': image }, [`ghcr.io/acme/shop@${digest}`], 'VEX_NOT_AFFECTED'],
    ['by another digest', { hashes: { 'sha-256': otherDigest.slice(7) } }, [digest], 'counts'],
    [
      'whose digest speaks against its name',
      { '@id': 'pkg:oci/shop', hashes: { 'sha-256': otherDigest.slice(7) } },
      [image],
      'counts',
    ],
    [
      'whose names are of two versions',
      { '@id': 'pkg:npm/app', identifiers: { purl: 'pkg:npm/app@1.0.0' } },
      ['pkg:npm/app@2.0.0'],
      'counts',
    ],
    ['one of several', { '@id': image }, [other, image], 'VEX_NOT_AFFECTED'],
    ['by a CPE alone', { identifiers: { cpe23: 'cpe:2.3:a:acme:shop:1:*:*:*:*:*:*:*' } }, [image], 'counts'],
    ['nothing that is released', { '@id': image }, [], 'counts'],
  ])('%s', (_, product, products, expected) =>
    expect(says(about(product), finding(), { products: products as string[] })).toBe(expected),
  );

  it('is all of it, without subcomponents, whatever the package of the finding', () => {
    expect(says(about({ '@id': image }), finding({ purl: 'pkg:npm/other@1' }))).toBe('VEX_NOT_AFFECTED');
    expect(says(about({ '@id': image }), { ...finding(), purl: undefined } as never)).toBe('VEX_NOT_AFFECTED');
  });

  it.each([
    ['the package', [{ '@id': lodash }], finding(), 'VEX_NOT_AFFECTED'],
    ['the package in any version', [{ '@id': 'pkg:npm/lodash' }], finding(), 'VEX_NOT_AFFECTED'],
    ['another version', [{ '@id': 'pkg:npm/lodash@4.17.21' }], finding(), 'counts'],
    ['another package', [{ '@id': 'pkg:npm/express' }], finding(), 'counts'],
    ['nothing recognisable', [{ '@id': 'https://example.com/lodash' }], finding(), 'counts'],
    ['the package, of a finding that names none', [{ '@id': lodash }], { ...finding(), purl: undefined }, 'counts'],
  ])('is only its part when a subcomponent names %s', (_, subcomponents, one, expected) =>
    expect(says(about({ '@id': image, subcomponents }), one as never)).toBe(expected),
  );

  it('may be the package of the finding itself, but never of another product', () => {
    expect(says(about({ '@id': lodash }))).toBe('VEX_NOT_AFFECTED');
    expect(says(about({ '@id': 'pkg:npm/lodash@4.17.21' }))).toBe('counts');
    expect(says(about({ '@id': other, subcomponents: [{ '@id': lodash }] }))).toBe('counts');
    expect(says(about({ '@id': lodash, subcomponents: [{ '@id': lodash }] }))).toBe('counts');
    expect(says(about({ '@id': lodash }), finding(), { products: [] })).toBe('VEX_NOT_AFFECTED');
  });
});

describe('of several statements', () => {
  const good = (days: number, change: object = {}) => statement({ timestamp: at(days), ...change });
  const bad = (days: number, change: object = {}) => good(days, { status: 'affected', ...change });

  it('the latest holds, and of two at once the one that counts', () => {
    expect(says(document(good(-3), bad(-2)))).toBe('counts');
    expect(says(document(bad(-3), good(-2)))).toBe('VEX_NOT_AFFECTED');
    expect(says(document(good(-2), bad(-2)))).toBe('counts');
    expect(says(document(bad(-2), good(-2)))).toBe('counts');
    expect(says(document(bad(-2), good(1)))).toBe('counts');
    expect(says(document(good(-2), bad(1)))).toBe('counts');
  });

  it('one without a time has that of the document, and without any it wins only when it counts', () => {
    expect(says(document(statement(), bad(-11)))).toBe('VEX_NOT_AFFECTED');
    expect(says(document(statement(), bad(-9)))).toBe('counts');
    expect(says(document(good(-1), bad(0, { timestamp: 'soon' })))).toBe('counts');
    expect(says(document(bad(-9), good(0, { timestamp: 'soon' })))).toBe('counts');
  });

  it('what is said of the product goes before what is said of the package', () => {
    const ofPackage = { products: [{ '@id': lodash }] };
    expect(says(document(good(-3), bad(-2, ofPackage)))).toBe('VEX_NOT_AFFECTED');
    expect(says(document(bad(-3), good(-2, ofPackage)))).toBe('counts');
  });

  it('another name of the same vulnerability speaks against, never for', () => {
    const ghsa = 'GHSA-35JH-R3H4-6JHM';
    const both = { vulnerability: { name: cve, aliases: [ghsa] } };
    expect(says(document(good(-3, both), bad(-2, { vulnerability: ghsa })))).toBe('counts');
    expect(says(document(bad(-3, both), good(-2, { vulnerability: ghsa })))).toBe('counts');
    expect(says(document(good(-3, both), bad(-2, { vulnerability: 'GHSA-0000-0000-0000' })))).toBe('VEX_NOT_AFFECTED');
  });

  it('one that counts and is about a part holds for a finding that names no package', () => {
    const part = { products: [{ '@id': image, subcomponents: [{ '@id': lodash }] }] };
    const bare = { ...finding(), purl: undefined } as never;
    expect(says(document(good(-3), bad(-2, part)), bare)).toBe('counts');
    expect(says(document(good(-3), bad(-2, part)), finding({ purl: 'pkg:npm/other@1' }))).toBe('VEX_NOT_AFFECTED');
  });

  it('the latest holds over all documents', () => {
    const files = [document(good(-3)), document(bad(-2))].map((one, i) => readVex(JSON.stringify(one), `${i}.json`));
    const options = { products: [image], now };
    const subject = { tool: 'Trivy', result: finding(), severity: 'high' } as const;
    for (const all of [files, files.toReversed()]) expect(openVex(all, options).excuse(subject)).toBeUndefined();
    expect(openVex(files.slice(0, 1), options).excuse(subject)?.reason).toBe('VEX_NOT_AFFECTED');
  });
});

describe('remarks', () => {
  it('tell a document about another product', () => {
    const other = about({ '@id': 'pkg:oci/cart' });
    expect(remarks(other, finding())).toEqual(['VEX_UNMATCHED']);
    expect(read(other).statements.remarks()[0]?.message).toBe(
      `shop.vex.json: no statement is about ${image}, or about the package of a finding: is it another version or name?`,
    );
    expect(remarks(document())).toEqual(['VEX_UNMATCHED']);
    expect(remarks(document(statement()))).toEqual([]);
    expect(remarks(about({ '@id': lodash }))).toEqual(['VEX_UNMATCHED']);
    expect(remarks(about({ '@id': lodash }), finding())).toEqual([]);
    expect(remarks(other, finding(), { products: [] })).toEqual([]);
  });

  it('tell statements that do not say why', () => {
    const bare = document(statement({ justification: undefined }), statement());
    expect(remarks(bare)).toEqual(['VEX_WITHOUT_JUSTIFICATION']);
    expect(read(bare).statements.remarks()[0]?.message).toBe(
      `shop.vex.json: \`not_affected\` without saying why excuses nothing: ${cve}`,
    );
  });
});

describe('a document that is refused', () => {
  it.each([
    ['', 'this is not JSON; expected an OpenVEX or CycloneDX document'],
    ['[]', 'expected an OpenVEX document (`@context`) or a CycloneDX document (`bomFormat`)'],
    ['{}', 'expected an OpenVEX document (`@context`) or a CycloneDX document (`bomFormat`)'],
    [
      '{"document":{"category":"csaf_vex"}}',
      'expected an OpenVEX document (`@context`) or a CycloneDX document (`bomFormat`); CSAF is not supported',
    ],
    [
      JSON.stringify({ ...document(), '@context': 'https://openvex.dev/ns/v3.0.0' }),
      'expected OpenVEX up to version 0.2, found `https://openvex.dev/ns/v3.0.0`',
    ],
    [JSON.stringify({ ...document(), statements: undefined }), '`statements` is missing'],
    [JSON.stringify(document(42)), 'statement 1: expected a map'],
    [
      JSON.stringify(document(statement(), statement({ vulnerability: {} }))),
      'statement 2: `vulnerability` is missing',
    ],
    [
      JSON.stringify(document(statement({ status: 'not-affected' }))),
      'statement 1: expected the status not_affected, fixed, affected, under_investigation, found `not-affected`; did you mean `not_affected`?',
    ],
    [
      JSON.stringify(document(statement({ status: undefined }))),
      'statement 1: expected the status not_affected, fixed, affected, under_investigation, found nothing',
    ],
  ])('%s', (text, message) => {
    const { statements, problems } = parseVex(text, 'x.json', { products: [image], now });
    expect(problems).toEqual([{ message, file: 'x.json' }]);
    expect(statements.remarks()).toEqual([]);
  });

  it('has no effect, not even what could be read of it', () =>
    expect(
      read(document(statement(), 42)).statements.excuse({ tool: 'Trivy', result: finding(), severity: 'high' }),
    ).toBeUndefined());

  it('does not say the same a thousand times', () =>
    expect(read(document(...Array.from({ length: 1000 }, () => 42))).problems).toHaveLength(20));
});

describe('any document', () => {
  const word = fc.constantFrom(cve, image, lodash, digest, 'not_affected', 'affected', 'fixed', 'resolved', at(-1), '');
  const value = fc.oneof(word, fc.jsonValue({ maxDepth: 1 }));
  const keys = ['@id', 'name', 'aliases', 'status', 'products', 'vulnerability', 'subcomponents', 'hashes'];
  const mapOf = (inner: fc.Arbitrary<unknown>) =>
    fc.record(Object.fromEntries(keys.map((key) => [key, inner])), { requiredKeys: [] });
  const map = mapOf(fc.oneof(value, fc.array(mapOf(value), { maxLength: 2 })));
  it('is read without throwing, and never excuses another vulnerability', () => {
    fc.assert(
      fc.property(fc.oneof(fc.array(map, { maxLength: 4 }), fc.jsonValue()), fc.boolean(), (statements, whole) => {
        const one = whole ? { ...document(), statements } : statements;
        const { statements: open } = parseVex(JSON.stringify(one) ?? '', 'x.json', { products: [image], now });
        const other = finding({ rule: 'other', ids: ['CVE-1999-0001'] });
        expect(open.excuse({ tool: 'Trivy', result: other, severity: 'high' })).toBeUndefined();
        open.excuse({ tool: 'Trivy', result: finding(), severity: 'high' });
        open.remarks();
      }),
      { numRuns: 2000 },
    );
  });

  const ghsa = 'GHSA-35JH-R3H4-6JHM';
  const some = fc.record({
    vulnerability: fc.constantFrom(cve, { name: ghsa, aliases: [cve] }, ghsa),
    products: fc.constantFrom([image], [lodash], ['pkg:oci/cart'], [{ '@id': image, subcomponents: [lodash] }]),
    status: fc.constantFrom('not_affected', 'fixed', 'affected', 'under_investigation'),
    timestamp: fc.constantFrom(at(-3), at(-2), at(1), ''),
  });
  it('with one more statement that counts excuses no more than before', () => {
    fc.assert(
      fc.property(fc.array(some, { maxLength: 4 }), some, fc.boolean(), (statements, more, first) => {
        const all = statements.map((one) => statement(one));
        const counting = statement({ ...more, status: 'affected' });
        const before = says(document(...all));
        const after = says(document(...(first ? [counting, ...all] : [...all, counting])));
        expect([before, 'counts']).toContain(after);
      }),
      { numRuns: 2000 },
    );
  });

  it('of text is read without throwing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(parseVex(text, 'x.json', { products: [text], now }).problems.length).toBeGreaterThan(0);
      }),
    );
    expect(parseVex('['.repeat(1_000_000), 'x.json', { products: [], now }).problems).toHaveLength(1);
  });
});

describe('the page about VEX', () => {
  const page = readFileSync(resolve(import.meta.dirname, '../../../../docs/vex.md'), 'utf8');
  const blocks = [...page.matchAll(/^```json\n([\s\S]*?)^```/gm)].map(([, text = '']) => text);
  it('shows documents', () => expect(blocks.length).toBeGreaterThanOrEqual(2));
  it.each(blocks)('that are read and excuse: %s', (text) => {
    const products = ['pkg:oci/shop@sha256:5d6cb3e2a1f04c97b8e6a2d1c0f9e8d7b6a5949382716f5e4d3c2b1a09f8e7d6'];
    const { statements, problems } = parseVex(text, 'x.json', { products, now });
    expect(problems).toEqual([]);
    expect(statements.remarks()).toEqual([]);
    expect(statements.excuse({ tool: 'Trivy', result: finding(), severity: 'high' })).toBeDefined();
  });
});
