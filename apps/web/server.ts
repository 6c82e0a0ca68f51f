import { createServer } from "node:http";
import { parseArgs } from "node:util";
import next from "next";
import { env } from "./src/lib/env.ts";
import { opens } from "./src/lib/front-door.ts";

/**
 * The web server: Next.js behind a door of our own. `next start` believes
 * every X-Forwarded header and hides the socket, so that nothing behind it
 * could tell who asks.
 */

/**
 * Idle connections outlast a proxy's. Films may take long over a bad line: the
 * API's half hour and two minutes, so that the API is the one that gives up.
 */
const HTTP_TIMES = {
  keepAliveTimeout: 65_000,
  headersTimeout: 66_000,
  requestTimeout: 32 * 60_000,
};
const DRAIN_MS = 10_000;

const { values } = parseArgs({
  options: {
    port: { type: "string", default: "3000" },
    hostname: { type: "string", default: "127.0.0.1" },
  },
});
const port = Number(values.port);
const { hostname } = values;

const app = next({ dev: false, dir: import.meta.dirname, hostname, port });
await app.prepare();
const handle = app.getRequestHandler();
const server = createServer(HTTP_TIMES, (request, response) => {
  if (!opens(request, response, env())) return;
  void handle(request, response);
});
server.listen(port, hostname);
server.on("error", (error) => {
  console.error(`The web could not start: ${error.message}`);
  process.exit(1);
});
for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, stop);

function stop(): void {
  setTimeout(() => process.exit(0), DRAIN_MS).unref();
  server.close(() => process.exit(0));
  server.closeIdleConnections();
}
