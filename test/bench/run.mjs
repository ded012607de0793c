/** `npm run bench`: all benches, or those named as arguments. Ratios of one run; never a timed test. */
import { readdirSync } from 'node:fs';

const wanted = process.argv.slice(2);
const all = readdirSync(import.meta.dirname).flatMap((f) =>
  f.endsWith('.bench.mjs') ? [f.slice(0, -'.bench.mjs'.length)] : [],
);
for (const name of wanted.length > 0 ? wanted : all) {
  console.log(`\n== ${name}`);
  const { bench } = await import(`./${name}.bench.mjs`);
  await bench();
}
