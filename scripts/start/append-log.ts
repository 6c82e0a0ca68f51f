import { createWriteStream } from "node:fs";

/** A sink for lines that only matter when something went wrong. */
export function appendLog(file: string): (line: string) => void {
  const stream = createWriteStream(file, { flags: "a", mode: 0o600 });
  // A full disk must not end the launcher; the services report it themselves.
  stream.on("error", () => undefined);
  return (line) => void stream.write(`${line}\n`);
}
