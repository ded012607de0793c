/** Every kind of gate: one line each. */
import { flagsGate } from './flags.js';
import type { GateType } from './gate.js';
import { securityGate } from './security.js';
import { telemetryGate } from './telemetry.js';

export const gateTypes: readonly GateType[] = [telemetryGate, securityGate, flagsGate];

export const gateTypeOf = (type: string | undefined): GateType | undefined => gateTypes.find((t) => t.type === type);
