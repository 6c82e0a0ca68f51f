import { type Server, createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { afterEach, describe, expect, it } from "vitest";
import { streamToApi } from "./stream-to-api.ts";

const MEGABYTE = 1024 * 1024;
let server: Server | undefined;

async function listen(
  handler: Parameters<typeof createServer>[1],
): Promise<string> {
  const started = createServer(handler);
  server = started;
  await new Promise<void>((resolve) =>
    started.listen(0, "127.0.0.1", () => resolve()),
  );
  // a TCP server's address is always of this shape
  const { port } = started.address() as AddressInfo;
  return `http://127.0.0.1:${String(port)}`;
}

afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

/** Megabytes on demand, counting how many were asked for. */
function megabytes(count: number) {
  const taken = { count: 0 };
  const stream = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        if (taken.count === count) {
          controller.close();
          return;
        }
        taken.count += 1;
        controller.enqueue(new Uint8Array(MEGABYTE));
      },
    },
    { highWaterMark: 0 },
  );
  return { stream, taken };
}

const settle = (ms: number) =>
  new Promise((resolve) => setTimeout(resolve, ms));

describe("passing an upload on", () => {
  it("brings all of it to the API and its answer back", async () => {
    const url = await listen((request, response) => {
      let bytes = 0;
      request.on("data", (chunk: Buffer) => (bytes += chunk.length));
      request.on("end", () => response.end(String(bytes)));
    });
    const answer = await streamToApi({
      url,
      method: "POST",
      headers: {},
      body: megabytes(5).stream,
      signal: new AbortController().signal,
    });
    expect(await text(answer)).toBe(String(5 * MEGABYTE));
  });

  it("takes no more from the sender than the API reads", async () => {
    // An API that never reads: what is taken is what the buffers hold.
    const url = await listen((request) => request.pause());
    const { stream, taken } = megabytes(200);
    const abort = new AbortController();
    const answer = streamToApi({
      url,
      method: "POST",
      headers: {},
      body: stream,
      signal: abort.signal,
    });
    await settle(300);
    abort.abort();
    await expect(answer).rejects.toThrow();
    expect(taken.count).toBeGreaterThan(0);
    expect(taken.count).toBeLessThan(50);
  });

  it("hangs up on the API when the sender goes away", async () => {
    const abort = new AbortController();
    let onHungUp: (wasCut: boolean) => void = () => undefined;
    const hungUp = new Promise<boolean>((resolve) => (onHungUp = resolve));
    const url = await listen((request) => {
      request.on("close", () => onHungUp(!request.complete));
      request.on("data", () => abort.abort());
    });
    const answer = streamToApi({
      url,
      method: "POST",
      headers: {},
      // One piece, and then the sender says nothing more.
      body: new ReadableStream<Uint8Array>({
        start: (controller) => controller.enqueue(new Uint8Array(16)),
      }),
      signal: abort.signal,
    });
    await expect(answer).rejects.toThrow();
    expect(await hungUp).toBe(true);
  });
});
