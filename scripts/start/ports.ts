import { createServer } from "node:net";
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
  const problem = await new Promise<NodeJS.ErrnoException | undefined>(
    (resolve) => {
      const probe = createServer();
      probe.once("error", resolve);
      probe.listen(port, host, () => probe.close(() => resolve(undefined)));
    },
  );
  switch (problem?.code) {
    case undefined:
      return problem && new StartFailure(problem.message);
    case "EADDRINUSE":
      return new StartFailure(
        `Port ${port} is in use by another program. Stop it, or choose another port: ${variable}=${nextPort(port)} npm start`,
      );
    case "EACCES":
      return new StartFailure(
        `Port ${port} is reserved for root. Choose one from 1024 on: ${variable}=${nextPort(Math.max(port, 1023))} npm start`,
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

function nextPort(port: number): number {
  return port === 65_535 ? port - 1 : port + 1;
}
