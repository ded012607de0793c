/** The source on its stand-in, at ten o'clock. */
import * as v from 'valibot';
import { containerAppsSource } from '../../../src/sources/deployment/container-apps/index.js';
import type { TrafficControl } from '../../../src/sources/deployment/control.js';
import type { Ask, Source } from '../../../src/sources/source.js';
import { ContainerAppsServer, resource } from '../../deployment/container-apps.provider.js';
import { requestsInFlight, SimulatedClock } from '../../support/clock.js';
import { sourceContext } from '../../support/context.js';

export interface Opened {
  readonly app: ContainerAppsServer;
  readonly clock: SimulatedClock;
  readonly source: Source<'deployment'>;
  readonly control: TrafficControl;
  readonly ask: (...targets: string[]) => ReturnType<Ask<'deployment'>>;
}

export const forever = new AbortController().signal;

export async function open(set: (app: ContainerAppsServer) => void = () => undefined, config = {}): Promise<Opened> {
  const clock = new SimulatedClock(Date.parse('2026-11-23T10:00:00Z'), 2, requestsInFlight);
  const app = new ContainerAppsServer(() => clock.now());
  set(app);
  const { url } = await app.start();
  const fields = v.parse(containerAppsSource.schema, {
    resource,
    token: 'a-secret-ARM_TOKEN',
    management: url,
    ...config,
  });
  const source = containerAppsSource.open(fields, sourceContext({ clock })) as Source<'deployment'>;
  const { traffic: control } = source;
  if (!control) throw new Error('it cannot move traffic');
  return {
    app,
    clock,
    source,
    control,
    ask: (...targets) => source.deployment({ family: 'deployment', targets }, forever),
  };
}
