/** Sends the requests of one probe and keeps what became of each. */
import type { Http } from '../../../net/http.js';
import { formatDuration } from '../../../policy/fields.js';
import { type Attempt, attempt, type Shot, sendMany } from '../../probing/attempt.js';
import { NotMeasured } from '../../source.js';

export interface ProbePlan extends Shot {
  /** How many requests count, how many are sent before them, and how many are under way at once. */
  readonly requests: number;
  readonly warmUp: number;
  readonly concurrency: number;
}

export interface Probed {
  /** Without those of the warm-up. */
  readonly attempts: readonly Attempt[];
  /** The round ended before all requests were sent. */
  readonly cut: boolean;
  /** The rest was not sent, since none of these was answered. */
  readonly gaveUp: boolean;
}

/** After this many times `concurrency` requests without any answer in time, the rest would only take the time of the other gates. */
const patience = 2;

/** @throws {NotMeasured} `timeout` when the round ended before one request did; else the first failure when nothing speaks about the address */
export async function probe(http: Http, plan: ProbePlan, signal: AbortSignal): Promise<Probed> {
  const { concurrency, requests, timeoutMs } = plan;
  await sendMany(
    plan.warmUp,
    concurrency,
    () => attempt(http, plan, signal),
    () => signal.aborted,
  );
  const attempts: Attempt[] = [];
  const hopeless = (): boolean =>
    attempts.length >= patience * concurrency && attempts.every((a) => a.kind === 'failed' && a.ms !== undefined);
  await sendMany(
    requests,
    concurrency,
    async () => {
      const got = await attempt(http, plan, signal);
      // What was under way when the round ended had less time than the policy grants.
      if (!signal.aborted) attempts.push(got);
    },
    () => signal.aborted || hopeless(),
  );
  if (attempts.length === 0) {
    throw new NotMeasured(
      'timeout',
      `the round ended before one of the requests did: \`round-timeout\` must be longer than \`timeout\` (${formatDuration(timeoutMs)}) and the warm-up take`,
    );
  }
  const [first] = attempts;
  if (first?.kind === 'unmeasured' && attempts.every((a) => a.kind === 'unmeasured')) throw first.error;
  const unsent = attempts.length < requests;
  return { attempts, cut: unsent && signal.aborted, gaveUp: unsent && !signal.aborted };
}
