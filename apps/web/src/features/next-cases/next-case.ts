/**
 * The next case of a list, for somebody who looks through it: the first after
 * the current one's place, going round at the end.
 * @param lastPlace where the current case stood, for when it left the list
 */
export function nextCase<Row extends { readonly id: string }>(
  rows: readonly Row[],
  currentId: string,
  lastPlace: number | null,
): Row | null {
  const place = rows.findIndex(({ id }) => id === currentId);
  const start = place >= 0 ? place + 1 : (lastPlace ?? 0);
  const inOrder = [...rows.slice(start), ...rows.slice(0, start)];
  return inOrder.find((row) => row.id !== currentId) ?? null;
}
