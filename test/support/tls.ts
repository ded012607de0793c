/** One certificate for all stand-ins that must speak TLS. Made before the tests start, since Node reads whom it trusts only then. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generate } from 'selfsigned';

/** Makes it and has every process that starts from now on trust it. For vitest's `globalSetup`. @returns what takes it away */
export default async function setup(): Promise<() => void> {
  const names = [
    { type: 2 as const, value: 'localhost' },
    { type: 7 as const, ip: '127.0.0.1' },
  ];
  const extensions = [
    { name: 'basicConstraints' as const, cA: true },
    { name: 'subjectAltName' as const, altNames: names },
  ];
  const made = await generate([{ name: 'commonName', value: 'localhost' }], { extensions });
  const folder = mkdtempSync(join(tmpdir(), 'signalbox-tls-'));
  const [certificate, key] = [join(folder, 'certificate.pem'), join(folder, 'key.pem')];
  writeFileSync(certificate, made.cert);
  writeFileSync(key, made.private);
  process.env.NODE_EXTRA_CA_CERTS = certificate;
  process.env.SIGNALBOX_TEST_KEY = key;
  return () => rmSync(folder, { recursive: true, force: true });
}

/** For `createServer` of node:https. */
export const certificate = (): { cert: Buffer; key: Buffer } => ({
  cert: readFileSync(process.env.NODE_EXTRA_CA_CERTS ?? ''),
  key: readFileSync(process.env.SIGNALBOX_TEST_KEY ?? ''),
});
