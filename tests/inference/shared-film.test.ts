import {
  createInferencePool,
  type InferencePool,
  type ShareOptions,
} from "@lung-iris/inference";
import { filmElements, writeDicom } from "@lung-iris/dicom/writer";
import { encodePhantomDicom, makePhantom } from "@lung-iris/phantom";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { writeLetters } from "../testkit/letters.ts";

const SIDE = 160;
const LINE = "NGUYEN VAN AN 1957";

let pool: InferencePool;
beforeAll(async () => {
  pool = await createInferencePool({
    model: "none",
    engine: "wasm",
    threads: 1,
  });
});
afterAll(() => pool.close());

/** An 8-bit film with letters in a corner that its window shows as white. */
function letteredBehindItsWindow(): Uint8Array {
  const pixels = Uint8Array.from({ length: SIDE * SIDE }, (_, at) =>
    at < SIDE * 40 ? 170 : 20 + (at % SIDE) / 2,
  );
  writeLetters({ width: SIDE, pixels }, LINE, {
    x: 20,
    y: 14,
    dot: 1,
    value: 250,
  });
  return writeDicom(
    filmElements({
      rows: SIDE,
      columns: SIDE,
      bitsAllocated: 8,
      bitsStored: 8,
      pixelVr: "OB",
      pixels,
      more: [
        ["00281050", "DS", "60"],
        ["00281051", "DS", "100"],
      ],
    }),
  );
}

/**
 * A film without a letter in which the picture of all its grey levels, seen
 * through a window of its own, shows a row of specks that pass for some.
 */
function passingForLettersWhenWritten(): Uint8Array {
  const film = makePhantom({ seed: 71, size: 256, pathology: "none" });
  return encodePhantomDicom(film, {
    familyName: "DECIDED",
    givenName: "71",
    id: "decided-71",
    sex: "F",
    birthDate: "19700302",
  });
}

describe.each([
  [
    "letters that the film's window hides",
    letteredBehindItsWindow,
    { format: "png8", window: { center: 128, width: 256 } },
  ],
  [
    "what passes for letters in its picture alone",
    passingForLettersWhenWritten,
    { format: "png16" },
  ],
] as const)("a film to be shared with %s", (_, make, render) => {
  const share = (pictureText: ShareOptions["pictureText"]) =>
    pool.share(make(), { pictureText, withSamples: false, render });

  it("is left out", async () => {
    const { hasText, picture } = await share("leave-out");
    expect({ hasText, picture }).toEqual({ hasText: true, picture: null });
  });

  it("is blanked so that who looks at the picture finds none", async () => {
    const { hasText, picture } = await share("blank");
    expect(hasText).toBe(true);
    if (picture === null) throw new Error("the film was kept back");
    const { warnings } = await pool.inspect(picture);
    expect(warnings).not.toContain("text-in-picture");
  });
});
