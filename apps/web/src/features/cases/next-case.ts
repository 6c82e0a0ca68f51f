interface ListedCase {
  readonly id: string;
  readonly viewerCanClaim: boolean;
}

/**
 * The next case to read: the first that may be claimed after the current
 * one's place, going round at the end of the list.
 * @param lastPlace where the current case stood, for when it left the list
 */
export function nextToRead<Row extends ListedCase>(
  rows: readonly Row[],
  currentId: string,
  lastPlace: number | null,
): Row | null {
  const place = rows.findIndex(({ id }) => id === currentId);
  const start = place >= 0 ? place + 1 : (lastPlace ?? 0);
  const inOrder = [...rows.slice(start), ...rows.slice(0, start)];
  return (
    inOrder.find((row) => row.viewerCanClaim && row.id !== currentId) ?? null
  );
}
