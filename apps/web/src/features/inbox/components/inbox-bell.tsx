"use client";

import { useQuery } from "@apollo/client/react";
import { ActionIcon, Indicator, Popover } from "@mantine/core";
import { IconBell, IconBellOff } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useNow } from "../../../lib/use-now.ts";
import { UNREAD_INBOX } from "../inbox-queries.ts";
import { isQuiet } from "../quiet-hours.ts";
import { InboxList } from "./inbox-list.tsx";

/** How often the page asks whether there is something new. */
const ASK_MS = 20_000;
const MINUTE_MS = 60_000;

/** What one was told of cases: a bell with a count, and the list behind it. */
export function InboxBell() {
  const t = useTranslations("inbox");
  const [isOpen, setOpen] = useState(false);
  const now = useNow(MINUTE_MS);
  const { data } = useQuery(UNREAD_INBOX, { pollInterval: ASK_MS });
  const hours = data?.quietHours ?? null;
  const quiet = now > 0 && isQuiet(hours, new Date(now));
  // What is urgent goes through quiet hours.
  const count = (quiet ? data?.unreadUrgentInbox : data?.unreadInbox) ?? 0;
  const Sign = quiet && count === 0 ? IconBellOff : IconBell;
  return (
    <Popover
      opened={isOpen}
      onChange={setOpen}
      position="bottom-end"
      width={380}
      trapFocus
      withRoles
    >
      <Indicator label={count} size={15} disabled={count === 0} offset={4}>
        <Popover.Target>
          <ActionIcon
            aria-label={t("open", { count })}
            title={quiet ? t("quiet") : undefined}
            onClick={() => setOpen((before) => !before)}
          >
            <Sign size={17} aria-hidden />
          </ActionIcon>
        </Popover.Target>
      </Indicator>
      <Popover.Dropdown aria-label={t("title")} p="sm">
        {isOpen ? <InboxList onLeave={() => setOpen(false)} /> : null}
      </Popover.Dropdown>
    </Popover>
  );
}
