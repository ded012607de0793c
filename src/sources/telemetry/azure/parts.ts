/**
 * What a query of the policy reads. A number says nothing about whether telemetry flows: `requests | where success == false | count` is 0
 * for a healthy service and for a dead one. So a second query counts the rows that the first one looks at, whatever their outcome.
 */
import type { Window } from '../../source.js';
import { kqlTime, type Token, tokensOf } from './kql.js';
import { inWorkspace, isRare, outcomes, timeColumn } from './tables.js';

/** One table that a query reads, with the conditions that say what it is about. */
export interface Part {
  readonly table: string;
  /** `where` and `extend` stages in the query's own words, without conditions on how something went. */
  readonly stages: readonly string[];
}

export interface Read {
  readonly parts: readonly Part[];
  /** The query's `let` statements and their kin, which the conditions may need. */
  readonly prelude: string;
}

interface Found extends Part {
  /** Nothing but conditions stands behind it, so those behind the enclosing `union` are about it as well. */
  readonly open: boolean;
}

const opening: ReadonlySet<string> = new Set(['(', '[', '{']);
const closing: ReadonlySet<string> = new Set([')', ']', '}']);
/** What can stand alone before a pipe and is no table. */
const keywords: ReadonlySet<string> = new Set(['union', 'print', 'search', 'find', 'evaluate', 'datatable', 'range']);
/** Statements that give no result of their own. */
const preparing: ReadonlySet<string> = new Set(['let', 'set', 'declare']);
const combining: ReadonlySet<string> = new Set(['union', 'join', 'lookup']);

/** Takes a query apart. Only as far as it must: what it does not understand gives no part. */
export function readsOf(query: string): Read {
  const statements = split(tokensOf(query), ';').filter((s) => s.length > 0);
  const defined = new Set(
    statements.flatMap(([first, name]) => (first?.text === 'let' && name !== undefined ? [name.text] : [])),
  );
  const parts: Part[] = statements.flatMap((statement) => {
    const body = statement[0]?.text === 'let' ? statement.slice(3) : statement;
    return pipeline(body, { query, defined }, true).map(({ table, stages }) => ({ table, stages }));
  });
  const unique = new Map(parts.map((part) => [JSON.stringify(part), part]));
  const prelude = statements
    .filter(([first]) => first !== undefined && preparing.has(first.text))
    .map((s) => `${slice(query, s)};\n`);
  return { parts: [...unique.values()], prelude: prelude.join('') };
}

interface Context {
  readonly query: string;
  /** Names that `let` gives. */
  readonly defined: ReadonlySet<string>;
}

/** @param whole whether a single name is a table by its place alone */
function pipeline(tokens: readonly Token[], context: Context, whole: boolean): Found[] {
  const [source = [], ...stages] = split(tokens, '|');
  const { kept, open } = conditions(stages, context);
  const found: Found[] = [];
  const table = tableOf(source, context);
  if (table !== undefined && (whole || stages.length > 0)) found.push({ table, stages: kept, open });
  if (source[0]?.text === 'union') {
    for (const { table, stages: own, open: reaches } of members(source, context)) {
      found.push({ table, stages: reaches ? [...own, ...kept] : own, open: reaches && open });
    }
  } else {
    found.push(...nested(source, context));
  }
  for (const stage of stages) {
    const combines = combining.has(stage[0]?.text ?? '');
    found.push(...(combines ? members(stage, context) : nested(stage, context)));
  }
  return found;
}

/** The tables of a `union`, `join` or `lookup`: by name, or as pipelines in brackets. */
function members(stage: readonly Token[], context: Context): Found[] {
  const on = stage.findIndex(({ text }, i) => i > 0 && text === 'on');
  const list = on === -1 ? stage : stage.slice(0, on);
  const names = flat(list.slice(1)).flatMap((token, i, all): Found[] => {
    const option = all[i + 1]?.text === '=' || all[i - 1]?.text === '=';
    if (token.kind !== 'name' || option || context.defined.has(token.text)) return [];
    return [{ table: token.text, stages: [], open: true }];
  });
  return [...names, ...nested(stage, context, true)];
}

/** The pipelines in brackets. */
function nested(tokens: readonly Token[], context: Context, whole = false): Found[] {
  return groups(tokens).flatMap((inner) => pipeline(inner, context, whole));
}

/** A bare name, or `app('x').requests`, `workspace('x').AppRequests`. */
function tableOf(source: readonly Token[], { query, defined }: Context): string | undefined {
  const last = source.at(-1);
  if (last?.kind !== 'name') return undefined;
  if (source.length === 1) return defined.has(last.text) || keywords.has(last.text) ? undefined : last.text;
  const elsewhere = ['app', 'workspace', 'resource'].includes(source[0]?.text ?? '') && source.length === 6;
  return elsewhere ? slice(query, source) : undefined;
}

