/** Links to the code on the platform, at the released commit. A scanner can neither choose where they lead, nor name a link what it is not. */
import type { DecisionRecord } from '../record/record.js';
import type { Found } from './findings.js';
import { safeLink } from './plain.js';

/** The address of the repository on the platform; undefined: it cannot be told. */
function repositoryOf({ host }: DecisionRecord): string | undefined {
  const { kind, repository } = host;
  const run = safeLink(host.run ?? undefined);
  if (run === undefined || repository === null) return undefined;
  if (kind === 'github') {
    const tail = `/${repository}/actions/runs/`;
    const at = run.indexOf(tail);
    // What stands before is the server; one in a company may live under a path.
    return at < 0 || !/^[\w.-]+\/[\w.-]+$/.test(repository) ? undefined : `${run.slice(0, at)}/${repository}/`;
  }
  // A name with a slash is one of a repository that Azure builds but does not keep.
  const at = run.indexOf('/_build/results?');
  if (kind !== 'azure' || at < 0 || repository.includes('/') || /\p{Cs}/u.test(repository)) return undefined;
  return `${run.slice(0, at)}/_git/${encodeURIComponent(repository)}`;
}

/** Relative to the repository, and not cut off. */
export const isPath = (file: string): boolean =>
  !/^[/\\]|^[a-z][a-z\d+.-]*:|\\|…$|\*\*\*|\p{Cs}|\p{Cc}/iu.test(file) &&
  file.split('/').every((part) => part !== '' && part !== '.' && part !== '..');

/** The code that a finding is about. */
export function codeLink({ file, line, inImage }: Found, record: DecisionRecord): string | undefined {
  const base = repositoryOf(record);
  const { sha } = record.release;
  if (base === undefined || sha === null || file === undefined || inImage || !isPath(file)) return undefined;
  const path = file.split('/').map(encodeURIComponent).join('/');
  if (record.host.kind === 'github') {
    if (!/^[\da-f]{7,64}$/i.test(sha)) return undefined;
    return safeLink(`${base}blob/${sha}/${path}${line ? `#L${line}` : ''}`);
  }
  if (!/^[\da-f]{40,64}$/i.test(sha)) return undefined;
  const place = line ? `&line=${line}&lineEnd=${line + 1}&lineStartColumn=1&lineEndColumn=1` : '';
  return safeLink(`${base}?path=/${path}&version=GC${sha}${place}`);
}

/**
 * Where a finding can be looked at: the platform's page about it, or else the code.
 *
 * @returns `place`: for the finding's place; `elsewhere`: a page that is not of this repository, to be shown with its host
 */
export function linksOf(
  found: Found,
  record: DecisionRecord,
): { readonly place: string | undefined; readonly elsewhere: string | undefined } {
  const code = codeLink(found, record);
  const own = safeLink(found.link);
  const base = repositoryOf(record);
  // The place is only named over a page of this very repository: anything else could pretend to be it.
  if (own !== undefined && base !== undefined && own.startsWith(base.endsWith('/') ? base : `${base}/`)) {
    return { place: own, elsewhere: undefined };
  }
  return { place: code, elsewhere: own };
}
