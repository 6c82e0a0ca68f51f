import { createServer } from "node:net";
import { EmbeddedPostgresError } from "./error.ts";

/** A port nobody listens on at this moment. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() =>
        resolve(typeof address === "object" && address ? address.port : 0),
      );
    });
  });
}

/** @throws EmbeddedPostgresError when the port cannot be listened on. */
export function assertPortFree(port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", (error: NodeJS.ErrnoException) =>
      reject(
        error.code === "EADDRINUSE"
          ? portTaken(port)
          : new EmbeddedPostgresError(
              `Port ${port} for the database cannot be used (${error.message}). Set LUNG_IRIS_DB_PORT to another, or leave it unset for a free one.`,
              { cause: error },
            ),
      ),
    );
    probe.listen(port, "127.0.0.1", () => probe.close(() => resolve()));
  });
}

export function portTaken(port: number): EmbeddedPostgresError {
  return new EmbeddedPostgresError(
    `Port ${port} for the database is in use by another program. Stop it, set LUNG_IRIS_DB_PORT to another port, or leave it unset for a free one.`,
  );
}
