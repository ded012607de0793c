/** Where a result is, relative to the repository as far as the report tells (SARIF 2.1.0 sections 3.4, 3.14.14, 3.29). */
import { oneLine } from '../../text.js';
import { maskSecrets } from '../masks.js';
import { inRepository } from '../paths.js';
import { asArray, asIndex, asObject, asText, type Obj } from '../shape.js';

/** What the run knows of places. */
export interface Places {
  /** `run.originalUriBaseIds`. */
  readonly bases: Obj | undefined;
  /** By the position in `run.artifacts`. */
  readonly artifacts: ReadonlyArray<string | undefined>;
  /** The folder that the repository lies in, absolute; absent: unknown. */
  readonly workspace?: string | undefined;
}

export interface Place {
  readonly file?: string;
  /** 1-based. */
  readonly line?: number;
}

export function placeOf(result: Obj, { bases, artifacts, workspace }: Places): Place {
  const [first] = asArray(result.locations) ?? [];
  const physical = asObject(asObject(first)?.physicalLocation);
  const artifact = asObject(physical?.artifactLocation);
  const index = asIndex(artifact?.index);
  const uri = asText(artifact?.uri) ?? (index === undefined ? undefined : artifacts[index]);
  const line = asIndex(asObject(physical?.region)?.startLine);
  if (uri === undefined) return {};
  const file = fileOf(resolved(uri, asText(artifact?.uriBaseId), bases), workspace);
  return { ...(file === '' ? {} : { file }), ...(line === undefined || line === 0 ? {} : { line }) };
}

/** Bases stand on each other; a circle of them must end. */
const deepestBase = 5;

/**
 * A base without a uri, or with one that is absolute, is where the repository was checked out: what is relative to it stays so. One that is
 * relative to another base is a folder in it.
 */
function resolved(uri: string, baseId: string | undefined, bases: Obj | undefined): string {
  let path = uri;
  let id = baseId;
  for (let depth = 0; id !== undefined && depth < deepestBase && !isAbsolute(path); depth += 1) {
    const base = asObject(bases?.[id]);
    const its = asText(base?.uri);
    if (its === undefined || isAbsolute(its)) break;
    path = `${its.replace(/\/?$/, '/')}${path}`;
    id = asText(base?.uriBaseId);
  }
  if (bases === undefined) return path;
  const root = Object.values(bases)
    .map((base) => asText(asObject(base)?.uri))
    .filter(
      (its) => its !== undefined && isAbsolute(its) && its.length > 8 && path.startsWith(its.replace(/\/?$/, '/')),
    )
    .sort((a, b) => (b?.length ?? 0) - (a?.length ?? 0))[0];
  return root === undefined ? path : path.slice(root.replace(/\/?$/, '/').length);
}

const isAbsolute = (uri: string): boolean => /^[a-z][a-z0-9+.-]*:/i.test(uri) || uri.startsWith('/');

/** A path for people: a web scanner's address may hold a password or a token in its query. */
function fileOf(uri: string, workspace: string | undefined): string {
  const bare = uri
    .slice(0, 2000)
    .replace(/[?#].*$/s, '')
    .replace(/\/\/[^/@]*@/, '//');
  return oneLine(maskSecrets(inRepository(decoded(bare), workspace)), 300);
}

function decoded(uri: string): string {
  try {
    return decodeURIComponent(uri);
  } catch {
    return uri;
  }
}
