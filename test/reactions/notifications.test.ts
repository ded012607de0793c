/** Each notification against a stand-in that checks what it is sent, and answers as the published API does. */
import { createHmac } from 'node:crypto';
import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { notificationTypeOf, notificationTypes } from '../../src/reactions/notifications/index.js';
import type { Annotation, ReleaseEvent } from '../../src/reactions/reaction.js';
import { noticeOf } from '../../src/report/notice.js';
import { ratio, recordOf, stories } from '../report/stories.js';
import { sourceContext } from '../support/context.js';
import { type Handler, reply, standIn } from '../support/server.js';
import { decisions, event, signal } from './support.js';

const key = 'a-secret-key-of-the-hook';
const secret = `whsec_${Buffer.from(key).toString('base64')}`;

const told = (story: keyof typeof stories, change: Partial<ReleaseEvent> = {}): ReleaseEvent =>
  event('stop', { notice: noticeOf(stories[story]), ...change });

function open(type: string, config: object): Annotation {
  const kind = notificationTypeOf(type);
  if (!kind) throw new Error(`no notification ${type}`);
  return kind.open(v.parse(kind.schema, config), undefined, sourceContext());
}

const parsed = (text: string | undefined): Record<string, unknown> =>
  JSON.parse(text ?? '{}') as Record<string, unknown>;
const github = { token: 'ghs_secret', repository: 'octocat/shop' };

const nasty =
  '<!channel> @here *bold* [x](javascript:alert(1)) <script>alert(1)</script>\n::error::x ##vso[task.complete]';
const hostile = recordOf({
  gates: [ratio(nasty, [4.1])],
  verdict: { decision: 'stop', reason: 'unhealthy', gates: [nasty], sentence: nasty },
});

describe('webhook', () => {
  it('posts a CloudEvent that is signed as Standard Webhooks', async () => {
    const { url, received } = await standIn((_request, response) => reply(response, 204, ''));
    const end = await open('webhook', { url: `${url}/hook`, secret }).end(told('stop'), decisions.stop, signal());
    const [got] = received;
    expect(`${got?.method} ${got?.path}`).toBe('POST /hook');
    const { headers } = got ?? {};
    const body = got?.body ?? '';
    expect(headers?.['content-type']).toBe('application/cloudevents+json; charset=utf-8');
    const signed = `${String(headers?.['webhook-id'])}.${String(headers?.['webhook-timestamp'])}.${body}`;
    expect(headers?.['webhook-signature']).toBe(`v1,${createHmac('sha256', key).update(signed).digest('base64')}`);
    expect(parsed(body)).toMatchObject({
      specversion: '1.0',
      id: headers?.['webhook-id'],
      type: 'signalbox.decision.v1',
      source: 'https://github.com/octocat/shop/actions/runs/7/attempts/1',
      data: {
        version: 1,
        decision: 'stop',
        reason: 'unhealthy',
        release: { version: '1.2.3', environment: 'production' },
        gates: [
          { name: 'error rate', state: 'unhealthy', reason: true },
          { name: 'scans' },
          { name: 'dark launch' },
          {},
        ],
      },
    });
    expect(end).toMatch(/^stop posted as event /);
  });

  it('sends the same event again when the connection breaks, with the same id', async () => {
    const { url, received } = await standIn((_request, response, count) =>
      count === 1 ? reply(response, 503, '') : reply(response, 200, 'ok'),
    );
    await open('webhook', { url, secret }).end(told('stop'), decisions.stop, signal());
    expect(received).toHaveLength(2);
    expect(received[1]?.headers['webhook-id']).toBe(received[0]?.headers['webhook-id']);
    expect(received[1]?.body).toBe(received[0]?.body);
  });

  it('is refused without https, and with a secret of another form', () => {
    const schema = notificationTypeOf('webhook')?.schema;
    if (!schema) throw new Error('no webhook');
    expect(v.is(schema, { url: 'http://hooks.example.com' })).toBe(false);
    expect(v.is(schema, { url: 'https://hooks.example.com', secret: 'short' })).toBe(false);
    expect(v.is(schema, { url: 'https://hooks.example.com', secret })).toBe(true);
  });
});

