/** Files that a policy names. They stay inside the workspace, symbolic links included, so that no report can point elsewhere. */
import { readFile, realpath } from 'node:fs/promises';
import path from 'node:path';
import { NotMeasured } from './source.js';

/** A file or folder of the workspace. */
export interface Located {
  /** With all symbolic links resolved. */
  readonly absolute: string;
  /** Relative to the workspace, with `/` between the parts, as it was named; for people and the record. */
  readonly name: string;
}

const leadsOut = (relative: string): boolean =>
  relative === '..' || relative.startsWith(`..${path.sep}`) || path.isAbsolute(relative);

/** Whether a path or a glob leaves the workspace by its letters alone; asks no disk. */
export function namedOutside(workspace: string, pathOrGlob: string): boolean {
  return leadsOut(path.relative(workspace, path.resolve(workspace, pathOrGlob)));
}

/**
 * Finds a path of the workspace.
 *
 * @returns undefined when it lies outside, by its name or through a symbolic link
 * @throws the file system's error when it is not there or may not be read
 */
export async function locate(workspace: string, named: string): Promise<Located | undefined> {
  const wanted = path.resolve(workspace, named);
  const relative = path.relative(workspace, wanted);
  if (leadsOut(relative)) return undefined;
  const [root, absolute] = await Promise.all([realpath(workspace), realpath(wanted)]);
  if (leadsOut(path.relative(root, absolute))) return undefined;
  return { absolute, name: relative.split(path.sep).join('/') || '.' };
}

/** The file system's error code (`ENOENT`, `EACCES`…), or an empty text. */
export const errorCode = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';

/**
 * Reads a text of the workspace.
 *
 * @throws {NotMeasured} `outside-workspace`, `no-file`, `unreadable` (not allowed, no UTF-8), `timeout`
 */
export async function readText(workspace: string, file: string, signal?: AbortSignal): Promise<string> {
  const refuse = (code: string, what: string) => new NotMeasured(code, `${file} ${what}`, { permanent: true });
  let bytes: Uint8Array;
  try {
    const located = await locate(workspace, file);
    if (!located) throw refuse('outside-workspace', 'lies outside the workspace: copy it into it');
    bytes = await readFile(located.absolute, { ...(signal && { signal }) });
  } catch (error) {
    if (error instanceof NotMeasured) throw error;
    if (signal?.aborted) throw new NotMeasured('timeout', `reading ${file} took longer than the round may`);
    const code = errorCode(error);
    throw code === 'ENOENT'
      ? refuse('no-file', 'is not there; paths start at the workspace')
      : refuse('unreadable', `cannot be read (${code})`);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw refuse('unreadable', 'is no valid UTF-8');
  }
}
