/** Fields that several sources have. */
import * as v from 'valibot';
import { described, duration, httpUrl } from '../../policy/fields.js';

/** A base URL, to which paths and queries are added. */
export const baseUrl = v.pipe(
  httpUrl,
  v.check((text) => !/[?#]/.test(text), 'a URL without `?` and `#`'),
);

/** @param what takes time, in the plural @param usual a duration */
export const settleField = (what: string, usual: string) =>
  described(v.optional(duration, usual), `How long ${what} take to arrive: windows end that much before now.`);
