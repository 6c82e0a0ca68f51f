import { cookies, headers } from "next/headers";
import { getRequestConfig } from "next-intl/server";
import { readSession } from "../lib/session.ts";
import { LOCALE_COOKIE, chooseLocale } from "./locales.ts";
import { messages } from "./messages.ts";

export default getRequestConfig(async () => {
  const [cookieStore, headerStore] = await Promise.all([cookies(), headers()]);
  // A hospital account signs in without passing our own form, which would
  // have set the cookie; its person's language stands in the session.
  const chosen =
    cookieStore.get(LOCALE_COOKIE)?.value ?? (await sessionLocale());
  const locale = chooseLocale(chosen, headerStore.get("accept-language"));
  return { locale, messages: messages[locale] };
});

async function sessionLocale(): Promise<string | undefined> {
  // A session made by another version has no person in it.
  const user = (await readSession())?.user;
  return user?.locale;
}
