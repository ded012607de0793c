/** What a failed sign-in to Microsoft Entra means, and what to do about it. */
import { NotMeasured } from '../../sources/source.js';
import { oneLine } from '../../sources/text.js';
import type { AzureSignIn } from './azure.js';
import type { Met } from './azure-http.js';
import { claimsOf } from './claims.js';

/** Who tried to sign in, for messages. */
export interface Who {
  readonly signIn: AzureSignIn;
  readonly tenant?: string | undefined;
  readonly client?: string | undefined;
  /** The ID token that was offered, if one was. */
  readonly assertion?: string | undefined;
  /** Nobody named this way to sign in; what would have been better. */
  readonly instead?: string | undefined;
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

const cliHasEnded =
  'the sign-in of the Azure CLI has ended: that of azure/login lasts only minutes for a service that was not asked before, and an hour for the others; name `sign-in: github-oidc` on GitHub, or a service connection on Azure Pipelines, which get a new one each time';

/** By AADSTS number (https://learn.microsoft.com/entra/identity-platform/reference-error-codes); all but the expired need a person. */
const known: Readonly<Record<string, (who: Who) => string>> = {
  70021: federated,
  700211: federated,
  700212: federated,
  700213: federated,
  700024: ({ signIn }) =>
    signIn === 'cli'
      ? cliHasEnded
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

/** Waiting helps where the ID token came too late: the next one may not. */
const mayHeal = (code: string, { signIn }: Who): boolean =>
  known[code] === undefined || (code === '700024' && signIn !== 'cli');

/** The round's patience ended. */
export function tookTooLong(signIn?: AzureSignIn): NotMeasured {
  const hint = signIn === 'managed-identity' ? ': has this machine a managed identity?' : '';
  return new NotMeasured('timeout', `signing in to Azure took longer than the round may${hint}`);
}

/**
 * Turns what @azure/identity threw into words. Its own are never shown whole: they may hold the raw answer of a token endpoint.
 *
 * @param met what went wrong on the way, where that is known
 */
export function signInFailed(error: unknown, who: Who, { failure, refusal = '' }: Met): NotMeasured {
  if (error instanceof NotMeasured && error !== failure) return error;
  const begin = `signing in to Azure (${who.signIn}) failed: `;
  if (failure) {
    if (failure.code === 'timeout') return tookTooLong(who.signIn);
    return new NotMeasured(failure.code, `${begin}${failure.message}`, { permanent: failure.permanent });
  }
  const text = error instanceof Error ? error.message : '';
  const { code, words } = entraWords(refusal) ?? entraWords(text) ?? {};
  if (code !== undefined) {
    const meaning = known[code]?.(who) ?? words;
    return new NotMeasured('unauthorized', `${begin}${meaning} (AADSTS${code})`, { permanent: !mayHeal(code, who) });
  }
  if (who.signIn === 'cli') return cliFailed(text, begin, who.instead);
  const refused = (message: string, permanent: boolean): NotMeasured =>
    new NotMeasured('unauthorized', `${begin}${message}`, { permanent });
  if (/invalid tenant id/i.test(text)) return refused('`tenant` is neither the id nor the domain of a tenant', true);
  if (who.signIn === 'managed-identity' || who.client === undefined) {
    const lasting = /unavailable|not available|no managed/i.test(text);
    return refused('this machine has no managed identity, or not the one of `client`', lasting);
  }
  return refused('the sign-in service gave an answer that is none of Microsoft Entra: is `authority` right?', false);
}

/** The number and the first line of what Entra says, which is what it writes for people; what follows is for its support. */
function entraWords(text: string): { code: string; words: string } | undefined {
  const found = /AADSTS(\d+): (.*?)(?: Trace ID:|\. https?:|[\r\n]|$)/.exec(text);
  return found ? { code: found[1] ?? '', words: oneLine(found[2] ?? '', 240) } : undefined;
}

function cliFailed(text: string, begin: string, instead: string | undefined): NotMeasured {
  const more = instead === undefined ? '' : `; nothing else to sign in with is given: ${instead}`;
  const failed = (message: string, permanent = true): NotMeasured =>
    new NotMeasured('unauthorized', `${begin}${message}${more}`, { permanent });
  if (/could not be found|not installed|ENOENT|not recognized/i.test(text))
    return failed('the Azure CLI is not installed');
  // The library tells a sign-in that has ended no better than one that never was.
  if (/az login/i.test(text)) {
    return failed(`nobody is signed in (run \`az login\`, or azure/login, in an earlier step), or ${cliHasEnded}`);
  }
  return failed('the Azure CLI gave no access token; `az account get-access-token` in an earlier step says why', false);
}
