/** Marks the release on the charts that the policy names, and tells those of the decision whom it names. Whatever becomes of it, the decision stays what it is. */
import { setMaxListeners } from 'node:events';
import type { Host } from '../host/host.js';
import { sourceOf } from '../policy/relate.js';
import type { AnnotationConfig, NotificationConfig, Policy } from '../policy/schema.js';
import { annotationTypeOf } from '../reactions/index.js';
import { notificationTypeOf } from '../reactions/notifications/index.js';
import { type Occasion, occasionOf } from '../reactions/notifications/notification.js';
import type { Annotation, ReleaseEvent } from '../reactions/reaction.js';
import type { Decision, DecisionRecord, Reaction } from '../record/record.js';
import type { Redactor } from '../record/redact.js';
import { noticeOf } from '../report/notice.js';
import { viewOf } from '../report/view.js';
import { verdictSentence } from '../report/words.js';
import type { SourceContext } from '../sources/source.js';
import { oneLine } from '../sources/text.js';
import { type Clock, iso } from '../train/clock.js';

/** Longest times in all, milliseconds. */
export interface AnnotationLimits {
  readonly begin: number;
  /** How much later the step may end for it. */
  readonly end: number;
  /** The same when somebody wants the step to end now; the platforms kill it a few seconds after they asked. */
  readonly cancelled: number;
}

const usual: AnnotationLimits = { begin: 60_000, end: 5000, cancelled: 2000 };

export interface AnnotateOptions {
  readonly policy: Policy;
  readonly observe: boolean;
  /** Milliseconds since the epoch. */
  readonly began: number;
  readonly deployedAt: number;
  readonly host: Pick<Host, 'facts' | 'annotate'>;
  readonly redactor: Redactor;
  readonly context: SourceContext;
  readonly cancel: AbortSignal;
  readonly limits?: AnnotationLimits;
}

export interface Annotations {
  /** Starts to write that the train waits, and comes back at once. */
  begin(): void;
  /**
   * Writes the decision, in at most the time for it; never throws. What was not written becomes a warning on the platform.
   *
   * @param record without the reactions
   * @returns what was done since the last call, in the policy's order; `unfinished`: some of it still runs and may keep the process alive
   */
  end(record: DecisionRecord): Promise<{ readonly reactions: readonly Reaction[]; readonly unfinished: boolean }>;
}

/** Opens the policy's annotations; nothing is sent yet. */
export function openAnnotations(options: AnnotateOptions): Annotations {
  const { policy, context, host, redactor, cancel, limits = usual } = options;
  const marks = [
    ...policy.annotations.map((config) => new Mark(config.type, open(policy, config, context), context)),
    ...policy.notify.map((config) => new Mark(config.type, openNotification(config, context), context, config.when)),
  ];
  const eventFor = (said: string) => redactor.data(eventOf(options, said, iso(context.clock.now())));
  const warn = (message: string) => host.annotate({ level: 'warning', title: 'Signalbox', message });

  return {
    begin() {
      if (marks.length === 0) return;
      const event = eventFor(options.observe ? 'watching (observed only)' : 'watching');
      for (const mark of marks) mark.begin(event, limits.begin);
    },
    async end(record) {
      if (marks.length === 0) return { reactions: [], unfinished: false };
      const clean = redactor.data(record);
      const event = { ...eventFor(sentenceOf(clean)), notice: noticeOf(clean) };
      const limit = limitOf(limits, cancel);
      await Promise.all(marks.map((mark) => mark.end(event, clean.decision, limit)));
      limit.clear();
      const reactions = marks.map((mark) => mark.takeReactions());
      for (const [index, done] of reactions.entries()) {
        const { type = '', target = '' } = marks[index] ?? {};
        const what = done.some(({ moment, ok }) => moment === 'end' && ok) ? 'the start of the release' : 'the release';
        // A missing permission would be said twice, of the start and of the end.
        const said = marks[index]?.tells
          ? `${type} (${target}) was not told`
          : `${what} was not annotated in ${type} (${target})`;
        for (const reason of new Set(done.filter(({ ok }) => !ok).map(({ detail }) => detail))) {
          warn(`${said}; the decision stands: ${reason}`);
        }
      }
      return { reactions: redactor.data(reactions.flat()), unfinished: marks.some((mark) => mark.unfinished) };
    },
  };
}

const open = (policy: Policy, config: AnnotationConfig, context: SourceContext): Annotation =>
  opened(() => annotationTypeOf(config.type)?.open(config, sourceOf(policy, config), context));

const openNotification = (config: NotificationConfig, context: SourceContext): Annotation =>
  opened(() => notificationTypeOf(config.type)?.open(config, undefined, context));

/** One that cannot be opened is one that cannot be written. */
function opened(act: () => Annotation | undefined): Annotation {
  try {
    const annotation = act();
    if (!annotation) throw new Error('there is no such type');
    return annotation;
  } catch (error) {
    return { target: 'not opened', end: () => Promise.reject(error as Error) };
  }
}

