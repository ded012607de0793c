/**
 * ID tokens of Azure Pipelines for a service connection of workload identity federation
 * (https://learn.microsoft.com/rest/api/azure/devops/distributedtask/oidctoken/create).
 *
 * `AzurePipelinesCredential` of @azure/identity does the same, but keeps the token to itself, and its subject is what a missing
 * federated credential must be made of; and its errors hold the raw answer.
 */
import * as v from 'valibot';
import type { ServiceConnection } from '../../host/host.js';
import { NotMeasured, type SourceContext } from '../../sources/source.js';

const answerForm = v.object({ oidcToken: v.pipe(v.string(), v.nonEmpty()) });

/**
 * Has a new one minted; it lives about ten minutes.
 *
 * @throws {NotMeasured} `unauthorized` and those of the HTTP client; never with the raw answer
 */
export async function pipelinesIdToken(
  { id, systemToken }: ServiceConnection,
  { http, identity }: Pick<SourceContext, 'http' | 'identity'>,
  signal: AbortSignal,
): Promise<string> {
  const { SYSTEM_OIDCREQUESTURI: address } = identity.env;
  const refused = (why: string, permanent: boolean): NotMeasured =>
    new NotMeasured(
      'unauthorized',
      `Azure Pipelines gave no ID token for the service connection ${id} (${why}): is it there, and may this pipeline use it (Project settings, Service connections, Security)?`,
      { permanent },
    );
  if (!address || systemToken === '') throw refused('this agent offers none', true);
  const { status, text } = await http.send({
    url: `${address}?api-version=7.1&serviceConnectionId=${encodeURIComponent(id)}`,
    method: 'POST',
    headers: {
      authorization: `Bearer ${systemToken}`,
      'content-type': 'application/json',
      accept: 'application/json',
      // Without it a refusal is a redirect to a page for people.
      'x-tfs-fedauthredirect': 'Suppress',
    },
    body: '',
    signal,
  });
  if (status >= 400) throw refused(`${status}`, true);
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), answerForm), text);
  if (!parsed.success) throw refused(`an answer of ${status} without one`, false);
  identity.secret(parsed.output.oidcToken);
  return parsed.output.oidcToken;
}
