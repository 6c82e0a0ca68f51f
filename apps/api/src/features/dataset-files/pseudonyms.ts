import { createHmac, hkdfSync } from "node:crypto";

/** Stand-ins for identifiers, the same in every export of one site. */
export interface Pseudonyms {
  patient(id: string): string;
  case(id: string): string;
  image(id: string): string;
  reader(id: string): string;
  /** Of an export: the annotations of its films name it. */
  dataset(id: string): string;
  /** Of the site itself: tells two hospitals' films apart, not which they are. */
  site(): string;
  /** A UID under 2.25 (DICOM PS3.5 B.2) in place of one of the source's. */
  uid(kind: "study" | "series" | "instance" | "writer", id: string): string;
  /** Days by which a patient's dates go back: 1 to 1,000, always the same. */
  shiftDays(patientId: string): number;
}

const MOST_SHIFT_DAYS = 1_000;

/**
 * Keyed hashes: without the installation's secret nobody can try ids until
 * one fits. The key is the site's own, so that two sites' exports cannot be
 * joined by a shared reader or patient.
 */
export function pseudonymsFor(secret: string, siteId: string): Pseudonyms {
  const key = Buffer.from(
    hkdfSync("sha256", secret, siteId, "lung-iris dataset pseudonyms", 32),
  );
  const digestOf = (kind: string, id: string) =>
    createHmac("sha256", key).update(`${kind}:${id}`);
  const of = (kind: string, id: string): string => {
    const digest = digestOf(kind, id);
    // 64 bits: among a million ids two meet with a chance of 3 in 10^8.
    return `${kind}-${digest.digest("hex").slice(0, 16)}`;
  };
  return {
    patient: (id) => of("p", id),
    case: (id) => of("c", id),
    image: (id) => of("i", id),
    reader: (id) => of("r", id),
    dataset: (id) => of("d", id),
    site: () => of("s", siteId),
    uid: (kind, id) => {
      const digest = digestOf(`uid ${kind}`, id).digest("hex").slice(0, 32);
      // The digits of a UUID of version 8 (RFC 9562 5.8).
      const uuid = `${digest.slice(0, 12)}8${digest.slice(13)}`;
      return `2.25.${String(BigInt(`0x${uuid}`))}`;
    },
    shiftDays: (id) =>
      1 + (digestOf("shift", id).digest().readUInt32BE(0) % MOST_SHIFT_DAYS),
  };
}
