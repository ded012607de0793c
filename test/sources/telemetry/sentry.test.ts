import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { sentrySource } from '../../../src/sources/telemetry/sentry/index.js';
import { releaseOf } from '../../../src/sources/telemetry/sentry/issues.js';
import { SimulatedClock } from '../../support/clock.js';
import { sourceContext } from '../../support/context.js';
import { type Handler, reply, standIn } from '../../support/server.js';

const now = Date.parse('2026-11-23T10:40:00Z');
const hour = 3_600_000;
const base = { organization: 'acme', project: 'shop', token: 't' };
const match = 'firstRelease:shop@1';

async function open(handler: Handler, config: Record<string, unknown> = { 'project-id': 7 }) {
  const server = await standIn(handler);
  const clock = new SimulatedClock(now);
  return {
    server,
    source: sentrySource.open(
      v.parse(sentrySource.schema, { ...base, url: server.url, ...config }),
      sourceContext({ clock }),
    ),
  };
}

const signal = { signal: 'crash-free-users', where: { version: 'shop@1' }, synthetic: false } as const;
const telemetry = (query: object | string, from = now - 900_000) => ({
  family: 'telemetry' as const,
  query: query as typeof signal,
  window: { from, to: now },
});
const abort = () => AbortSignal.timeout(5000);

describe('sessions', () => {
  const answer = (intervals: string[], counts: number[]) => ({
    intervals,
    groups: [
      { totals: { 'crash_free_rate(user)': 0.99, 'count_unique(user)': 12 }, series: { 'count_unique(user)': counts } },
    ],
  });

  it('are asked for by whole hours, and as old as the hour that they were counted in', async () => {
    const hours = ['2026-11-23T09:00:00Z', '2026-11-23T10:00:00Z'];
    const { server, source } = await open((_, response) => reply(response, 200, answer(hours, [3, 9])));
    const got = await source.telemetry(telemetry(signal, now - 2 * hour), abort());
    const { searchParams: q } = new URL(server.received[0]?.path ?? '', 'http://x');
    expect([q.get('start'), q.get('end')]).toEqual(['2026-11-23T08:00:00.000', '2026-11-23T11:00:00.000']);
    expect(got).toMatchObject({ events: 12, seen: 1, newest: '2026-11-23T10:00:00.000Z', series: [{ value: 0.99 }] });
    const { source: young } = await open((_, response) => reply(response, 200, answer(hours, [0, 9])));
    // The release is younger than the hour.
    expect(await young.telemetry(telemetry(signal), abort())).toMatchObject({ newest: '2026-11-23T10:25:00.000Z' });
    const { source: old } = await open((_, response) => reply(response, 200, answer(hours, [3, 0])));
    expect(await old.telemetry(telemetry(signal), abort())).toMatchObject({ newest: '2026-11-23T09:00:00.000Z' });
  });

  it.each<[string, object | string, Record<string, unknown>]>([
    ['a query', 'select', { 'project-id': 7 }],
    ['no release', { ...signal, where: {} }, { 'project-id': 7 }],
    ['a slice that it does not know', { ...signal, where: { version: '1', role: 'a' } }, { 'project-id': 7 }],
    ['no project', signal, {}],
  ])('refuse %s', async (_, query, config) => {
    const { source, server } = await open((__, response) => reply(response, 200, {}), config);
    await expect(source.telemetry(telemetry(query), abort())).rejects.toMatchObject({
      code: 'bad-query',
      permanent: true,
    });
    expect(server.received).toEqual([]);
  });
});

describe('issues', () => {
  it('are read page after page, without their messages', async () => {
    const { source } = await open(({ path }, response) => {
      if (!path.includes('/issues/'))
        return reply(response, 200, {
          version: 'shop@1',
          lastEvent: new Date(now).toISOString(),
          projects: [{ slug: 'shop' }],
        });
      const second = path.includes('cursor=0%3A100%3A0');
      const link = `<http://x>; rel="previous"; results="false"; cursor="0:0:1", <http://x>; rel="next"; results="${!second}"; cursor="0:100:0"`;
      const issue = {
        id: second ? '2' : '1',
        title: 'E: a@b.c',
        metadata: { type: second ? undefined : 'E', value: 'a@b.c' },
        firstSeen: '2026-11-23T10:00:00Z',
      };
      reply(response, 200, [issue], { link });
    }, {});
    const got = await source.alerts({ family: 'alerts', match, deployedAt: now - hour }, abort());
    expect(got).toMatchObject({ counts: { firing: 2 }, rules: 1 });
    expect(got.alerts.map((a) => a.name)).toEqual(['E', 'issue 2']);
    expect(JSON.stringify(got)).not.toContain('a@b.c');
  });

  it.each([
    ['firstRelease:a@1', 'a@1'],
    ['is:unresolved release:"a b"', 'a b'],
    ['first-release:1.2.3 level:error', '1.2.3'],
  ])('of %s are those of %s', (text, release) => expect(releaseOf(text)).toBe(release));

  it.each([undefined, 'is:unresolved', 'release:*', 'firstRelease:a@*'])('refuse the match %s', (text) => {
    expect(() => releaseOf(text)).toThrow(/expected `match` with the release/);
  });
});
