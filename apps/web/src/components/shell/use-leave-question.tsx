"use client";

import { Text } from "@mantine/core";
import { modals } from "@mantine/modals";
import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { useEffect, useEffectEvent } from "react";

interface LeaveQuestion {
  /** There is something that leaving would lose. */
  isUnsaved: boolean;
  /** What would be lost, for example "The amendment is not signed yet". */
  title: string;
}

/**
 * Asks before unsaved work is left by a link or a command of this site;
 * `useUnsaved` asks when the whole page goes.
 * @returns runs what it is given, after the answer where one is needed
 */
export function useLeaveQuestion(
  question: LeaveQuestion,
): (leave: () => void) => void {
  const { isUnsaved, title } = question;
  const t = useTranslations("common");
  const router = useRouter();
  const ask = (leave: () => void) => {
    if (!isUnsaved) {
      leave();
      return;
    }
    modals.openConfirmModal({
      title,
      children: <Text size="sm">{t("leave.text")}</Text>,
      labels: { confirm: t("leave.confirm"), cancel: t("leave.stay") },
      confirmProps: { color: "red" },
      closeButtonProps: { "aria-label": t("close") },
      onConfirm: leave,
    });
  };
  const askAtLink = useEffectEvent((event: MouseEvent) => {
    const path = pathOfPlainClick(event);
    if (path === null) return;
    event.preventDefault();
    event.stopPropagation();
    ask(() => router.push(path));
  });
  useEffect(() => {
    if (!isUnsaved) return;
    const listener = (event: MouseEvent) => askAtLink(event);
    // Before React, which listens further in, follows the link by itself.
    window.addEventListener("click", listener, { capture: true });
    return () =>
      window.removeEventListener("click", listener, { capture: true });
  }, [isUnsaved]);
  return ask;
}

/** The path of this site that a click goes to here; null for other clicks. */
function pathOfPlainClick(event: MouseEvent): string | null {
  const { target, button, ctrlKey, metaKey, shiftKey, altKey } = event;
  if (button !== 0 || ctrlKey || metaKey || shiftKey || altKey) return null;
  const link = target instanceof Element ? target.closest("a[href]") : null;
  if (!(link instanceof HTMLAnchorElement)) return null;
  if (link.target !== "" || link.hasAttribute("download")) return null;
  if (link.origin !== window.location.origin) return null;
  return `${link.pathname}${link.search}`;
}
