/** The requests of a probe, and what became of each. */
import type { Http, HttpRequest, HttpResponse } from '../../net/http.js';
import { formatDuration } from '../../policy/fields.js';
import { NotMeasured } from '../source.js';
import type { Judge } from './expect.js';

export interface Shot {
  readonly request: Omit<HttpRequest, 'signal' | 'single'>;
  readonly judge: Judge;
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

/** Runs `one` so many times, some at once, until `over`. */
export async function sendMany(
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

/** @param round ends it before its time, which then says nothing about the address */
export async function attempt(http: Http, shot: Shot, round: AbortSignal): Promise<Attempt> {
  const own = new AbortController();
  const end = (): void => own.abort();
  const timer = setTimeout(end, shot.timeoutMs);
  round.addEventListener('abort', end, { once: true });
  if (round.aborted) end();
  const began = performance.now();
  try {
    const response = await follow(http, shot, own.signal);
    const ms = performance.now() - began;
    const why = shot.judge(response);
    return why === undefined ? { kind: 'ok', ms } : { kind: 'failed', why };
  } catch (error) {
    if (!(error instanceof NotMeasured)) throw error;
    if (error.code === 'timeout' && !round.aborted) {
      return {
        kind: 'failed',
        ms: performance.now() - began,
        why: `no answer within ${formatDuration(shot.timeoutMs)}`,
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

async function follow(http: Http, { request, redirects }: Shot, signal: AbortSignal): Promise<HttpResponse> {
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
function redirected(request: Shot['request'], to: URL, status: number): Shot['request'] {
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
