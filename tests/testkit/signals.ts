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
  return [pid, ...(await childrenOf(pid))];
}

/** Children of a process, those whose command line names `what` (Linux). */
export async function childrenOf(pid: number, what = ""): Promise<number[]> {
  const children: number[] = [];
  for (const name of await readdir("/proc").catch(() => [])) {
    const stat = await procFile(name, "stat");
    const parent = Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
    if (parent !== pid) continue;
    const isMeant = (await procFile(name, "cmdline")).includes(what);
    if (isMeant) children.push(Number(name));
  }
  return children;
}

/** Empty for a process that has ended, or for what is none. */
function procFile(name: string, file: string): Promise<string> {
  return readFile(`/proc/${name}/${file}`, "utf8").catch(() => "");
}
