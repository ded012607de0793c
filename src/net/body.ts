/** Bodies as text, within limits. */
import { promisify } from 'node:util';

/**
 * Decodes a body. We ask for no compression, but some servers compress all the same.
 *
 * @throws an error with code `ERR_BUFFER_TOO_LARGE` when it unfolds to more than `maxBytes`, else zlib's or a TypeError
 */
export async function decode(body: Buffer, encoding: string | undefined, maxBytes: number): Promise<string> {
  const plain = await decompress(body, (encoding ?? 'identity').trim().toLowerCase(), maxBytes);
  return new TextDecoder('utf-8', { fatal: true }).decode(plain);
}

async function decompress(body: Buffer, encoding: string, maxBytes: number): Promise<Buffer> {
  if (encoding === 'identity' || encoding === '') return body;
  const zlib = await import('node:zlib');
  const decoders = { gzip: zlib.gunzip, 'x-gzip': zlib.gunzip, deflate: zlib.inflate, br: zlib.brotliDecompress };
  const decoder = decoders[encoding as keyof typeof decoders];
  if (decoder === undefined) throw new TypeError(`unknown content encoding ${encoding}`);
  const unfold = promisify<Buffer, { maxOutputLength: number }, Buffer>(decoder);
  return unfold(body, { maxOutputLength: maxBytes });
}
