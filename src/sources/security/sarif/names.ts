/** Names that a rule or result gives what it found: vulnerabilities, weaknesses, packages, pages. */
import { oneLine } from '../../text.js';
import { asArray, asObject, asText, type Obj } from '../shape.js';

const vulnerability =
  /\b(?:CVE-\d{4}-\d{4,10}|GHSA(?:-[23456789cfghjmpqrvwx]{4}){3}|(?:GO|PYSEC|RUSTSEC|OSV|MAL|USN|DSA|DLA|ALAS|ELSA|RHSA|SNYK|TEMP|AVD|GMS)-[A-Z0-9][\w.:-]{1,60})/gi;

/** All names of vulnerabilities in texts, in upper case, each once. */
export function vulnerabilityIds(texts: readonly unknown[]): string[] {
  const found = new Set<string>();
  for (const text of texts) {
    if (typeof text !== 'string') continue;
    for (const [name] of text.slice(0, 1000).matchAll(vulnerability)) found.add(name.toUpperCase());
  }
  return [...found].slice(0, 20);
}

/** `external/cwe/cwe-079`, `CWE-79: …`, `CWE:79`. */
const weakness = /\bcwe[-:/_ ]?0*([1-9]\d{0,5})\b/gi;

export function weaknesses(texts: readonly unknown[]): string[] {
  const found = new Set<string>();
  for (const text of texts) {
    if (typeof text !== 'string') continue;
    for (const [, number] of text.slice(0, 1000).matchAll(weakness)) found.add(`CWE-${number}`);
  }
  return [...found].slice(0, 20);
}

/** Taxa of CWE that a rule stands in relation to (section 3.49.15). */
export function taxaOf(rule: Obj): string[] {
  return (asArray(rule.relationships) ?? []).flatMap((raw) => {
    const target = asObject(asObject(raw)?.target);
    const component = asText(asObject(target?.toolComponent)?.name) ?? '';
    const id = asText(target?.id) ?? '';
    return /^cwe$/i.test(component) && /^\d{1,6}$/.test(id) ? [`CWE-${id}`] : [id];
  });
}

const purlForm = /^pkg:[a-z0-9.+-]{1,40}\/\S{1,400}$/i;

/** The first package URL among some values. */
export const purlAmong = (values: readonly unknown[]): string | undefined =>
  values.flat().find((x): x is string => typeof x === 'string' && purlForm.test(x));

/** An address of the web that may be shown; credentials in it make it none. */
export function webLink(raw: unknown): string | undefined {
  const text = asText(raw);
  if (text === undefined || text.length > 2000 || !/^https?:\/\//i.test(text)) return undefined;
  try {
    const { username, password, href } = new URL(text);
    return username === '' && password === '' ? oneLine(href, 2000) : undefined;
  } catch {
    return undefined;
  }
}
