/** Runs one after the other with a ledger between them: stops that last, overrides, freezes, and what came in since the last good release. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { check } from '../../src/commands/check.js';
import { type RunContext, run } from '../../src/commands/run.js';
import { entryFacts, parseLedger } from '../../src/record/ledger.js';
import { type DecisionRecord, recordSchema } from '../../src/record/record.js';
import { sealed } from '../../src/record/seal.js';
import { html } from '../../src/report/html/page.js';
import { summary } from '../../src/report/summary.js';
import { replay } from '../../src/train/replay.js';
import { SimulatedClock } from '../support/clock.js';
import { FakeHost } from '../support/host.js';

const home = process.cwd();
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
  workspace = mkdtempSync(join(tmpdir(), 'signalbox-standing-'));
  git(workspace, 'init', '-q');
  commits = ['first', 'second: `code` @team', 'third'].map((subject) => {
    git(workspace, 'commit', '-q', '--allow-empty', '-m', subject);
    return git(workspace, 'rev-parse', 'HEAD');
  });
  const flag = { state: 'ENABLED', variants: { on: true, off: false }, defaultVariant: 'off' };
  writeFileSync(join(workspace, 'flags.json'), JSON.stringify({ flags: { dark: flag } }));
  process.chdir(workspace);
});
afterEach(() => process.chdir(home));

const policyOf = ({ wants = 'off', file = 'flags.json', more = '' }): string => `version: 1
service: checkout
gates:
  - { name: dark, type: flags, source: { type: flagd, file: ${file} }, expect: { dark: "${wants}" } }
${more}`;

const good = policyOf({});
const bad = policyOf({ wants: 'on' });
const blind = policyOf({ file: 'nothing.json' });

type Inputs = ConstructorParameters<typeof FakeHost>[0];

async function train(
  policy: string,
  inputs: Inputs = {},
  at = '2026-11-23T10:00:00Z',
  context: Partial<RunContext> = {},
) {
  const host = new FakeHost({
    policy,
    environment: 'production',
    ledger: 'kept/ledger.jsonl',
    commit: commits[2] ?? '',
    ...inputs,
  });
  const clock = new SimulatedClock(Date.parse(at), 30);
  const cancel = new AbortController().signal;
  const decision = await run(host, {
    env: process.env,
    version: '1.2.3',
    clock,
    random: () => 0.5,
    cancel,
    ...context,
  });
  const record: DecisionRecord = v.parse(recordSchema, JSON.parse(readFileSync(host.outputs.record ?? '', 'utf8')));
  const said = host.lines.join('\n').replace(/\s+/g, ' ');
  const html = readFileSync(host.outputs.report ?? '', 'utf8');
  return {
    host,
    decision,
    record,
    said,
    summary: readFileSync(host.shown ?? '', 'utf8'),
    html,
    result: host.finished?.result,
  };
}

const entries = () => {
  const read = parseLedger(readFileSync('kept/ledger.jsonl', 'utf8'));
  if ('wrong' in read) throw new Error(read.wrong);
  return read.entries;
};
const reasons = () => entries().map(({ reason }) => reason);

const at = (index: number): { commit: string } => ({ commit: commits[index] ?? '' });

describe('with a ledger', () => {
  it('the first run says that it is taken for the first, and is entered with the hash of its record', async () => {
    const { decision, said, host, record } = await train(good);
    expect(decision.decision).toBe('continue');
    expect(said).toContain('there is no ledger at kept/ledger.jsonl yet, so this run is taken for the first');
    expect(record.standing?.ledger).toEqual({ file: 'kept/ledger.jsonl', entries: 0, head: null, first: true });
    expect(entries()).toMatchObject([
      {
        service: 'checkout',
        environment: 'production',
        sha: commits[2],
        decision: 'continue',
        record: host.outputs['record-sha256'],
      },
    ]);
    expect((await train(good)).said).not.toContain('taken for the first');
  });

  it('a stop lasts until a fix passes, and then is closed', async () => {
    await train(good, at(0), '2026-11-20T10:00:00Z');
    expect((await train(bad, at(1))).decision.reason).toBe('unhealthy');
    const next = await train(good);
    expect(next.decision).toMatchObject({ decision: 'stop', reason: 'open-stop' });
    expect(next.record.rounds).toEqual([]);
    expect(next.host.finished).toMatchObject({ result: 'failure', exitCode: 1 });
    expect(next.summary).toMatch(/^## Stop: checkout .* was stopped .*no fix has passed since/);
    expect(next.summary).toContain('input `fixes`');
    // The fix must be another commit, and its gates are asked.
    expect((await train(good, { ...at(1), fixes: 'SHOP-1' })).decision.reason).toBe('open-stop');
    expect((await train(bad, { fixes: 'SHOP-1' })).decision.reason).toBe('unhealthy');
    git(workspace, 'commit', '-q', '--allow-empty', '-m', 'the fix');
    const fix = { commit: git(workspace, 'rev-parse', 'HEAD'), fixes: 'SHOP-1' };
    const fixed = await train(good, fix);
    expect(fixed.decision).toMatchObject({ decision: 'continue', reason: 'healthy' });
    expect(fixed.summary).toMatch(/### Holds and overrides\n\n- – stop open since .*declared as fixed: SHOP-1/);
    expect((await train(good, fix)).record.standing?.stops).toEqual([]);
    expect(reasons()).toEqual(['healthy', 'unhealthy', 'open-stop', 'open-stop', 'unhealthy', 'healthy', 'healthy']);
    expect(entries()[5]?.fixes).toBe('SHOP-1');
  });

  it('the same release may be asked again after it could not be measured; another may not', async () => {
    expect((await train(blind)).decision.reason).toBe('not-measured');
    expect((await train(good, at(1))).decision.reason).toBe('open-stop');
    const again = await train(good);
    expect(again.decision.reason).toBe('healthy');
    expect(again.summary).toContain('the same commit is asked again');
  });

  it('a train that was kept is kept again, though its state says that it is unfinished', async () => {
    await train(bad, at(1));
    const inputs = { state: 'state.jsonl', 'deployed-at': '2026-11-23T09:00:00Z' };
    for (let again = 0; again < 3; again += 1) {
      const { decision, record } = await train(good, inputs);
      expect(decision.reason).toBe('open-stop');
      expect(record.rounds).toEqual([]);
    }
  });

  it('a stop is of one service and environment', async () => {
    await train(bad, at(1));
    expect((await train(good, { environment: 'staging' })).decision.decision).toBe('continue');
    expect((await train(good, { service: 'basket' })).decision.decision).toBe('continue');
    expect((await train(good)).decision.reason).toBe('open-stop');
  });

  it('what was only observed neither opens nor closes a stop, and is kept by none', async () => {
    await train(bad, { ...at(0), observe: 'true' });
    expect((await train(good, at(0))).decision.decision).toBe('continue');
    await train(bad, at(1));
    const observed = await train(good, { observe: 'true' });
    expect(observed.decision.decision).toBe('continue');
    expect(observed.record.rounds.length).toBeGreaterThan(0);
    expect(observed.summary).toContain('only observed, so it keeps nobody');
    expect((await train(good)).decision.reason).toBe('open-stop');
    expect(entries().map(({ observed: seen }) => seen === true)).toEqual([true, false, false, true, false]);
  });

  it('a run that somebody cancelled is entered and keeps nobody; wrong usage is not entered', async () => {
    await train(good, {}, undefined, { cancel: AbortSignal.abort(143) }).catch(() => undefined);
    await train('version: 1\ngates: []\n');
    expect((await train(good)).decision.decision).toBe('continue');
    expect(reasons()).toEqual(['cancelled', 'healthy']);
  });

  it.each([
    ['was changed', (text: string) => text.replace('"unhealthy"', '"healthy"'), 'does not have the hash'],
    ['lost its stop', (text: string) => `${text.split('\n')[1]}\n`, 'does not follow from the line before'],
    ['is something else', () => '{}\n', 'is no entry'],
  ])('that %s no train goes, and nothing is entered', async (_, change, words) => {
    await train(bad, at(0));
    await train(bad, { ...at(1), fixes: 'x' });
    const changed = change(readFileSync('kept/ledger.jsonl', 'utf8'));
    writeFileSync('kept/ledger.jsonl', changed);
    const { decision, said, host, record } = await train(good, { fixes: 'SHOP-1' });
    expect(decision).toMatchObject({ decision: 'stop', reason: 'policy-error' });
    expect(said).toContain(words);
    expect(record.rounds).toEqual([]);
    expect(host.finished?.exitCode).toBe(2);
    expect(readFileSync('kept/ledger.jsonl', 'utf8')).toBe(changed);
  });

  it('whose last line was cut off the train is told, and goes on with the others', async () => {
    await train(bad, at(0));
    await train(bad, { ...at(1), fixes: 'x' });
    writeFileSync('kept/ledger.jsonl', readFileSync('kept/ledger.jsonl', 'utf8').slice(0, -30));
    const { decision, said } = await train(good);
    expect(decision.reason).toBe('open-stop');
    expect(said).toContain('the last line of kept/ledger.jsonl was cut off and is left out');
    expect(reasons()).toEqual(['unhealthy', 'open-stop']);
  });

  it('that cannot be read or written no train continues', async () => {
    const folder = await train(good, { ledger: '.' });
    expect(folder.decision.reason).toBe('policy-error');
    expect(folder.said).toContain('nobody can tell whether a stop is open');
    // A folder stands where the file is to be drafted.
    mkdirSync('kept/ledger.jsonl.lock', { recursive: true });
    utimesSync('kept/ledger.jsonl.lock', new Date(0), new Date(0));
    const { decision, host, record } = await train(good);
    expect(decision).toMatchObject({ decision: 'stop', reason: 'internal-error' });
    expect(decision.sentence).toContain('the run could not be entered into the ledger');
    expect([record.decision.decision, record.verdict.decision]).toEqual(['stop', 'stop']);
    expect(host.finished).toMatchObject({ result: 'failure', exitCode: 70 });
  });

  it('needs to know the environment', async () => {
    const { decision, said } = await train(good, { environment: '' });
    expect(decision.reason).toBe('policy-error');
    expect(said).toContain('expected `environment` beside it');
  });
});

describe('an override', () => {
  const overridden = policyOf({ wants: 'on', more: 'overrides: overrides.yml\n' });
  const lifting = policyOf({ more: 'overrides: overrides.yml\n' });
  const write = (...all: object[]): void => {
    const whole = { environment: 'production', by: 'alice', reason: 'known and small', expires: '2026-11-25' };
    writeFileSync('overrides.yml', JSON.stringify({ version: 1, overrides: all.map((one) => ({ ...whole, ...one })) }));
  };

  it('of an open stop lets the gates be asked, in amber', async () => {
    write({ lifts: 'open-stop' });
    await train(bad, at(1));
    const { decision, summary, result, html } = await train(lifting);
    expect(decision).toMatchObject({ decision: 'continue', reason: 'healthy' });
    expect(result).toBe('warning');
    expect(summary).toMatch(/^## Continue, by an override: /);
    expect(summary).toContain('alice answers for it: an open stop is lifted, until 2026-11-25: known and small');
    expect(html).toContain('class="warn"');
    write({ lifts: 'open-stop' });
    expect((await train(policyOf({ wants: 'on', more: 'overrides: overrides.yml\n' }))).decision.reason).toBe(
      'unhealthy',
    );
  });

  it('of a verdict lets the train go, and the verdict stays', async () => {
    write({ lifts: 'verdict', commit: commits[2] });
    const { decision, record, summary, said, result, host, html } = await train(overridden);
    expect(decision).toMatchObject({ decision: 'continue', reason: 'overridden' });
    expect(record.verdict).toMatchObject({ decision: 'stop', reason: 'unhealthy', gates: ['dark'] });
    expect(host.finished).toMatchObject({ result: 'warning', exitCode: 0 });
    expect(result).toBe('warning');
    expect(summary).toMatch(/^## Overridden: alice lets it go \(known and small\); the gates say stop \(dark/);
    expect(summary).toContain('### What would have stopped it');
    expect(summary).not.toContain('only observes');
    expect(said).toContain('the gates say stop');
    expect(html).toContain('somebody answers for it');
    expect(entries()).toMatchObject([
      {
        reason: 'overridden',
        verdict: { decision: 'stop', reason: 'unhealthy' },
        overrides: [{ lifts: 'verdict', by: 'alice' }],
      },
    ]);
    const after = await train(good, at(1), '2026-12-20T10:00:00Z');
    expect(after.summary).toMatch(
      /overridden on 2026-11-23 10:00 UTC by alice \(the verdict of the gates is overridden; checkout, commit/,
    );
    expect((await train(good, at(1), '2026-12-30T10:00:00Z')).summary).not.toContain('by alice');
  });

  it.each([
    ['another commit', { commit: 'f00d'.repeat(10) }],
    ['another environment', { environment: 'staging' }],
    ['another service', { service: 'basket' }],
    ['an earlier time', { expires: '2026-11-22' }],
    ['a far time', { expires: '2027-11-22' }],
  ])('for %s lets nobody go', async (_, change) => {
    write({ lifts: 'verdict', commit: commits[2], ...change });
    expect((await train(overridden)).decision).toMatchObject({ decision: 'stop', reason: 'unhealthy' });
  });

  it('that is over is told', async () => {
    write({ lifts: 'freeze', expires: '2026-11-22' });
    expect((await train(lifting)).said).toContain('(overrides.yml:1) ended 2026-11-23 00:00 UTC: remove it');
  });

  it('lifts nothing where the file is wrong or not there', async () => {
    const missing = await train(lifting);
    expect(missing.decision.reason).toBe('policy-error');
    expect(missing.said).toContain('overrides.yml is not there');
    writeFileSync('overrides.yml', 'version: 1\noverrides:\n  - { lifts: verdict, environment: production }\n');
    const wrong = await train(overridden);
    expect(wrong.record.problems).toContainEqual(
      expect.objectContaining({ file: 'overrides.yml', line: 3, message: '`by` is missing' }),
    );
  });

  it('in a forged record is found', async () => {
    write({ lifts: 'verdict', commit: commits[2] });
    const { record } = await train(overridden);
    const forged = async (change: (copy: DecisionRecord) => void): Promise<string[]> => {
      const copy = structuredClone(record);
      change(copy);
      return (await replay(sealed(copy))).differences.map(({ where }) => where);
    };
    expect(await forged(() => undefined)).toEqual([]);
    expect(await forged((r) => delete r.standing)).toContain('decision');
    expect(await forged((r) => Object.assign(r.release, { sha: commits[1] }))).toContain('decision');
    expect(await forged((r) => Object.assign(r.standing?.overrides[0] ?? {}, { by: 'bob' }))).toContain('decision');
    expect(
      await forged((r) => Object.assign(r.standing?.overrides[0] ?? {}, { until: '2026-11-23T09:00:00.000Z' })),
    ).toContain('decision');
    expect(await forged((r) => Object.assign(r.standing ?? {}, { used: [] }))).toContain('overrides');
    await train(bad, at(1));
    const kept = await train(good);
    const went = { ...(await train(good, { environment: 'staging' })).record, standing: kept.record.standing };
    expect((await replay(sealed(went as DecisionRecord))).differences.map(({ where }) => where)).toContain('verdict');
  });
});

describe('a freeze', () => {
  const frozen = (except = '') =>
    policyOf({
      more: `freezes: [{ name: weekend, zone: Europe/Berlin, every: { from: "Fri 16:00", to: "Mon 07:00" }${except} }]\n`,
    });
  const saturday = '2026-11-28T12:00:00Z';

  it('keeps a train before anything is measured, with or without a ledger', async () => {
    for (const ledger of ['kept/ledger.jsonl', '']) {
      const { decision, record, summary } = await train(frozen(), { ledger }, saturday);
      expect(decision).toMatchObject({ decision: 'stop', reason: 'frozen' });
      expect(record.rounds).toEqual([]);
      expect(summary).toMatch(
        /^## Stop: production is frozen by weekend until Mon 2026-11-30 07:00 in Europe\/Berlin \(2026-11-30 06:00 UTC\)$/m,
      );
      expect(summary).toContain('Wait for the end of the freeze');
    }
    expect((await train(frozen(), {}, '2026-11-30T06:00:00Z')).decision.decision).toBe('continue');
    expect(reasons()).toEqual(['frozen', 'healthy']);
  });

  it('lets a fix pass where it says so', async () => {
    const { decision, summary } = await train(frozen(', except: { fixes: true }'), { fixes: 'SHOP-1' }, saturday);
    expect(decision.decision).toBe('continue');
    expect(summary).toContain('a fix may pass: SHOP-1');
    expect((await train(frozen(), { fixes: 'SHOP-1' }, saturday)).decision.reason).toBe('frozen');
  });

  it('is lifted by an override', async () => {
    const entry = { lifts: 'freeze', environment: 'production', by: 'alice', reason: 'x', expires: '2026-11-28' };
    writeFileSync('overrides.yml', JSON.stringify({ version: 1, overrides: [entry] }));
    const { decision, result } = await train(`${frozen()}overrides: overrides.yml\n`, {}, saturday);
    expect([decision.decision, result]).toEqual(['continue', 'warning']);
  });

  it('that begins on the way keeps the train from its next stage', async () => {
    const stages = `stages: [{ name: ring-0, bake: 10m }, { name: ring-1, bake: 10m }]\n${frozen().split('\n').slice(4).join('\n')}`;
    const walking = policyOf({ more: `evaluation: { every: 1m, deadline: 30m }\n${stages}` });
    const { decision, record, said } = await train(walking, {}, '2026-11-27T14:58:00Z');
    expect(decision).toMatchObject({ decision: 'stop', reason: 'frozen' });
    expect(record.walk?.walked.map(({ name, decision: proven }) => [name, proven?.decision])).toEqual([
      ['ring-0', 'continue'],
    ]);
    expect(record.rounds.length).toBeGreaterThan(2);
    expect(said).toContain('frozen by weekend until Mon 2026-11-30 07:00 in Europe/Berlin');
  });

  it('does not end a run that had set out before it', async () => {
    const parking = frozen().replace(
      'gates:',
      'evaluation: { every: 1m, steady: 10m, deadline: 2h, on-hold: park, park-after: 30s }\ngates:',
    );
    const inputs = { state: 'state.jsonl', 'deployed-at': '2026-11-27T14:57:00Z' };
    const first = await train(parking, inputs, '2026-11-27T14:58:00Z');
    expect(first.decision).toMatchObject({ decision: 'hold', reason: 'parked' });
    expect(existsSync('kept/ledger.jsonl')).toBe(false);
    const second = await train(parking, inputs, '2026-11-27T15:10:00Z');
    expect(['continue', 'hold']).toContain(second.decision.decision);
    expect(second.record.standing?.freezes).toEqual([]);
  });

  it('is only told where the policy only observes', async () => {
    const { decision, summary } = await train(frozen(), { observe: 'true' }, saturday);
    expect(decision.reason).toBe('healthy');
    expect(summary).toContain('frozen by weekend');
  });
});

describe('what came in since the last good release', () => {
  it('stands in every form of the report of a stop', async () => {
    await train(good, { ...at(0), 'release-version': '1.0' });
    const { record, summary, said, html } = await train(bad);
    expect(record.standing?.since?.commits).toEqual({
      known: true,
      total: 2,
      missing: 0,
      list: [
        { sha: commits[2], author: 'Alice', subject: 'third' },
        { sha: commits[1], author: 'Alice', subject: 'second: `code` @team' },
      ],
    });
    expect(summary).toContain(
      `### What to fix forward\n\n#### What came in since the last good release\n\ncheckout 1.0, commit`,
    );
    expect(summary).toContain('third (Alice)');
    expect(summary).toMatch(/`@team`/);
    expect(said).toContain('What to fix forward What came in since the last good release (checkout 1.0, commit');
    expect(html).toContain('What came in since the last good release');
    expect(JSON.stringify(record) + summary + html).not.toContain('alice@example.com');
    expect(
      (
        await train(good, {
          fixes: 'x',
          commit: git(workspace, 'commit-tree', 'HEAD^{tree}', '-p', 'HEAD', '-m', 'fix'),
        })
      ).summary,
    ).not.toContain('What to fix forward');
  });
});

describe('what came in, where it is much', () => {
  it('is limited in the summary and whole in the full report, with the flags that changed', async () => {
    await train(good, at(0));
    const { record } = await train(bad, at(1));
    const list = [...Array(60).keys()].map((i) => ({
      sha: String(i).padStart(40, '0'),
      author: 'Bob',
      subject: `change ${i}.`,
    }));
    const flags = [{ source: 'unleash', flag: 'new-basket', at: '2026-11-22T09:00:00.000Z', scope: 'environment' }];
    const since = { sha: null, version: '1.0', at: '2026-11-20T10:00:00.000Z', run: 'https://ci.example.com/7' };
    const much: DecisionRecord = {
      ...record,
      standing: record.standing && {
        ...record.standing,
        since: { ...since, commits: { known: true, total: 60, missing: 1, list }, flags },
      },
    };
    const options = { flavour: 'github', maxBytes: 500_000 } as const;
    const markdown = await summary(much, options);
    expect(markdown).toContain('change 24.');
    expect(markdown).not.toContain('change 25.');
    expect(markdown).toContain(
      '60 commits in all, the newest first; 1 commit of the last good release is not in this one',
    );
    expect(markdown).toContain('flag new-basket in unleash, changed 2026-11-22 09:00 UTC');
    expect(markdown).toContain('[That run](https://ci.example.com/7)');
    expect(await html(much)).toContain('change 59.');
    const short = await summary(much, { ...options, maxBytes: 1500 });
    expect([short.includes('change 2.'), short.includes('change 3.')]).toEqual([true, false]);
  });
});

describe('signalbox check', () => {
  const checked = async (policy: string, inputs: Inputs = {}) => {
    const host = new FakeHost({ policy, ...inputs });
    const code = await check(host, {}, () => Date.parse('2026-11-23T10:00:00Z'));
    return { code, said: host.annotations.map(({ level, line, message }) => `${level} ${line ?? ''}: ${message}`) };
  };

  it('advises on freezes that are over, and on overrides that do nothing', async () => {
    const entry = { environment: 'production', by: 'alice', reason: 'x' };
    const overrides = [
      { ...entry, lifts: 'freeze', expires: '2026-11-01' },
      { ...entry, lifts: 'open-stop', expires: '2026-11-25' },
    ];
    writeFileSync('overrides.yml', JSON.stringify({ version: 1, overrides }));
    const policy = policyOf({
      more: 'overrides: overrides.yml\nfreezes:\n  - { name: old, zone: UTC, from: 2025-12-20, to: 2026-01-02 }\n  - { name: new, zone: UTC, from: 2026-12-20, to: 2027-01-02, environments: [production] }\n',
    });
    const { code, said } = await checked(policy);
    expect(code).toBe(0);
    expect(said).toEqual([
      'warning 7: the freeze `old` is over: remove it',
      expect.stringMatching(/^warning 8: nothing says where this train goes/),
      expect.stringMatching(/^warning 5: the override `lifts: freeze` by alice .* ended/),
      expect.stringMatching(
        /^warning 5: the override `lifts: open-stop` by alice .* no effect: nothing says which environment/,
      ),
      expect.stringMatching(/^warning 5: `lifts: open-stop` does nothing without the input `ledger`/),
    ]);
  });

  it('finds what is wrong with overrides and ledger before a run does', async () => {
    writeFileSync('overrides.yml', 'version: 1\noverrides: [{ lifts: all }]\n');
    writeFileSync('broken.jsonl', '{}\n');
    const { code, said } = await checked(policyOf({ more: 'overrides: overrides.yml\n' }), {
      ledger: 'broken.jsonl',
      environment: 'production',
    });
    expect(code).toBe(2);
    expect(said.join('\n')).toContain('error 2: expected `open-stop`, `freeze` or `verdict`, found `all`');
    expect(said.join('\n')).toContain('input `ledger`: broken.jsonl: line 1 is no entry');
  });
});

it('a part of the stages, and a run that is parked, are entered as what they are', async () => {
  const { record } = await train(good);
  const stages = ['ring-0', 'canary', 'all'].map((name) => ({ name, move: null }));
  const walk = { stages, from: 1, to: 2, resumed: null, walked: [], end: [] };
  expect(entryFacts({ ...record, walk }, null)).toMatchObject({ part: 'ring-0, canary' });
  expect(entryFacts({ ...record, walk: { ...walk, to: 3 } }, null)?.part).toBeUndefined();
  expect(entryFacts({ ...record, decision: { ...record.decision, decision: 'hold' } }, null)).toBeUndefined();
});
