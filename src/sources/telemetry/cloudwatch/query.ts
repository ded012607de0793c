/**
 * What can be asked of CloudWatch:
 *
 * ```
 * AWS/ApplicationELB TargetResponseTime p99 {LoadBalancer=app/shop/50dc6c495c0c9188}
 * AWS/ApplicationELB HTTPCode_Target_5XX_Count Sum {LoadBalancer=app/shop/50dc6c495c0c9188} beside RequestCount
 * SELECT AVG(CPUUtilization) FROM "AWS/ECS" WHERE ServiceName = 'checkout'
 * [{"Id": "rate", "Expression": "FILL(errors, 0) / requests"}, {"Id": "errors", "MetricStat": {…}, "ReturnData": false}, …]
 * ```
 */
import * as v from 'valibot';
import { NotMeasured, type OverTime } from '../../source.js';
import { oneLine } from '../../text.js';

/** How the points of a series become one value; `sum` is for counts only. */
export type Reduce = OverTime | 'sum';

/** One entry of `MetricDataQueries`, its `ReturnData` left out. */
export interface MetricDataQuery {
  readonly Id: string;
  readonly [key: string]: unknown;
}

export interface CloudwatchQuery {
  readonly queries: readonly MetricDataQuery[];
  /** Id of the query that gives the value. */
  readonly main: string;
  /** Ids of the queries that read what was measured, so that their points prove it; all but formulas. */
  readonly raw: readonly string[];
  /** Of these, those that have a value in the main query while they have no point (`FILL`). */
  readonly maySilence: readonly string[];
  /** Id of the query whose points say that a missing point of the main one is a zero. */
  readonly beside?: string;
  /** Without `range` of the gate. */
  readonly reduce: Reduce;
  /** The value is that of a formula, whose points have no natural way to become one. */
  readonly formula: boolean;
}

const bad = (message: string): NotMeasured => new NotMeasured('bad-query', message, { permanent: true });

const form =
  'a query is `Namespace MetricName Statistic {Dimension=value, …}`, a Metrics Insights `SELECT …`, or a JSON list of MetricDataQueries';

const statForm =
  /^(?:SampleCount|Average|Sum|Minimum|Maximum|IQM|(?:p|tm|tc|ts|wm)\d{1,3}(?:\.\d{1,10})?|(?:TM|TC|TS|WM|PR)\([\d.%:]+\))$/;

function reduceOf(stat: string): Reduce {
  if (/^(?:Sum|SampleCount|(?:tc|ts)[\d.]+|(?:TC|TS)\(.*\)|COUNT|SUM)$/.test(stat)) return 'sum';
  if (/^max/i.test(stat)) return 'max';
  return /^min/i.test(stat) ? 'min' : 'avg';
}

/**
 * @param periodSeconds length of a point
 * @throws {NotMeasured} `bad-query`, naming what was expected
 */
export function parseQuery(text: string, periodSeconds: number): CloudwatchQuery {
  const trimmed = text.trim();
  if (trimmed.startsWith('[')) return parseJsonList(trimmed, periodSeconds);
  if (/^SELECT\s/i.test(trimmed)) return parseSelect(trimmed, periodSeconds);
  return parseShorthand(trimmed, periodSeconds);
}

function parseSelect(text: string, Period: number): CloudwatchQuery {
  const [, named] = /^SELECT\s+(AVG|COUNT|MAX|MIN|SUM)\s*\(/i.exec(text) ?? [];
  if (named === undefined) throw bad('expected `SELECT` with AVG, COUNT, MAX, MIN or SUM of a metric');
  if (/\bLIMIT\s+\d+\s*$/i.test(text))
    throw bad('the query holds `LIMIT`: series that are cut off could be those that matter');
  return {
    queries: [{ Id: 'm', Expression: text, Period }],
    main: 'm',
    raw: ['m'],
    maySilence: [],
    reduce: reduceOf(named.toUpperCase()),
    formula: false,
  };
}

/** A word, a text in quotes (a quote in it is written twice), or one of `{ } , =`. */
const word = /\s*(?:"((?:[^"]|"")*)"|'((?:[^']|'')*)'|([{},=])|([^\s{},="']+))\s*/y;

