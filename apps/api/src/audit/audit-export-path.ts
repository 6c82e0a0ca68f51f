import { z } from "zod";
import { BadInputError } from "../errors.ts";
import { assertPlain } from "../platform/plain-input.ts";
import { canonicalJson } from "./canonical-json.ts";
import type { AuditRequest } from "./audit-query.ts";
import { filterOf } from "./audit-query.ts";

const time = z.iso
  .datetime({ offset: true })
  .transform((text) => new Date(text));
const text = z.string().max(500);

const filterSchema = z
  .object({
    types: z.array(text).max(200),
    actorId: text,
    actorSearch: text,
    subjectId: text,
    patientId: text,
    patientSearch: text,
    after: time,
    before: time,
  })
  .partial()
  .strict();

/**
 * Where the events of a search can be had as a table. The filter stands in
 * one segment of the path (base64url of its JSON), because a proxy that
 * passes files on knows folders and names, not queries.
 */
export function exportPathOf(request: AuditRequest): string {
  const filter = Buffer.from(canonicalJson(filterOf(request)));
  return `/audit/events/${filter.toString("base64url")}.csv`;
}

/** @throws BadInputError for anything that `exportPathOf` does not write. */
export function readExportName(name: string): AuditRequest {
  const packed = /^([\w-]+)\.csv$/.exec(name)?.[1];
  const unpacked = parse(packed ?? "");
  assertPlain(unpacked, "path");
  const filter = filterSchema.safeParse(unpacked);
  if (filter.success) return withoutUndefined(filter.data);
  throw new BadInputError(
    "This is not the address of an export. Ask for it again.",
    ["path"],
  );
}

function parse(packed: string): unknown {
  try {
    return JSON.parse(Buffer.from(packed, "base64url").toString("utf8"));
  } catch {
    return undefined;
  }
}

/** zod's optional keys may hold undefined; a request's may not. */
function withoutUndefined(filter: z.output<typeof filterSchema>): AuditRequest {
  return Object.fromEntries(
    Object.entries(filter).filter(([, value]) => value !== undefined),
  );
}
