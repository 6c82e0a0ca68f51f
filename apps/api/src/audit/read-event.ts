import { z } from "zod";
import { auditEvent } from "./audit-event.ts";
import { version1Of } from "./events/version-1.ts";

type Json = z.core.util.JSONType;

const stored = z.looseObject({
  version: z.number().int(),
  type: z.string(),
  at: z.iso.datetime(),
  actor: z.strictObject({ id: z.string(), name: z.string(), role: z.string() }),
  origin: z.strictObject({
    address: z.string().nullable(),
    userAgent: z.string().nullable(),
    requestId: z.string(),
  }),
});

/** The parts of an event whose shape depends on type and version. */
export interface EventParts {
  version: number;
  origin: Json | null;
  before: Json | null;
  after: Json | null;
  details: Json | null;
  /** Why it does not read as its type and version say; null when it does. */
  problem: string | null;
}

/**
 * Reads a stored event by the schema of its type and version. One that does
 * not fit is shown as it stands, with the reason: an auditor has to see it,
 * and must not take it for what the product writes.
 *
 * @throws SyntaxError when the content is not JSON at all.
 */
export function readEvent(content: string): EventParts {
  const value: unknown = JSON.parse(content);
  const head = stored.safeParse(value);
  if (!head.success) return asItStands(value, firstIssue(head.error));
  const { version, type, origin } = head.data;
  const body = bodyOf(head.data);
  // A type younger than the first release has its own version 1.
  const now = auditEvent.safeParse(body);
  const older = !now.success && version === 1 ? version1Of(type) : null;
  const parsed = older === null ? now : older.safeParse(body);
  if (!parsed.success) return asItStands(value, firstIssue(parsed.error));
  const { before, after, details } = parsed.data;
  return {
    version,
    origin,
    before: toJson(before),
    after: toJson(after),
    details: toJson(details),
    problem: null,
  };
}

/** What the schema of a type describes: all but when, who and from where. */
function bodyOf(event: object): object {
  const common = new Set(["at", "actor", "origin"]);
  return Object.fromEntries(
    Object.entries(event).filter(([key]) => !common.has(key)),
  );
}

const parts = z.object({
  version: z.number().int().catch(0),
  origin: z.json().nullable().catch(null),
  before: z.json().nullable().catch(null),
  after: z.json().nullable().catch(null),
  details: z.json().nullable().catch(null),
});

function asItStands(value: unknown, problem: string): EventParts {
  return { ...parts.parse(value), problem };
}

function firstIssue(error: z.ZodError): string {
  const [issue] = error.issues;
  const path = issue?.path.map(String).join(".") ?? "";
  return `${path === "" ? "its content" : path} is not what its type and version say`;
}

/** What was parsed from JSON by schemas of JSON is JSON. */
function toJson(value: unknown): Json | null {
  return (value ?? null) as Json | null;
}
