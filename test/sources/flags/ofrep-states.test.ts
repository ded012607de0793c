/** States from evaluations alone: what they prove, what they estimate, and what they do not show. */
import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { type FlagStates, measurement } from '../../../src/record/evidence.js';
import type { Meaning } from '../../../src/sources/flags/meaning.js';
import { ofrepSource } from '../../../src/sources/flags/ofrep/index.js';
import { wilson } from '../../../src/sources/flags/ofrep/sampled.js';
import { NotMeasured } from '../../../src/sources/source.js';
import { sourceContext } from '../../support/context.js';
import { type Received, reply, standIn } from '../../support/server.js';

const meaning: Meaning = { on: [true, 'on'], off: [false, 'off'] };
type Of = { flag: string } | { match: string };
type Body = Record<string, unknown>;

interface Asked {
  readonly states?: FlagStates;
  readonly state?: FlagStates['states'][number] | undefined;
  readonly error?: NotMeasured;
  readonly received: readonly Received[];
  /** Requests that were under way at once. */
  readonly most: number;
}

/** @param body of one flag, for the user with this number */
async function ask(
  of: Of,
  body: (user: number, request: Received) => { status?: number; body: unknown },
  { sample = 0, as = meaning, config = {} }: { sample?: number; as?: Meaning; config?: Body } = {},
): Promise<Asked> {
  const numberOf = ({ body: text }: Received): number => {
    const { context } = JSON.parse(text) as { context: { targetingKey: string } };
    return Number(/^signalbox(?:-(\d+))?$/.exec(context.targetingKey)?.[1] ?? 0);
  };
  let [under, most] = [0, 0];
  const server = await standIn((request, response) => {
    under += 1;
    most = Math.max(most, under);
    setTimeout(() => {
      under -= 1;
      const { status = 200, body: answer } = body(numberOf(request), request);
      reply(response, status, answer);
    }, 1);
  });
  const source = ofrepSource.open(v.parse(ofrepSource.schema, { url: server.url, sample, ...config }), sourceContext());
  const answer = await source
    .flags?.({ family: 'flags', ask: 'states', of, meaning: as }, AbortSignal.timeout(20_000))
    .catch((error: unknown) => error);
  if (answer instanceof Error) return { error: answer as NotMeasured, received: server.received, most };
  const states = v.parse(measurement, JSON.parse(JSON.stringify({ ...(answer as object), source: 'f' }))) as FlagStates;
  return { states, state: states.states[0], received: server.received, most };
}

const x = { flag: 'x' };
const served = (value: unknown, reason: string, more: Body = {}) => ({ body: { key: 'x', value, reason, ...more } });

