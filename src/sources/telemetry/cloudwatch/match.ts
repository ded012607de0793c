/** Which alarms count: `checkout-` (all whose names begin so), `checkout-*-5xx`, or `checkout-5xx, checkout-latency`. */
import { NotMeasured } from '../../source.js';
import { globForm } from '../../text.js';

export interface AlarmMatch {
  /** Whether a name counts; one test for each part, so that a part which fits nothing is noticed. */
  readonly parts: readonly { readonly text: string; fits(name: string): boolean }[];
  /** How CloudWatch is asked to narrow the list. */
  readonly ask: { readonly AlarmNames?: readonly string[]; readonly AlarmNamePrefix?: string };
}

const maxNames = 100;

function globOf(text: string): (name: string) => boolean {
  const form = new RegExp(globForm(text), 'su');
  return (name) => form.test(name);
}

/**
 * @param text absent: every alarm of the account in the region
 * @throws {NotMeasured} `bad-query`
 */
export function parseAlarmMatch(text: string | undefined): AlarmMatch {
  if (text === undefined) return { parts: [], ask: {} };
  const names = text.split(',').map((part) => part.trim());
  if (names.includes('')) {
    const message =
      '`match` holds an empty name, expected a prefix, a pattern with `*`, or names with `,` between them';
    throw new NotMeasured('bad-query', message, { permanent: true });
  }
  const [only = ''] = names;
  if (names.length === 1 && !only.includes('*')) {
    return { parts: [{ text: only, fits: (name) => name.startsWith(only) }], ask: { AlarmNamePrefix: only } };
  }
  const parts = names.map((name) => ({ text: name, fits: globOf(name) }));
  if (names.length === 1) {
    const prefix = only.slice(0, only.indexOf('*'));
    return { parts, ask: prefix === '' ? {} : { AlarmNamePrefix: prefix } };
  }
  const exact = names.every((name) => !name.includes('*')) && names.length <= maxNames;
  return { parts, ask: exact ? { AlarmNames: names } : {} };
}

/** Advice for `signalbox check`. */
export const alarmsAdvice = ({ parts }: AlarmMatch): string[] =>
  parts.length > 0
    ? []
    : [
        'without `match` every alarm of the account and region counts, also those of auto scaling, which fire whenever there is little to do',
      ];
