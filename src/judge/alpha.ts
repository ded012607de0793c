/**
 * How often several tests together may err.
 *
 * Each metric, direction or gate may stop the release by itself, so their chances of a false stop add up at worst: with Σ α_i = α the
 * whole errs at most as often as α, whatever depends on what (Bonferroni; Boole's inequality). Letting it go is the other way round:
 * every one must be proven, so a release that is bad in one of them goes only if that one test errs, and none needs a smaller α than
 * the whole (intersection-union test; R. L. Berger, Technometrics 24, 1982).
 */

/** Sums of shares that are written in decimals miss their sum by less than this part of it. */
const rounding = 1e-9;

const isRate = (x: number): boolean => x > 0 && x < 1;

/**
 * Divides a rate of false stops. Who has a rate of its own keeps it, the others share equally what these leave.
 *
 * @param all α, above 0 and below 1
 * @param own α_i of each that has one of its own; undefined: it shares
 * @returns α_i of each, in the same order
 * @throws {RangeError} for what is no rate, when those given come to more than `all`, and when they leave nothing to share
 */
export function divideFalseStops(all: number, own: readonly (number | undefined)[]): readonly number[] {
  for (const rate of [all, ...own]) {
    if (rate !== undefined && !isRate(rate)) throw new RangeError(`no rate of false stops: ${rate}`);
  }
  const given = own.reduce<number>((sum, rate) => sum + (rate ?? 0), 0);
  if (given > all * (1 + rounding)) throw new RangeError(`rates of false stops of ${given} in all, of at most ${all}`);
  const sharing = own.filter((rate) => rate === undefined).length;
  const left = all - given;
  if (sharing > 0 && left <= all * rounding) throw new RangeError(`no rate of false stops is left of ${all} to share`);
  return own.map((rate) => rate ?? left / sharing);
}
