/** SHA-256 in hexadecimal. `node:crypto` costs several milliseconds of start-up, so it loads with the first hash. */
export const sha256 = (data: string | Uint8Array): string =>
  process.getBuiltinModule('node:crypto').createHash('sha256').update(data).digest('hex');
