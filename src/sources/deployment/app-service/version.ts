/** What runs in a slot, where Azure can be believed in it: an app setting that travels with the code, or the tag of a container's image. */
import { versionOfImage } from '../image.js';
import type { Sticky } from './client.js';
import type { WebConfig } from './shapes.js';

export interface Version {
  readonly version: string | null;
  /** Why it is not known. */
  readonly reason?: string;
  /** What runs is said by the configuration alone, so that nothing can come there without changing it. */
  readonly pinned: boolean;
}

const unknown = (reason: string): Version => ({ version: null, reason, pinned: false });

/** @param settings of the slot */
export function versionInSetting(name: string, settings: ReadonlyMap<string, string>, sticky: Sticky): Version {
  if (sticky.app.has(name)) {
    return unknown(
      `the setting ${name} is sticky: it stays where it is when the code is swapped, so it says no version`,
    );
  }
  const version = settings.get(name)?.trim() ?? '';
  return version === '' ? unknown(`there is no setting ${name} that says the version`) : { version, pinned: false };
}

/** Before the image in `linuxFxVersion` and `windowsFxVersion`. */
const container = /^DOCKER\|/i;

export function versionIn({ linuxFxVersion, windowsFxVersion }: WebConfig): Version {
  const written = [linuxFxVersion, windowsFxVersion].find((text) => text?.includes('|')) ?? '';
  if (!container.test(written)) {
    return unknown('Azure does not know the version of code: name with `version.setting` an app setting that says it');
  }
  const version = versionOfImage(written.replace(container, ''));
  return version === undefined ? unknown('the tag of the image says no version') : { version, pinned: true };
}
