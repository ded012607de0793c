/** Who may import what: the rules of docs/architecture.md that no type can hold. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { describe, expect, it } from 'vitest';

const src = resolve(import.meta.dirname, '../src');

/** Every import of every source file, static, dynamic or of types alone. */
const imports = readdirSync(src, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
  .flatMap((entry) => {
    const path = join(entry.parentPath, entry.name);
    const file = relative(src, path).split(sep).join('/');
    const found = readFileSync(path, 'utf8').matchAll(
      /(?:\bfrom\s*|\bimport\s*\(?\s*|\brequire\(\s*)['"]([^'"\n]+)['"]/g,
    );
    return [...found].map(([, name = '']) => ({ file, name }));
  });

const offenders = (where: RegExp, what: RegExp) =>
  imports.filter(({ file, name }) => where.test(file) && what.test(name)).map(({ file, name }) => `${file}: ${name}`);

describe('the sources', () => {
  it('are read at all', () => {
    expect(imports).toContainEqual({ file: 'host/github.ts', name: '@actions/core' });
    expect(imports).toContainEqual({ file: 'host/azure.ts', name: 'azure-pipelines-task-lib/task.js' });
    expect(imports).toContainEqual({ file: 'host/detect.ts', name: './github.js' });
  });

  it('know the platforms in src/host alone', () => {
    expect(offenders(/^(?!host\/)/, /^@actions\/|^azure-pipelines-task-lib/)).toEqual([]);
  });

  it('load heavy packages only when they are needed', () => {
    const heavy =
      'actions|azure-pipelines|openfeature|prometheus-io|csv-parse|tinyglobby|mdast-util|https-proxy-agent|proxy-from-env';
    for (const file of new Set(imports.map((i) => i.file))) {
      const text = readFileSync(join(src, file), 'utf8');
      expect(text).not.toMatch(new RegExp(`^import (?!type)[^;]*from '@?(?:${heavy})`, 'm'));
    }
  });

  it('import their own modules lazily in few places, each of which is a chunk of the bundle', () => {
    const lazy = [...new Set(imports.map((i) => i.file))].filter((file) =>
      /(?<!typeof )import\(['"]\./.test(readFileSync(join(src, file), 'utf8')),
    );
    // The registries; the end of a run and its reports; commands that few use; what few policies ask for; files that few policies name.
    const few =
      /^sources\/\w+\/index\.ts$|^commands\/(?:publish|files|run)\.ts$|^main\.ts$|^sources\/security\/triage\/load\.ts$|^report\/(?:notice|html\/page)\.ts$/;
    expect(lazy.filter((file) => !few.test(file))).toEqual([]);
  });

  it('are pure where they judge, decide and report', () => {
    const pure = /^(?:train|judge|report)\/|^policy\/schema\.ts$/;
    const impure =
      /^(?:node:)?(?:fs|net|http|https|http2|tls|dns|dgram|child_process|worker_threads)(?:\/|$)|\/(?:net|host)\/(?!host\.js$|inputs\.js$)/;
    expect(offenders(pure, impure)).toEqual([]);
  });

  it('need no module of Node where they judge, decide and report; the clock alone needs a timer', () => {
    const pure = /^(?:train|judge|gates|report)\/|^policy\/schema\.ts$/;
    expect(offenders(pure, /^node:/)).toEqual(['train/clock.ts: node:timers/promises']);
  });

  it('name Node modules with node:', () => {
    expect(offenders(/./, /^(?:fs|path|os|http|https|url|util|crypto|stream|zlib|events)(?:\/|$)/)).toEqual([]);
  });

  it('have no top-level await, which a harness that requires the bundle could not load', () => {
    const files = [...new Set(imports.map(({ file }) => file))];
    expect(
      files.filter((file) =>
        /^(?:(?:const|let|export)\b[^\n]*\s)?await\s/m.test(readFileSync(join(src, file), 'utf8')),
      ),
    ).toEqual([]);
  });
});
