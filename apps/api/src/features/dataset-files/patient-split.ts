import { createHmac, hkdfSync } from "node:crypto";
import type { DatasetSplit } from "@lung-iris/prisma";
import { pseudonymsFor } from "./pseudonyms.ts";

/**
 * Where a patient's films go: to train, to choose by, or to the evergreen
 * test, which no run ever learns from.
 */
export const SPLITS = ["train", "val", "test"] as const;
export type Split = (typeof SPLITS)[number];

/** Shares of the patients in percent; the rest, 70, is for training. */
const TEST_PERCENT = 15;
const VAL_PERCENT = 15;

/**
 * The split of each patient of a site, by a keyed hash of the pseudonym: the
 * same in every dataset for ever, whoever else is in it, and not to be
 * computed, or steered, without the installation's secret.
 */
export function splitsFor(
  secret: string,
  siteId: string,
): (pseudonym: string) => Split {
  const key = Buffer.from(
    hkdfSync("sha256", secret, siteId, "lung-iris patient split", 32),
  );
  return (pseudonym) => {
    const digest = createHmac("sha256", key).update(pseudonym).digest();
    // Of 2^32 values 100 classes differ in size by less than 1 in 10^7.
    const percent = digest.readUInt32BE(0) % 100;
    if (percent < TEST_PERCENT) return "test";
    return percent < TEST_PERCENT + VAL_PERCENT ? "val" : "train";
  };
}

const STORED = { train: "TRAIN", val: "VAL", test: "TEST" } as const;

/** The first of these that any record of a person has is the person's. */
const STRICTEST = ["TEST", "VAL", "TRAIN"] as const;

/**
 * The split of a person of several records, each of which had its own before
 * they were merged: what was evergreen stays so, and what was chosen by is
 * never learnt from.
 */
export function splitOfPerson(splits: readonly DatasetSplit[]): DatasetSplit {
  return STRICTEST.find((split) => splits.includes(split)) ?? "TEST";
}

/** The split of a site's patients by id, as members of datasets hold it. */
export function memberSplits(
  secret: string,
  siteId: string,
): (patientId: string) => DatasetSplit {
  const names = pseudonymsFor(secret, siteId);
  const splitOf = splitsFor(secret, siteId);
  return (patientId) => STORED[splitOf(names.patient(patientId))];
}
