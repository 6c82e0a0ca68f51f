"use client";

import { useQuery } from "@apollo/client/react";
import { Skeleton } from "@mantine/core";
import { useTranslations } from "next-intl";
import type { UnnamedReadingsQuery } from "../../../gql/graphql.ts";
import { useErrorText } from "../../../lib/error-text.ts";
import type { OpenCase } from "../../cases/use-case.ts";
import { useFindingWords } from "../../findings/use-finding-words.ts";
import readings from "../../../components/layout/reading.module.css";
import { UNNAMED_READINGS } from "../second-read-queries.ts";
import styles from "./second-reads.module.css";

type Unnamed = NonNullable<
  UnnamedReadingsQuery["case"]
>["unnamedReadings"][number];

/** Two readings that differ, side by side and without names. */
export function UnnamedReadings({ open }: { open: OpenCase }) {
  const t = useTranslations("readings.second");
  const errorText = useErrorText();
  const { data, error } = useQuery(UNNAMED_READINGS, {
    variables: { id: open.id },
    fetchPolicy: "network-only",
  });
  const both = data?.case?.unnamedReadings ?? [];
  return (
    <section className={readings.step} aria-label={t("unnamed")}>
      <h2 className={readings.heading}>{t("unnamed")}</h2>
      {error ? (
        <div className={readings.notice} data-tone="bad" role="alert">
          <div className={readings.noticeTitle}>{t("unnamedFailed")}</div>
          {errorText(error)}
        </div>
      ) : data ? (
        <div className={styles.both}>
          {both.map((one) => (
            <OneReading key={one.place} one={one} />
          ))}
        </div>
      ) : (
        <Skeleton height={96} />
      )}
    </section>
  );
}

function OneReading({ one }: { one: Unnamed }) {
  const t = useTranslations("readings");
  const labels = useTranslations("findings.labels");
  const words = useFindingWords();
  return (
    <article className={styles.one}>
      <h3 className={styles.place}>
        {t("second.place", { place: one.place })}
      </h3>
      <div className={readings.decided}>{labels(one.label)}</div>
      <ul className={styles.findings}>
        {one.findings.map((finding) => {
          const { code } = finding;
          // Which mark shows it is told by the film, not by a number.
          const place = words.placeOf({ ...finding, markIds: [] }, []);
          const isOpposite = one.contradicted.includes(code);
          return (
            <li key={code} data-opposite={isOpposite}>
              {words.nameOf(code)}
              {place === "" ? null : <>: {place}</>}
              {isOpposite ? (
                <span className={styles.opposite}>{t("second.opposite")}</span>
              ) : null}
            </li>
          );
        })}
      </ul>
      {one.confidence ? (
        <div className={readings.small}>
          {t("second.confidence")}: {t("second.of5", { value: one.confidence })}
        </div>
      ) : null}
      {one.comment ? <p className={styles.comment}>{one.comment}</p> : null}
      {one.marks.length > 0 ? (
        <div className={readings.small}>
          {t("marks.label")}: {one.marks.length}
        </div>
      ) : null}
    </article>
  );
}
