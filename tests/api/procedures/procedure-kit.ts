import { z } from "zod";
import type { ProcedureMoment } from "@lung-iris/prisma";
import type { TestServer } from "../../testkit/server.ts";
import { aCase } from "../../testkit/scenario.ts";
import {
  aSite,
  asAdmin,
  asRadiologist,
  asStaff,
  type SignedIn,
} from "../../testkit/viewers.ts";
import { CLAIM, REVEAL, SIGN } from "../readings/reading-documents.ts";

export const SAVE = `mutation ($input: SaveProcedureInput!) { saveProcedure(input: $input) { id procedureId version isOn } }`;
export const DO = `mutation ($id: ID!, $answer: String!) { completeProcedureStep(id: $id, answer: $answer) { id state answer doneByName } }`;
export const CORRECT = `mutation ($id: ID!, $answer: String!, $reason: String!) { correctProcedureStep(id: $id, answer: $answer, reason: $reason) { answer correctReason correctedByName } }`;
const OF_CASE = `query ($id: ID!) { case(id: $id) { procedureRuns { id version { version document { name { en } } }
  steps { id role state answer dueAt escalatedAt viewerCanComplete viewerCanCorrect plan { minutes evidence { kind } } } } } }`;
const LIST = `query ($site: ID, $mine: Boolean! = false, $overdue: Boolean! = false, $first: Int! = 20, $after: String) {
  procedureSteps(siteId: $site, mine: $mine, overdue: $overdue, first: $first, after: $after) {
    edges { cursor node { id role dueAt case { id } } } pageInfo { hasNextPage endCursor } } }`;

const step = z.object({
  id: z.string(),
  role: z.string(),
  state: z.string(),
  answer: z.string().nullable(),
  dueAt: z.string(),
  escalatedAt: z.string().nullable(),
  viewerCanComplete: z.boolean(),
  viewerCanCorrect: z.boolean(),
  plan: z.object({
    minutes: z.number(),
    evidence: z.object({ kind: z.string() }),
  }),
});
const ofCase = z.object({
  case: z.object({
    procedureRuns: z.array(
      z.object({
        id: z.string(),
        version: z.object({
          version: z.number(),
          document: z.object({ name: z.object({ en: z.string() }) }),
        }),
        steps: z.array(step),
      }),
    ),
  }),
});
const list = z.object({
  procedureSteps: z.object({
    edges: z.array(
      z.object({
        cursor: z.string(),
        node: z.object({
          id: z.string(),
          role: z.string(),
          dueAt: z.string(),
          case: z.object({ id: z.string() }),
        }),
      }),
    ),
    pageInfo: z.object({
      hasNextPage: z.boolean(),
      endCursor: z.string().nullable(),
    }),
  }),
});
const saved = z.object({
  saveProcedure: z.object({
    id: z.string(),
    procedureId: z.string(),
    version: z.number(),
    isOn: z.boolean(),
  }),
});

const words = (en: string) => ({ en, vi: `${en} (vi)` });
const NO_NUMBER = { unit: null, min: null, max: null };
const TICK = { kind: "TICK", options: [], ...NO_NUMBER };
export const CHOICE = {
  kind: "CHOICE",
  options: [
    { code: "yes", name: words("Yes") },
    { code: "not-possible", name: words("Not possible") },
  ],
  ...NO_NUMBER,
};
export const NUMBER = {
  kind: "NUMBER",
  options: [],
  unit: "weeks",
  min: 0,
  max: 104,
};

/** A step for a role with evidence, due in half an hour. */
export const aStep = (role: string, evidence: object, name = "Mask") => ({
  name: words(name),
  role,
  minutes: 30,
  evidence,
});

/** A procedure of a moment, of one step for staff where none is named. */
export function aDocument(
  moment: ProcedureMoment,
  trigger: object = {},
  steps: readonly object[] = [aStep("STAFF", TICK)],
) {
  const ages = { ageFrom: null, ageTo: null };
  const empty = { findings: [], flags: [], modalities: [], wards: [], ...ages };
  return {
    name: words(`Test ${moment}`),
    trigger: { moment, ...empty, ...trigger },
    steps,
  };
}

/** Writes a procedure, on unless said otherwise. */
export async function aProcedure(
  admin: SignedIn,
  siteId: string,
  document: object,
  rest: object = {},
) {
  const input = {
    siteId,
    baseVersion: 0,
    isOn: true,
    reason: "A test",
    document,
    ...rest,
  };
  return (await admin.execute(SAVE, { input })).data(saved).saveProcedure;
}

/** What runs for a case, as somebody sees it. */
export async function runsSeen(who: SignedIn, id: string) {
  return (await who.execute(OF_CASE, { id })).data(ofCase).case.procedureRuns;
}

/** The open steps that somebody sees. */
export async function stepsSeen(who: SignedIn, variables: object) {
  return (await who.execute(LIST, { ...variables })).data(list).procedureSteps;
}

/** A case whose reading says pneumonia, perhaps critical. */
export async function aSignedCase(
  server: TestServer,
  siteId: string,
  reader: SignedIn,
  critical: object | null = null,
): Promise<string> {
  const { case: row } = await aCase(server, siteId).assessed(0.9).create();
  await reader.execute(CLAIM, { id: row.id });
  await reader.execute(REVEAL, { id: row.id });
  const input = {
    caseId: row.id,
    caseVersion: 2,
    label: "PNEUMONIA",
    decision: "CONFIRM",
    critical,
  };
  (await reader.execute(SIGN, { input })).anyData();
  return row.id;
}

/** A site of its own with somebody of each role. */
export async function aDesk(server: TestServer) {
  const siteId = (await aSite(server)).id;
  return {
    siteId,
    admin: await asAdmin(server, siteId),
    staff: await asStaff(server, siteId),
    reader: await asRadiologist(server, siteId),
  };
}