interface Token {
  readonly text: string;
  /** Sets parts apart. */
  readonly mark: boolean;
}

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  word.lastIndex = 0;
  for (let at = 0; at < text.length; at = word.lastIndex) {
    const found = word.exec(text);
    if (!found) throw bad(`cannot read \`${oneLine(text.slice(at), 40)}\`; ${form}`);
    const [, double, single, mark, plain] = found;
    const quoted = double?.replaceAll('""', '"') ?? single?.replaceAll("''", "'");
    tokens.push({ text: quoted ?? mark ?? plain ?? '', mark: mark !== undefined });
  }
  return tokens;
}

function parseShorthand(text: string, Period: number): CloudwatchQuery {
  const tokens = tokensOf(text);
  let at = 0;
  const name = (what: string): string => {
    const token = tokens[at];
    if (!token || token.mark || token.text === '') {
      throw bad(`expected ${what}, found ${token ? `\`${oneLine(token.text, 40)}\`` : 'the end'}; ${form}`);
    }
    at += 1;
    return token.text;
  };
  const mark = (text: string): boolean => {
    if (!(tokens[at]?.mark && tokens[at]?.text === text)) return false;
    at += 1;
    return true;
  };
  const Namespace = name('a namespace');
  const MetricName = name('the name of a metric');
  const Stat = name('a statistic');
  if (!statForm.test(Stat)) {
    throw bad(
      `\`${oneLine(Stat, 40)}\` is no statistic, expected Sum, SampleCount, Average, Minimum, Maximum, p99 or its like; ${form}`,
    );
  }
  const Dimensions: { Name: string; Value: string }[] = [];
  if (mark('{') && !mark('}')) {
    do {
      const Name = name('the name of a dimension');
      if (!mark('=')) throw bad(`expected \`=\` after the dimension \`${oneLine(Name, 40)}\`; ${form}`);
      Dimensions.push({ Name, Value: name(`a value of the dimension ${oneLine(Name, 40)}`) });
    } while (mark(','));
    if (!mark('}')) throw bad(`expected \`}\` after the dimensions; ${form}`);
  }
  const query = (Id: string, metric: string): MetricDataQuery => ({
    Id,
    MetricStat: { Metric: { Namespace, MetricName: metric, Dimensions }, Period, Stat },
  });
  const beside =
    tokens[at]?.text === 'beside' ? name('beside') && name('the name of a metric after `beside`') : undefined;
  if (at < tokens.length) throw bad(`expected the end, found \`${oneLine(tokens[at]?.text ?? '', 40)}\`; ${form}`);
  const reduce = reduceOf(Stat);
  if (beside !== undefined && reduce !== 'sum') {
    throw bad('`beside` only with Sum or SampleCount: the other statistics have no value without data');
  }
  return {
    queries: [query('m', MetricName), ...(beside === undefined ? [] : [query('b', beside)])],
    main: 'm',
    raw: beside === undefined ? ['m'] : ['m', 'b'],
    maySilence: beside === undefined ? [] : ['m'],
    ...(beside === undefined ? {} : { beside: 'b' }),
    reduce,
    formula: false,
  };
}

const entry = v.object({
  Id: v.pipe(v.string(), v.regex(/^[a-z]\w*$/)),
  Expression: v.optional(v.string()),
  MetricStat: v.optional(v.looseObject({ Stat: v.string() })),
  ReturnData: v.optional(v.boolean()),
  AccountId: v.optional(v.string()),
});
type Entry = v.InferOutput<typeof entry>;

