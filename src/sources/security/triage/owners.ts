/**
 * Who is to mend what stands in a file: CODEOWNERS as GitHub and GitLab read it.
 *
 * GitHub: https://docs.github.com/en/repositories/managing-your-repositorys-settings-and-features/customizing-your-repository/about-code-owners
 * GitLab: https://docs.gitlab.com/user/project/codeowners/reference/
 */
import { oneLine } from '../../text.js';
import { compileGlobs } from './globs.js';

/** Where the platforms look, in this order. */
export const ownerPlaces = ['.github/CODEOWNERS', 'CODEOWNERS', 'docs/CODEOWNERS', '.gitlab/CODEOWNERS'] as const;

/** A file of people is not longer; beyond it is no longer worth the time. */
const mostEntries = 20_000;

interface Entry {
  readonly fits: (file: string) => boolean;
  readonly owners: readonly string[];
  /** GitLab's `!`: nobody of this section, whatever else stands in it. */
  readonly excludes: boolean;
}

/** GitHub knows no sections: there the whole file is one. */
interface Section {
  readonly owners: readonly string[];
  readonly entries: Entry[];
}

const headingForm = /^\^?\[([^\]]+)\](?:\[\d+\])?(?:\s(.*))?$/;

/** Accounts, teams, roles and mail addresses; other words name nobody. */
const ownersIn = (words: readonly string[]): readonly string[] =>
  words.filter((word) => /^@[^@\s]|^@@[^@\s]|^[^@\s]+@[^@\s]+$/.test(word));

/**
 * @returns who owns a file, several with a comma between; undefined: nobody does
 */
export function parseOwners(text: string): (file: string) => string | undefined {
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/);
  // A pattern without a slash at its front means different things on the two platforms; only GitLab has sections.
  const gitlab = lines.some((line) => headingOf(line) !== undefined);
  const sections = new Map<string, Section>([['', { owners: [], entries: [] }]]);
  let current = sections.get('') as Section;
  for (const line of lines.slice(0, mostEntries)) {
    const heading = headingOf(line);
    if (heading) {
      const { name, owners } = heading;
      // A name that comes again goes on with the section, with the owners that stand there.
      current = { owners, entries: sections.get(name)?.entries ?? [] };
      sections.set(name, current);
    } else {
      const entry = entryOf(line, gitlab, current.owners);
      if (entry) current.entries.push(entry);
    }
  }
  const all = [...sections.values()].map(({ entries }) => entries);
  return (file) => {
    const owners = new Set(all.flatMap((entries) => ownersOf(entries, file)));
    return owners.size === 0 ? undefined : oneLine([...owners].join(', '));
  };
}

function headingOf(line: string): { name: string; owners: readonly string[] } | undefined {
  const [, name, rest = ''] = headingForm.exec(line.trim()) ?? [];
  if (name === undefined) return undefined;
  return { name: name.trim().toLowerCase(), owners: ownersIn(wordsOf(rest)) };
}

/** The last entry that fits holds. */
function ownersOf(entries: readonly Entry[], file: string): readonly string[] {
  const fitting = entries.filter((entry) => entry.fits(file));
  if (fitting.some(({ excludes }) => excludes)) return [];
  return fitting.at(-1)?.owners ?? [];
}

/** Up to a comment; `\ ` and `\#` are part of a word. */
function wordsOf(line: string): string[] {
  const words: string[] = [];
  let word: string | undefined;
  for (let i = 0; i < line.length; i++) {
    const letter = line.charAt(i);
    if (letter === '\\' && i + 1 < line.length) {
      i += 1;
      word = (word ?? '') + line.charAt(i);
    } else if (/\s/.test(letter)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else if (letter === '#' && word === undefined) break;
    else word = (word ?? '') + letter;
  }
  return word === undefined ? words : [...words, word];
}

function entryOf(line: string, gitlab: boolean, fallback: readonly string[]): Entry | undefined {
  const [first, ...rest] = wordsOf(line);
  if (first === undefined) return undefined;
  const excludes = first.startsWith('!');
  // GitHub takes such a line for a mistake and leaves it out.
  if (excludes && !gitlab) return undefined;
  const owners = ownersIn(rest);
  return {
    excludes,
    owners: gitlab && owners.length === 0 ? fallback : owners,
    fits: compileGlobs(globsOf(excludes ? first.slice(1) : first, gitlab), { braces: false }),
  };
}

/** As in `.gitignore`: a pattern names a file or all that is below a directory, but `docs/*` does not reach further down. */
function globsOf(pattern: string, gitlab: boolean): readonly string[] {
  const bare = pattern.replace(/\/$/, '');
  const anchored = gitlab ? bare.startsWith('/') : bare.includes('/');
  const path = `${anchored ? '' : '**/'}${bare.replace(/^\//, '')}`;
  if (pattern.endsWith('/')) return [`${path}/**`];
  return path.endsWith('/*') && path !== '**/*' ? [path] : [path, `${path}/**`];
}
