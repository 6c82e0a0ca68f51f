import { afterAll, beforeAll, expect, it } from "vitest";
import { z } from "zod";
import { hashPassword } from "../../../apps/api/src/features/passwords/password.ts";
import { aCase } from "../../testkit/scenario.ts";
import { startTestServer } from "../../testkit/server.ts";
import type { TestServer } from "../../testkit/server.ts";
import { aSite, asRadiologist } from "../../testkit/viewers.ts";
import type { SignedIn } from "../../testkit/viewers.ts";

const CLAIM = `mutation ($id: ID!) { claimCase(caseId: $id) { version } }`;
const SIGN = `mutation ($input: SignReadingInput!) { signReading(input: $input) { id } }`;
const AMEND = `mutation ($input: AmendReadingInput!) { amendReading(input: $input) { id } }`;
const ADD = `mutation ($id: ID!) { addAddendum(versionId: $id, text: "Compared again.", language: EN) { id } }`;
const PASSWORD = "three horses walk by";
const claimed = z.object({ claimCase: z.object({ version: z.number() }) });
const amended = z.object({ amendReading: z.object({ id: z.string() }) });
const signed = z.object({ signReading: z.object({ id: z.string() }) });

let server: TestServer;
let siteId: string;
let reader: SignedIn;

beforeAll(async () => {
  server = await startTestServer();
  siteId = (await aSite(server)).id;
  reader = await asRadiologist(server, siteId);
  await server.database.client.user.update({
    where: { id: reader.userId },
    data: { passwordHash: await hashPassword(PASSWORD) },
  });
});
afterAll(() => server.stop());

/** A case that the reader has claimed, as the signature names it. */
async function toSign() {
  const { case: row } = await aCase(server, siteId).create();
  const answer = await reader.execute(CLAIM, { id: row.id });
  return {
    caseId: row.id,
    caseVersion: answer.data(claimed).claimCase.version,
    label: "NORMAL",
    decision: "INDEPENDENT",
  };
}

const sign = (input: object) => reader.execute(SIGN, { input });

it("asks for the password when a quarter of an hour is over, and then not for another", async () => {
  (await sign(await toSign())).data(signed);
  server.clock.forward(14 * 60);
  const { id: readingId } = (await sign(await toSign())).data(
    signed,
  ).signReading;

  server.clock.forward(2 * 60);
  const input = await toSign();
  const refused = (await sign(input)).refusedWith("REAUTHENTICATION_REQUIRED");
  expect(refused.extensions["method"]).toBe("PASSWORD");
  const amendment = {
    versionId: readingId,
    label: "OTHER",
    decision: "INDEPENDENT",
    amendReason: "Seen again",
  };
  (await reader.execute(AMEND, { input: amendment })).refusedWith(
    "REAUTHENTICATION_REQUIRED",
  );
  (await reader.execute(ADD, { id: readingId })).refusedWith(
    "REAUTHENTICATION_REQUIRED",
  );
  (
    await reader.execute(`mutation { reauthenticate(password: "wrong") }`)
  ).refusedWith("INVALID_CREDENTIALS");
  (await sign(input)).refusedWith("REAUTHENTICATION_REQUIRED");

  (
    await reader.execute(`mutation { reauthenticate(password: "${PASSWORD}") }`)
  ).anyData();
  (await sign(input)).data(signed);
  const { id: newest } = (
    await reader.execute(AMEND, { input: amendment })
  ).data(amended).amendReading;
  (await reader.execute(ADD, { id: newest })).anyData();
  server.clock.forward(14 * 60);
  (await sign(await toSign())).data(signed);
});

it("asks people of an identity provider to sign in there again", async () => {
  const input = await toSign();
  await server.database.client.session.update({
    where: { id: reader.sessionId },
    data: { isByPassword: false, provedAt: null },
  });
  const refused = (await sign(input)).refusedWith("REAUTHENTICATION_REQUIRED");
  expect(refused.extensions["method"]).toBe("IDENTITY_PROVIDER");
  (
    await reader.execute(`mutation { reauthenticate(password: "${PASSWORD}") }`)
  ).refusedWith("BAD_USER_INPUT");
});
