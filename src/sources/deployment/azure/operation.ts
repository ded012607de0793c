/**
 * How a change goes on that Azure has taken and that takes a while
 * (https://learn.microsoft.com/azure/azure-resource-manager/management/async-operations).
 */
import * as v from 'valibot';
import { retryAfterMs } from '../../../net/errors.js';
import type { Clock } from '../../../train/clock.js';
import { NotMeasured } from '../../source.js';
import type { Arm, ArmAnswer } from '../../telemetry/azure-monitor/arm.js';
import { oneLine } from '../../text.js';

export interface Operation {
  readonly arm: Arm;
  readonly clock: Clock;
  /** The answer by which Azure took it, with the status 202. */
  readonly accepted: ArmAnswer;
  /** What goes on, with an article: `the swap`. */
  readonly what: string;
  /** The permission to name where its outcome is not told. */
  readonly needs: string;
}

/** Of an operation that is told by `Azure-AsyncOperation`. */
const operationForm = v.object({
  status: v.nullish(v.string()),
  error: v.nullish(v.object({ message: v.nullish(v.string()) })),
});

/** Between two questions, where Azure names no time: at least, and at most whatever it says. */
const pollMs = { usual: 5000, most: 30_000 };

/**
 * Waits until it is over.
 *
 * @returns why it failed; undefined: it did not
 * @throws {NotMeasured} when its outcome is not known, or not in time
 */
export async function outcomeOf(operation: Operation, signal: AbortSignal): Promise<string | undefined> {
  const { arm, clock, accepted, what, needs } = operation;
  const url = accepted.headers['azure-asyncoperation'] ?? accepted.headers.location;
  if (url === undefined) throw new NotMeasured('bad-answer', `Azure took ${what} and does not say how it goes on`);
  for (let answer = accepted; ; answer = await arm.progress(url, signal)) {
    const { status, said } = answer;
    if (status === 401 || status === 403 || status === 404) {
      throw new NotMeasured(
        status === 404 ? 'not-found' : 'forbidden',
        `how ${what} goes on is not told (${status})${said}: it needs ${needs}`,
      );
    }
    if (status >= 400) return `(${status})${said}`;
    const { told, why } = toldIn(answer);
    if (told === 'failed' || told === 'canceled') return `(${told})${why}`;
    if (status !== 202 && (told === undefined || told === 'succeeded')) return undefined;
    const asked = retryAfterMs(answer.headers['retry-after'], clock.now());
    await clock.sleep(asked > 0 ? Math.min(asked, pollMs.most) : pollMs.usual, signal);
    if (signal.aborted) throw new NotMeasured('timeout', `${what} was still under way when the time was up`);
  }
}

/** Where the answer is an operation: its status in lower case. An outcome by `Location` may be anything, such as the site. */
function toldIn({ text }: ArmAnswer): { told?: string | undefined; why: string } {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { why: '' };
  }
  const parsed = v.safeParse(operationForm, json);
  if (!parsed.success) return { why: '' };
  const { status, error } = parsed.output;
  return { told: status?.toLowerCase(), why: error?.message ? `: ${oneLine(error.message, 300)}` : '' };
}
