/** Every kind of gate: one line each. */
import type { GateType } from './gate.js';

export const gateTypes: readonly GateType[] = [];
