/**
 * What an ES|QL query reads. An aggregate says nothing about how new its rows are, so the documents that it is made of are asked for
 * beside it (https://www.elastic.co/docs/reference/query-languages/esql/esql-commands).
 */
import { NotMeasured } from '../../source.js';
import { literally } from '../../text.js';

/** Texts, quoted names, comments and single characters; triple quotes first, since they begin like single ones. */
const form = /"""[\s\S]*?"""+|"(?:\\.|[^"\\])*"|`(?:``|[^`])*`|\/\/[^\n]*|\/\*[\s\S]*?\*\/|[\s\S]/g;

/** The commands of a query, without comments. */
export function commandsOf(query: string): string[] {
  const commands = [''];
  let depth = 0;
  for (const [token] of query.matchAll(form)) {
    if (token === '(') depth += 1;
    if (token === ')') depth -= 1;
    if (token === '|' && depth === 0) commands.push('');
    else commands[commands.length - 1] += /^\/[/*]/.test(token) ? ' ' : token;
  }
  return commands.map((command) => command.trim());
}

/** The query with what stands in quotes taken out of it. */
export const bare = (text: string): string => text.replaceAll(form, (token) => (token.length > 1 ? ' ' : token));

const wordOf = (command: string): string => /^\w+/.exec(command)?.[0].toUpperCase() ?? '';

/** They choose rows, or add columns to them. */
const rowwise: ReadonlySet<string> = new Set(
  'WHERE EVAL DISSECT GROK ENRICH LOOKUP MV_EXPAND RENAME INLINESTATS INLINE SORT LIMIT SAMPLE'.split(' '),
);
/** They only take columns away, and the time with them. */
const columnwise: ReadonlySet<string> = new Set(['KEEP', 'DROP']);

const own = 'signalbox_time';

const badQuery = (message: string): NotMeasured => new NotMeasured('bad-query', message, { permanent: true });

/**
 * Asks for the time of the newest document behind a query (`newest`) and for the number of them (`events`): the same source and
 * all commands up to the first `STATS`.
 *
 * @param timeField name of the field with the time
 * @throws {NotMeasured} `bad-query` for a query of which it cannot be told what it reads
 */
export function evidenceOf(query: string, timeField: string): string {
  const [source = '', ...rest] = commandsOf(query);
  if (new RegExp(`\\b${own}\\b`).test(query))
    throw badQuery(`\`${own}\` is a name that Signalbox uses: choose another`);
  // A subquery in FROM has commands of its own.
  if (!/^(?:FROM|TS)\s/i.test(source) || /[()]/.test(bare(source))) {
    throw badQuery(
      'the query must begin with `FROM` or `TS` and the names of indices, else nothing tells how new its data are',
    );
  }
  const end = rest.findIndex((command) => wordOf(command) === 'STATS');
  const before = end === -1 ? rest : rest.slice(0, end);
  const unknown = before.map(wordOf).find((word) => !rowwise.has(word) && !columnwise.has(word));
  if (unknown !== undefined) {
    throw badQuery(
      `\`${unknown || '|'}\` before \`STATS\`: what the query reads cannot be told from it, so nothing tells how new its data are`,
    );
  }
  const kept = before.filter((command) => rowwise.has(wordOf(command)));
  // Full-text functions may only stand in a WHERE at the beginning. Whatever comes later could write another time into the field.
  const later = kept.findIndex((command) => wordOf(command) !== 'WHERE');
  const cut = later === -1 ? kept.length : later;
  return [
    source.replace(/^TS\b/i, 'FROM'),
    ...kept.slice(0, cut),
    `EVAL ${own} = ${timeField}`,
    ...kept.slice(cut),
    `STATS newest = MAX(${own}), events = COUNT(*)`,
  ].join(' | ');
}

/** Whether indices of other clusters are read: `cluster:index`, which is not `index::failures`. */
export const readsRemotes = (query: string): boolean => /[^:\s,]:[^:\s,]/.test(commandsOf(query)[0] ?? '');

/** Named parameters that stand in the query. */
export const parametersIn = (query: string, known: readonly string[]): string[] => {
  const text = bare(query);
  return known.filter((name) => new RegExp(`\\?${name}\\b`).test(text));
};

/** The columns whose value is a quotient, as far as the text tells: integers are divided into integers, and 5 of 100 is 0. */
export function isQuotient(query: string, column: string): boolean {
  if (bare(column).includes('/')) return true;
  const name = literally(column);
  return new RegExp(`(?:^|[\\s,|])${name}\\s*=(?!=)[^|,]*/`, 'm').test(bare(query));
}
