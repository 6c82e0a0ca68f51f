import { mkdir, mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { describe, expect, it } from "vitest";

import { InferenceError } from "../errors.ts";
import type { Assessment } from "../types.ts";
import { findFiles } from "./find-files.ts";
import { inOrder } from "./in-order.ts";
import {
  assessmentLine,
  endsTheRun,
  gateReasonOf,
  refusalLine,
} from "./prediction-line.ts";

describe("files of a command", () => {
  it("takes files, folders and patterns in the order given", async () => {
    const folder = await mkdtemp(join(tmpdir(), "lung-iris-files-"));
    await mkdir(join(folder, "deep"));
    const names = [
      "b.png",
      "a.png",
      "film10.dcm",
      "film9.dcm",
      "deep/c.jpg",
      ".hidden",
    ];
    for (const name of names) await writeFile(join(folder, name), "");
    const relative = async (...paths: string[]) =>
      (await findFiles(paths.map((path) => join(folder, path)))).map((path) =>
        path.slice(folder.length + 1),
      );
    expect(await relative("b.png", "a.png")).toEqual(["b.png", "a.png"]);
    expect(await relative("")).toEqual([
      "a.png",
      "b.png",
      "deep/c.jpg",
      "film9.dcm",
      "film10.dcm",
    ]);
    expect(await relative("*.png", "film?.dcm")).toEqual([
      "a.png",
      "b.png",
      "film9.dcm",
    ]);
    expect(await relative("**/*.jpg")).toEqual(["deep/c.jpg"]);
    expect(await relative("missing.png", "no*match")).toEqual([
      "missing.png",
      "no*match",
    ]);
  });
});

describe("work in order", () => {
  it("yields in the order of the items however long each takes", async () => {
    const delays = [30, 1, 20, 1];
    const results: number[] = [];
    const work = async (delay: number): Promise<number> => {
      await new Promise((resolve) => setTimeout(resolve, delay));
      return delay;
    };
    for await (const result of inOrder(delays, 3, work)) results.push(result);
    expect(results).toEqual(delays);
  });

  it("never has more under way than its width", async () => {
    let underWay = 0;
    let most = 0;
    const work = async (item: number): Promise<number> => {
      most = Math.max(most, ++underWay);
      await new Promise((resolve) => setImmediate(resolve));
      underWay -= 1;
      return item;
    };
    let sum = 0;
    for await (const item of inOrder([1, 2, 3, 4, 5, 6, 7], 4, work))
      sum += item;
    expect(sum).toBe(28);
    expect(most).toBe(4);
  });

  it("passes a failure on at its place", async () => {
    const seen: number[] = [];
    const run = async (): Promise<void> => {
      const work = (n: number) =>
        n === 2 ? Promise.reject(new Error("two")) : Promise.resolve(n);
      for await (const n of inOrder([1, 2, 3], 3, work)) seen.push(n);
    };
    await expect(run()).rejects.toThrow("two");
    expect(seen).toEqual([1]);
  });
});

describe("prediction lines", () => {
  const model = { id: "m", sha256: "abc" };

  const assessed = (positive: boolean): Assessment => ({
    gate: { status: "assessed", reason: null },
    findings: [
      {
        code: "pneumonia",
        concept: {
          system: "SNOMED CT",
          code: "233604007",
          display: "Pneumonia",
        },
        score: 0.9,
        probability: 0.7,
        interval: { low: 0.6, high: 0.8 },
        threshold: 0.5,
        positive,
        unsure: false,
        shown: true,
        group: { name: "adult", from: "age" },
      },
    ],
    cam: [],
    input: { greyMean: 0.5, greySpan: 0.8, gateDistance: 1 },
    boxes: [
      {
        finding: "pneumonia",
        ...{ x: 1, y: 2, width: 3, height: 4 },
        score: 0.5,
        chance: 0.4,
      },
    ],
    model,
    engine: "wasm",
    milliseconds: 12,
  });

  it("have the fields of the design and no others", () => {
    expect(assessmentLine("a.png", assessed(true))).toEqual({
      file: "a.png",
      gate: { status: "assessed", reason: null },
      findings: [
        {
          code: "pneumonia",
          probability: 0.7,
          threshold: 0.5,
          positive: true,
          unsure: false,
          shown: true,
        },
      ],
      boxes: [
        { finding: "pneumonia", x: 1, y: 2, width: 3, height: 4, score: 0.5 },
      ],
      model,
      engine: "wasm",
      milliseconds: 12,
    });
  });

  it("leave out the boxes of what is not positive", () => {
    expect(assessmentLine("a.png", assessed(false)).boxes).toEqual([]);
  });

  it("say not-assessed with a reason for a file that cannot be read", () => {
    const error = new InferenceError("no-pixels", "none");
    expect(refusalLine("a.dcm", error, { model, engine: "wasm" }, 3)).toEqual({
      file: "a.dcm",
      gate: { status: "not-assessed", reason: "unreadable" },
      findings: [],
      boxes: [],
      model,
      engine: "wasm",
      milliseconds: 3,
    });
  });

  it.each([
    ["not-a-radiograph", "not-a-chest-film"],
    ["too-small", "too-small"],
    ["too-large", "unreadable"],
    ["unsupported-format", "unreadable"],
    ["timeout", "unreadable"],
  ] as const)("call %s %s", (code, reason) => {
    expect(gateReasonOf(new InferenceError(code, ""))).toBe(reason);
  });

  it("tell a broken installation from a broken film", () => {
    expect(endsTheRun(new InferenceError("model-missing", ""))).toBe(true);
    expect(endsTheRun(new InferenceError("unreadable", ""))).toBe(false);
    expect(endsTheRun(new Error("ENOENT"))).toBe(false);
  });
});
