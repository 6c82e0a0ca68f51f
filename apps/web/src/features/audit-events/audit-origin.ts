import { parseObject, readText } from "@lung-iris/audit-words";

/** Where an event came from; nulls for what was not recorded. */
export interface AuditOrigin {
  address: string | null;
  userAgent: string | null;
  requestId: string | null;
}

/** @param origin the JSON text of the event */
export function originOf(origin: string | null | undefined): AuditOrigin {
  const parts = parseObject(origin);
  return {
    address: readText(parts, "address"),
    userAgent: readText(parts, "userAgent"),
    requestId: readText(parts, "requestId"),
  };
}
