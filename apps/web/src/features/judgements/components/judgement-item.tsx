"use client";

import { useMutation } from "@apollo/client/react";
import { useLocale, useTranslations } from "next-intl";
import { useViewer } from "../../../components/shell/viewer-context.tsx";
import { formatDateTime } from "../../../lib/dates.ts";
import { useCodeWords, useServerWords } from "../../../lib/code-words.ts";
import { PROPOSE_PROMOTION } from "../promotion-queries.ts";
import type { Judgement } from "../use-loop.ts";
import { ActButton } from "./act-button.tsx";
import { Outcomes } from "./outcomes.tsx";
import styles from "./promotions.module.css";

/** One judgement: its verdict, and every bar with its figures and their n. */
export function JudgementItem({ judgement }: { judgement: Judgement }) {
  const t = useTranslations("models.loop");
  const why = useCodeWords("models.loop.why");
  const say = useServerWords();
  const locale = useLocale();
  const viewer = useViewer();
  const [propose] = useMutation(PROPOSE_PROMOTION);
  const { candidate, result } = judgement;
  return (
    <li className={styles.item}>
      <div className={styles.head}>
        <strong>{t(`verdict.${result?.verdict ?? "RUNNING"}`)}</strong>
        <span>
          {t("judged", {
            name: candidate.name,
            by: judgement.byName,
            at: formatDateTime(judgement.createdAt, locale),
            version: judgement.bars.version,
          })}
        </span>
        {result?.verdict === "PASSED" && viewer.can("model:promote") ? (
          <ActButton
            what="propose"
            aboutId={judgement.id}
            name={candidate.name}
            send={(reason) =>
              propose({
                variables: { input: { judgementId: judgement.id, reason } },
              })
            }
          />
        ) : null}
      </div>
      <p className={styles.hint}>
        {judgement.declaredBars
          ? t("declaredBefore", { declared: judgement.declaredBars.version })
          : t("byHand")}
      </p>
      {result?.code ? <p>{say(result.detail, why(result.code))}</p> : null}
      {result?.changes.map((change) => (
        <p key={change.set}>
          {t("change", {
            set: t(`set.${change.set}`),
            films: change.films,
            more: change.onlyCandidate,
            fewer: change.onlyLive,
          })}
        </p>
      ))}
      {result && result.outcomes.length > 0 ? (
        <Outcomes outcomes={result.outcomes} />
      ) : null}
    </li>
  );
}