describe('what goes to people', () => {
  it.each(['slack', 'teams'])('%s: names every reason, with the next step and the run', async (type) => {
    const { url, received } = await standIn((_request, response) => reply(response, 200, 'ok'));
    await open(type, { webhook: `${url}/services/T0/B0/secret` }).end(told('stop'), decisions.stop, signal());
    const text = received[0]?.body ?? '';
    for (const part of [
      'error rate',
      '4.1 %',
      'scans',
      'dark launch',
      'checkout 1.2.3 to production',
      'actions/runs/7',
    ]) {
      expect(text).toContain(part);
    }
  });

  it.each(['slack', 'teams'])('%s: does not tell its address when it is refused', async (type) => {
    const { url } = await standIn((_request, response) => reply(response, 403, 'invalid_token /services/T0/B0/secret'));
    const end = open(type, { webhook: `${url}/services/T0/B0/secret` }).end(told('stop'), decisions.stop, signal());
    await expect(end).rejects.toThrow(/does not take it \(403\): the address or its secret is not accepted/);
    await expect(end).rejects.not.toThrow(/T0/);
  });

  it('slack: what comes from outside is neither a mention nor a link', async () => {
    const { url, received } = await standIn((_request, response) => reply(response, 200, 'ok'));
    const outside = told('stop', { notice: noticeOf(hostile), subject: nasty });
    await open('slack', { webhook: url }).end(outside, decisions.stop, signal());
    const { text, blocks } = parsed(received[0]?.body) as {
      text: string;
      blocks: { type: string; text?: { type: string; text: string }; elements?: { text: string }[] }[];
    };
    expect(text).not.toMatch(/<(?!\/)/);
    expect(blocks.length).toBeLessThanOrEqual(50);
    for (const block of blocks) {
      if (block.type === 'context')
        expect(block.elements?.[0]?.text).toBe('<https://github.com/octocat/shop/actions/runs/7/attempts/1|the run>');
      else expect(block.text?.type).toBe('plain_text');
      if (block.type === 'header') expect(block.text?.text.length).toBeLessThanOrEqual(150);
      expect(block.text?.text.length ?? 0).toBeLessThanOrEqual(3000);
    }
  });

  it('teams: what comes from outside stands in runs of text, which are no Markdown', async () => {
    const { url, received } = await standIn((_request, response) => reply(response, 202, ''));
    await open('teams', { webhook: url }).end(
      told('stop', { notice: noticeOf(hostile), subject: nasty }),
      decisions.stop,
      signal(),
    );
    const { attachments } = parsed(received[0]?.body) as {
      attachments: {
        contentType: string;
        content: { version: string; body: { type: string; inlines: { type: string }[] }[] };
      }[];
    };
    expect(attachments[0]?.contentType).toBe('application/vnd.microsoft.card.adaptive');
    expect(attachments[0]?.content.version).toBe('1.5');
    for (const { type, inlines } of attachments[0]?.content.body ?? []) {
      expect(type).toBe('RichTextBlock');
      expect(inlines.every((inline) => inline.type === 'TextRun')).toBe(true);
    }
    expect(Buffer.byteLength(received[0]?.body ?? '')).toBeLessThan(28_000);
  });

  it.each(['slack', 'teams'])('%s: a hundred reasons stay within the limits, and each is named', async (type) => {
    const { url, received } = await standIn((_request, response) => reply(response, 200, 'ok'));
    const gates = Array.from({ length: 40 }, (_, i) => ratio(`gate-${i}`, [4.1]));
    const names = gates.map(({ name }) => name);
    const many = recordOf({ gates, verdict: { decision: 'stop', reason: 'unhealthy', gates: names, sentence: '' } });
    await open(type, { webhook: url }).end(told('stop', { notice: noticeOf(many) }), decisions.stop, signal());
    for (const name of names) expect(received[0]?.body).toContain(name);
    expect(Buffer.byteLength(received[0]?.body ?? '')).toBeLessThan(28_000);
  });
});

