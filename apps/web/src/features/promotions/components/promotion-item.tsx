"use client";

import { useMutation } from "@apollo/client/react";
import { Alert } from "@mantine/core";
import { useLocale, useTranslations } from "next-intl";
import { useViewer } from "../../../components/shell/viewer-context.tsx";
import { formatDateTime } from "../../../lib/dates.ts";
import {
  APPROVE_PROMOTION,
  REJECT_PROMOTION,
  ROLL_BACK_PROMOTION,
} from "../../judgements/promotion-queries.ts";
import type { Promotion } from "../../judgements/use-loop.ts";
import { ActButton } from "../../judgements/components/act-button.tsx";
import { ProposalGround } from "./proposal-ground.tsx";
import styles from "../../judgements/components/promotions.module.css";

/** One proposal, with what the viewer may do about it. */
export function PromotionItem(props: { promotion: Promotion; siteId: string }) {
  const { promotion } = props;
  const t = useTranslations("models.loop");
  const locale = useLocale();
  const { state, candidate, replaces } = promotion;
  return (
    <li className={styles.item}>
      <div className={styles.head}>
        <strong>
          {t("promotion", { name: candidate.name, old: replaces.name })}
        </strong>
        <span>{t(`state.${state}`)}</span>
        <Steps {...props} />
      </div>
      <p>
        {t("proposed", {
          by: promotion.proposedByName,
          at: formatDateTime(promotion.proposedAt, locale),
          reason: promotion.reason,
        })}
      </p>
      {promotion.decidedByName ? (
        <p>
          {t("decided", {
            by: promotion.decidedByName,
            reason: promotion.decisionReason ?? "",
          })}
        </p>
      ) : null}
      {promotion.rolledBackByName ? (
        <p>
          {t("rolledBack", {
            by: promotion.rolledBackByName,
            reason: promotion.rollbackReason ?? "",
          })}
        </p>
      ) : null}
      <BeforeAfterText promotion={promotion} />
    </li>
  );
}

function Steps(props: { promotion: Promotion; siteId: string }) {
  const { promotion, siteId } = props;
  const t = useTranslations("models.loop");
  const viewer = useViewer();
  const [approve] = useMutation(APPROVE_PROMOTION);
  const [reject] = useMutation(REJECT_PROMOTION);
  const [rollBack] = useMutation(ROLL_BACK_PROMOTION);
  if (!viewer.can("model:promote")) return null;
  const { id, state } = promotion;
  const { name } = promotion.candidate;
  const input = (reason: string) => ({
    variables: { input: { promotionId: id, reason } },
  });
  if (state === "PROPOSED") {
    return (
      <>
        {promotion.viewerCanApprove ? (
          <ActButton
            what="approve"
            aboutId={id}
            name={name}
            send={(reason) => approve(input(reason))}
            ground={(onShown) => (
              <ProposalGround
                siteId={siteId}
                promotionId={id}
                onShown={onShown}
              />
            )}
          />
        ) : (
          <span>{t("needsOther")}</span>
        )}
        <ActButton
          what="reject"
          aboutId={id}
          name={name}
          send={(reason) => reject(input(reason))}
        />
      </>
    );
  }
  if (state !== "APPROVED" || !promotion.candidate.isLive) return null;
  return (
    <ActButton
      what="rollBack"
      aboutId={id}
      name={name}
      send={(reason) => rollBack(input(reason))}
    />
  );
}

function BeforeAfterText({
  promotion: { beforeAfter },
}: {
  promotion: Promotion;
}) {
  const t = useTranslations("models.loop");
  const locale = useLocale();
  if (!beforeAfter) return null;
  const { before, after } = beforeAfter;
  return (
    <>
      <p>
        {t("beforeAfter", {
          until: formatDateTime(beforeAfter.until, locale),
          films: after.films,
          positive: after.positive,
          agreed: after.agreed,
          signed: after.signed,
          filmsBefore: before.films,
          positiveBefore: before.positive,
          agreedBefore: before.agreed,
          signedBefore: before.signed,
        })}
      </p>
      {beforeAfter.changes.map((change) => (
        <Alert key={change} color="red" title={t(`unlike.${change}`)} />
      ))}
    </>
  );
}
