"use client";

import { useTranslations } from "next-intl";
import type { DatasetsQuery } from "../../../gql/graphql.ts";
import styles from "./datasets.module.css";

type Dataset = DatasetsQuery["datasets"]["edges"][number]["node"];

/** So many say what is wrong; the writer is at fault, not one film. */
const SHOWN = 5;

const KINDS = [
  "NAME",
  "RECORD_NUMBER",
  "ACCESSION_NUMBER",
  "DATE",
  "UID",
  "INTERNAL_ID",
  "ACCOUNT",
  "FREE_TEXT",
  "FILE_NAME",
  "PLACE",
  "CHECKSUM",
  "UNEXPECTED",
  "HIDDEN_BYTES",
  "PICTURE_TEXT",
] as const;

/** Why a finished export was held back: where, what kind, what to do. */
export function DatasetLeaks({
  dataset: { leaks, leakCount },
}: {
  dataset: Pick<Dataset, "leaks" | "leakCount">;
}) {
  const t = useTranslations("datasets.list");
  const kindOf = (kind: string) => {
    const known = KINDS.find((one) => one === kind);
    return t(`leakKinds.${known ?? "UNEXPECTED"}`);
  };
  return (
    <div className={styles.reason}>
      <p className={styles.leakTitle}>{t("heldBack", { count: leakCount })}</p>
      <ul className={styles.leaks}>
        {leaks.slice(0, SHOWN).map(({ entry, place, kind }) => (
          <li key={`${entry} ${place} ${kind}`}>
            {kindOf(kind)}{" "}
            <code>
              {entry} · {place}
            </code>
          </li>
        ))}
      </ul>
      {leakCount > SHOWN ? (
        <p className={styles.leakTitle}>
          {t("moreLeaks", { count: leakCount - SHOWN })}
        </p>
      ) : null}
      <p className={styles.leakTitle}>{t("heldBackDo")}</p>
    </div>
  );
}
