import {
  encodePhantomDicom,
  makePhantom,
  randomStream,
} from "@lung-iris/phantom";
import { z } from "zod";
import { signAsRead } from "./decided-films.ts";
import { caller, type Caller } from "./desk-api.ts";

/** Small, as they are only learnt from. */
const SIDE = 192;
/** Middle greys are darker than on any film that was learnt. */
const GAMMA = 1.8;
/** How often the scripted reader is wrong. */
const NOISE = 0.05;
const AGE_YEARS = 50;
const FIRST_SEED = 5_000;
/** So many films of a reader are on their way while he signs another. */
const AHEAD = 6;
const READERS = ["radiologist", "radiologist2"] as const;

/** Sooner than the desk asks for the password again at a signature. */
const KEPT_MS = 5 * 60_000;

/** A film of the hospital, as its device sends it. */
export interface HospitalFilm {
  name: string;
  bytes: Uint8Array;
  /** What the scripted reader says of it. */
  label: "PNEUMONIA" | "NORMAL";
}

/** Films that its device takes, one after another. */
export interface Hospital {
  /** Of a new patient, or of one who comes again. */
  film(patient?: string): HospitalFilm;
}

/**
 * A hospital with faint opacities and another exposure. Every second film is
 * sick, and its reader is wrong on one of twenty.
 *
 * @param name begins the record numbers of its patients
 */
export function simulatedHospital(name: string): Hospital {
  const random = randomStream(7, "reader");
  let films = 0;
  return {
    film: (patient) => {
      films += 1;
      const isSick = films % 2 === 0;
      const id = patient ?? `${name}-${String(films)}`;
      return {
        name: id,
        bytes: drawn(FIRST_SEED + films, isSick, id),
        label: isSick !== random.chance(NOISE) ? "PNEUMONIA" : "NORMAL",
      };
    },
  };
}

/** How many films were decided, by what their patients are for. */
export interface DecidedCounts {
  /** Runs learn from them. */
  learnt: number;
  /** Of the evergreen test. */
  evergreen: number;
}

/**
 * Brings films in and has them read until so many are decided. First come new
 * patients; those of the evergreen test then come again, for a hospital has
 * years of them and few films say little of a calibration.
 */
export async function decide(
  hospital: Hospital,
  wanted: DecidedCounts,
): Promise<DecidedCounts> {
  const admin = await caller("admin@demo.lung-iris");
  const counts: DecidedCounts = { learnt: 0, evergreen: 0 };
  const again: string[] = [];
  let asked = 0;
  const next = (): HospitalFilm | null => {
    if (counts.learnt < wanted.learnt) return hospital.film();
    if (counts.evergreen >= wanted.evergreen) return null;
    asked += 1;
    return hospital.film(again[asked % again.length]);
  };
  const read = async (name: string) => {
    const staff = await caller("staff@demo.lung-iris");
    const email = `${name}@demo.lung-iris`;
    let reader = await caller(email);
    let since = Date.now();
    const send = async () => {
      const film = next();
      if (film === null) return null;
      const id = await staff.bringIn(`${film.name}.dcm`, film.bytes);
      const isBack = again.includes(film.name);
      const isEvergreen = isBack || (await splitOf(admin, id)) === "TEST";
      if (isEvergreen && !isBack) again.push(film.name);
      counts[isEvergreen ? "evergreen" : "learnt"] += 1;
      return { id, label: film.label };
    };
    const ahead = Array.from({ length: AHEAD }, send);
    for (;;) {
      const film = await ahead.shift();
      if (!film) return;
      ahead.push(send());
      if (Date.now() - since > KEPT_MS) {
        reader = await caller(email);
        since = Date.now();
      }
      await signAsRead(reader, film.id, film.label);
    }
  };
  await Promise.all(READERS.map(read));
  return counts;
}

const learning = z.object({
  caseLearning: z.object({ split: z.enum(["TRAIN", "VAL", "TEST"]) }),
});

/** What the films of a case's patient are for. */
async function splitOf(admin: Caller, id: string): Promise<string> {
  const answer = await admin.ask(
    "query ($id: ID!) { caseLearning(caseId: $id) { split } }",
    { id },
  );
  return learning.parse(answer).caseLearning.split;
}

function drawn(seed: number, isSick: boolean, id: string): Uint8Array {
  const film = makePhantom({
    seed,
    size: SIDE,
    ageYears: AGE_YEARS,
    pathology: isSick ? "consolidation" : "none",
    density: 0.4,
    extent: 0.4,
  });
  const { maxValue } = film;
  const pixels = film.pixels.map((value) =>
    Math.round(maxValue * (value / maxValue) ** GAMMA),
  );
  // A patient's own, so that no two look like one.
  const day = Number(/\d+$/u.exec(id)?.[0] ?? 0);
  const two = (value: number) => String(value).padStart(2, "0");
  return encodePhantomDicom(
    { ...film, pixels },
    {
      familyName: `Hospital ${id}`,
      givenName: "Of",
      id,
      sex: day % 3 === 0 ? "M" : "F",
      birthDate: `1974${two(1 + (day % 12))}${two(1 + (day % 28))}`,
    },
    { study: { accessionNumber: String(seed) } },
  );
}
