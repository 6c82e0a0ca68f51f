import { Alert } from "@mantine/core";
import { useTranslations } from "next-intl";
import type { MergePreviewQuery } from "../../../gql/graphql.ts";
import styles from "./merges.module.css";

const CONFLICTS = ["name", "birth-date", "sex"] as const;

/** What a merge would change, line by line. */
export function MergeChanges({
  ahead,
}: {
  ahead: MergePreviewQuery["mergePreview"];
}) {
  const t = useTranslations("duplicates.merge");
  const conflicts = CONFLICTS.filter((one) => ahead.conflicts.includes(one));
  const lines = [
    t("studies", { studies: ahead.studies, films: ahead.films }),
    t("open", { count: ahead.openCases, reading: ahead.beingRead }),
    t("signed", { count: ahead.signedCases }),
    t("labels", { count: ahead.labels }),
    t("datasets", { count: ahead.datasets }),
    ...(ahead.filmsAskedAgain > 0
      ? [t("askedAgain", { count: ahead.filmsAskedAgain })]
      : []),
    ...(ahead.isMergedWithdrawn || ahead.isSurvivorWithdrawn
      ? [t("withdrawn")]
      : []),
  ];
  return (
    <div>
      {conflicts.length > 0 ? (
        <Alert color="yellow" p="sm" mb="0.5rem">
          {conflicts.map((one) => t(`conflicts.${one}`)).join(" ")}
        </Alert>
      ) : null}
      <strong>{t("changes")}</strong>
      <ul className={styles.changes}>
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </div>
  );
}
