/** JSON answers: the parsed body, or why it is none. */
import { NotMeasured } from '../sources/source.js';
import { oneLine } from '../sources/text.js';
import type { HttpResponse } from './http.js';

/** @throws {NotMeasured} `bad-answer` when the body is no JSON, as a login page is not */
export function parseJson(response: HttpResponse, origin: string): unknown {
  try {
    return JSON.parse(response.text) as unknown;
  } catch {
    const type = response.headers['content-type'] ?? 'no content type';
    throw new NotMeasured(
      'bad-answer',
      `${origin} answered ${response.status} with ${oneLine(type, 60)}, no JSON: is the URL right?`,
    );
  }
}

/**
 * Refuses the answers that mean the same for every API.
 *
 * @param needs the permission to name, e.g. `the role Monitoring Reader`
 * @throws {NotMeasured} `unauthorized`, `forbidden`, `not-found`
 */
export function refuseDenied(response: HttpResponse, origin: string, needs: string): void {
  if (response.status === 401) {
    throw new NotMeasured('unauthorized', `${origin} does not accept the credential (401), or wants one`);
  }
  if (response.status === 403)
    throw new NotMeasured('forbidden', `${origin} refuses the request (403): it needs ${needs}`);
  if (response.status === 404) {
    throw new NotMeasured('not-found', `${origin} knows no such address (404): is the URL right?`, { permanent: true });
  }
}
