import { once } from "node:events";
import { connect, createServer, type AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { GOOD_LINE, openSlowLine, type SlowLine } from "./slow-line.ts";

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

/** A server that says how many bytes a connection brought, at its end. */
async function setUp(): Promise<{ line: SlowLine; received: Buffer[] }> {
  const received: Buffer[] = [];
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    socket.on("data", (chunk: Buffer) => received.push(chunk));
    socket.on("end", () => socket.end("done"));
    socket.on("error", () => undefined);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  // A TCP server's address is one of a port.
  const { port } = server.address() as AddressInfo;
  const line = await openSlowLine({ host: "127.0.0.1", port });
  closers.push(
    () => line.close(),
    () => server.close(),
  );
  return { line, received };
}

describe("a slow line", () => {
  it("brings every byte in its order, by slices and with pauses", async () => {
    const { line, received } = await setUp();
    line.setFaults({ bytesPerSecond: 64_000, stallEvery: 4_000, stallMs: 5 });
    const sent = Buffer.from(Array.from({ length: 20_000 }, (_, i) => i & 255));
    const client = connect(line.port, "127.0.0.1");
    client.end(sent);
    const [answer] = (await once(client, "data")) as [Buffer];
    expect(answer.toString()).toBe("done");
    expect(Buffer.concat(received).equals(sent)).toBe(true);
    // Of 6,400 bytes at the most each.
    expect(received.length).toBeGreaterThan(3);
  });

  it("breaks in the middle, and counts what it broke", async () => {
    const { line, received } = await setUp();
    line.setFaults({ ...GOOD_LINE, bytesPerSecond: 2_000 });
    const client = connect(line.port, "127.0.0.1");
    client.on("error", () => undefined);
    client.write(Buffer.alloc(100_000));
    while (received.length === 0) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    const closed = new Promise((resolve) => client.on("close", resolve));
    line.breakAll();
    await closed;
    expect(line.broken()).toBe(1);
    expect(Buffer.concat(received).length).toBeLessThan(100_000);
  });
});
