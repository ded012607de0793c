/** A YAML policy as data, with the way back from a place in the data to a line in the file. */
import { isAlias, isMap, isPair, isScalar, isSeq, LineCounter, type Node, parseDocument, visit } from 'yaml';
import type { Problem } from '../record/record.js';
import type { Finding, Path } from './problems.js';

/** A policy is written by people; what is larger is a mistake or an attack. */
const maxCharacters = 1_000_000;

const aPolicy = 'a policy, a map that begins with `version: 1`';

export interface PolicyDocument {
  readonly problems: readonly Problem[];
  /** Calls `edit` with every text value and writes back what it returns. */
  editTexts(edit: (text: string, path: Path) => string): void;
  /** A fresh copy; safe to change. Only for a document without problems. */
  toData(): unknown;
  /** @returns the problem with file, line and column */
  locate(finding: Finding): Problem;
}

/**
 * @param file shown in problems; absent for an inline policy
 * @param what the map that is expected
 */
export function readDocument(text: string, file?: string, what = aPolicy): PolicyDocument {
  const named = file === undefined ? {} : { file };
  if (text.length > maxCharacters) {
    const message = `it has ${text.length} characters; the limit is ${maxCharacters}`;
    return {
      problems: [{ message, ...named }],
      editTexts: () => {},
      toData: () => undefined,
      locate: () => ({ message, ...named }),
    };
  }
  const lines = new LineCounter();
  const doc = parseDocument(text, { lineCounter: lines, prettyErrors: false, logLevel: 'silent', uniqueKeys: true });
  const place = (offset: number): Problem => {
    const { line, col } = lines.linePos(offset);
    return { message: '', ...named, line, column: col };
  };
  const problems = doc.errors.map((e): Problem => ({ ...place(e.pos[0]), message: `this is not YAML: ${e.message}` }));
  if (problems.length === 0 && !isMap(doc.contents)) {
    problems.push({ ...place(0), message: `expected ${what}` });
  }
  const toData = (): unknown => doc.toJS({ maxAliasCount: 100 });
  try {
    toData();
  } catch (error) {
    problems.push({ ...place(0), message: `this YAML cannot be read: ${(error as Error).message}` });
  }

  function find(path: Path): { key?: Node; value?: Node; parent?: Node } {
    let value: unknown = doc.contents;
    let parent: unknown;
    let key: unknown;
    for (const step of path) {
      const here: unknown = isAlias(value) ? value.resolve(doc) : value;
      parent = value;
      if (isMap(here)) {
        const pair = here.items.find((item) => isScalar(item.key) && String(item.key.value) === String(step));
        key = pair?.key;
        value = pair?.value;
      } else if (isSeq(here)) {
        key = undefined;
        value = here.items[Number(step)];
      } else {
        value = undefined;
      }
      if (value === undefined || value === null) break;
    }
    return { key: key as Node, value: value as Node, parent: parent as Node };
  }

  return {
    problems,
    editTexts(edit) {
      visit(doc, {
        Scalar(position, node, ancestors) {
          if (position === 'key' || typeof node.value !== 'string') return undefined;
          const path: (string | number)[] = [];
          for (const [index, ancestor] of ancestors.entries()) {
            if (isPair(ancestor) && isScalar(ancestor.key)) path.push(String(ancestor.key.value));
            const next: unknown = ancestors[index + 1] ?? node;
            if (isSeq(ancestor)) path.push(ancestor.items.indexOf(next));
          }
          // In place: a replaced node would be visited, and so substituted, again.
          node.value = edit(node.value, path);
          return undefined;
        },
      });
    },
    toData,
    locate({ path, at, message }) {
      const { key, value, parent } = find(path);
      const node = at === 'key' ? (key ?? value ?? parent) : (value ?? key ?? parent);
      return { ...place(node?.range?.[0] ?? 0), message };
    },
  };
}
