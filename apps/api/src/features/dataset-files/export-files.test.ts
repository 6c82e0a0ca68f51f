import { createHash, randomUUID } from "node:crypto";
import { once } from "node:events";
import { PassThrough } from "node:stream";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { FINDINGS, READING_FINDINGS } from "../findings/finding-catalogue.ts";
import { datasetFilterSchema } from "./dataset-filter.ts";
import { cocoJson } from "./coco.ts";
import { DatasetArchive } from "./dataset-archive.ts";
import { contentsList } from "./contents-list.ts";
import { lettersIn } from "./export-film.ts";
import { csvCell } from "../../platform/csv.ts";
import { pseudonymsFor } from "./pseudonyms.ts";

describe("csvCell", () => {
  it("takes the power from text that a spreadsheet would run", () => {
    for (const text of [
      ...["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "\n=x"],
      // Excel takes the full-width signs for the plain ones.
      ...["＝1+1", "＋1", "－1", "＠SUM(A1)"],
    ]) {
      expect(csvCell(text).replace(/^"/, "")).toMatch(/^'/);
    }
    expect(csvCell("=1+1")).toBe("'=1+1");
  });

  it("quotes what would break the table and leaves numbers alone", () => {
    expect(csvCell('say "a", b')).toBe('"say ""a"", b"');
    expect(csvCell(-3)).toBe("-3");
    expect(csvCell(null)).toBe("");
    expect(csvCell(true)).toBe("true");
  });
});

describe("pseudonymsFor", () => {
  const secret = "a secret of at least thirty-two letters";
  it("gives one id the same name again, and another in another place", () => {
    const here = pseudonymsFor(secret, "site-1");
    expect(here.case("1")).toBe(pseudonymsFor(secret, "site-1").case("1"));
    expect(here.case("1")).not.toBe(pseudonymsFor(secret, "site-2").case("1"));
    expect(here.case("1")).not.toBe(pseudonymsFor("other", "site-1").case("1"));
    expect(here.case("1").slice(2)).not.toBe(here.patient("1").slice(2));
    expect(here.image("1")).toMatch(/^i-[0-9a-f]{16}$/);
  });
});

describe("films with burnt-in letters", () => {
  it("are told by what the header says or the picture shows", () => {
    expect(lettersIn({ warnings: ["burned-in-annotation"] })).toBe("said");
    expect(lettersIn({ warnings: ["modality-overruled"] })).toBe("said");
    expect(lettersIn({ warnings: ["text-in-picture"] })).toBe("found");
    expect(lettersIn({ warnings: ["header-repaired"] })).toBeNull();
  });

  it("are counted in the list of contents as left out", () => {
    const contents: unknown = JSON.parse(
      contentsList({
        filter: datasetFilterSchema.parse({ siteId: randomUUID() }),
        labels: [],
        burntIn: 2,
        blanked: 0,
        format: { pictureText: "LEAVE_OUT", dicom: "NONE" },
        names: pseudonymsFor("a secret of at least thirty-two letters", "s"),
        models: [],
        files: [],
      }),
    );
    expect(contents).toMatchObject({
      leftOut: { burnedInAnnotation: 2 },
      counts: { films: 0 },
    });
  });
});

describe("cocoJson", () => {
  it("numbers images and boxes from 1 and tells who drew a box", () => {
    const box = {
      finding: "pneumonia",
      x: 1.04,
      y: 2,
      width: 10,
      height: 20,
      outline: null,
    };
    const drawn = {
      source: "reader",
      score: null,
      reader: "r-1",
      model: null,
    } as const;
    const triangle = [0, 0, 10.04, 0, 0, 10];
    const text = cocoJson(
      [
        {
          fileName: "images/i-1.png",
          width: 100,
          height: 200,
          case: "c-1",
          label: "PNEUMONIA",
          grade: "TWO_AGREE",
          boxes: [
            { ...box, ...drawn },
            { ...box, source: "ai", score: 0.75, reader: null, model: "ab" },
            { ...box, finding: "effusion", outline: triangle, ...drawn },
          ],
        },
      ],
      "d-1",
    );
    expect(JSON.parse(text)).toMatchObject({
      images: [
        { id: 1, file_name: "images/i-1.png", width: 100, grade: "TWO_AGREE" },
      ],
      annotations: [
        {
          id: 1,
          image_id: 1,
          category_id: 1,
          bbox: [1, 2, 10, 20],
          area: 200,
          source: "reader",
          reader: "r-1",
          grade: "TWO_AGREE",
          dataset: "d-1",
        },
        { id: 2, source: "ai", score: 0.75, model_sha256: "ab" },
        {
          id: 3,
          category_id: 6,
          area: 50.2,
          segmentation: [[0, 0, 10, 0, 0, 10]],
        },
      ],
    });
  });

  it("has every finding of the catalogue under its own number, whatever it holds", () => {
    const { categories } = z
      .object({
        categories: z.array(z.object({ id: z.number(), name: z.string() })),
      })
      .parse(JSON.parse(cocoJson([], "d-1")));
    expect(categories.map(({ name }) => name)).toEqual(
      READING_FINDINGS.map(({ code }) => code),
    );
    expect(categories.slice(0, FINDINGS.length).map(({ id }) => id)).toEqual(
      FINDINGS.map((_, at) => at + 1),
    );
    // Exports that left know these numbers: they never change.
    const known = ["pneumonia", "atelectasis", "cardiomegaly", "consolidation"];
    expect(categories.slice(0, 4).map(({ name }) => name)).toEqual(known);
    expect(categories.find(({ name }) => name === "pneumothorax")?.id).toBe(13);
    expect(categories.find(({ name }) => name === "fracture")?.id).toBe(102);
  });
});

describe("DatasetArchive", () => {
  it("writes the same bytes for the same content, and lists every hash", async () => {
    const write = async () => {
      const archive = new DatasetArchive();
      const chunks: Buffer[] = [];
      archive.output.on("data", (chunk: Buffer) => chunks.push(chunk));
      const ended = once(archive.output, "end");
      await archive.add("labels.csv", "a,b\r\n");
      await archive.add("images/i.png", Buffer.from([1, 2, 3]));
      await archive.addChecksums();
      await archive.finish();
      await ended;
      return { zip: Buffer.concat(chunks), files: archive.files };
    };
    const [first, second] = [await write(), await write()];
    expect(first.zip.equals(second.zip)).toBe(true);
    // "PK" opens a ZIP; the list of checksums names the two files before it.
    expect(first.zip.subarray(0, 2).toString()).toBe("PK");
    expect(first.files.map(({ path }) => path)).toEqual([
      "labels.csv",
      "images/i.png",
      "SHA256SUMS",
    ]);
    expect(first.files[1]?.sha256).toBe(
      createHash("sha256")
        .update(Buffer.from([1, 2, 3]))
        .digest("hex"),
    );
  });

  it("shows an abort to whoever reads and to whoever writes", async () => {
    const archive = new DatasetArchive();
    const reader = archive.output.pipe(new PassThrough());
    reader.resume();
    const failed = once(archive.output, "error");
    archive.abort(new Error("disk full"));
    expect(String(await failed)).toContain("disk full");
    await expect(archive.add("x", "y")).rejects.toThrow("disk full");
  });
});
