/** Whether a scan ran to its end, and when (SARIF 2.1.0 section 3.20). */
import { oneLine } from '../../text.js';
import { maskSecrets } from '../masks.js';
import { asArray, asObject, asText, isAbsent, type Obj } from '../shape.js';
import { type Book, lookUp, type Reference } from './rules.js';
import type { Overrides } from './severity.js';

/** Semgrep 0.43 wrote its invocations beside `runs`. What is no list counts as one invocation that says nothing good. */
export function invocationsOf(log: Obj, run: Obj): readonly unknown[] {
  return [run.invocations, log.invocations].flatMap((x) => (isAbsent(x) ? [] : (asArray(x) ?? [x])));
}

export const succeeded = (invocations: readonly unknown[]): boolean =>
  invocations.length > 0 && invocations.every((x) => asObject(x)?.executionSuccessful === true);

/** One reason why a scan failed. */
export interface Failure {
  readonly text: string;
  /** Id of the notification that says so; absent: it says so without one. */
  readonly about?: string;
}

/** All reasons why the scan failed; none when it did not say so. */
export function failures(invocations: readonly unknown[], book: Book): Failure[] {
  return invocations.flatMap((raw): Failure[] => {
    const invocation = asObject(raw);
    if (!invocation) return [{ text: 'its invocations cannot be understood' }];
    const loud = errors(invocation, book);
    const success = invocation.executionSuccessful;
    if (isAbsent(success) || success === true) return loud;
    const exit = invocation.exitCode;
    const code = typeof exit === 'number' ? `, exit code ${exit}` : '';
    const said = `executionSuccessful is ${success === false ? 'false' : 'not true'}${code}`;
    // A notification says why, so that a policy can tell one failure from another.
    return loud.length === 0 ? [{ text: said }] : loud.map((one) => ({ ...one, text: `${said} (${one.text})` }));
  });
}

/** Notifications whose effective level is error, or is none that SARIF knows. */
function errors(invocation: Obj, book: Book): Failure[] {
  const overrides = overridesOf(invocation, 'notificationConfigurationOverrides', book);
  return ['toolExecutionNotifications', 'toolConfigurationNotifications'].flatMap((key) => {
    const list = invocation[key];
    return (isAbsent(list) ? [] : (asArray(list) ?? [list])).flatMap((raw): Failure[] => {
      const notification = asObject(raw);
      if (!notification) return [{ text: 'a notification that cannot be understood' }];
      const reference = asObject(notification.descriptor);
      const descriptors = reference ? lookUp(book, referenceOf(reference)) : [];
      const level =
        notification.level ??
        descriptors.map((d) => overrides.get(d)).find((x) => !isAbsent(x)) ??
        descriptors.map((d) => asObject(d.defaultConfiguration)?.level).find((x) => !isAbsent(x)) ??
        'warning';
      if (level === 'none' || level === 'note' || level === 'warning') return [];
      const id = asText(reference?.id) ?? asText(descriptors[0]?.id);
      const text = asText(asObject(notification.message)?.text) ?? id ?? 'a notification without a text';
      const about = id === undefined ? undefined : oneLine(id, 100);
      return [{ text: `it reports an error: ${oneLine(maskSecrets(text.slice(0, 2000)))}`, ...(about && { about }) }];
    });
  });
}

const referenceOf = (reference: Obj): Reference => ({
  id: reference.id,
  index: reference.index,
  guid: reference.guid,
  component: reference.toolComponent,
});

/** Levels that an invocation sets for single descriptors. */
export function overridesOf(invocation: Obj | undefined, key: string, book: Book): Overrides {
  const overrides = new Map<Obj, unknown>();
  for (const raw of asArray(invocation?.[key]) ?? []) {
    const entry = asObject(raw);
    const descriptor = asObject(entry?.descriptor);
    const level = asObject(entry?.configuration)?.level;
    if (!descriptor || isAbsent(level)) continue;
    for (const meant of lookUp(book, referenceOf(descriptor))) overrides.set(meant, level);
  }
  return overrides;
}

const instantForm = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})$/i;

/** The latest instant that the invocations name. The file's own time is no evidence: a checkout or a download sets it anew. */
export function endOf(invocations: readonly unknown[]): string | null {
  let latest = Number.NEGATIVE_INFINITY;
  for (const invocation of invocations.map(asObject)) {
    for (const key of ['startTimeUtc', 'endTimeUtc']) {
      const text = invocation?.[key];
      const at = typeof text === 'string' && instantForm.test(text) ? Date.parse(text) : Number.NaN;
      if (at > latest) latest = at;
    }
  }
  return Number.isFinite(latest) ? new Date(latest).toISOString() : null;
}
