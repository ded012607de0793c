/** The commits between two releases, as `git` tells them. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { commitsBetween } from '../../src/commands/commits.js';

const author = {
  GIT_AUTHOR_NAME: 'Alice',
  GIT_AUTHOR_EMAIL: 'alice@example.com',
  GIT_COMMITTER_NAME: 'x',
  GIT_COMMITTER_EMAIL: 'x@example.com',
};
const git = (cwd: string, ...args: string[]): string =>
  execFileSync('git', args, {
    cwd,
    env: { ...process.env, ...author, GIT_CONFIG_GLOBAL: '/dev/null' },
    encoding: 'utf8',
  }).trim();

let workspace: string;
/** Commits of the workspace, the oldest first. */
let commits: string[];

beforeEach(() => {
  workspace = mkdtempSync(join(tmpdir(), 'signalbox-commits-'));
  git(workspace, 'init', '-q');
  commits = ['first', 'second', 'third'].map((subject) => {
    git(workspace, 'commit', '-q', '--allow-empty', '-m', subject);
    return git(workspace, 'rev-parse', 'HEAD');
  });
});

describe('what came in', () => {
  const between = (from: string | null, to: string | null, cwd = workspace) =>
    commitsBetween(from, to, { workspace: cwd, env: process.env, cancel: new AbortController().signal });
  const all = (index: number) => commits[index] ?? '';

  it('is not known where the clone is shallow, a commit is not there, or there is no repository', async () => {
    const shallow = mkdtempSync(join(tmpdir(), 'signalbox-shallow-'));
    git(shallow, 'clone', '-q', '--depth', '1', `file://${workspace}`, '.');
    expect(await between(all(0), all(2), shallow)).toMatchObject({
      known: false,
      why: expect.stringContaining('`fetch-depth: 0`') as unknown,
    });
    expect(await between('f00d'.repeat(10), all(2))).toMatchObject({
      known: false,
      why: expect.stringMatching(
        /does not have f00df00df0, the commit of the last good release.*fetch-depth: 0/,
      ) as unknown,
    });
    expect(await between(all(0), 'f00d'.repeat(10))).toMatchObject({
      known: false,
      why: expect.stringContaining('of this release') as unknown,
    });
    expect(await between(all(0), all(2), mkdtempSync(join(tmpdir(), 'signalbox-none-')))).toMatchObject({
      known: false,
      why: expect.stringContaining('no git repository') as unknown,
    });
    expect(await between(null, all(2))).toMatchObject({ known: false });
    expect(await between('--output=/tmp/x', all(2))).toMatchObject({ known: false });
    expect(await between(all(0), '--all')).toMatchObject({ known: false });
    const noGit = await commitsBetween(all(0), all(2), {
      workspace,
      env: { PATH: '/nowhere' },
      cancel: new AbortController().signal,
    });
    expect(noGit).toMatchObject({ known: false, why: expect.stringContaining('no `git`') as unknown });
    expect(
      await commitsBetween(all(0), all(2), { workspace, env: process.env, cancel: AbortSignal.abort() }),
    ).toMatchObject({ known: false });
  });

  it('tells of commits that went away, and of at most a hundred', async () => {
    git(workspace, 'checkout', '-q', '-b', 'other', all(0));
    for (let i = 0; i < 103; i += 1) git(workspace, 'commit', '-q', '--allow-empty', '-m', `change ${i}`);
    const many = await between(all(2), git(workspace, 'rev-parse', 'HEAD'));
    expect(many).toMatchObject({ known: true, total: 103, missing: 2 });
    expect(many.known && many.list.length).toBe(100);
    expect(await between(all(1), all(1))).toEqual({ known: true, total: 0, missing: 0, list: [] });
  });

  it('runs nothing that the repository configures, and shows no address', async () => {
    git(workspace, 'config', 'log.showSignature', 'true');
    git(workspace, 'config', 'gpg.program', `${workspace}/evil.sh`);
    git(workspace, 'config', 'core.pager', `touch ${workspace}/paged`);
    git(
      workspace,
      '-c',
      'user.name=bob@example.com',
      'commit',
      '-q',
      '--allow-empty',
      '--author',
      'bob@example.com <bob@example.com>',
      '-m',
      'x',
    );
    const found = await between(all(2), git(workspace, 'rev-parse', 'HEAD'));
    expect(found).toMatchObject({ known: true, list: [{ author: 'bob', subject: 'x' }] });
    expect(existsSync(join(workspace, 'paged'))).toBe(false);
  });
});
