/** Format `sarif`: the results of scanners, as SARIF 2.1.0 files in the workspace. */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { errorCode, type Located, locate } from '../../workspace.js';
import { type OpenReport, openReport, problemOf, Refused, withReport } from '../bytes.js';
import type { Format } from '../file-source.js';
import { readLog } from './log.js';

export const sarifFormat: Format = {
  type: 'sarif',
  what: 'SARIF',
  inFolder: ['**/*.sarif', '**/*.sarif.json', '**/*.sarif.gz'],
  async read(file, sink, { workspace }, signal) {
    const external = (uri: string) => openBeside(workspace, file, uri);
    try {
      await withReport(file, (report) => readLog(report, { name: file.name, external, workspace }, sink, signal));
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      sink.problem(problemOf(file, error));
    }
  },
};

/** A file that a log points at, only inside the workspace, so that no report can point elsewhere. */
async function openBeside(workspace: string, log: Located, uri: string): Promise<OpenReport> {
  const folder = path.dirname(path.resolve(workspace, log.name));
  const absolute = pathOf(uri, folder);
  if (absolute === undefined) throw new Refused('UNREADABLE', 'is no path of a file');
  let located: Located | undefined;
  try {
    located = await locate(workspace, absolute);
  } catch (error) {
    throw new Refused('UNREADABLE', `cannot be read (${errorCode(error)})`);
  }
  if (!located) throw new Refused('UNREADABLE', 'lies outside the workspace');
  if (located.absolute === log.absolute) throw new Refused('UNREADABLE', 'is the log itself');
  return openReport(located);
}

function pathOf(uri: string, folder: string): string | undefined {
  try {
    if (/^file:/i.test(uri)) return fileURLToPath(uri);
    if (/^[a-z][a-z0-9+.-]+:/i.test(uri) || /[?#]/.test(uri)) return undefined;
    return path.resolve(folder, decodeURIComponent(uri));
  } catch {
    return undefined;
  }
}
