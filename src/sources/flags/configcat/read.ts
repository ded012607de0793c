/** The state of a flag in one environment of ConfigCat. */
import type { FlagState } from '../../../record/flags.js';
import { oneLine } from '../../text.js';
import type { Meaning } from '../meaning.js';
import { missingState, stateOf } from '../state.js';
import type { Values } from './client.js';
import { definitionOf } from './definition.js';

export function stateIn(values: Values, flag: string, meaning: Meaning): FlagState {
  const formula = values.settingFormulas.find(({ setting }) => setting.key === flag);
  if (!formula) return missingState(flag);
  const { definition, prerequisites } = definitionOf(formula, values.settingFormulas, meaning);
  const at = Date.parse(formula.updatedAt ?? '');
  const by = formula.lastUpdaterUserFullName;
  const conditions = formula.targetingRules.flatMap((rule) => rule.conditions ?? []);
  return stateOf(
    {
      key: flag,
      definition,
      prerequisites,
      timeDependent: conditions.some(({ userCondition: c }) => c?.comparator.startsWith('dateTime')),
      changed: Number.isNaN(at)
        ? null
        : { at: new Date(at).toISOString(), by: by ? oneLine(by, 100) : null, scope: 'environment' },
      version: formula.lastVersionId,
      kill: killOf(values),
    },
    meaning,
  );
}

function killOf({ readOnly, approveRequired, canBypassApproval }: Values): FlagState['kill'] {
  const scope = 'environment';
  if (readOnly) {
    const why = 'this credential may only read the environment: give its permission group write access';
    return { possible: false, scope, blockedBy: 'permission', why };
  }
  if (approveRequired && !canBypassApproval) {
    const why = 'the environment asks for an approval of every change: let this credential bypass approvals';
    return { possible: false, scope, blockedBy: 'approval', why };
  }
  if (readOnly === false) return { possible: true, scope };
  return { possible: null, scope, why: 'ConfigCat does not say whether this credential may write' };
}
