import { createHmac, hkdfSync } from "node:crypto";

/** Stand-ins for identifiers, the same in every export of one site. */
export interface Pseudonyms {
  patient(id: string): string;
  case(id: string): string;
  image(id: string): string;
  reader(id: string): string;
  /** Of the site itself: tells two hospitals' films apart, not which they are. */
  site(): string;
}

/**
 * Keyed hashes: without the installation's secret nobody can try ids until
 * one fits. The key is the site's own, so that two sites' exports cannot be
 * joined by a shared reader or patient.
 */
export function pseudonymsFor(secret: string, siteId: string): Pseudonyms {
  const key = Buffer.from(
    hkdfSync("sha256", secret, siteId, "lung-iris dataset pseudonyms", 32),
  );
  const of = (kind: string, id: string): string => {
    const digest = createHmac("sha256", key).update(`${kind}:${id}`);
    // 64 bits: among a million ids two meet with a chance of 3 in 10^8.
    return `${kind}-${digest.digest("hex").slice(0, 16)}`;
  };
  return {
    patient: (id) => of("p", id),
    case: (id) => of("c", id),
    image: (id) => of("i", id),
    reader: (id) => of("r", id),
    site: () => of("s", siteId),
  };
}
