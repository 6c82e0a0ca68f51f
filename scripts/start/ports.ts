import { createServer } from "node:net";
import { StartFailure } from "./failure.ts";

/** @throws StartFailure naming the variable to change when the port is taken. */
export async function assertPortFree(
  port: number,
  host: string,
  variable: string,
): Promise<void> {
  const problem = await new Promise<NodeJS.ErrnoException | undefined>(
    (resolve) => {
      const probe = createServer();
      probe.once("error", resolve);
      probe.listen(port, host, () => probe.close(() => resolve(undefined)));
    },
  );
  if (problem === undefined) return;
  if (problem.code === "EADDRINUSE")
    throw new StartFailure(
      `Port ${port} is in use by another program. Stop it, or choose another port: ${variable}=${port + 1} npm start`,
    );
  throw new StartFailure(
    `Port ${port} on ${host} cannot be used (${problem.code ?? problem.message}). Set ${variable} or LUNG_IRIS_HOST.`,
  );
}
