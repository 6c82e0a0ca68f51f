import { z } from "zod";

/**
 * Who makes a model, as accounts are written at a desk: lower case.
 *
 * @throws Error naming what is no address
 */
export function makersFrom(given: readonly string[]): string[] {
  // As browsers take it: also of hosts inside a hospital's network.
  const address = z.email({ pattern: z.regexes.html5Email });
  return given.map((text) => {
    const parsed = address.safeParse(text.trim().toLowerCase());
    if (parsed.success) return parsed.data;
    throw new Error(`--by ${text} is no email address.`);
  });
}
