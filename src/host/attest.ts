/** Signs a statement as an attestation of GitHub: with a certificate of Sigstore for the run's identity, kept with the repository. */
import type { Statement } from '../record/statement.js';

/**
 * @param token may write attestations
 * @returns where the attestation can be looked at
 * @throws when it was not signed or not kept, with the permissions that it takes
 */
export async function attestOnGithub(statement: Statement, token: string, env: NodeJS.ProcessEnv): Promise<string> {
  const { attest } = await import('@actions/attest');
  try {
    const { attestationID } = await attest({
      subjects: statement.subjects.map(({ name, digest }) => ({ name, digest: { ...digest } })),
      predicateType: statement.predicateType,
      predicate: statement.predicate,
      token,
    });
    return `${env.GITHUB_SERVER_URL ?? 'https://github.com'}/${env.GITHUB_REPOSITORY ?? ''}/attestations/${attestationID ?? ''}`;
  } catch (error) {
    throw new Error(
      `${wordsOf(error)}; signing takes the job's permissions \`id-token: write\` and \`attestations: write\`, and for a private repository GitHub Enterprise Cloud`,
    );
  }
}

/** Sigstore says what failed, and in its cause why. */
function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause === undefined ? error.message : `${error.message}: ${wordsOf(error.cause)}`;
}
