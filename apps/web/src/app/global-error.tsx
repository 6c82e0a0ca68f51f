"use client";

import { LOCALE_COOKIE, chooseLocale } from "../i18n/locales.ts";
import { messages } from "../i18n/messages.ts";

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
  const { broken, tryAgain, requestId } = messages[locale].common;
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
