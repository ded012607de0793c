/** Every kind of gate: one line each. */
import { alertsGate } from './alerts.js';
import { canaryGate } from './canary.js';
import { comparisonGate } from './comparison.js';
import { deploymentGate } from './deployment.js';
import { flagsGate } from './flags.js';
import type { GateType } from './gate.js';
import { probeGate } from './probe.js';
import { securityGate } from './security.js';
import { sloGate } from './slo.js';
import { staleFlagsGate } from './stale-flags.js';
import { telemetryGate } from './telemetry.js';

export const gateTypes: readonly GateType[] = [
  telemetryGate,
  canaryGate,
  sloGate,
  comparisonGate,
  alertsGate,
  securityGate,
  flagsGate,
  staleFlagsGate,
  deploymentGate,
  probeGate,
];

export const gateTypeOf = (type: string | undefined): GateType | undefined => gateTypes.find((t) => t.type === type);
