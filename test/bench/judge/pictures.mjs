/** `node test/bench/judge/pictures.mjs`: draws docs/images/judge-*.svg; the false stops are those of the last `npm run bench:judge`. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { rolldown } from 'rolldown';

const root = resolve(import.meta.dirname, '../../..');
const folder = join(root, '.cache/bench-judge');
const bundle = await rolldown({ input: join(import.meta.dirname, 'pictures.ts'), platform: 'node' });
await bundle.write({ dir: folder, format: 'esm', entryFileNames: '[name].mjs' });
const { falseStopsPicture, oneRun, timeToStop } = await import(pathToFileURL(join(folder, 'pictures.mjs')));
const { cell } = JSON.parse(readFileSync(join(folder, 'results.json'), 'utf8'));
const images = join(root, 'docs/images');
writeFileSync(join(images, 'judge-false-stops.svg'), falseStopsPicture(cell));
writeFileSync(join(images, 'judge-time-to-stop.svg'), timeToStop(600));
writeFileSync(join(images, 'judge-one-run.svg'), oneRun());
