/** SHA-256 in hexadecimal. `node:crypto` costs several milliseconds of start-up, so it loads with the first hash. */
export const sha256 = (data: string | Uint8Array): string =>
  process.getBuiltinModule('node:crypto').hash('sha256', data, 'hex');

/** Of the texts with a line break between them, one after the other. */
export function sha256Of(texts: Iterable<string>): string {
  const hash = process.getBuiltinModule('node:crypto').createHash('sha256');
  let first = true;
  for (const text of texts) {
    hash.update(first ? text : `\n${text}`);
    first = false;
  }
  return hash.digest('hex');
}
