import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openHost } from '../../src/host/detect.js';

const folder = mkdtempSync(join(tmpdir(), 'signalbox-detect-'));
const github = { GITHUB_ACTIONS: 'true', RUNNER_TEMP: folder, INPUT_SERVICE: 'from the step' };
const azure = { TF_BUILD: 'True', AGENT_TEMPDIRECTORY: folder };

// Where task-lib writes the key of its vault; without it, into the current folder.
beforeEach(() => {
  vi.stubEnv('AGENT_TEMPDIRECTORY', folder);
});

afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

describe('openHost', () => {
  it.each([
    ['github', github],
    ['azure', azure],
    ['terminal', {}],
    ['terminal', { GITHUB_ACTIONS: 'false', TF_BUILD: '' }],
  ] as const)('finds %s', async (kind, env) => {
    vi.spyOn(process, 'cwd').mockReturnValue(folder);
    vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    expect((await openHost({}, env, [])).kind).toBe(kind);
  });

  it("reads the step's inputs when the platform starts it", async () => {
    expect((await openHost({}, github, [])).input('service')).toBe('from the step');
  });

  it.each([github, { ...azure, INPUT_SERVICE: 'from the step' }])(
    'has the options alone for inputs when a script of a pipeline gives any argument (%j)',
    async (env) => {
      vi.spyOn(process.stdout, 'write').mockReturnValue(true);
      const host = await openHost({ policy: 'p.yml' }, env, ['run', '--policy', 'p.yml']);
      expect([host.input('policy'), host.input('service')]).toEqual(['p.yml', undefined]);
    },
  );
});
