/** Files that sign in to a cluster, and what is in them. */
import { readFile } from 'node:fs/promises';
import * as v from 'valibot';
import { NotMeasured } from '../../source.js';
import { errorCode } from '../../workspace.js';

export const certificates = v.pipe(
  v.string(),
  v.check((text) => /-----BEGIN CERTIFICATE-----[\s\S]+-----END CERTIFICATE-----/.test(text), 'certificates as PEM'),
);

/**
 * Reads a file that signs in. It need not lie in the workspace, where credentials should not be.
 *
 * @throws {NotMeasured} `no-file`, `unreadable`
 */
export async function readFileAt(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const code = errorCode(error);
    const refuse = (word: string, what: string) => new NotMeasured(word, `${file} ${what}`, { permanent: true });
    throw code === 'ENOENT' ? refuse('no-file', 'is not there') : refuse('unreadable', `cannot be read (${code})`);
  }
}
