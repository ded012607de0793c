/**
 * The stories by the bundle, on all three hosts, and their records gone through again (`runStep` does so with every record). With
 * `SIGNALBOX_GALLERY=FOLDER` what they leave is kept there: scripts/gallery.mjs makes the gallery of it.
 */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { DecisionRecord } from '../../src/record/record.js';
import { brokenSeal } from '../../src/record/seal.js';
import { replay } from '../../src/train/replay.js';
import { type Platform, root, runStep } from '../e2e/support/step.js';
import { AppConfigurationServer } from '../flags/azure-app-configuration.provider.js';
import { Router } from '../support/router.js';
import { reply, serve } from '../support/server.js';
import { tellingPrometheus } from './prometheus.js';
import { files, type Story, stories } from './stories.js';

const gallery = process.env.SIGNALBOX_GALLERY;
const clock = join(import.meta.dirname, 'clock.mjs');

// The stand-ins live at the time of the stories.
beforeAll(() => void vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2026-11-23T10:45:00Z') }));
afterAll(() => void vi.useRealTimers());

interface Told {
  readonly code: number | null;
  readonly stdout: string;
  readonly summary: string;
  readonly record: DecisionRecord;
  readonly folder: string;
}

const told = new Map<string, Promise<Told>>();

/** Once each: several runs of one would share the files that they work on. */
function tell(story: Story, platform: Platform): Promise<Told> {
  const key = `${story.name} ${platform}`;
  const telling = told.get(key) ?? tellNow(story, platform);
  told.set(key, telling);
  return telling;
}

async function tellNow(story: Story, platform: Platform): Promise<Told> {
  const folder = mkdtempSync(join(tmpdir(), 'signalbox-story-'));
  const prometheus = await tellingPrometheus(story.course ?? {}, story.down);
  const store = new AppConfigurationServer('classic', story.flag ?? 'off');
  const flags = await serve((request, response) => {
    const { status = 200, headers = {}, body } = store.respond(request);
    reply(response, status, body ?? '', headers);
  });
  const router = new Router();
  const lb = await serve((request, response) => {
    const { status, headers, body } = router.respond(request);
    reply(response, status, body, headers);
  });
  // The workspace: what the stories read lies below it, and nothing of this machine shows in their records.
  const inside = join('signalbox-out', 'stories', `${story.name}-${platform}`);
  mkdirSync(join(root, inside), { recursive: true });
  for (const [name, make] of Object.entries(files)) writeFileSync(join(root, inside, name), make());
  const policyFile = join(inside, 'signalbox.yml');
  const policy = story.policy
    .replace('{prometheus}', prometheus.url)
    .replace('{flags}', flags.url)
    .replace('{lb}', lb.url)
    .replace('{folder}', inside);
  writeFileSync(join(root, policyFile), policy);
  const record = join(folder, 'record.json');
  const summary = join(folder, 'summary.md');
  const report = join(folder, 'report.html');
  const more = Object.entries(story.inputs ?? {}).map(([name, value]) => [name, value.replace('{folder}', inside)]);
  const inputs: Record<string, string> = { policy: policyFile, record, summary, report, ...Object.fromEntries(more) };
  // What the run before left.
  rmSync(join(root, inside, 'state'), { force: true });
  try {
    const done = await runStep({
      platform,
      inputs,
      args: ['run', ...Object.entries(inputs).flatMap(([name, value]) => [`--${name}`, value])],
      env: { APPCONFIG_SECRET: 'a-secret-AZURE_KEY', NODE_OPTIONS: `--import=${clock}` },
      limitMs: 60_000,
      ...(story.cancelAt ? { when: { line: story.cancelAt, act: (child) => child.kill('SIGINT') } } : {}),
    });
    const { code, stdout } = done;
    const text = readFileSync(record, 'utf8');
    if (gallery !== undefined) keep(gallery, story, platform, { folder, stdout, policy });
    return { code, stdout, folder, summary: readFileSync(summary, 'utf8'), record: JSON.parse(text) as DecisionRecord };
  } finally {
    prometheus.close();
    flags.close();
    lb.close();
  }
}

/** What a story leaves, without what only this run and this machine have. */
function keep(
  to: string,
  { name }: Story,
  platform: Platform,
  left: { folder: string; stdout: string; policy: string },
): void {
  const folder = join(to, name);
  mkdirSync(folder, { recursive: true });
  const neutral = (text: string) =>
    text
      .replaceAll(`${left.folder}/`, '')
      .replaceAll(`${root}/`, '')
      .replaceAll(/http:\/\/127\.0\.0\.1:\d+/g, 'http://prometheus.example')
      .replaceAll(/127\.0\.0\.1:\d+/g, 'prometheus.example');
  const read = (file: string) => readFileSync(join(left.folder, file), 'utf8');
  if (platform === 'github') writeFileSync(join(folder, 'summary.md'), neutral(read('summary.md')));
  if (platform === 'azure') writeFileSync(join(folder, 'azure.md'), neutral(read('summary.md')));
  if (platform !== 'terminal') return;
  writeFileSync(join(folder, 'terminal.txt'), neutral(left.stdout));
  writeFileSync(join(folder, 'signalbox.yml'), neutral(left.policy));
  // As it was written: what is changed in it breaks its seal.
  writeFileSync(join(folder, 'record.json'), read('record.json'));
  writeFileSync(join(folder, 'report.html'), read('report.html'));
}

/** Someone changes one digit or letter within an answer. */
function tampered(text: string): fc.Arbitrary<string> {
  const from = text.indexOf('"answers"');
  const to = text.lastIndexOf('"reading"');
  return fc.integer({ min: from, max: to }).map((at) => {
    const was = text.charAt(at);
    const now = /\d/.test(was) ? String((Number(was) + 1) % 10) : was === 'x' ? 'y' : /[a-z]/i.test(was) ? 'x' : was;
    return text.slice(0, at) + now + text.slice(at + 1);
  });
}

const platforms: readonly Platform[] = ['github', 'azure', 'terminal'];

describe.concurrent.each(stories)('$name', (story) => {
  it.each(platforms)(
    'is decided on %s as it should be, and told so',
    async (platform) => {
      const { code, record, summary, stdout } = await tell(story, platform);
      expect(record.decision).toMatchObject({ decision: story.decision, reason: story.reason });
      // An agent of Azure goes by the result that the task prints.
      const failed = /##vso\[task\.complete [^\]]*result=Failed/.test(stdout);
      if (platform !== 'azure') expect(code).toBe(story.exitCode);
      else expect(failed).toBe(story.decision !== 'continue');
      const html = micromark(summary, { extensions: [gfm()], htmlExtensions: [gfmHtml()] });
      const [, headline = ''] = /<h2>(.*?)<\/h2>/s.exec(html) ?? [];
      expect(headline.replaceAll(/<[^>]+>/g, '').replaceAll('&lt;', '<')).toMatch(story.headline);
      expect(html.replaceAll(/<(code|pre)[\s\S]*?<\/\1>/g, '')).not.toMatch(/\*\*|^#+ |\|\s*-\s*\|/m);
      const marks = (form: RegExp) => stdout.match(form)?.length ?? 0;
      const opened = platform === 'terminal' || record.rounds.length === 0 ? 0 : 1;
      expect(marks(/^(?:::group::|##\[group\])Rounds$/gm)).toBe(opened);
      expect(marks(/^(?:::endgroup::|##\[endgroup\])$/gm)).toBe(opened);
      if (platform === 'azure') expect(summary).not.toMatch(/mermaid|<details/);
    },
    90_000,
  );

  it('leaves a record in which any change of a measurement is noticed', async () => {
    const { folder, record } = await tell(story, 'terminal');
    const text = readFileSync(join(folder, 'record.json'), 'utf8');
    expect((await replay(record)).differences).toEqual([]);
    if (record.rounds.length === 0) return;
    fc.assert(
      fc.property(tampered(text), (changed) => {
        fc.pre(changed !== text);
        let data: object;
        try {
          data = JSON.parse(changed) as object;
        } catch {
          return;
        }
        expect(brokenSeal(changed, data)).toEqual(expect.any(String));
      }),
      { numRuns: 300 },
    );
  }, 90_000);
});

it('the gallery has every story', () => {
  for (const { name } of stories) {
    for (const file of [
      'summary.md',
      'azure.md',
      'terminal.txt',
      'record.json',
      'report.html',
      'summary.webp',
      'report.webp',
    ]) {
      expect(existsSync(join(root, 'docs/gallery', name, file)), `${name}/${file}`).toBe(true);
    }
  }
});
