import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { allowSlowRequests } from "./slow-requests.ts";

/** Sends a body in two parts, longer apart than the server's own limit. */
async function statusOfSlowUpload(): Promise<number | undefined> {
  const server = createServer(
    {
      requestTimeout: 100,
      headersTimeout: 100,
      connectionsCheckingInterval: 20,
    },
    (incoming, response) => {
      incoming.resume().on("end", () => response.end("whole"));
    },
  );
  await new Promise<void>((resolve) => server.listen(0, resolve));
  // Listening on a port, so the address is never a pipe's name or null.
  const { port } = server.address() as AddressInfo;
  const call = request({ port, method: "POST" });
  const status = new Promise<number | undefined>((resolve) => {
    call.on("response", (response) => resolve(response.statusCode));
    call.on("error", () => resolve(undefined));
  });
  call.write("first");
  await sleep(400);
  call.end("last");
  try {
    return await status;
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

describe("allowSlowRequests", () => {
  it("lets an upload arrive that the server's own limit would cut", async () => {
    expect(await statusOfSlowUpload()).not.toBe(200);
    allowSlowRequests(60_000);
    expect(await statusOfSlowUpload()).toBe(200);
  });
});
