/** Every provider in every situation: what is read of it, what a kill does to it, and that nothing missing reads as off. */
import { describe, expect, it } from 'vitest';
import { sourceEntries } from '../../src/sources/index.js';
import {
  type Answer,
  change,
  type FlagProvider,
  readingOf,
  run,
  type Situation,
  situations,
  stateIn,
  theFlag,
} from './harness.js';
import { providers } from './providers.js';

const entryOf = (type: string) => sourceEntries.find((entry) => entry.type === type);
const name = ({ type, way }: FlagProvider): string => (way === undefined ? type : `${type}, ${way}`);
const without = (secretsOf: unknown): void => expect(JSON.stringify(secretsOf)).not.toContain('a-secret-');

describe.each(providers.map((provider) => ({ name: name(provider), provider })))('flags of $name', ({ provider }) => {
  const { lacks = {} } = provider;
  const controls = entryOf(provider.type)?.controls;
  const has = (what: keyof typeof lacks): boolean => lacks[what] === undefined;

  describe('are read', () => {
    it.each(situations.filter(has))('when it is %s', async (situation) => {
      const running = await run(provider, provider.start(situation));
      const state = await stateIn(running);
      running.assertNoComplaint();
      if (typeof state === 'string') throw new Error(`not measured: ${state}`);
      without(state);
      expect(running.writes()).toEqual([]);
      expect(state.key).toBe(theFlag);
      const there = { exists: true, configured: true, archived: false };
      const expected: Record<Situation, () => void> = {
        off: () => expect(state).toMatchObject({ ...there, exposure: { lo: 0, hi: 0 }, reach: 'nobody' }),
        on: () => expect(state).toMatchObject({ ...there, exposure: { lo: 100, hi: 100 }, reach: 'everyone' }),
        'a-quarter': () => expect(state).toMatchObject({ ...there, exposure: { lo: 25, hi: 25 }, reach: 'partial' }),
        rules: () => {
          expect(state).toMatchObject({ ...there, exposure: { lo: 0, hi: 100 }, reach: 'targeted-only' });
          expect(state.targeting.rules).toBeGreaterThan(0);
        },
        'off-serves-on': () => expect(state).toMatchObject({ ...there, whenOff: 'on', reach: 'everyone' }),
        archived: () => expect(state.archived || !state.exists).toBe(true),
        missing: () => expect(state.exists).toBe(false),
        elsewhere: () => expect(state.exists && state.configured).toBe(false),
      };
      expected[situation]();
    });
  });

  it.each(situations.filter(has))('pass a gate that wants them off only where they are: %s', async (situation) => {
    const running = await run(provider, provider.start(situation));
    const reading = await readingOf(running);
    running.assertNoComplaint();
    const expected: Record<Situation, readonly string[]> = {
      off: ['healthy'],
      on: ['unhealthy'],
      'a-quarter': ['unhealthy'],
      // Whom a rule is for may not be told, nor what it serves.
      rules: ['unhealthy', 'insufficient'],
      'off-serves-on': ['unhealthy'],
      archived: ['unhealthy', 'insufficient'],
      missing: ['insufficient'],
      elsewhere: ['insufficient'],
    };
    expect(expected[situation], JSON.stringify(reading)).toContain(reading?.state);
    without(reading);
  });

  describe('are never off', () => {
    const refusals: Record<string, Answer> = {
      unauthorised: { status: 401, body: { message: 'no' } },
      forbidden: { status: 403, body: { message: 'no' } },
      throttled: { status: 429, headers: { 'retry-after': '3600' }, body: { message: 'slow down' } },
      broken: { status: 500, body: { message: 'oops' } },
      'a login page': { body: '<html>sign in</html>', headers: { 'content-type': 'text/html' } },
      'an empty object': { body: {} },
      'an empty list': { body: [] },
      null: { body: 'null' },
      nothing: { body: '' },
    };
    it.each(Object.entries(refusals))('when the answer is %s', async (what, answer) => {
      const running = await run(provider, provider.start('off'), () => answer);
      const state = await stateIn(running);
      // An empty list may be how a search says that there is no such flag.
      if (typeof state !== 'string') {
        expect(what).toMatch(/empty/);
        expect(state.exists).toBe(false);
      } else if (['unauthorised', 'forbidden', 'throttled'].includes(what)) {
        expect(['unauthorized', 'forbidden', 'throttled', 'bad-credential', 'not-found']).toContain(state);
      }
      without(state);
    });

    it.each(Object.entries(refusals))('for the gate either, when the answer is %s', async (what, answer) => {
      const running = await run(provider, provider.start('off'), () => answer);
      const reading = await readingOf(running, 400);
      // An empty list may be how a search says that there is no such flag.
      const states = what.includes('empty') ? ['error', 'insufficient'] : ['error'];
      expect(states, JSON.stringify(reading)).toContain(reading?.state);
      without(reading);
    });

    it('when the connection breaks in the middle', async () => {
      const running = await run(provider, provider.start('off'), (request, respond) => {
        const { body } = respond();
        return { status: 200, headers: { 'content-length': '100000' }, body: JSON.stringify(body ?? request.path) };
      });
      // The server closes with the test, so a body that never ends is cut by the signal.
      const cut = await Promise.race([stateIn(running), new Promise((resolve) => setTimeout(resolve, 300, 'hangs'))]);
      expect(typeof cut).toBe('string');
    });
  });

  describe.runIf(controls !== undefined)('are switched off', () => {
    it.each((['on', 'a-quarter'] as const).filter(has))('and back, when it is %s', async (situation) => {
      const server = provider.start(situation);
      const lasting = provider.lasting ?? ((data: unknown) => data);
      const was = structuredClone(lasting(server.data));
      const running = await run(provider, server);
      const killed = await change(running, { to: 'off' });
      running.assertNoComplaint();
      expect(killed).toMatchObject({ outcome: 'changed', after: { reach: 'nobody', exposure: { lo: 0, hi: 0 } } });
      without(killed);
      const { before, undo } = killed;
      if (!before) throw new Error('nothing was read');
      const restored = await change(running, { to: 'restore', was: before, undo: JSON.parse(JSON.stringify(undo)) });
      running.assertNoComplaint();
      expect(restored).toMatchObject({ outcome: 'changed', after: { exposure: before.exposure, reach: before.reach } });
      expect(lasting(server.data)).toEqual(was);
    });

    it('twice, and the second time nothing is written', async () => {
      const running = await run(provider, provider.start('off'));
      expect(await change(running, { to: 'off' })).toMatchObject({ outcome: 'already' });
      running.assertNoComplaint();
      expect(running.writes()).toEqual([]);
    });

    it('only in words in a dry run', async () => {
      const running = await run(provider, provider.start('on'));
      const dry = await change(running, { to: 'off' }, true);
      expect(dry).toMatchObject({ outcome: 'dry-run', before: { reach: 'everyone' } });
      running.assertNoComplaint();
      expect(running.writes()).toEqual([]);
    });

    it.runIf(has('off-serves-on'))('never where off serves the new code', async () => {
      const running = await run(provider, provider.start('off-serves-on'));
      expect((await change(running, { to: 'off' })).outcome).toBe('refused');
      expect(running.writes()).toEqual([]);
    });

    it.each((['missing', 'elsewhere', 'archived'] as const).filter(has))('never when it is %s', async (situation) => {
      const running = await run(provider, provider.start(situation));
      const { outcome, next } = await change(running, { to: 'off' });
      expect(['refused', 'not-read']).toContain(outcome);
      expect(next).toBeTruthy();
      expect(running.writes()).toEqual([]);
    });

    it.each([
      ['changed-in-between', 'changed-in-between'],
      ['approval', 'approval'],
      ['write-forbidden', 'permission'],
    ] as const)('not with the obstacle %s', async (obstacle, code) => {
      if (!has(obstacle)) return;
      const running = await run(provider, provider.start('on', obstacle));
      const killed = await change(running, { to: 'off' });
      running.assertNoComplaint();
      expect(killed).toMatchObject({ outcome: 'refused', code });
      expect(killed.next).toBeTruthy();
      without(killed);
      expect(await stateIn(running)).not.toMatchObject({ reach: 'nobody' });
    });

    it('is not believed when the provider takes it and nothing changes', async () => {
      const isWrite = provider.isWrite ?? (({ method }) => !['GET', 'HEAD'].includes(method));
      const server = provider.start('on');
      const running = await run(provider, server, (request, respond) => {
        if (!isWrite(request)) return respond();
        const kept = structuredClone(server.data);
        const answer = respond();
        server.data = kept;
        return answer;
      });
      expect(await change(running, { to: 'off' })).toMatchObject({ outcome: 'not-verified' });
    });

    it('is not believed when the provider fails', async () => {
      const isWrite = provider.isWrite ?? (({ method }) => !['GET', 'HEAD'].includes(method));
      const running = await run(provider, provider.start('on'), (request, respond) =>
        isWrite(request) ? { status: 502, body: '' } : respond(),
      );
      expect(await change(running, { to: 'off' })).toMatchObject({
        outcome: 'not-verified',
        after: { reach: 'everyone' },
      });
    });
  });

  describe.runIf(controls === 'rollout')('are rolled out', () => {
    it('step by step from off', async () => {
      const running = await run(provider, provider.start('off'));
      for (const percent of [1, 25, 50, 100]) {
        const changed = await change(running, { to: 'rollout', percent });
        running.assertNoComplaint();
        expect(changed).toMatchObject({ outcome: 'changed', after: { exposure: { lo: percent, hi: percent } } });
        without(changed);
        // Never more than asked for on the way: a switch thrown before the percentage is set shows everybody.
        expect((changed.after?.exposure.hi ?? 0) <= percent).toBe(true);
      }
      expect(await change(running, { to: 'off' })).toMatchObject({ outcome: 'changed' });
    });

    it.runIf(has('rules'))('never over rules of unknown size', async () => {
      const running = await run(provider, provider.start('rules'));
      expect(await change(running, { to: 'rollout', percent: 5 })).toMatchObject({ outcome: 'refused' });
      expect(running.writes()).toEqual([]);
    });
  });
});

it('there is a stand-in for every source of flags that is asked over the network', () => {
  const types = new Set(providers.map(({ type }) => type));
  const files = ['flagd', 'go-feature-flag'];
  for (const { type, families } of sourceEntries) {
    if (families.includes('flags') && !files.includes(type)) expect(types).toContain(type);
  }
});
