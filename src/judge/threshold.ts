/** Thresholds: `< 1%`, `<= 250 ms`, `>= 99.9 %`, `== 0`. A threshold says what must hold. */

const units = {
  ratio: { dimension: 'ratio', times: 1, over: 1, suffix: '' },
  percent: { dimension: 'ratio', times: 1, over: 100, suffix: ' %' },
  us: { dimension: 'time', times: 1, over: 1_000_000, suffix: ' us' },
  ms: { dimension: 'time', times: 1, over: 1000, suffix: ' ms' },
  s: { dimension: 'time', times: 1, over: 1, suffix: ' s' },
  min: { dimension: 'time', times: 60, over: 1, suffix: ' min' },
  h: { dimension: 'time', times: 3600, over: 1, suffix: ' h' },
  B: { dimension: 'size', times: 1, over: 1, suffix: ' B' },
  kB: { dimension: 'size', times: 1e3, over: 1, suffix: ' kB' },
  MB: { dimension: 'size', times: 1e6, over: 1, suffix: ' MB' },
  GB: { dimension: 'size', times: 1e9, over: 1, suffix: ' GB' },
  KiB: { dimension: 'size', times: 2 ** 10, over: 1, suffix: ' KiB' },
  MiB: { dimension: 'size', times: 2 ** 20, over: 1, suffix: ' MiB' },
  GiB: { dimension: 'size', times: 2 ** 30, over: 1, suffix: ' GiB' },
  number: { dimension: 'number', times: 1, over: 1, suffix: '' },
} as const;

export type Unit = keyof typeof units;
export const unitNames = Object.keys(units) as Unit[];

export const operators = ['<', '<=', '>', '>=', '=='] as const;
export type Operator = (typeof operators)[number];

export interface Threshold {
  readonly operator: Operator;
  /** In `unit`. */
  readonly limit: number;
  readonly unit: Unit;
}

const form = /^(<=|>=|==|<|>)\s*([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)\s*(%|[A-Za-z]*)$/i;

/** @returns undefined when the text is no threshold or its unit is unknown */
export function parseThreshold(text: string): Threshold | undefined {
  const [, operator, amount, suffix] = form.exec(text.trim()) ?? [];
  if (operator === undefined || amount === undefined || suffix === undefined) return undefined;
  const unit = suffix === '%' ? 'percent' : suffix === '' ? 'number' : suffix;
  const limit = Number(amount);
  if (!(unit in units) || !Number.isFinite(limit)) return undefined;
  return { operator: operator as Operator, limit, unit: unit as Unit };
}

/** `5 %` → `percent`: whether a value in `valueUnit` can be held against the threshold at all. */
export const comparable = (threshold: Threshold, valueUnit: Unit): boolean =>
  units[threshold.unit].dimension === units[valueUnit].dimension;

/** The unit that a value is in when the policy does not say: none for a time or a size, since guessing there is off by 1000. */
export function assumedUnit(threshold: Threshold): Unit | undefined {
  if (threshold.unit === 'number') return 'number';
  return units[threshold.unit].dimension === 'ratio' ? 'ratio' : undefined;
}

/** In the base unit of the dimension. Dividing keeps 35 % at 0.35, where multiplying by 0.01 would not. */
const base = (value: number, unit: Unit): number => (value * units[unit].times) / units[unit].over;

/** Whether a finite value satisfies the threshold; anything that is not a finite number satisfies nothing. */
export function satisfies(value: number, valueUnit: Unit, threshold: Threshold): boolean {
  if (!Number.isFinite(value)) return false;
  const x = base(value, valueUnit);
  const limit = base(threshold.limit, threshold.unit);
  switch (threshold.operator) {
    case '<':
      return x < limit;
    case '<=':
      return x <= limit;
    case '>':
      return x > limit;
    case '>=':
      return x >= limit;
    case '==':
      return x === limit;
  }
}

/** The value in the threshold's unit. */
export const inUnitOf = (threshold: Threshold, value: number, valueUnit: Unit): number =>
  (base(value, valueUnit) * units[threshold.unit].over) / units[threshold.unit].times;

/** As people write it: three significant digits and the unit, `0.834 %`, `212 ms`. */
export function formatValue(value: number, unit: Unit): string {
  const rounded = Math.abs(value) >= 1000 ? Math.round(value) : Number(value.toPrecision(3));
  return `${rounded}${units[unit].suffix}`;
}

/** What stands behind a number: ` %`, ` ms`; nothing behind a plain one. */
export const suffixOf = (unit: Unit): string => units[unit].suffix;

/** The threshold as the report writes it: `< 1 %`. The limit stands as the policy gave it. */
export const formatThreshold = ({ operator, limit, unit }: Threshold): string =>
  `${operator} ${limit}${units[unit].suffix}`;

/**
 * The value as people write it, with as many digits as it takes not to look like the limit that it misses:
 * 1.0004 % against `< 1 %` must not read "1 %, over 1 %".
 */
export function formatAgainst(value: number, valueUnit: Unit, threshold: Threshold): string {
  const x = inUnitOf(threshold, value, valueUnit);
  const short = formatValue(x, threshold.unit);
  return short === formatValue(threshold.limit, threshold.unit) && x !== threshold.limit
    ? `${Number(x.toPrecision(12))}${units[threshold.unit].suffix}`
    : short;
}
