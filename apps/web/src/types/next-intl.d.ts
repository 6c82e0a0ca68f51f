import type { Locale } from "../i18n/locales.ts";
import type { Messages } from "../i18n/messages.ts";

declare module "next-intl" {
  interface AppConfig {
    Locale: Locale;
    Messages: Messages;
  }
}
