/** CycloneDX with the analysis of vulnerabilities in it, JSON: https://cyclonedx.org/docs/1.6/json/#vulnerabilities */
import { didYouMean } from '../../../policy/problems.js';
import { oneLine } from '../../text.js';
import { asArray, asObject, asText, isAbsent, type Obj } from '../shape.js';
import { type About, type Claim, digestOf, type Excuses, instantOf, type Thing, thingOf } from './vex-claims.js';
import { versionTest } from './vex-versions.js';

export const isCycloneDx = (document: Obj): boolean => document.bomFormat === 'CycloneDX';

/** What a state does to a finding; undefined: nothing. */
const states: ReadonlyMap<string, Excuses | undefined> = new Map([
  ['not_affected', 'VEX_NOT_AFFECTED'],
  ['false_positive', 'VEX_FALSE_POSITIVE'],
  ['resolved', 'VEX_FIXED'],
  ['resolved_with_pedigree', 'VEX_FIXED'],
  ['exploitable', undefined],
  ['in_triage', undefined],
]);

const justifications = [
  'code_not_present',
  'code_not_reachable',
  'requires_configuration',
  'requires_dependency',
  'requires_environment',
  'protected_by_compiler',
  'protected_at_runtime',
  'protected_at_perimeter',
  'protected_by_mitigating_control',
];

/**
 * @param say takes what is wrong
 */
export function readCycloneDx(document: Obj, file: string, say: (message: string) => void): Claim[] {
  const version = asText(document.specVersion) ?? '';
  if (!/^1\.[4-7]$/.test(version)) {
    const found = version === '' ? 'nothing' : `\`${oneLine(version, 40)}\``;
    say(`expected a CycloneDX document of \`specVersion\` 1.4 to 1.7, found ${found}`);
    return [];
  }
  const { vulnerabilities, metadata } = document;
  if (!isAbsent(vulnerabilities) && !asArray(vulnerabilities)) say('expected a list in `vulnerabilities`');
  const bom = new Bom(document);
  const made = asText(asObject(metadata)?.timestamp);
  return (asArray(vulnerabilities) ?? []).flatMap((one, index) => {
    const wrong = (message: string): [] => {
      say(`vulnerability ${index + 1}: ${message}`);
      return [];
    };
    const vulnerability = asObject(one);
    if (!vulnerability) return wrong('expected a map');
    const analysis = asObject(vulnerability.analysis);
    // Without a state nobody has looked at it yet: an inventory, and no statement.
    if (!analysis || isAbsent(analysis.state)) return [];
    const state = asText(analysis.state)?.trim() ?? '';
    if (!states.has(state)) {
      const known = [...states.keys()];
      return wrong(`expected the state ${known.join(', ')}, found another${didYouMean(state.slice(0, 40), known)}`);
    }
    const excuses = states.get(state);
    const label = asText(analysis.justification)?.trim() ?? '';
    const justification = justifications.includes(label) ? label : '';
    const detail = asText(analysis.detail) ?? '';
    const unjustified = excuses === 'VEX_NOT_AFFECTED' && justification === '' && detail === '';
    return [
      {
        file,
        ids: idsOf(vulnerability),
        ...(excuses && !unjustified ? { excuses } : {}),
        ...(unjustified ? { unjustified } : {}),
        why: oneLine([justification, detail].filter((part) => part !== '').join(': ')),
        at: instantOf(asText(analysis.lastUpdated) ?? asText(analysis.firstIssued) ?? made),
        about: (asArray(vulnerability.affects) ?? []).flatMap((x) => {
          const { ref, versions } = asObject(x) ?? {};
          const test = versionTest(versions, excuses !== undefined && !unjustified);
          return bom.about(asText(ref) ?? '').map((about) => (test ? { ...about, versions: test } : about));
        }),
      },
    ];
  });
}

function idsOf({ id, references }: Obj): readonly string[] {
  const names = [id, ...(asArray(references) ?? []).map((x) => asObject(x)?.id)];
  return [...new Set(names.flatMap((name) => asText(name)?.trim().toUpperCase() ?? []))];
}

/** The components of a document by their `bom-ref`. */
class Bom {
  /** What the document is about; absent: it does not say. */
  readonly #product: Thing | undefined;
  readonly #productRef: string | undefined;
  /** undefined: several go by this name. */
  readonly #parts = new Map<string, Thing | undefined>();
  readonly #link: string | undefined;

  constructor({ metadata, components, serialNumber, version }: Obj) {
    const product = asObject(asObject(metadata)?.component);
    this.#product = product && thingIn(product);
    this.#productRef = asText(product?.['bom-ref']);
    const open = [...(asArray(product?.components) ?? []), ...(asArray(components) ?? [])];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const component = asObject(next);
      const ref = asText(component?.['bom-ref']);
      if (component && ref !== undefined) this.#parts.set(ref, this.#parts.has(ref) ? undefined : thingIn(component));
      for (const inner of asArray(component?.components) ?? []) open.push(inner);
    }
    const [, serial] = /^urn:uuid:(\S+)$/i.exec(asText(serialNumber) ?? '') ?? [];
    const number = typeof version === 'number' ? version : 1;
    this.#link = serial === undefined ? undefined : `urn:cdx:${serial}/${number}#`.toLowerCase();
  }

  /** @param ref a `bom-ref` of this document, or a BOM-Link into this or another one */
  about(ref: string): readonly About[] {
    if (!/^urn:cdx:/i.test(ref)) return this.#own(ref);
    const inner = unescaped(ref.slice(ref.indexOf('#') + 1));
    if (inner === undefined || !ref.includes('#')) return [];
    const link = ref.slice(0, ref.indexOf('#') + 1).toLowerCase();
    // In another document nobody knows what product the component is a part of.
    return link === this.#link ? this.#own(inner) : [{ product: thingOf([inner]), releasedOnly: true }];
  }

  #own(ref: string): readonly About[] {
    if (ref === '') return [];
    const product = this.#product;
    if (product && ref === this.#productRef) return this.#parts.has(ref) ? [] : [{ product }];
    const part = this.#parts.has(ref) ? this.#parts.get(ref) : thingOf([ref]);
    if (!part) return [];
    const alone: About = { product: part, releasedOnly: true };
    return product ? [{ product, parts: [part] }, alone] : [alone];
  }
}

function thingIn(component: Obj): Thing {
  const hashes = (asArray(component.hashes) ?? []).flatMap((x) => {
    const { alg, content } = asObject(x) ?? {};
    return digestOf(asText(alg) ?? '', asText(content) ?? '') ?? [];
  });
  const named = asText(component.purl) ?? asText(component['bom-ref']);
  return thingOf(named === undefined ? [] : [named], hashes);
}

function unescaped(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
