"use client";

import { Button, Group, Text } from "@mantine/core";
import { useLocale, useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useViewer } from "../../../components/shell/viewer-context.tsx";
import type { CaseRowFragment } from "../../../gql/graphql.ts";
import { routes } from "../../../lib/routes.ts";
import { useNextCase } from "../../next-cases/use-next-case.ts";
import { useOpenAhead } from "../../cases/use-open-ahead.ts";
import { formatCount } from "../../triage/triage-format.ts";
import { useCaseActions } from "../../assignment/use-case-actions.ts";
import {
  focusRow,
  useCurrentRow,
} from "../../worklist-table/use-current-row.ts";
import { useSelection } from "../../worklist-table/use-selection.ts";
import { useWorklistKeys } from "../../worklist-table/use-worklist-keys.ts";
import { visibleColumns } from "../../worklist-query/worklist-columns.ts";
import { mayMatch } from "../worklist-live.ts";
import { AssignDialog } from "../../assignment/components/assign-dialog.tsx";
import type { WorklistContentProps } from "./worklist-content.tsx";
import styles from "./worklist-list.module.css";
import { WorklistTable } from "../../worklist-table/components/worklist-table.tsx";

/** Which row was opened last in this tab, to be there again on the way back. */
const LAST_ROW_KEY = "lung-iris:worklist-row";

export function WorklistList(props: WorklistContentProps) {
  const { list, variables, query, columns, onChange } = props;
  const { rows } = list;
  const router = useRouter();
  const openAhead = useOpenAhead();
  const [openingId, setOpeningId] = useState<string | null>(null);
  // A slow line brings the page late: the row says at once that it comes.
  const open = useCallback(
    (caseId: string) => {
      setOpeningId(caseId);
      openAhead(caseId);
    },
    [openAhead],
  );
  const { can } = useViewer();
  const container = useRef<HTMLDivElement>(null);
  const ids = useMemo(() => rows.map(({ id }) => id), [rows]);
  const shownColumns = useMemo(() => visibleColumns(columns), [columns]);
  const current = useCurrentRow(ids, container, readLastRow());
  const { set: setCurrent } = current;
  // Kept, as `open` is: a row that did not change is not drawn again.
  const focus = useCallback(
    (caseId: string) => {
      setCurrent(caseId);
      rememberRow(caseId);
    },
    [setCurrent],
  );
  const selection = useSelection(ids);
  const actions = useCaseActions();
  const [assigning, setAssigning] = useState<readonly CaseRowFragment[] | null>(
    null,
  );
  const hrefFor = (caseId: string) =>
    routes.case(caseId, { list: query || undefined });
  const selectedRows = rows.filter(({ id }) => selection.ids.has(id));
  const currentRow = rows.find(({ id }) => id === current.id);

  useReturnToRow(container, current.id);
  const following = useNextCase(null, {
    hrefOf: hrefFor,
    findNext: () => Promise.resolve(null),
    isSecondReads: props.choice.view === "second-reads",
  });
  useWorklistKeys({
    currentRow,
    selectedRows,
    move: (by) => {
      if (!current.move(by) && by > 0) list.loadMore();
    },
    open: ({ id }) => {
      open(id);
      router.push(hrefFor(id));
    },
    openNext: can("reading:sign") ? () => void following.go() : null,
    claim: (row) => void actions.claim(row),
    release: (row) => void actions.release(row),
    assign: setAssigning,
    toggle: (row) => selection.toggle(row.id, false),
    clearSelection: selection.clear,
    search: () => props.searchRef.current?.select(),
  });

  return (
    <div ref={container} className={styles.list}>
      <WorklistTable
        rows={rows}
        columns={shownColumns}
        isCompact={props.choice.isCompact}
        sort={variables.sort}
        onSort={(sort) => onChange({ sort })}
        selected={selection.ids}
        onSelect={selection.toggle}
        onSelectAll={selection.setAll}
        isStale={(row) => !mayMatch(row, withoutSearch(variables.filter))}
        currentId={current.id}
        openingId={openingId}
        onFocusRow={focus}
        hrefFor={hrefFor}
        onOpen={open}
        canSelect={can("case:assign")}
      />
      <LoadMore list={list} />
      {selectedRows.length > 0 ? (
        <SelectionBar
          count={selectedRows.length}
          onAssign={() => setAssigning(selectedRows)}
          onClear={selection.clear}
        />
      ) : null}
      <AssignDialog
        rows={assigning}
        onClose={() => setAssigning(null)}
        onAssign={async (chosen, user) => {
          await actions.assign(chosen, user);
          selection.clear();
        }}
      />
    </div>
  );
}

/** The API searches more than a row shows, so words never make one stale. */
function withoutSearch(filter: WorklistContentProps["variables"]["filter"]) {
  return { ...filter, search: null };
}

function readLastRow(): string | null {
  if (typeof window === "undefined") return null;
  return sessionStorage.getItem(LAST_ROW_KEY);
}

function rememberRow(caseId: string): void {
  sessionStorage.setItem(LAST_ROW_KEY, caseId);
}

/** Coming back from a case, the focus is where it was. */
function useReturnToRow(
  container: React.RefObject<HTMLDivElement | null>,
  currentId: string | null,
): void {
  const [returnTo] = useState(currentId);
  useEffect(() => {
    if (returnTo === null || returnTo !== readLastRow()) return;
    // Somebody who has begun to type keeps the focus.
    if (document.activeElement && document.activeElement !== document.body) {
      return;
    }
    focusRow(container.current, returnTo);
  }, [container, returnTo]);
}

function LoadMore({ list }: Pick<WorklistContentProps, "list">) {
  const t = useTranslations("worklist");
  const locale = useLocale();
  const total = formatCount(list.totalCount, locale, list.totalCountIsCapped);
  return (
    <Group justify="center" gap="md" py="md">
      <Text size="sm" c="dimmed">
        {t("shown", { count: formatCount(list.rows.length, locale), total })}
      </Text>
      {list.hasMore ? (
        <Button
          variant="default"
          loading={list.isRefreshing}
          onClick={list.loadMore}
        >
          {t("more")}
        </Button>
      ) : null}
    </Group>
  );
}

interface SelectionBarProps {
  count: number;
  onAssign: () => void;
  onClear: () => void;
}

function SelectionBar({ count, onAssign, onClear }: SelectionBarProps) {
  const t = useTranslations("worklist");
  return (
    <div className={styles.bar} role="region" aria-label={t("selection.label")}>
      <Text size="sm">{t("selection.count", { count })}</Text>
      <Button onClick={onAssign}>{t("selection.assign")}</Button>
      <Button variant="subtle" color="gray" onClick={onClear}>
        {t("selection.clear")}
      </Button>
    </div>
  );
}
