import { Alert } from "@mantine/core";
import { useLocale, useTranslations } from "next-intl";
import type { StudyAheadFragment } from "../../../gql/graphql.ts";
import { formatDateTime } from "../../../lib/dates.ts";
import styles from "../../film-corrections/components/film-corrections.module.css";
import { usePatientThen } from "../use-patient-then.ts";

interface StudyChangesProps {
  ahead: StudyAheadFragment | undefined;
  /** it could not be asked for; the dialog says why */
  hasFailed: boolean;
}

/** What a correction of whose a study is would change, line by line. */
export function StudyChanges({ ahead, hasFailed }: StudyChangesProps) {
  const t = useTranslations("films.study.changes");
  const linesOf = useLines();
  if (!ahead) return hasFailed ? null : <div role="status">{t("looking")}</div>;
  return (
    <div role="status">
      <strong>{t("title")}</strong>
      <ul className={styles.changes}>
        {linesOf(ahead).map((line) => (
          <li key={line}>{line}</li>
        ))}
        {ahead.signedCases > 0 ? <Signed ahead={ahead} /> : null}
      </ul>
      {ahead.isAllowed ? null : (
        <Alert color="yellow" p="sm" mt="0.5rem">
          {t("refused")}
        </Alert>
      )}
    </div>
  );
}

/** Who signed what changes, each told of it. */
function Signed({ ahead }: { ahead: StudyAheadFragment }) {
  const t = useTranslations("films.study.changes");
  const locale = useLocale();
  return (
    <li>
      {t("signed", { count: ahead.signedCases })}
      <ul className={styles.changes}>
        {ahead.signed.map(({ signerName, signedAt }) => {
          const when = formatDateTime(signedAt, locale);
          return (
            <li key={`${signedAt} ${signerName ?? ""}`}>
              {signerName
                ? t("signer", { name: signerName, when })
                : t("signerKept", { when })}
            </li>
          );
        })}
      </ul>
    </li>
  );
}

function useLines() {
  const t = useTranslations("films.study.changes");
  const patientThen = usePatientThen();
  return (ahead: StudyAheadFragment): string[] => {
    const ends = {
      before: patientThen(ahead.before),
      after: patientThen(ahead.after),
    };
    const { studiesLeft: left, filmsAskedAgain: asked } = ahead;
    return [
      ...(ahead.isOtherRecord
        ? [
            t(ahead.isNewRecord ? "movesNew" : "moves", ends),
            t("films", { count: ahead.films }),
          ]
        : ahead.isIdentity
          ? [t("renames", ends)]
          : []),
      ...(left === null ? [] : [t("left", { count: left })]),
      ...(ahead.otherCases > 0
        ? [t("others", { count: ahead.otherCases })]
        : []),
      ...(ahead.beingRead > 0
        ? [t("reading", { count: ahead.beingRead })]
        : []),
      ...(ahead.labels > 0 ? [t("labels", { count: ahead.labels })] : []),
      ...(ahead.datasets > 0 ? [t("datasets", { count: ahead.datasets })] : []),
      ...(ahead.isWithdrawnBefore === ahead.isWithdrawnAfter
        ? []
        : [t(ahead.isWithdrawnAfter ? "withdrawn" : "learntAgain")]),
      asked > 0 ? t("asked", { count: asked }) : t("notAsked"),
    ];
  };
}
