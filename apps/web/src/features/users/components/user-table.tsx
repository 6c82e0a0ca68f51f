"use client";

import { IconCircleCheck, IconCircleOff, IconLock } from "@tabler/icons-react";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { useViewer } from "../../../components/shell/viewer-context.tsx";
import { isLocale } from "../../../i18n/locales.ts";
import { formatExactTime } from "../../../lib/dates.ts";
import { useDurationText } from "../../../lib/use-duration-text.ts";
import { useNow } from "../../../lib/use-now.ts";
import { hasGrade, type UserRow } from "../user-form-state.ts";
import styles from "./users.module.css";

interface UserTableProps {
  users: readonly UserRow[];
  onEdit: (user: UserRow) => void;
}

export function UserTable({ users, onEdit }: UserTableProps) {
  const t = useTranslations("users");
  const [lastId, setLastId] = useState<string | null>(null);
  const reachable = users.find((user) => user.id === lastId) ?? users[0];
  return (
    <div className={styles.tableWrap}>
      <table className={styles.table} aria-label={t("title")}>
        <thead>
          <tr>
            <th scope="col">{t("columns.name")}</th>
            <th scope="col">{t("columns.email")}</th>
            <th scope="col">{t("columns.role")}</th>
            <th scope="col">{t("columns.sites")}</th>
            <th scope="col">{t("columns.language")}</th>
            <th scope="col">{t("columns.lastSignIn")}</th>
            <th scope="col">{t("columns.state")}</th>
          </tr>
        </thead>
        <tbody>
          {users.map((user) => (
            <tr
              key={user.id}
              className={user.isActive ? undefined : styles.inactive}
              onFocus={() => setLastId(user.id)}
            >
              <td>
                <NameCell
                  user={user}
                  isReachable={user.id === reachable?.id}
                  onEdit={() => onEdit(user)}
                />
              </td>
              <OtherCells user={user} />
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface NameCellProps {
  user: UserRow;
  isReachable: boolean;
  onEdit: () => void;
}

function NameCell({ user, isReachable, onEdit }: NameCellProps) {
  const t = useTranslations("users");
  const viewer = useViewer();
  const mayEdit = user.viewerCanEdit;
  return (
    <div className={styles.name}>
      <button
        type="button"
        className={styles.open}
        data-row={user.id}
        tabIndex={isReachable ? 0 : -1}
        aria-disabled={!mayEdit || undefined}
        title={mayEdit ? undefined : t("mayNotEdit")}
        onClick={mayEdit ? onEdit : undefined}
      >
        {user.name}
      </button>
      {user.id === viewer.user.id ? (
        <span className={styles.mark}>{t("you")}</span>
      ) : null}
      {user.isDemo ? (
        <span className={styles.mark} title={t("demoText")}>
          {t("demo")}
        </span>
      ) : null}
      {mayEdit ? null : (
        <IconLock
          size={14}
          className={styles.dim}
          aria-label={t("mayNotEdit")}
        />
      )}
    </div>
  );
}

function OtherCells({ user }: { user: UserRow }) {
  const t = useTranslations("users");
  const shell = useTranslations("shell");
  return (
    <>
      <td>{user.email}</td>
      <td>
        {shell(`roles.${user.role}`)}
        {hasGrade(user.role) && user.grade === "JUNIOR" ? (
          <span className={styles.mark}>{t("grades.JUNIOR")}</span>
        ) : null}
      </td>
      <td title={user.sites.map((site) => site.name).join(", ")}>
        {user.sites.map((site) => site.code).join(", ") || t("noSites")}
      </td>
      <td>
        {isLocale(user.locale)
          ? shell(`languages.${user.locale}`)
          : user.locale}
      </td>
      <LastSignInCell at={user.lastSignInAt} />
      <td>
        <span className={styles.state} data-active={user.isActive}>
          {user.isActive ? (
            <IconCircleCheck size={15} aria-hidden />
          ) : (
            <IconCircleOff size={15} aria-hidden />
          )}
          {user.isActive ? t("active") : t("inactive")}
        </span>
        <AccountMarks user={user} />
      </td>
    </>
  );
}

/** One or two wrong passwords are nothing that an admin needs to know. */
const MANY_FAILURES = 5;

function AccountMarks({ user }: { user: UserRow }) {
  const t = useTranslations("users");
  const locale = useLocale();
  const count = user.failedSignIns ?? 0;
  const last = user.lastFailedSignInAt;
  return (
    <>
      {user.passwordState === "FIRST" ? (
        <span className={styles.mark}>{t("firstPassword")}</span>
      ) : null}
      {user.passwordState === "FIRST_USED" ? (
        <span className={styles.mark}>{t("firstPasswordUsed")}</span>
      ) : null}
      {count >= MANY_FAILURES && last ? (
        <span
          className={styles.mark}
          title={t("failedText", { last: formatExactTime(last, locale) })}
        >
          {t("failed", { count })}
        </span>
      ) : null}
    </>
  );
}

function LastSignInCell({ at }: { at: string | null | undefined }) {
  const t = useTranslations("users");
  const locale = useLocale();
  const duration = useDurationText();
  const now = useNow(30_000);
  if (!at) return <td className={styles.dim}>{t("never")}</td>;
  const exact = formatExactTime(at, locale);
  return (
    <td title={exact}>
      <time dateTime={at}>
        {now ? t("ago", { duration: duration(at, now) }) : exact}
      </time>
    </td>
  );
}
