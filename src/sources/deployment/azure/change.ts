/** One change of what Azure Resource Manager manages: what its refusals mean. */
import { Refused } from '../../flags/control.js';
import { NotMeasured } from '../../source.js';
import type { Arm, ArmAnswer } from '../../telemetry/azure-monitor/arm.js';

export interface AzureChange {
  readonly method: 'POST' | 'PUT' | 'PATCH';
  /** Starts with `/`. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly body: unknown;
  /** `If-Match`, where the API has one. */
  readonly headers?: Readonly<Record<string, string>>;
  /** What is changed: `the traffic of app checkout`. */
  readonly what: string;
  /** The permission to name, e.g. `Microsoft.Web/sites/config/write`. */
  readonly needs: string;
}

/** Of these it is known that Azure has not taken the request. */
const notTaken: ReadonlySet<string> = new Set(['throttled', 'refused', 'dns', 'proxy', 'insecure', 'bad-credential']);

/**
 * Sends a change.
 *
 * @returns the answer, with a status below 400
 * @throws {Refused} when it is known not to have been taken {NotMeasured} when it is not known whether it was
 */
export async function changeOnAzure(arm: Arm, change: AzureChange, signal: AbortSignal): Promise<ArmAnswer> {
  const { method, path, query, body, headers, what } = change;
  let answer: ArmAnswer;
  try {
    answer = await arm.change(method, path, query, body, signal, headers);
  } catch (error) {
    if (!(error instanceof NotMeasured) || !notTaken.has(error.code)) throw error;
    const next =
      error.code === 'throttled' ? 'wait some minutes, then run this again' : 'mend that, then run this again';
    throw new Refused('refused', `${what} was not changed: ${error.message}`, next);
  }
  if (answer.status >= 400) throw refusalOf(answer, change, arm.origin);
  return answer;
}

function refusalOf({ status, said }: ArmAnswer, { what, needs }: AzureChange, origin: string): Refused {
  switch (status) {
    case 401:
      return new Refused(
        'permission',
        `${origin} does not accept the credential (401)`,
        'give this source a credential that is valid',
      );
    case 403:
      return new Refused(
        'permission',
        `${origin} does not allow to change ${what} (403)${said}`,
        `give its credential ${needs}`,
      );
    case 409:
      return new Refused(
        'locked',
        `Azure does not change ${what} while something else is being changed there (409)${said}`,
        'let that end, or cancel it, then run this again',
      );
    case 412:
      return new Refused(
        'changed-in-between',
        `${what} was changed between reading and writing (412)${said}`,
        'see who changes it at the same time, then run this again',
      );
    default:
      return new Refused(
        'refused',
        `Azure does not change ${what} (${status})${said}`,
        "see Azure's words, and change it by hand",
      );
  }
}
