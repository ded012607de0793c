/** The command line. Its options are the inputs, so that there is one list of them. */
import { parseArgs } from 'node:util';
import { inputs as allInputs, type InputName, inputGroups, onlyOnAzure } from '../host/inputs.js';
import { didYouMean } from '../policy/problems.js';

const inputs = allInputs.filter((input) => !onlyOnAzure(input));

export const commands = ['run', 'check'] as const;

/** Commands about files: what they need, in the order in which it is given. */
export const fileCommands = {
  replay: ['the decision record'],
  explain: ['the decision record'],
  diff: ['a decision record', 'the decision record to hold it against'],
  report: ['the decision record'],
  'security explain': ['the file with the results'],
  'flags restore': ['the decision record'],
} as const;
export type FileCommand = keyof typeof fileCommands;

export type Invocation =
  | { readonly command: (typeof commands)[number]; readonly options: Readonly<Partial<Record<InputName, string>>> }
  | {
      readonly command: FileCommand;
      /** As many as the command needs. */
      readonly files: readonly [string, ...string[]];
      readonly options: Readonly<Partial<Record<InputName, string>>>;
    }
  | { readonly command: 'help' | 'version' }
  | { readonly command: 'wrong'; readonly message: string };

/**
 * @param args without node and the script
 * @param inPipeline without any argument a pipeline means `run`; a person at a terminal wants help
 */
export function parseCommandLine(args: readonly string[], inPipeline: boolean): Invocation {
  if (args.length === 0) return inPipeline ? { command: 'run', options: {} } : { command: 'help' };
  const options = Object.fromEntries([
    ...inputs.map((input) => [input.name, { type: input.kind === 'yes-no' ? 'boolean' : 'string' }] as const),
    ['help', { type: 'boolean', short: 'h' }] as const,
    ['version', { type: 'boolean', short: 'v' }] as const,
  ]);
  const parsed = parseArgs({ args: [...args], options, strict: false, allowPositionals: true, tokens: true });
  const [command, ...more] = parsed.positionals;
  if (parsed.values.help === true || command === 'help') return { command: 'help' };
  if (parsed.values.version === true) return { command: 'version' };

  const known = inputs.map((input): string => input.name);
  const given: Partial<Record<InputName, string>> = {};
  for (const token of parsed.tokens) {
    if (token.kind !== 'option') continue;
    const input = inputs.find((i) => i.name === token.name);
    if (!input) return wrong(`unknown option \`${token.rawName}\`${didYouMean(token.name, known)}`);
    if (Object.hasOwn(given, input.name)) return wrong(`\`--${input.name}\` is given twice`);
    if (input.kind === 'yes-no') given[input.name] = token.value ?? 'true';
    else if (token.value === undefined || (!token.inlineValue && token.value.startsWith('--'))) {
      return wrong(`\`--${input.name}\` needs a value`);
    } else given[input.name] = token.value;
  }
  if (command === undefined) return wrong(`expected a command: ${commands.join(' or ')}`);
  if (isCommand(command)) {
    return more.length === 0
      ? { command, options: given }
      : wrong(`unexpected \`${more.join(' ')}\`; options are written \`--name value\``);
  }
  return aboutFiles(command, more, given);
}

/** `replay RECORD`, `diff RECORD RECORD`, `security explain FILE`. */
function aboutFiles(first: string, more: readonly string[], options: Partial<Record<InputName, string>>): Invocation {
  const all = Object.keys(fileCommands) as FileCommand[];
  const [wanted] = all.filter((name) => name.startsWith(`${first} `));
  const name = wanted ?? all.find((one) => one === first);
  if (name === undefined) {
    const nouns = [...commands, ...all.map((one) => one.split(' ')[0] ?? '')];
    return wrong(
      `unknown command \`${first}\`${didYouMean(first, nouns)} (known: ${[...commands, ...all].join(', ')})`,
    );
  }
  const [, verb] = name.split(' ');
  const usage = `\`${name}${fileCommands[name].map((what) => (what.includes('record') ? ' RECORD' : ' FILE')).join('')}\``;
  const [found, ...rest] = more;
  if (verb !== undefined && found !== verb) {
    return wrong(`expected ${usage}${found === undefined ? '' : `, found \`${found}\`${didYouMean(found, [verb])}`}`);
  }
  const files = verb === undefined ? more : rest;
  const missing = fileCommands[name][files.length];
  if (missing !== undefined) return wrong(`expected ${missing}: ${usage}`);
  const many = files.slice(fileCommands[name].length);
  if (many.length > 0) return wrong(`unexpected \`${many.join(' ')}\`; expected ${usage}`);
  return { command: name, files: files as [string, ...string[]], options };
}

const isCommand = (word: string): word is (typeof commands)[number] => (commands as readonly string[]).includes(word);

const wrong = (message: string): Invocation => ({ command: 'wrong', message });

/** The text of `--help`. */
export function helpText(version: string): string {
  const plain = (markdown: string) => markdown.replaceAll('`', '');
  const option = ({ name, kind, description, absent }: (typeof inputs)[number]): string => {
    const value = kind === 'yes-no' ? '' : kind === 'path' ? ' FILE' : ' VALUE';
    const fallback = absent === '' ? '' : ` Default: ${plain(absent)}.`;
    return wrap(`  --${name}${value}`, `${plain(description)}${fallback}`);
  };
  const groups = Object.entries(inputGroups).map(
    ([group, title]) =>
      `${title}\n${inputs
        .filter((i) => i.group === group)
        .map(option)
        .join('\n')}`,
  );
  return `Signalbox ${version}: one pipeline step that takes the place of the manual approval before a release.

Usage
  signalbox run   [--policy FILE] [options]   ask the gates until the train may go or must stop
  signalbox check [--policy FILE]             say what is wrong with a policy, without running it
  signalbox replay RECORD                     make every reading and the decision anew from a record
  signalbox explain RECORD                    say of each gate what it did to the decision, and why
  signalbox diff RECORD RECORD                say what differs between two trains
  signalbox report RECORD [--summary FILE]    make the reports of a record anew
  signalbox security explain FILE [--policy FILE]
                                              say what becomes of each result of a scan, and why
  signalbox flags restore RECORD [--policy FILE] [--observe]
                                              put flags back that a run switched off
  signalbox --help | --version

Examples
  signalbox run --policy signalbox.yml --record out/record.json
  signalbox run --policy signalbox.yml --observe
  signalbox run --policy signalbox.yml --stage canary-5
  signalbox run --train train.yml
  signalbox run --sarif-files "results/*.sarif" --sarif-require CodeQL

Exit codes
  0  continue
  1  stop: the release is unhealthy, or it could not be proven healthy
  2  the policy or the usage is wrong
  3  hold: the run is parked, and the next one with the same state goes on
  replay: 1 when the record was changed or something else follows; diff: 1 when the trains differ
  130, 143  cancelled by SIGINT, SIGTERM; summary and record are written all the same

${groups.join('\n\n')}
`;
}

/** Two columns within 100 characters. */
function wrap(left: string, text: string): string {
  const indent = 30;
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + word.length + 1 > 100 - indent) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  lines.push(line);
  const [first = '', ...rest] = lines;
  const head = left.length < indent - 1 ? `${left.padEnd(indent)}${first}` : `${left}\n${' '.repeat(indent)}${first}`;
  return [head, ...rest.map((l) => ' '.repeat(indent) + l)].join('\n');
}
