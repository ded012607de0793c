/** OpenVEX, all versions of its specification up to 0.2: https://github.com/openvex/spec */
import { didYouMean } from '../../../policy/problems.js';
import { oneLine } from '../../text.js';
import { asObject, asText, isAbsent, type Obj } from '../shape.js';
import { type About, type Claim, digestOf, type Excuses, instantOf, type Thing, thingOf } from './vex-claims.js';

const contextForm = /^https?:\/\/openvex\.dev\/ns(?:\/(?:v0\.[0-2](?:\.\d+)?)?)?\/?$/i;

const isContext = (x: unknown): boolean => typeof x === 'string' && /^https?:\/\/openvex\.dev\/ns/i.test(x);

/** JSON-LD lets a list of one be written without the list. */
const listOf = (x: unknown): readonly unknown[] => (isAbsent(x) ? [] : Array.isArray(x) ? x : [x]);

export const isOpenVex = (document: Obj): boolean => listOf(document['@context']).some(isContext);

const justifications = [
  'component_not_present',
  'vulnerable_code_not_present',
  'vulnerable_code_not_in_execute_path',
  'vulnerable_code_cannot_be_controlled_by_adversary',
  'inline_mitigations_already_exist',
];

/** What a status does to a finding; undefined: nothing. */
const statuses: ReadonlyMap<string, Excuses | undefined> = new Map([
  ['not_affected', 'VEX_NOT_AFFECTED'],
  ['fixed', 'VEX_FIXED'],
  ['affected', undefined],
  ['under_investigation', undefined],
]);

/**
 * @param say takes what is wrong
 */
export function readOpenVex(document: Obj, file: string, say: (message: string) => void): Claim[] {
  const context = listOf(document['@context']).find(isContext);
  if (!contextForm.test(String(context))) {
    say(`expected OpenVEX up to version 0.2, found \`${oneLine(String(context), 60)}\``);
    return [];
  }
  // Some write a document of one statement without the list.
  const statements = isAbsent(document.statements) && !isAbsent(document.status) ? [document] : document.statements;
  if (isAbsent(statements)) say('`statements` is missing');
  return listOf(statements).flatMap((one, index) => {
    const wrong = (message: string): [] => {
      say(`statement ${index + 1}: ${message}`);
      return [];
    };
    const statement = asObject(one);
    if (!statement) return wrong('expected a map');
    const ids = idsOf(statement.vulnerability);
    if (ids.length === 0) return wrong('`vulnerability` is missing');
    const status = asText(statement.status)?.trim() ?? '';
    if (!statuses.has(status)) {
      const known = [...statuses.keys()];
      const found = status === '' ? 'nothing' : `\`${oneLine(status, 40)}\``;
      return wrong(`expected the status ${known.join(', ')}, found ${found}${didYouMean(status.slice(0, 40), known)}`);
    }
    return [claimOf(statement, ids, statuses.get(status), document, file)];
  });
}

function claimOf(
  statement: Obj,
  ids: readonly string[],
  excuses: Excuses | undefined,
  document: Obj,
  file: string,
): Claim {
  const label = asText(statement.justification)?.trim() ?? '';
  const justification = justifications.includes(label) ? label : '';
  const impact = asText(statement.impact_statement) ?? '';
  const unjustified = excuses === 'VEX_NOT_AFFECTED' && justification === '' && impact === '';
  const why = [justification, impact, asText(statement.status_notes) ?? ''].filter((part) => part !== '').join(': ');
  return {
    file,
    ids,
    ...(excuses && !unjustified ? { excuses } : {}),
    ...(unjustified ? { unjustified } : {}),
    why: oneLine(why),
    at: instantOf(asText(statement.timestamp) ?? asText(document.timestamp)),
    about: aboutOf(statement),
  };
}

function idsOf(vulnerability: unknown): readonly string[] {
  const { name, aliases, '@id': id } = asObject(vulnerability) ?? { name: vulnerability };
  const names = [name, id, ...listOf(aliases)].flatMap((x) => asText(x)?.trim().toUpperCase() ?? []);
  return [...new Set(names)];
}

/** Before version 0.2 products and subcomponents are texts, and the subcomponents are those of all products. */
function aboutOf({ products, subcomponents }: Obj): readonly About[] {
  const shared = listOf(subcomponents);
  return listOf(products).map((product) => {
    const parts = [...listOf(asObject(product)?.subcomponents), ...shared].map(componentOf);
    return { product: componentOf(product), ...(parts.length > 0 ? { parts } : {}) };
  });
}

function componentOf(x: unknown): Thing {
  const component = asObject(x);
  if (!component) return thingOf(typeof x === 'string' ? [x] : []);
  const names = [component['@id'], asObject(component.identifiers)?.purl].flatMap((name) => asText(name) ?? []);
  const hashes = Object.entries(asObject(component.hashes) ?? {}).flatMap(
    ([algorithm, digits]) => digestOf(algorithm, asText(digits) ?? '') ?? [],
  );
  return thingOf(names, hashes);
}
