/** Which alert rules count: `severity <= Sev2 and rule ~ 'checkout*'`. */
import { NotMeasured } from '../../source.js';
import { globForm } from '../../text.js';

export interface Match {
  /** 0 (critical) to 4 (verbose), the mildest that counts; undefined: all. */
  readonly severity?: number;
  /** Tests the name of a rule; undefined: all. */
  readonly rule?: RegExp;
}

const bad = (message: string): NotMeasured =>
  new NotMeasured(
    'bad-query',
    `${message}; expected \`match\` as \`severity <= Sev2\`, \`rule ~ 'checkout*'\`, or both with \`and\``,
    { permanent: true },
  );

const condition = /\s*(?:severity\s*<=\s*Sev([0-4])|rule\s*~\s*'((?:[^']|'')+)')(?=\s|$)\s*/iy;

/**
 * @param text absent: everything counts
 * @throws {NotMeasured} `bad-query`
 */
export function parseMatch(text: string | undefined): Match {
  if (text === undefined) return {};
  let severity: number | undefined;
  let rule: RegExp | undefined;
  let rest = text;
  for (;;) {
    condition.lastIndex = 0;
    const found = condition.exec(rest);
    if (!found) throw bad(`cannot read \`${rest.slice(0, 40)}\``);
    const [all, level, glob] = found;
    if (level !== undefined) {
      if (severity !== undefined) throw bad('`severity` twice');
      severity = Number(level);
    }
    if (glob !== undefined) {
      if (rule) throw bad('`rule` twice');
      rule = new RegExp(globForm(glob.replaceAll("''", "'")), 'isu');
    }
    rest = rest.slice(all.length);
    if (rest === '') return { ...(severity === undefined ? {} : { severity }), ...(rule ? { rule } : {}) };
    const and = /^and\s+/i.exec(rest);
    if (!and) throw bad(`cannot read \`${rest.slice(0, 40)}\``);
    rest = rest.slice(and[0].length);
  }
}

/**
 * Whether a rule or an alert counts.
 *
 * @param unknown the answer where a name or severity is not known: true for alerts, false for the rules that prove coverage
 */
export function matches(
  match: Match,
  { name, severity }: { readonly name: string | undefined; readonly severity: number | undefined },
  unknown: boolean,
): boolean {
  if (match.severity !== undefined && !(severity === undefined ? unknown : severity <= match.severity)) return false;
  return match.rule === undefined || (name === undefined ? unknown : match.rule.test(name));
}