/** The `where` and `extend` stages at the beginning, without what is said about outcomes. */
function conditions(stages: readonly (readonly Token[])[], { query }: Context): { kept: string[]; open: boolean } {
  const kept: string[] = [];
  const derived = new Set<string>();
  const tellsOutcome = (tokens: readonly Token[]): boolean =>
    tokens.some(({ kind, text }) => kind === 'name' && (outcomes.has(text) || derived.has(text)));
  for (const stage of stages) {
    const [operator, ...rest] = stage;
    if (operator?.text === 'extend') {
      if (tellsOutcome(rest)) for (const name of assigned(rest)) derived.add(name);
      kept.push(slice(query, stage));
    } else if (operator?.text === 'where' || operator?.text === 'filter') {
      const told = conjuncts(rest).filter((c) => c.length > 0 && !tellsOutcome(c));
      if (told.length > 0) kept.push(`where ${told.map((c) => slice(query, c)).join(' and ')}`);
    } else {
      return { kept, open: false };
    }
  }
  return { kept, open: true };
}

const assigned = (tokens: readonly Token[]): string[] =>
  flat(tokens).flatMap(({ kind, text }, i, all) => (kind === 'name' && all[i + 1]?.text === '=' ? [text] : []));

function conjuncts(predicate: readonly Token[]): (readonly Token[])[] {
  return flat(predicate).some(({ text }) => text === 'or') ? [predicate] : split(predicate, 'and');
}

const slice = (query: string, tokens: readonly Token[]): string =>
  query.slice(tokens[0]?.start ?? 0, tokens.at(-1)?.end ?? 0);

/** Splits where the separator stands outside of all brackets. */
function split(tokens: readonly Token[], separator: string): Token[][] {
  const parts: Token[][] = [[]];
  let depth = 0;
  for (const token of tokens) {
    if (token.kind === 'other' && opening.has(token.text)) depth++;
    if (token.kind === 'other' && closing.has(token.text)) depth--;
    if (depth === 0 && token.kind !== 'text' && token.text === separator) parts.push([]);
    else parts.at(-1)?.push(token);
  }
  return parts;
}

/** What stands outside of all brackets. */
function flat(tokens: readonly Token[]): Token[] {
  let depth = 0;
  return tokens.filter(({ kind, text }) => {
    if (kind === 'other' && closing.has(text)) depth--;
    const outside = depth === 0;
    if (kind === 'other' && opening.has(text)) depth++;
    return outside && !(kind === 'other' && (opening.has(text) || closing.has(text)));
  });
}

/** The insides of the outermost round and curly brackets. */
function groups(tokens: readonly Token[]): Token[][] {
  const found: Token[][] = [];
  let depth = 0;
  for (const token of tokens) {
    if (token.kind === 'other' && closing.has(token.text)) depth--;
    if (depth > 0) found.at(-1)?.push(token);
    if (token.kind === 'other' && opening.has(token.text)) {
      if (depth === 0) found.push([]);
      depth++;
    }
  }
  return found;
}

/** Asks for the rows behind each part of the window: columns `part` (place in the list), `rows`, `newest`. */
export function evidenceQuery({ parts, prelude }: Read, window: Window): string {
  const legs = parts.map(({ table, stages }, i) => {
    const time = timeColumn(tableName(table));
    const within = `where ${time} >= ${kqlTime(window.from)} and ${time} < ${kqlTime(window.to)}`;
    const counted = [`summarize rows = count(), newest = max(${time})`, `extend part = ${i}`];
    return `  (${[table, within, ...stages, ...counted].join('\n    | ')})`;
  });
  return `${prelude}union\n${legs.join(',\n')}`;
}

const tableName = (table: string): string => table.slice(table.lastIndexOf('.') + 1);

/** What was counted for one part. */
export interface Count {
  readonly part: number;
  readonly rows: number;
  /** Milliseconds since the epoch. */
  readonly newest: number | undefined;
}

export interface Evidence {
  readonly rows: number;
  readonly newest: number | undefined;
  /** The tables without a row that there should be. */
  readonly empty: readonly string[];
}

/**
 * The query is as new as the table that is furthest behind, and nothing stands behind it while one is empty. Exceptions are no flow:
 * beside another table they prove nothing, and none of them is no fault.
 */
export function weigh(parts: readonly Part[], counts: readonly Count[]): Evidence {
  const flowing = parts.map((part, i) => ({ part, i })).filter(({ part }) => !isRare(tableName(part.table)));
  const telling = flowing.length > 0 ? flowing : parts.map((part, i) => ({ part, i }));
  const counted = telling.map(({ part, i }) => ({ table: part.table, ...counts.find((c) => c.part === i) }));
  const empty = counted.filter(({ rows = 0, newest }) => rows === 0 || newest === undefined).map(({ table }) => table);
  if (empty.length > 0) return { rows: 0, newest: undefined, empty: [...new Set(empty)] };
  return {
    rows: counted.reduce((sum, { rows = 0 }) => sum + rows, 0),
    newest: counted.reduce((least, { newest = 0 }) => Math.min(least, newest), Number.POSITIVE_INFINITY),
    empty: [],
  };
}

/** Whether the query may read this table of a workspace; true where the query cannot be told. */
export function mayRead(query: string, table: string): boolean {
  const tokens = tokensOf(query);
  const named = tokens.some(
    ({ kind, text }) => kind === 'name' && inWorkspace(text).toLowerCase() === table.toLowerCase(),
  );
  const any = tokens.some(({ kind, text }) => kind === 'name' && (text === 'search' || text === 'find'));
  const wild = tokens.some(({ text }) => text === 'union') && tokens.some(({ text }) => text === '*');
  return named || any || wild || readsOf(query).parts.length === 0;
}
