import { afterAll, beforeAll, describe, it } from "vitest";
import { z } from "zod";
import { AuditLog } from "../../../apps/api/src/audit/audit-log.ts";
import { AlarmDesk } from "../../../apps/api/src/features/alarms/alarm-desk.ts";
import { SHIPPED_BARS } from "../../../apps/api/src/features/bars/shipped-bars.ts";
import { aPolicy, asInput, givenPolicy } from "../../testkit/policies.ts";
import { aCase, liveTestModel } from "../../testkit/scenario.ts";
import { startTestServer, type TestServer } from "../../testkit/server.ts";
import {
  DECLINE_THRESHOLD,
  PROPOSE_THRESHOLD,
  SAVE_THRESHOLD,
} from "../../testkit/threshold-requests.ts";
import { asAdmin } from "../../testkit/viewers.ts";
import {
  aDesk,
  aDocument,
  aProcedure,
  SAVE,
} from "../procedures/procedure-kit.ts";
import { expectGoes, type Desk, type Giving } from "./giving.ts";

const MERGE = `mutation ($one: ID!, $other: ID!, $reason: String!) {
  mergePatients(survivorId: $one, mergedId: $other, reason: $reason) { id } }`;
const UNDO_MERGE = `mutation ($id: ID!, $reason: String!) { undoMerge(id: $id, reason: $reason) { id } }`;
const DENY = `mutation ($one: ID!, $other: ID!, $reason: String!) {
  denySamePatient(patientId: $one, otherId: $other, reason: $reason) { id } }`;
const TAKE_BACK = `mutation ($id: ID!, $reason: String!) { takeBackDenial(id: $id, reason: $reason) { id } }`;
const WITHDRAW = `mutation ($id: ID!, $reason: String!) { withdrawFromLearning(patientId: $id, reason: $reason) { id } }`;
const LIFT = `mutation ($id: ID!, $reason: String!) { liftLearningWithdrawal(patientId: $id, reason: $reason) { id } }`;
const ACKNOWLEDGE = `mutation ($id: ID!, $reason: String!) { acknowledgeAlarm(id: $id, note: $reason) { id } }`;
const SAVE_BARS = `mutation ($input: SaveBarsInput!) { saveBars(input: $input) { version } }`;
const SAVE_POLICY = `mutation ($input: SavePolicyInput!) { savePolicy(input: $input) { version } }`;
const SINGLE = `mutation ($siteId: ID!, $version: Int!, $reason: String!) {
  proposeSingleApproval(siteId: $siteId, baseVersion: $version, reason: $reason) { id } }`;

/** The id of what a mutation made. */
function madeBy(data: Record<string, unknown>): string {
  const [made] = Object.values(data);
  return z.object({ id: z.string() }).parse(made).id;
}

async function aMerge({ server, siteId, staff, admin }: Desk): Promise<Giving> {
  const one = (await aCase(server, siteId).create()).patient.id;
  const other = (await aCase(server, siteId).create()).patient.id;
  return {
    kind: "MERGE",
    aboutId: other,
    part: one,
    by: staff,
    not: admin,
    give: (reason) => staff.execute(MERGE, { one, other, reason }),
  };
}

async function aMergeUndone(desk: Desk): Promise<Giving> {
  const { by, not, give } = await aMerge(desk);
  const id = madeBy((await give("Two cards")).anyData());
  return {
    kind: "MERGE_UNDO",
    aboutId: id,
    by,
    not,
    give: (reason) => by.execute(UNDO_MERGE, { id, reason }),
  };
}

async function aDenial(desk: Desk): Promise<Giving> {
  const pair = await aMerge(desk);
  const { by, aboutId: one, part: other } = pair;
  return {
    ...pair,
    kind: "NOT_SAME",
    give: (reason) => by.execute(DENY, { one, other, reason }),
  };
}

async function aDenialTakenBack(desk: Desk): Promise<Giving> {
  const denial = await aDenial(desk);
  const id = madeBy((await denial.give("Twins")).anyData());
  return {
    ...denial,
    kind: "NOT_SAME_BACK",
    give: (reason) => denial.by.execute(TAKE_BACK, { id, reason }),
  };
}

