/** SHA-256 in hexadecimal. `node:crypto` costs several milliseconds of start-up, so it loads with the first hash. */
export const sha256 = (data: string | Uint8Array): string =>
  process.getBuiltinModule('node:crypto').hash('sha256', data, 'hex');
