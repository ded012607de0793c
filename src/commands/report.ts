/** `signalbox report RECORD`: the reports of a train made anew from its record, such as one that came from another machine. */
import { mkdir, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import type { Host } from '../host/host.js';
import { html } from '../report/html/page.js';
import { summary } from '../report/summary.js';
import { text } from '../report/text.js';
import { exitCodes, summaryBytes } from './publish.js';
import { openRecord } from './record-file.js';

/** @returns the exit code: 0, 1 when the record was changed since it was written, 2 when it is none */
export async function reportOf(rawHost: Host, file: string): Promise<number> {
  const opened = await openRecord(rawHost, file);
  if (!opened) return exitCodes.usage;
  const { host, record, sound } = opened;
  const to = resolve(host.input('summary') || join(host.outputFolder, 'summary.md'));
  const page = resolve(host.input('report') || join(host.outputFolder, 'report.html'));
  const markdown = await summary(record, {
    flavour: host.summaryFlavour,
    maxBytes: summaryBytes,
    recordFile: basename(file),
    reportFile: basename(page),
  });
  for (const [path, content] of [
    [to, markdown],
    [page, await html(record)],
  ] as const) {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content);
  }
  host.log(text(record, { width: host.columns, colour: host.colour }));
  host.log(`Summary: ${to}\nReport: ${page}`);
  return sound ? exitCodes.continue : exitCodes.stop;
}
