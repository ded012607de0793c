/** Finds the part of a schema that a place in the data belongs to. */
import type { GenericSchema } from 'valibot';
import type { Path } from './problems.js';

/** As much of valibot's schema objects as the walk needs. */
interface Node {
  readonly type: string;
  readonly entries?: Readonly<Record<string, Node>>;
  readonly options?: readonly Node[];
  readonly item?: Node;
  readonly value?: Node;
  readonly wrapped?: Node;
  readonly literal?: unknown;
}

const child = (data: unknown, key: string | number): unknown =>
  typeof data === 'object' && data !== null ? (data as Record<string | number, unknown>)[key] : undefined;

/** Resolves what stands between a field and its shape: optional, union (the member for maps), variant (by `type`). */
function settle(node: Node | undefined, data: unknown): Node | undefined {
  switch (node?.type) {
    case 'optional':
    case 'nullable':
      return settle(node.wrapped, data);
    case 'union':
      return node.options?.map((option) => settle(option, data)).find((option) => option?.entries ?? option?.item);
    case 'variant':
      return node.options?.find(
        (option) => (option.entries?.type as { literal?: unknown })?.literal === child(data, 'type'),
      );
    default:
      return node;
  }
}

/** Keys that the schema knows at `path`; empty where the place is no map with fixed keys. */
export function keysAt(schema: GenericSchema, data: unknown, path: Path): readonly string[] {
  let node = settle(schema as unknown as Node, data);
  let here = data;
  for (const key of path) {
    here = child(here, key);
    node = settle(node?.entries?.[key] ?? node?.item ?? node?.value, here);
  }
  return Object.keys(node?.entries ?? {});
}
