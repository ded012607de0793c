/** `npm run bench:judge [-- --full]`: the judge beside what others use, on the same simulated releases. A bench only prints. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { rolldown } from 'rolldown';

const { values } = parseArgs({
  options: {
    full: { type: 'boolean', default: false },
    runs: { type: 'string' },
    /** One kind of job, while working on it. */
    only: { type: 'string' },
    threads: { type: 'string', default: '2' },
  },
});
const runs = Number(values.runs ?? (values.full ? 2000 : 100));
const folder = resolve(import.meta.dirname, '../../../.cache/bench-judge');
mkdirSync(folder, { recursive: true });
const bundle = await rolldown({
  input: {
    worker: join(import.meta.dirname, 'worker.ts'),
    report: join(import.meta.dirname, 'report.ts'),
    jobs: join(import.meta.dirname, 'jobs.ts'),
  },
  platform: 'node',
});
await bundle.write({ dir: folder, format: 'esm', entryFileNames: '[name].mjs', chunkFileNames: '[name]-[hash].mjs' });
const built = (name) => pathToFileURL(join(folder, `${name}.mjs`));
const { jobs } = await import(built('jobs'));
const { report } = await import(built('report'));

const wanted = jobs(runs).filter(({ kind }) => values.only === undefined || kind === values.only);
const results = { cell: [], fresh: [], day: [], margin: [], late: [], boundary: [], latency: [] };
let next = 0;
await Promise.all(
  Array.from({ length: Number(values.threads) }, async () => {
    const worker = new Worker(built('worker'));
    while (next < wanted.length) {
      const job = wanted[next];
      next += 1;
      results[job.kind][job.at] = await new Promise((done, fail) => {
        worker.once('message', done);
        worker.once('error', fail);
        worker.postMessage(job);
      });
      worker.removeAllListeners('error');
    }
    await worker.terminate();
  }),
);
const keep = (_, value) => (value === Number.POSITIVE_INFINITY ? 'never' : value);
writeFileSync(join(folder, 'results.json'), JSON.stringify({ runs, ...results }, keep));
console.log(report(results, runs));
