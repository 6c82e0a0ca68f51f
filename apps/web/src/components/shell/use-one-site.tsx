"use client";

import { NativeSelect } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useSite } from "./site-context.tsx";

/**
 * The site of a page that shows one at a time: the one that pages are narrowed
 * to, else the viewer's first, until another is picked.
 *
 * @param label of the picker, which is there for who has more than one site
 * @returns `siteId` null for who has none
 */
export function useOneSite(label: string): {
  siteId: string | null;
  picker: ReactNode;
} {
  const { site, sites } = useSite();
  const [chosen, setChosen] = useState<string | null>(null);
  const siteId = chosen ?? site?.id ?? sites[0]?.id ?? null;
  const picker =
    sites.length > 1 ? (
      <NativeSelect
        aria-label={label}
        value={siteId ?? ""}
        data={sites.map(({ id, name }) => ({ value: id, label: name }))}
        onChange={(event) => setChosen(event.currentTarget.value)}
      />
    ) : null;
  return { siteId, picker };
}