describe('one flag', () => {
  it.each([
    ['STATIC', false, { exposure: { lo: 0, hi: 0 }, reach: 'nobody', enabled: null, serves: { value: false } }],
    ['static', true, { exposure: { lo: 100, hi: 100 }, reach: 'everyone', whenOff: 'unknown' }],
    ['STATIC', 'blue', { exposure: { lo: 0, hi: 100 }, reach: 'unknown', kind: 'multivariate' }],
    ['STATIC', undefined, { exposure: { lo: 0, hi: 100 }, reach: 'unknown', kind: 'unknown' }],
    ['DISABLED', undefined, { exposure: { lo: 0, hi: 100 }, enabled: false, whenOff: 'code-default' }],
    ['DISABLED', false, { exposure: { lo: 0, hi: 0 }, enabled: false, reach: 'nobody', whenOff: 'off' }],
    // What is served while it is disabled may be the new code.
    ['DISABLED', true, { exposure: { lo: 100, hi: 100 }, enabled: false, reach: 'everyone', whenOff: 'on' }],
    ['TARGETING_MATCH', false, { exposure: { lo: 0, hi: 100 }, reach: 'unknown' }],
    ['SPLIT', true, { exposure: { lo: 0, hi: 100 }, reach: 'unknown' }],
    ['DEFAULT', false, { exposure: { lo: 0, hi: 100 }, reach: 'unknown' }],
    ['CACHED', false, { exposure: { lo: 0, hi: 100 }, reach: 'unknown' }],
    ['UNKNOWN', false, { exposure: { lo: 0, hi: 100 }, reach: 'unknown' }],
  ])('with the reason %s that serves %j, not sampled', async (reason, value, expected) => {
    const { state, received } = await ask(x, () => served(value, reason));
    expect(state).toMatchObject({ key: 'x', exists: true, method: 'static', ...expected });
    expect(received).toHaveLength(1);
  });

  it('is read without a reason as one of which nothing is known', async () => {
    const { state } = await ask(x, () => ({ body: { key: 'x', value: false } }));
    expect(state).toMatchObject({ exposure: { lo: 0, hi: 100 }, reach: 'unknown' });
  });

  it('is not asked for many where all get the same', async () => {
    for (const reason of ['STATIC', 'DISABLED']) {
      expect((await ask(x, () => served(false, reason), { sample: 100 })).received).toHaveLength(1);
    }
  });

  it('is estimated at 95 % from as many users as the policy says, never more than eight at once', async () => {
    const { state, received, most, states } = await ask(x, (user) => served(user % 4 === 0, 'SPLIT'), { sample: 100 });
    expect(state).toMatchObject({ method: 'sampled', sample: 100, reach: 'partial', serves: null });
    expect(state?.exposure.lo).toBeCloseTo(17.55, 1);
    expect(state?.exposure.hi).toBeCloseTo(34.3, 1);
    expect(received).toHaveLength(100);
    expect(new Set(received.map(({ body }) => body)).size).toBe(100);
    expect(most).toBeLessThanOrEqual(8);
    expect(states?.notes.join()).toContain('what rules serve to others is not seen');
  });

  it('is never proven to be off, or on, by users that all got the same', async () => {
    const none = await ask(x, () => served(false, 'DEFAULT'), { sample: 200 });
    expect(none.state).toMatchObject({ reach: 'unknown', method: 'sampled' });
    expect(none.state?.exposure.lo).toBe(0);
    expect(none.state?.exposure.hi).toBeCloseTo(1.88, 1);
    const all = await ask(x, () => served(true, 'DEFAULT'), { sample: 200 });
    expect(all.state).toMatchObject({ reach: 'unknown', exposure: { hi: 100 } });
    expect(all.state?.exposure.lo).toBeCloseTo(98.1, 1);
  });

  it('counts what is neither on nor off for both', async () => {
    const { state } = await ask(x, (user) => served(user % 2 === 0 ? 'blue' : false, 'SPLIT'), { sample: 100 });
    expect(state).toMatchObject({ exposure: { lo: 0 }, unclear: [expect.stringContaining('50 of 100')] });
    expect(state?.exposure.hi).toBeGreaterThan(55);
    const known = await ask(x, (user) => served(user % 2 === 0 ? undefined : false, 'SPLIT'), {
      sample: 100,
      as: { ...meaning, codeDefault: 'off' },
    });
    expect(known.state).toMatchObject({ exposure: { lo: 0 }, unclear: [] });
    expect(known.state?.exposure.hi).toBeLessThan(5);
  });

  it.each([
    [
      'fails for one of them',
      (user: number) =>
        user === 57 ? { status: 400, body: { key: 'x', errorCode: 'GENERAL' } } : served(false, 'SPLIT'),
      'evaluation-failed',
    ],
    [
      'is gone for one of them',
      (user: number) =>
        user === 57 ? { status: 404, body: { key: 'x', errorCode: 'FLAG_NOT_FOUND' } } : served(false, 'SPLIT'),
      'evaluation-failed',
    ],
    [
      'is switched on meanwhile',
      (user: number) => served(user >= 57, user >= 57 ? 'STATIC' : 'SPLIT'),
      'evaluation-failed',
    ],
    [
      'is another for one of them',
      (user: number) => (user === 57 ? { body: { key: 'y', value: false } } : served(false, 'SPLIT')),
      'bad-answer',
    ],
    [
      'may not be asked any more',
      (user: number) => (user === 57 ? { status: 403, body: {} } : served(false, 'SPLIT')),
      'forbidden',
    ],
  ])('that %s is not measured', async (_, body, code) => {
    const { error, received } = await ask(x, body, { sample: 1000 });
    expect(error).toBeInstanceOf(NotMeasured);
    expect(error?.code).toBe(code);
    // And nobody goes on asking.
    if (code !== 'evaluation-failed') expect(received.length).toBeLessThan(200);
  });

  it('that is not there is missing only on the word of the service', async () => {
    const gone = await ask(x, () => ({ status: 404, body: { key: 'x', errorCode: 'FLAG_NOT_FOUND' } }), { sample: 50 });
    expect(gone.states).toMatchObject({ seen: 0, states: [{ exists: false }] });
    expect(gone.received).toHaveLength(1);
    expect((await ask(x, () => ({ status: 404, body: 'nginx' }))).error?.code).toBe('not-found');
    expect((await ask({ flag: '..' }, () => served(false, 'STATIC'))).error?.code).toBe('bad-query');
  });

  it('takes a sample that is large enough to say something, and not more than it may ask', () => {
    for (const sample of [-1, 1, 19, 20.5, 2001, Number.NaN]) {
      expect(v.safeParse(ofrepSource.schema, { url: 'https://f.example', sample }).success, String(sample)).toBe(false);
    }
    for (const sample of [0, 20, 2000]) {
      expect(v.safeParse(ofrepSource.schema, { url: 'https://f.example', sample }).success).toBe(true);
    }
  });
});

