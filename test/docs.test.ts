/** What the documentation shows must work: its policies load, its links lead somewhere, the examples are valid. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { gateTypes } from '../src/gates/index.js';
import { loadPolicy } from '../src/policy/load.js';
import { sourceEntries } from '../src/sources/index.js';

const root = resolve(import.meta.dirname, '..');

const pages = [
  'README.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  'CHANGELOG.md',
  ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((f) => f.endsWith('.md'))
    .map((f) => join('docs', f)),
];

const read = (page: string): string => readFileSync(join(root, page), 'utf8');

/** The YAML blocks that are whole policies. */
const policies = pages.flatMap((page) =>
  [...read(page).matchAll(/^```yaml\n([\s\S]*?)^```/gm)]
    .map(([, text = '']) => ({ page, text }))
    .filter(({ text }) => /^version: 1$/m.test(text)),
);

const problems = async (text: string, file: string) =>
  (await loadPolicy({ text, file, overrides: [], facts: {}, env: {}, observe: false, lenient: true })).problems;

describe('the documentation', () => {
  it('shows policies', () => expect(policies.length).toBeGreaterThanOrEqual(6));

  it.each(policies)('of $page shows a valid policy', async ({ page, text }) =>
    expect(await problems(text, page)).toEqual([]),
  );

  it.each(
    readdirSync(join(root, 'examples'), { recursive: true, encoding: 'utf8' }).filter((f) =>
      /(?:^|\/)(?:signalbox|stop)\.yml$/.test(f),
    ),
  )('has the valid example %s', async (file) => expect(await problems(read(join('examples', file)), file)).toEqual([]));

  it.each(pages)('of %s links to what exists', (page) => {
    const links = [...read(page).matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)/g)].map(([, link = '']) => link);
    for (const link of links) expect(existsSync(join(root, dirname(page), link)), `${page}: ${link}`).toBe(true);
  });

  it('has a page for every source, and a row for every gate', () => {
    for (const { type } of sourceEntries) expect(existsSync(join(root, 'docs/sources', `${type}.md`)), type).toBe(true);
    for (const { type } of gateTypes) expect(read('docs/policy.md')).toContain(`### type: ${type}`);
  });
});
