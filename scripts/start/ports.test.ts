import { createServer, type Server } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { portProblem } from "./ports.ts";

describe("the check of a port", () => {
  let server: Server | undefined;
  afterEach(() => void server?.close());

  async function takenPort(): Promise<number> {
    const listening = createServer();
    server = listening;
    await new Promise<void>((resolve) =>
      listening.listen(0, "127.0.0.1", resolve),
    );
    const address = listening.address();
    return typeof address === "object" && address ? address.port : 0;
  }

  it("says which port is taken and which setting changes it", async () => {
    const port = await takenPort();
    const where = { port, host: "127.0.0.1", variable: "LUNG_IRIS_WEB_PORT" };
    const problem = await portProblem(where);
    expect(problem?.message).toContain(`Port ${port} is in use`);
    expect(problem?.message).toContain("LUNG_IRIS_WEB_PORT=");
  });

  it("finds nothing wrong with a free one", async () => {
    const port = await takenPort();
    await new Promise((resolve) => server?.close(resolve));
    const where = { port, host: "127.0.0.1", variable: "LUNG_IRIS_WEB_PORT" };
    expect(await portProblem(where)).toBeUndefined();
  });

  it("says that a host is not of this machine", async () => {
    // 192.0.2.0/24 belongs to nobody (RFC 5737).
    const where = { port: 3000, host: "192.0.2.1", variable: "X" };
    const problem = await portProblem(where);
    expect(problem?.message).toContain("LUNG_IRIS_HOST=192.0.2.1");
  });
});
