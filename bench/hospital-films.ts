/** Films of a simulated hospital, and those that a run there rehearses. */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import {
  encodePhantomPng,
  makePhantom,
  randomStream,
} from "@lung-iris/phantom";

export const DECIDED = 400;
/** Of the evergreen test: no run opens them. */
export const EVERGREEN = Number(
  process.env["LUNG_IRIS_HOSPITAL_EVERGREEN"] ?? 1_000,
);
/** As many as the desk draws unless it is told otherwise. */
const REHEARSED = 200;
const SIDE = 192;
/** Of the tone curve: darker middle greys than any film that was learnt. */
const GAMMA = 1.8;
/** How often the reader is wrong on films to learn from. */
const NOISE = 0.05;
const FIRST_SEED = 5_000;
const REHEARSAL_SEED = 900_000;

async function film(seed: number, isSick: boolean): Promise<Uint8Array> {
  const phantom = makePhantom({
    seed,
    size: SIDE,
    ageYears: 50,
    pathology: isSick ? "consolidation" : "none",
    density: 0.4,
    extent: 0.4,
  });
  const { maxValue } = phantom;
  const pixels = phantom.pixels.map((value) =>
    Math.round(maxValue * (value / maxValue) ** GAMMA),
  );
  return encodePhantomPng({ ...phantom, pixels }, { bits: 8 });
}

/** Writes the films; the manifest of the decided ones, and what the others are. */
export async function writeHospital(
  folder: string,
): Promise<{ manifest: string; evergreen: KnownFile[] }> {
  const random = randomStream(7, "reader");
  const rows = ["file,split,label,patient_id,age,may_train"];
  const evergreen: KnownFile[] = [];
  for (let at = 0; at < DECIDED + EVERGREEN; at += 1) {
    const isSick = at % 2 === 0;
    const path = join(folder, `${String(at)}.png`);
    await writeFile(path, await film(FIRST_SEED + at, isSick));
    if (at >= DECIDED) {
      evergreen.push({ path, patient: `p${String(at)}`, isSick });
      continue;
    }
    const label = isSick !== random.chance(NOISE) ? "pneumonia" : "normal";
    rows.push(`${String(at)}.png,train,${label},p${String(at)},50,yes`);
  }
  const manifest = join(folder, "manifest.csv");
  await writeFile(manifest, `${rows.join("\n")}\n`);
  return { manifest, evergreen };
}

/** A film with the truth of it. */
export interface KnownFile {
  path: string;
  patient: string;
  isSick: boolean;
}

/** Plain synthetic films, as a trainer draws them. */
export async function writeRehearsal(folder: string): Promise<string> {
  await mkdir(folder);
  const rows = ["file,split,label,patient_id,age"];
  for (let at = 0; at < REHEARSED; at += 1) {
    const isSick = at % 2 === 1;
    const phantom = makePhantom({
      seed: REHEARSAL_SEED + at,
      size: SIDE,
      ageYears: at % 4 < 2 ? 8 : 50,
      pathology: isSick ? "consolidation" : "none",
    });
    await writeFile(
      join(folder, `${String(at)}.png`),
      await encodePhantomPng(phantom),
    );
    const label = isSick ? "pneumonia" : "normal";
    rows.push(
      `${String(at)}.png,phantom,${label},r${String(at)},${at % 4 < 2 ? "8" : "50"}`,
    );
  }
  const manifest = join(folder, "manifest.csv");
  await writeFile(manifest, `${rows.join("\n")}\n`);
  return manifest;
}
