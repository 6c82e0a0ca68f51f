"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import { routes } from "../../../lib/routes.ts";
import { useDurationText } from "../../../lib/use-duration-text.ts";
import { useNow } from "../../../lib/use-now.ts";
import { usePatientName } from "../../patients/use-patient-name.ts";
import { UrgencyMark } from "../../triage/components/urgency-mark.tsx";
import type { PolicyForm } from "../../policy-draft/use-policy-form.ts";
import styles from "../../policy-draft/components/policies.module.css";

type Preview = NonNullable<PolicyForm["preview"]>;

const MINUTE_MS = 60_000;

/** What the policy would do to the open cases. */
export function PolicyPreview({
  preview,
  isStale,
}: {
  preview: Preview;
  isStale: boolean;
}) {
  const t = useTranslations("policies.preview");
  const { moves, openCases, isCapped, overdueBefore, overdueAfter } = preview;
  return (
    <div role="status">
      <p className={styles.figure}>
        {t("moves", { count: moves, open: openCases })}
      </p>
      {isCapped ? <p className={styles.hint}>{t("capped")}</p> : null}
      <p className={styles.hint}>
        {t("overdue", { before: overdueBefore, after: overdueAfter })}
      </p>
      <RuleCounts preview={preview} />
      {isStale ? <p className={styles.hint}>{t("stale")}</p> : null}
      {preview.sample.length > 0 ? <MoveTable preview={preview} /> : null}
    </div>
  );
}

/** What each rule of assignment would have given away. */
function RuleCounts({ preview: { rules } }: { preview: Preview }) {
  const t = useTranslations("policies.preview");
  if (!rules || rules.length === 0) return null;
  return (
    <>
      <p className={styles.hint}>{t("rules")}</p>
      <ul className={styles.counts}>
        {rules.map(({ name, cases, canTake }) => (
          <li key={name}>
            {canTake
              ? t("rule", { name, count: cases })
              : t("ruleAway", { name })}
          </li>
        ))}
      </ul>
    </>
  );
}

function MoveTable({ preview }: { preview: Preview }) {
  const t = useTranslations("policies.preview");
  const duration = useDurationText();
  const now = useNow(MINUTE_MS);
  const patientName = usePatientName();
  const { moves, sample } = preview;
  return (
    <>
      <div className={styles.scroll}>
        <table className={styles.table} aria-label={t("table")}>
          <thead>
            <tr>
              <th scope="col">{t("patient")}</th>
              <th scope="col">{t("waiting")}</th>
              <th scope="col">{t("before")}</th>
              <th scope="col">{t("after")}</th>
            </tr>
          </thead>
          <tbody>
            {sample.map((move) => (
              <tr key={move.case.id}>
                <th scope="row">
                  <Link href={routes.case(move.case.id)} prefetch={false}>
                    {patientName(move.case.patient)}
                  </Link>
                </th>
                <td>{now > 0 ? duration(move.case.arrivedAt, now) : ""}</td>
                <td>
                  <UrgencyMark urgency={move.before} />
                </td>
                <td>
                  <UrgencyMark urgency={move.after} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {moves > sample.length ? (
        <p className={styles.hint}>
          {t("more", { count: moves - sample.length })}
        </p>
      ) : null}
    </>
  );
}
