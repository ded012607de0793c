/** Reads one file as the source `sarif` does, lets the gate judge it, and prints what came of it, the time and the peak of memory as JSON. */
import { basename, dirname, resolve } from 'node:path';
import * as v from 'valibot';

const built = (path) => import(resolve(import.meta.dirname, '../../../build', path));
const [{ fileSource }, { sarifFormat }, { securityGate }] = await Promise.all([
  built('sources/security/file-source.js'),
  built('sources/security/sarif/index.js'),
  built('gates/security.js'),
]);

const file = process.argv[2];
const now = Date.parse('2026-11-23T10:00:00Z');
const moment = { now, deployedAt: now, settledAt: now, completeTo: now };
const gate = securityGate.bind(v.parse(securityGate.schema, { block: 'high' }));
const [[role, question]] = gate.questions(moment);
const context = { workspace: dirname(file), clock: { now: () => now, sleep: async () => undefined } };
const source = fileSource(sarifFormat).open({ files: [basename(file)] }, context);

const began = process.hrtime.bigint();
const measurement = await source.security(question, new AbortController().signal);
const { state } = gate.judge([{ role, measurement: { ...measurement, source: 'bench' } }], moment);
const ms = Number(process.hrtime.bigint() - began) / 1e6;

const { runs, problems } = measurement;
console.log(
  JSON.stringify({
    ms,
    kilobytes: process.resourceUsage().maxRSS,
    state,
    problems: problems.length,
    results: runs.map(({ results }) => results),
    tallied: runs.map(({ tally }) => tally.reduce((sum, { count }) => sum + count, 0)),
  }),
);
