/** Paths of scanners, made relative to the repository: by them rules, waivers and baselines know a file again on another machine. */

/** Where runners check a repository out. */
const checkouts = [
  '/github/workspace/',
  '/home/runner/work/[^/]+/[^/]+/',
  '/builds/[^/]+/[^/]+/',
  String.raw`/home/vsts/work/\d+/s/`,
  String.raw`/?[A-Za-z]:/a/\d+/s/`,
  '/(?:src|code|repo|app|workspace)/',
];
const checkout = new RegExp(`^(?:${checkouts.join('|')})`);

/**
 * @param path a path, or a `file:` URL with its percent signs decoded
 * @param workspace absolute; absent: unknown
 * @returns the path from the repository's root where it can be told, else as it was, with `/` between its parts
 */
export function inRepository(path: string, workspace?: string): string {
  const slashed = path.replaceAll('\\', '/');
  const local = slashed.replace(/^file:\/{2,3}(?=[A-Za-z]:\/)/i, '').replace(/^file:\/\/(?:localhost)?(?=\/)/i, '');
  const root = workspace === undefined ? undefined : `${workspace.replaceAll('\\', '/').replace(/\/+$/, '')}/`;
  const relative =
    root !== undefined && root.length > 1 && local.startsWith(root)
      ? local.slice(root.length)
      : local.replace(checkout, '');
  return relative.replace(/^(?:\.\/)+/, '');
}
