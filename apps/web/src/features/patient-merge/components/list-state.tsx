import { IconUsers } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import {
  PagedList,
  type ListPage,
  type ListQuery,
} from "../../../components/layout/paged-list.tsx";
import { EmptyState } from "../../../components/layout/states.tsx";

interface ListStateProps<Row> {
  view: "suggested" | "notSame" | "merges";
  page: ListPage<Row> | undefined;
  query: ListQuery;
  children: (rows: Row[]) => ReactNode;
}

/** A list of this page, in its own words. */
export function ListState<Row>(props: ListStateProps<Row>) {
  const { view, page, query, children } = props;
  const t = useTranslations("duplicates");
  return (
    <PagedList
      query={query}
      page={page}
      failed={t("failed")}
      more={t("more")}
      rowHeight={120}
      empty={
        <EmptyState icon={<IconUsers size={28} />} title={t(`empty.${view}`)}>
          {t(`emptyText.${view}`)}
        </EmptyState>
      }
    >
      {children}
    </PagedList>
  );
}
