/**
 * Counts films on standard error: one line that is rewritten on a terminal,
 * a line every tenth elsewhere.
 */
export function progressOf(
  total: number,
  stream: NodeJS.WriteStream,
): (done: number) => void {
  let shown = -1;
  return (done) => {
    const tenth = Math.trunc((10 * done) / total);
    if (stream.isTTY)
      stream.write(`\r${String(done)} of ${String(total)} films`);
    else if (tenth > shown)
      stream.write(`${String(done)} of ${String(total)} films\n`);
    shown = tenth;
    if (stream.isTTY && done === total) stream.write("\n");
  };
}
