import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { describe, expect, it } from "vitest";

import { parseCsv } from "./csv.ts";
import { readManifest } from "./manifest.ts";

async function manifest(text: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "lung-iris-manifest-"));
  const path = join(folder, "manifest.csv");
  await writeFile(path, text);
  return path;
}

describe("CSV", () => {
  it("reads quotes, doubled quotes and line breaks inside them", () => {
    expect(parseCsv('a,b\r\n"1,2","say ""hi""\nthere"\r\n')).toEqual([
      { a: "1,2", b: 'say "hi"\nthere' },
    ]);
  });

  it("reads semicolons, a byte-order mark and short records", () => {
    expect(parseCsv("\uFEFFa;b\n1\n\n2;3")).toEqual([
      { a: "1", b: "" },
      { a: "2", b: "3" },
    ]);
  });
});

describe("manifests", () => {
  it("reads all columns", async () => {
    const path = await manifest(
      "split,file,label,age,sex,patient_id,boxes,mask,width,height\n" +
        'val,images/rsna/a.jpg,pneumonia,54,M,p1,"[{""x"":1,""y"":2,""w"":3,""h"":4,""by"":""rsna""}]",masks/a.png,512,400\n',
    );
    const [row] = await readManifest(path, ["val"], () => undefined);
    expect(row).toMatchObject({
      file: "images/rsna/a.jpg",
      label: "pneumonia",
      source: "rsna",
      ageYears: 54,
      sex: "M",
      patient: "p1",
      boxes: [{ x: 1, y: 2, width: 3, height: 4 }],
    });
    expect(row?.path).toBe(join(path, "..", "images/rsna/a.jpg"));
    expect(row?.maskPath).toBe(join(path, "..", "masks/a.png"));
  });

  it("makes do with file and label", async () => {
    const path = await manifest(
      "file,label\nx.png,NORMAL\ny.png,1\n/z.png,cyst\n",
    );
    const notes: string[] = [];
    const rows = await readManifest(path, ["val"], (line) => notes.push(line));
    expect(rows.map((row) => row.label)).toEqual([
      "normal",
      "pneumonia",
      "other",
    ]);
    expect(rows.map((row) => row.source)).toEqual(["all", "all", ""]);
    expect(rows[0]?.patient).toBe("x.png");
    expect(notes).toHaveLength(2);
  });

  it("prefers a source column", async () => {
    const path = await manifest("file,label,source\nimages/a/x.png,normal,B\n");
    const [row] = await readManifest(path, null, () => undefined);
    expect(row?.source).toBe("B");
  });

  it("leaves broken boxes out and says so", async () => {
    const path = await manifest("file,label,boxes\nx.png,pneumonia,[{]\n");
    const notes: string[] = [];
    const [row] = await readManifest(path, null, (line) => notes.push(line));
    expect(row?.boxes).toEqual([]);
    expect(notes.join()).toContain("x.png");
  });

  it("names the splits there are when one asked for is not", async () => {
    const path = await manifest("split,file,label\ntrain,x.png,normal\n");
    for (const splits of [["test"], ["train", "test"]]) {
      const outcome = readManifest(path, splits, () => undefined);
      await expect(outcome).rejects.toThrow('split "test"; it has: train');
    }
  });

  it("says so where no film is named, or no file is there", async () => {
    const bare = await manifest("split,file,label\n");
    const outcome = readManifest(bare, null, () => undefined);
    await expect(outcome).rejects.toThrow("names no film");
    const gone = readManifest(`${bare}.gone`, null, () => undefined);
    await expect(gone).rejects.toThrow(".gone cannot be read");
  });

  it("refuses a file without the columns it needs", async () => {
    const path = await manifest("picture,truth\nx.png,normal\n");
    const outcome = readManifest(path, null, () => undefined);
    await expect(outcome).rejects.toThrow("file and label");
  });
});
