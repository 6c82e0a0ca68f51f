/** What befell a signed case that its signer has to know; kept on his reading. */
export const SIGNER_NOTICES = [
  "reopened",
  "identity-changed",
  "film-left",
  "film-turned",
  "adjudicated",
] as const;
export type SignerNotice = (typeof SIGNER_NOTICES)[number];

/** Reads the column back; null where there is nothing to tell. */
export function readNotice(stored: string | null): SignerNotice | null {
  return SIGNER_NOTICES.find((notice) => notice === stored) ?? null;
}
