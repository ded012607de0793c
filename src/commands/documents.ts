/** Documents that a policy names and that belong to it: SLOs written for other tools. What they say takes its place in the policy. */
import type { Loaded } from '../policy/load.js';
import { didYouMean, type Path } from '../policy/problems.js';
import { sourceOf } from '../policy/relate.js';
import type { GateConfig, Policy } from '../policy/schema.js';
import { readSlos, type Slo } from '../policy/slo-document.js';
import type { Problem } from '../record/record.js';
import { sourceTypeOf } from '../sources/index.js';
import { readText } from '../sources/workspace.js';

type SloGate = GateConfig & Partial<Slo> & { readonly document?: string; readonly slo?: string };

/**
 * Reads the documents of all gates.
 *
 * @param place the place of a part of the policy, for problems
 * @returns the policy with what the documents say, and what is wrong with them
 */
export async function withDocuments(
  policy: Policy,
  workspace: string,
  place: Loaded['locate'],
): Promise<{ policy: Policy; problems: readonly Problem[] }> {
  const problems: Problem[] = [];
  const gates: GateConfig[] = [];
  for (const [index, gate] of policy.gates.entries()) {
    if (gate.type !== 'slo') {
      gates.push(gate);
      continue;
    }
    const at = (key: string): Path => ['gates', index, key];
    const config = gate as SloGate;
    const { document } = config;
    const read = document === undefined ? config : await fromDocument(config, document, workspace);
    if (Array.isArray(read)) {
      problems.push(...read.map((p) => (p.file === undefined ? place(at('document'), p.message) : p)));
      continue;
    }
    const { windowInQuery = false } = sourceTypeOf(sourceOf(policy, gate)?.type) ?? {};
    if (windowInQuery) {
      const fixed = (['failures', 'good', 'total', 'ratio'] as const).find(
        (key) => read[key] !== undefined && !/\$__range\b/.test(read[key]),
      );
      if (fixed !== undefined) {
        const message = `expected \`[$__range]\` in \`${fixed}\` (in a document \`[{{.window}}]\`), since it is asked over several windows; found \`${read[fixed]}\``;
        problems.push(place(at(document === undefined ? fixed : 'document'), message));
      }
    }
    gates.push(document !== undefined && windowInQuery ? zeroWithTraffic(read) : read);
  }
  return { policy: { ...policy, gates }, problems };
}

/** PromQL gives no series where nothing has failed yet; while there is traffic that is 0. Where the total is missing too, it stays nothing. */
const zeroWithTraffic = (gate: SloGate): SloGate =>
  gate.failures === undefined ? gate : { ...gate, failures: `(${gate.failures}) or 0 * (${gate.total})` };

async function fromDocument(gate: SloGate, file: string, workspace: string): Promise<SloGate | Problem[]> {
  let content: string;
  try {
    content = await readText(workspace, file);
  } catch (error) {
    return [{ message: (error as Error).message }];
  }
  const { slos, problems } = readSlos(content, file);
  if (problems.length > 0) return [...problems];
  const names = slos.map((slo) => slo.name);
  const [only] = slos.length === 1 ? slos : [];
  const found = gate.slo === undefined ? only : slos.find((slo) => slo.name === gate.slo);
  if (found === undefined) {
    const wanted =
      gate.slo === undefined
        ? `\`slo\` is missing: ${file} has several`
        : `there is no SLO \`${gate.slo}\` in ${file}${didYouMean(gate.slo, names)}`;
    return [{ message: `${wanted} (${names.join(', ')})` }];
  }
  const { name: _, period, ...rest } = found;
  // What the policy itself says of the period goes before the document.
  return { ...rest, ...(period === undefined ? {} : { period }), ...gate };
}
