import { request } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import express from "express";
import { afterEach, describe, expect, it } from "vitest";
import { refuseSlowBodies, type PaceOptions } from "./slow-body.ts";

describe("a body that dribbles in", () => {
  const open: { close: () => void }[] = [];
  afterEach(() => open.splice(0).forEach((server) => server.close()));

  // Windows that a busy machine does not sleep through.
  const PACE = { windowMs: 400, minBytes: 1_000, patience: 1, capMs: 60_000 };

  async function serve(
    read: express.RequestHandler,
    pace: Partial<PaceOptions> = {},
  ): Promise<number> {
    const app = express();
    app.use(refuseSlowBodies({ ...PACE, ...pace }));
    app.post("/", read);
    const server = app.listen(0, "127.0.0.1");
    open.push(server);
    await new Promise((resolve) => server.once("listening", resolve));
    // Listening on a port, so the address is never a pipe's name or null.
    return (server.address() as AddressInfo).port;
  }

  /**
   * Sends a piece every 20 ms, after a silence; gives the status, or 0 when it
   * was cut.
   */
  function send(
    port: number,
    piece: string,
    pieces: number,
    silenceMs = 0,
    onSent: () => void = () => undefined,
  ): Promise<number> {
    return new Promise((resolve) => {
      const outgoing = request({ port, method: "POST" }, (answer) => {
        answer.resume();
        resolve(answer.statusCode ?? 0);
      });
      outgoing.on("error", () => resolve(0));
      outgoing.write(piece);
      let left = pieces;
      const start = Date.now();
      const timer = setInterval(() => {
        if (Date.now() - start < silenceMs) return;
        left -= 1;
        if (left > 0) outgoing.write(piece);
        else {
          clearInterval(timer);
          outgoing.end(onSent);
        }
      }, 20);
    });
  }

  const readAll: express.RequestHandler = (incoming, response) => {
    incoming.resume();
    incoming.on("end", () => response.sendStatus(200));
  };

  it("is refused with 408 while we wait for it", async () => {
    const port = await serve(readAll);
    expect(await send(port, "x", 100)).toBe(408);
  });

  it("is read to its end where it comes at a fair pace", async () => {
    const port = await serve(readAll);
    expect(await send(port, "x".repeat(2_000), 60)).toBe(200);
  });

  it("is read to its end where the line stalls and goes on", async () => {
    const port = await serve(readAll, { patience: 6 });
    expect(await send(port, "x".repeat(2_000), 20, 1_000)).toBe(200);
  });

  it("is refused where the line stalls for longer than anybody waits", async () => {
    const port = await serve(readAll, { patience: 2 });
    expect(await send(port, "x".repeat(2_000), 20, 5_000)).toBe(408);
  });

  it("is refused where it comes evenly but takes for ever", async () => {
    const port = await serve(readAll, { capMs: 300 });
    expect(await send(port, "x".repeat(2_000), 1_000)).toBe(408);
  });

  it("says so in words before Node's own limit cuts it without one", async () => {
    const port = await serve(readAll);
    const answer = await new Promise<string>((resolve, reject) => {
      const outgoing = request({ port, method: "POST" }, (incoming) => {
        text(incoming).then(resolve, reject);
      });
      outgoing.on("error", reject);
      outgoing.write("x");
    });
    expect(JSON.parse(answer)).toMatchObject({
      error: { code: "REQUEST_TOO_SLOW" },
    });
  });

  it("is not blamed for the time in which we do not read", async () => {
    let read: () => void = () => undefined;
    const port = await serve((incoming, response) => {
      incoming.pause();
      read = () => {
        incoming.resume();
        incoming.on("end", () => response.sendStatus(200));
      };
    });
    const status = send(port, "x".repeat(20), 60, 0, () => read());
    expect(await status).toBe(200);
  });
});
