/** Compares the settings of two slots. Values are compared here and go no further. */
import type { SettingsDiffer } from '../../../record/deployments.js';
import type { Settings, Sticky } from './client.js';

type Difference = SettingsDiffer['differ'][number];

/** Names of connection strings get this before them, since an app setting may have the same name. */
const connectionString = 'connection string ';

/** @param versionSetting the setting that says the version, which is meant to differ */
export function compareSettings(
  { target, like }: { readonly target: string; readonly like: string },
  mine: Settings,
  theirs: Settings,
  sticky: Sticky,
  versionSetting: string | undefined,
): SettingsDiffer {
  const app = compare(without(mine.app, versionSetting), without(theirs.app, versionSetting), sticky.app, '');
  const strings = compare(mine.connectionStrings, theirs.connectionStrings, sticky.connectionStrings, connectionString);
  return {
    target,
    like,
    compared: app.compared + strings.compared,
    differ: [...app.differ, ...strings.differ],
  };
}

const without = (settings: ReadonlyMap<string, string>, name: string | undefined): ReadonlyMap<string, string> =>
  new Map([...settings].filter(([one]) => one !== name));

function compare(
  mine: ReadonlyMap<string, string>,
  theirs: ReadonlyMap<string, string>,
  sticky: ReadonlySet<string>,
  before: string,
): { compared: number; differ: Difference[] } {
  const names = [...new Set([...mine.keys(), ...theirs.keys()])].sort();
  const differ = names
    .filter((name) => mine.get(name) !== theirs.get(name))
    .map((name): Difference => {
      const how = !mine.has(name) ? 'missing' : !theirs.has(name) ? 'only-here' : 'other-value';
      return { name: before + name, how, sticky: sticky.has(name) };
    });
  return { compared: names.length, differ };
}
