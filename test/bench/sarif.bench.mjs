/**
 * SARIF of 100 MB and 1 GB: time and peak of memory of the source `sarif` with the gate's judgement, beside `JSON.parse` of the same file and
 * beside `sarif-multitool`. Each is a process of its own. Keep: at least half of JSON.parse's speed at 100 MB, under 300 MB at 1 GB.
 * `--quick` leaves the gigabyte away.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { generate } from './sarif/generate.mjs';
import { query } from './sarif/multitool.mjs';

const rounds = 7;
const small = 100_000_000;
const large = 1_000_000_000;

export async function bench(options = []) {
  const folder = mkdtempSync(join(tmpdir(), 'signalbox-bench-'));
  try {
    await measure(join(folder, 'small.sarif'), small, rounds);
    if (!options.includes('--quick')) await measure(join(folder, 'large.sarif'), large, 1);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function measure(file, size, times) {
  const { bytes, results } = generate(file, size);
  const megabytes = Math.round(bytes / 1e6);
  console.log(`${megabytes} MB, ${results.join(' + ')} results in two runs; median of ${times}`);
  const [ours, plain] = [[], []];
  // In turn, so that both see the same machine.
  for (let i = 0; i < times; i += 1) {
    ours.push(child('ours', file));
    if (plain.every(({ failed }) => failed === undefined)) plain.push(child('plain', file));
  }
  for (const one of ours) check(one, results);
  const mine = median(ours);
  const theirs = median(plain);
  console.log(line('signalbox', mine, megabytes));
  if (theirs.failed === undefined) {
    const ratio = (theirs.ms / mine.ms).toFixed(2);
    console.log(`${line('JSON.parse', theirs, megabytes)}; ours has ${ratio} of its speed (keep at least 0.50)`);
  } else {
    console.log(`  ${'JSON.parse'.padEnd(15)} cannot: ${theirs.failed}`);
    console.log(`  ours took ${toMegabytes(mine)} MB at its peak (keep under 300 MB)`);
  }
  const tool = await query(file);
  if (tool.failed !== undefined) console.log(`  ${'sarif-multitool'.padEnd(15)} cannot run here: ${tool.failed}`);
  else {
    const times = (tool.ms / mine.ms).toFixed(1);
    console.log(`${line('sarif-multitool', tool, megabytes)} for a count of errors; ours is ${times}x as fast`);
  }
}

function child(script, file) {
  const { stdout, stderr } = spawnSync(process.execPath, [resolve(import.meta.dirname, `sarif/${script}.mjs`), file], {
    encoding: 'utf8',
  });
  try {
    return JSON.parse(stdout);
  } catch {
    throw new Error(`${script} failed: ${stderr}`);
  }
}

/** A time says nothing when the decision is wrong. */
function check({ state, problems, results, tallied }, written) {
  const right =
    JSON.stringify(results) === JSON.stringify(written) && JSON.stringify(tallied) === JSON.stringify(written);
  if (!right || state !== 'unhealthy' || problems > 0) {
    throw new Error(`wrong: ${state}, ${problems} problems, ${results} results of ${written}, ${tallied} tallied`);
  }
}

const median = (list) => list.toSorted((a, b) => a.ms - b.ms)[Math.floor(list.length / 2)];
const toMegabytes = ({ kilobytes }) => Math.round((kilobytes * 1024) / 1e6);
const line = (name, one, megabytes) =>
  `  ${name.padEnd(15)} ${(one.ms / 1000).toFixed(2).padStart(6)} s ${Math.round(megabytes / (one.ms / 1000))
    .toString()
    .padStart(5)} MB/s, at most ${toMegabytes(one).toString().padStart(4)} MB of memory`;
