/**
 * Answers of the query API, and what they really say.
 *
 * https://learn.microsoft.com/azure/azure-monitor/logs/api/response-format, …/errors and …/azure-resource-queries
 */
import * as v from 'valibot';
import { serverWords } from '../../../net/errors.js';
import type { HttpResponse } from '../../../net/http.js';
import { parseJson } from '../../../net/json.js';
import { NotMeasured } from '../../source.js';
import { oneLine } from '../../text.js';
import { mayRead } from './parts.js';

const resultTable = v.object({
  name: v.string(),
  columns: v.array(v.object({ name: v.string(), type: v.string() })),
  rows: v.array(v.array(v.unknown())),
});
export type ResultTable = Omit<v.InferOutput<typeof resultTable>, 'name'>;

const denied = v.optional(v.array(v.string()), []);
const permissions = v.object({
  resources: v.optional(
    v.array(v.object({ resourceId: v.string(), denyTables: denied, dataSources: v.optional(v.array(v.string()), []) })),
    [],
  ),
  dataSources: v.optional(v.array(v.object({ resourceId: v.string(), denyTables: denied }))),
});
type Permissions = v.InferOutput<typeof permissions>;

const success = v.object({
  tables: v.array(resultTable),
  error: v.optional(v.unknown()),
  permissions: v.optional(permissions),
});

export interface LogsAnswer {
  readonly table: ResultTable;
  /** Why the table is not all that was asked for; empty: it is. */
  readonly missing: readonly string[];
}

const noTable: ResultTable = { columns: [], rows: [] };

/**
 * Reads an answer with a status below 300.
 *
 * @throws {NotMeasured} `query-failed` for an error without a table, `bad-answer` for what is not this API
 */
export function readAnswer(response: HttpResponse, origin: string, query: string): LogsAnswer {
  // Documented for a workspace that holds nothing at all.
  if (response.status === 204 || response.text.trim() === '') return { table: noTable, missing: [] };
  const json = parseJson(response, origin);
  const parsed = v.safeParse(success, json);
  const failed = wordsOf((json as { error?: unknown } | null)?.error);
  if (!parsed.success) {
    if (failed !== '') throw new NotMeasured('query-failed', `${origin} could not run the query: ${failed}`);
    throw new NotMeasured(
      'bad-answer',
      `${origin} answered with something that is not the Logs query API: is the URL right?`,
    );
  }
  const { tables, error, permissions: access } = parsed.output;
  const table = tables.find(({ name }) => name === 'PrimaryResult');
  const wrong = table?.rows.some((row) => row.length !== table.columns.length) ?? false;
  if (table === undefined || wrong) {
    const what = wrong ? 'rows that do not fit their columns' : 'no table PrimaryResult';
    throw new NotMeasured('bad-answer', `${origin} answered with ${what}${failed === '' ? '' : `: ${failed}`}`);
  }
  const missing =
    error === undefined || error === null ? [] : [`only a part of the result came: ${failed || 'no reason is given'}`];
  return { table, missing: [...missing, ...(access ? withheld(access, query) : [])] };
}

/** What the sign-in may not read and was left out without an error. */
function withheld({ resources, dataSources }: Permissions, query: string): string[] {
  const readable = dataSources && new Set(dataSources.map(({ resourceId }) => resourceId.toLowerCase()));
  const workspaces = resources
    .flatMap((resource) => resource.dataSources)
    .filter((id) => readable !== undefined && !readable.has(id.toLowerCase()));
  const tables = [...resources, ...(dataSources ?? [])].flatMap(({ denyTables }) => denyTables);
  return [
    ...new Set(tables.filter((table) => mayRead(query, table)).map((table) => `the table ${oneLine(table, 80)}`)),
    ...new Set(workspaces.map((id) => `the workspace ${oneLine(id.slice(id.lastIndexOf('/') + 1), 80)}`)),
  ].map(
    (what) =>
      `the sign-in may not read ${what}, so its rows were left out: give it the role Log Analytics Reader there`,
  );
}

interface Inner {
  readonly code?: unknown;
  readonly message?: unknown;
  readonly line?: unknown;
  readonly pos?: unknown;
  readonly details?: unknown;
  readonly innererror?: unknown;
}

/** The chain from an error to its innermost cause. */
function chainOf(error: unknown): Inner[] {
  const chain: Inner[] = [];
  let next: unknown = error;
  while (typeof next === 'object' && next !== null && chain.length < 10) {
    const inner = next as Inner;
    chain.push(inner);
    next = inner.innererror ?? (Array.isArray(inner.details) ? inner.details[0] : undefined);
  }
  return chain;
}

/** The innermost words of an error: those outside only say that there is one. */
function wordsOf(error: unknown): string {
  const chain = chainOf(error);
  const said = chain.map(({ message }) => message).findLast((m): m is string => typeof m === 'string' && m !== '');
  const inner = chain.at(-1);
  const at =
    typeof inner?.line === 'number'
      ? ` (line ${inner.line}${typeof inner.pos === 'number' ? `, position ${inner.pos}` : ''})`
      : '';
  return said === undefined ? '' : `${oneLine(said, 300)}${/\bline\b/.test(said) ? '' : at}`;
}

export const roles = 'the role Monitoring Reader or Log Analytics Reader';

/**
 * Refuses an answer with a status of 300 or more.
 *
 * @param what the resource or workspace, in words
 * @param sent the request's headers with the credential, so that a server which repeats it is not quoted
 * @throws {NotMeasured} always
 */
export function refuse(
  response: HttpResponse,
  origin: string,
  what: string,
  sent: Readonly<Record<string, string>>,
): never {
  const { status, text } = response;
  let error: unknown;
  try {
    // Words are taken apart only where they may be quoted.
    error = serverWords(text, sent) === '' ? undefined : (JSON.parse(text) as { error?: unknown }).error;
  } catch {
    error = undefined;
  }
  const codes = chainOf(error).map(({ code }) => code);
  const words = wordsOf(error);
  const said = words === '' ? '' : `: ${words}`;
  if (
    status === 401 ||
    codes.some((code) => typeof code === 'string' && code.startsWith('InvalidAuthenticationToken'))
  ) {
    throw new NotMeasured('unauthorized', `${origin} does not accept the access token (${status})${said}`);
  }
  if (status === 403) {
    const otherWay = codes.includes('UnauthorizedClient') ? '; if it has one, write `api: arm`' : '';
    const message = `the sign-in may not query ${what} (403): give it ${roles} there, which takes up to 60 minutes to work${otherWay}${said}`;
    throw new NotMeasured('forbidden', message);
  }
  if (status === 404) {
    throw new NotMeasured('not-found', `${origin} does not know ${what} (404): is its id right?${said}`, {
      permanent: true,
    });
  }
  if (status === 400) {
    const unknown = /failed to resolve/i.test(words)
      ? ' (the names differ between a component and its workspace; they are unknown as well while the sign-in may not read the workspace)'
      : '';
    throw new NotMeasured('bad-query', `the query is refused${said || ' (400)'}${unknown}`, { permanent: true });
  }
  throw new NotMeasured('query-failed', `${origin} could not run the query (${status})${said}`);
}