async function aWithdrawal(desk: Desk): Promise<Giving> {
  const { server, siteId, admin, staff } = desk;
  const { id } = (await aCase(server, siteId).create()).patient;
  return {
    kind: "WITHDRAWAL",
    aboutId: id,
    by: admin,
    not: staff,
    give: (reason) => admin.execute(WITHDRAW, { id, reason }),
  };
}

async function aLift(desk: Desk): Promise<Giving> {
  const withdrawal = await aWithdrawal(desk);
  const { by, aboutId: id } = withdrawal;
  (await withdrawal.give("Asked for it")).anyData();
  return {
    ...withdrawal,
    kind: "WITHDRAWAL_LIFT",
    give: (reason) => by.execute(LIFT, { id, reason }),
  };
}

async function anAlarm(desk: Desk): Promise<Giving> {
  const { server, siteId, admin, reader } = desk;
  const { client } = server.database;
  const audit = new AuditLog(client, server.clock);
  const alarms = new AlarmDesk({ client, audit, clock: server.clock });
  const about = { siteId, kind: "SOURCE_SILENT" as const, subject: "ROOM-1" };
  await alarms.raise(about, server.clock.now(), { silentDays: 4 });
  const { id } = await client.alarm.findFirstOrThrow({ where: about });
  return {
    kind: "ALARM",
    aboutId: id,
    by: admin,
    not: reader,
    give: (reason) => admin.execute(ACKNOWLEDGE, { id, reason }),
  };
}

function barsDeclared({ siteId, admin, reader }: Desk): Giving {
  const document = {
    ...SHIPPED_BARS,
    phantoms: { ...SHIPPED_BARS.phantoms, films: 120 },
  };
  const input = { siteId, document, baseVersion: 1 };
  return {
    kind: "BARS",
    aboutId: siteId,
    by: admin,
    not: reader,
    give: (reason) => admin.execute(SAVE_BARS, { input: { ...input, reason } }),
  };
}

function aPolicyChanged({ siteId, admin, staff }: Desk): Giving {
  const document = asInput(aPolicy({ ceilings: { routine: 230 } }));
  const input = { siteId, document, baseVersion: 1 };
  return {
    kind: "POLICY",
    aboutId: siteId,
    by: admin,
    not: staff,
    give: (reason) =>
      admin.execute(SAVE_POLICY, { input: { ...input, reason } }),
  };
}

function aThreshold(approval: "one" | "two") {
  return async ({ server, siteId, admin, reader }: Desk): Promise<Giving> => {
    const { fingerprint: model } = await liveTestModel(server);
    const baseVersion = await givenPolicy(server, siteId, {
      thresholdDesk: { approval },
    });
    const ageGroup = "adult";
    const input = { siteId, ageGroup, threshold: 0.4, model, baseVersion };
    const send = approval === "one" ? SAVE_THRESHOLD : PROPOSE_THRESHOLD;
    return {
      kind: "THRESHOLD_CHANGE",
      aboutId: siteId,
      part: ageGroup,
      by: admin,
      not: reader,
      give: (reason) => admin.execute(send, { input: { ...input, reason } }),
    };
  };
}

async function aThresholdDeclined(desk: Desk): Promise<Giving> {
  const { give, not } = await aThreshold("two")(desk);
  const id = madeBy((await give("More")).anyData());
  const second = await asAdmin(desk.server, desk.siteId);
  return {
    kind: "THRESHOLD_DECLINE",
    aboutId: id,
    by: second,
    not,
    give: (note) => second.execute(DECLINE_THRESHOLD, { id, note }),
  };
}

async function oneIsEnough(desk: Desk): Promise<Giving> {
  const { server, siteId, admin, staff } = desk;
  const version = await givenPolicy(server, siteId, {
    thresholdDesk: { approval: "two" },
  });
  return {
    kind: "SINGLE_APPROVAL",
    aboutId: siteId,
    by: admin,
    not: staff,
    give: (reason) => admin.execute(SINGLE, { siteId, version, reason }),
  };
}

function aNewProcedure({ siteId, admin, staff }: Desk): Giving {
  const document = aDocument("READING");
  const input = { siteId, baseVersion: 0, isOn: true, document };
  return {
    kind: "PROCEDURE_NEW",
    aboutId: siteId,
    by: admin,
    not: staff,
    give: (reason) => admin.execute(SAVE, { input: { ...input, reason } }),
  };
}

