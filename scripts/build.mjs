/**
 * `npm run build`: `tsc` emits build/, Rolldown bundles it with all packages into dist/, the same byte for byte wherever it is built.
 *
 * The entry holds what every run needs. What is imported with `import()`, a package or a module of our own, becomes a chunk that is
 * read when it is used.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { rolldown } from 'rolldown';

const root = resolve(import.meta.dirname, '..');
const modules = join(root, 'node_modules');
const build = join(root, 'build');
const dist = join(root, 'dist');

for (const folder of [build, dist]) rmSync(folder, { recursive: true, force: true });
const { status, signal } = spawnSync(process.execPath, [join(modules, 'typescript/bin/tsc'), '-p', 'tsconfig.json'], {
  cwd: root,
  stdio: 'inherit',
});
if (status !== 0) fail(`tsc failed (${signal ?? `exit code ${status}`})`);

const output = await bundle();
mkdirSync(dist, { recursive: true });
writeFileSync(join(dist, 'licenses.txt'), licences(output));
// Else Node would take the files for CommonJS where no package.json above them says otherwise.
writeFileSync(join(dist, 'package.json'), '{"type":"module"}\n');
check();

async function bundle() {
  const ofEveryRun = reached(join(build, 'main.js'));
  const made = await rolldown({
    input: { index: join(build, 'main.js') },
    cwd: root,
    platform: 'node',
    // Its ES modules, of which what nobody uses is dropped; Node's own way leads to CommonJS. Only for our modules: a package that
    // requires it would have it wrapped.
    plugins: [
      {
        name: 'yaml as ES modules',
        resolveId: (id, importer) =>
          id === 'yaml' && importer?.startsWith(build) ? join(modules, 'yaml/browser/dist/index.js') : null,
      },
    ],
    // None of our own modules does anything by being imported.
    treeshake: { moduleSideEffects: (id) => id.startsWith(modules) },
    // Chunks may take from the entry what it holds already, in place of a third file that both would load.
    preserveEntrySignatures: false,
    onLog: (level, log) => {
      // Packages that look at their own surroundings; what they would do with it is never used here.
      const harmless = ['EVAL', 'CIRCULAR_DEPENDENCY', 'COMMONJS_VARIABLE_IN_ESM'];
      if (level === 'warn' && !harmless.includes(log.code ?? '')) console.warn(`${log.code}: ${log.message}`);
    },
  });
  // No minifier and no source maps: what a pipeline runs can be read as it is.
  const { output } = await made.write({
    dir: dist,
    format: 'es',
    // What several chunks share is one file: a dozen small ones would take longer to load than to parse.
    codeSplitting: {
      groups: [
        {
          name: 'shared',
          priority: 2,
          minShareCount: 2,
          test: (id) => ofEveryRun.has(id) || /[\\/]valibot[\\/]/.test(id),
        },
        // What a run needs only at its end, or never.
        {
          name: 'late',
          priority: 0,
          minShareCount: 2,
          includeDependenciesRecursively: false,
          test: (id) => id.startsWith(build) && !ofEveryRun.has(id),
        },
        // The entry holds these too, and must not take them from there.
        {
          name: 'base',
          priority: 3,
          test: (id) =>
            /[\\/](?:record[\\/]hash|sources[\\/]workspace|flags[\\/](?:meaning|context|control))\.js$/.test(id),
        },
        // What only policies about scans, and about flags, need.
        { name: 'scans', priority: 1, minShareCount: 2, test: ofScans },
        { name: 'flags', priority: 1, minShareCount: 2, test: ofFlags },
      ],
    },
    entryFileNames: '[name].js',
    chunkFileNames: ({ name, facadeModuleId, moduleIds }) =>
      `chunks/${['shared', 'late', 'scans', 'flags', 'base'].includes(name) ? name : nameOf(facadeModuleId ?? moduleIds.at(-1) ?? '')}.js`,
  });
  return output;
}

/** Our own modules that are imported, by `import` and not by `import()`, from a file on. */
function reached(file, found = new Set()) {
  if (found.has(file)) return found;
  found.add(file);
  for (const [, from] of readFileSync(file, 'utf8').matchAll(/^(?:import|export)\b[^'"(]*?['"](\.[^'"]+)['"]/gm)) {
    reached(resolve(dirname(file), from), found);
  }
  return found;
}

/** Modules that read and sort the results of scanners, save the two that every policy needs. */
function ofScans(id) {
  return id.startsWith(join(build, 'sources', 'security')) && !/[\\/]security[\\/](?:index|question)\.js$/.test(id);
}

/** Modules that sources of flags share, save those that every policy needs. */
function ofFlags(id) {
  return (
    id.startsWith(join(build, 'sources', 'flags') + sep) &&
    !/[\\/]flags[\\/](?:index|meaning|context|control)\.js$/.test(id)
  );
}

/** By the package, or by the path of our own module. */
function nameOf(id) {
  const path = relative(root, id).split(sep);
  const at = path.lastIndexOf('node_modules');
  if (at === -1) return path.slice(1).join('-').replace(/\.js$/, '');
  const name = path[at + 1] ?? '';
  return (name.startsWith('@') ? `${name.slice(1)}-${path[at + 2]}` : name).replaceAll('.', '-');
}

/** The licence of every package that is in the bundle. */
function licences(output) {
  const folders = new Set(output.flatMap((chunk) => chunk.moduleIds ?? []).flatMap((id) => packageOf(id) ?? []));
  // It is in the report's assets, as text.
  folders.add(join(modules, 'uplot'));
  const texts = [...folders]
    .toSorted((a, b) => (a < b ? -1 : 1))
    .map((folder) => {
      const { name, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
      const file = readdirSync(folder).find((entry) => /^(?:licen[cs]e|copying)/i.test(entry));
      const text = file === undefined ? '' : `\n${readFileSync(join(folder, file), 'utf8').trim()}\n`;
      return `${name}\n${license}\n${text}`;
    });
  return texts.join('\n\n').replaceAll('\r\n', '\n');
}

/** @returns the folder of the package that the module is of; undefined for our own */
function packageOf(id) {
  if (!id.startsWith(modules + sep)) return undefined;
  for (let folder = dirname(id); folder !== modules; folder = dirname(folder)) {
    const manifest = join(folder, 'package.json');
    // Some packages have manifests without a name inside of them.
    if (existsSync(manifest) && JSON.parse(readFileSync(manifest, 'utf8')).name !== undefined) return folder;
  }
  return undefined;
}

function check() {
  for (const path of filesIn(dist)) {
    const raw = readFileSync(path, 'utf8');
    // Git would turn them into \n, and what is checked out would not be what was built.
    const text = raw.replaceAll('\r\n', '\n');
    if (text !== raw) writeFileSync(path, text);
    for (const folder of [root, root.split(sep).join('/'), encodeURI(root)]) {
      if (text.includes(folder)) fail(`${relative(root, path)} names a folder of this machine: ${folder}`);
    }
  }
}

function filesIn(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

function fail(message) {
  console.error(`${basename(import.meta.filename)}: ${message}`);
  process.exit(1);
}
