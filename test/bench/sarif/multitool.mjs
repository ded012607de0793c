/** The other yardstick: Microsoft's `sarif-multitool`, put into .cache/ when it is first needed. It is .NET, and runs on some machines only. */
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const version = '5.7.0';
const folder = resolve(import.meta.dirname, '../../../.cache/bench-sarif');
const packages = join(folder, 'node_modules/@microsoft');

/** @returns the program, or why it cannot be had */
function program() {
  if (!existsSync(packages)) {
    const install = ['install', '--prefix', folder, '--no-save', '--no-package-lock', '--ignore-scripts'];
    const { status, stderr } = spawnSync('npm', [...install, `@microsoft/sarif-multitool@${version}`], {
      encoding: 'utf8',
      shell: process.platform === 'win32',
    });
    if (status !== 0) throw new Error(`it cannot be installed: ${lastLine(stderr)}`);
  }
  const of = `sarif-multitool-${process.platform}`;
  const name = process.platform === 'win32' ? 'Sarif.Multitool.exe' : 'Sarif.Multitool';
  const path = join(packages, of, name);
  if (!existsSync(path)) throw new Error(`there is none for ${process.platform}`);
  if (process.platform !== 'win32') chmodSync(path, 0o755);
  return path;
}

const lastLine = (text) => (text ?? '').trim().split('\n').at(-1) ?? '';

/** Counts the errors in a file. @returns time of the whole process and its peak of memory, or why it failed */
export async function query(file) {
  let path;
  try {
    path = program();
  } catch (error) {
    return { failed: error.message };
  }
  const began = process.hrtime.bigint();
  // Without it .NET needs a library that few machines have.
  const env = { ...process.env, DOTNET_SYSTEM_GLOBALIZATION_INVARIANT: '1' };
  const child = spawn(path, ['query', file, '-e', "Level == 'Error'"], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
  let kilobytes = 0;
  const watch = setInterval(() => (kilobytes = Math.max(kilobytes, peakOf(child.pid))), 20);
  const failed = await new Promise((done) => {
    child.on('error', (error) => done(error.message));
    child.on('close', (code) => done(code === 0 ? undefined : `it ended with ${code}: ${lastLine(output)}`));
  });
  clearInterval(watch);
  const ms = Number(process.hrtime.bigint() - began) / 1e6;
  return failed === undefined ? { ms, kilobytes } : { failed };
}

/** Where the system tells it; else 0. */
function peakOf(pid) {
  try {
    return Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0);
  } catch {
    return 0;
  }
}
