/** Handing a message to an address that is a secret itself: nothing of it, and nothing that is answered, is quoted. */
import type { SourceContext } from '../../sources/source.js';

export interface Delivery {
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
  /** Whoever gets it can tell a second one by its id, so it may be sent again. */
  readonly repeatable?: boolean;
}

/** @throws when it was not taken, naming the host alone */
export async function deliver(context: SourceContext, delivery: Delivery, signal: AbortSignal): Promise<void> {
  const { url, headers = {}, body, repeatable = false } = delivery;
  const { status } = await context.http.send({
    url,
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
    once: !repeatable,
    signal,
  });
  if (status >= 200 && status < 300) return;
  const why =
    status === 401 || status === 403
      ? ': the address or its secret is not accepted any more'
      : status === 404 || status === 410
        ? ': there is no such address (any more); make a new one'
        : '';
  throw new Error(`${new URL(url).host} does not take it (${status})${why}`);
}
