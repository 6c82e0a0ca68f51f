import type { ChildProcess } from "node:child_process";
import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { existsSync } from "node:fs";

import { filmElements, writeDicom } from "@lung-iris/dicom/writer";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { chestPixels } from "../../test-data/chest-drawing.ts";
import { hasOnnxRuntime } from "../engine/onnx-runtime.ts";
import { InferenceError } from "../errors.ts";
import { defaultModelDir } from "../models/registry.ts";
import { createInferencePool } from "./inference-pool.ts";
import type { InferencePool } from "./pool-interface.ts";

const SIDE = 96;
const dicom = writeDicom(
  filmElements({
    rows: SIDE,
    columns: SIDE,
    pixels: chestPixels(SIDE, 4095),
    more: [["00100010", "PN", "DOE^JANE"]],
  }),
);

/** 49 million pixels in a small file: about a second of work on any machine. */
async function bigPng(): Promise<Buffer> {
  return sharp({
    create: { width: 7000, height: 7000, channels: 3, background: "#345" },
  })
    .png()
    .toBuffer();
}

describe("a pool that decodes", () => {
  let pool: InferencePool;
  beforeAll(async () => {
    pool = await createInferencePool({
      model: "none",
      engine: "wasm",
      threads: 2,
    });
  }, 60_000);
  afterAll(() => pool.close());

  it("describes a film, with a thumbnail", async () => {
    const info = await pool.inspect(dicom);
    expect(info).toMatchObject({ width: SIDE, height: SIDE, format: "dicom" });
    expect(info.header?.patientName).toBe("DOE, JANE");
    expect(info).not.toHaveProperty("pixels");
    const { format } = await sharp(info.thumbnail).metadata();
    expect(format).toBe("jpeg");
  });

  it("leaves the thumbnail out when its side is 0", async () => {
    expect(await pool.inspect(dicom, { thumbnailSide: 0 })).not.toHaveProperty(
      "thumbnail",
    );
  });

  it("decodes one heavy film at a time, and lets light ones pass", async () => {
    const heavy = await bigPng();
    const done: string[] = [];
    const note = (name: string) => () => done.push(name);
    await Promise.all([
      pool.pixels(heavy).then(note("heavy 1")),
      pool.pixels(heavy).then(note("heavy 2")),
      pool.pixels(dicom).then(note("light 1")),
      pool.pixels(dicom).then(note("light 2")),
    ]);
    // Two workers with both heavy films would make the light ones the last.
    expect(done.at(-1)).toBe("heavy 2");
    expect(done.indexOf("heavy 1")).toBeLessThan(3);
  }, 60_000);

  it("hands over full-depth pixels and keeps the caller's bytes", async () => {
    const before = Buffer.from(dicom);
    const { pixels, info } = await pool.pixels(dicom);
    expect(pixels).toBeInstanceOf(Uint16Array);
    expect([...pixels.slice(0, 96)]).toEqual(
      chestPixels(SIDE, 4095).slice(0, 96),
    );
    expect(info.maxValue).toBe(4095);
    expect(dicom.equals(before)).toBe(true);
  });

  it("reads the header, and leaves out of the file what it is told to", async () => {
    const list = await pool.readHeader(dicom);
    expect(list?.elements.map(({ value }) => value)).toContain("DOE^JANE");
    expect(await pool.readHeader(await bigPng())).toBeNull();
    const named = writeDicom(
      filmElements({
        rows: SIDE,
        columns: SIDE,
        pixels: chestPixels(SIDE, 4095),
        more: [["00081070", "PN", "OPERATOR^OLGA"]],
      }),
    );
    const bare = await pool.leaveOut(named, ["other-person"]);
    expect(Buffer.from(bare ?? []).includes("OPERATOR")).toBe(false);
    expect(bare).toHaveLength(named.length);
    expect(await pool.leaveOut(named, ["private"])).toBeNull();
  });

  it("renders a picture file", async () => {
    const png = await pool.render(dicom, { format: "png16", maxSide: 50 });
    const { width, depth } = await sharp(png).metadata();
    expect([width, depth]).toEqual([50, "ushort"]);
  });

  it("answers many films at once, each with its own answer", async () => {
    const sides = Array.from({ length: 12 }, (_, i) => 70 + i);
    const widths = await Promise.all(
      sides.map(async (side) => {
        const pixels = chestPixels(side, 4095);
        const bytes = writeDicom(
          filmElements({ rows: side, columns: side, pixels }),
        );
        return (await pool.inspect(bytes, { thumbnailSide: 0 })).width;
      }),
    );
    expect(widths).toEqual(sides);
  });

  it("brings errors across with class, code and message", async () => {
    const error = await pool
      .inspect(Buffer.from("%PDF-1.7"))
      .catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(InferenceError);
    expect(error).toMatchObject({
      code: "unsupported-format",
      message: expect.stringContaining("PDF"),
    });
  });

  it("says that it cannot assess", async () => {
    await expect(pool.assess(dicom, {})).rejects.toMatchObject({
      code: "model-missing",
    });
    expect([pool.model, pool.engine]).toEqual([null, null]);
  });
});

