import type { ModelVersion } from "@lung-iris/prisma";
import { rm } from "node:fs/promises";
import { dirname } from "node:path";
import { afterAll, beforeAll, describe, it } from "vitest";
import { recalibratedFolder, registerBeside } from "../../testkit/models.ts";
import { judged, promotedByTwo, proposed } from "../../testkit/promotions.ts";
import { startTestServer, type TestServer } from "../../testkit/server.ts";
import { asAdmin, type SignedIn } from "../../testkit/viewers.ts";
import { aDesk } from "../procedures/procedure-kit.ts";
import { expectGoes } from "./giving.ts";

describe("a reason of a model's role goes with it", () => {
  let server: TestServer;
  let folder: string;
  let candidate: ModelVersion;

  beforeAll(async () => {
    folder = await recalibratedFolder();
    server = await startTestServer();
    [, candidate] = await registerBeside(server, folder);
  });
  afterAll(async () => {
    await server.stop();
    await rm(dirname(folder), { recursive: true });
  });

  const ROLE = { START: "startShadow", END: "endShadow" } as const;

  it.each([
    ["START", "at a site"],
    ["END", "at a site"],
    ["END", "of the whole desk"],
  ] as const)("of a shadow: %s %s", async (step, where) => {
    const desk = { ...(await aDesk(server)), server };
    const { siteId, admin, reader } = desk;
    const isOfDesk = where === "of the whole desk";
    const input = { siteId, modelVersionId: candidate.id };
    if (step === "END")
      await server.database.client.modelRole.create({
        data: {
          modelVersionId: candidate.id,
          siteId: isOfDesk ? null : siteId,
          role: "SHADOW",
          since: server.clock.now(),
          byId: admin.userId,
          byName: admin.name,
        },
      });
    const document = `mutation ($input: ${step === "START" ? "Start" : "End"}ShadowInput!) { ${ROLE[step]}(input: $input) { id } }`;
    await expectGoes(desk, {
      kind: `SHADOW_${step}`,
      aboutId: siteId,
      part: candidate.id,
      by: admin,
      not: reader,
      give: (reason) =>
        admin.execute(document, {
          input: {
            ...input,
            ...(isOfDesk ? { siteId: null } : {}),
            ...(step === "START" ? { films: 5 } : {}),
            reason,
          },
        }),
    });
  });

  const decide = (by: SignedIn, what: string, promotionId: string) => {
    const document = `mutation ($input: DecidePromotionInput!) { ${what}(input: $input) { id } }`;
    return (reason: string) =>
      by.execute(document, { input: { promotionId, reason } });
  };

  it("proposed", async () => {
    const desk = { ...(await aDesk(server)), server };
    const { siteId, admin, reader } = desk;
    const judgementId = await judged(server, admin, siteId, candidate.id);
    await expectGoes(desk, {
      kind: "PROMOTION_PROPOSAL",
      aboutId: judgementId,
      by: admin,
      not: reader,
      give: (reason) =>
        admin.execute(
          `mutation ($input: ProposePromotionInput!) { proposePromotion(input: $input) { id } }`,
          { input: { judgementId, reason } },
        ),
    });
  });

  it.each([
    ["approved", "PROMOTION_APPROVAL", "approvePromotion"],
    ["declined", "PROMOTION_REJECTION", "rejectPromotion"],
    ["rolled back", "PROMOTION_ROLLBACK", "rollBackPromotion"],
  ])("%s", async (_, kind, what) => {
    const desk = { ...(await aDesk(server)), server };
    const { siteId, admin, reader } = desk;
    const second = await asAdmin(server, siteId);
    const id =
      what === "rollBackPromotion"
        ? await promotedByTwo(server, [admin, second], siteId, candidate.id)
        : await proposed(
            admin,
            await judged(server, admin, siteId, candidate.id),
          );
    await expectGoes(desk, {
      kind,
      aboutId: id,
      by: second,
      not: reader,
      give: decide(second, what, id),
    });
  });
});
