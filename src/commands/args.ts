/** The command line. Its options are the inputs, so that there is one list of them. */
import { parseArgs } from 'node:util';
import { inputs as allInputs, type InputName, inputGroups, onlyOnAzure } from '../host/inputs.js';
import { didYouMean } from '../policy/problems.js';

const inputs = allInputs.filter((input) => !onlyOnAzure(input));

export const commands = ['run', 'check'] as const;

export type Invocation =
  | { readonly command: (typeof commands)[number]; readonly options: Readonly<Partial<Record<InputName, string>>> }
  | {
      readonly command: 'explain' | 'restore';
      readonly file: string;
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
  if (command === 'security') return aboutFile('security', 'explain', 'the file with the results', more, given);
  if (command === 'flags') return aboutFile('flags', 'restore', 'the decision record', more, given);
  if (!isCommand(command))
    return wrong(
      `unknown command \`${command}\`${didYouMean(command, [...commands, 'security', 'flags'])} (known: ${commands.join(', ')}, security explain, flags restore)`,
    );
  if (more.length > 0) return wrong(`unexpected \`${more.join(' ')}\`; options are written \`--name value\``);
  return { command, options: given };
}

/** `security explain FILE`, `flags restore FILE`. */
function aboutFile(
  noun: string,
  wanted: 'explain' | 'restore',
  what: string,
  [verb, file, ...more]: readonly string[],
  options: Partial<Record<InputName, string>>,
): Invocation {
  if (verb !== wanted) {
    const found = verb === undefined ? '' : `, found \`${verb}\`${didYouMean(verb, [wanted])}`;
    return wrong(`expected \`${noun} ${wanted} FILE\`${found}`);
  }
  if (file === undefined) return wrong(`expected ${what}: \`${noun} ${wanted} FILE\``);
  if (more.length > 0) return wrong(`unexpected \`${more.join(' ')}\`; one file at a time`);
  return { command: wanted, file, options };
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
  signalbox security explain FILE [--policy FILE]
                                              say what becomes of each result of a scan, and why
  signalbox flags restore RECORD [--policy FILE] [--observe]
                                              put flags back that a run switched off
  signalbox --help | --version

Examples
  signalbox run --policy signalbox.yml --record out/record.json
  signalbox run --policy signalbox.yml --observe
  signalbox run --sarif-files "results/*.sarif" --sarif-require CodeQL

Exit codes
  0  continue
  1  stop: the release is unhealthy, or it could not be proven healthy
  2  the policy or the usage is wrong
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
