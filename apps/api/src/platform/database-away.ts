/**
 * Codes of Prisma, Node and PostgreSQL (SQLSTATE) for a server that is away,
 * or cannot keep anything now: its disk is full (53100) or fails (58030).
 */
const CODES = new Set([
  "P1001",
  "P1002",
  "P1008",
  "P1017",
  "P2024",
  "P2037",
  "ECONNREFUSED",
  "ECONNRESET",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENOTFOUND",
  "EPIPE",
  "ETIMEDOUT",
  "53100",
  "53300",
  "57P01",
  "57P02",
  "57P03",
  "58030",
]);

/** What Prisma's driver adapter calls the same. */
const KINDS = new Set([
  "ConnectionClosed",
  "DatabaseNotReachable",
  "SocketTimeout",
  "TlsConnectionError",
  "TooManyConnections",
]);

/** `pg` has no code for these two. */
const WORDS =
  /Connection terminated|timeout exceeded when trying to connect|Unable to start a transaction in the given time/;

/** Causes of causes; a cycle would otherwise never end. */
const DEEPEST = 8;

/**
 * Whether an error says that the database does not answer now. By its codes
 * and not by its class: the same failure comes from Prisma, its adapter, `pg`
 * and the socket, one wrapped in the other.
 */
export function saysDatabaseAway(error: unknown, depth = 0): boolean {
  if (typeof error !== "object" || error === null || depth > DEEPEST)
    return false;
  const { code, errorCode, kind, message, cause, meta } = error as Record<
    string,
    unknown
  >; // any object may be asked for any field
  return (
    [code, errorCode].some((it) => typeof it === "string" && isAway(it)) ||
    (typeof kind === "string" && KINDS.has(kind)) ||
    (typeof message === "string" && WORDS.test(message)) ||
    [cause, meta, adapterError(meta)].some((it) =>
      saysDatabaseAway(it, depth + 1),
    )
  );
}

/** SQLSTATE class 08 is "connection exception". */
function isAway(code: string): boolean {
  return CODES.has(code) || /^08\w{3}$/.test(code);
}

function adapterError(meta: unknown): unknown {
  return typeof meta === "object" && meta !== null
    ? (meta as Record<string, unknown>)["driverAdapterError"]
    : undefined;
}
