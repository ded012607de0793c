import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadTrainFile, mostServices } from '../../src/policy/train-file.js';

const load = (text: string, env: Readonly<Record<string, string>> = {}, lenient = false) =>
  loadTrainFile(text, { file: 'train.yml', env, lenient });

const problems = (text: string, env = {}) =>
  load(text, env).problems.map(({ line, column, message }) => `${line}:${column} ${message}`);

const good = `version: 1
train: spring release
services:
  checkout: { policy: services/checkout.yml }
  search: { policy: services/search.yml, needs: [checkout], commit: "\${env.SHA}", version: "1.10", environment: production }
`;

describe('a train file', () => {
  it('names services, their policies, and what each needs', () => {
    const { services, train, problems: none } = load(good, { SHA: 'c0ffee' });
    expect(none).toEqual([]);
    expect(train).toBe('spring release');
    expect(services).toEqual([
      { name: 'checkout', policy: 'services/checkout.yml', needs: [] },
      {
        name: 'search',
        policy: 'services/search.yml',
        needs: ['checkout'],
        commit: 'c0ffee',
        version: '1.10',
        environment: 'production',
      },
    ]);
  });

  it('names all that is wrong at once, each where it stands', () => {
    const text = `version: 1
trian: x
services:
  checkout: { policy: a.yml, needs: [serch, checkout, search, search] }
  search: { polcy: b.yml, needs: [checkout], version: 1.10 }
  "bad name": { policy: c.yml }
`;
    const found = problems(text);
    expect(found).toEqual([
      expect.stringMatching(/^2:1 unknown key `trian`; did you mean `train`\?/),
      expect.stringMatching(/^5:13 unknown key `polcy`; did you mean `policy`\?/),
      expect.stringMatching(/^5:\d+ `policy` is missing/),
      expect.stringMatching(/^5:\d+ expected a text, in quotes where it looks like a number, found `1\.1`/),
      expect.stringMatching(/^6:\d+ expected a name of letters, digits.*found `bad name`/),
    ]);
  });

  it('names needs that lead nowhere, or round in a circle', () => {
    const found = problems(`version: 1
services:
  checkout: { policy: a.yml, needs: [serch, checkout, search, search] }
  search: { policy: b.yml, needs: [mail] }
  mail: { policy: c.yml, needs: [checkout] }
  news: { policy: c.yml, needs: [mail] }
`);
    expect(found).toEqual([
      '3:38 there is no service `serch` in this train; did you mean `search`? (known: search, mail, news)',
      '3:45 `checkout` cannot need itself',
      '3:63 `search` is needed twice; expected it once',
      '3:55 services cannot need each other in a circle, since none of them could begin: checkout needs search needs mail needs checkout',
    ]);
  });

  it('refuses what would lose a service without a word', () => {
    expect(problems('version: 1\nservices: {}\n')[0]).toContain('expected at least one service');
    expect(problems('version: 1\nservices:\n  - { policy: a.yml }\n')[0]).toContain('expected a map');
    expect(problems('version: 1\nservices:\n  a: { policy: a.yml }\n  a: { policy: b.yml }\n')[0]).toMatch(
      /^4:3 .*unique/,
    );
    expect(problems('version: 1\nservices:\n  a: { policy: a.yml }\n  A: { policy: b.yml }\n')[0]).toMatch(
      /^4:3 `A` and `a` differ in capitals alone/,
    );
    expect(problems('version: 1\nservices:\n  a: { policy: a.yml }\n  constructor: { policy: b.yml }\n')[0]).toMatch(
      /^4:3 no service can be called `constructor`/,
    );
    const many = Array.from({ length: mostServices + 1 }, (_, i) => `  s${i}: { policy: a.yml }`).join('\n');
    expect(problems(`version: 1\nservices:\n${many}\n`)[0]).toContain(`at most ${mostServices} services`);
    expect(problems('version: 1\nservices:\n  ../a: { policy: a.yml }\n')[0]).toContain('expected a name');
    expect(problems('version: 1\nservices:\n  a: { policy: "x\\ny" }\n')[0]).toContain('expected the path of a policy');
    expect(problems('- a\n')[0]).toContain('expected a train, a map that begins with `version: 1`');
  });

  it('takes values from the environment alone', () => {
    expect(problems(good)).toEqual([expect.stringMatching(/^5:\d+ the environment variable `SHA` is not set/)]);
    expect(load(good, {}, true)).toMatchObject({ problems: [], unset: [{ line: 5 }] });
    expect(problems(good.replace('env.SHA', 'release.sha'))[0]).toContain('a train file knows no `${release.*}`');
  });

  it.each(['docs/trains.md', 'examples/train/train.yml'])('is right where %s shows one', (page) => {
    const text = readFileSync(page, 'utf8');
    const shown = page.endsWith('.md')
      ? [...text.matchAll(/^```yaml\n([\s\S]*?)^```/gm)]
          .map(([, block = '']) => block)
          .filter((b) => /^services:/m.test(b))
      : [text];
    expect(shown.length).toBeGreaterThan(0);
    for (const one of shown) expect(load(one, { CHECKOUT_SHA: 'a', SEARCH_SHA: 'b' }).problems).toEqual([]);
  });
});
