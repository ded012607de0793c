/** A train of several services in this process, on a simulated clock: the whole step, as `test/commands/run.test.ts` runs it for one service. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { replayRecord } from '../../src/commands/replay.js';
import type { RunContext } from '../../src/commands/run.js';
import { checkTrain, runServices } from '../../src/commands/train.js';
import type { Host, Result } from '../../src/host/host.js';
import type { InputName } from '../../src/host/inputs.js';
import { sha256 } from '../../src/record/hash.js';
import { type DecisionRecord, recordSchema } from '../../src/record/record.js';
import { sealedTrain, type TrainRecord, trainRecordJson, trainRecordSchema } from '../../src/record/train-record.js';
import { SimulatedClock } from '../support/clock.js';
import { FakeHost } from '../support/host.js';
import { expectToFollow } from '../support/replay.js';

/** The record that it ends with is that of a train. */
class TrainHost extends FakeHost {
  override async finish(result: Result, message: string, exitCode: number): Promise<void> {
    this.finished = { result, message, exitCode };
  }
}

/** `query: eror_rate` finds nothing, so nothing is measured. */
const policy = (file: 'healthy' | 'failing' = 'healthy', query = 'error_rate', more = '', minutes = 4) => `version: 1
release: { deployed-at: 10m ago }
evaluation: { warmup: 2m, every: 1m, steady: ${minutes}m, deadline: 20m }
gates:
  - name: error rate
    type: telemetry
    source: { type: samples, file: ${resolve(`examples/quickstart/${file}.csv`)} }
    query: ${query}
    max-age: 1h
    threshold: "< 1%"
    unit: ratio
${more}`;

interface Setting {
  readonly policies: Readonly<Record<string, string>>;
  /** The services, as the train file writes them. */
  readonly services: string;
  readonly inputs?: Readonly<Partial<Record<InputName, string>>>;
  readonly context?: Partial<RunContext>;
  readonly host?: (inputs: Readonly<Partial<Record<InputName, string>>>) => TrainHost;
}

function write(folder: string, { policies, services }: Setting): string {
  for (const [name, text] of Object.entries(policies)) writeFileSync(join(folder, `${name}.yml`), text);
  const file = join(folder, 'train.yml');
  writeFileSync(file, `version: 1\ntrain: spring release\nservices:\n${services.replaceAll('@', `${folder}/`)}`);
  return file;
}

async function go(setting: Setting) {
  const folder = mkdtempSync(join(tmpdir(), 'signalbox-train-'));
  const inputs = { train: write(folder, setting), record: join(folder, 'out/record.json'), ...setting.inputs };
  const host = setting.host?.(inputs) ?? new TrainHost(inputs);
  const decision = await runServices(host, {
    env: {},
    version: '1.2.3',
    clock: new SimulatedClock(undefined, 60),
    random: () => 0.5,
    cancel: new AbortController().signal,
    ...setting.context,
  });
  const file = host.outputs.record ?? '';
  const train = existsSync(file) && statSync(file).isFile() ? read(file) : undefined;
  const service = (name: string) => train?.services.find((one) => one.name === name);
  const record = (name: string): DecisionRecord =>
    v.parse(recordSchema, JSON.parse(readFileSync(join(dirname(file), service(name)?.record?.file ?? ''), 'utf8')));
  return { folder, host, decision, train, service, record, file, summary: readFileSync(host.shown ?? '', 'utf8') };
}

const read = (file: string): TrainRecord => v.parse(trainRecordSchema, JSON.parse(readFileSync(file, 'utf8')));

async function replayed(file: string): Promise<{ code: number; said: string }> {
  const host = new FakeHost();
  const code = await replayRecord(host as Host, file, '1.2.3');
  return { code, said: [...host.lines, ...host.annotations.map(({ message }) => message)].join('\n') };
}

const two = '  checkout: { policy: "@checkout.yml" }\n  search: { policy: "@search.yml", needs: [checkout] }\n';

