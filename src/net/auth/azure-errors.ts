/** What a failed sign-in to Microsoft Entra means, and what to do about it. */
import { NotMeasured } from '../../sources/source.js';
import { oneLine } from '../../sources/text.js';
import type { AzureSignIn } from './azure.js';
import { claimsOf } from './claims.js';

/** Who tried to sign in, for messages. */
export interface Who {
  readonly signIn: AzureSignIn;
  readonly tenant?: string | undefined;
  readonly client?: string | undefined;
  /** The ID token that was offered, if one was. */
  readonly assertion?: string | undefined;
}

function federated({ client, assertion }: Who): string {
  const claims = claimsOf(assertion);
  const of = client === undefined ? 'the app registration' : `the app registration ${client}`;
  const made =
    claims === undefined
      ? 'the issuer, subject and audience of this run'
      : `issuer \`${claims.issuer}\`, subject \`${claims.subject}\`, audience \`${claims.audience}\``;
  return `${of} has no federated credential for this run: add one with ${made} (in the portal: Certificates & secrets, Federated credentials; or \`az ad app federated-credential create\`)`;
}

/** By AADSTS number (https://learn.microsoft.com/entra/identity-platform/reference-error-codes); all but the expired need a person. */
const known: Readonly<Record<string, (who: Who) => string>> = {
  70021: federated,
  700211: federated,
  700212: federated,
  700213: federated,
  700024: ({ signIn }) =>
    signIn === 'cli'
      ? 'the sign-in of the Azure CLI has ended: that of azure/login lasts only minutes for a service that was not asked before; write `sign-in: github-oidc`, which gets a new one each time'
      : 'the ID token of this run was too old when it arrived: does the clock of the runner go right?',
  7000215: () => 'the client secret is wrong (is it the value, not the id, of the secret?)',
  7000222: () => 'the client secret has expired: make a new one, or a federated credential, which does not expire',
  90002: ({ tenant }) => `there is no tenant ${tenant ?? ''}: is \`tenant\` right, and the cloud?`,
  700016: ({ client, tenant }) =>
    `the tenant ${tenant ?? ''} has no app registration ${client ?? ''}: is \`client\` right?`,
  500011: () => 'the tenant does not know the service: is the cloud right?',
  53003: () => 'a conditional access policy of the tenant forbids this sign-in',
  50076: () => 'the tenant asks for a second factor, which a pipeline has not: use an app registration',
};

const waitingHelps: ReadonlySet<string> = new Set(['700024']);

/** Turns what @azure/identity threw into words. Its own are never shown whole: they may hold the raw answer of a token endpoint. */
export function signInFailed(error: unknown, who: Who, signal: AbortSignal): NotMeasured {
  if (error instanceof NotMeasured) return error;
  if (signal.aborted) return new NotMeasured('timeout', 'signing in to Azure took longer than the round may');
  const text = error instanceof Error ? error.message : '';
  const [, code = '', said = ''] = /AADSTS(\d+): ([^\r\n]*?)(?: Trace ID:|\. https?:|[\r\n]|$)/.exec(text) ?? [];
  const begin = `signing in to Azure (${who.signIn}) failed: `;
  if (code !== '') {
    const meaning = known[code]?.(who) ?? oneLine(said, 240);
    return new NotMeasured('unauthorized', `${begin}${meaning} (AADSTS${code})`, {
      permanent: known[code] !== undefined && !waitingHelps.has(code),
    });
  }
  if (who.signIn === 'cli') return cliFailed(text, begin);
  if (who.signIn === 'managed-identity') {
    const message = `${begin}this machine has no managed identity, or not the one of \`client\``;
    return new NotMeasured('unauthorized', message, { permanent: /unavailable|not available|no managed/i.test(text) });
  }
  if (who.signIn === 'service-connection' && /oidc/i.test(text)) {
    const message = `${begin}Azure Pipelines gave no ID token for the service connection: may this pipeline use it, and is it of workload identity federation?`;
    return new NotMeasured('unauthorized', message);
  }
  const network = /endpoints_resolution|network|ENOTFOUND|ECONN|EAI_AGAIN|certificate|socket/i.test(text);
  return network
    ? new NotMeasured('connection', `${begin}the sign-in service cannot be reached from here`)
    : new NotMeasured('unauthorized', `${begin}${oneLine((error as Error)?.name ?? 'unknown error', 60)}`);
}

function cliFailed(text: string, begin: string): NotMeasured {
  const message = /could not be found|not installed|ENOENT|not recognized/i.test(text)
    ? `${begin}the Azure CLI is not installed, and nothing else to sign in with is given: name a \`sign-in\``
    : `${begin}nobody is signed in: run \`az login\`, or the azure/login action, in an earlier step, or name another \`sign-in\``;
  return new NotMeasured('unauthorized', message, { permanent: true });
}
