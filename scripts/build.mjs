/**
 * `npm run build`: `tsc` emits build/, Rolldown joins our modules, ncc bundles them into dist/, the same byte for byte wherever it is built.
 *
 * Both folders are emptied first: ncc leaves old chunks lying, and a chunk's number changes with what is in it.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { rolldown } from 'rolldown';

const root = resolve(import.meta.dirname, '..');
const modules = join(root, 'node_modules');
const build = join(root, 'build');
const dist = join(root, 'dist');

/**
 * Packages that every run loads, by their ES modules. Rolldown joins them with our own modules first and drops what nobody uses, ncc
 * does the rest. What is parsed at the start of every run is a third smaller so, and the entry holds one plain module, which is
 * parsed once, where webpack's wrapping functions are parsed twice: together about 30 ms on Node 20.
 */
const joined = { yaml: 'browser/dist/index.js', valibot: 'dist/index.mjs' };

/**
 * What packages bring along for uses that are not ours: descriptions of messages for gRPC, a page worker, a script that opens a
 * browser. All but these are checked below.
 */
const unused = ['proto', 'xds', 'protoc-gen-validate', 'index1.js', 'xdg-open'];

/** All that the bundle may consist of. A package that drags in more is seen here, not by who installs it. */
const expected = /^(?:(?:\d+\.)?index\.js|licenses\.txt|package\.json)$/;

for (const folder of [build, dist]) rmSync(folder, { recursive: true, force: true });
node('typescript/bin/tsc', '-p', 'tsconfig.json');
await joinModules();
// No minifier and no source maps: what a pipeline runs can be read as it is.
node(
  '@vercel/ncc/dist/ncc/cli.js',
  'build',
  join(build, 'joined', 'main.js'),
  '--out',
  dist,
  '--license',
  'licenses.txt',
  '--no-cache',
  '--quiet',
);
tidy();
addLicences();
check();

function node(script, ...args) {
  const { status, signal } = spawnSync(process.execPath, [join(modules, script), ...args], {
    cwd: root,
    stdio: 'inherit',
  });
  if (status !== 0) fail(`${basename(script)} failed (${signal ?? `exit code ${status}`})`);
}

/** build/joined/main.js: our modules and those of `joined`; all other packages stay imports. */
async function joinModules() {
  const files = new Map(Object.entries(joined).map(([name, file]) => [name, join(modules, name, file)]));
  const ours = (id) => id.startsWith('.') || isAbsolute(id) || files.has(id);
  const bundle = await rolldown({
    input: join(build, 'main.js'),
    external: (id) => !ours(id),
    plugins: [{ name: 'joined', resolveId: (id) => files.get(id) ?? null }],
    // None of them does anything by being imported.
    treeshake: { moduleSideEffects: false },
  });
  const { output } = await bundle.write({ dir: join(build, 'joined'), format: 'es' });
  const inlined = output.flatMap((chunk) => chunk.moduleIds ?? []);
  for (const name of files.keys()) {
    const used = inlined.some((id) => id.startsWith(join(modules, name) + sep));
    if (!used) fail(`nothing imports ${name} any more; take it out of \`joined\``);
  }
  if (output.length > 1)
    fail('an own module is imported lazily: only packages are, since a second chunk wraps the first');
}

/** Takes out what is not ours, and gives all files the same line ends, since some packages come with those of Windows. */
function tidy() {
  for (const name of unused) {
    if (readdirSync(dist).includes(name)) rmSync(join(dist, name), { recursive: true });
    else fail(`nothing brings ${name} along any more; take it out of \`unused\``);
  }
  for (const path of filesIn(dist)) {
    const text = readFileSync(path, 'utf8');
    if (text.includes('\r\n')) writeFileSync(path, text.replaceAll('\r\n', '\n'));
  }
}

/** ncc does not see the joined packages, so their licences are added to its list. */
function addLicences() {
  const path = join(dist, 'licenses.txt');
  const texts = Object.keys(joined).map((name) => {
    const folder = join(modules, name);
    const { license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
    if (file === undefined) fail(`${name} has no licence file`);
    return `${name}\n${license}\n${readFileSync(join(folder, file), 'utf8')}`;
  });
  writeFileSync(path, [readFileSync(path, 'utf8').trimEnd(), ...texts].join('\n\n').replaceAll('\r\n', '\n'));
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
