/**
 * Things in two columns that come out as even as they can, none of them cut:
 * in their order in each, the first one in the first.
 * @param heightOf in any unit
 */
export function inTwoColumns<T>(
  items: readonly T[],
  heightOf: (item: T) => number,
): readonly (readonly T[])[] {
  const heights = items.map(heightOf);
  const all = heights.reduce((sum, height) => sum + height, 0);
  let best = { taller: Number.POSITIVE_INFINITY, right: 0 };
  // Each bit says whether an item stands right; there are a handful of them.
  for (let right = 0; right < 2 ** items.length; right += 2) {
    const rightHeight = heights.reduce(
      (sum, height, at) => sum + (isIn(right, at) ? height : 0),
      0,
    );
    const taller = Math.max(rightHeight, all - rightHeight);
    // Of equally even ones the last wins: what comes later stands right.
    if (taller <= best.taller) best = { taller, right };
  }
  return [false, true]
    .map((isRight) => items.filter((_, at) => isIn(best.right, at) === isRight))
    .filter((column) => column.length > 0);
}

function isIn(bits: number, at: number): boolean {
  return Math.floor(bits / 2 ** at) % 2 === 1;
}
