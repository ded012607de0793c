/** When the new version went live, by what the policy says. */
import { formatDuration, parseDuration } from '../policy/fields.js';
import { annotatedSource } from '../policy/relate.js';
import type { Policy, SourceConfig } from '../policy/schema.js';
import { type AnySource, type Deployment, NotMeasured } from '../sources/source.js';
import { type Clock, iso } from '../train/clock.js';

/** Clocks of runners and servers disagree by seconds; a deployment further ahead than this is a mistake. */
const aheadMs = 60_000;

/** `at` in milliseconds since the epoch, `from` what remembers it; or as a sentence what is wrong with the policy; or why it could not be told. */
export type DeploymentTime =
  | { readonly at: number; readonly from?: string }
  | { readonly wrong: string }
  | { readonly unmeasured: string };

export interface DeploymentContext {
  /** When the step began, milliseconds since the epoch. */
  readonly now: number;
  readonly clock: Clock;
  readonly cancel: AbortSignal;
  /** What the platform says, ISO 8601. */
  readonly announced?: string | undefined;
  /** Only called when the policy names a source. */
  readonly open: (config: SourceConfig) => AnySource | undefined;
}

/**
 * Of the three ways to write it only the annotation asks anybody. What cannot be told is never taken for now: the samples of the old
 * version would count for the new one, or the warm-up begin anew with each run.
 */
export async function deploymentTime(policy: Policy, context: DeploymentContext): Promise<DeploymentTime> {
  const text = policy.release['deployed-at'] ?? context.announced;
  const { now } = context;
  if (text === undefined) return { at: now };
  const name = annotatedSource(text);
  if (name !== undefined) return await annotatedTime(policy, name, context);
  const [, span] = /^\s*(\S+)\s+ago\s*$/.exec(text) ?? [];
  const ago = span === undefined ? undefined : parseDuration(span);
  const zoned = /(?:Z|[+-]\d{2}:?\d{2})\s*$/i.test(text);
  const at = ago === undefined ? (zoned ? Date.parse(text) : Number.NaN) : now - ago;
  if (Number.isNaN(at)) {
    return {
      wrong: `expected an instant with a time zone such as 2026-11-23T10:00:00Z, \`10m ago\`, or \`annotation of <source>\`, found \`${text}\``,
    };
  }
  return at > now + aheadMs ? { wrong: `expected a time in the past, found \`${text}\`` } : { at: Math.min(at, now) };
}

async function annotatedTime(policy: Policy, name: string, context: DeploymentContext): Promise<DeploymentTime> {
  const config = Object.hasOwn(policy.sources, name) ? policy.sources[name] : undefined;
  const source = config && context.open(config);
  if (!source?.newestDeployment) return { wrong: `the source \`${name}\` remembers no deployments` };
  const unmeasured = (why: string): DeploymentTime => ({
    unmeasured: `when the new version went live is not known: ${why}; nothing was measured`,
  });
  let found: Deployment | undefined;
  try {
    found = await within(policy.evaluation['round-timeout'], (signal) => source.newestDeployment?.(signal), context);
  } catch (error) {
    if (!(error instanceof NotMeasured)) throw error;
    return unmeasured(`\`${name}\` could not be asked for its newest release annotation (${error.message})`);
  }
  if (found === undefined) {
    return unmeasured(
      `\`${name}\` has no release annotation of the last two weeks; annotate the deployment before this step, or give its time as \`deployed-at\``,
    );
  }
  const named = `the release annotation "${found.name}" of \`${name}\``;
  if (!Number.isFinite(found.at)) return unmeasured(`${named} has no time`);
  if (found.at > context.now + aheadMs) {
    return unmeasured(`${named} lies in the future (${iso(found.at)}): do the clocks agree?`);
  }
  return { at: Math.min(found.at, context.now), from: named };
}

/** @throws {NotMeasured} `timeout`, even where what is asked does not heed the signal */
async function within<T>(
  ms: number,
  ask: (signal: AbortSignal) => Promise<T> | undefined,
  { clock, cancel }: DeploymentContext,
): Promise<T | undefined> {
  const over = new AbortController();
  const answered = new AbortController();
  const end = AbortSignal.any([cancel, over.signal]);
  const timer = clock.sleep(ms, AbortSignal.any([cancel, answered.signal])).then(() => over.abort());
  const cut = new Promise<never>((_, reject) => {
    const late = (): void => {
      // A turn later, so that a source which heeds the signal can still say what it was waiting for.
      setImmediate(() => reject(new NotMeasured('timeout', `no answer within ${formatDuration(ms)}`)));
    };
    if (end.aborted) late();
    else end.addEventListener('abort', late, { once: true });
  });
  try {
    return await Promise.race([ask(end), cut]);
  } finally {
    answered.abort();
    await timer;
  }
}
