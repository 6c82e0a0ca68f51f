import { closeSync, openSync } from "node:fs";
import { LineSink } from "../../apps/api/src/platform/line-sink.ts";

/**
 * A sink for lines that only matter when something went wrong: a full disk
 * drops them and counts them, and never ends or holds up the launcher.
 */
export function appendLog(file: string): (line: string) => void {
  let sink: LineSink | undefined;
  return (line) => (sink ??= openSink(file))?.write(line);
}

/** Undefined where the file cannot be made now; tried again at the next line. */
function openSink(file: string): LineSink | undefined {
  try {
    const fd = openSync(file, "a", 0o600);
    process.once("exit", () => closeSync(fd));
    return new LineSink({
      fd,
      describeDropped: (lines) =>
        `(${lines} lines could not be written and were dropped)`,
    });
  } catch {
    return undefined;
  }
}
