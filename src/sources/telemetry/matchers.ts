/**
 * Label matchers as Prometheus and Alertmanager write them: `severity=~"page|critical", service="checkout"`
 * (https://prometheus.io/docs/alerting/latest/alertmanager/#matcher).
 */
import { NotMeasured } from '../source.js';

export interface Matcher {
  readonly label: string;
  readonly operator: '=' | '!=' | '=~' | '!~';
  readonly value: string;
}

const form = /\s*([A-Za-z_][\w.]*)\s*(=~|!~|!=|=)\s*"((?:\\.|[^"\\])*)"\s*(,|$)/y;

/**
 * @param text with or without braces around it
 * @throws {NotMeasured} `bad-query` for what is no list of matchers, or holds no regular expression where one is due
 */
export function parseMatchers(text: string): readonly Matcher[] {
  const inner = text
    .trim()
    .replace(/^\{([\s\S]*)\}$/, '$1')
    .trim();
  const matchers: Matcher[] = [];
  form.lastIndex = 0;
  let last = ',';
  while (form.lastIndex < inner.length) {
    const [, label, operator, raw, end] = form.exec(inner) ?? [];
    if (label === undefined || operator === undefined || raw === undefined) throw wrong(text);
    const value = raw.replace(/\\(["\\n])/g, (_, c: string) => (c === 'n' ? '\n' : c));
    matchers.push({ label, operator: operator as Matcher['operator'], value });
    if (operator.endsWith('~')) patternOf(value, text);
    last = end ?? '';
  }
  // A comma at the end is a matcher that was forgotten.
  if (matchers.length === 0 || last === ',') throw wrong(text);
  return matchers;
}

function wrong(text: string, more = ''): NotMeasured {
  const message = `expected matchers such as \`severity="page", service=~"check.*"\`, found \`${text}\`${more}`;
  return new NotMeasured('bad-query', message, { permanent: true });
}

/** Anchored at both ends, as Prometheus does. */
function patternOf(value: string, text: string): RegExp {
  try {
    // By itself first: `a)|(b` would be one only with the anchors, and get around them.
    new RegExp(value, 'su');
    return new RegExp(`^(?:${value})$`, 'su');
  } catch {
    throw wrong(text, ` (\`${value}\` is no regular expression)`);
  }
}

/** Whether labels satisfy all matchers; a label that is not there is empty. */
export function satisfies(labels: Readonly<Record<string, string>>, matchers: readonly Matcher[]): boolean {
  return matchers.every(({ label, operator, value }) => {
    const given = Object.hasOwn(labels, label) ? (labels[label] ?? '') : '';
    if (operator === '=') return given === value;
    if (operator === '!=') return given !== value;
    return patternOf(value, value).test(given) === (operator === '=~');
  });
}

/** As Alertmanager's `filter` wants each of them. */
export const matcherText = ({ label, operator, value }: Matcher): string =>
  `${label}${operator}${JSON.stringify(value)}`;
