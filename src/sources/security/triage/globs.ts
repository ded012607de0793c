/**
 * Patterns for paths, matched in time that grows no faster than pattern times path: the paths come from reports, and a pattern
 * as a regular expression can take minutes for a path that somebody made for it.
 */

/** A report can hold a "path" of megabytes. */
const longestPath = 4096;

/** `**` stands for any number of segments. */
const any = '**';

/** What one pattern may be written out to. */
const mostAlternatives = 100;

/** The alternatives of `{a,b}`, written out; undefined: there are too many. */
export function alternatives(pattern: string): readonly string[] | undefined {
  const done: string[] = [];
  const open = [pattern];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const group = /\{([^{}]*,[^{}]*)\}/.exec(next);
    if (!group) done.push(next);
    else {
      const [whole, inner = ''] = group;
      const [before, after] = [next.slice(0, group.index), next.slice(group.index + whole.length)];
      open.push(...inner.split(',').map((one) => before + one + after));
    }
    if (done.length + open.length > mostAlternatives) return undefined;
  }
  return done;
}

/**
 * Patterns from the root of the repository: `*` and `?` within a segment, `**` over segments, a `/` at the end for all below. All else is
 * literal, brackets too: `app/[id]/(shop)/page.tsx` is a usual path.
 *
 * @param braces whether `{a,b}` stands for either
 * @returns whether any of them fits a path; what has `..` in it leads elsewhere and fits none
 */
export function compileGlobs(
  patterns: readonly string[],
  { braces = true }: { readonly braces?: boolean } = {},
): (path: string) => boolean {
  const compiled = patterns
    .flatMap((pattern) => (braces ? (alternatives(pattern) ?? []) : [pattern]))
    .map((pattern) => segmentsOf(pattern.endsWith('/') ? `${pattern}${any}` : pattern));
  return (path) => {
    if (path.length > longestPath) return false;
    const segments = segmentsOf(path);
    if (segments.length === 0 || segments.includes('..')) return false;
    return compiled.some((pattern) => pattern.length > 0 && fits(pattern, segments, any, segmentFits));
  };
}

const segmentsOf = (path: string): string[] => path.split('/').filter((segment) => segment !== '' && segment !== '.');

const segmentFits = (pattern: string, segment: string): boolean =>
  pattern === segment ||
  (/[*?]/.test(pattern) && fits(Array.from(pattern), Array.from(segment), '*', (a, b) => a === '?' || a === b));

/** Items against a pattern in which `wild` stands for any number of them. The last `wild` takes as much as it must, so none before it is tried again. */
function fits(
  pattern: readonly string[],
  items: readonly string[],
  wild: string,
  one: (pattern: string, item: string) => boolean,
): boolean {
  let [p, i] = [0, 0];
  let [afterWild, taken] = [-1, 0];
  while (i < items.length) {
    const wanted = pattern[p];
    if (wanted === wild) {
      p += 1;
      [afterWild, taken] = [p, i];
    } else if (wanted !== undefined && one(wanted, items[i] ?? '')) {
      p += 1;
      i += 1;
    } else if (afterWild >= 0) {
      taken += 1;
      [p, i] = [afterWild, taken];
    } else return false;
  }
  while (pattern[p] === wild) p += 1;
  return p === pattern.length;
}
