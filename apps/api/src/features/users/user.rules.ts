import { z } from "zod";
import { BadInputError } from "../../errors.ts";
import { emailAddress } from "../../platform/email-address.ts";

/** Languages that the web speaks. */
export const LOCALES = ["en", "vi"] as const;

const email = z.string().trim().toLowerCase().max(254).pipe(emailAddress);
const name = z.string().trim().min(1).max(120);

/** The address in the one form that is stored. Throws `BadInputError`. */
export function checkEmail(value: string): string {
  const parsed = email.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new BadInputError("This is not an email address.", ["input.email"]);
}

/** The name without spaces around it. Throws `BadInputError`. */
export function checkName(value: string): string {
  const parsed = name.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new BadInputError("A name has 1 to 120 characters.", ["input.name"]);
}

/** Throws `BadInputError` for a language that there are no texts in. */
export function checkLocale(value: string): string {
  if (LOCALES.some((locale) => locale === value)) return value;
  throw new BadInputError(`Choose one of ${LOCALES.join(", ")}.`, ["locale"]);
}
