import { randomInt } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { encodePhantomDicom, makePhantom } from "@lung-iris/phantom";
import { z } from "zod";
import { caller, type Caller } from "./desk-api.ts";

/** Small, as they are only learnt from. */
const SIDE = 256;

/** A film of somebody made up, as DICOM. */
function filmOf(
  seed: number,
  isSick: boolean,
): { name: string; bytes: Uint8Array } {
  const film = makePhantom({
    seed,
    size: SIDE,
    pathology: isSick ? "consolidation" : "none",
  });
  const name = `decided-${String(seed)}`;
  const bytes = encodePhantomDicom(film, {
    familyName: "DECIDED",
    givenName: String(seed),
    id: name,
    sex: "F",
    birthDate: "19700302",
  });
  return { name, bytes };
}

/** A signed case, and the record number of its patient. */
export interface DecidedFilm {
  caseId: string;
  mrn: string;
}

/** Films of made-up people that a reader has signed, half with pneumonia. */
export async function decidedFilms(count: number): Promise<DecidedFilm[]> {
  const staff = await caller("staff@demo.lung-iris");
  const reader = await caller("radiologist@demo.lung-iris");
  const from = randomInt(1_000_000);
  const decided: DecidedFilm[] = [];
  for (let at = 0; at < count; at += 1) {
    const isSick = at % 2 === 0;
    const seed = from + at;
    const { name, bytes } = filmOf(seed, isSick);
    const id = await staff.bringIn(`${name}.dcm`, bytes);
    await signAsRead(reader, id, isSick ? "PNEUMONIA" : "NORMAL");
    decided.push({ caseId: id, mrn: name });
  }
  return decided;
}

const assessed = z.object({ case: z.object({ assessment: z.string() }) });
const revealed = z.object({
  revealPrediction: z.object({
    shownPrediction: z.object({
      findings: z.array(
        z.object({ isLeading: z.boolean(), positive: z.boolean() }),
      ),
    }),
  }),
});
const versioned = z.object({ case: z.object({ version: z.number() }) });

/** Reads blind, sees the AI where it answered, and keeps to what was read. */
export async function signAsRead(
  reader: Caller,
  id: string,
  label: string,
): Promise<void> {
  const assessment = await assessmentOf(reader, id);
  await reader.ask("mutation ($id: ID!) { claimCase(caseId: $id) { id } }", {
    id,
  });
  const said =
    assessment === "ASSESSED"
      ? await answerTo(reader, id, label)
      : { decision: "INDEPENDENT", confirmsChestFilm: label === "NORMAL" };
  const { version } = versioned.parse(
    await reader.ask("query ($id: ID!) { case(id: $id) { version } }", { id }),
  ).case;
  await reader.ask(
    "mutation ($input: SignReadingInput!) { signReading(input: $input) { id } }",
    { input: { caseId: id, caseVersion: version, label, ...said } },
  );
}

/** Whether the AI assessed the film, once it has been asked. */
async function assessmentOf(reader: Caller, id: string): Promise<string> {
  for (;;) {
    const { assessment } = assessed.parse(
      await reader.ask("query ($id: ID!) { case(id: $id) { assessment } }", {
        id,
      }),
    ).case;
    if (assessment !== "PENDING") return assessment;
    await sleep(100);
  }
}

async function answerTo(reader: Caller, id: string, label: string) {
  const { findings } = revealed.parse(
    await reader.ask(
      `mutation ($id: ID!, $opinion: Label) {
        revealPrediction(caseId: $id, opinion: $opinion) {
          shownPrediction { findings { isLeading positive } }
        }
      }`,
      { id, opinion: label },
    ),
  ).revealPrediction.shownPrediction;
  const isSick = label === "PNEUMONIA";
  const isPositive = findings.some((one) => one.isLeading && one.positive);
  if (isPositive === isSick) return { decision: "CONFIRM" };
  return {
    decision: "OVERRIDE",
    overrideReason: isSick ? "FALSE_NEGATIVE" : "FALSE_POSITIVE",
  };
}