describe('a train of services', () => {
  it('continues when all did, in order, each with its own record, and follows again', async () => {
    const { host, decision, train, service, record, file, summary } = await go({
      policies: { checkout: policy(), search: policy() },
      services: `${two.replace('needs: [checkout]', 'needs: [checkout], commit: "c0ffee", version: "1.10", environment: production')}  mail: { policy: "@checkout.yml" }\n`,
    });
    expect(decision).toMatchObject({
      decision: 'continue',
      reason: 'healthy',
      services: ['checkout', 'search', 'mail'],
    });
    expect(train).toMatchObject({ train: 'spring release', order: [['checkout', 'mail'], ['search']], decision });
    expect(record('search')).toMatchObject({
      service: 'search',
      release: { sha: 'c0ffee', version: '1.10', environment: 'production' },
    });
    // Without its own the run's commit, as for a single service.
    expect(record('checkout').release.sha).toBe(host.facts.sha);
    expect(Date.parse(service('search')?.began ?? '')).toBeGreaterThanOrEqual(
      Date.parse(service('checkout')?.ended ?? ''),
    );
    expect(service('mail')?.began).toBe(service('checkout')?.began);
    for (const name of ['checkout', 'search', 'mail']) {
      const own = join(dirname(file), service(name)?.record?.file ?? '');
      expect(sha256(readFileSync(own))).toBe(service(name)?.record?.sha256);
      await expectToFollow(own);
      expect(existsSync(join(dirname(file), `${name}.report.html`))).toBe(true);
    }
    expect(host.finished).toEqual({ result: 'success', message: 'continue (healthy)', exitCode: 0 });
    expect(host.outputs).toMatchObject({ decision: 'continue', 'record-sha256': sha256(readFileSync(file)) });
    expect(host.lines.some((line) => line.startsWith('[search] round 1'))).toBe(true);
    expect(summary).toMatch(/^## Continue: all 3 services continued\n/);
    expect(summary).toContain('<summary>✓ search: continue (healthy)</summary>');
    const { code, said } = await replayed(file);
    expect(said).toContain('continue (healthy) follows again: from 3 records of 3 services');
    expect(code).toBe(0);
  });

  it('stops for one, never begins what needs it, and lets the others come to their own end', async () => {
    const { host, decision, train, service, record, file, summary } = await go({
      policies: { checkout: policy('failing'), search: policy(), mail: policy() },
      services: `${two}  mail: { policy: "@mail.yml" }\n  news: { policy: "@mail.yml", needs: [search, mail] }\n`,
    });
    expect(decision).toMatchObject({ decision: 'stop', reason: 'unhealthy', services: ['checkout'] });
    expect(decision.sentence).toMatch(/^checkout is unhealthy: error rate: .*1 %.*; never begun: search and news$/);
    expect(service('search')).toMatchObject({
      began: null,
      record: null,
      decision: { decision: 'stop', reason: 'needs-stopped', sentence: 'never begun, since checkout did not continue' },
    });
    expect(service('news')?.decision.reason).toBe('needs-stopped');
    expect(service('mail')?.decision).toMatchObject({ decision: 'continue', reason: 'healthy' });
    expect(record('mail').rounds.length).toBeGreaterThan(record('checkout').rounds.length);
    expect(existsSync(join(dirname(file), 'search.record.json'))).toBe(false);
    expect(host.finished).toEqual({ result: 'failure', message: 'stop (unhealthy): checkout', exitCode: 1 });
    const [head = '', ...rest] = summary.split('\n');
    expect(head).toMatch(/^## Stop: checkout is unhealthy: error rate: 4\.13 % does not satisfy < 1 %/);
    expect(rest.join('\n')).toMatch(/never\u00a0begun.*`search`.*needs-stopped/);
    expect(summary.indexOf('checkout: stop')).toBeLessThan(summary.indexOf('mail: continue'));
    expect(host.lines.join('\n')).toContain('[search] never begun, since checkout did not continue');
    expect(train?.order).toEqual([['checkout', 'mail'], ['search'], ['news']]);
    expect((await replayed(file)).code).toBe(0);
  });

  it('never takes what was not measured for a pass', async () => {
    const { decision, service } = await go({
      policies: { checkout: policy('healthy', 'eror_rate'), search: policy() },
      services: two,
    });
    expect(decision).toMatchObject({ decision: 'stop', reason: 'insufficient-evidence', services: ['checkout'] });
    expect(service('search')?.began).toBeNull();
  });

  it('observes one service, and says so, or all of them', async () => {
    const policies = { checkout: policy('failing'), search: policy() };
    const one = await go({ policies, services: two.replace('" }\n', '", observe: true }\n') });
    expect(one.decision).toMatchObject({ decision: 'continue', reason: 'observed', services: ['checkout'] });
    expect(one.record('checkout')).toMatchObject({ observe: true, verdict: { decision: 'stop' } });
    expect(one.record('search').observe).toBe(false);
    expect(one.host.finished).toMatchObject({ result: 'warning', exitCode: 0 });
    expect((await replayed(one.file)).code).toBe(0);
    const all = await go({ policies, services: two, inputs: { observe: 'true' } });
    expect(all.decision).toMatchObject({ decision: 'continue', reason: 'observed' });
    expect(all.record('search').observe).toBe(true);
  });

  it('is cancelled as a whole, and still leaves every record', async () => {
    const cancel = new AbortController();
    const clock = new SimulatedClock(undefined, 60);
    void clock.sleep(90_000).then(() => cancel.abort(143));
    const { host, decision, service, file } = await go({
      policies: { checkout: policy(), search: policy() },
      services: `${two}  mail: { policy: "@search.yml" }\n`,
      context: { cancel: cancel.signal, clock },
    });
    expect(decision).toMatchObject({ decision: 'stop', reason: 'cancelled', services: ['checkout', 'mail'] });
    expect(service('search')?.decision.reason).toBe('needs-stopped');
    expect(service('checkout')?.record).not.toBeNull();
    expect(host.finished).toMatchObject({ result: 'failure', exitCode: 143 });
    expect((await replayed(file)).code).toBe(0);
  });

  it('begins nothing more once it is cancelled, and says of a crash that it was one', async () => {
    const early = new AbortController();
    early.abort(130);
    const setting = { policies: { checkout: policy(), search: policy() }, services: two };
    const cancelled = await go({ ...setting, context: { cancel: early.signal } });
    expect(cancelled.service('checkout')).toMatchObject({ began: null, decision: { reason: 'cancelled' } });
    expect(cancelled.host.finished?.exitCode).toBe(130);
    expect((await replayed(cancelled.file)).code).toBe(0);
    const crash = new AbortController();
    crash.abort(new Error('a bug'));
    const crashed = await go({ ...setting, context: { cancel: crash.signal }, inputs: { observe: 'true' } });
    expect(crashed.decision).toMatchObject({ decision: 'stop', reason: 'internal-error' });
    expect(crashed.decision.sentence).toContain('a bug');
    expect(crashed.host.finished?.exitCode).toBe(70);
  });

  it('finds every mistake of all policies before anything runs', async () => {
    const { host, decision, train, service, summary, folder } = await go({
      policies: {
        checkout: policy().replace('threshold', 'treshold'),
        search: policy('healthy', 'error_rate', 'bogus: 1\n'),
      },
      services: `${two}  mail: { policy: "@serch.yml" }\n  news: { policy: "@search.yml" }\n`,
    });
    expect(decision).toMatchObject({
      decision: 'stop',
      reason: 'policy-error',
      services: ['checkout', 'search', 'mail', 'news'],
    });
    const problems = train?.problems ?? [];
    expect(problems).toContainEqual(
      expect.objectContaining({
        file: join(folder, 'checkout.yml'),
        line: 10,
        message: expect.stringContaining('did you mean `threshold`?'),
      }),
    );
    // The policy of two services is wrong once.
    expect(problems.filter(({ file }) => file === join(folder, 'search.yml'))).toHaveLength(1);
    expect(problems).toContainEqual({
      file: join(folder, 'train.yml'),
      line: 6,
      column: expect.any(Number),
      message: expect.stringMatching(
        /serch\.yml` cannot be read: there is no such file; did you mean `.*\/search\.yml`\?/,
      ),
    });
    expect(train?.services.every(({ began, record }) => began === null && record === null)).toBe(true);
    expect(service('checkout')?.decision.sentence).toBe('never begun, since its policy is wrong');
    expect(host.finished?.exitCode).toBe(2);
    expect(summary).toContain('What to mend');
    expect((await replayed(host.outputs.record ?? '')).code).toBe(0);
  });

  it('refuses inputs that say the same, or that only one service can have', async () => {
    const { train, decision } = await go({
      policies: { checkout: policy(), search: policy() },
      services: two,
      inputs: {
        policy: 'signalbox.yml',
        service: 'x',
        query: 'up',
        report: 'r.html',
        attest: 'true',
        observe: 'maybe',
      },
    });
    expect(decision.reason).toBe('policy-error');
    const said = train?.problems.map(({ message }) => /`([\w-]+)`/.exec(message)?.[1]);
    expect(said).toEqual(['policy', 'service', 'report', 'attest', 'query', 'observe']);
  });

  it('stops when there is no train file, or none that can be read', async () => {
    const host = new TrainHost({ train: 'examples/trian/train.yml' });
    const context = { env: {}, version: '1.2.3', cancel: new AbortController().signal };
    expect(await runServices(host, context)).toMatchObject({ decision: 'stop', reason: 'policy-error' });
    expect(host.finished?.exitCode).toBe(2);
    const empty = await go({ policies: {}, services: '' });
    expect(empty.decision).toMatchObject({ decision: 'stop', reason: 'policy-error' });
  });

  it('takes a lost record of a service for a stop, and does not begin what needs it', async () => {
    const { decision, service } = await go({
      policies: { checkout: policy(), search: policy() },
      services: two,
      host: (inputs) => {
        // What stands there keeps the record from being written.
        mkdirSync(join(dirname(inputs.record ?? ''), 'checkout.record.json'), { recursive: true });
        return new TrainHost(inputs);
      },
    });
    expect(decision).toMatchObject({ decision: 'stop', reason: 'internal-error', services: ['checkout'] });
    expect(service('checkout')?.record).toBeNull();
    expect(service('search')?.decision.reason).toBe('needs-stopped');
  });

  it('takes a lost record of the train for a stop', async () => {
    const { host, decision, summary } = await go({
      policies: { checkout: policy() },
      services: '  checkout: { policy: "@checkout.yml" }\n',
      host: (inputs) => {
        mkdirSync(inputs.record ?? '', { recursive: true });
        return new TrainHost(inputs);
      },
    });
    expect(decision).toMatchObject({ decision: 'stop', reason: 'internal-error' });
    expect(host.finished?.exitCode).toBe(70);
    expect(summary).toContain('## Stop: the record of the train could not be written');
  });

  it('masks the secrets of every service in all of them', async () => {
    const env = { MAIL_TOKEN: 'tok-1234567890' };
    const { host, folder, file } = await go({
      policies: {
        checkout: policy('healthy', 'tok-1234567890'),
        mail: policy(
          'healthy',
          'error_rate',
          'sources:\n  prom: { type: prometheus, url: "http://127.0.0.1:9", token: "${env.MAIL_TOKEN}" }\n',
        ),
      },
      services: '  checkout: { policy: "@checkout.yml" }\n  mail: { policy: "@mail.yml" }\n',
      context: { env },
    });
    expect(host.masked).toContain(env.MAIL_TOKEN);
    const files = ['record.json', 'checkout.record.json', 'mail.record.json', 'checkout.report.html'];
    const texts = [...files.map((name) => readFileSync(join(folder, 'out', name), 'utf8')), ...host.lines];
    for (const text of texts) expect(text).not.toContain(env.MAIL_TOKEN);
    expect((await replayed(file)).code).toBe(0);
  });

  describe('that parks', () => {
    const parking = (file: 'healthy' | 'failing' = 'healthy') =>
      policy(file, 'error_rate', '', 1).replace('deadline: 20m', 'deadline: 30m, on-hold: park, park-after: 10s');

    /** Jobs one after the other, a minute apart, until the train no longer holds. */
    async function jobs(change: (job: number, folder: string, state: string) => void = () => undefined) {
      const folder = mkdtempSync(join(tmpdir(), 'signalbox-train-'));
      const state = join(folder, 'state');
      const file = write(folder, { policies: { checkout: parking(), search: parking() }, services: two });
      const clock = new SimulatedClock(undefined, 60);
      const ended: TrainRecord[] = [];
      for (let job = 1; job <= 20; job += 1) {
        change(job, folder, state);
        const host = new TrainHost({ train: file, state, record: join(folder, `job${job}/record.json`) });
        const context = { env: {}, version: '1.2.3', clock, random: () => 0.5, cancel: new AbortController().signal };
        const { decision } = await runServices(host, context);
        expect(await replayed(host.outputs.record ?? '')).toMatchObject({ code: 0 });
        ended.push(read(host.outputs.record ?? ''));
        if (decision !== 'hold') return { ended, state, host };
        expect(host.finished).toMatchObject({ result: 'failure', exitCode: 3 });
        await clock.sleep(60_000);
      }
      throw new Error('the train never ended');
    }

    it('goes on from job to job, and does not judge again what has continued', async () => {
      const { ended, state, host } = await jobs();
      const [first] = ended;
      expect(first).toMatchObject({ decision: { decision: 'hold', reason: 'parked', services: ['checkout'] } });
      expect(first?.services[1]).toMatchObject({ began: null, decision: { decision: 'hold', reason: 'needs-held' } });
      const last = ended.at(-1);
      expect(last?.decision).toMatchObject({ decision: 'continue', reason: 'healthy' });
      expect(host.finished?.exitCode).toBe(0);
      expect(last?.services[0]).toMatchObject({ name: 'checkout', carried: true });
      const sealed = ended.flatMap(({ services: [checkout] }) =>
        checkout?.decision.decision === 'continue' ? [checkout.record?.sha256] : [],
      );
      expect(sealed.length).toBeGreaterThan(1);
      expect(new Set(sealed).size).toBe(1);
      // The next train begins with nothing.
      expect(existsSync(join(state, 'checkout.record.json'))).toBe(false);
    });

    it('judges anew what was proven of another release, by another policy, or by a changed record', async () => {
      const changes: ((folder: string, state: string) => void)[] = [
        (folder) => writeFileSync(join(folder, 'checkout.yml'), parking('failing')),
        (folder) =>
          writeFileSync(
            join(folder, 'train.yml'),
            readFileSync(join(folder, 'train.yml'), 'utf8').replace('yml" }', 'yml", commit: "c0ffee" }'),
          ),
        (_, state) => {
          const file = join(state, 'checkout.record.json');
          writeFileSync(file, readFileSync(file, 'utf8').replace('< 1%', '< 9%'));
        },
      ];
      for (const change of changes) {
        let changed = 0;
        const { ended } = await jobs((job, folder, state) => {
          if (changed > 0 || !existsSync(join(state, 'checkout.record.json'))) return;
          changed = job;
          change(folder, state);
        });
        expect(changed).toBeGreaterThan(1);
        expect(ended[changed - 1]?.services[0]?.carried).toBeUndefined();
      }
    });

    it('goes on after a cancellation with what was not decided', async () => {
      const folder = mkdtempSync(join(tmpdir(), 'signalbox-train-'));
      const state = join(folder, 'state');
      const file = write(folder, { policies: { checkout: policy(), search: policy() }, services: two });
      const clock = new SimulatedClock(undefined, 60);
      const job = async (name: string, cancel: AbortSignal) => {
        const host = new TrainHost({ train: file, state, record: join(folder, name, 'record.json') });
        await runServices(host, { env: {}, version: '1.2.3', clock, random: () => 0.5, cancel });
        return { train: read(host.outputs.record ?? ''), replay: await replayed(host.outputs.record ?? '') };
      };
      const cancel = new AbortController();
      void clock.sleep(6 * 60_000).then(() => cancel.abort(143));
      const first = await job('first', cancel.signal);
      expect(first.train.services.map(({ decision }) => decision.reason)).toEqual(['healthy', 'cancelled']);
      const second = await job('second', new AbortController().signal);
      expect(second.train.decision).toMatchObject({ decision: 'continue', reason: 'healthy' });
      expect(second.train.services.map(({ carried }) => carried)).toEqual([true, undefined]);
      expect(second.replay.code).toBe(0);
      // A train that was over begins anew.
      const third = await job('third', new AbortController().signal);
      expect(third.train.services.map(({ carried }) => carried)).toEqual([undefined, undefined]);
    });

    it('stops when another service stops', async () => {
      const { decision, host, service } = await go({
        policies: { checkout: policy('failing'), search: parking() },
        services: two.replace(', needs: [checkout]', ''),
        inputs: { state: join(mkdtempSync(join(tmpdir(), 'signalbox-state-')), 'state') },
      });
      expect(service('search')?.decision).toMatchObject({ decision: 'hold', reason: 'parked' });
      expect(decision).toMatchObject({ decision: 'stop', reason: 'unhealthy', services: ['checkout'] });
      expect(host.finished?.exitCode).toBe(1);
    });

    it('needs a folder to keep itself in', async () => {
      const setting = { policies: { checkout: parking(), search: policy() }, services: two };
      const { train } = await go(setting);
      expect(train?.problems).toEqual([
        expect.objectContaining({ line: 3, message: expect.stringContaining('input `state`') }),
      ]);
      const file = await go({ ...setting, inputs: { state: 'package.json' } });
      expect(file.train?.problems).toEqual([{ message: expect.stringContaining('of a train it is a folder') }]);
    });
  });

  it('finds chains of services that the job has no time for', async () => {
    class ShortJob extends TrainHost {
      readonly longestJobMs = 30 * 60_000;
    }
    const { train } = await go({
      policies: { checkout: policy(), search: policy() },
      services: two,
      host: (inputs) => new ShortJob(inputs),
    });
    expect(train?.problems).toEqual([
      expect.objectContaining({
        line: 5,
        message: expect.stringMatching(/^checkout, then search may take 40m by their deadlines/),
      }),
    ]);
  });

  it('is checked without a run', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'signalbox-train-'));
    const setting = { policies: { checkout: policy(), search: policy() }, services: two };
    const good = new FakeHost({ train: write(folder, setting) });
    expect(await checkTrain(good as Host, {})).toBe(0);
    expect(good.lines.at(-1)).toMatch(/train\.yml: valid, 2 services; 0 to think about/);
    const bad = new FakeHost({
      train: write(folder, { ...setting, services: two.replace('[checkout]', '[chekout]') }),
    });
    expect(await checkTrain(bad as Host, {})).toBe(2);
    expect(bad.annotations[0]?.message).toContain('did you mean `checkout`?');
  });

  it('runs the example', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'signalbox-train-'));
    const host = new TrainHost({ train: 'examples/train/train.yml', record: join(folder, 'record.json') });
    const clock = new SimulatedClock(undefined, 60);
    const context = { env: {}, version: '1.2.3', clock, cancel: new AbortController().signal };
    expect(await runServices(host, context)).toMatchObject({ decision: 'continue', reason: 'healthy' });
  });
});

describe('the record of a train', () => {
  const made = () => go({ policies: { checkout: policy(), search: policy('failing') }, services: two });

  it('is found out where it was changed', async () => {
    const { file } = await made();
    const sound = readFileSync(file, 'utf8');
    expect((await replayed(file)).code).toBe(0);
    const forge = async (change: (train: TrainRecord) => void): Promise<string> => {
      const train = JSON.parse(sound) as TrainRecord;
      change(train);
      writeFileSync(file, trainRecordJson(sealedTrain(train)));
      const { code, said } = await replayed(file);
      expect(code).toBe(1);
      return said;
    };
    writeFileSync(file, sound.replace('"stop"', '"continue"'));
    expect((await replayed(file)).said).toContain('it was changed after it was written');
    const passed = {
      decision: 'continue',
      reason: 'healthy',
      services: ['checkout', 'search'],
      sentence: 'all 2 services continued',
    } as const;
    expect(await forge((train) => Object.assign(train.decision, passed))).toContain("the train's verdict is continue");
    const goes = { decision: 'continue', reason: 'healthy', gates: [], sentence: 'fine' } as const;
    expect(
      await forge((train) => {
        Object.assign(train.decision, passed);
        for (const service of train.services) service.decision = { ...goes, gates: [] };
      }),
    ).toContain('search: the train says continue (healthy): fine, but its record stop (unhealthy)');
    expect(
      await forge((train) => {
        const [, search] = train.services;
        if (search) Object.assign(search, { record: null, decision: goes });
        Object.assign(train.decision, passed);
      }),
    ).toContain('search: it continued, but has no record to continue by');
    expect(
      await forge((train) => {
        const [checkout] = train.services;
        if (checkout?.record) checkout.record.file = '../checkout.record.json';
      }),
    ).toContain('lies outside');
    expect(
      await forge((train) => {
        const [checkout, search] = train.services;
        if (checkout && search) search.began = checkout.began;
      }),
    ).toContain('search: it was begun before checkout had ended');
    expect(
      await forge((train) => {
        const [, search] = train.services;
        if (search) search.needs = ['search'];
      }),
    ).toContain('in a circle');
  });

  it('is found out where the record of a service is another one, or gone', async () => {
    const { file } = await made();
    const own = join(dirname(file), 'checkout.record.json');
    const text = readFileSync(own, 'utf8');
    writeFileSync(own, text.replace('"observe": false', '"observe": true'));
    expect((await replayed(file)).said).toContain('checkout: its record checkout.record.json is another one');
    rmSync(own);
    expect((await replayed(file)).said).toContain('there is no such file');
  });

  it('is told from others', async () => {
    const { file } = await made();
    writeFileSync(file, '{"kind": "train"}');
    expect((await replayed(file)).code).toBe(2);
  });
});
