import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePurl, samePackage } from '../../../../src/sources/security/triage/purl.js';

describe('package URLs', () => {
  it.each([
    ['pkg:npm/lodash', 'pkg:npm/lodash@4.17.20', true],
    ['pkg:npm/lodash@4.17.20', 'pkg:npm/lodash@4.17.20', true],
    ['pkg:npm/lodash@4.17.20', 'pkg:npm/lodash@4.17.21', false],
    ['pkg:npm/lodash@4.17.20', 'pkg:npm/lodash', false],
    ['pkg:npm/lodash@', 'pkg:npm/lodash@4.17.20', true],
    ['pkg:npm/lodash', 'pkg:pypi/lodash@4.17.20', false],
    ['pkg:npm/lodash', 'pkg:npm/lodash.template@4.5.0', false],
    ['pkg:npm/@acme/app', 'pkg:npm/%40acme/app@1.0.0', true],
    ['pkg:npm/app', 'pkg:npm/%40acme/app@1.0.0', false],
    ['pkg:pypi/Foo_Bar', 'pkg:pypi/foo-bar@1', true],
    ['pkg:deb/debian/curl@7.88?arch=amd64', 'pkg:deb/debian/curl@7.88?arch=amd64&distro=debian-12', true],
    ['pkg:deb/debian/curl@7.88?arch=amd64', 'pkg:deb/debian/curl@7.88?arch=arm64', false],
    ['pkg:deb/debian/curl?arch=amd64', 'pkg:deb/debian/curl@7.88', false],
    ['pkg:golang/example.com/m', 'pkg:golang/example.com/m@v1.0.0#cmd', true],
    ['pkg:golang/example.com/m#cmd', 'pkg:golang/example.com/m@v1.0.0#cmd', true],
    ['pkg:golang/example.com/m#cmd', 'pkg:golang/example.com/m@v1.0.0', false],
    ['lodash', 'pkg:npm/lodash@4.17.20', false],
    ['pkg:npm/lodash', 'lodash', false],
    ['', '', false],
  ])('%s covers %s: %s', (wanted, found, expected) => expect(samePackage(wanted, found)).toBe(expected));

  it('are read without throwing, and cover themselves', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string().map((s) => `pkg:npm/${s}`),
      fc.string().map((s) => `pkg:oci/app@${s}`),
    );
    fc.assert(
      fc.property(text, (one) => {
        expect(samePackage(one, one)).toBe(parsePurl(one) !== undefined);
        expect(parsePurl(one)).toEqual(parsePurl(one));
      }),
    );
  });

  it('of any length', () => expect(parsePurl(`pkg:npm/${'a'.repeat(100_000)}`)).toBeUndefined());
});
