/**
 * `npm run check:dist`: builds a copy of the tree in another folder, at another depth, and compares it byte for byte with dist/.
 * Fails when dist/ was not built from these sources, when the build depends on where it runs, and when dist/ is not committed.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');
const temporary = mkdtempSync(join(tmpdir(), 'signalbox-dist-'));
const copy = join(temporary, 'another', 'depth');

try {
  const differing = compare(join(root, 'dist'), buildCopy());
  if (differing.length > 0) {
    console.error(
      `dist/ is not what these sources build; run \`npm run build\` and commit dist/:\n${differing.join('\n')}`,
    );
    process.exitCode = 1;
  }
  // New chunks are files that git does not know yet, so that its diff alone would not show them.
  const uncommitted = run('git', ['status', '--porcelain', '--', 'dist'], root);
  if (uncommitted !== '') {
    console.error(`dist/ is not committed:\n${uncommitted.trimEnd()}`);
    process.exitCode = 1;
  }
} catch (error) {
  console.error(`check-dist: ${error.message}`);
  process.exitCode = 1;
} finally {
  rmSync(temporary, { recursive: true, force: true });
}

/** @returns the copy's dist folder */
function buildCopy() {
  // Not in git, not in the bundle: what is ignored, and the old bundle itself. New files count before they are added.
  const listed = run('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], root).split('\0');
  for (const name of listed) {
    if (name === '' || name.startsWith('dist/') || !existsSync(join(root, name))) continue;
    mkdirSync(dirname(join(copy, name)), { recursive: true });
    cpSync(join(root, name), join(copy, name));
  }
  // A copy and no link: packages behind a link would be named by their real folder, which lies elsewhere.
  cpSync(join(root, 'node_modules'), join(copy, 'node_modules'), { recursive: true, verbatimSymlinks: true });
  run(process.execPath, ['scripts/build.mjs'], copy);
  return join(copy, 'dist');
}

/** @returns one line for each file that is missing, left over or different */
function compare(committed, built) {
  const [have, want] = [committed, built].map(filesIn);
  return [...new Set([...have, ...want])]
    .toSorted((a, b) => (a < b ? -1 : 1))
    .flatMap((name) => {
      if (!want.includes(name)) return [`  ${name}: nothing builds it any more`];
      if (!have.includes(name)) return [`  ${name}: missing`];
      return readFileSync(join(committed, name)).equals(readFileSync(join(built, name))) ? [] : [`  ${name}: differs`];
    });
}

function filesIn(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)));
}

function run(command, args, cwd) {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd, encoding: 'utf8', maxBuffer: 1 << 26 });
  if (status !== 0) throw new Error(`${command} ${args[0]} failed: ${error?.message ?? `${stdout}${stderr}`}`);
  return stdout;
}
