/** What Azure Pipelines takes of a task.json, as far as we use it. Written after its own schema (tasks.schema.json in azure-pipelines-task-lib). */
const text = { type: 'string', minLength: 1 } as const;
const name = { type: 'string', pattern: '^[A-Za-z][A-Za-z0-9]*$' } as const;
const whole = { type: 'integer', minimum: 0 } as const;

const closed = (properties: Readonly<Record<string, object>>, required = Object.keys(properties)) => ({
  type: 'object',
  additionalProperties: false,
  properties,
  required,
});

const listOf = (items: object) => ({ type: 'array', items, minItems: 1 });

const handler = closed({ target: { const: 'dist/index.js' } });

export const taskSchema = closed({
  $schema: text,
  id: { type: 'string', pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$' },
  name: { type: 'string', pattern: '^[A-Za-z0-9-]+$' },
  friendlyName: { ...text, maxLength: 40 },
  description: text,
  helpMarkDown: text,
  category: { enum: ['Build', 'Utility', 'Test', 'Package', 'Deploy'] },
  author: text,
  version: closed({ Major: whole, Minor: whole, Patch: whole }),
  minimumAgentVersion: { type: 'string', pattern: '^\\d+\\.\\d+(\\.\\d+)?$' },
  visibility: listOf({ enum: ['Build', 'Release'] }),
  runsOn: listOf({ enum: ['Agent', 'MachineGroup', 'Server', 'ServerGate'] }),
  instanceNameFormat: text,
  showEnvironmentVariables: { type: 'boolean' },
  groups: listOf(closed({ name, displayName: text, isExpanded: { type: 'boolean' } })),
  inputs: listOf(
    closed({
      name,
      type: {
        anyOf: [
          { enum: ['boolean', 'filePath', 'multiLine', 'pickList', 'radio', 'secureFile', 'string'] },
          { type: 'string', pattern: '^connectedService:.+$' },
        ],
      },
      label: { ...text, maxLength: 40 },
      required: { type: 'boolean' },
      helpMarkDown: text,
      groupName: name,
    }),
  ),
  outputVariables: listOf(closed({ name, description: text })),
  restrictions: closed({ settableVariables: closed({ allowed: listOf(name) }) }),
  // There is no Node22; the names are those of the agent's handlers.
  execution: closed({ Node20_1: handler, Node24: handler }),
});
