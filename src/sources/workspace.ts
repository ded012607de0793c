/** Files that a policy names. They stay inside the workspace, symbolic links included, so that no report can point elsewhere. */
import { realpath } from 'node:fs/promises';
import path from 'node:path';

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
