/** Response shapes: https://docs.datadoghq.com/api/latest/deployment-gates/. */
import { expect } from 'vitest';
import { type Contract, fromPage, type Responder } from './harness.js';

const rule = (status: string, change: object = {}) => ({
  name: 'error monitors',
  status,
  reason: '',
  dry_run: false,
  ...change,
});

const gate =
  (attributes: object, status = 200): Responder =>
  ({ method, path, headers, body }) => {
    expect(headers['dd-api-key']).toBe('a-secret-DD_API_KEY');
    expect(headers['dd-application-key']).toBe('a-secret-DD_APP_KEY');
    if (method === 'POST') {
      expect(path).toBe('/api/v2/deployments/gates/evaluation');
      expect(JSON.parse(body)).toEqual({
        data: {
          type: 'deployment_gates_evaluation_request',
          attributes: { env: 'production', service: 'checkout', version: '1.2.3' },
        },
      });
      return {
        status: 202,
        body: { data: { id: '1', type: 'deployment_gates_evaluation_response', attributes: { evaluation_id: 'e-1' } } },
      };
    }
    expect(`${method} ${path}`).toBe('GET /api/v2/deployments/gates/evaluation/e-1');
    return {
      status,
      body: {
        data: {
          id: '1',
          type: 'deployment_gates_evaluation_result_response',
          attributes: { dry_run: false, evaluation_id: 'e-1', gate_id: 'g', ...attributes },
        },
      },
    };
  };

export const contracts: readonly Contract[] = [
  {
    what: 'evaluation',
    ...fromPage('datadog-gates', "Datadog's gate"),
    good: gate({ gate_status: 'pass', rules: [rule('pass')] }),
    bad: {
      'a rule fails': gate({
        gate_status: 'fail',
        rules: [rule('pass'), rule('fail', { reason: 'monitor 1 is in ALERT' })],
      }),
      'the gate fails without a rule': gate({ gate_status: 'fail', rules: [] }),
      'a rule fails in a gate that passes': gate({ gate_status: 'pass', rules: [rule('fail')] }),
    },
    empty: { 'no rules': gate({ gate_status: 'pass', rules: [] }), 'rules left out': gate({ gate_status: 'pass' }) },
    partial: {
      'under way': gate({ gate_status: 'in_progress', rules: [rule('in_progress')] }),
      'not known yet': gate({}, 404),
      'a dry run of the gate': gate({ gate_status: 'pass', dry_run: true, rules: [rule('pass')] }),
      'a dry run of a rule': gate({ gate_status: 'pass', rules: [rule('pass'), rule('pass', { dry_run: true })] }),
      'another status': gate({ gate_status: 'skipped', rules: [rule('pass')] }),
      'another status of a rule': gate({ gate_status: 'pass', rules: [rule('errored')] }),
      'not its shape': () => ({ body: { data: {} } }),
    },
    stale: { impossible: 'a result is dated when it was first seen, and asked for anew when it is old' },
  },
];
