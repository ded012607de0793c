/** The commits between two releases, by `git` in the workspace. Whatever is in the way is said, and what is not known is never taken for nothing. */
import type { Commits } from '../record/standing.js';
import { oneLine } from '../sources/text.js';

/** More than anybody reads to find one that broke something. */
const most = 100;
const limitMs = 10_000;
const commitId = /^[0-9a-f]{7,64}$/i;

/** Nothing of the repository's or the user's configuration runs a program, asks anybody or changes the form. */
const settled = ['--no-pager', '-c', 'log.showSignature=false', '-c', 'core.fsmonitor=false'];

interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly error: string;
}

type Git = (...args: string[]) => Promise<Ran>;

/** Aborted, or over the time: it counts as not known. */
class Over extends Error {}

function gitIn(workspace: string, env: Readonly<Record<string, string | undefined>>, signal: AbortSignal): Git {
  const quiet = { LC_ALL: 'C', GIT_TERMINAL_PROMPT: '0', GIT_OPTIONAL_LOCKS: '0', GIT_NO_LAZY_FETCH: '1' };
  return async (...args) => {
    // Costs milliseconds of start-up that most runs need not pay.
    const { execFile } = process.getBuiltinModule('node:child_process');
    return await new Promise((resolve, reject) => {
      const options = {
        cwd: workspace,
        env: { ...env, ...quiet },
        signal,
        killSignal: 'SIGKILL',
        maxBuffer: 4_000_000,
      } as const;
      execFile('git', [...settled, ...args], options, (error, out, stderr) => {
        if (signal.aborted) return reject(new Over());
        if (error && typeof error.code !== 'number') return reject(error);
        resolve({ code: error ? Number(error.code) : 0, out, error: stderr });
      });
    });
  };
}

/**
 * Never throws.
 *
 * @param from the older commit
 * @param to the newer one
 */
export async function commitsBetween(
  from: string | null,
  to: string | null,
  {
    workspace,
    env,
    cancel,
  }: { workspace: string; env: Readonly<Record<string, string | undefined>>; cancel: AbortSignal },
): Promise<Commits> {
  const unknown = (why: string): Commits => ({ known: false, why: oneLine(why, 300) });
  if (from === null || !commitId.test(from))
    return unknown('the commit of the last good release is not known: give `commit`');
  if (to === null || !commitId.test(to)) return unknown('the commit of this release is not known: give `commit`');
  const git = gitIn(workspace, env, AbortSignal.any([cancel, AbortSignal.timeout(limitMs)]));
  try {
    const shallow = await git('rev-parse', '--is-shallow-repository');
    if (shallow.code !== 0) return unknown(refusal(shallow.error));
    if (shallow.out.trim() !== 'false') {
      return unknown('the workspace is a shallow clone: check out all commits (`fetch-depth: 0`)');
    }
    for (const [sha, whose] of [
      [from, 'the last good release'],
      [to, 'this release'],
    ] as const) {
      const there = await git('cat-file', '-e', `${sha}^{commit}`);
      if (there.code !== 0) {
        return unknown(
          `the workspace does not have ${sha.slice(0, 10)}, the commit of ${whose}: check out its branch with all commits (\`fetch-depth: 0\`)`,
        );
      }
    }
    const log = await git(
      'log',
      `--max-count=${most}`,
      '--no-color',
      '--no-mailmap',
      '-z',
      '--format=%H%x1f%an%x1f%s',
      `${from}..${to}`,
      '--',
    );
    const counted = await git('rev-list', '--count', '--left-right', `${from}...${to}`, '--');
    const [, missing, total] = /^(\d+)\t(\d+)\s*$/.exec(counted.out) ?? [];
    if (log.code !== 0 || missing === undefined) return unknown(refusal(log.error || counted.error));
    return {
      known: true,
      total: Number(total),
      missing: Number(missing),
      list: log.out
        .split('\0')
        .filter((entry) => entry !== '')
        .map(commitOf),
    };
  } catch (error) {
    if (error instanceof Over) return unknown('`git` was cut off: it took too long, or the run was cancelled');
    const { code, message } = error as NodeJS.ErrnoException;
    return unknown(
      code === 'ENOENT' ? 'there is no `git` on this runner: install it' : `\`git\` could not be run: ${message}`,
    );
  }
}

/** Names are shown without addresses, also where the address is the name. */
function commitOf(entry: string): { sha: string; author: string; subject: string } {
  const [sha = '', author = '', ...subject] = entry.split('\x1f');
  const name = author.replace(/<[^>]*>/g, ' ').replace(/(\S)@\S+/g, '$1');
  return { sha: sha.trim(), author: oneLine(name, 80), subject: oneLine(subject.join(' '), 200) };
}

function refusal(error: string): string {
  if (/not a git repository/i.test(error)) return 'the workspace is no git repository: check it out before this step';
  if (/dubious ownership/i.test(error)) {
    return 'git does not trust the workspace, since another user owns it: run `git config --global --add safe.directory` for it before this step';
  }
  return `\`git\` refused: ${error.split('\n')[0] ?? ''}`;
}
