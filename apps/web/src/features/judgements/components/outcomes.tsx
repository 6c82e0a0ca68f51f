"use client";

import { useTranslations } from "next-intl";
import table from "../../../components/ui/plain-table.module.css";
import { useOutcomeWords, type Outcome } from "../outcome-words.ts";
import { IntervalLine } from "./interval-line.tsx";
import styles from "./promotions.module.css";

const COLUMNS = [
  "set",
  "measure",
  "group",
  "count",
  "candidate",
  "live",
  "drawn",
  "limit",
  "outcome",
] as const;

const SETS = ["EVERGREEN", "REFERENCE"] as const;

/** What stops a candidate and how it ranks, in words, then every bar for every group. */
export function Outcomes({ outcomes }: { outcomes: readonly Outcome[] }) {
  const t = useTranslations("models.loop");
  const title = t("allBars", { count: outcomes.length });
  return (
    <>
      <Blocking outcomes={outcomes.filter(({ blocks }) => blocks)} />
      <Headline outcomes={outcomes} />
      <details>
        <summary>{title}</summary>
        <div
          className={styles.tall}
          tabIndex={0}
          role="group"
          aria-label={title}
        >
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
    </>
  );
}

function Blocking({ outcomes }: { outcomes: readonly Outcome[] }) {
  const t = useTranslations("models.loop");
  const words = useOutcomeWords();
  if (outcomes.length === 0) return null;
  return (
    <div className={styles.stopped}>
      <strong>{t("stoppedBy")}</strong>
      <ul className={styles.plain}>
        {outcomes.map((outcome) => (
          <li
            key={`${outcome.set} ${outcome.measure} ${outcome.dimension} ${outcome.group}`}
          >
            {t(outcome.outcome === "MISSED" ? "missed" : "unmeasured", {
              measure: t(`measure.${outcome.measure}`),
              group: words.group(outcome),
              set: t(`set.${outcome.set}`),
              figure: words.figure(outcome.candidate),
              limit: words.limit(outcome),
              films: outcome.films,
            })}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** How well each of the two models ranks and how right it is, of all films of a set. */
function Headline({ outcomes }: { outcomes: readonly Outcome[] }) {
  const t = useTranslations("models.loop");
  const words = useOutcomeWords();
  return SETS.map((set) => {
    const [ranking, error] = (["AUROC_LOSS", "ECE"] as const).map((measure) =>
      outcomes.find(
        (one) =>
          one.set === set && one.measure === measure && one.dimension === "ALL",
      ),
    );
    if (!ranking?.aurocs || !ranking.candidate) return null;
    const { candidate, live } = ranking.aurocs;
    return (
      <p key={set}>
        {t("ranking", {
          set: t(`set.${set}`),
          films: ranking.films,
          candidate: words.figure(candidate),
          live: words.figure(live),
          difference: words.difference(ranking.candidate),
        })}{" "}
        {error?.candidate
          ? t("error", {
              candidate: words.figure(error.candidate),
              live: words.figure(error.live),
              chance: words.number(error.byChance ?? 0),
            })
          : null}
      </p>
    );
  });
}

function OutcomeRow({ outcome }: { outcome: Outcome }) {
  const t = useTranslations("models.loop");
  const words = useOutcomeWords();
  const said = t(`outcome.${outcome.outcome}`);
  return (
    <tr data-blocks={outcome.blocks || undefined}>
      <td>{t(`set.${outcome.set}`)}</td>
      <td>{t(`measure.${outcome.measure}`)}</td>
      <td>{words.group(outcome)}</td>
      <td className={styles.number}>
        {words.number(outcome.films)} ({words.number(outcome.sick)})
      </td>
      <td className={styles.number}>
        {outcome.measure === "AUROC_LOSS" && outcome.candidate
          ? words.difference(outcome.candidate)
          : words.figure(outcome.candidate)}
        {outcome.aurocs ? (
          <div>
            {t("auroc", { figure: words.figure(outcome.aurocs.candidate) })}
          </div>
        ) : null}
      </td>
      <td className={styles.number}>
        {outcome.aurocs
          ? t("auroc", { figure: words.figure(outcome.aurocs.live) })
          : words.figure(outcome.live)}
      </td>
      <td>
        <IntervalLine {...outcome} />
      </td>
      <td>{words.limit(outcome)}</td>
      <td>{outcome.blocks ? t("blocks", { outcome: said }) : said}</td>
    </tr>
  );
}
