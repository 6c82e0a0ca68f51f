import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestServer } from "../../testkit/server.ts";
import type { TestServer } from "../../testkit/server.ts";
import {
  aSite,
  asAuditor,
  asRadiologist,
  asStaff,
} from "../../testkit/viewers.ts";
import type { SignedIn } from "../../testkit/viewers.ts";

const KEEP = `mutation ($key: Int!, $shift: Float!, $width: Float!) {
  keepOwnWindow(key: $key, shift: $shift, width: $width) { key shift width }
}`;
const FORGET = `mutation ($key: Int!) { forgetOwnWindow(key: $key) { key } }`;
const LIST = `{ ownWindows { key shift width } }`;

describe("windows of one's own", () => {
  let server: TestServer;
  let reader: SignedIn;
  let staff: SignedIn;
  let siteId: string;

  beforeAll(async () => {
    server = await startTestServer();
    siteId = (await aSite(server)).id;
    reader = await asRadiologist(server, siteId);
    staff = await asStaff(server, siteId);
  });
  afterAll(() => server.stop());

  const kept = async (viewer: SignedIn) =>
    (await viewer.execute(LIST)).anyData()["ownWindows"];

  it("are kept by key, the newest in place of the one before", async () => {
    await reader.execute(KEEP, { key: 9, shift: 0, width: 2 });
    await reader.execute(KEEP, { key: 5, shift: -0.2, width: 0.7 });
    await reader.execute(KEEP, { key: 5, shift: 0.1, width: 0.5 });
    expect(await kept(reader)).toEqual([
      { key: 5, shift: 0.1, width: 0.5 },
      { key: 9, shift: 0, width: 2 },
    ]);
    expect(await kept(staff)).toEqual([]);
    // given up twice is given up
    for (const key of [9, 9]) (await reader.execute(FORGET, { key })).anyData();
    expect(await kept(reader)).toEqual([{ key: 5, shift: 0.1, width: 0.5 }]);
  });

  it("are one row though two desks keep one at once", async () => {
    const both = [0.3, 0.4].map((width) =>
      staff.execute(KEEP, { key: 6, shift: 0, width }),
    );
    for (const answer of await Promise.all(both)) answer.anyData();
    expect(await kept(staff)).toHaveLength(1);
  });

  it.each([
    ["a key that is none", { key: 4, shift: 0, width: 1 }],
    ["a width of nothing", { key: 5, shift: 0, width: 0 }],
    ["a width beyond every film", { key: 5, shift: 0, width: 51 }],
    ["a shift beyond every film", { key: 5, shift: -6, width: 1 }],
  ])("are refused with %s", async (_, variables) => {
    (await reader.execute(KEEP, variables)).refusedWith("BAD_USER_INPUT");
  });

  it("are refused to who may not look at films", async () => {
    const auditor = await asAuditor(server, siteId);
    (await auditor.execute(LIST)).refusedWith("FORBIDDEN");
  });
});
