import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Annotation, Host, Result } from '../../src/host/host.js';
import type { InputName } from '../../src/host/inputs.js';
import { expectToFollow } from './replay.js';

/** A host that remembers what it was told. */
export class FakeHost implements Host {
  readonly kind = 'terminal';
  readonly facts = { sha: '5f2c1e0d9b8a7f6e5d4c3b2a1908f7e6d5c4b3a2' };
  readonly summaryFlavour = 'github';
  readonly columns = 100;
  readonly colour = false;
  readonly outputFolder = mkdtempSync(join(tmpdir(), 'signalbox-host-'));
  readonly lines: string[] = [];
  readonly masked: string[] = [];
  readonly annotations: Annotation[] = [];
  readonly outputs: Record<string, string> = {};
  shown: string | undefined;
  finished: { result: Result; message: string; exitCode: number } | undefined;
  readonly #inputs: Readonly<Partial<Record<InputName, string>>>;

  constructor(inputs: Readonly<Partial<Record<InputName, string>>> = {}) {
    this.#inputs = inputs;
  }

  input(name: InputName): string | undefined {
    return this.#inputs[name];
  }
  secret(value: string): void {
    this.masked.push(value);
  }
  log(text: string): void {
    this.lines.push(text);
  }
  progress(): void {}
  annotate(annotation: Annotation): void {
    this.annotations.push(annotation);
  }
  async output(name: string, value: string): Promise<void> {
    this.outputs[name] = value;
  }
  async summary(path: string): Promise<void> {
    this.shown = path;
  }
  async finish(result: Result, message: string, exitCode: number): Promise<void> {
    this.finished = { result, message, exitCode };
    if (this.outputs.record !== undefined && existsSync(this.outputs.record)) await expectToFollow(this.outputs.record);
  }
}
