/** What a result says, fit to be shown: one line, placeholders filled, and nothing of any code snippet or secret in it. */
import { oneLine } from '../../text.js';
import { maskSecrets } from '../masks.js';
import { asArray, asObject, asText, type Obj } from '../shape.js';

/** Long enough for any sentence; texts of megabytes are cut before anything is done with them. */
const longest = 1000;

/** The text of a message object, from the result or by its id from the rule (section 3.11). */
function templateOf(result: Obj, rule: Obj | undefined): string | undefined {
  const message = asObject(result.message);
  const id = asText(message?.id);
  const byId = id === undefined ? undefined : asObject(asObject(rule?.messageStrings)?.[id]);
  return asText(message?.text) ?? asText(byId?.text) ?? ruleText(rule) ?? asText(message?.markdown);
}

/** What the rule says of itself, in few words. */
export function ruleText(rule: Obj | undefined): string | undefined {
  return (
    asText(asObject(rule?.shortDescription)?.text) ??
    asText(asObject(rule?.fullDescription)?.text) ??
    asText(rule?.name)
  );
}

/** @param secret the message may be the secret itself, so the rule speaks in its place */
export function messageOf(result: Obj, rule: Obj | undefined, secret: boolean): string {
  if (secret) return oneLine(maskSecrets((ruleText(rule) ?? 'a secret').slice(0, longest)));
  const template = templateOf(result, rule);
  if (template === undefined) return '';
  const given = asArray(asObject(result.message)?.arguments) ?? [];
  const snippets = snippetsOf(result);
  // Snippets go before anything is cut, since half a secret would no longer be recognised.
  const safe = (text: string): string => snippets.reduce((t, s) => t.replaceAll(s, '***'), text).slice(0, longest);
  // A brace that is doubled stands for itself.
  const filled = safe(template).replace(/\{\{|\}\}|\{(\d{1,3})\}/g, (whole, n: string | undefined) => {
    if (n === undefined) return whole.charAt(0);
    const argument = asText(given[Number(n)]);
    return argument === undefined ? whole : safe(argument);
  });
  return oneLine(maskSecrets(filled.slice(0, 4 * longest)).replace(/\[([^[\]]{1,500})\]\([^()]{1,500}\)/g, '$1'));
}

const mostSnippets = 50;
const mostLocations = 50;

/** A snippet of a secret scanner is the secret, and some of them repeat it in the message. */
function snippetsOf(result: Obj): string[] {
  const found = new Set<string>();
  const look = (location: unknown): void => {
    const physical = asObject(asObject(location)?.physicalLocation);
    if (!physical) return;
    for (const region of [asObject(physical.region), asObject(physical.contextRegion)]) {
      if (region?.snippet === undefined || found.size >= mostSnippets) continue;
      const snippet = asObject(region.snippet);
      for (const text of [asText(snippet?.text)?.trim(), asText(asObject(snippet?.rendered)?.text)?.trim()]) {
        // Shorter ones are words of the message itself more often than secrets.
        if (text !== undefined && text.length >= 6) found.add(text);
      }
    }
  };
  each(result.locations, look);
  each(result.relatedLocations, look);
  each(result.codeFlows, (flow) =>
    each(asObject(flow)?.threadFlows, (thread) =>
      each(asObject(thread)?.locations, (step) => look(asObject(step)?.location)),
    ),
  );
  return found.size === 0 ? [] : [...found].sort((a, b) => b.length - a.length);
}

function each(list: unknown, visit: (item: unknown) => void): void {
  const items = asArray(list) ?? [];
  for (let i = 0; i < items.length && i < mostLocations; i += 1) visit(items[i]);
}
