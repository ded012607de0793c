/** VEX documents as their tools write them, with what differs. */
import type { Result } from '../../../../src/sources/security/result.js';
import { parseVex, type VexOptions } from '../../../../src/sources/security/triage/vex.js';
import { now, result } from '../support.js';

export const cve = 'CVE-2021-23337';
export const lodash = 'pkg:npm/lodash@4.17.20';
export const image = `pkg:oci/shop@sha256:${'ab'.repeat(32)}?repository_url=ghcr.io/acme/shop`;
export const digest = `sha256:${'ab'.repeat(32)}`;
export const otherDigest = `sha256:${'cd'.repeat(32)}`;

export const finding = (change: Partial<Result> = {}): Result =>
  result({ rule: cve, ids: [cve], purl: lodash, ...change });

const subject = (one: Result) => ({ tool: 'Trivy', result: one, severity: 'high' }) as const;

export const read = (document: object, options: Partial<VexOptions> = {}) =>
  parseVex(JSON.stringify(document), 'shop.vex.json', { products: [image], now, ...options });

/** What becomes of the finding: the reason, or that it counts. */
export function says(document: object, one: Result = finding(), options: Partial<VexOptions> = {}): string {
  const { statements, problems } = read(document, options);
  if (problems.length > 0) return `refused: ${problems.map(({ message }) => message).join(' · ')}`;
  return statements.excuse(subject(one))?.reason ?? 'counts';
}

export const told = (document: object, one: Result = finding()): string | undefined =>
  read(document).statements.excuse(subject(one))?.told;

export const remarks = (document: object, one?: Result, options: Partial<VexOptions> = {}): string[] => {
  const { statements } = read(document, options);
  if (one) statements.excuse(subject(one));
  return statements.remarks().map(({ code }) => code);
};
