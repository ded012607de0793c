/**
 * The decision as an in-toto statement, which an attestation signs: who asks later whether an image or a commit may be deployed need not read
 * a whole record. https://github.com/in-toto/attestation/blob/main/spec/v1/statement.md; docs/attestation.md tells of our predicate.
 */
import * as v from 'valibot';
import { instant, states } from './evidence.js';
import { type DecisionRecord, decisions, enforcements, reasons } from './record.js';

export const predicateType = 'urn:signalbox:attestation:decision:v1';

const text = v.string();
const maybe = v.nullable(text);

export const predicateSchema = v.strictObject({
  decision: v.picklist(decisions),
  reason: v.picklist(reasons),
  proven: v.pipe(
    v.boolean(),
    v.description('the gates themselves say continue: false for a stop, and for a policy that only observes'),
  ),
  sentence: text,
  gates: v.array(
    v.strictObject({
      name: text,
      type: text,
      enforce: v.picklist(enforcements),
      state: v.pipe(v.picklist([...states, 'not-evaluated']), v.description('in the last round that was made')),
    }),
  ),
  observe: v.boolean(),
  service: maybe,
  release: v.strictObject({ sha: maybe, version: maybe, environment: maybe }),
  run: v.strictObject({ platform: text, repository: maybe, ref: maybe, actor: maybe, url: maybe }),
  policy: v.strictObject({ file: maybe, sha256: text }),
  tool: v.strictObject({ name: text, version: text }),
  rounds: v.number(),
  began: instant,
  ended: instant,
});
/** What is attested of a decision. */
export type Predicate = v.InferOutput<typeof predicateSchema>;

export interface Subject {
  readonly name: string;
  readonly digest: { readonly sha256: string };
}

export interface Statement {
  readonly subjects: readonly Subject[];
  readonly predicateType: string;
  readonly predicate: Predicate;
}

/** @param subjects the record's file, and what else the decision is about, such as an image */
export function statementOf(record: DecisionRecord, subjects: readonly Subject[]): Statement {
  const { decision, verdict, rounds, host, release, policy } = record;
  const last = rounds.at(-1);
  const { sha, version, environment } = release;
  const predicate: Predicate = {
    decision: decision.decision,
    reason: decision.reason,
    proven: decision.decision === 'continue' && verdict.decision === 'continue' && verdict.reason === 'healthy',
    sentence: decision.sentence,
    gates: record.gates.map(({ name, type, enforce }) => ({
      name,
      type,
      enforce,
      state: last?.gates.find(({ gate }) => gate === name)?.reading?.state ?? 'not-evaluated',
    })),
    observe: record.observe,
    service: record.service,
    release: { sha, version, environment },
    run: { platform: host.kind, repository: host.repository, ref: host.ref, actor: host.actor, url: host.run },
    policy: { file: policy.file, sha256: policy.sha256 },
    tool: { ...record.tool },
    rounds: rounds.length,
    began: record.began,
    ended: record.ended,
  };
  return { subjects, predicateType, predicate };
}

const subjectForm = /^(\S.*?)@sha256:([0-9a-f]{64})$/i;

/** @param line `ghcr.io/acme/checkout@sha256:…`. @returns undefined when it is not of that form */
export function parseSubject(line: string): Subject | undefined {
  const [, name, sha256] = subjectForm.exec(line.trim()) ?? [];
  return name === undefined || sha256 === undefined ? undefined : { name, digest: { sha256: sha256.toLowerCase() } };
}
