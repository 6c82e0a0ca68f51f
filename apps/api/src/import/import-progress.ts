import type { ImportCounts, ImportReporter } from "./import-run.ts";

/** Standard error, or what stands for it in a test. */
export interface Terminal {
  isTTY?: boolean;
  columns?: number;
  write(text: string): void;
}

const BAR_CELLS = 24;
/** Where nobody watches, a line this often is enough. */
const QUIET_EVERY = 100;

/**
 * A progress bar that stays on the last line while other lines scroll above
 * it; plain lines now and then where the output is not a terminal.
 */
export function createProgress(
  terminal: Terminal,
  total: () => number | null,
): ImportReporter & { end(): void } {
  const isLive = terminal.isTTY === true;
  let last = "";
  const clear = (): void => {
    if (isLive && last !== "") terminal.write("\r\u001b[K");
  };
  return {
    line(text) {
      clear();
      terminal.write(`${text}\n`);
      if (isLive) terminal.write(last);
    },
    progress(counts, bytes) {
      const text = progressText(counts, bytes, total());
      if (isLive) {
        clear();
        last = text.slice(0, (terminal.columns ?? 80) - 1);
        terminal.write(last);
      } else if (doneOf(counts) % QUIET_EVERY === 0) {
        terminal.write(`${text}\n`);
      }
    },
    end() {
      clear();
      last = "";
    },
  };
}

/** `total` is null while the folders are still being walked. */
export function progressText(
  counts: Readonly<ImportCounts>,
  bytes: number,
  total: number | null,
): string {
  const done = doneOf(counts);
  const megabytes = (bytes / 1024 / 1024).toFixed(1);
  const rest = `${String(counts.accepted)} new, ${String(counts.duplicate + counts.skipped)} known, ${String(counts.refused + counts.unreadable)} refused, ${megabytes} MB`;
  if (total === null) return `${String(done)} films  ${rest}`;
  const share = total === 0 ? 1 : Math.min(1, done / total);
  const filled = Math.round(share * BAR_CELLS);
  const bar = "█".repeat(filled) + "░".repeat(BAR_CELLS - filled);
  return `${bar} ${String(done)}/${String(total)}  ${rest}`;
}

function doneOf(counts: Readonly<ImportCounts>): number {
  const { accepted, duplicate, refused, unreadable, skipped } = counts;
  return (
    accepted + duplicate + refused + unreadable + skipped + counts.setAside
  );
}
