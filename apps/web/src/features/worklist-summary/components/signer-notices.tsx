"use client";

import { useQuery } from "@apollo/client/react";
import { useTranslations } from "next-intl";
import Link from "next/link";
import { useViewer } from "../../../components/shell/viewer-context.tsx";
import { routes } from "../../../lib/routes.ts";
import { usePatientName } from "../../patients/use-patient-name.ts";
import { SIGNER_NOTICES } from "../../worklist-query/worklist-queries.ts";
import styles from "./signer-notices.module.css";

/** More stand behind "and more": the strip stays one line. */
const SHOWN = 3;

/** Cases that something befell after the viewer had signed them. */
export function SignerNotices() {
  const { can } = useViewer();
  return can("case:claim") ? <Strip /> : null;
}

function Strip() {
  const t = useTranslations("worklist.signerNotices");
  const nameOf = usePatientName();
  const { data } = useQuery(SIGNER_NOTICES, {
    variables: { first: SHOWN },
    // Asked as the list is opened. Each answer is a look at these patients in
    // the trail, which a list that asks by itself would fill.
    fetchPolicy: "cache-and-network",
  });
  const page = data?.signerNotices;
  if (!page || page.edges.length === 0) return null;
  return (
    <div className={styles.strip} role="status">
      <strong>{t("title")}</strong>
      <ul>
        {page.edges.map(({ node }) =>
          node.notice ? (
            <li key={node.id}>
              <Link href={routes.case(node.case.id)}>
                {t("text", {
                  name: nameOf(node.case.patient),
                  what: t(node.notice),
                })}
              </Link>
            </li>
          ) : null,
        )}
        {page.pageInfo.hasNextPage ? <li>{t("more")}</li> : null}
      </ul>
    </div>
  );
}
