/** The full report as the end of a run writes it. */
import { mkdirSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { publish } from '../../src/commands/publish.js';
import type { DecisionRecord } from '../../src/record/record.js';
import { Redactor } from '../../src/record/redact.js';
import { stories } from '../report/stories.js';
import { FakeHost } from '../support/host.js';

/** Its decision cannot be made again from it: no test of that here. */
class Host extends FakeHost {
  override async finish(): Promise<void> {}
}

async function published(record: DecisionRecord, secrets: readonly string[] = [], report?: string) {
  const host = new Host({});
  const redactor = new Redactor();
  for (const secret of secrets) redactor.add(secret);
  const folder = mkdtempSync(join(tmpdir(), 'signalbox-report-'));
  const to = { record: join(folder, 'record.json'), report: report ?? join(folder, 'out', 'report.html') };
  return { host, to, decision: await publish(host, redactor, record, to, 1) };
}

describe('the full report', () => {
  it('is written where it is asked for, and named among the outputs', async () => {
    const { host, to } = await published(stories.stop);
    expect(host.outputs.report).toBe(to.report);
    expect(readFileSync(to.report, 'utf8')).toMatch(/^<!doctype html>[\s\S]*Why it stopped[\s\S]*<\/html>\n$/);
  });

  it('holds no secret, however it is written in the page', async () => {
    const secrets = ['s3cr<e>t&"\'', 'tok-4711'];
    const told = { ...stories.stop, service: `checkout ${secrets.join(' ')}` };
    const { to } = await published(told, secrets);
    const page = readFileSync(to.report, 'utf8');
    expect(page).toContain('checkout *** ***');
    expect(page).not.toMatch(/s3cr|4711/);
  });

  it('that cannot be written is a warning and changes no decision', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'signalbox-report-'));
    mkdirSync(join(folder, 'taken'));
    const { host, decision } = await published(stories.continue, [], join(folder, 'taken'));
    expect(decision.decision).toBe('continue');
    expect(host.annotations).toContainEqual(
      expect.objectContaining({ level: 'warning', message: expect.stringContaining('the full report failed: EISDIR') }),
    );
  });
});
