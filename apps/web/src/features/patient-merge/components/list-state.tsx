import { IconUsers } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import {
  EmptyState,
  ErrorState,
  ListSkeleton,
} from "../../../components/layout/states.tsx";
import { MoreButton } from "../../../components/ui/more-button.tsx";

interface ListStateProps {
  view: "suggested" | "notSame" | "merges";
  /** Rows of the page; null while none is there. */
  count: number | null;
  after: string | null | undefined;
  query: {
    loading: boolean;
    error?: unknown;
    refetch: () => Promise<unknown>;
    fetchMore: (options: { variables: { after: string } }) => Promise<unknown>;
  };
  children: ReactNode;
}

/** A list with what stands in its place while it loads, fails or is empty. */
export function ListState(props: ListStateProps) {
  const { view, count, after, query } = props;
  const t = useTranslations("duplicates");
  if (count === null)
    return query.error ? (
      <ErrorState
        title={t("failed")}
        error={query.error}
        onRetry={() => void query.refetch().catch(() => undefined)}
      />
    ) : (
      <ListSkeleton rows={3} height={120} />
    );
  if (count === 0)
    return (
      <EmptyState icon={<IconUsers size={28} />} title={t(`empty.${view}`)}>
        {t(`emptyText.${view}`)}
      </EmptyState>
    );
  return (
    <>
      {props.children}
      <MoreButton
        label={t("more")}
        after={after}
        isLoading={query.loading}
        fetchMore={query.fetchMore}
      />
    </>
  );
}