describe('github-commit-status', () => {
  it('is pending while the train waits, and then what was decided', async () => {
    const { url, received } = await standIn((_request, response) => reply(response, 201, { id: 1 }));
    const status = open('github-commit-status', { ...github, url });
    await status.begin?.(event('watching'), signal());
    await status.end(told('stop'), decisions.stop, signal());
    expect(received.map(({ method, path }) => `${method} ${path}`)).toEqual(
      Array(2).fill('POST /repos/octocat/shop/statuses/5f2c1e0d9b8a7f6e5d4c3b2a1908f7e6d5c4b3a2'),
    );
    expect(received.map(({ body }) => parsed(body))).toMatchObject([
      { state: 'pending', context: 'signalbox/production' },
      { state: 'failure', description: expect.stringMatching(/^Stop: error rate is 4\.1 %/) },
    ]);
    expect(String(parsed(received[1]?.body).description).length).toBeLessThanOrEqual(140);
  });

  it('wants the whole commit', async () => {
    const end = open('github-commit-status', { ...github, url: 'http://127.0.0.1:9' }).end(
      told('stop', { sha: '5f2c1e0' }),
      decisions.stop,
      signal(),
    );
    await expect(end).rejects.toThrow(/expected the whole id of the commit/);
  });
});

describe('github-dispatch', () => {
  it('sends the decision in one property, within 64 KB', async () => {
    const { url, received } = await standIn((_request, response) => {
      response.writeHead(204);
      response.end();
    });
    const gates = Array.from({ length: 400 }, (_, i) => ratio(`${'x'.repeat(90)} ${i}`, [4.1]));
    const many = recordOf({ gates, verdict: { decision: 'stop', reason: 'unhealthy', gates: [], sentence: '' } });
    await open('github-dispatch', { ...github, url }).end(
      told('stop', { notice: noticeOf(many) }),
      decisions.stop,
      signal(),
    );
    const body = parsed(received[0]?.body);
    expect(received[0]?.path).toBe('/repos/octocat/shop/dispatches');
    expect(body.event_type).toBe('signalbox-stop');
    expect(Object.keys(body.client_payload as object)).toEqual(['signalbox']);
    expect(Buffer.byteLength(received[0]?.body ?? '')).toBeLessThan(64 * 1024);
  });

  it('names the permission where it is missing', async () => {
    const { url } = await standIn((_request, response) => reply(response, 404, { message: 'Not Found' }));
    const end = open('github-dispatch', { ...github, url }).end(told('stop'), decisions.stop, signal());
    await expect(end).rejects.toThrow(/it needs a token with the permission contents: write/);
  });
});

/** Issues of a repository, as far as they are used. */
class Issues {
  readonly all: {
    number: number;
    state: string;
    title: string;
    body: string;
    labels: string[];
    comments: string[];
    pull_request?: object;
  }[] = [];
  readonly handler: Handler = (request, response) => {
    const { method, path, body } = request;
    expect(request.headers.authorization).toBe('Bearer ghs_secret');
    const url = new URL(path, 'http://github');
    const [, number] = /^\/repos\/octocat\/shop\/issues(?:\/(\d+))?/.exec(url.pathname) ?? [];
    const issue = this.all.find((one) => String(one.number) === number);
    const sent = parsed(body || '{}');
    if (method === 'GET') {
      const page = Number(url.searchParams.get('page'));
      const labelled = this.all.filter(({ labels }) => labels.includes(url.searchParams.get('labels') ?? ''));
      return reply(response, 200, [...labelled].reverse().slice((page - 1) * 100, page * 100));
    }
    if (method === 'POST' && url.pathname.endsWith('/comments')) {
      issue?.comments.push(String(sent.body));
      return reply(response, 201, { id: 1 });
    }
    if (method === 'POST') {
      const made = {
        number: this.all.length + 1,
        state: 'open',
        comments: [],
        ...(sent as { title: string; body: string; labels: string[] }),
      };
      this.all.push(made);
      return reply(response, 201, made);
    }
    expect(method).toBe('PATCH');
    Object.assign(issue ?? {}, sent);
    return reply(response, 200, issue);
  };
}

