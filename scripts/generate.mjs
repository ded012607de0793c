/**
 * `npm run generate`: writes the manifests, the README's tables, the JSON Schemas, docs/policy.md and what the report's page
 * carries from the source, which is the only place where an input, a gate or a field is described. With `--check` it writes
 * nothing, names what is stale and ends with 1.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { manifestFiles } from './generate/manifests.mjs';
import { readme } from './generate/readme.mjs';
import { reportAssets } from './generate/report.mjs';
import { schemaFiles } from './generate/schemas.mjs';

const root = resolve(import.meta.dirname, '..');
const { check } = parseArgs({ options: { check: { type: 'boolean', default: false } } }).values;
const read = (path) => readFileSync(join(root, path), 'utf8');

const stale = (await generate()).filter(({ path, content }) => !existsSync(join(root, path)) || read(path) !== content);
for (const { path, content } of stale) {
  if (check) console.error(`${path} is stale: run \`npm run generate\` and commit it`);
  else {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
    console.log(`wrote ${path}`);
  }
}
if (check && stale.length > 0) process.exitCode = 1;

/** @returns what each generated file must hold */
async function generate() {
  const built = compile();
  try {
    const { inputs, inputGroups, outputs } = await import(pathToFileURL(join(built, 'host/inputs.js')).href);
    return [
      ...(await manifestFiles(built, root)),
      { path: 'README.md', content: readme(read('README.md'), inputs, outputs, inputGroups) },
      ...(await schemaFiles(built)),
      ...(await reportAssets(root)),
    ];
  } finally {
    rmSync(built, { recursive: true, force: true });
  }
}

/** Inside the repository, where the compiled source finds node_modules and the package's type. Types are another check's work. */
function compile() {
  mkdirSync(join(root, 'out'), { recursive: true });
  const folder = mkdtempSync(join(root, 'out/generate-'));
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  const { status } = spawnSync(process.execPath, [tsc, '-p', 'tsconfig.json', '--noCheck', '--outDir', folder], {
    cwd: root,
    stdio: 'inherit',
  });
  if (status === 0) return folder;
  rmSync(folder, { recursive: true, force: true });
  throw new Error(`expected tsc to compile the source, it ended with ${status}`);
}
