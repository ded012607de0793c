/** A record gone through again. That the same follows is asked of every record that the other tests make (test/support/replay.ts). */
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { replayRecord } from '../../src/commands/replay.js';
import { run } from '../../src/commands/run.js';
import { recordJson } from '../../src/record/json.js';
import type { DecisionRecord } from '../../src/record/record.js';
import { brokenSeal, sealed } from '../../src/record/seal.js';
import { replay } from '../../src/train/replay.js';
import { without } from '../../src/train/what-if.js';
import { SimulatedClock } from '../support/clock.js';
import { FakeHost } from '../support/host.js';

const policy = (file: string, more = '') => `version: 1
service: checkout
release: { deployed-at: 10m ago }
evaluation: { warmup: 2m, every: 1m, steady: 4m, deadline: 20m }
gates:
  - name: error rate
    type: telemetry
    source: { type: samples, file: examples/quickstart/${file}.csv }
    query: error_rate
    max-age: 1h
    threshold: "< 1%"
  - { name: dark, type: flags, source: { type: flagd, file: examples/quickstart/flags.json }, expect: { new-checkout: "off" } }
${more}`;

async function recorded(inputs: Record<string, string>): Promise<{ text: string; record: DecisionRecord }> {
  const host = new FakeHost(inputs);
  const clock = new SimulatedClock(undefined, 150);
  await run(host, { env: {}, version: '1.2.3', clock, random: () => 0.5, cancel: new AbortController().signal });
  const text = readFileSync(host.outputs.record ?? '', 'utf8');
  return { text, record: JSON.parse(text) as DecisionRecord };
}

const clone = (record: DecisionRecord): DecisionRecord => JSON.parse(JSON.stringify(record)) as DecisionRecord;

/** Someone changes the record, and the digest with it. */
const forged = (record: DecisionRecord, change: (copy: DecisionRecord) => void): DecisionRecord => {
  const copy = clone(record);
  change(copy);
  return sealed(copy);
};

const changedPlaces = async (record: DecisionRecord) => (await replay(record)).differences.map(({ where }) => where);

let went: { text: string; record: DecisionRecord };
let stopped: { text: string; record: DecisionRecord };

beforeAll(async () => {
  went = await recorded({ policy: policy('healthy') });
  stopped = await recorded({ policy: policy('failing') });
});

