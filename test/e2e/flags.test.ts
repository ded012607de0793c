/** Flags as a pipeline meets them, on all hosts: read, switched off when the train stops, rolled out, and never taken for off. */
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { AppConfigurationServer, documentOf, stored, targeting } from '../flags/azure-app-configuration.provider.js';
import type { Answer, Situation } from '../flags/harness.js';
import { reply, standIn } from '../support/server.js';
import { type Platform, runStep, type StepResult } from './support/step.js';

const key = 'a-secret-AZURE_KEY';
const platforms: readonly Platform[] = ['github', 'azure', 'terminal'];

interface Scene {
  /** Which recording of the quick start is the release's telemetry. */
  readonly telemetry: 'healthy' | 'failing';
  readonly situation?: Situation;
  /** Behind the sources. */
  readonly policy: string;
  readonly answer?: Answer;
  readonly expect?: string;
}

interface Ran extends StepResult {
  readonly server: AppConfigurationServer;
  readonly stopped: boolean;
}

async function run(platform: Platform, scene: Scene): Promise<Ran> {
  const server = new AppConfigurationServer('classic', scene.situation ?? 'on');
  const { url } = await standIn((request, response) => {
    const { status = 200, headers = {}, body } = scene.answer ?? server.respond(request);
    reply(response, status, body ?? '', headers);
  });
  const policy = `version: 1
service: checkout
release: { version: 2.4.0, deployed-at: 10m ago }
sources:
  recorded: { type: samples, file: examples/quickstart/${scene.telemetry}.csv }
  flags:
    type: azure-app-configuration
    endpoint: "${url}"
    label: production
    flags: classic
    credential: id-1
    secret: "\${env.AZURE_KEY}"
evaluation: { warmup: 2m, every: 1s, steady: 1s, deadline: 5s }
gates:
  - { name: error rate, type: telemetry, source: recorded, query: error_rate, threshold: "< 1%", hard-limit: "< 3%" }
${scene.policy}`;
  const record = join(mkdtempSync(join(tmpdir(), 'signalbox-flags-')), 'record.json');
  const result = await runStep({
    platform,
    inputs: { policy },
    args: ['run', '--policy', policy, '--record', record],
    env: { AZURE_KEY: key },
  });
  const written = platform === 'terminal' ? record : (result.outputs.record ?? '');
  const told = `${result.stdout}${result.stderr}${result.summary}${readFileSync(written, 'utf8')}`;
  // A platform is told what to mask.
  const masks = /^(?:::add-mask::|##vso\[task\.setsecret\]).*$/gm;
  expect(told.replace(masks, '')).not.toContain(key);
  // An agent of Azure goes by what the task says, and not by its exit code.
  const failed = /##vso\[task\.complete [^\]]*result=Failed/.test(result.stdout);
  return { ...result, server, stopped: platform === 'azure' ? failed : result.code === 1 };
}

const killed = '  - { type: flag-off, source: flags, flag: new-checkout, verify-within: 5s }\n';
const gate = (expected: string) =>
  `  - { name: dark, type: flags, source: flags, on-missing: stop, on-error: stop, expect: { new-checkout: ${expected} } }\n`;

describe.each(platforms)('on %s', (platform) => {
  it('a bad release has its flag switched off, and nothing else of the flag changes', async () => {
    const { stopped, server, stdout, summary } = await run(platform, {
      telemetry: 'failing',
      policy: `on-stop:\n${killed}`,
    });
    expect(stopped).toBe(true);
    expect(server.data[0]).toMatchObject({ document: documentOf('classic', false, []), tags: { team: 'checkout' } });
    const said = platform === 'terminal' ? stdout : summary;
    expect(said).toMatch(/Stop: .*error rate.*new-checkout is now off/s);
    expect(said).toMatch(/was switched off in flags and read back as off/);
  });

  it('a good release keeps its flag', async () => {
    const { code, stopped, server } = await run(platform, {
      telemetry: 'healthy',
      policy: `${gate('"on"')}on-stop:\n${killed}`,
    });
    expect([code, stopped]).toEqual([0, false]);
    expect(server.data).toEqual([stored(documentOf('classic', true, []))]);
  });

  it('a rollout is not proven by what was measured before its step', async () => {
    const { stopped, server, stdout } = await run(platform, {
      telemetry: 'healthy',
      situation: 'off',
      policy: 'rollout: { source: flags, flag: new-checkout, steps: [25%, 100%], bake: 1s, verify-within: 5s }\n',
    });
    expect(stopped).toBe(true);
    expect(stdout).toContain('stage 25 %, 1 of 2');
    expect(server.data[0]?.document).toBe(documentOf('classic', false, [targeting('classic', 25)]));
  });

  it.each<[string, Partial<Scene>]>([
    ['is not there', { situation: 'missing' }],
    ['is there under another label', { situation: 'elsewhere' }],
    ['is on', { situation: 'on' }],
    ['is on for some', { situation: 'rules' }],
    ['may not be read', { answer: { status: 403, body: { title: 'Forbidden' } } }],
    ['is asked for with a wrong key', { answer: { status: 401, body: {} } }],
    ['is answered with an empty page', { answer: { body: '' } }],
    ['is answered with something else', { answer: { body: { items: [] } } }],
  ])('a dark launch is not proven by a flag that %s', async (_, scene) => {
    const { stopped } = await run(platform, { telemetry: 'healthy', policy: gate('"off"'), ...scene });
    expect(stopped).toBe(true);
  });
});
