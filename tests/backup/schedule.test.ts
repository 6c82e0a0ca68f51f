import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestServer, type TestServer } from "../testkit/server.ts";

const run = promisify(execFile);
const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** A table as cron reads it: its settings, and the command of its one line. */
interface CronTable {
  settings: Record<string, string>;
  command: string;
}

/** The table that docs/operations-backup.md tells people to use. */
async function documentedTable(): Promise<CronTable> {
  const text = await readFile(join(ROOT, "docs/operations-backup.md"), "utf8");
  const [, table = ""] = /```cron\n(.*?)```/su.exec(text) ?? [];
  const settings: Record<string, string> = {};
  let command = "";
  for (const line of table.trim().split("\n")) {
    const setting = /^([A-Z_]+)=(.*)$/u.exec(line);
    if (setting?.[1] !== undefined) settings[setting[1]] = setting[2] ?? "";
    // Five fields of time, then what sh is given with \% as %.
    else command = line.replace(/^(?:\S+ ){5}/u, "").replaceAll("\\%", "%");
  }
  return { settings, command };
}

describe("the line for cron in the docs", () => {
  let server: TestServer;
  let scratch: string;
  let table: CronTable;

  beforeAll(async () => {
    server = await startTestServer();
    scratch = await mkdtemp(join(tmpdir(), "lung-iris-cron-"));
    table = await documentedTable();
    const passphrase = join(scratch, "passphrase");
    await writeFile(passphrase, "six words that nobody would guess\n");
    table.command = table.command
      .replace("/opt/lung-iris", ROOT)
      .replace("/srv/lung-iris", server.folder)
      .replaceAll("/backup", join(scratch, "copies"))
      .replace("/etc/lung-iris-backup.passphrase", passphrase);
  });
  afterAll(async () => {
    await server.stop();
    await rm(scratch, { recursive: true, force: true });
  });

  /** As cron does: by the shell, knowing nothing but the table. */
  async function byCron(more: Record<string, string>) {
    const { SHELL = "", PATH = "" } = table.settings;
    return run(SHELL, ["-c", table.command], {
      cwd: "/",
      env: {
        HOME: scratch,
        LOGNAME: "lung-iris",
        SHELL,
        PATH: `${dirname(process.execPath)}:${PATH}`,
        ...more,
      },
    });
  }

  it("makes a whole copy and writes one line, which is sent", async () => {
    const { stdout, stderr } = await byCron({ DATABASE_URL: server.url });
    expect(stdout).toMatch(/^The copy in \S+ is whole: .*chain ends at \d+:/u);
    expect(stdout.trim().split("\n")).toHaveLength(1);
    expect(stderr).toBe("");
    const [name = ""] = await readdir(join(scratch, "copies"));
    expect(name).toMatch(/^lung-iris-\d{4}-\d\d-\d\d-\d{4}$/u);
    expect(await readdir(join(scratch, "copies", name))).toContain(
      "backup.json",
    );
  }, 300_000);

  it("says why no copy was made", async () => {
    const away = "postgresql://nobody:x@127.0.0.1:9/none";
    const { stderr } = await byCron({ DATABASE_URL: away });
    expect(stderr).toContain("No copy was made.");
  }, 300_000);
});
