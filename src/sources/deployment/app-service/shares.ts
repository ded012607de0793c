/**
 * Who gets how much: the rules of `config/web` of the production slot send a part of its users to other slots, and production keeps the
 * rest (https://learn.microsoft.com/azure/app-service/deploy-staging-slots#route-production-traffic-automatically).
 */
import type { Rule, Site, WebConfig } from './shapes.js';

/** Host names by which rules may know a slot, in lower case. */
export function hostsOf({ properties }: Site): ReadonlySet<string> {
  const { defaultHostName, hostNames, enabledHostNames } = properties;
  return new Set(
    [defaultHostName ?? '', ...(hostNames ?? []), ...(enabledHostNames ?? [])]
      .filter((host) => host !== '')
      .map((host) => host.toLowerCase()),
  );
}

/** Not yet matched with slots. */
export interface Shares {
  readonly rules: readonly Rule[];
  /** Percent that all rules together send away from production. */
  readonly away: number;
}

const hostOf = ({ actionHostName }: Rule): string => (actionHostName ?? '').toLowerCase();

/** Six digits: percentages are doubles there, and 100 - 33.3 is 66.7 for people. */
const rounded = (percent: number): number => Number(percent.toFixed(6));

/**
 * @param own host names of the production slot
 * @returns a text: why it is not known who gets how much
 */
export function sharesOf({ experiments }: WebConfig, own: ReadonlySet<string>): Shares | string {
  const rules = experiments?.rampUpRules;
  // Azure gives an empty list where all goes to production.
  if (!rules) return 'Azure does not say how the traffic is shared out (no `experiments.rampUpRules`)';
  const shares = rules.map(({ reroutePercentage }) => reroutePercentage);
  if (!shares.every((share) => typeof share === 'number' && share >= 0 && share <= 100)) {
    return 'a rule of the traffic has no percentage from 0 to 100';
  }
  const away = rounded(
    rules.reduce((sum, rule) => sum + (own.has(hostOf(rule)) ? 0 : (rule.reroutePercentage ?? 0)), 0),
  );
  return away > 100 ? `the rules of the traffic come to ${away} %` : { rules, away };
}

/** What production keeps. */
export const kept = ({ away }: Shares): number => rounded(100 - away);

/** The rules that send users to one of these hosts. */
export const rulesTo = (rules: readonly Rule[], hosts: ReadonlySet<string>): readonly Rule[] =>
  rules.filter((rule) => hosts.has(hostOf(rule)));

export const percentOf = (rules: readonly Rule[]): number =>
  rounded(rules.reduce((sum, { reroutePercentage }) => sum + (reroutePercentage ?? 0), 0));

/** Azure moves the percentage by itself. */
export const movesByItself = ({ changeStep, changeDecisionCallbackUrl }: Rule): boolean =>
  (changeStep ?? 0) !== 0 || (changeDecisionCallbackUrl ?? '') !== '';

export const movingWords = (rules: readonly Rule[]): string =>
  rules
    .map(({ actionHostName, changeStep, changeIntervalInMinutes: minutes }) => {
      const step = changeStep ? ` by ${changeStep} %` : '';
      return `Azure itself moves the share of ${actionHostName ?? 'a slot'}${step}${minutes ? ` every ${minutes} min` : ''}`;
    })
    .join('; ');
