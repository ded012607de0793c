/** Sends the requests of one probe and keeps what became of each. */
import type { Http, HttpRequest, HttpResponse } from '../../../net/http.js';
import { formatDuration } from '../../../policy/fields.js';
import { NotMeasured } from '../../source.js';
import type { Judge } from './expect.js';

export interface ProbePlan {
  readonly request: Omit<HttpRequest, 'signal' | 'single'>;
  readonly judge: Judge;
  /** How many requests count, how many are sent before them, and how many are under way at once. */
  readonly requests: number;
  readonly warmUp: number;
  readonly concurrency: number;
  /** Longest time of one request with all its redirects, milliseconds. */
  readonly timeoutMs: number;
  readonly redirects: number;
}

/** What became of one request. */
export type Attempt =
  | { readonly kind: 'ok'; readonly ms: number }
  /** It speaks against the address. `ms` only where it ran out of time: what was refused at once was not quick. */
  | { readonly kind: 'failed'; readonly ms?: number; readonly why: string }
  /** It says nothing about the address. */
  | { readonly kind: 'unmeasured'; readonly error: NotMeasured };

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

/** Runs `one` so many times, some at once, until `over`. */
async function sendMany(
  times: number,
  atOnce: number,
  one: () => Promise<unknown>,
  over: () => boolean,
): Promise<void> {
  let left = times;
  const work = async (): Promise<void> => {
    while (left > 0 && !over()) {
      left -= 1;
      await one();
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, times) }, work));
}

async function attempt(http: Http, plan: ProbePlan, round: AbortSignal): Promise<Attempt> {
  const own = new AbortController();
  const end = (): void => own.abort();
  const timer = setTimeout(end, plan.timeoutMs);
  round.addEventListener('abort', end, { once: true });
  if (round.aborted) end();
  const began = performance.now();
  try {
    const response = await follow(http, plan, own.signal);
    const ms = performance.now() - began;
    const why = plan.judge(response);
    return why === undefined ? { kind: 'ok', ms } : { kind: 'failed', why };
  } catch (error) {
    if (!(error instanceof NotMeasured)) throw error;
    if (error.code === 'timeout' && !round.aborted) {
      return {
        kind: 'failed',
        ms: performance.now() - began,
        why: `no answer within ${formatDuration(plan.timeoutMs)}`,
      };
    }
    const why = fault(error);
    return why === undefined ? { kind: 'unmeasured', error } : { kind: 'failed', why };
  } finally {
    clearTimeout(timer);
    round.removeEventListener('abort', end);
  }
}

/** What of the ways to get no answer speaks against the address; undefined for what may as well be our own network, proxy or credential. */
function fault({ code, cause }: NotMeasured): string | undefined {
  const system = String((cause as NodeJS.ErrnoException | undefined)?.code ?? '');
  if (code === 'refused') return 'nothing listens';
  if (code === 'connection')
    return system === 'ENETUNREACH' ? undefined : `the connection broke${system && ` (${system})`}`;
  if (code === 'tls') {
    if (system === 'CERT_HAS_EXPIRED') return 'the certificate has ended';
    if (system === 'ERR_TLS_CERT_ALTNAME_INVALID') return 'the certificate is for another name';
  }
  return code === 'bad-answer' ? 'the body cannot be decoded' : undefined;
}

async function follow(http: Http, { request, redirects }: ProbePlan, signal: AbortSignal): Promise<HttpResponse> {
  let next = request;
  for (let left = redirects; ; left--) {
    const response = await http.send({ ...next, single: true, signal });
    const { location } = response.headers;
    const moved = [301, 302, 303, 307, 308].includes(response.status) && location !== undefined;
    if (!moved || left === 0 || !URL.canParse(location, next.url)) return response;
    next = redirected(next, new URL(location, next.url), response.status);
  }
}

/** As browsers do it: a body is sent again only after 307 and 308, and what the policy sends to one origin no other one gets. */
function redirected(request: ProbePlan['request'], to: URL, status: number): ProbePlan['request'] {
  const same = to.origin === new URL(request.url).origin;
  const again = status === 307 || status === 308;
  const { method = 'GET', body, headers } = request;
  return {
    url: to.href,
    method: again || method === 'HEAD' ? method : 'GET',
    ...(same && headers ? { headers } : {}),
    ...(again && same && body !== undefined ? { body } : {}),
  };
}