describe('github-issue', () => {
  async function tracker() {
    const issues = new Issues();
    const { url } = await standIn(issues.handler);
    const end = (happened: ReleaseEvent, decision: keyof typeof decisions) =>
      open('github-issue', { ...github, url }).end(happened, decisions[decision], signal());
    return { issues, end };
  }

  it('is one: opened by a stop, brought up to date by the next, closed by the next go', async () => {
    const { issues, end } = await tracker();
    expect(await end(told('stop'), 'stop')).toBe('issue #1 opened in octocat/shop');
    expect(issues.all[0]).toMatchObject({
      labels: ['signalbox'],
      title: expect.stringContaining('checkout 1.2.3 to production: Stop: error rate'),
    });
    expect(issues.all[0]?.body).toContain('### Why it stopped');
    expect(await end(told('stop'), 'stop')).toBe('issue #1 brought up to date in octocat/shop');
    expect(issues.all[0]?.comments).toEqual([]);
    expect(await end(told('notMeasured'), 'unmeasured')).toMatch(/#1 brought up to date/);
    expect(issues.all[0]?.comments).toEqual([
      expect.stringMatching(/^It stopped for another reason \(`not-measured`\), commit 5f2c/),
    ]);
    expect(await end(told('continue'), 'continue')).toBe('issue #1 closed in octocat/shop');
    expect(issues.all[0]).toMatchObject({ state: 'closed' });
    expect(await end(told('continue'), 'continue')).toBeUndefined();
    expect(await end(told('stop'), 'stop')).toBe('issue #1 opened again in octocat/shop');
    expect(issues.all).toHaveLength(1);
    expect(issues.all[0]).toMatchObject({ state: 'open' });
  });

  it('belongs to its service and environment alone', async () => {
    const { issues, end } = await tracker();
    await end(told('stop'), 'stop');
    await end(told('stop', { environment: 'staging' }), 'stop');
    await end(told('stop', { service: 'search' }), 'stop');
    expect(issues.all).toHaveLength(3);
    await end(told('continue', { environment: 'staging' }), 'continue');
    expect(issues.all.map(({ state }) => state)).toEqual(['open', 'closed', 'open']);
  });

  it('is found behind many others, and never taken for a pull request or for what somebody wrote', async () => {
    const { issues, end } = await tracker();
    await end(told('stop'), 'stop');
    const [own] = issues.all;
    const marker = own?.body.split('\n')[0] ?? '';
    for (let i = 0; i < 150; i += 1) {
      const number = issues.all.length + 1;
      const quoted = {
        number,
        state: 'open',
        title: 'x',
        labels: ['signalbox'],
        comments: [],
        body: `they said: ${marker}`,
      };
      issues.all.push(i === 0 ? { ...quoted, body: marker, pull_request: {} } : quoted);
    }
    expect(await end(told('stop'), 'stop')).toBe('issue #1 brought up to date in octocat/shop');
  });

  it('says what is missing where issues are switched off or the token may not', async () => {
    const { url } = await standIn((_request, response) =>
      reply(response, 410, { message: 'Issues are disabled for this repo' }),
    );
    await expect(open('github-issue', { ...github, url }).end(told('stop'), decisions.stop, signal())).rejects.toThrow(
      /Issues are disabled/,
    );
    const denied = await standIn((_request, response) =>
      reply(response, 403, { message: 'Resource not accessible by integration' }),
    );
    await expect(
      open('github-issue', { ...github, url: denied.url }).end(told('stop'), decisions.stop, signal()),
    ).rejects.toThrow(/issues: write/);
  });

  it('holds nothing that acts: no mention, no command, no markup from outside', async () => {
    const { issues, end } = await tracker();
    await end(told('stop', { notice: noticeOf(hostile) }), 'stop');
    const html = micromark(issues.all[0]?.body ?? '', { extensions: [gfm()], htmlExtensions: [gfmHtml()] });
    expect(html).not.toMatch(/<script|href="javascript/);
    // GitHub makes a mention of it everywhere but in code.
    expect(html.replaceAll(/<code>[^<]*<\/code>/g, '')).not.toMatch(/@here/);
  });
});

it('every notification says when it is sent', () => {
  for (const { type, schema } of notificationTypes) {
    const config = { url: 'https://x.example', webhook: 'https://x.example', token: 't' };
    const fits = v.safeParse(
      schema,
      Object.fromEntries(
        Object.entries(config).filter(([k]) => k in (schema as unknown as { entries: object }).entries),
      ),
    );
    expect(fits.success, type).toBe(true);
    expect((fits.output as { when: string[] }).when).toContain('stop');
  }
});
