/** The yardstick: one file, whole, by `JSON.parse`. Prints the time and the peak of memory as JSON, or why it cannot. */
import { readFileSync } from 'node:fs';

const began = process.hrtime.bigint();
try {
  const { runs } = JSON.parse(readFileSync(process.argv[2], 'utf8'));
  const ms = Number(process.hrtime.bigint() - began) / 1e6;
  const results = runs.map((run) => run.results.length);
  console.log(JSON.stringify({ ms, kilobytes: process.resourceUsage().maxRSS, results }));
} catch (error) {
  console.log(JSON.stringify({ failed: `${error.code ?? error.name}: ${error.message}` }));
}
