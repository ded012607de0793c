import { describe, expect, it } from 'vitest';
import { fromScore } from '../../../../src/sources/security/sarif/severity.js';
import { dispositions, type Json, read, run } from './support.js';

const scored = (score: unknown, level?: unknown): Json => ({
  ruleId: 'R',
  ...(level === undefined ? {} : { level }),
  properties: { 'security-severity': score },
});
const only = (result: Json, tool: Json = {}, change: Json = {}): string =>
  Object.keys(dispositions([result], change, tool)).join();
const withRule = (rule: Json, name = 'Scanner'): Json => ({ driver: { name, rules: [rule] } });

describe('the bands of security-severity', () => {
  it.each([
    ['10.0', 'critical'],
    ['9.0', 'critical'],
    ['8.95', 'high'],
    ['7.0', 'high'],
    ['6.99', 'medium'],
    ['4.0', 'medium'],
    ['3.9', 'low'],
    ['0.1', 'low'],
    [9.9, 'critical'],
    ['High', 'high'],
    ['moderate', 'medium'],
  ])('%s is %s', (score, severity) => {
    expect(fromScore(score)).toBe(severity);
  });

  it.each(['0.0', 0, '10.1', -1, 'NaN', Number.NaN, '', 'constructor', '0x9', null, {}, [9], true])(
    '%s says nothing',
    (score) => {
      expect(fromScore(score)).toBeUndefined();
    },
  );
});

describe('the level', () => {
  it.each([
    ['error', 'high'],
    ['warning', 'medium'],
    ['note', 'low'],
    ['none', 'unknown'],
    ['Error', 'high'],
    ['CRITICAL', 'critical'],
    ['severe', 'unknown'],
    ['constructor', 'unknown'],
    [3, 'unknown'],
    [{}, 'unknown'],
  ])('%s of the result is %s', (level, severity) => {
    expect(only({ level })).toBe(severity);
  });

  it('comes from the rule when the result has none, as CodeQL writes it', () => {
    const rule = { id: 'R', defaultConfiguration: { level: 'error' } };
    expect(only({ ruleId: 'R' }, withRule(rule))).toBe('high');
    expect(only({ ruleId: 'R', level: null }, withRule(rule))).toBe('high');
    expect(only({ ruleId: 'R' })).toBe('medium');
  });

  it('is overridden by the invocation that the result belongs to', () => {
    const rule = { id: 'R', defaultConfiguration: { level: 'note' } };
    const override = { descriptor: { id: 'R' }, configuration: { level: 'error' } };
    const loud = { executionSuccessful: true, ruleConfigurationOverrides: [override] };
    const plain = { executionSuccessful: true };
    const sev = (invocations: unknown[], provenance?: unknown) =>
      only({ ruleId: 'R', ...(provenance ? { provenance } : {}) }, withRule(rule), { invocations });
    expect(sev([loud])).toBe('high');
    expect(sev([plain, loud])).toBe('low');
    expect(sev([plain, loud], { invocationIndex: 1 })).toBe('high');
    expect(only({ ruleId: 'R', level: 'warning' }, withRule(rule), { invocations: [loud] })).toBe('medium');
  });

  it.each(['osv-scanner', 'Gitleaks', 'OSV-Scanner'])('says nothing where %s writes one for everything', (name) => {
    const { level } = read(run([{ ruleId: 'R', level: 'warning' }], {}, withRule({ id: 'R' }, name))).results[0] ?? {};
    expect(level?.severity).toBe('unknown');
    // A leaked secret is critical until somebody says otherwise.
    const silent = name === 'Gitleaks' ? 'critical' : 'unknown';
    expect(only({ ruleId: 'R', level: 'warning' }, withRule({ id: 'R' }, name))).toBe(silent);
    expect(only({ ruleId: 'R' }, withRule({ id: 'R', properties: { 'security-severity': '9.8' } }, name))).toBe(
      'critical',
    );
  });
});

describe('score and level together', () => {
  it('lets the score hold, unless they are two steps apart: then the worse one', () => {
    expect(only(scored('9.8', 'note'))).toBe('critical');
    expect(only(scored('5.0', 'error'))).toBe('medium');
    expect(only(scored('2.0', 'warning'))).toBe('low');
    expect(only(scored('2.0', 'error'))).toBe('high');
  });

  it('never takes an unrated finding for a low one', () => {
    expect(only(scored('0.0', 'note'))).toBe('unknown');
    expect(only(scored('0.0', 'warning'))).toBe('unknown');
    expect(only(scored('11', 'note'))).toBe('unknown');
    expect(only(scored('0.0', 'error'))).toBe('high');
    expect(only({ level: 'note', properties: { 'security-severity': null } })).toBe('low');
  });

  it('takes the first valid score of result and rule', () => {
    const tool = withRule({ id: 'R', properties: { 'security-severity': '9.1' } });
    expect(only({ ruleId: 'R', level: 'note' }, tool)).toBe('critical');
    expect(only(scored('5.0'), tool)).toBe('medium');
    expect(only(scored('0.0'), tool)).toBe('critical');
  });

  it("reads the words in a result's properties, but no numbers of unknown scale", () => {
    expect(only({ level: 'error', properties: { severity: 'LOW' } })).toBe('high');
    expect(only({ level: 'warning', properties: { severity: 'LOW' } })).toBe('low');
    expect(only({ level: 'warning', properties: { Severity: 'Critical' } })).toBe('critical');
    expect(only({ level: 'error', properties: { severity: 1 } })).toBe('high');
    expect(only({ level: 'error', properties: { severity: 'error' } })).toBe('high');
    expect(only({ level: 'note', properties: { cvssScore: 9.1 } })).toBe('critical');
  });

  it('takes the worst when an id means several rules', () => {
    const rules = ['2.0', '9.9', '5.0'].map((score) => ({ id: 'R', properties: { 'security-severity': score } }));
    const tool = { driver: { name: 'Scanner', rules } };
    expect(only({ ruleId: 'R' }, tool)).toBe('critical');
    expect(only({ ruleId: 'R', ruleIndex: 0 }, tool)).toBe('low');
  });
});
