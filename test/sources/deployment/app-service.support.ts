/** The source on its stand-in, at ten o'clock. */
import { appServiceSource } from '../../../src/sources/deployment/app-service/index.js';
import type { TrafficControl } from '../../../src/sources/deployment/control.js';
import type { Ask, DeploymentQuestion, Source } from '../../../src/sources/source.js';
import { AppServiceServer, resource } from '../../deployment/app-service.provider.js';
import { requestsInFlight, SimulatedClock } from '../../support/clock.js';
import { sourceContext } from '../../support/context.js';

export interface Opened {
  readonly app: AppServiceServer;
  readonly clock: SimulatedClock;
  readonly source: Source<'deployment'>;
  readonly control: TrafficControl;
  readonly ask: (...targets: string[]) => ReturnType<Ask<'deployment'>>;
  readonly answer: (question: Omit<DeploymentQuestion, 'family'>) => ReturnType<Ask<'deployment'>>;
}

export const forever = new AbortController().signal;

export async function open(set: (app: AppServiceServer) => void = () => undefined, config = {}): Promise<Opened> {
  const clock = new SimulatedClock(Date.parse('2026-11-23T10:00:00Z'), 2, requestsInFlight);
  const app = new AppServiceServer(() => clock.now());
  set(app);
  const { url } = await app.start();
  const fields = { resource, token: 'a-secret-ARM_TOKEN', cloud: 'public', management: url, ...config };
  const source = appServiceSource.open(fields, sourceContext({ clock })) as Source<'deployment'>;
  const { traffic: control } = source;
  if (!control) throw new Error('it cannot move traffic');
  const answer = (question: Omit<DeploymentQuestion, 'family'>) =>
    source.deployment({ family: 'deployment', ...question }, forever);
  return { app, clock, source, control, answer, ask: (...targets) => answer({ targets }) };
}
