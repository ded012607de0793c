/**
 * As much of the metric selector's grammar as is needed to ask for the raw data behind it
 * (https://docs.dynatrace.com/docs/dynatrace-api/environment-api/metric-v2/metric-selector).
 */
import { NotMeasured } from '../../source.js';

/** One metric of an expression. */
export interface Operand {
  /** The metric with its filters, without what invents, hides or shifts points. */
  readonly raw: string;
  /** The selector has a value for the time without data (`:default(…)`), so this metric may be silent. */
  readonly maySilence: boolean;
}

const bad = (message: string): NotMeasured => new NotMeasured('bad-query', message, { permanent: true });

/** What says which data are meant; all else is done to them afterwards. */
const narrowing: ReadonlySet<string> = new Set(['filter', 'parents', 'merge', 'partition']);

const refused: Readonly<Record<string, string>> = {
  timeshift: 'the gate sets the window',
  rollup: 'it reaches back over the start of the window',
  limit: 'series that are cut off could be those that matter',
  last: 'it repeats an old value',
  lastreal: 'it repeats an old value',
};

/** Parts of a selector: a name with `:` between, or one character. Texts are in double quotes, with `~` before a quote in them. */
const lexer =
  /(?<space>\s+)|(?<text>"(?:~.|[^"~])*")|(?<name>[A-Za-z_][\w.-]*)|(?<number>\d+(?:\.\d+)?)|(?<other>[\s\S])/gy;

/**
 * @returns the metrics of the selector, at least one
 * @throws {NotMeasured} `bad-query`
 */
export function operandsOf(selector: string): Operand[] {
  const tokens = [...selector.matchAll(lexer)].map(({ 0: text, index, groups }) => ({
    text,
    start: index,
    end: index + text.length,
    name: groups?.name !== undefined,
    space: groups?.space !== undefined,
    odd: groups?.other !== undefined && !/[:(),+\-*/]/.test(text),
  }));
  const odd = tokens.find((t) => t.odd);
  if (odd) throw bad(`cannot read the metric selector at \`${selector.slice(odd.start, odd.start + 30)}\``);
  const operands: Operand[] = [];
  let open = 0;
  for (let i = 0; i < tokens.length; ) {
    const token = tokens[i];
    if (token?.name) {
      const { operand, next } = readOperand(selector, tokens, i);
      operands.push(operand);
      i = next;
      continue;
    }
    if (token?.text === '(') open += 1;
    if (token?.text === ')') open -= 1;
    if (token?.text === ',') throw bad('the selector names several metrics, expected one, or an expression of them');
    if (token?.text === ':')
      throw bad('the selector changes an expression as a whole, expected that of each metric in it');
    if (token?.text.startsWith('"') || open < 0) {
      throw bad(`cannot read the metric selector at \`${selector.slice(token?.start, (token?.start ?? 0) + 30)}\``);
    }
    i += 1;
  }
  if (open !== 0) throw bad('the selector leaves a parenthesis open');
  if (operands.length === 0) throw bad('the selector names no metric');
  return operands;
}

interface Token {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly name: boolean;
}

/** A key and its transformations: `builtin:service.errors.total.count:filter(eq("a","b")):splitBy():sum`. */
function readOperand(selector: string, tokens: readonly Token[], first: number): { operand: Operand; next: number } {
  let raw = '';
  let maySilence = false;
  let i = first;
  let key = true;
  for (;;) {
    const name = tokens[i];
    if (!name?.name)
      throw bad(
        `cannot read the metric selector at \`${selector.slice(name?.start ?? selector.length).slice(0, 30)}\`, expected a name`,
      );
    const end = tokens[i + 1]?.text === '(' ? closing(tokens, i + 1) : i;
    const word = name.text.toLowerCase();
    const text = selector.slice(name.start, tokens[end]?.end);
    const called = end > i;
    // The key goes on (`builtin:host.cpu.usage`) until something that is no part of a key.
    key = key && !called && (raw === '' || !transformations.has(word));
    const why = key ? undefined : refused[word];
    if (why !== undefined) throw bad(`the selector holds \`:${name.text}\`, expected none: ${why}`);
    if (word === 'default' && !key) maySilence = true;
    if (key || narrowing.has(word)) raw += raw === '' ? text : `:${text}`;
    i = end + 1;
    if (tokens[i]?.text !== ':') break;
    i += 1;
  }
  if (raw === '') throw bad('the selector names no metric');
  return { operand: { raw, maySilence }, next: i };
}

/** Names that follow a key, also without parentheses. */
const transformations: ReadonlySet<string> = new Set(
  [
    'auto avg count max min sum median value percentile fold names parents sort default delta rate last lastreal limit',
    'smooth timeshift rollup splitby filter merge partition setunit tounit',
  ].flatMap((names) => names.split(' ')),
);

function closing(tokens: readonly Token[], from: number): number {
  let depth = 0;
  for (let i = from; i < tokens.length; i++) {
    if (tokens[i]?.text === '(') depth += 1;
    if (tokens[i]?.text === ')') depth -= 1;
    if (depth === 0) return i;
  }
  throw bad('the selector leaves a parenthesis open');
}

/** The selector for the points of one metric, as one series. */
export const livenessOf = ({ raw }: Operand): string => `${raw}:splitBy()`;
