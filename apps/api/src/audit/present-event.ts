import type { AuditEvent } from "@lung-iris/prisma";
import { z } from "zod";
import { canonicalJson } from "./canonical-json.ts";

const parts = z.object({
  origin: z.json().nullish(),
  before: z.json().nullish(),
  after: z.json().nullish(),
  details: z.json().nullish(),
});

export type PresentedEvent = Omit<AuditEvent, "seq"> & {
  id: string;
  seq: string;
  origin: string | null;
  before: string | null;
  after: string | null;
  details: string | null;
};

/**
 * A stored event as GraphQL shows it. A content that does not parse throws:
 * half an event must not pass for a whole one.
 */
export function presentEvent(row: AuditEvent): PresentedEvent {
  const content = parts.parse(JSON.parse(row.content));
  const seq = String(row.seq);
  return {
    ...row,
    id: seq,
    seq,
    origin: textOf(content.origin),
    before: textOf(content.before),
    after: textOf(content.after),
    details: textOf(content.details),
  };
}

function textOf(value: z.core.util.JSONType | null | undefined): string | null {
  return value === null || value === undefined ? null : canonicalJson(value);
}
