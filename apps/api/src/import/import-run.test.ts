import {
  mkdtemp,
  mkdir,
  rm,
  writeFile,
  appendFile,
  readdir,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { DeskError, type FilmAnswer } from "./desk-client.ts";
import { findFilms, type FoundFile } from "./find-films.ts";
import { ImportNotes } from "./import-notes.ts";
import { runImport, type ImportRunDeps } from "./import-run.ts";

const accepted: FilmAnswer = { outcome: "accepted", code: null, message: null };

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "lung-iris-import-"));
  await mkdir(join(folder, "films", "inner"), { recursive: true });
  for (const name of ["a.png", "b.png", "inner/c.dcm", ".hidden"]) {
    await writeFile(join(folder, "films", name), name);
  }
});
afterEach(() => rm(folder, { recursive: true }));

async function setUp(upload: (file: FoundFile) => Promise<FilmAnswer>) {
  const lines: string[] = [];
  const sent: string[] = [];
  let signIns = 0;
  const deps: ImportRunDeps = {
    desk: {
      upload: (file) => {
        sent.push(file.path);
        return upload(file);
      },
    },
    notes: await ImportNotes.open(join(folder, "notes"), "desk", false),
    reporter: {
      line: (text) => lines.push(text),
      progress: () => undefined,
    },
    fields: {},
    signIn: () => {
      signIns += 1;
      return Promise.resolve();
    },
    atOnce: 2,
    signal: new AbortController().signal,
    waits: [1, 1],
  };
  const run = () => runImport(findFilms([join(folder, "films")]), deps);
  return { run, deps, lines, sent, signIns: () => signIns };
}

describe("runImport", () => {
  it("sends every file below the folder once, hidden ones left out", async () => {
    const { run, sent } = await setUp(() => Promise.resolve(accepted));
    expect(await run()).toMatchObject({ accepted: 3, refused: 0 });
    expect(sent.map((path) => path.slice(folder.length)).sort()).toEqual([
      "/films/a.png",
      "/films/b.png",
      "/films/inner/c.dcm",
    ]);
  });

  it("sets aside what lies beside films on a CD, by what it is", async () => {
    const cd = join(folder, "films");
    await writeFile(join(cd, "AUTORUN.INF"), "[autorun]");
    await writeFile(join(cd, "inner", "Thumbs.db"), "x");
    await writeFile(join(cd, "viewer.exe"), "MZ");
    const { run, sent, lines } = await setUp(() => Promise.resolve(accepted));
    expect(await run()).toMatchObject({
      accepted: 3,
      setAside: 3,
      refused: 0,
      unreadable: 0,
    });
    expect(sent).toHaveLength(3);
    expect(lines).toContain(`${join(cd, "viewer.exe")}: set aside, not a film`);
  });

  it("goes on after a kill where it stopped", async () => {
    const first = await setUp(({ path }) =>
      path.endsWith("c.dcm")
        ? Promise.reject(new DeskError("gone", 400, false))
        : Promise.resolve(accepted),
    );
    await expect(first.run()).rejects.toThrow("gone");
    // The kill cut the last line of the notes off.
    const [notes] = await readdir(join(folder, "notes"));
    await appendFile(join(folder, "notes", notes ?? ""), '{"path":"/x');
    const second = await setUp(() => Promise.resolve(accepted));
    expect(await second.run()).toMatchObject({ accepted: 1, skipped: 2 });
    const third = await setUp(() => Promise.resolve(accepted));
    expect(await third.run()).toMatchObject({ accepted: 0, skipped: 3 });
  });

  it("sends a file again that has changed since", async () => {
    const first = await setUp(() => Promise.resolve(accepted));
    await first.run();
    await writeFile(join(folder, "films", "a.png"), "another film");
    const second = await setUp(() => Promise.resolve(accepted));
    expect(await second.run()).toMatchObject({ accepted: 1, skipped: 2 });
  });

  it("makes a refused film one line and goes on", async () => {
    const { run, lines } = await setUp(({ path }) =>
      Promise.resolve(
        path.endsWith("a.png")
          ? { outcome: "refused", code: "no-pixels", message: "no picture" }
          : accepted,
      ),
    );
    expect(await run()).toMatchObject({ accepted: 2, refused: 1 });
    expect(lines).toEqual([`${join(folder, "films", "a.png")}: no picture`]);
  });

  it("makes a file that vanished one line and goes on", async () => {
    const gone = Object.assign(new Error("gone"), { code: "ENOENT" });
    const { run, lines } = await setUp(({ path }) =>
      path.endsWith("b.png") ? Promise.reject(gone) : Promise.resolve(accepted),
    );
    expect(await run()).toMatchObject({ accepted: 2, unreadable: 1 });
    expect(lines[0]).toContain("there is no such file");
  });

  it("waits for a desk that is away, and gives up when it stays away", async () => {
    let calls = 0;
    const once = await setUp(() =>
      ++calls === 1
        ? Promise.reject(new DeskError("away", 503, true))
        : Promise.resolve(accepted),
    );
    expect(await once.run()).toMatchObject({ accepted: 3 });
    const never = await setUp(() =>
      Promise.reject(new DeskError("away", 503, true)),
    );
    await writeFile(join(folder, "films", "new.png"), "new");
    await expect(never.run()).rejects.toThrow("away");
  });

  it("signs in once more when the session has ended", async () => {
    let calls = 0;
    const { run, signIns } = await setUp(() =>
      ++calls === 1
        ? Promise.reject(new DeskError("signed out", 401, false))
        : Promise.resolve(accepted),
    );
    expect(await run()).toMatchObject({ accepted: 3 });
    expect(signIns()).toBe(1);
  });

  it("names a path that is not there", async () => {
    const { deps, lines } = await setUp(() => Promise.resolve(accepted));
    const counts = await runImport(findFilms([join(folder, "none")]), deps);
    expect(counts.unreadable).toBe(1);
    expect(lines).toEqual([`${join(folder, "none")}: there is no such file`]);
  });
});
