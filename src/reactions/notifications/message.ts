/** What a program is told of a decision: the data of a webhook and of a dispatch. docs/notifications.md tells of each field. */
import type { Decision } from '../../record/record.js';
import type { NoticeGate } from '../../report/notice.js';
import type { ReleaseEvent } from '../reaction.js';

/** Version 1. What is not known is null. */
export interface Message {
  readonly version: 1;
  readonly decision: Decision['decision'];
  readonly reason: Decision['reason'];
  readonly headline: string;
  /** Nothing was stopped, whatever the gates say. */
  readonly observe: boolean;
  readonly service: string | null;
  readonly release: {
    readonly version: string | null;
    readonly sha: string | null;
    readonly environment: string | null;
  };
  readonly repository: string | null;
  readonly ref: string | null;
  readonly run: string | null;
  readonly actor: string | null;
  readonly deployedAt: string;
  readonly began: string;
  readonly at: string;
  readonly gates: readonly NoticeGate[];
  readonly next: readonly string[];
  readonly record: string | null;
}

export function messageOf(event: ReleaseEvent, { decision, reason }: Decision): Message {
  const { notice } = event;
  return {
    version: 1,
    decision,
    reason,
    headline: notice?.headline ?? event.words,
    observe: event.observe,
    service: event.service ?? null,
    release: { version: event.version ?? null, sha: event.sha ?? null, environment: event.environment ?? null },
    repository: event.repository ?? null,
    ref: event.ref ?? null,
    run: event.run ?? null,
    actor: event.actor ?? null,
    deployedAt: event.deployedAt,
    began: event.began,
    at: event.at,
    gates: notice?.gates ?? [],
    next: notice?.next ?? [],
    record: notice?.record ?? null,
  };
}

/** The same with as few gates as it takes to stay within `maxBytes` of JSON; those that are reasons go last. */
export function within(message: Message, maxBytes: number): Message {
  let fitting = message;
  while (
    Buffer.byteLength(JSON.stringify(fitting)) > maxBytes &&
    (fitting.gates.length > 0 || fitting.next.length > 0)
  ) {
    fitting = fitting.next.length > 0 ? { ...fitting, next: [] } : { ...fitting, gates: fitting.gates.slice(0, -1) };
  }
  return fitting;
}
