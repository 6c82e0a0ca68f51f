"use client";

import Link from "next/link";
import { type ComponentProps, useState } from "react";

/**
 * A link whose page is fetched ahead once somebody points at it, or reaches it
 * by keyboard: not every page that a screen names, each time that it is drawn.
 */
export function NearLink(props: Omit<ComponentProps<typeof Link>, "prefetch">) {
  const [isNear, setNear] = useState(false);
  return (
    <Link
      {...props}
      prefetch={isNear}
      onFocus={(event) => {
        setNear(true);
        props.onFocus?.(event);
      }}
      onPointerEnter={(event) => {
        setNear(true);
        props.onPointerEnter?.(event);
      }}
    />
  );
}
