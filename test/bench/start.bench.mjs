/**
 * Start-up: from the start of the process until the first request reaches the source, beside `node -e 0` on the same Node.
 * Keep: at most 2x on the command line; under 3x for GitHub's host on Node 24.
 */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');
const bundle = join(root, 'dist/index.js');
const rounds = 25;

const median = (list) => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)];
const milliseconds = (since) => Number(process.hrtime.bigint() - since) / 1e6;

/** A file of the bundle and those that it imports, not those that it loads when they are used. */
function loaded(file, found = new Set()) {
  if (found.has(file)) return [...found];
  found.add(file);
  for (const [, from] of readFileSync(file, 'utf8').matchAll(/^import\b[^'"(]*?["'](\.[^'"]+)["']/gm)) {
    loaded(resolve(dirname(file), from), found);
  }
  return [...found];
}

export async function bench() {
  const nodes = (process.env.SIGNALBOX_NODES ?? process.execPath).split(delimiter);
  const folder = mkdtempSync(join(tmpdir(), 'signalbox-bench-'));
  let arrived;
  const server = createServer((request, response) => {
    arrived?.();
    request.resume();
    response.end('{}');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const policy = join(folder, 'signalbox.yml');
  writeFileSync(policy, policyFor(server.address().port));

  const bytes = loaded(bundle).reduce((sum, path) => sum + statSync(path).size, 0);
  console.log(`loaded by every run: ${Math.round(bytes / 1024)} KB (keep under 700 KB)`);
  for (const node of nodes) {
    const version = spawnSync(node, ['-v'], { encoding: 'utf8' }).stdout.trim();
    const times = { empty: [], terminal: [], github: [], azure: [], version: [] };
    for (let i = 0; i < rounds; i += 1) {
      times.empty.push(whole(node, ['-e', '0'], folder));
      times.version.push(whole(node, [bundle, '--version'], folder));
      for (const platform of ['terminal', 'github', 'azure']) {
        times[platform].push(await firstRequest(node, platform, policy, folder, (f) => (arrived = f)));
      }
    }
    const base = median(times.empty);
    console.log(`Node ${version}: node -e 0 ${base.toFixed(1)} ms`);
    for (const [name, keep] of [
      ['version', ''],
      ['terminal', 'keep at most 2.0x'],
      ['azure', ''],
      ['github', 'keep under 3.0x on Node 24'],
    ]) {
      const what = name === 'version' ? '--version' : `${name}: first request`;
      console.log(
        `  ${what.padEnd(24)} ${median(times[name]).toFixed(1).padStart(6)} ms  ${(median(times[name]) / base).toFixed(2)}x  ${keep}`,
      );
    }
  }
  server.close();
  server.closeAllConnections();
  rmSync(folder, { recursive: true });
}

const clean = (folder) => ({ PATH: process.env.PATH ?? '', HOME: folder });

function whole(node, args, folder) {
  const began = process.hrtime.bigint();
  spawnSync(node, args, { env: clean(folder), cwd: folder });
  return milliseconds(began);
}

function firstRequest(node, platform, policy, folder, onArrival) {
  const env = clean(folder);
  if (platform === 'github') {
    for (const name of ['GITHUB_OUTPUT', 'GITHUB_STEP_SUMMARY']) {
      env[name] = join(folder, name);
      writeFileSync(env[name], '');
    }
    Object.assign(env, {
      GITHUB_ACTIONS: 'true',
      RUNNER_TEMP: folder,
      INPUT_POLICY: policy,
      BENCH_TOKEN: 'a-token-to-mask',
    });
  } else if (platform === 'azure') {
    Object.assign(env, {
      TF_BUILD: 'True',
      AGENT_TEMPDIRECTORY: folder,
      INPUT_POLICY: policy,
      BENCH_TOKEN: 'a-token-to-mask',
    });
  } else env.BENCH_TOKEN = 'a-token-to-mask';
  const args = platform === 'terminal' ? ['run', '--policy', policy] : [];
  return new Promise((done, fail) => {
    const began = process.hrtime.bigint();
    const child = spawn(node, [bundle, ...args], { env, cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
    child.on('close', () => fail(new Error(`no request was sent:\n${output}`)));
    onArrival(() => {
      const time = milliseconds(began);
      onArrival(undefined);
      child.removeAllListeners('close');
      child.on('close', () => done(time));
      child.kill('SIGKILL');
    });
  });
}

const policyFor = (port) => `version: 1
service: checkout
sources:
  prometheus: { type: prometheus, url: "http://127.0.0.1:${port}", token: "\${env.BENCH_TOKEN}" }
evaluation: { warmup: 2m, every: 1m, steady: 5m, deadline: 30m }
gates:
  - name: error rate
    type: telemetry
    source: prometheus
    query: sum(rate(http_requests_total{code=~"5.."}[5m])) / sum(rate(http_requests_total[5m]))
    threshold: "< 1%"
`;
