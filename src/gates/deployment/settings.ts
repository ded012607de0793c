/**
 * How the settings of a target differ from those of another, against what should differ. Pure.
 *
 * When two slots change places, settings go with the code, unless they are sticky and stay with the slot. So one that is not sticky must be
 * the same at both, or what is live would be changed; one that is sticky may have a value of its own at each, but must be there at both, or
 * the code finds it on one side only.
 */
import { plural } from '../../judge/number.js';
import type { SettingsDiffer, Target } from '../../record/deployments.js';
import { globForm } from '../../sources/text.js';
import type { Expectation } from './expect.js';
import { lacking, met, missed, pending, type Verdict } from './verdict.js';

type Wanted = NonNullable<Expectation['settings']>;
type Difference = SettingsDiffer['differ'][number];

/** Names in a sentence; the evidence has the rest. */
const mostNames = 10;

const hows = { missing: 'missing', 'only-here': 'only here', 'other-value': 'another value' };

/** @param settings undefined: the source did not compare them @returns one verdict */
export function assessSettings(
  { exists, state }: Target,
  settings: SettingsDiffer | undefined,
  { like, except }: Wanted,
): Verdict {
  const wish = `expected those of ${like}`;
  if (!exists || settings === undefined) {
    return lacking('not-told', `has settings that the source does not compare, ${wish} (are both there?)`);
  }
  if (state === 'deploying') return pending('deploying', `has settings that may be changing right now, ${wish}`);
  if (settings.compared === 0) return lacking('no-settings', `has no settings, and neither has ${like}`);
  const forms = except.map((pattern) => new RegExp(globForm(pattern), 's'));
  const counting = settings.differ.filter(({ name }) => !forms.some((form) => form.test(name)));
  const wrong = counting.filter(({ how, sticky }) => how !== 'other-value' || sticky === false);
  if (wrong.length > 0) return missed(`has other settings than ${like}: ${named(wrong)}`);
  const unclear = counting.filter(({ sticky }) => sticky === null);
  if (unclear.length > 0) {
    const why = `which may be sticky or not, ${wish}: the source does not say`;
    return lacking('not-told', `has settings with other values than ${like}: ${named(unclear)}, ${why}`);
  }
  if (state === 'unknown') {
    return lacking('not-told', `may be changing its settings or not: the source does not say, ${wish}`);
  }
  const but = settings.differ.length === 0 ? '' : `, but for ${settings.differ.length} that may differ`;
  return met(`has the settings of ${like} (${plural(settings.compared, 'setting')} compared${but})`);
}

function named(differ: readonly Difference[]): string {
  const words = differ
    .slice(0, mostNames)
    .map(({ name, how, sticky }) => `${name} (${hows[how]}${sticky === true ? ', sticky' : ''})`);
  return `${words.join(', ')}${differ.length > mostNames ? ` and ${differ.length - mostNames} more` : ''}`;
}
