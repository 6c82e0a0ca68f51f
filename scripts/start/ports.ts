import { createServer } from "node:net";
import { freePort } from "@lung-iris/local-postgres";
import { StartFailure } from "./failure.ts";

/** An address that a service is to listen on, and what says so. */
export interface Listening {
  port: number;
  host: string;
  /** The setting to change. */
  variable: string;
}

/** @throws StartFailure naming the variable to change when the port is taken. */
export async function assertPortFree(where: Listening): Promise<void> {
  const problem = await portProblem(where);
  if (problem !== undefined) throw problem;
}

/** Why the address cannot be listened on; undefined where it can. */
export async function portProblem({
  port,
  host,
  variable,
}: Listening): Promise<StartFailure | undefined> {
  const problem = await listenOnce(port, host);
  switch (problem?.code) {
    case undefined:
      return problem && new StartFailure(problem.message);
    case "EADDRINUSE":
      return new StartFailure(
        `Port ${port} is in use by another program. Stop it, or choose another port: ${variable}=${await suggestion(port, host)} npm start`,
      );
    case "EACCES":
      return new StartFailure(
        `Port ${port} is reserved for root. Choose one from 1024 on: ${variable}=${await suggestion(Math.max(port, 3000), host)} npm start`,
      );
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return new StartFailure(
        `LUNG_IRIS_HOST=${host} is not an address of this machine. Use 127.0.0.1 (this machine only) or 0.0.0.0 (every network).`,
      );
    default:
      return new StartFailure(
        `Port ${port} on ${host} cannot be used (${problem?.code}). Set ${variable} or LUNG_IRIS_HOST.`,
      );
  }
}

/** A free port some way up: the next one is often another service's. */
async function suggestion(port: number, host: string): Promise<number> {
  for (let other = port + 10; other < Math.min(port + 30, 65_536); other++)
    if ((await listenOnce(other, host)) === undefined) return other;
  return freePort();
}

function listenOnce(
  port: number,
  host: string,
): Promise<NodeJS.ErrnoException | undefined> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", resolve);
    probe.listen(port, host, () => probe.close(() => resolve(undefined)));
  });
}
