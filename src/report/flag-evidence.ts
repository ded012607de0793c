/** How flags are set up, as evidence: a line for each, with all that somebody needs to look again. */
import type { PhrasingContent } from 'mdast';
import { plural } from '../judge/number.js';
import type { FlagStates } from '../record/evidence.js';
import { percentWords, stateWords } from '../record/flag-words.js';
import type { FlagState } from '../record/flags.js';
import { code, link, prose, text } from './markdown.js';
import { clockTime } from './words.js';

/** `3 flags`, `no flag`. */
export const statesWords = ({ states }: FlagStates): string => {
  const there = states.filter(({ exists }) => exists).length;
  return there === 0 ? 'no flag' : plural(there, 'flag');
};

/** One line for each flag, in order of their names. */
export const stateLines = ({ states, at }: FlagStates): PhrasingContent[][] => states.map((state) => line(state, at));

const offWords = {
  off: 'off serves the old code',
  on: 'off serves the NEW code',
  'code-default': "off serves the code's own default",
  unknown: 'what off serves is not known',
};

function line(state: FlagState, now: string): PhrasingContent[] {
  const { key, exists, configured, archived, changed, version, owner, kill, link: page } = state;
  if (!exists) return [...code(key, 150), text(' is not there')];
  const separate = (nodes: PhrasingContent[]): PhrasingContent[] => (nodes.length === 0 ? [] : [text('; '), ...nodes]);
  return [
    ...code(key, 150),
    text(
      archived ? ' is archived' : configured ? ` is ${stateWords(state)}${boundsWords(state)}` : ' is not set up here',
    ),
    ...(configured && !archived ? separate([text(offWords[state.whenOff])]) : []),
    ...separate(moved(state)),
    ...separate(state.unclear.slice(0, 1).flatMap((why) => prose(why, 200))),
    ...(kill.possible === false ? separate([text('cannot be switched off with this credential')]) : []),
    ...separate(changed === null ? [text('its last change is not known')] : changeWords(changed, now)),
    ...(owner === null ? [] : separate([text('of '), ...prose(owner, 80)])),
    ...(version === null ? [] : separate([text('version '), ...code(version, 60)])),
    ...separate(link('open it there', page)),
  ];
}

/** Bounds where the words do not say them, and what they rest on. */
function boundsWords({ reach, exposure: { lo, hi }, method, sample }: FlagState): string {
  const bounds =
    reach === 'targeted-only' ? ` (${lo === hi ? '' : `${percentWords(lo)} to `}${percentWords(hi)} of all users)` : '';
  return `${bounds}${method === 'sampled' ? `, estimated from ${plural(sample ?? 0, 'evaluation')}` : ''}`;
}

function moved({ targeting: { managedBy, timeDependent } }: FlagState): PhrasingContent[] {
  if (managedBy !== null) return [text('moved by '), ...prose(managedBy, 100)];
  return timeDependent ? [text('changes with time by itself')] : [];
}

const scopes = { environment: 'changed', flag: 'changed, in some environment,', file: 'its file changed' };

const changeWords = ({ at, by, scope }: NonNullable<FlagState['changed']>, now: string): PhrasingContent[] => [
  text(`${scopes[scope]} ${clockTime(at, now)}`),
  ...(by === null ? [] : [text(' by '), ...prose(by, 80)]),
];
