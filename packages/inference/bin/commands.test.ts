import { execFile, type ChildProcess } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { mkdtemp, readFile, readdir, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { filmElements, writeDicom } from "@lung-iris/dicom/writer";
import sharp from "sharp";
import { beforeAll, describe, expect, it } from "vitest";

import { chestPixels } from "../test-data/chest-drawing.ts";
import { hasOnnxRuntime } from "../src/engine/onnx-runtime.ts";
import { defaultModelDir } from "../src/models/registry.ts";

const SIDE = 128;
const ROOT = fileURLToPath(new URL("../../..", import.meta.url));

interface Run {
  code: number;
  stdout: string;
  stderr: string;
}

function run(
  command: string,
  args: readonly string[],
  watch: (child: ChildProcess) => void = () => undefined,
): Promise<Run> {
  const script = fileURLToPath(new URL(command, import.meta.url));
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      ["--import", "tsx", script, ...args],
      { cwd: ROOT },
      (_, stdout, stderr) => {
        resolve({ code: child.exitCode ?? -1, stdout, stderr });
      },
    );
    watch(child);
  });
}

/** Processes in which a command's engine runs (Linux). */
function enginesOf(command: ChildProcess): number[] {
  const pid = String(command.pid);
  return readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8")
    .split(" ")
    .filter((child) => child !== "")
    .filter((child) => {
      const line = readFileSync(`/proc/${child}/cmdline`, "utf8");
      return line.includes("worker-entry");
    })
    .map(Number);
}

function film(modality: string): Buffer {
  const pixels = chestPixels(SIDE, 4095);
  return writeDicom(
    filmElements({ rows: SIDE, columns: SIDE, modality, pixels }),
  );
}

describe.skipIf(!existsSync(join(defaultModelDir(), "manifest.json")))(
  "commands (skipped without the committed model)",
  () => {
    let folder = "";
    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), "lung-iris-commands-"));
      const png = sharp(Uint8Array.from(chestPixels(SIDE, 255)), {
        raw: { width: SIDE, height: SIDE, channels: 1 },
      }).png();
      await writeFile(join(folder, "chest.png"), await png.toBuffer());
      await writeFile(join(folder, "film.dcm"), film("CR"));
      await writeFile(join(folder, "ct.dcm"), film("CT"));
      await writeFile(join(folder, "notes.txt"), "not a film");
      await writeFile(
        join(folder, "manifest.csv"),
        "split,file,label,mask\ntest,chest.png,normal\ntest,film.dcm,pneumonia,gone-mask.png\ntest,gone.png,pneumonia\ntest,notes.txt,other\n",
      );
    });

    it("predict prints one JSON line a file, in order, and nothing else", async () => {
      const names = [
        "ct.dcm",
        "chest.png",
        "gone.png",
        "notes.txt",
        "film.dcm",
      ];
      const files = names.map((name) => join(folder, name));
      const { code, stdout, stderr } = await run("./predict.ts", files);
      expect(code, stderr).toBe(0);
      const lines = stdout
        .trimEnd()
        .split("\n")
        .map((line): unknown => JSON.parse(line));
      expect(lines).toHaveLength(names.length);
      expect(lines).toMatchObject(files.map((file) => ({ file })));
      expect(lines[0]).toMatchObject({
        gate: { status: "not-assessed", reason: "not-a-chest-film" },
        findings: [],
      });
      for (const at of [2, 3]) {
        expect(lines[at]).toMatchObject({
          gate: { status: "not-assessed", reason: "unreadable" },
          findings: [],
          model: { id: expect.any(String), sha256: expect.any(String) },
          engine: expect.stringMatching(/^(onnxruntime|tensorflow|wasm)$/u),
        });
      }
    }, 120_000);

    it("predict exits with 2 and its usage when there is nothing to do", async () => {
      const { code, stdout, stderr } = await run("./predict.ts", []);
      expect([code, stdout]).toEqual([2, ""]);
      expect(stderr).toContain("--cam");
    }, 60_000);

    it("predict names the models there are when one is missing", async () => {
      const { code, stdout, stderr } = await run("./predict.ts", [
        join(folder, "film.dcm"),
        "--model",
        "no-such-model",
      ]);
      expect([code, stdout]).toEqual([1, ""]);
      expect(stderr).toContain("no-such-model");
    }, 60_000);

    it.each(["predict", "evaluate"])(
      "%s exits with 2 on an argument that it does not know",
      async (command) => {
        const args = ["--no-such-argument"];
        const { code, stdout, stderr } = await run(`./${command}.ts`, args);
        expect([code, stdout]).toEqual([2, ""]);
        expect(stderr).toContain("--no-such-argument");
        expect(stderr).toContain("--help");
      },
      60_000,
    );

    it("evaluate writes its JSON and plots, and counts what is missing as refused", async () => {
      const json = join(folder, "new", "out.json");
      const plots = join(folder, "plots");
      const { code, stdout, stderr } = await run("./evaluate.ts", [
        ...["--manifest", join(folder, "manifest.csv"), "--split", "test"],
        ...["--json", json, "--plots", plots],
      ]);
      expect(code).toBe(0);
      expect(stderr).toContain("gone.png: missing");
      expect(stderr).not.toContain("film.dcm: missing");
      const written: unknown = JSON.parse(await readFile(json, "utf8"));
      expect(written).toMatchObject({
        split: "test",
        overall: { n: 3, positives: 2 },
      });
      expect(JSON.parse(stdout)).toEqual(written);
      expect((await readdir(plots)).filter((f) => f.endsWith(".png"))).toEqual([
        "confusion.png",
        "reliability.png",
        "roc.png",
      ]);
    }, 120_000);

    it.skipIf(!hasOnnxRuntime() || process.platform !== "linux")(
      "evaluate ends well, and with every film, when its engine faults",
      async () => {
        const count = 60;
        const manifest = join(folder, "many.csv");
        const row = "test,film.dcm,pneumonia";
        const rows = Array.from({ length: count }, () => row);
        await writeFile(manifest, `split,file,label\n${rows.join("\n")}\n`);
        const killed: number[] = [];
        const { code, stdout, stderr } = await run(
          "./evaluate.ts",
          ["--manifest", manifest, "--split", "test"],
          (command) => {
            // The first line of progress: films are at work.
            command.stderr?.once("data", () => {
              for (const pid of enginesOf(command)) {
                process.kill(pid, "SIGSEGV");
                killed.push(pid);
              }
            });
          },
        );
        expect(killed.length).toBeGreaterThan(0);
        expect(code, stderr).toBe(0);
        expect(stderr).not.toContain("SIGSEGV");
        expect(JSON.parse(stdout)).toMatchObject({ overall: { n: count } });
        expect(stderr).toContain(`${String(count)} of ${String(count)} films`);
      },
      120_000,
    );
  },
);