async function aProcedureSwitched(desk: Desk): Promise<Giving> {
  const { siteId, admin, staff } = desk;
  const document = aDocument("READING");
  const { procedureId } = await aProcedure(admin, siteId, document);
  const input = { siteId, procedureId, baseVersion: 1, isOn: false, document };
  return {
    kind: "PROCEDURE_CHANGE",
    aboutId: procedureId,
    by: admin,
    not: staff,
    give: (reason) => admin.execute(SAVE, { input: { ...input, reason } }),
  };
}

const MACRO_TEXT = { language: "EN", section: "FINDINGS" };
const SAVE_OWN = `mutation ($input: ReportMacroInput!) { saveOwnMacro(input: $input) { id } }`;
const SAVE_SITE = `mutation ($input: ReportMacroInput!) { saveSiteMacro(input: $input) { id } }`;
const DELETE_MACRO = `mutation ($id: ID!) { deleteMacro(id: $id) { id } }`;

function aMacro(isOfSite: boolean) {
  return ({ siteId, reader, staff, admin }: Desk): Giving => {
    const by = isOfSite ? admin : reader;
    return {
      kind: isOfSite ? "SITE_MACRO" : "OWN_MACRO",
      aboutId: siteId,
      by,
      not: isOfSite ? reader : staff,
      give: (text) =>
        by.execute(isOfSite ? SAVE_SITE : SAVE_OWN, {
          input: { siteId, name: "clear", texts: [{ ...MACRO_TEXT, text }] },
        }),
    };
  };
}

function aMacroChanged(isOfSite: boolean) {
  return async (desk: Desk): Promise<Giving> => {
    const made = aMacro(isOfSite)(desk);
    const { by, aboutId: siteId } = made;
    const id = madeBy((await made.give("Clear.")).anyData());
    return {
      ...made,
      aboutId: id,
      // Somebody else's own is not there for him.
      ...(isOfSite ? {} : { refusal: "NOT_FOUND" as const }),
      give: (text) =>
        by.execute(isOfSite ? SAVE_SITE : SAVE_OWN, {
          input: {
            id,
            siteId,
            name: "clear",
            texts: [{ ...MACRO_TEXT, text }],
          },
        }),
    };
  };
}

async function aMacroRemoved(desk: Desk): Promise<Giving> {
  const changed = await aMacroChanged(false)(desk);
  const { by, aboutId: id } = changed;
  return {
    ...changed,
    give: (text) =>
      by.execute(DELETE_MACRO, { id: text.trim() === "" ? "no" : id }),
  };
}

const GIVINGS: readonly [string, (desk: Desk) => Giving | Promise<Giving>][] = [
  ["two records merged", aMerge],
  ["a merge taken apart", aMergeUndone],
  ["two records that are two people", aDenial],
  ["that taken back", aDenialTakenBack],
  ["a patient withdrawn from learning", aWithdrawal],
  ["a patient given back to it", aLift],
  ["an alarm acknowledged", anAlarm],
  ["bars declared", barsDeclared],
  ["a policy changed", aPolicyChanged],
  ["a threshold changed", aThreshold("one")],
  ["a threshold proposed", aThreshold("two")],
  ["a threshold declined", aThresholdDeclined],
  ["one person to be enough", oneIsEnough],
  ["a new procedure", aNewProcedure],
  ["a procedure switched off", aProcedureSwitched],
  ["a macro of one's own", aMacro(false)],
  ["a macro of the site", aMacro(true)],
  ["a macro of one's own changed", aMacroChanged(false)],
  ["a macro of the site changed", aMacroChanged(true)],
  ["a macro removed", aMacroRemoved],
];

describe("a reason that was typed goes with what it was typed for", () => {
  let server: TestServer;

  beforeAll(async () => {
    server = await startTestServer();
  });
  afterAll(() => server.stop());

  it.each(GIVINGS)("%s", async (_, make) => {
    const desk = { ...(await aDesk(server)), server };
    await expectGoes(desk, await make(desk));
  });
});
