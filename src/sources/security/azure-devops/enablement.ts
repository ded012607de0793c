/** Whether the repository is scanned at all: what is switched on, and for which branches analyses were ever submitted. */
import { NotMeasured } from '../../source.js';
import { asArray, asObject, asText } from '../shape.js';
import type { Client, Got } from './client.js';

/** undefined: it cannot be told. */
export interface Enablement {
  /** Code scanning and dependency scanning. */
  readonly code: boolean | undefined;
  readonly secrets: boolean | undefined;
  /** Why nothing can be told. */
  readonly hidden?: string;
}

/** An answer that is none hides no more than itself. */
const harmless: ReadonlySet<string> = new Set(['bad-query', 'bad-answer']);

/** @throws {NotMeasured} as the client, but for what concerns this one question */
export async function enablementOf(client: Client, signal: AbortSignal): Promise<Enablement> {
  const path = ['management', 'repositories', client.target.repository, 'enablement'];
  const answer = await client.get(path, [], '7.2-preview.3', signal).catch((error: unknown) => {
    if (error instanceof NotMeasured && harmless.has(error.code)) return { refused: { message: error.message } };
    throw error;
  });
  return 'refused' in answer
    ? { code: undefined, secrets: undefined, hidden: answer.refused.message }
    : readEnablement(answer.got);
}

const flag = (raw: unknown): boolean | undefined => (typeof raw === 'boolean' ? raw : undefined);

/** The two plans, or the one product that they were before; never throws, whatever it is. */
export function readEnablement(raw: unknown): Enablement {
  const settings = asObject(raw);
  const code = flag(asObject(settings?.codeSecurityFeatures)?.codeSecurityEnabled);
  const secrets = flag(asObject(settings?.secretProtectionFeatures)?.secretProtectionEnabled);
  const both = flag(settings?.advSecEnabled);
  if (code === undefined && secrets === undefined) return { code: both, secrets: both };
  if (settings?.isBundledSKU !== true) return { code, secrets };
  const bundle = code === true || secrets === true ? true : code === false || secrets === false ? false : undefined;
  return { code: bundle, secrets: bundle };
}

const pageSize = 200;
const mostPages = 20;

/**
 * Whether an analysis for alerts of this type was ever submitted for the branch.
 *
 * @throws {NotMeasured} as the client
 */
export async function wasAnalysed(
  client: Client,
  type: 'code' | 'dependency',
  signal: AbortSignal,
): Promise<Got<boolean>> {
  const { repository, ref } = client.target;
  const path = ['alert', 'repositories', repository, 'filters', 'branches'];
  let after: string | undefined;
  for (let page = 0; page < mostPages; page += 1) {
    const answer = await client.get(
      path,
      [
        ['alertType', type],
        ['branchNameContains', ref.replace(/^refs\/(?:heads|tags)\//, '')],
        ['includePullRequestBranches', 'true'],
        ['top', String(pageSize)],
        ...(after === undefined ? [] : [['continuationToken', after] as const]),
      ],
      '7.2-preview.1',
      signal,
    );
    if ('refused' in answer) return answer;
    const branches = (asArray(answer.got) ?? asArray(asObject(answer.got)?.value) ?? []).map(asObject);
    // A branch without `refs/` is one of `refs/heads/`; anything else is another.
    const names = branches.map((branch) => asText(branch?.name) ?? '');
    if (names.some((name) => name === ref || `refs/heads/${name}` === ref)) return { got: true };
    const last = names.at(-1);
    // The token of this list is the name of its last branch.
    if (branches.length < pageSize || !last || last === after) return { got: false };
    after = last;
  }
  return { got: false };
}
