const STEP = 0.05;
const shown = new Map<string, number>();

/** A progress line on standard error, at most one for every 5 per cent. */
export function showProgress(
  name: string,
  done: number,
  total: number,
  note = "",
): void {
  const part = done / total;
  const before = shown.get(name) ?? -1;
  if (part < before) shown.delete(name);
  if (part - before < STEP && done !== total) return;
  shown.set(name, part);
  const bar = "#".repeat(Math.round(part * 20)).padEnd(20, ".");
  process.stderr.write(
    `${name} [${bar}] ${String(done)}/${String(total)} ${note}\n`,
  );
}
