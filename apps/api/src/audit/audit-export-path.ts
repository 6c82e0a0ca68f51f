import { z } from "zod";
import { BadInputError } from "../errors.ts";
import { addSeconds } from "../platform/clock.ts";
import { seal, unseal } from "../platform/sealed-secret.ts";
import { canonicalJson } from "./canonical-json.ts";
import type { AuditRequest } from "./audit-query.ts";
import { filterOf } from "./audit-query.ts";

/** From the menu to the click on it; afterwards the page asks again. */
const GOOD_FOR_SECONDS = 15 * 60;

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

const ticketSchema = z.strictObject({ filter: filterSchema, until: time });

/** Who asks for an export, when, and what its name is sealed with. */
export interface ExportAsker {
  /** The desk's secret: any of its API processes opens what another sealed. */
  secret: string;
  userId: string;
  now: Date;
}

/**
 * Where the events of a search can be had as a table. The filter stands in
 * one segment of the path, because a proxy that passes files on knows folders
 * and names, not queries; and sealed, because addresses are kept where nobody
 * looks after patients' names: a list of downloads, a proxy's log. It opens
 * for the one who asked, for a quarter of an hour.
 */
export function exportPathOf(
  request: AuditRequest,
  { secret, userId, now }: ExportAsker,
): string {
  const ticket = canonicalJson({
    filter: filterOf(request),
    until: addSeconds(now, GOOD_FOR_SECONDS).toISOString(),
  });
  const sealed = Buffer.from(seal(secret, placeOf(userId), ticket));
  return `/audit/events/${sealed.toString("base64url")}.csv`;
}

/**
 * @throws BadInputError for anything that `exportPathOf` did not write, wrote
 *   for somebody else, or wrote too long ago.
 */
export function readExportName(name: string, asker: ExportAsker): AuditRequest {
  const packed = /^([\w-]+)\.csv$/.exec(name)?.[1];
  const ticket = ticketSchema.safeParse(open(packed ?? "", asker));
  if (ticket.success && ticket.data.until > asker.now)
    return withoutUndefined(ticket.data.filter);
  throw new BadInputError(
    "This is not the address of an export, or no longer. Ask for it again.",
    ["path"],
  );
}

function open(packed: string, { secret, userId }: ExportAsker): unknown {
  try {
    const sealed = Buffer.from(packed, "base64url");
    return JSON.parse(unseal(secret, placeOf(userId), sealed));
  } catch {
    return undefined;
  }
}

/** Bound to whom it was sealed for. */
function placeOf(userId: string): string {
  return `audit-export/${userId}`;
}

/** zod's optional keys may hold undefined; a request's may not. */
function withoutUndefined(filter: z.output<typeof filterSchema>): AuditRequest {
  return Object.fromEntries(
    Object.entries(filter).filter(([, value]) => value !== undefined),
  );
}
