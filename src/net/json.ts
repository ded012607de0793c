/** JSON answers: the parsed body, or why it is none. */
import { NotMeasured } from '../sources/source.js';
import { oneLine } from '../sources/text.js';
import { serverWords } from './errors.js';
import type { HttpResponse } from './http.js';

/** @throws {NotMeasured} `bad-answer` when the body is no JSON, as a login page is not */
export function parseJson(response: HttpResponse, origin: string): unknown {
  try {
    return JSON.parse(response.text) as unknown;
  } catch {
    const type = oneLine(response.headers['content-type'] ?? 'no content type', 60);
    const message = `${origin} answered ${response.status} with ${type}, not with JSON: is the URL right?`;
    throw new NotMeasured('bad-answer', message);
  }
}

/**
 * Refuses the answers that mean the same for every API.
 *
 * @param needs the permission to name, e.g. `the role Monitoring Reader`
 * @param sent the request's headers, so that a server which repeats the credential is not quoted
 * @throws {NotMeasured} `unauthorized`, `forbidden`, `not-found`
 */
export function refuseDenied(
  response: HttpResponse,
  origin: string,
  needs: string,
  sent?: Readonly<Record<string, string>>,
): void {
  // Whoever does not hand over what was sent is not quoted to.
  const said = sent === undefined ? '' : serverWords(response.text, sent);
  if (response.status === 401) {
    throw new NotMeasured('unauthorized', `${origin} does not accept the credential, or wants one (401)${said}`);
  }
  if (response.status === 403) {
    throw new NotMeasured('forbidden', `${origin} refuses the request (403), it needs ${needs}${said}`);
  }
  if (response.status === 404) {
    throw new NotMeasured('not-found', `${origin} knows no such address (404): is the URL right?`, { permanent: true });
  }
}
