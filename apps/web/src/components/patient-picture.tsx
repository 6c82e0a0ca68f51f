"use client";

import { useEffect, useRef, useState } from "react";
import { pictures } from "../lib/picture-store.ts";

interface PatientPictureProps {
  /** Same-origin path of the picture. */
  path: string;
  className?: string | undefined;
}

/**
 * A small picture of a film, fetched when it comes into view and kept in the
 * page's memory only. Nothing is drawn while there is none: it decorates.
 */
export function PatientPicture({ path, className }: PatientPictureProps) {
  const element = useRef<HTMLImageElement>(null);
  const [shown, setShown] = useState<{ path: string; url: string } | null>(
    null,
  );
  useEffect(() => {
    const target = element.current;
    if (!target) return;
    let isCurrent = true;
    const load = () =>
      pictures.load(path).then(
        (url) => {
          if (isCurrent) setShown({ path, url });
        },
        () => undefined, // the film itself says why, where it is opened
      );
    const observer = new IntersectionObserver((entries) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
      observer.disconnect();
      void load();
    });
    observer.observe(target);
    return () => {
      isCurrent = false;
      observer.disconnect();
    };
  }, [path]);
  const url = shown?.path === path ? shown.url : EMPTY;
  // A plain img: the picture is in memory, which Next's optimiser cannot use.
  return <img ref={element} className={className} src={url} alt="" />;
}

/** One transparent pixel, so that no broken picture is drawn. */
const EMPTY =
  "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7";