describe("a pool under strain", () => {
  it("ends a worker that takes too long and goes on with a new one", async () => {
    const pool = await createInferencePool({
      model: "none",
      engine: "wasm",
      threads: 1,
      timeoutMs: 400,
    });
    const slow = await bigPng();
    await expect(pool.inspect(slow)).rejects.toMatchObject({ code: "timeout" });
    // Small films fit the time again once the new thread has warmed up.
    const retry = async (): Promise<unknown> =>
      pool.inspect(dicom, { thumbnailSide: 0 }).catch(retry);
    expect(await retry()).toMatchObject({ width: SIDE });
    await pool.close();
  }, 60_000);

  it("refuses films beyond its queue", async () => {
    const pool = await createInferencePool({
      model: "none",
      engine: "wasm",
      threads: 1,
      maxQueue: 2,
    });
    const outcomes = await Promise.allSettled(
      Array.from({ length: 5 }, () => pool.inspect(dicom)),
    );
    const codes = outcomes.map((outcome) =>
      outcome.status === "fulfilled"
        ? "ok"
        : outcome.reason instanceof InferenceError && outcome.reason.code,
    );
    expect(codes).toEqual(["ok", "ok", "ok", "busy", "busy"]);
    await pool.close();
  }, 60_000);

  it("rejects what runs and what waits when it is closed", async () => {
    const pool = await createInferencePool({
      model: "none",
      engine: "wasm",
      threads: 1,
    });
    const slow = await bigPng();
    const pending = Promise.allSettled([
      pool.inspect(slow),
      pool.inspect(slow),
    ]);
    await pool.close();
    const outcomes = await pending;
    expect(outcomes.map(({ status }) => status)).toEqual([
      "rejected",
      "rejected",
    ]);
    await expect(pool.inspect(dicom)).rejects.toMatchObject({
      code: "engine-unavailable",
    });
  }, 60_000);

  it("does not start with a model that is not there", async () => {
    const start = createInferencePool({
      modelDir: "/nowhere",
      engine: "wasm",
      threads: 1,
    });
    await expect(start).rejects.toMatchObject({ code: "model-missing" });
  }, 60_000);
});

describe.skipIf(!existsSync(defaultModelDir()))(
  "a pool that assesses (skipped without the committed model)",
  () => {
    it("gives a film's description and assessment together", async () => {
      const pool = await createInferencePool({ engine: "wasm", threads: 1 });
      const { info, assessment } = await pool.assess(dicom, { ageYears: 40 });
      expect(info.width).toBe(SIDE);
      expect(assessment.model).toEqual(pool.model);
      expect(assessment.engine).toBe("wasm");
      await expect(pool.assess(Buffer.from("x"), {})).rejects.toMatchObject({
        code: "unsupported-format",
      });
      await pool.close();
    }, 60_000);
  },
);

describe.skipIf(!hasOnnxRuntime())(
  "a pool on machine code (skipped without onnxruntime)",
  () => {
    /** Processes that are started while `work` runs. */
    async function watched<T>(
      work: (children: ChildProcess[]) => Promise<T>,
    ): Promise<T> {
      const children: ChildProcess[] = [];
      const note = (message: unknown): void => {
        // What Node publishes on this channel (diagnostics_channel).
        children.push((message as { process: ChildProcess }).process);
      };
      subscribe("child_process", note);
      try {
        return await work(children);
      } finally {
        unsubscribe("child_process", note);
      }
    }

    it("tries a film again when the engine faults, and only once", async () => {
      await watched(async (children) => {
        const pool = await createInferencePool({
          engine: "onnxruntime",
          threads: 1,
        });
        expect(pool.engine).toBe("onnxruntime");
        const slow = await bigPng();
        const first = pool.assess(slow, {});
        children.at(-1)?.kill("SIGSEGV");
        expect((await first).info.width).toBe(7000);
        expect(children).toHaveLength(2);

        const second = pool.assess(slow, {});
        children.at(-1)?.kill("SIGSEGV");
        while (children.length < 3) await pause();
        const started = children.at(-1);
        // Its model is loaded when it takes the film.
        await new Promise((resolve) => started?.once("message", resolve));
        await pause();
        started?.kill("SIGABRT");
        await expect(second).rejects.toMatchObject({ code: "engine-crashed" });
        // The pool itself goes on.
        const { info } = await pool.assess(dicom, { ageYears: 40 });
        expect(info.width).toBe(SIDE);
        await pool.close();
      });
    }, 120_000);

    it("blames no film for a worker that the system ended for its memory", async () => {
      await watched(async (children) => {
        const pool = await createInferencePool({
          engine: "onnxruntime",
          threads: 1,
        });
        const film = pool.assess(await bigPng(), {});
        // What the kernel sends when no memory is left.
        children.at(-1)?.kill("SIGKILL");
        expect((await film).info.width).toBe(7000);
        expect(children).toHaveLength(2);
        await pool.close();
      });
    }, 60_000);

    it("leaves no process behind when it is closed", async () => {
      await watched(async (children) => {
        const pool = await createInferencePool({ engine: "auto", threads: 2 });
        expect(children).toHaveLength(2);
        await pool.close();
        for (const child of children) {
          expect(child.exitCode ?? child.signalCode).not.toBeNull();
        }
      });
    }, 60_000);
  },
);

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 50));
}
