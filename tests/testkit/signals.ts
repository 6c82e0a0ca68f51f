import { readdir, readFile } from "node:fs/promises";

/** Sends a signal to a process and, where it has them, its children too. */
export async function signalFamily(
  pid: number,
  signal: NodeJS.Signals,
): Promise<void> {
  for (const each of await familyOf(pid)) send(each, signal);
}

/** One may end in between. */
function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ESRCH"))
      throw error;
  }
}

async function familyOf(pid: number): Promise<number[]> {
  const all = [pid];
  for (const name of await readdir("/proc").catch(() => [])) {
    const stat = await readFile(`/proc/${name}/stat`, "utf8").catch(() => "");
    const parent = Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
    if (parent === pid) all.push(Number(name));
  }
  return all;
}
