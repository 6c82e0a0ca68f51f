"use client";

import { useQuery } from "@apollo/client/react";
import { Button, Title } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useLocale, useTranslations } from "next-intl";
import Link from "next/link";
import { PagedList } from "../../../components/layout/paged-list.tsx";
import panels from "../../../components/layout/panel-rows.module.css";
import { useViewer } from "../../../components/shell/viewer-context.tsx";
import type { LearningWithdrawalsQuery } from "../../../gql/graphql.ts";
import { formatDateTime } from "../../../lib/dates.ts";
import { routes } from "../../../lib/routes.ts";
import { usePatientName } from "../../patients/use-patient-name.ts";
import { HOLDING, WITHDRAWALS } from "../withdrawal-queries.ts";
import { WithdrawalDialog } from "./withdrawal-dialog.tsx";
import styles from "./withdrawals.module.css";

type Withdrawal =
  LearningWithdrawalsQuery["learningWithdrawals"]["edges"][number]["node"];

/** Who is not learnt from, and which exports and models of before hold their films. */
export function WithdrawalList() {
  const { can } = useViewer();
  return can("learning:withdraw") ? <List /> : null;
}

function List() {
  const t = useTranslations("withdrawals");
  const query = useQuery(WITHDRAWALS, { fetchPolicy: "cache-and-network" });
  return (
    <section className={styles.list} aria-labelledby="withdrawals">
      <Title order={2} id="withdrawals">
        {t("title")}
      </Title>
      <p className={panels.dim}>{t("description")}</p>
      <PagedList
        query={query}
        page={query.data?.learningWithdrawals}
        failed={t("failed")}
        more={t("more")}
        rowHeight={56}
        inline
        empty={<p className={panels.dim}>{t("empty")}</p>}
      >
        {(rows) => (
          <ul className={panels.rows}>
            {rows.map((row) => (
              <Row key={row.id} row={row} />
            ))}
          </ul>
        )}
      </PagedList>
    </section>
  );
}

function Row({ row }: { row: Withdrawal }) {
  const t = useTranslations("withdrawals");
  const locale = useLocale();
  const [isOpen, dialog] = useDisclosure(false);
  const { patient, liftedAt } = row;
  const name = usePatientName()(patient);
  return (
    <li className={panels.row} data-lifted={liftedAt !== null || undefined}>
      <div>
        <strong>{name}</strong>{" "}
        <span className={panels.dim}>{patient.mrn}</span>
        <div>
          {t("since", {
            when: formatDateTime(row.withdrawnAt, locale),
            name: row.byName,
            reason: row.reason,
          })}
        </div>
        {liftedAt ? (
          <div>
            {t("liftedText", {
              when: formatDateTime(liftedAt, locale),
              name: row.liftedByName ?? "",
              reason: row.liftReason ?? "",
            })}
          </div>
        ) : null}
        <Holding patientId={patient.id} isLifted={liftedAt !== null} />
        {liftedAt ? null : <Models models={row.models} />}
      </div>
      {liftedAt ? null : (
        <Button
          size="compact-sm"
          variant="default"
          aria-label={t("liftTitle", { name })}
          onClick={dialog.open}
        >
          {t("lift")}
        </Button>
      )}
      {isOpen ? (
        <WithdrawalDialog
          kind="lift"
          patient={patient}
          onClose={dialog.close}
        />
      ) : null}
    </li>
  );
}

interface HoldingProps {
  patientId: string;
  isLifted: boolean;
}

/** The exports that hold films of the patient, by name, and what to do. */
function Holding({ patientId, isLifted }: HoldingProps) {
  const t = useTranslations("withdrawals");
  const { data } = useQuery(HOLDING, { variables: { patientId } });
  if (!data) return null;
  const names = data.datasetsHolding.edges.map(({ node }) => node.name);
  return (
    <div>
      {t("holding", { count: names.length, names: names.join(", ") })}
      {isLifted || names.length === 0
        ? null
        : ` · ${t("holdingDo", { count: names.length })}`}
    </div>
  );
}

/** The models that learnt from the patient, and what to do about each. */
function Models({ models }: { models: Withdrawal["models"] }) {
  const t = useTranslations("withdrawals");
  if (models.length === 0) return <div>{t("models.none")}</div>;
  return (
    <>
      <div>{t("models.title")}</div>
      <ul className={styles.models}>
        {models.map(({ model, role, remedy, sites, isEverywhere }) => (
          <li key={model.id}>
            <Link href={routes.models({ model: model.id })}>{model.name}</Link>{" "}
            {t(`models.role.${role ?? "NONE"}`, {
              where:
                [
                  ...(isEverywhere ? [t("models.everywhere")] : []),
                  ...sites.map(({ code }) => code),
                ].join(", ") || t("models.elsewhere"),
            })}
            {": "}
            {t(`models.remedy.${remedy}`)}
          </li>
        ))}
      </ul>
    </>
  );
}