/** Every point gets the same length, since others could reach out of the window; labels are CloudWatch's own, which tell series apart. */
function parseJsonList(text: string, Period: number): CloudwatchQuery {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw bad('the query begins like a JSON list and is none');
  }
  const parsed = v.safeParse(v.pipe(v.array(entry), v.minLength(1)), json);
  if (!parsed.success) {
    throw bad('expected a list of MetricDataQueries, each with an `Id` and a `MetricStat` or an `Expression`');
  }
  const entries = parsed.output;
  if (new Set(entries.map(({ Id }) => Id)).size < entries.length) throw bad('an `Id` stands twice in the query');
  const odd = entries.find(({ MetricStat, Expression }) => (MetricStat === undefined) === (Expression === undefined));
  if (odd) throw bad(`\`${odd.Id}\` needs either \`MetricStat\` or \`Expression\``);
  const returned = entries.filter(({ ReturnData }) => ReturnData ?? true);
  const [main] = returned;
  if (!main || returned.length > 1) {
    throw bad(`${returned.length} queries return data, expected one: write \`"ReturnData": false\` to the others`);
  }
  const stat = main.MetricStat?.Stat;
  const select = /^\s*SELECT\s+(\w+)/i.exec(main.Expression ?? '')?.[1];
  return {
    queries: entries.map(({ Id, Expression, MetricStat, AccountId }) => ({
      Id,
      ...(MetricStat === undefined ? { Expression, Period } : { MetricStat: { ...MetricStat, Period } }),
      ...(AccountId === undefined ? {} : { AccountId }),
    })),
    main: main.Id,
    raw: entries.filter(isRaw).map(({ Id }) => Id),
    maySilence: filled(entries),
    reduce: reduceOf(stat ?? select?.toUpperCase() ?? ''),
    formula: !isRaw(main),
  };
}

/** Reads metrics; a formula works on what others have read. */
const isRaw = ({ MetricStat, Expression = '' }: Entry): boolean =>
  MetricStat !== undefined || /^\s*(?:SELECT\s|SEARCH\s*\()/i.test(Expression);

/** Ids that stand within `FILL(…)`, also by way of other formulas. */
function filled(entries: readonly Entry[]): string[] {
  const byId = new Map(entries.map((e) => [e.Id, e]));
  const found = new Set<string>();
  const take = (text: string): void => {
    for (const [id] of text.matchAll(/\b[a-z]\w*\b/g)) {
      if (!byId.has(id) || found.has(id)) continue;
      found.add(id);
      take(byId.get(id)?.Expression ?? '');
    }
    if (/\bMETRICS\s*\(/.test(text)) for (const { Id } of entries) found.add(Id);
  };
  for (const { Expression = '' } of entries) {
    for (const { index, 0: call } of Expression.matchAll(/\bFILL\s*\(/gi))
      take(argument(Expression, index + call.length));
  }
  return [...found];
}

/** The text from `start` to the parenthesis that closes the one before it. */
function argument(text: string, start: number): string {
  let depth = 1;
  for (let i = start; i < text.length; i += 1) {
    if (text[i] === '(') depth += 1;
    if (text[i] === ')') depth -= 1;
    if (depth === 0) return text.slice(start, i);
  }
  return text.slice(start);
}

/** Advice for `signalbox check`. */
export function queryAdvice(query: CloudwatchQuery, ranged: boolean): string[] {
  const [first] = query.queries;
  const metric = (first?.MetricStat as { Metric?: { MetricName?: string } } | undefined)?.Metric?.MetricName ?? '';
  const advice: string[] = [];
  if (query.reduce === 'sum' && query.beside === undefined && !query.formula && /err|fail|fault|[45]xx/i.test(metric)) {
    advice.push(
      `without a failure \`${metric}\` has no points at all, which is no data: add \`beside\` and the metric that counts all, such as \`beside RequestCount\``,
    );
  }
  if (query.formula && !ranged) {
    advice.push('the value of a formula is the mean of its points; write `range` to say how they become one value');
  }
  if (query.formula && query.raw.length === 0) {
    advice.push('the formula reads no metric of the list, so nothing it gives can be proven');
  }
  return advice;
}
