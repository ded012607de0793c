import { chmod, mkdir, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { findFiles } from '../../../src/sources/security/files.js';
import { workspace } from './sarif/support.js';

let ws: string;
const put = async (name: string, text = '{}'): Promise<void> => {
  await mkdir(path.dirname(path.join(ws, name)), { recursive: true });
  await writeFile(path.join(ws, name), text);
};
const find = async (...patterns: string[]) => {
  const { files, problems } = await findFiles(
    ws,
    patterns,
    ['**/*.sarif', '**/*.sarif.json'],
    new AbortController().signal,
  );
  return { files: files.map((f) => f.name), problems: problems.map((p) => `${p.code} ${p.file}`) };
};

beforeEach(async () => {
  ws = path.join(await workspace(), 'ws');
  await mkdir(ws);
});

describe('findFiles', () => {
  it('takes globs, folders and plain paths, each file once and in order', async () => {
    await put('out/b.sarif');
    await put('out/deep/a.sarif.json');
    await put('out/readme.txt');
    await put('.scans/c.sarif');
    expect(await find('out', '**/*.sarif', 'out/b.sarif')).toEqual({
      files: ['.scans/c.sarif', 'out/b.sarif', 'out/deep/a.sarif.json'],
      problems: [],
    });
    expect(await find('./out/*.sarif')).toEqual({ files: ['out/b.sarif'], problems: [] });
    expect(await find(path.join(ws, 'out/*.sarif'))).toEqual({ files: ['out/b.sarif'], problems: [] });
  });

  it('takes a name with signs of a glob in it literally', async () => {
    await put('out/[a].sarif');
    await put('o(u)t/a.sarif');
    expect(await find('out/[a].sarif', 'o(u)t')).toEqual({ files: ['o(u)t/a.sarif', 'out/[a].sarif'], problems: [] });
  });

  it('names every pattern that matches nothing', async () => {
    await put('a.sarif');
    expect(await find('*.sarif', 'trivy/*.sarif', 'missing.sarif')).toEqual({
      files: ['a.sarif'],
      problems: ['NO_REPORT trivy/*.sarif', 'NO_REPORT missing.sarif'],
    });
  });

  it('does not take a folder for a file', async () => {
    await mkdir(path.join(ws, 'x.sarif'));
    expect(await find('*.sarif')).toEqual({ files: [], problems: ['NO_REPORT *.sarif'] });
  });

  it('does not leave the workspace by name', async () => {
    await put('../out/a.sarif');
    expect(await find('../out/*.sarif', 'a/../../out/a.sarif', path.resolve(ws, '../out/a.sarif'), '/**')).toEqual({
      files: [],
      problems: [
        'OUTSIDE_WORKSPACE ../out/*.sarif',
        'OUTSIDE_WORKSPACE a/../../out/a.sarif',
        `OUTSIDE_WORKSPACE ${path.resolve(ws, '../out/a.sarif')}`,
        'OUTSIDE_WORKSPACE /**',
      ],
    });
  });

  it('does not leave the workspace through a symbolic link to a file or a folder', async () => {
    await put('../out/a.sarif');
    await put('in/b.sarif');
    await symlink('../../out/a.sarif', path.join(ws, 'in/l.sarif'));
    await symlink('../../out', path.join(ws, 'in/folder'));
    await symlink('b.sarif', path.join(ws, 'in/same.sarif'));
    expect(await find('in/**/*.sarif')).toEqual({
      files: ['in/b.sarif'],
      problems: ['OUTSIDE_WORKSPACE in/l.sarif', 'OUTSIDE_WORKSPACE in/folder/a.sarif'],
    });
    expect((await find('in/l.sarif')).problems).toEqual(['OUTSIDE_WORKSPACE in/l.sarif']);
  });

  it('tells of a report whose link leads nowhere', async () => {
    await put('in/a.sarif');
    await symlink('nowhere', path.join(ws, 'in/lost.sarif'));
    expect(await find('in/**/*.sarif')).toEqual({ files: ['in/a.sarif'], problems: ['UNREADABLE in/lost.sarif'] });
  });

  it('comes to an end in spite of links in a circle', async () => {
    await put('in/a.sarif');
    await symlink('..', path.join(ws, 'in/circle'));
    await symlink('self', path.join(ws, 'in/self'));
    expect(await find('in/**/*.sarif')).toEqual({ files: ['in/a.sarif'], problems: [] });
  });

  it.skipIf(process.getuid?.() === 0)('tells of a folder that it may not look into', async () => {
    await put('in/a.sarif');
    await put('in/closed/b.sarif');
    await chmod(path.join(ws, 'in/closed'), 0);
    const found = await find('in/**/*.sarif');
    await chmod(path.join(ws, 'in/closed'), 0o755);
    expect(found).toEqual({ files: ['in/a.sarif'], problems: ['UNREADABLE in/closed'] });
  });
});
