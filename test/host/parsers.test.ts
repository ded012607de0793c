/** What the hosts print, as the platforms read it: the same two readers that the end-to-end tests use. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { githubCommand, harmless } from '../../src/host/commands.js';
import { azureCommands, githubCommands } from '../e2e/support/step.js';

const piece = fc.oneof(
  fc.constantFrom('::', ':', '##', '#', '[', 'vso[', 'VSO[', ']', 'error', 'task.complete', ' ', '\t', '\r', '\n'),
  fc.constantFrom('\\', '\u0000', '\u000b', '\u0085', '\u00a0', '\ufeff', '\u200d', '\u2028', '\u001b[31m', 'ſ'),
  fc.string({ unit: 'binary', maxLength: 3 }),
);

it('reads no command in text from outside, whatever it is', () => {
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const safe = harmless(pieces.join(''));
      expect(githubCommands(safe)).toEqual([]);
      expect(azureCommands(safe)).toEqual([]);
      expect(harmless(safe)).toBe(safe);
    }),
    { numRuns: 1000 },
  );
});

it('reads commands in the same text when it is not made harmless', () => {
  expect(githubCommands('a\n ::error::x\n##[add-mask]y').map((c) => c.name)).toEqual(['error', 'add-mask']);
  expect(azureCommands('a ##vso[task.complete result=Failed;]x').map((c) => c.name)).toEqual(['task.complete']);
});

it('reads back what a command was made of', () => {
  const text = fc.string({ unit: 'binary' });
  fc.assert(
    fc.property(text, text, (title, data) => {
      const line = githubCommand('error', { title }, data);
      expect(line).not.toMatch(/[\r\n]/);
      expect(githubCommands(line)).toEqual([{ name: 'error', properties: title === '' ? {} : { title }, data }]);
    }),
  );
});
