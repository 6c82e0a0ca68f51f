"use client";

import { Button, CloseButton, TextInput } from "@mantine/core";
import { IconPlus, IconSearch } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { useSearchParams } from "next/navigation";
import { type RefObject, useRef, useState } from "react";
import {
  PageBody,
  PageHeader,
} from "../../../components/layout/page-header.tsx";
import {
  EmptyState,
  ErrorState,
  ListSkeleton,
} from "../../../components/layout/states.tsx";
import { useViewer } from "../../../components/shell/viewer-context.tsx";
import { Keys } from "../../../components/shortcuts/keys.tsx";
import { useRowKeys } from "../../../components/ui/use-row-keys.ts";
import { routes } from "../../../lib/routes.ts";
import { useCommitted } from "../../../lib/use-committed.ts";
import { useSearchText } from "../../../lib/use-search-text.ts";
import type { UserRow } from "../user-form-state.ts";
import { type UserList, useUsers } from "../use-users.ts";
import { UserDrawer } from "./user-drawer.tsx";
import { UserTable } from "./user-table.tsx";
import styles from "./users.module.css";

/** null: closed; "new": somebody is being added. */
type Edited = UserRow | "new" | null;

/** Who may sign in, as what, and where. */
export function UsersPage() {
  const t = useTranslations("users");
  const { can } = useViewer();
  const search = useCommitted(useSearchParams().get("q") ?? "");
  const list = useUsers(search);
  const [edited, setEdited] = useState<Edited>(null);
  const listRef = useRef<HTMLDivElement>(null);
  const searchRef = useRef<HTMLInputElement>(null);
  useRowKeys({
    id: "users",
    list: listRef,
    search: searchRef,
    labels: {
      next: t("keys.next"),
      previous: t("keys.previous"),
      open: t("keys.open"),
      search: t("search"),
    },
  });
  const canAdd = can("user:manage");
  return (
    <PageBody>
      <PageHeader
        title={t("title")}
        description={t("description")}
        actions={
          canAdd ? (
            <Button
              leftSection={<IconPlus size={16} aria-hidden />}
              onClick={() => setEdited("new")}
            >
              {t("add")}
            </Button>
          ) : null
        }
      />
      <div className={styles.bar} role="search">
        <UserSearch search={search} searchRef={searchRef} />
      </div>
      <div ref={listRef}>
        <TableOrState list={list} search={search} onEdit={setEdited} />
      </div>
      {edited ? (
        <UserDrawer
          key={edited === "new" ? "new" : edited.id}
          user={edited === "new" ? null : edited}
          onClose={() => setEdited(null)}
        />
      ) : null}
    </PageBody>
  );
}

const TYPING_PAUSE_MS = 300;

interface UserSearchProps {
  search: string;
  searchRef: RefObject<HTMLInputElement | null>;
}

function UserSearch({ search, searchRef }: UserSearchProps) {
  const t = useTranslations("users");
  const go = (query: string) => {
    const address = query
      ? `?${new URLSearchParams({ q: query }).toString()}`
      : "";
    window.history.replaceState(null, "", `${routes.users()}${address}`);
  };
  const [text, write] = useSearchText(search, go, TYPING_PAUSE_MS);
  return (
    <TextInput
      ref={searchRef}
      className={styles.search ?? ""}
      aria-label={t("search")}
      placeholder={t("search")}
      leftSection={<IconSearch size={16} aria-hidden />}
      rightSection={
        text === "" ? (
          <Keys keys="/" />
        ) : (
          <CloseButton
            size="sm"
            aria-label={t("clearSearch")}
            onClick={() => write("")}
          />
        )
      }
      value={text}
      onChange={(event) => write(event.currentTarget.value)}
    />
  );
}

interface TableOrStateProps {
  list: UserList;
  search: string;
  onEdit: (user: UserRow) => void;
}

function TableOrState({ list, search, onEdit }: TableOrStateProps) {
  const t = useTranslations("users");
  if (list.isLoading) return <ListSkeleton rows={10} height={39} />;
  if (list.error && list.users.length === 0) {
    return (
      <ErrorState
        title={t("loadFailed")}
        error={list.error}
        onRetry={list.retry}
      />
    );
  }
  if (list.users.length === 0) {
    return (
      <EmptyState
        title={search ? t("nothing.title", { search }) : t("empty.title")}
      >
        {search ? t("nothing.text") : t("empty.text")}
      </EmptyState>
    );
  }
  return (
    <>
      <UserTable users={list.users} onEdit={onEdit} />
      {list.loadMore ? (
        <div className={styles.more}>
          <Button
            variant="subtle"
            loading={list.isLoadingMore}
            onClick={list.loadMore}
          >
            {t("loadMore")}
          </Button>
        </div>
      ) : null}
    </>
  );
}
