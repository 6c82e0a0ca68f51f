/** The name of a request in answers, logs and the audit trail. */
export const REQUEST_ID_HEADER = "x-request-id";

/** What the API takes; anything else gets a name of its own. */
const SHAPE = /^[\w.-]{8,64}$/;

/** 128 random bits; `randomUUID` is only there on pages served by https. */
export function newRequestId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join(
    "",
  );
}

/** The id that came with a request, where it is one. */
export function keptRequestId(given: string | null): string {
  return given !== null && SHAPE.test(given) ? given : newRequestId();
}
