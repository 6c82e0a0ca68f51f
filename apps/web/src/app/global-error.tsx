"use client";

import en from "../../messages/en/common.json";
import vi from "../../messages/vi/common.json";
import { LOCALE_COOKIE, chooseLocale } from "../i18n/locales.ts";

/** Not `messages`: this file is part of every page, and so is what it names. */
const TEXTS = { en, vi };

interface GlobalErrorProps {
  error: Error & { digest?: string };
  retry: () => void;
}

/**
 * When even the frame around all pages broke. Nothing of it can be relied on,
 * so the texts come straight from the files and the colours from the browser.
 */
export default function GlobalError({ error, retry }: GlobalErrorProps) {
  const locale = readLocale();
  const { broken, tryAgain, requestId } = TEXTS[locale];
  return (
    <html lang={locale} style={{ colorScheme: "dark light" }}>
      <body
        style={{
          fontFamily: "system-ui",
          maxWidth: "34rem",
          margin: "4rem auto",
        }}
      >
        <h1>{broken.title}</h1>
        <p>{broken.text}</p>
        {error.digest ? (
          <p>
            {requestId} <code>{error.digest}</code>
          </p>
        ) : null}
        <button type="button" onClick={retry}>
          {tryAgain}
        </button>
      </body>
    </html>
  );
}

function readLocale() {
  if (typeof document === "undefined") return chooseLocale(undefined, null);
  const cookie = new RegExp(`${LOCALE_COOKIE}=(\\w+)`).exec(document.cookie);
  return chooseLocale(cookie?.[1], navigator.languages.join(","));
}
