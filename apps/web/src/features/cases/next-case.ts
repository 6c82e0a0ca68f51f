interface ListedCase {
  readonly id: string;
  readonly viewerCanClaim: boolean;
}

/**
 * The next case of a list: the first after the current one's place, going
 * round at the end. For a reader it is one that may be claimed.
 * @param lastPlace where the current case stood, for when it left the list
 */
export function nextCase<Row extends ListedCase>(
  rows: readonly Row[],
  currentId: string,
  lastPlace: number | null,
  isReader: boolean,
): Row | null {
  const place = rows.findIndex(({ id }) => id === currentId);
  const start = place >= 0 ? place + 1 : (lastPlace ?? 0);
  const inOrder = [...rows.slice(start), ...rows.slice(0, start)];
  return (
    inOrder.find(
      (row) => row.id !== currentId && (row.viewerCanClaim || !isReader),
    ) ?? null
  );
}
