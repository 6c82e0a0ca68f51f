import { createHash } from "node:crypto";
import sharp from "sharp";
import { expect } from "vitest";
import { z } from "zod";
import { PEOPLE } from "./signed-films.ts";

/** What the ZIP of the three signed films must be, file by file. */

/** Files of a ZIP by path. */
type ZipFiles = Map<string, Buffer>;

/** The list of contents and the sums name every file with its checksum. */
export function checkSums(files: ZipFiles, model: string | undefined): void {
  const sums = text(files, "SHA256SUMS").trim().split("\n");
  const listed = new Map(
    sums.map((line) => [line.slice(66), line.slice(0, 64)]),
  );
  expect([...listed.keys()].sort()).toEqual(
    [...files.keys()].filter((path) => path !== "SHA256SUMS").sort(),
  );
  for (const [path, sum] of listed) {
    expect(sha256(files.get(path) ?? Buffer.alloc(0))).toBe(sum);
  }
  const contents = z
    .object({
      files: z.array(z.object({ path: z.string(), sha256: z.string() })),
      counts: z.object({ films: z.number() }),
      models: z.array(z.object({ sha256: z.string() })),
    })
    .parse(JSON.parse(text(files, "contents.json")));
  expect(contents.counts.films).toBe(3);
  expect(contents.models).toEqual([expect.objectContaining({ sha256: model })]);
  for (const file of contents.files) {
    expect(file.sha256).toBe(listed.get(file.path));
  }
}

/** No name, number or date of the films' people, nor the ids given. */
export function checkNobodyIsNamed(
  files: ZipFiles,
  ids: readonly string[],
): void {
  const secrets = [
    ...PEOPLE.flatMap(({ familyName, givenName, id, birthDate }) => [
      familyName,
      givenName,
      id,
      birthDate,
    ]),
    "ACC-99",
    "2026-02-28",
    "20260228",
    "1930",
    "Frau",
    ...ids,
  ];
  for (const [path, bytes] of files) {
    const content = path + bytes.toString("latin1");
    for (const secret of secrets) {
      expect(content.includes(secret), `${secret} in ${path}`).toBe(false);
    }
  }
}

/** Whole grey depth and nothing beside the pixels. */
export async function checkPixels(files: ZipFiles): Promise<void> {
  const pictures = [...files].filter(([path]) => path.startsWith("images/"));
  expect(pictures).toHaveLength(3);
  for (const [path, bytes] of pictures) {
    expect(path).toMatch(/^images\/i-[0-9a-f]{16}\.png$/);
    const { width, height, depth, channels, exif, comments } =
      await sharp(bytes).metadata();
    expect({ width, height, depth, channels }).toEqual({
      width: 192,
      height: 192,
      depth: "ushort",
      channels: 1,
    });
    expect(exif).toBeUndefined();
    expect(comments).toBeUndefined();
  }
}

export function checkLabels(files: ZipFiles, model: string | undefined): void {
  const whole = text(files, "labels.csv");
  // Excel takes UTF-8 without its mark for another code page.
  expect(whole.startsWith("\uFEFF")).toBe(true);
  const [header, ...rows] = whole.slice(1).trimEnd().split("\r\n");
  const columns = header?.split(",") ?? [];
  const table = rows.map(
    (row) =>
      new Map(row.split(",").map((cell, at) => [columns[at] ?? "", cell])),
  );
  expect(table).toHaveLength(3);
  expect(new Set(table.map((row) => row.get("case"))).size).toBe(3);
  // 95 is told as 90; with it the year, which would tell the birth, is left out.
  const oldest = table.find((row) => row.get("age_years") === "90");
  expect(Object.fromEntries(oldest ?? [])).toMatchObject({
    sex: "FEMALE",
    study_year: "",
    label: "PNEUMONIA",
    findings_present: "pneumonia",
    findings_absent: "",
    findings_uncertain: "",
  });
  const child = table.find((row) => row.get("age_years") === "11");
  expect(Object.fromEntries(child ?? [])).toMatchObject({
    label: "OTHER",
    study_year: "2026",
  });
  for (const row of table) {
    expect(files.has(row.get("image") ?? "")).toBe(true);
    expect(row.get("decided_by")).toBe(table[0]?.get("decided_by"));
    expect(row.get("model_sha256")).toBe(model);
    // From noon of 28 February (the film's local time) to 2 March, 9:00 UTC.
    expect(["1", "2"]).toContain(row.get("signed_day_offset"));
  }
}

export function checkBoxes(files: ZipFiles): void {
  const coco = z
    .object({
      images: z.array(z.object({ id: z.number(), file_name: z.string() })),
      annotations: z.array(
        z.object({
          image_id: z.number(),
          bbox: z.array(z.number()),
          source: z.string(),
          reader: z.string().optional(),
          model_sha256: z.string().optional(),
          grade: z.string(),
          dataset: z.string().regex(/^d-[0-9a-f]{16}$/),
        }),
      ),
      categories: z.array(z.object({ name: z.string() })),
    })
    .parse(JSON.parse(text(files, "coco.json")));
  expect(coco.images).toHaveLength(3);
  const drawn = coco.annotations.filter(({ source }) => source === "reader");
  expect(drawn.map(({ bbox }) => bbox)).toEqual(
    Array.from({ length: 3 }, () => [10, 20, 30, 40]),
  );
  expect(coco.categories[0]?.name).toBe("pneumonia");
  expect(coco.categories.length).toBeGreaterThan(10);
  // Each says where it comes from: who drew it, its grade and its export.
  expect(new Set(coco.annotations.map(({ dataset }) => dataset)).size).toBe(1);
  for (const { source, reader, model_sha256: model } of coco.annotations)
    expect(source === "reader" ? reader : model).toMatch(
      source === "reader" ? /^r-[0-9a-f]{16}$/ : /^[0-9a-f]{64}$/,
    );
}

function text(files: ZipFiles, path: string): string {
  const bytes = files.get(path);
  if (!bytes) throw new Error(`no ${path} in the export`);
  return bytes.toString("utf8");
}

export function sha256(bytes: Buffer): string {
  return createHash("sha256").update(bytes).digest("hex");
}
