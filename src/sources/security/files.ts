/** Which files of the workspace the policy's patterns name. What cannot be looked into is a problem, never just not there. */
import { readdir, realpath, stat } from 'node:fs';
import path from 'node:path';
import { errorCode, type Located, locate, namedOutside } from '../workspace.js';
import type { Problem } from './result.js';

/**
 * @param patterns paths or globs relative to the workspace
 * @param inFolder what a folder in place of a pattern stands for: globs such as `**` + `/*.sarif`
 * @returns the files in the order of their names, each once however many patterns name it
 */
export async function findFiles(
  workspace: string,
  patterns: readonly string[],
  inFolder: readonly string[],
  signal: AbortSignal,
): Promise<{ files: Located[]; problems: Problem[] }> {
  const found = new Map<string, Located>();
  const problems: Problem[] = [];
  for (const written of patterns) {
    const pattern = process.platform === 'win32' ? written.replaceAll('\\', '/') : written;
    if (namedOutside(workspace, pattern)) {
      problems.push(outside(pattern));
      continue;
    }
    const names = await matches(workspace, pattern, inFolder, problems, signal);
    if (names.length === 0) {
      problems.push({
        code: 'NO_REPORT',
        message: `no file matches ${pattern}: did the scan run, and does it write its results there?`,
        file: pattern,
      });
    }
    for (const name of names) {
      try {
        const file = await locate(workspace, name);
        if (!file) problems.push(outside(name));
        else if (!found.has(file.absolute)) found.set(file.absolute, file);
      } catch (error) {
        problems.push({ code: 'UNREADABLE', message: `${name} cannot be read (${errorCode(error)})`, file: name });
      }
    }
  }
  const files = [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  return { files, problems };
}

const outside = (name: string): Problem => ({
  code: 'OUTSIDE_WORKSPACE',
  message: `${name} lies outside the workspace, by its name or through a symbolic link: copy the results into the workspace`,
  file: name,
});

const kindOf = (absolute: string): Promise<'file' | 'folder' | undefined> =>
  new Promise((resolve) => {
    stat(absolute, (error, stats) => resolve(error ? undefined : stats.isDirectory() ? 'folder' : 'file'));
  });

/** Names relative to the workspace. What is there by that very name is taken literally, whatever signs are in it. */
async function matches(
  workspace: string,
  pattern: string,
  inFolder: readonly string[],
  problems: Problem[],
  signal: AbortSignal,
): Promise<string[]> {
  const named = path.resolve(workspace, pattern);
  const kind = await kindOf(named);
  if (kind === 'file') return [path.relative(workspace, named)];
  const folder = kind === 'folder' ? named : workspace;
  const { glob } = await import('tinyglobby');
  // tinyglobby passes over what it cannot open. A report may be in there, so it must be told.
  const unseen = (name: string, error: NodeJS.ErrnoException | null): void => {
    if (error) {
      const file = path.relative(workspace, name);
      problems.push({ code: 'UNREADABLE', message: `${file} cannot be looked into (${errorCode(error)})`, file });
    }
  };
  const endings = inFolder.map((one) => one.slice(one.lastIndexOf('*') + 1).toLowerCase());
  const looksLikeReport = (name: string): boolean => endings.some((ending) => name.toLowerCase().endsWith(ending));
  const watched = {
    readdir(name: string, options: { withFileTypes: true }, done: (error: Error | null, files: unknown[]) => void) {
      readdir(name, options, (error, files) => {
        if (error?.code !== 'ENOENT') unseen(name, error);
        done(error, files);
      });
    },
    realpath(name: string, done: (error: Error | null, resolved: string) => void) {
      realpath(name, (error, resolved) => {
        if (looksLikeReport(name)) unseen(name, error);
        done(error, resolved);
      });
    },
  };
  const names = await glob(kind === 'folder' ? [...inFolder] : pattern, {
    cwd: folder,
    dot: true,
    expandDirectories: false,
    signal,
    fs: watched as unknown as { readdir: typeof readdir },
  });
  // Of several names for one file the plainest comes first.
  return names
    .map((name) => path.relative(workspace, path.resolve(folder, name)))
    .sort((a, b) => a.length - b.length || (a < b ? -1 : 1));
}
