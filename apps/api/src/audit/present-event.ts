import type { AuditEvent } from "@lung-iris/prisma";
import type { z } from "zod";
import { canonicalJson } from "./canonical-json.ts";
import { readEvent } from "./read-event.ts";

export type PresentedEvent = Omit<AuditEvent, "seq"> & {
  id: string;
  seq: string;
  /** Of the event's shape; 0 where it says none. */
  version: number;
  origin: string | null;
  before: string | null;
  after: string | null;
  details: string | null;
  problem: string | null;
};

/**
 * A stored event as GraphQL shows it, read by the schema of its type and
 * version; `problem` says when it does not fit.
 */
export function presentEvent(row: AuditEvent): PresentedEvent {
  const { version, problem, ...parts } = readEvent(row.content);
  const seq = String(row.seq);
  return {
    ...row,
    id: seq,
    seq,
    version,
    origin: textOf(parts.origin),
    before: textOf(parts.before),
    after: textOf(parts.after),
    details: textOf(parts.details),
    problem,
  };
}

function textOf(value: z.core.util.JSONType | null): string | null {
  return value === null ? null : canonicalJson(value);
}
