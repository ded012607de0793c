/** Asks Azure about one container app and its revisions. */
import type { GenericSchema, InferOutput } from 'valibot';
import * as v from 'valibot';
import { NotMeasured } from '../../source.js';
import { type Arm, lastSegment, notArm } from '../../telemetry/azure-monitor/arm.js';
import { type App, appForm, type Replica, type Revision, replicaForm, revisionForm } from './shapes.js';

/** Of Microsoft.App. */
export const apiVersion = { 'api-version': '2025-01-01' };

const reading = 'the role Reader on the app';

/** The app and all its revisions, as they were read together. */
export interface AppState {
  readonly app: App;
  /** By name. Inactive ones too, as long as Azure keeps them. */
  readonly revisions: ReadonlyMap<string, Revision>;
}

/** Each asks anew. @throws {NotMeasured} */
export class AppClient {
  readonly arm: Arm;
  /** Id of the app. */
  readonly resource: string;
  readonly name: string;

  constructor(arm: Arm, resource: string) {
    this.arm = arm;
    this.resource = resource;
    this.name = lastSegment(resource);
  }

  async state(signal: AbortSignal): Promise<AppState> {
    const [answer, listed] = await Promise.all([
      this.arm.get(this.resource, apiVersion, reading, signal),
      this.#list(revisionForm, `${this.resource}/revisions`, signal),
    ]);
    const { properties: app } = this.#shaped(appForm, answer);
    return { app, revisions: new Map(listed.map((revision) => [revision.name, revision])) };
  }

  /** The copies of a revision that there are now. */
  async replicas(revision: string, signal: AbortSignal): Promise<readonly Replica[]> {
    const listed = await this.#list(replicaForm, `${this.resource}/revisions/${revision}/replicas`, signal);
    return listed.map(({ properties }) => properties);
  }

  async #list<S extends GenericSchema>(form: S, path: string, signal: AbortSignal): Promise<InferOutput<S>[]> {
    const { items, cut } = await this.arm.list(path, apiVersion, reading, signal);
    if (cut) throw new NotMeasured('too-many', `${path} has more pages than are read`, { permanent: true });
    return items.map((item) => this.#shaped(form, item));
  }

  /** Without a word of what was answered: templates may hold secrets. */
  #shaped<S extends GenericSchema>(form: S, answer: unknown): InferOutput<S> {
    const parsed = v.safeParse(form, answer);
    if (parsed.success) return parsed.output;
    throw notArm(this.arm.origin);
  }
}
