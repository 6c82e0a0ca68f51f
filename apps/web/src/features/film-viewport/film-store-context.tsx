"use client";

import { createContext, type ReactNode, useContext, useState } from "react";
import { FilmStore } from "./film-store.ts";

const FilmStoreContext = createContext<FilmStore | null>(null);

/**
 * One store of films for all pages of a session, so that a film which was
 * loaded ahead is at hand when its case opens; it goes with the pages when
 * the session ends.
 */
export function FilmStoreProvider({ children }: { children: ReactNode }) {
  const [store] = useState(() => new FilmStore());
  return <FilmStoreContext value={store}>{children}</FilmStoreContext>;
}

export function useFilmStore(): FilmStore {
  const store = useContext(FilmStoreContext);
  if (store === null) throw new Error("useFilmStore needs a FilmStoreProvider");
  return store;
}
