/**
 * `npm run build`: `tsc` emits build/, ncc bundles it into dist/, the same byte for byte wherever it is built.
 *
 * Both folders are emptied first: ncc leaves old chunks lying, and a chunk's number changes with what is in it.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';

const root = resolve(import.meta.dirname, '..');
const modules = join(root, 'node_modules');
const build = join(root, 'build');
const dist = join(root, 'dist');

/**
 * Packages that are bundled from another of their own files than the one that Node would load. Each must be in use.
 *
 * yaml: Node gets its CommonJS build, of which every one of 70 modules is wrapped in the bundle and run when it is loaded, which
 * costs 10 ms more on Node 20 than the same sources as ES modules. They are in the package for browsers, and use nothing of a
 * browser.
 */
const aliases = { yaml: 'browser/dist/index.js' };

/** All that the bundle may consist of. A package that drags in more is seen here, not by who installs it. */
const expected = /^(?:(?:\d+\.)?index\.js|licenses\.txt|package\.json)$/;

for (const folder of [build, dist]) rmSync(folder, { recursive: true, force: true });
node('typescript/bin/tsc', '-p', 'tsconfig.json');
applyAliases();
// No minifier and no source maps: what a pipeline runs can be read as it is.
node(
  '@vercel/ncc/dist/ncc/cli.js',
  'build',
  join(build, 'main.js'),
  '--out',
  dist,
  '--license',
  'licenses.txt',
  '--no-cache',
  '--quiet',
);
check();

function node(script, ...args) {
  const { status, signal } = spawnSync(process.execPath, [join(modules, script), ...args], {
    cwd: root,
    stdio: 'inherit',
  });
  if (status !== 0) fail(`${basename(script)} failed (${signal ?? `exit code ${status}`})`);
}

/** Rewrites the imports in build/; the sources keep the package's name, so that types and tests see the package. */
function applyAliases() {
  for (const [name, file] of Object.entries(aliases)) {
    const target = join(modules, name, file);
    if (!existsSync(target)) fail(`the alias of ${name} names ${file}, which the package does not have`);
    let used = 0;
    for (const path of filesIn(build)) {
      const from = relative(dirname(path), target).split(sep).join('/');
      const text = readFileSync(path, 'utf8');
      const rewritten = text.replace(new RegExp(`(\\bfrom\\s*|\\bimport\\(\\s*)(['"])${name}\\2`, 'g'), (_, before) => {
        used += 1;
        return `${before}'${from}'`;
      });
      if (rewritten !== text) writeFileSync(path, rewritten);
    }
    if (used === 0) fail(`nothing imports ${name} any more; remove its alias`);
  }
}

function check() {
  const files = filesIn(dist);
  for (const path of files) {
    if (!expected.test(relative(dist, path))) fail(`${relative(root, path)} is not expected in the bundle`);
    const text = readFileSync(path, 'latin1');
    // Git turns them into \n, and what is checked out would not be what was built.
    if (text.includes('\r\n')) fail(`${relative(root, path)} has line ends of \\r\\n`);
    // Comments name each module by its path from here; one outside would differ from machine to machine.
    if (/MODULE: \.\.\//.test(text)) fail(`${relative(root, path)} holds a module from outside of this folder`);
    for (const folder of [root, root.split(sep).join('/'), encodeURI(root)]) {
      if (text.includes(folder)) fail(`${relative(root, path)} names a folder of this machine: ${folder}`);
    }
  }
  const kind = readFileSync(join(dist, 'package.json'), 'utf8');
  if (JSON.parse(kind).type !== 'module') fail('dist/package.json must say that the bundle is of ES modules');
  const licences = readFileSync(join(dist, 'licenses.txt'), 'utf8').split('\n');
  for (const name of Object.keys(aliases)) if (!licences.includes(name)) fail(`dist/licenses.txt lacks ${name}`);
}

function filesIn(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

function fail(message) {
  console.error(`build: ${message}`);
  process.exit(1);
}
