/**
 * Notification `github-issue`: one issue for a service and an environment. It is opened by a stop, brought up to date by the next one, and
 * closed by the next `continue`. https://docs.github.com/rest/issues/issues
 */
import * as v from 'valibot';
import { described, filled } from '../../policy/fields.js';
import { sha256 } from '../../record/hash.js';
import type { Decision } from '../../record/record.js';
import { oneLine } from '../../sources/text.js';
import { type GithubApi, githubApi, githubFields } from '../github.js';
import { defineAnnotation, type ReleaseEvent } from '../reaction.js';
import { strange } from '../write.js';
import { occasionOf, whenField } from './notification.js';

const permission = 'issues: write';
const usualLabel = 'signalbox';

const schema = v.strictObject({
  ...githubFields(permission),
  label: described(
    v.optional(v.pipe(filled, v.maxLength(50))),
    `The issue has this label, and is found by it. Default: \`${usualLabel}\`.`,
  ),
  assignees: described(v.optional(v.array(filled), []), 'Who is assigned when it is opened; at most 10.'),
  when: whenField(['stop', 'continue']),
});
type Config = v.InferOutput<typeof schema>;

/** GitHub takes 65,536 characters. */
const mostBytes = 60_000;
const pageSize = 100;
/** The newest 500 with the label. An issue beyond that is opened anew. */
const mostPages = 5;

const issueShape = v.object({
  number: v.number(),
  state: v.picklist(['open', 'closed']),
  body: v.nullish(v.string()),
  pull_request: v.optional(v.unknown()),
});
type Issue = v.InferOutput<typeof issueShape>;

/** Found again by it, and told by it whether the reason is another. Nothing from outside is in it. */
const markerOf = (key: string, reason: string): string => `<!-- signalbox ${key} ${reason} -->`;
const markerForm = /^<!-- signalbox ([0-9a-f]{16}) ([0-9a-f]{16}) -->/;

const short = (text: string): string => sha256(text).slice(0, 16);

export const githubIssueNotification = defineAnnotation<typeof schema, undefined>({
  type: 'github-issue',
  schema,
  open(config, _connection, context) {
    const api = githubApi(config, context, permission);
    return {
      target: config.repository ?? api.host,
      async end(event, decision, signal) {
        const tracker = new Tracker(api, config, event, signal);
        const found = await tracker.find();
        // Whoever is told of a go alone, and not of a stop, has nothing to close.
        if (occasionOf(decision) === 'continue') return tracker.close(found);
        return found === undefined ? tracker.open() : tracker.update(found, decision);
      },
    };
  },
});

class Tracker {
  readonly #api: GithubApi;
  readonly #config: Config;
  readonly #event: ReleaseEvent;
  readonly #signal: AbortSignal;
  readonly #repository: string;
  readonly #key: string;

  constructor(api: GithubApi, config: Config, event: ReleaseEvent, signal: AbortSignal) {
    this.#api = api;
    this.#config = config;
    this.#event = event;
    this.#signal = signal;
    this.#repository = api.repositoryOf(event);
    this.#key = short(JSON.stringify([event.service ?? null, event.environment ?? null]));
  }

  /** The open one; else the newest that was closed. */
  async find(): Promise<Issue | undefined> {
    let closed: Issue | undefined;
    for (let page = 1; page <= mostPages; page += 1) {
      const query = new URLSearchParams({
        labels: this.#label,
        state: 'all',
        sort: 'updated',
        per_page: String(pageSize),
        page: String(page),
      });
      const parsed = v.safeParse(v.array(issueShape), await this.#call(`/issues?${query.toString()}`));
      if (!parsed.success) throw strange(this.#api.origin);
      const own = parsed.output.filter(
        ({ body, pull_request: pull }) => pull === undefined && markerForm.exec(body ?? '')?.[1] === this.#key,
      );
      const open = own.find(({ state }) => state === 'open');
      if (open) return open;
      closed ??= own[0];
      if (parsed.output.length < pageSize) break;
    }
    return closed;
  }

  async open(): Promise<string> {
    const { assignees } = this.#config;
    const body = { ...(await this.#content()), labels: [this.#label], ...(assignees.length > 0 ? { assignees } : {}) };
    const answer = await this.#call('/issues', { body });
    if (!v.is(issueShape, answer)) throw strange(this.#api.origin);
    return `issue #${answer.number} opened in ${this.#repository}`;
  }

  async update(issue: Issue, { reason }: Decision): Promise<string> {
    const again = issue.state === 'closed';
    // Said once for each reason: what only repeats itself is in the body.
    if (again || markerForm.exec(issue.body ?? '')?.[2] !== this.#reason) {
      await this.#comment(issue, again ? 'It stopped again' : `It stopped for another reason (\`${reason}\`)`);
    }
    const content = await this.#content();
    const body = { ...content, ...(again ? { state: 'open' } : {}) };
    await this.#call(`/issues/${issue.number}`, { method: 'PATCH', body });
    return `issue #${issue.number} ${again ? 'opened again' : 'brought up to date'} in ${this.#repository}`;
  }

  /** @returns undefined when there was none to close */
  async close(issue: Issue | undefined): Promise<string | undefined> {
    if (issue?.state !== 'open') return undefined;
    await this.#comment(issue, 'The train went');
    const body = { state: 'closed', state_reason: 'completed' };
    await this.#call(`/issues/${issue.number}`, { method: 'PATCH', body });
    return `issue #${issue.number} closed in ${this.#repository}`;
  }

  async #content(): Promise<{ title: string; body: string }> {
    const { notice, subject, words } = this.#event;
    const marker = markerOf(this.#key, this.#reason);
    const markdown = (await notice?.markdown(mostBytes)) ?? '';
    return {
      title: oneLine(notice === undefined ? words : `${subject}: ${notice.headline}`, 250),
      body: `${marker}\n\n${markdown}`,
    };
  }

  /** Which gates stopped it, and why: another time alone is no other reason. */
  get #reason(): string {
    const { notice } = this.#event;
    const gates = (notice?.gates ?? []).filter(({ reason }) => reason).map(({ name, state }) => [name, state]);
    return short(JSON.stringify([notice?.reason ?? null, gates]));
  }

  async #comment({ number }: Issue, words: string): Promise<void> {
    const { run, sha } = this.#event;
    const where = run === undefined ? '' : `: ${run}`;
    const commit = sha === undefined ? '' : `, commit ${sha}`;
    await this.#call(`/issues/${number}/comments`, { body: { body: `${words}${commit}${where}` } });
  }

  get #label(): string {
    return this.#config.label ?? usualLabel;
  }

  async #call(path: string, request: Parameters<GithubApi['call']>[3] = {}): Promise<unknown> {
    const what = `issues of ${this.#repository} (or they are switched off there)`;
    return this.#api.call(`/repos/${this.#repository}${path}`, what, this.#signal, request);
  }
}
