/** What a rank test says of two samples. */
export interface RankTest {
  /** The chance that a value of the first is below one of the second; 0.5 when nothing tells them apart. */
  below: number;
  /** How often samples of one distribution would differ as much or more; of both sides. */
  p: number;
}

/**
 * The Mann–Whitney U test, by the normal approximation with its correction for ties: whether two
 * samples come from one distribution.
 */
export function rankTest(first: readonly number[], second: readonly number[]): RankTest {
  const [n, m] = [first.length, second.length];
  const all = [
    ...first.map((value) => ({ value, own: true })),
    ...second.map((value) => ({ value, own: false })),
  ].sort((a, b) => a.value - b.value);
  let [rankSum, ties] = [0, 0];
  for (let start = 0, end = 0; start < all.length; start = end) {
    while (end < all.length && all[end]!.value === all[start]!.value) end++;
    const rank = (start + 1 + end) / 2;
    rankSum += rank * all.slice(start, end).filter(({ own }) => own).length;
    ties += (end - start) ** 3 - (end - start);
  }
  const above = rankSum - n * (n + 1) / 2;
  const total = n + m;
  const deviation = Math.sqrt(n * m / 12 * (total + 1 - ties / (total * (total - 1))));
  const z = deviation === 0 ? 0 : (above - n * m / 2) / deviation;
  return { below: 1 - above / (n * m), p: 2 * upperTail(Math.abs(z)) };
}

/** The normal distribution above z ≥ 0 (Abramowitz and Stegun, 26.2.17: to 7.5e-8). */
function upperTail(z: number): number {
  const t = 1 / (1 + 0.2316419 * z);
  const terms = [0.319381530, -0.356563782, 1.781477937, -1.821255978, 1.330274429];
  const sum = terms.reduceRight((rest, term) => t * (term + rest), 0);
  return Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI) * sum;
}
