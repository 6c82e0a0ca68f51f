"use client";

import { useMutation } from "@apollo/client/react";
import { useFormatter, useLocale, useTranslations } from "next-intl";
import table from "../../../components/ui/plain-table.module.css";
import { useViewer } from "../../../components/shell/viewer-context.tsx";
import { formatDateTime } from "../../../lib/dates.ts";
import { PROPOSE_PROMOTION } from "../promotion-queries.ts";
import type { Judgement } from "../use-loop.ts";
import { ActButton } from "./act-button.tsx";
import styles from "./promotions.module.css";

type Outcome = NonNullable<Judgement["result"]>["outcomes"][number];

/** One judgement: its verdict, and every bar with its figures and their n. */
export function JudgementItem({ judgement }: { judgement: Judgement }) {
  const t = useTranslations("models.loop");
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
            name={candidate.name}
            send={(reason) =>
              propose({
                variables: { input: { judgementId: judgement.id, reason } },
              })
            }
          />
        ) : null}
      </div>
      {result?.detail ? <p>{result.detail}</p> : null}
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

const COLUMNS = [
  "set",
  "measure",
  "group",
  "count",
  "candidate",
  "live",
  "limit",
  "outcome",
] as const;

function Outcomes({ outcomes }: { outcomes: readonly Outcome[] }) {
  const t = useTranslations("models.loop");
  return (
    <details>
      <summary>{t("column.measure")}</summary>
      <div className={styles.wide}>
        <table className={table.table}>
          <thead>
            <tr>
              {COLUMNS.map((column) => (
                <th key={column} scope="col">
                  {t(`column.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {outcomes.map((outcome) => (
              <OutcomeRow
                key={`${outcome.set} ${outcome.measure} ${outcome.dimension} ${outcome.group}`}
                outcome={outcome}
              />
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}

function OutcomeRow({ outcome }: { outcome: Outcome }) {
  const t = useTranslations("models.loop");
  const format = useFormatter();
  const figure = (of: Outcome["candidate"]) =>
    of ? `${number(of.value)} (${number(of.low)}–${number(of.high)})` : "–";
  const number = (value: number) =>
    format.number(value, { maximumFractionDigits: 3 });
  const said = t(`outcome.${outcome.outcome}`);
  return (
    <tr>
      <td>{t(`set.${outcome.set}`)}</td>
      <td>{t(`measure.${outcome.measure}`)}</td>
      <td>{outcome.dimension === "ALL" ? t("all") : outcome.group}</td>
      <td>
        {number(outcome.films)} ({number(outcome.sick)})
      </td>
      <td>{figure(outcome.candidate)}</td>
      <td>{figure(outcome.live)}</td>
      <td>{number(outcome.limit)}</td>
      <td>{outcome.blocks ? t("blocks", { outcome: said }) : said}</td>
    </tr>
  );
}
