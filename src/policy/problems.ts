/** From what valibot found to sentences that say where, what was expected and what the nearest right word is. */
import { distance } from 'fastest-levenshtein';
import type { BaseIssue } from 'valibot';

/** A place in the policy: keys and indexes from the top. */
export type Path = readonly (string | number)[];

export interface Finding {
  readonly path: Path;
  /** Where to point: at the key (unknown key), at the map that lacks one, or at the value. */
  readonly at: 'key' | 'value';
  readonly message: string;
}

type Issue = BaseIssue<unknown>;

/** The word that was probably meant, if one is near enough to be worth saying. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const far = (other: string) => distance(word.toLowerCase(), other.toLowerCase());
  const [best] = [...known].sort((a, b) => far(a) - far(b) || a.localeCompare(b));
  return best !== undefined && far(best) <= Math.max(2, Math.floor(best.length / 3)) ? best : undefined;
}

/** `; did you mean X?`, or nothing. */
export const didYouMean = (word: string, known: readonly string[]): string => {
  const best = nearest(word, known);
  return best === undefined ? '' : `; did you mean \`${best}\`?`;
};

const pathOf = (issue: Issue): Path => (issue.path ?? []).map((item) => item.key as string | number);

/**
 * A union fails as a whole; what the user meant is the member that came furthest.
 */
function unfold(issue: Issue, prefix: Path): { issue: Issue; path: Path }[] {
  const path = [...prefix, ...pathOf(issue)];
  if (issue.type !== 'union' || !issue.issues) return [{ issue, path }];
  const members = new Map<string, { issue: Issue; path: Path }[]>();
  for (const inner of issue.issues.flatMap((i) => unfold(i as Issue, path))) {
    const key = inner.path.length > path.length ? 'deeper' : String(inner.issue.expected ?? inner.issue.message);
    members.set(key, [...(members.get(key) ?? []), inner]);
  }
  const deeper = members.get('deeper');
  if (deeper) return deeper;
  const checks = issue.issues.filter((i) => i.kind === 'validation');
  return checks.length > 0 ? checks.map((i) => ({ issue: i as Issue, path })) : [{ issue, path }];
}

const list = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1) ?? ''}`;

const kinds: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  boolean: 'true or false',
  Object: 'a map (`key: value`)',
  Array: 'a list (`- entry`)',
};

/** valibot's `("a" | "b")` as words. */
function expectedWords(issue: Issue): readonly string[] {
  return String(issue.expected ?? '')
    .replace(/^\(|\)$/g, '')
    .split(' | ')
    .filter((word) => word !== 'undefined');
}

function show(input: unknown): string {
  if (input === undefined || input === null) return 'nothing';
  if (Array.isArray(input)) return 'a list';
  if (typeof input === 'object') return 'a map';
  const text = typeof input === 'string' ? `\`${input}\`` : `\`${JSON.stringify(input)}\``;
  return text.length > 60 ? `${text.slice(0, 57)}…\`` : text;
}

function message(issue: Issue, path: Path, knownKeys: readonly string[]): Pick<Finding, 'at' | 'message'> {
  const key = String(path.at(-1) ?? '');
  if (issue.type === 'strict_object' && issue.expected === 'never') {
    return {
      at: 'key',
      message: `unknown key \`${key}\`${didYouMean(key, knownKeys)} (known here: ${knownKeys.join(', ')})`,
    };
  }
  const words = expectedWords(issue);
  if ((issue.type === 'strict_object' || issue.type === 'variant') && issue.received === 'undefined') {
    const choice = issue.type === 'variant' ? ` (${list(words.map((w) => w.replaceAll('"', '')))})` : '';
    return { at: 'value', message: `\`${key}\` is missing${choice}` };
  }
  if (issue.kind === 'validation' || issue.kind === 'transformation') {
    const found = typeof issue.input === 'object' ? '' : `, found ${show(issue.input)}`;
    return { at: 'value', message: `expected ${issue.message}${found}` };
  }
  // Of a schema that has its own words, e.g. `v.string('a percentage such as 5%')`.
  if (!issue.message.startsWith('Invalid ')) {
    return { at: 'value', message: `expected ${issue.message}, found ${show(issue.input)}` };
  }
  const literals = words.filter((w) => w.startsWith('"')).map((w) => w.slice(1, -1));
  const names = words.map((w) => (w.startsWith('"') ? `\`${w.slice(1, -1)}\`` : (kinds[w] ?? w)));
  const hint = typeof issue.input === 'string' ? didYouMean(issue.input, literals) : '';
  return { at: 'value', message: `expected ${list(names)}, found ${show(issue.input)}${hint}` };
}

/**
 * @param issues of one schema run
 * @param keysAt the keys that are known at a place, for unknown ones
 * @param secretAt whether the value at a place must not be shown
 */
export function describe(
  issues: readonly Issue[],
  keysAt: (path: Path) => readonly string[],
  secretAt: (path: Path) => boolean,
): Finding[] {
  return issues
    .flatMap((issue) => unfold(issue, []))
    .map(({ issue, path }) => {
      const shown = secretAt(path) ? { ...issue, input: issue.input === undefined ? undefined : '***' } : issue;
      return { path, ...message(shown, path, keysAt(path.slice(0, -1))) };
    });
}
