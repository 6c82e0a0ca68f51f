import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ObjectStoreError } from "../../../apps/api/src/platform/object-store.ts";
import { chestPng, uploadForm } from "../../testkit/films.ts";
import { startTestServer, type TestServer } from "../../testkit/server.ts";
import {
  aSite,
  asAuditor,
  asNobody,
  asStaff,
  type SignedIn,
} from "../../testkit/viewers.ts";

let server: TestServer;
let staff: SignedIn;
let siteId: string;

beforeAll(async () => {
  server = await startTestServer({ films: true });
  siteId = (await aSite(server)).id;
  staff = await asStaff(server, siteId);
});
afterAll(() => server.stop());

describe("POST /upload, refused as a whole", () => {
  const post = async (client: { fetch: SignedIn["fetch"] }, fields = {}) => {
    const response = await client.fetch("/upload", {
      method: "POST",
      body: uploadForm(fields, [{ name: "a.png", bytes: await chestPng(20) }]),
    });
    const body = (await response.json()) as { error: { code: string } };
    return { status: response.status, code: body.error.code };
  };

  it("refuses somebody who is not signed in", async () => {
    expect(await post(asNobody(server))).toEqual({
      status: 401,
      code: "UNAUTHENTICATED",
    });
  });

  it("refuses an auditor", async () => {
    const auditor = await asAuditor(server, siteId);
    expect(await post(auditor)).toEqual({ status: 403, code: "FORBIDDEN" });
  });

  it("refuses details that cannot be", async () => {
    const details = '{"birthDate":"1990-02-31"}';
    expect(await post(staff, { details })).toEqual({
      status: 400,
      code: "BAD_USER_INPUT",
    });
  });

  it("refuses what is no form", async () => {
    const response = await staff.fetch("/upload", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: "{}",
    });
    expect(response.status).toBe(400);
  });

  it("answers 507 when the disk is full, with what was taken before", async () => {
    let stages = 0;
    const full = await startTestServer({
      films: true,
      wrapObjectStore: (store) => ({
        ...store,
        stage: (body, options) => {
          // The first film and its thumbnail still fit.
          if (++stages <= 2) return store.stage(body, options);
          body.resume();
          return Promise.reject(
            new ObjectStoreError("full", "The storage is full."),
          );
        },
      }),
    });
    try {
      const site = (await aSite(full)).id;
      const sender = await asStaff(full, site);
      const first = await sender.fetch("/upload", {
        method: "POST",
        body: uploadForm({}, [{ name: "a.png", bytes: await chestPng(21) }]),
      });
      expect(first.status).toBe(200);
      const second = await sender.fetch("/upload", {
        method: "POST",
        body: uploadForm({}, [{ name: "b.png", bytes: await chestPng(22) }]),
      });
      expect(second.status).toBe(507);
      expect(await second.json()).toMatchObject({
        error: { code: "STORAGE_FULL" },
      });
      expect(await full.database.client.image.count()).toBe(1);
    } finally {
      await full.stop();
    }
  });
});