describe('a record', () => {
  it('gives the same decision again', async () => {
    expect(went.record.decision).toMatchObject({ decision: 'continue' });
    expect(await replay(went.record)).toMatchObject({
      verdict: went.record.verdict,
      rounds: 6,
      readings: 12,
      differences: [],
    });
    expect(stopped.record.decision).toMatchObject({ decision: 'stop', reason: 'unhealthy' });
    expect((await replay(stopped.record)).differences).toEqual([]);
  });

  it('whose bytes were changed anywhere is noticed', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: went.text.length - 1 }), fc.integer({ min: 32, max: 126 }), (at, code) => {
        const text = went.text.slice(0, at) + String.fromCharCode(code) + went.text.slice(at + 1);
        fc.pre(text !== went.text);
        try {
          expect(brokenSeal(text, JSON.parse(text) as object)).toEqual(expect.any(String));
        } catch (error) {
          if (!(error instanceof SyntaxError)) throw error;
        }
      }),
      { numRuns: 500 },
    );
  });

  it('that shows a value twice, to people and to programs, is noticed', () => {
    const text = went.text.replace(/"threshold": "< 1 %"/, '"threshold": "< 9 %", "threshold": "< 1 %"');
    expect(text).not.toBe(went.text);
    expect(brokenSeal(text, JSON.parse(text) as object)).toMatch(/not in the form/);
  });

  it('without a digest is not as it was written', () => {
    const { digest: _, ...rest } = went.record;
    expect(brokenSeal(recordJson(rest as DecisionRecord), rest)).toMatch(/no `digest`/);
  });

  it.each<[string, (copy: DecisionRecord) => void, RegExp]>([
    [
      'a value',
      (r) => {
        const [answer] = r.rounds[2]?.gates[0]?.answers ?? [];
        if (answer && 'measurement' in answer && answer.measurement.kind === 'samples' && answer.measurement.series[0])
          answer.measurement.series[0].value = 0.5;
      },
      /round 3, error rate/,
    ],
    [
      'a reading',
      (r) => Object.assign(r.rounds[1]?.gates[0]?.reading ?? {}, { state: 'unhealthy' }),
      /round 2, error rate/,
    ],
    [
      'the age of the newest sample',
      (r) => {
        const [answer] = r.rounds[2]?.gates[0]?.answers ?? [];
        if (answer && 'measurement' in answer && answer.measurement.kind === 'samples')
          answer.measurement.newest = null;
      },
      /round 3, error rate/,
    ],
    [
      'the flag',
      (r) => {
        const [answer] = r.rounds[0]?.gates[1]?.answers ?? [];
        if (
          answer &&
          'measurement' in answer &&
          answer.measurement.kind === 'flag-states' &&
          answer.measurement.states[0]
        )
          answer.measurement.states[0].exposure = { lo: 100, hi: 100 };
      },
      /round 1, dark/,
    ],
    ['an answer left out', (r) => void r.rounds[2]?.gates[0]?.answers.pop(), /round 3, error rate/],
    ['a gate left out', (r) => void r.rounds[2]?.gates.pop(), /round 3, gates/],
    ['a round left out', (r) => void r.rounds.splice(1, 1), /round \d, number/],
    ['the rounds from the second on', (r) => void r.rounds.splice(1), /verdict/],
    ['no round at all', (r) => void r.rounds.splice(0), /verdict/],
    ['the time of a round', (r) => Object.assign(r.rounds[4] ?? {}, { began: r.rounds[1]?.began }), /round 5/],
    ['a phase', (r) => Object.assign(r.rounds[5] ?? {}, { phase: 'watch' }), /round 6, phase/],
    [
      'the limit in the policy',
      (r) => {
        const [gate] = (r.policy.effective as { gates: { threshold?: string }[] }).gates;
        if (gate) gate.threshold = '< 0.01%';
      },
      /round 1, error rate/,
    ],
    [
      'the steady time in the policy',
      (r) => {
        (r.policy.effective as { evaluation: { steady: number } }).evaluation.steady = 600_000;
      },
      /decision/,
    ],
    ['the verdict', (r) => Object.assign(r.verdict, { sentence: 'all is well' }), /verdict/],
    ['the decision', (r) => Object.assign(r.decision, { decision: 'stop' }), /decision/],
  ])('that was forged in %s, digest and all, does not follow', async (_, change, where) => {
    const record = forged(went.record, change);
    expect(brokenSeal(recordJson(record), JSON.parse(recordJson(record)) as object)).toBeUndefined();
    expect((await changedPlaces(record)).join('; ')).toMatch(where);
  });

  it('of a stop cannot be made one of a go', async () => {
    const well = { decision: 'continue', reason: 'healthy' } as const;
    const record = forged(stopped.record, (r) => {
      Object.assign(r.decision, well);
      Object.assign(r.verdict, well);
    });
    expect(await changedPlaces(record)).toContain('verdict');
    for (const reason of ['cancelled', 'policy-error', 'internal-error', 'not-moved', 'open-stop', 'frozen'] as const) {
      const posed = forged(stopped.record, (r) => {
        Object.assign(r.decision, well, { reason });
        Object.assign(r.verdict, well, { reason });
      });
      expect(await changedPlaces(posed), reason).toContain('verdict');
    }
  });

  it('of a policy that only observes goes, and says that the gates said stop', async () => {
    const { record } = await recorded({ policy: policy('failing'), observe: 'true' });
    expect(record.decision).toMatchObject({ decision: 'continue', reason: 'observed' });
    expect((await replay(record)).differences).toEqual([]);
    expect(await changedPlaces(forged(record, (r) => Object.assign(r, { observe: false })))).toContain('decision');
  });

  it('of a policy with mistakes has nothing to go through, and stops', async () => {
    const { record } = await recorded({ policy: 'version: 1\ngates: []\n' });
    expect(record.decision).toMatchObject({ decision: 'stop', reason: 'policy-error' });
    expect(await replay(record)).toMatchObject({ rounds: 0, verdict: undefined, differences: [] });
  });
});

describe('signalbox replay', () => {
  async function replayed(text: string) {
    const host = new FakeHost();
    const file = join(mkdtempSync(join(tmpdir(), 'signalbox-replay-')), 'record.json');
    writeFileSync(file, text);
    const code = await replayRecord(host, file, '1.2.3');
    return { code, said: [...host.lines, ...host.annotations.map(({ message }) => message)].join('\n') };
  }

  it('says that the same follows', async () => {
    expect(await replayed(went.text)).toMatchObject({
      code: 0,
      said: expect.stringMatching(/^continue \(healthy\) follows again: 12 readings in 6 rounds/),
    });
  });

  it('says that a record was changed, and what follows from what stands there now', async () => {
    const changed = went.text.replace(/"value": 0\.\d+/, '"value": 0.5');
    expect(changed).not.toBe(went.text);
    const { code, said } = await replayed(changed);
    expect(code).toBe(1);
    expect(said).toMatch(/round 1, error rate: the record says .* but from its evidence follows/);
    expect(said).toMatch(/it was changed after it was written/);
  });

  it('refuses what is no record', async () => {
    expect(await replayed('{}')).toMatchObject({ code: 2, said: expect.stringContaining('no decision record') });
    expect(await replayed('{')).toMatchObject({ code: 2, said: expect.stringContaining('cannot be read') });
  });

  it('reads a record that came over a system with other line ends', async () => {
    expect(await replayed(went.text.replaceAll('\n', '\r\n'))).toMatchObject({ code: 0 });
  });
});

describe('without a gate', () => {
  it('the train ends as the others say', () => {
    expect(without(stopped.record, 'error rate')).toMatchObject({ decision: 'hold', gates: ['dark'] });
    expect(without(stopped.record, 'dark')).toMatchObject({ decision: 'stop', gates: ['error rate'] });
    expect(without(went.record, 'dark')).toMatchObject({ decision: 'continue' });
  });
});
