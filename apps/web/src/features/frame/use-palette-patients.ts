"use client";

import { skipToken, useQuery } from "@apollo/client/react";
import { useDebouncedValue } from "@mantine/hooks";
import type { SpotlightActionGroupData } from "@mantine/spotlight";
import { useLocale, useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { usePatientName } from "../patients/use-patient-name.ts";
import { formatDate } from "../../lib/dates.ts";
import { routes } from "../../lib/routes.ts";
import { writeTabText } from "../../lib/tab-text.ts";
import { PALETTE_PATIENTS } from "./palette-queries.ts";
import { useSite } from "../../components/shell/site-context.tsx";
import { useViewer } from "../../components/shell/viewer-context.tsx";

/** Cases shown below the search for all. */
const SHOWN = 5;
/** Two letters are most patients: nobody is looked for by them alone. */
const LETTERS_FROM = 3;
const PAUSE_MS = 250;

/**
 * Patients whose words were typed: the search in the worklist, and below it
 * the first cases as they are found. Below, so that what stands there already
 * does not move when they come. Each answer is a look, noted as any page of
 * the worklist.
 */
export function usePalettePatients(query: string): SpotlightActionGroupData {
  const t = useTranslations("shell");
  const tWorklist = useTranslations("worklist");
  const locale = useLocale();
  const router = useRouter();
  const { can } = useViewer();
  const { site } = useSite();
  const nameOf = usePatientName();
  const text = query.trim();
  const [search] = useDebouncedValue(text, PAUSE_MS);
  const isAllowed = can("case:read");
  const { data } = useQuery(
    PALETTE_PATIENTS,
    isAllowed && search.length >= LETTERS_FROM
      ? {
          variables: {
            filter: { search, siteId: site?.id ?? null },
            first: SHOWN,
          },
          // What was found a while ago may be another's by now.
          fetchPolicy: "network-only",
        }
      : skipToken,
  );
  if (!isAllowed || text.length < 2) return { group: "", actions: [] };
  // Those of other words would be opened by mistake.
  const found = search === text ? (data?.worklist.edges ?? []) : [];
  return {
    group: t("palette.patients"),
    actions: [
      {
        id: "search-patients",
        label: t("palette.searchPatients", { text }),
        // the palette filters by these, and what was searched for always fits
        keywords: text,
        onClick: () => {
          writeTabText("worklist-search", text);
          router.push(routes.worklist({ view: "everything" }));
        },
      },
      ...found.map(({ node: { id, state, arrivedAt, patient } }) => ({
        id: `case-${id}`,
        label: nameOf(patient),
        description: [
          patient.mrn,
          formatDate(arrivedAt, locale),
          tWorklist(`states.${state}`),
        ]
          .filter(Boolean)
          .join(" · "),
        keywords: text,
        onClick: () => router.push(routes.case(id)),
      })),
    ],
  };
}
