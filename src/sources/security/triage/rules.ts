/** The policy's own rules: per tool, rule, path, weakness, package and severity. */
import type { Triage, TriageRule } from '../question.js';
import { compileGlobs } from './globs.js';
import { samePackage } from './purl.js';
import type { Subject } from './references.js';
import { atLeast, rankOf } from './severity.js';

type Fits = (subject: Subject) => boolean;

/** Compiled once for a measurement; there may be a million results. */
export function compileRules(triage: Triage): (subject: Subject) => TriageRule | undefined {
  const compiled = triage.rules.map((rule) => ({ rule, fits: compile(rule, triage) }));
  return (subject) => compiled.find(({ fits }) => fits(subject))?.rule;
}

function compile(rule: TriageRule, triage: Triage): Fits {
  const parts: Fits[] = [];
  if (rule.tools) {
    const tools = new Set(rule.tools.map((tool) => tool.toLowerCase()));
    parts.push(({ tool }) => tools.has(tool.toLowerCase()));
  }
  if (rule.rules) {
    const named = compileGlobs(rule.rules.map((name) => name.toLowerCase()));
    parts.push(({ result }) => [result.rule, ...result.ids].some((name) => named(name.toLowerCase())));
  }
  if (rule.paths) {
    const named = compileGlobs(rule.paths);
    parts.push(({ result: { file } }) => file !== undefined && named(file));
  }
  if (rule.cwes) {
    const named = new Set(rule.cwes.map((cwe) => cwe.toUpperCase()));
    parts.push(({ result }) => result.cwes.some((cwe) => named.has(cwe.toUpperCase())));
  }
  if (rule.packages) {
    const wanted = rule.packages;
    parts.push(({ result: { purl } }) => purl !== undefined && wanted.some((one) => samePackage(one, purl)));
  }
  const upTo = rule['up-to'];
  if (upTo) parts.push(({ severity }) => atLeast(upTo, rankOf(severity, triage)));
  return (subject) => parts.every((fits) => fits(subject));
}
