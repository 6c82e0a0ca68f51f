import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { hashPassword } from "../../../apps/api/src/features/passwords/password.ts";
import { importCommand } from "../../../apps/api/src/import/import-command.ts";
import { chestDicom, chestPng } from "../../testkit/films.ts";
import { startTestServer, type TestServer } from "../../testkit/server.ts";
import { aSite } from "../../testkit/viewers.ts";

let server: TestServer;
let folder: string;
let notes = 0;
const EMAIL = "import@test.example";
const PASSWORD = "a long password of the tests";

beforeAll(async () => {
  server = await startTestServer({ films: true });
  const { id: siteId } = await aSite(server);
  await server.database.client.user.create({
    data: {
      email: EMAIL,
      name: "Importer",
      role: "STAFF",
      passwordHash: await hashPassword(PASSWORD),
      sites: { create: { siteId } },
    },
  });
  folder = await mkdtemp(join(tmpdir(), "lung-iris-import-"));
  await mkdir(join(folder, "films", "ward"), { recursive: true });
  const patient = {
    familyName: "An",
    givenName: "B",
    id: "I-1",
    sex: "F" as const,
  };
  const files = {
    "a.png": await chestPng(1),
    "copy-of-a.png": await chestPng(1),
    'ward/odd "name"\n.dcm': chestDicom(2, patient),
    "scan.tif": Buffer.from("II*\0 not a film"),
    "notes.txt": Buffer.from("beside the films"),
  };
  for (const [name, bytes] of Object.entries(files)) {
    await writeFile(join(folder, "films", name), bytes);
  }
});
afterAll(async () => {
  await server.stop();
  await rm(folder, { recursive: true });
});
beforeEach(() => {
  notes += 1;
});

async function run(args: string[], password: string | null = PASSWORD) {
  const out: string[] = [];
  const err: string[] = [];
  const code = await importCommand(
    args,
    {
      defaultUrl: server.address,
      notesFolder: join(folder, `notes-${String(notes)}`),
      email: EMAIL,
      password,
    },
    {
      out: { write: (text) => out.push(text) },
      err: { write: (text) => err.push(text) },
      signal: new AbortController().signal,
    },
  );
  return { code, out: out.join(""), err: err.join("") };
}

describe("npm run import", () => {
  it("brings a folder in, says what was refused, and goes on when run again", async () => {
    const args = [join(folder, "films"), "--at-once", "1"];
    const first = await run(args);
    expect(first.out).toBe(
      "2 new, 1 already there, 1 refused, 0 unreadable, 1 to be told whose they are, 1 set aside: not films\n",
    );
    expect(first.err).toContain("scan.tif: ");
    expect(first.err).toContain("notes.txt: set aside, not a film");
    expect(first.code).toBe(0);
    const image = await server.database.client.image.findFirstOrThrow({
      where: { format: "DICOM" },
      include: { study: { include: { patient: true } } },
    });
    expect(image.study.patient.mrn).toBe("I-1");
    const second = await run(args);
    expect(second.out).toContain("4 done by an earlier run");
  });

  it("fails with --strict when a film was refused", async () => {
    const { code } = await run([join(folder, "films"), "--strict"]);
    expect(code).toBe(1);
  });

  it("sends the details of a file with every film", async () => {
    const details = join(folder, "details.json");
    await writeFile(details, '{"mrn":"I-9","patientName":"FROM, File"}');
    const film = join(folder, "other.png");
    await writeFile(film, await chestPng(9));
    const { out } = await run([film, "--details", details]);
    expect(out).toBe("1 new, 0 already there, 0 refused, 0 unreadable\n");
    expect(
      await server.database.client.patient.count({ where: { mrn: "I-9" } }),
    ).toBe(1);
  });

  it("ends with one sentence when it may not in, or knows no login", async () => {
    await expect(run([folder], "wrong password")).rejects.toThrow(
      "The email address or the password is wrong.",
    );
    await expect(run([folder], null)).rejects.toThrow("LUNG_IRIS_PASSWORD");
    await expect(run([folder, "--site", "X-1"])).rejects.toThrow(
      /^You have no site X-1; yours are: S-\d+\.$/,
    );
    await expect(run([folder, "--url", "http://127.0.0.1:9"])).rejects.toThrow(
      "does not answer",
    );
  });
});
