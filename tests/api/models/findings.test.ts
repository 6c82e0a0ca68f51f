import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { READING_FINDINGS } from "../../../apps/api/src/features/findings/finding-catalogue.ts";
import { startTestServer, type TestServer } from "../../testkit/server.ts";
import { aSite, asAuditor, asNobody } from "../../testkit/viewers.ts";

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

const QUERY = `{ findings {
  code isLeading concept { system code display } names { en vi }
} }`;

describe("the catalogue over GraphQL", () => {
  it("names every finding in both languages, one of them leading", async () => {
    const auditor = await asAuditor(server, (await aSite(server)).id);
    expect((await auditor.execute(QUERY)).anyData()).toEqual({
      findings: READING_FINDINGS.map((finding, at) => ({
        ...finding,
        isLeading: at === 0,
      })),
    });
  });

  it("is for whoever is signed in", async () => {
    (await asNobody(server).execute(QUERY)).refusedWith("UNAUTHENTICATED");
  });
});
