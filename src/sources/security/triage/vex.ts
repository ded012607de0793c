/**
 * VEX: what somebody states about vulnerabilities of a product. A statement holds only for the product that is released, or for the very
 * package of the finding, and never for a CVE alone; of several the latest holds. See docs/vex.md for all combinations.
 */
import type { Problem } from '../../../record/record.js';
import { oneLine } from '../../text.js';
import { asObject, asText } from '../shape.js';
import { covers, type Purl, parsePurl, sameName } from './purl.js';
import type { Excuse, Statements, Subject } from './references.js';
import { type Claim, mostProblems, type Thing, thingOf, type VexDocument } from './vex-claims.js';
import { isCycloneDx, readCycloneDx } from './vex-cyclonedx.js';
import { isOpenVex, readOpenVex } from './vex-openvex.js';

export type { VexDocument } from './vex-claims.js';

export interface VexOptions {
  /** Package URLs and digests (`sha256:…`) of what is released. */
  readonly products: readonly string[];
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** Clocks differ by a few minutes; an excuse from later than this is none yet. */
const futureMs = 5 * 60_000;

/** Reads one document on its own; where there are several use `readVex` and `openVex`, so that the latest of all statements holds. */
export function parseVex(
  text: string,
  file: string,
  options: VexOptions,
): { readonly statements: Statements; readonly problems: readonly Problem[] } {
  const document = readVex(text, file);
  return { statements: openVex([document], options), problems: document.problems };
}

/** Reads OpenVEX or CycloneDX. A document in which something cannot be understood has no claims at all: the rest may rest on it. */
export function readVex(text: string, file: string): VexDocument {
  const problems: Problem[] = [];
  const say = (message: string): void => {
    if (problems.length < mostProblems) problems.push({ message, file });
  };
  const claims = read(text, file, say);
  return { file, claims: problems.length === 0 ? claims : [], problems };
}

function read(text: string, file: string, say: (message: string) => void): readonly Claim[] {
  let data: unknown;
  try {
    data = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    say('this is not JSON; expected an OpenVEX or CycloneDX document');
    return [];
  }
  const document = asObject(data);
  if (document && isOpenVex(document)) return readOpenVex(document, file, say);
  if (document && isCycloneDx(document)) return readCycloneDx(document, file, say);
  const csaf = /^csaf/i.test(asText(asObject(document?.document)?.category) ?? '');
  const hint = csaf ? '; CSAF is not supported' : '';
  say(`expected an OpenVEX document (\`@context\`) or a CycloneDX document (\`bomFormat\`)${hint}`);
  return [];
}

/** A product that is released. */
interface Product {
  readonly purl?: Purl;
  readonly digests: readonly string[];
}

/** How near a claim is to what is asked: about the released product, or about the package of the finding wherever it is. */
type Nearness = 'product' | 'package';

/** What all documents together say. */
export function openVex(documents: readonly VexDocument[], { products: named, now }: VexOptions): Statements {
  const products = named.map((name): Product => {
    const { purls, digests } = thingOf([name]);
    return { ...(purls[0] && { purl: purls[0] }), digests };
  });
  const claims = documents.flatMap((document) => document.claims);
  const byId = new Map<string, Claim[]>();
  for (const claim of claims) {
    for (const id of claim.ids) {
      const same = byId.get(id);
      if (same) same.push(claim);
      else byId.set(id, [claim]);
    }
  }
  let matched = claims.some(({ about }) => about.some(({ product }) => products.some((p) => isProduct(product, p))));

  return {
    excuse({ result }: Subject): Excuse | undefined {
      const ids = new Set([...result.ids, result.rule].map((id) => id.trim().toUpperCase()));
      const direct = claimsOf(ids, byId);
      if (direct.size === 0) return undefined;
      const purl = result.purl === undefined ? undefined : parsePurl(result.purl);
      const near = new Map<Claim, Nearness>();
      const place = (found: Iterable<Claim>, fits: (claim: Claim) => boolean) => {
        for (const claim of found) {
          const how = fits(claim) ? nearness(claim, products, purl) : undefined;
          if (how) near.set(claim, how);
        }
      };
      place(direct, ({ excuses, at }) => excuses === undefined || !(at > now + futureMs));
      if (near.size === 0) return undefined;
      matched = true;
      // By another name of the same vulnerability a statement may speak against, never for.
      const aliases = new Set([...near.keys()].flatMap((claim) => claim.ids));
      place(claimsOf(aliases, byId), ({ excuses }) => excuses === undefined);
      return excuseOf(latest(near));
    },
    remarks: () => [...unmatched(documents, named, matched), ...unjustified(documents)],
  };
}

function claimsOf(ids: Iterable<string>, byId: ReadonlyMap<string, readonly Claim[]>): Set<Claim> {
  const found = new Set<Claim>();
  for (const id of ids) for (const claim of byId.get(id) ?? []) found.add(claim);
  return found;
}

/** What is said of the released product goes before what is said of a package; then the latest holds, and of two at once the one that counts. */
function latest(near: ReadonlyMap<Claim, Nearness>): Claim | undefined {
  const nearest = [...near.values()].includes('product') ? 'product' : 'package';
  let best: Claim | undefined;
  for (const [claim, how] of near) {
    if (how !== nearest) continue;
    const newer = best === undefined ? 1 : timeOf(claim) - timeOf(best);
    if (newer > 0 || (newer === 0 && claim.excuses === undefined)) best = claim;
  }
  return best;
}

/** Without a time a statement is older than any other, or newer when it counts. */
const timeOf = ({ at, excuses }: Claim): number =>
  Number.isNaN(at) ? (excuses === undefined ? 1 : -1) * Number.MAX_VALUE : at;

function excuseOf(claim: Claim | undefined): Excuse | undefined {
  if (!claim?.excuses) return undefined;
  return {
    reason: claim.excuses,
    told: oneLine([claim.file, claim.why].filter((part) => part !== '').join(': '), 300),
  };
}

function nearness(
  { about, excuses }: Claim,
  products: readonly Product[],
  found: Purl | undefined,
): Nearness | undefined {
  // Where nobody can tell whether the part is meant, what counts is meant and what excuses is not.
  const isPart = (part: Thing): boolean =>
    (found !== undefined && isPackage(part, found)) ||
    (excuses === undefined && (found === undefined || part.purls.length === 0));
  let best: Nearness | undefined;
  for (const { product, parts, releasedOnly, versions } of about) {
    const released = products.filter((one) => isProduct(product, one));
    const asked = released.length > 0 && !parts ? released.map(({ purl }) => purl?.version) : [found?.version];
    const meant = (version: string | undefined) => versions?.(version) !== false;
    if (!(excuses === undefined ? asked.some(meant) : asked.every(meant))) continue;
    if (released.length > 0) {
      if (!parts || parts.some(isPart)) return 'product';
    } else if (!parts && !releasedOnly && found && isPackage(product, found)) best = 'package';
  }
  return best;
}

const isPackage = ({ purls }: Thing, found: Purl): boolean =>
  purls.some((purl) => covers(purl, found)) && agrees(purls, found);

/** No other name of the thing may say that it is another version. */
const agrees = (purls: readonly Purl[], found: Purl): boolean =>
  purls.every((purl) => covers(purl, found) || !sameName(purl, found));

/** Whether a thing is a product that is released: by its digest, or by its package URL when no digest speaks against. */
function isProduct({ purls, digests }: Thing, { purl, digests: released }: Product): boolean {
  if (digests.some((digest) => released.includes(digest))) return true;
  if (digests.length > 0 && released.length > 0) return false;
  return purl !== undefined && isPackage({ purls, digests }, purl);
}

type Remarks = ReturnType<Statements['remarks']>;

function unmatched(documents: readonly VexDocument[], products: readonly string[], matched: boolean): Remarks {
  const read = documents.filter(({ problems }) => problems.length === 0);
  if (matched || read.length === 0 || products.length === 0) return [];
  const files = oneLine(read.map(({ file }) => file).join(', '), 300);
  const said = read.some(({ claims }) => claims.length > 0)
    ? `no statement is about ${oneLine(products.join(', '), 300)}, or about the package of a finding: is it another version or name?`
    : 'there is no statement';
  return [{ code: 'VEX_UNMATCHED', message: `${files}: ${said}` }];
}

function unjustified(documents: readonly VexDocument[]): Remarks {
  return documents.flatMap(({ file, claims }) => {
    const bare = claims.filter((claim) => claim.unjustified);
    if (bare.length === 0) return [];
    const ids = oneLine(bare.map((claim) => claim.ids[0] ?? '').join(', '));
    const message = `${file}: \`not_affected\` without saying why excuses nothing: ${ids}`;
    return [{ code: 'VEX_WITHOUT_JUSTIFICATION', message: oneLine(message, 400) }];
  });
}
