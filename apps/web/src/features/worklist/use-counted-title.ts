"use client";

import { useEffect } from "react";
import { titleWithCount } from "./counted-title.ts";

/**
 * Says in the tab how many cases are in the list, so that one sees it from
 * another page. No name stands there: titles end up in histories.
 */
export function useCountedTitle(count: string | null): void {
  useEffect(() => {
    const write = () => {
      const title = titleWithCount(document.title, count);
      if (title !== document.title) document.title = title;
    };
    write();
    // A page's own title comes some time after the page itself.
    const observer = new MutationObserver(write);
    observer.observe(document.head, {
      childList: true,
      subtree: true,
      characterData: true,
    });
    return () => {
      observer.disconnect();
      document.title = titleWithCount(document.title, null);
    };
  }, [count]);
}
