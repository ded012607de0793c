import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ownerPlaces, parseOwners } from '../../../../src/sources/security/triage/owners.js';

const github = `# Who looks after what
*                 @acme/everybody
*.js              @js-owner   # of the front end
/build/logs/      @ops
docs/*            docs@example.com
apps/             @apps @acme/apps
/scripts/         @scripts @ops
src/payments      @payments
**/keys           @security
/vendor/
with\\ space/      @space
\\#notes.md        @notes
!negated          @nobody
CHANGELOG         no owner at all
[id]/(shop)/x     @literal
`;

describe('CODEOWNERS of GitHub', () => {
  const owner = parseOwners(github);
  it.each([
    ['README.md', '@acme/everybody'],
    ['a/b/c.js', '@js-owner'],
    ['build/logs/a/b.log', '@ops'],
    ['x/build/logs/a.log', '@acme/everybody'],
    ['docs/a.md', 'docs@example.com'],
    ['docs/sub/a.md', '@acme/everybody'],
    ['x/docs/a.md', '@acme/everybody'],
    ['apps/a', '@apps, @acme/apps'],
    ['x/y/apps/a', '@apps, @acme/apps'],
    ['scripts/a.js', '@scripts, @ops'],
    ['src/payments/deep/a.ts', '@payments'],
    ['x/src/payments/a.ts', '@acme/everybody'],
    ['deep/down/keys/a.pem', '@security'],
    ['vendor/a.js', undefined],
    ['with space/a', '@space'],
    ['#notes.md', '@notes'],
    ['negated', '@acme/everybody'],
    ['CHANGELOG', undefined],
    ['[id]/(shop)/x', '@literal'],
    ['', undefined],
  ])('%s is of %s', (file, expected) => expect(owner(file)).toBe(expected));
});

const gitlab = `* @everybody

[Backend] @backend @@maintainer
*.rb
/lib/api/       @api
README.md       @docs-of-backend
!generated.rb

^[Docs][2] docs@example.com
docs/
/docs/*         @root-docs
internal/README.md @inside

[backend]
*.go            @go
`;

describe('CODEOWNERS of GitLab', () => {
  const owner = parseOwners(gitlab);
  it.each([
    ['a.txt', '@everybody'],
    ['a/b.rb', '@everybody, @backend, @@maintainer'],
    ['lib/api/x/y.rb', '@everybody, @api'],
    ['x/README.md', '@everybody, @docs-of-backend'],
    ['x/generated.rb', '@everybody'],
    ['x/docs/deep/a.md', '@everybody, docs@example.com'],
    ['docs/a.md', '@everybody, @root-docs'],
    ['x/internal/README.md', '@everybody, @docs-of-backend, @inside'],
    ['a.go', '@everybody, @go'],
  ])('%s is of %s', (file, expected) => expect(owner(file)).toBe(expected));
});

describe('any CODEOWNERS', () => {
  it('that is empty names nobody', () => expect(parseOwners('\uFEFF\r\n# nothing\r\n')('a')).toBeUndefined());

  it('is read without throwing, and names people in one line', () => {
    const line = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('[x] @a', '!a @b', '* @c', '\\', '/ @d', '^['),
    );
    fc.assert(
      fc.property(fc.array(line), fc.string({ unit: 'binary' }), (lines, file) => {
        expect(parseOwners(lines.join('\n'))(file) ?? '@').toMatch(/^[^\r\n]*@[^\r\n]*$/);
      }),
    );
  });

  it('stands where the platforms look', () => expect(ownerPlaces).toContain('.github/CODEOWNERS'));
});
