/**
 * The one HTTP client. It rides on `node:http`, since the first global `fetch()` costs 45 ms (Node 24) to 115 ms
 * (Node 20) of start-up.
 */

export interface HttpRequest {
  readonly url: string;
  readonly method?: 'GET' | 'POST';
  /** Lower-case names. An `authorization` is never sent over plain http except to this machine. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly signal: AbortSignal;
}

export interface HttpResponse {
  readonly status: number;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** The whole body, decoded as UTF-8. */
  readonly text: string;
}

export interface Http {
  /**
   * Sends, retrying what may heal (429 and 503 as `Retry-After` says, 408, 5xx, broken connections) until `signal`
   * aborts. Redirects are not followed: for an API they mean a login page or a wrong URL.
   *
   * @returns any answer with a status below 500 other than 408 and 429
   * @throws {NotMeasured} `refused`, `dns`, `tls`, `timeout`, `connection`, `throttled`, `server-error`, `redirect`, `too-large`,
   *   `insecure`, with what to do about it
   */
  send(request: HttpRequest): Promise<HttpResponse>;
}