describe('many flags', () => {
  const all = (...flags: Body[]) => ({ body: { flags } });
  const match = { match: 'a-*' };
  const one = (key: string, value: unknown, reason: string) => ({ key, value, reason });

  it('are asked for by the list, once for each user', async () => {
    const { states, received } = await ask(
      match,
      (user) => all(one('a-1', false, 'STATIC'), one('a-2', user % 2 === 0, 'SPLIT'), one('b', true, 'STATIC')),
      { sample: 40, config: { token: 'tok-1' } },
    );
    expect(received).toHaveLength(40);
    expect(received[0]).toMatchObject({
      method: 'POST',
      path: '/ofrep/v1/evaluate/flags',
      headers: { authorization: 'Bearer tok-1', 'content-type': 'application/json' },
      body: '{"context":{"targetingKey":"signalbox"}}',
    });
    expect(states).toMatchObject({
      seen: 2,
      states: [
        { key: 'a-1', method: 'static', reach: 'nobody' },
        { key: 'a-2', method: 'sampled', sample: 40, reach: 'partial' },
      ],
    });
    expect(states?.notes.join()).toContain('may lack flags that are disabled');
    expect(JSON.stringify(states)).not.toContain('tok-1');
  });

  it('that need no sample are asked for once', async () => {
    const some = () => all(one('a-1', false, 'STATIC'), one('b', true, 'SPLIT'));
    expect((await ask(match, some, { sample: 100 })).received).toHaveLength(1);
    expect((await ask(match, () => all(), { sample: 100 })).states).toMatchObject({ seen: 0, states: [] });
  });

  it('of which one that was asked for cannot be evaluated are not measured; another may', async () => {
    const failed = (key: string) => ({ key, errorCode: 'PARSE_ERROR', errorDetails: 'bad rule' });
    const bad = await ask(match, () => all(one('a-1', false, 'STATIC'), failed('a-2')));
    expect(bad.error).toMatchObject({ code: 'evaluation-failed', message: expect.stringContaining('a-2') as unknown });
    expect((await ask(match, () => all(one('a-1', false, 'STATIC'), failed('b')))).states?.seen).toBe(1);
  });

  it.each([
    ['vanish', (user: number) => (user === 7 ? all() : all(one('a-1', false, 'SPLIT'))), 'evaluation-failed'],
    [
      'are disabled meanwhile',
      (user: number) => all(one('a-1', undefined, user < 7 ? 'SPLIT' : 'DISABLED')),
      'evaluation-failed',
    ],
    ['stand in the list twice', () => all(one('a-1', false, 'STATIC'), one('a-1', true, 'STATIC')), 'bad-answer'],
    ['are no list', () => ({ body: { flags: { 'a-1': false } } }), 'bad-answer'],
    ['have no name', () => all({ value: false, reason: 'STATIC' }), 'bad-answer'],
    ['are a page', () => ({ body: '<html>' }), 'bad-answer'],
    ['are refused', () => ({ status: 400, body: { errorCode: 'INVALID_CONTEXT' } }), 'evaluation-failed'],
    ['are not there', () => ({ status: 404, body: {} }), 'not-found'],
    ['are not for us', () => ({ status: 401, body: {} }), 'unauthorized'],
    ['are too many', () => all(...Array.from({ length: 501 }, (_, i) => one(`a-${i}`, false, 'STATIC'))), 'too-large'],
  ])('that %s are not measured', async (_, body, code) => {
    expect((await ask(match, body, { sample: 20 })).error?.code).toBe(code);
  });
});

it('the bounds are those of Wilson, and hold nearly always', () => {
  // R: prop.test(25, 100, correct = FALSE)$conf.int
  expect(wilson(25, 100).lo).toBeCloseTo(17.5452, 3);
  expect(wilson(25, 100).hi).toBeCloseTo(34.3045, 3);
  fc.assert(
    fc.property(fc.integer({ min: 20, max: 2000 }), fc.float({ min: 0, max: 1, noNaN: true }), (n, share) => {
      const hits = Math.round(n * share);
      const { lo, hi } = wilson(hits, n);
      expect(lo).toBeGreaterThanOrEqual(0);
      expect(hi).toBeLessThanOrEqual(100);
      expect(lo).toBeLessThanOrEqual((100 * hits) / n);
      expect(hi).toBeGreaterThanOrEqual((100 * hits) / n);
      expect(lo === 0).toBe(hits === 0);
      expect(hi === 100).toBe(hits === n);
    }),
  );
});
