import { request } from "node:http";
import type { AddressInfo } from "node:net";
import express from "express";
import { afterEach, describe, expect, it } from "vitest";
import { refuseSlowBodies } from "./slow-body.ts";

describe("a body that dribbles in", () => {
  const open: { close: () => void }[] = [];
  afterEach(() => open.splice(0).forEach((server) => server.close()));

  async function serve(read: express.RequestHandler): Promise<number> {
    const app = express();
    app.use(refuseSlowBodies({ windowMs: 100, minBytes: 1_000 }));
    app.post("/", read);
    const server = app.listen(0, "127.0.0.1");
    open.push(server);
    await new Promise((resolve) => server.once("listening", resolve));
    // Listening on a port, so the address is never a pipe's name or null.
    return (server.address() as AddressInfo).port;
  }

  /** Sends a piece every 20 ms; gives the status, or 0 when it was cut. */
  function send(port: number, piece: string, pieces: number): Promise<number> {
    return new Promise((resolve) => {
      const outgoing = request({ port, method: "POST" }, (answer) => {
        answer.resume();
        resolve(answer.statusCode ?? 0);
      });
      outgoing.on("error", () => resolve(0));
      let left = pieces;
      const timer = setInterval(() => {
        left -= 1;
        if (left > 0) outgoing.write(piece);
        else {
          clearInterval(timer);
          outgoing.end();
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
    expect(await send(port, "x".repeat(2_000), 30)).toBe(200);
  });

  it("is not blamed for the time in which we do not read", async () => {
    const port = await serve((incoming, response) => {
      incoming.pause();
      setTimeout(() => {
        incoming.resume();
        incoming.on("end", () => response.sendStatus(200));
      }, 400);
    });
    expect(await send(port, "x".repeat(20), 15)).toBe(200);
  });
});