/** One annotation of the policy, and what became of it. */
class Mark {
  readonly type: string;
  readonly target: string;
  /** Something that did not heed its signal still runs. */
  unfinished = false;
  readonly #annotation: Annotation;
  readonly #clock: Clock;
  readonly #ending = new AbortController();
  #reactions: Reaction[] = [];
  #begun: Promise<void> | undefined;
  readonly #when: readonly Occasion[] | undefined;

  /** @param when which ends it is told of; absent: all of them */
  constructor(type: string, annotation: Annotation, { clock }: SourceContext, when?: readonly Occasion[]) {
    this.#when = when;
    this.type = type;
    this.target = annotation.target;
    this.#annotation = annotation;
    this.#clock = clock;
  }

  begin(event: ReleaseEvent, limitMs: number): void {
    if (this.#annotation.begin === undefined) return;
    const signal = AbortSignal.any([this.#ending.signal, AbortSignal.timeout(limitMs)]);
    this.#begun = this.#do('begin', signal, async () => this.#annotation.begin?.(event, signal));
  }

  /** It tells people or programs, and marks no chart. */
  get tells(): boolean {
    return this.#when !== undefined;
  }

  async end(event: ReleaseEvent, decision: Decision, { signal, begun }: Limit): Promise<void> {
    if (this.#when?.includes(occasionOf(decision)) === false) return;
    begun.addEventListener('abort', () => this.#ending.abort(), { once: true });
    await this.#do('end', signal, async () => {
      // What it began tells it what to bring up to date.
      await this.#begun;
      return this.#annotation.end(event, decision, signal);
    });
  }

  takeReactions(): readonly Reaction[] {
    return this.#reactions.splice(0);
  }

  /** Never throws, and does not last longer than the signal, whatever the annotation makes of it. */
  async #do(moment: Reaction['moment'], signal: AbortSignal, act: () => Promise<string | undefined>): Promise<void> {
    const at = iso(this.#clock.now());
    const note = (ok: boolean, detail: string): void => {
      this.#reactions.push({
        type: this.type,
        target: this.target,
        moment,
        at,
        ok,
        detail: oneLine(detail, 500),
        ...(this.tells ? { told: true as const } : {}),
      });
    };
    try {
      const done = await Promise.race([act(), over(signal)]);
      if (done !== undefined) note(true, done);
    } catch (error) {
      if (error === outOfTime) this.unfinished = true;
      note(false, error instanceof Error ? error.message : String(error));
    }
  }
}

const outOfTime = new Error('it was not done in time');

/** Left for what heeds the signal to say what it waited for, milliseconds. */
const lastWordsMs = 50;

/** Rejects soon after the signal aborts. */
function over(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const end = () => setTimeout(reject, lastWordsMs, outOfTime);
    if (signal.aborted) end();
    else signal.addEventListener('abort', end, { once: true });
  });
}

interface Limit {
  readonly signal: AbortSignal;
  /** For what was begun and is not done yet; what is left is for the decision, which says more. */
  readonly begun: AbortSignal;
  readonly clear: () => void;
}

const shareOfBegun = 0.4;

/** Aborts after the time for the end, and sooner once somebody wants the step to end. */
function limitOf(limits: AnnotationLimits, cancel: AbortSignal): Limit {
  const whole = new AbortController();
  const part = new AbortController();
  for (const { signal } of [whole, part]) setMaxListeners(0, signal);
  const timers: NodeJS.Timeout[] = [];
  const within = (ms: number): void => {
    timers.push(setTimeout(() => whole.abort(), ms - lastWordsMs));
    timers.push(setTimeout(() => part.abort(), ms * shareOfBegun));
  };
  const hurry = () => within(limits.cancelled);
  within(limits.end);
  if (cancel.aborted) hurry();
  else cancel.addEventListener('abort', hurry, { once: true });
  const clear = () => {
    cancel.removeEventListener('abort', hurry);
    for (const timer of timers) clearTimeout(timer);
  };
  return { signal: whole.signal, begun: part.signal, clear };
}

/** As the summary's title says it, to be put behind a colon. */
function sentenceOf(record: DecisionRecord): string {
  const words = verdictSentence(viewOf(record));
  return words.replace(/^(?:Stop|Continue|Cancelled|Observed)\b/, (word) => word.toLowerCase());
}

function eventOf({ policy, host, ...options }: AnnotateOptions, said: string, at: string): ReleaseEvent {
  const { service, release } = policy;
  const { sha, repository, ref, run, actor } = host.facts;
  const { version, environment } = release;
  const what = [service ?? repository ?? 'release', version].filter((part) => part !== undefined).join(' ');
  const subject = environment === undefined ? what : `${what} to ${environment}`;
  return {
    service,
    version,
    sha: release.sha ?? sha,
    environment,
    repository,
    ref,
    run,
    actor,
    deployedAt: iso(options.deployedAt),
    began: iso(options.began),
    at,
    observe: options.observe,
    subject,
    words: `${subject}: ${said}`,
  };
}
