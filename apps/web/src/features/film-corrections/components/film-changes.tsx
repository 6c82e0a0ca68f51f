import { Alert } from "@mantine/core";
import { useTranslations } from "next-intl";
import type { FilmAheadFragment } from "../../../gql/graphql.ts";
import styles from "./film-corrections.module.css";

interface FilmChangesProps {
  ahead: FilmAheadFragment | undefined;
  /** it could not be asked for; the dialog says why */
  hasFailed: boolean;
}

/** What a correction of a film would change, line by line. */
export function FilmChanges({ ahead, hasFailed }: FilmChangesProps) {
  const t = useTranslations("films.changes");
  if (!ahead) return hasFailed ? null : <div role="status">{t("looking")}</div>;
  const { filmsLeft } = ahead;
  const lines = [
    ...(filmsLeft === null
      ? []
      : [filmsLeft === 0 ? t("empty") : t("left", { count: filmsLeft })]),
    ...(ahead.signedCases > 0
      ? [
          t(ahead.isReadAgain ? "signed" : "told", {
            count: ahead.signedCases,
          }),
        ]
      : []),
    ...(ahead.beingRead > 0 ? [t("reading", { count: ahead.beingRead })] : []),
    ...(ahead.marks > 0 ? [t("marks", { count: ahead.marks })] : []),
    ...(ahead.labels > 0 ? [t("labels", { count: ahead.labels })] : []),
    ...(ahead.datasets > 0 ? [t("datasets", { count: ahead.datasets })] : []),
    t(ahead.isAskedAgain ? "asked" : "notAsked"),
  ];
  return (
    <div>
      <strong>{t("title")}</strong>
      <ul className={styles.changes}>
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      {ahead.isAllowed ? null : (
        <Alert color="yellow" p="sm" mt="0.5rem">
          {t("refused")}
        </Alert>
      )}
    </div>
  );
}
