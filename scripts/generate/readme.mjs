/** The tables of inputs and outputs in the README, between its markers. */

/**
 * @param {string} text the README as it is
 * @param {readonly import('../../src/host/inputs.js').Input[]} inputs
 * @param {readonly { name: string, description: string }[]} outputs
 * @param {Readonly<Record<string, string>>} groups titles by name
 * @throws {Error} when a marker is missing
 */
export function readme(text, inputs, outputs, groups) {
  const tables = Object.entries(groups).map(([group, title]) => {
    const rows = inputs.filter((input) => input.group === group);
    return `### ${title}\n\n${table(
      ['input', 'meaning', 'when absent'],
      rows.map(({ name, description, secret, absent }) => [
        `\`${name}\``,
        `${description}${secret ? ' Masked.' : ''}`,
        absent,
      ]),
    )}`;
  });
  const outcome = table(
    ['output', 'meaning'],
    outputs.map(({ name, description }) => [`\`${name}\``, description]),
  );
  return between(between(text, 'inputs', tables.join('\n\n')), 'outputs', outcome);
}

function between(text, name, content) {
  const [start, end] = [`<!-- ${name}:start -->`, `<!-- ${name}:end -->`];
  const [from, to] = [text.indexOf(start), text.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`README.md: expected ${start} and after it ${end}`);
  return `${text.slice(0, from + start.length)}\n${content}\n${text.slice(to)}`;
}

function table(head, rows) {
  const row = (cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n');
}
