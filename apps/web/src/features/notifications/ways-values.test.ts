import { describe, expect, it } from "vitest";
import { toInput, valuesOf, withSecurity } from "./ways-values.ts";

const NOTHING = {
  __typename: "NotificationWays",
  siteId: "s",
  version: 3,
  emailIsOn: false,
  smtpHost: null,
  smtpPort: null,
  smtpSecurity: null,
  smtpUser: null,
  hasSmtpPassword: true,
  fromAddress: null,
  webhookIsOn: false,
  webhookUrl: null,
  hasWebhookSecret: true,
} as const;

describe("the form of the ways out", () => {
  it("keeps secrets that nobody has typed anew", () => {
    const kept = toInput(NOTHING, valuesOf(NOTHING));
    expect(kept).toMatchObject({
      baseVersion: 3,
      email: { password: null, port: 587, security: "STARTTLS" },
      webhook: { secret: null },
    });
    const typed = { ...valuesOf(NOTHING), password: "p", secret: "s" };
    expect(toInput(NOTHING, typed)).toMatchObject({
      email: { password: "p" },
      webhook: { secret: "s" },
    });
  });

  it("follows with the usual port, and leaves another as it is", () => {
    const usual = { port: "587", security: "STARTTLS" } as const;
    expect(withSecurity(usual, "TLS").port).toBe("465");
    expect(withSecurity({ ...usual, port: "2525" }, "TLS").port).toBe("2525");
  });
});
