import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import type { ReadStream } from "node:tty";
import {
  afterAll,
  afterEach,
  beforeAll,
  describe,
  expect,
  it,
  vi,
} from "vitest";
import { auditVerify } from "../../../apps/api/src/commands/audit-verify.ts";
import { backup } from "../../../apps/api/src/commands/backup.ts";
import { userAdd } from "../../../apps/api/src/commands/user-add.ts";
import {
  createTestDatabase,
  type TestDatabase,
} from "../../testkit/database.ts";

const DAY_MS = 24 * 3_600_000;
const io = { out: new PassThrough(), err: new PassThrough() };
// Everything is drained: nobody reads what they say.
io.out.resume();
io.err.resume();

let desk: TestDatabase;
let folder: string;
beforeAll(async () => {
  desk = await createTestDatabase();
  folder = await mkdtemp(join(tmpdir(), "lung-iris-commands-"));
});
afterAll(async () => {
  await desk.drop();
  await rm(folder, { recursive: true, force: true });
});

const here = () => ({
  dataFolder: join(folder, "data"),
  databaseUrl: desk.url,
  password: "three horses on a hill",
});

function addSomebody(name: string): Promise<number> {
  const args = ["--email", `${name}@test.example`, "--name", "Some Body"];
  // The password comes from the environment: nobody is asked.
  const input = new PassThrough() as unknown as ReadStream;
  return userAdd(args, here(), { ...io, input });
}

function exportTrail(name: string): Promise<number> {
  return auditVerify(["--export", join(folder, `${name}.jsonl`)], here(), io);
}

function copyDesk(name: string): Promise<number> {
  const objects = join(folder, "objects");
  return backup(
    [join(folder, `${name}-copy`), "--quiet"],
    {
      ...here(),
      migrateUrl: null,
      objectStore: { kind: "folder", folder: objects },
      passphrase: null,
    },
    io,
  );
}

const COMMANDS: [string, (name: string) => Promise<number>, string][] = [
  ["user:add", addSomebody, "user.created"],
  ["audit:verify --export", exportTrail, "audit.exported"],
  ["backup", copyDesk, "backup.started"],
];

describe("a command on a machine whose clock is a day ahead", () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  it.each(COMMANDS)("writes the database's time: %s", async (_, run, type) => {
    const before = Date.now();
    vi.useFakeTimers({ toFake: ["Date"], now: before + DAY_MS });
    expect(await run("ahead")).toBe(0);
    vi.useRealTimers();
    const event = await desk.database.client.auditEvent.findFirstOrThrow({
      where: { type },
      orderBy: { seq: "desc" },
    });
    expect(event.at.getTime()).toBeLessThan(before + DAY_MS / 2);
  });
});

describe("a command on a database that a newer version has used", () => {
  beforeAll(async () => {
    await desk.database.client.$executeRaw`INSERT INTO _prisma_migrations
      (id, checksum, finished_at, migration_name)
      VALUES ('newer', 'x', now(), '29991231000000_from_the_future')`;
  });

  it.each(COMMANDS)("refuses and writes nothing: %s", async (_, run) => {
    const { client } = desk.database;
    const events = await client.auditEvent.count();
    await expect(run("newer")).rejects.toThrow(
      /newer version of Lung Iris.*29991231000000_from_the_future/,
    );
    expect(await client.auditEvent.count()).toBe(events);
    const names = await readdir(folder);
    expect(names.filter((name) => name.startsWith("newer"))).toEqual([]);
  });
});
