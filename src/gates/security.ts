/**
 * Gate `security`: no finding at or over a severity, in scans that really ran. A scan that is missing, crashed, old or of
 * another commit proves nothing; a finding stands whatever else is missing.
 */
import { defineGate, type Gate, type Moment } from './gate.js';
import { schema, triageOf } from './security/fields.js';
import { judge, role } from './security/judge.js';

export const securityGate = defineGate({
  type: 'security',
  family: 'security',
  schema,
  bind(config): Gate<'security'> {
    const { commit } = config;
    const triage = triageOf(config);
    return {
      questions: () => new Map([[role, { family: 'security', ...(commit === undefined ? {} : { commit }), triage }]]),
      judge: (answers, moment: Moment) => judge(config, answers, moment.now),
    };
  },
  lint: (config) => [
    ...(config.require === undefined
      ? [{ key: 'require', message: 'no `require`: a scanner that did not run at all is not missed' }]
      : []),
    ...(config.commit === undefined
      ? [{ key: 'commit', message: 'no `commit`: results of an older commit count like those of this one' }]
      : []),
  ],
});
