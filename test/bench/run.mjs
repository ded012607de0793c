/** `npm run bench`: all benches, or those named as arguments; `--quick` leaves away what takes minutes. Ratios of one run; never a timed test. */
import { readdirSync } from 'node:fs';

const given = process.argv.slice(2);
const options = given.filter((one) => one.startsWith('--'));
const wanted = given.filter((one) => !options.includes(one));
const all = readdirSync(import.meta.dirname).flatMap((f) =>
  f.endsWith('.bench.mjs') ? [f.slice(0, -'.bench.mjs'.length)] : [],
);
for (const name of wanted.length > 0 ? wanted : all) {
  console.log(`\n== ${name}`);
  const { bench } = await import(`./${name}.bench.mjs`);
  await bench(options);
}
