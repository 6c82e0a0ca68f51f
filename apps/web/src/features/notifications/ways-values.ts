import type {
  NotificationWaysInput,
  SmtpSecurity,
  WaysFieldsFragment,
} from "../../gql/graphql.ts";

/** What stands in the form. */
export interface WaysValues {
  emailIsOn: boolean;
  host: string;
  port: string;
  security: SmtpSecurity;
  user: string;
  /** Empty keeps the one that is there. */
  password: string;
  from: string;
  webhookIsOn: boolean;
  url: string;
  /** Empty keeps the one that is there. */
  secret: string;
}

/** The port that a line kept secret in this way usually has. */
const USUAL_PORTS: Readonly<Record<SmtpSecurity, string>> = {
  TLS: "465",
  STARTTLS: "587",
  NONE: "25",
};

export function valuesOf(ways: WaysFieldsFragment): WaysValues {
  const security = ways.smtpSecurity ?? "STARTTLS";
  return {
    emailIsOn: ways.emailIsOn,
    host: ways.smtpHost ?? "",
    port: String(ways.smtpPort ?? USUAL_PORTS[security]),
    security,
    user: ways.smtpUser ?? "",
    password: "",
    from: ways.fromAddress ?? "",
    webhookIsOn: ways.webhookIsOn,
    url: ways.webhookUrl ?? "",
    secret: "",
  };
}

/** Another security, with its usual port where the last one's stood there. */
export function withSecurity(
  { port, security }: Pick<WaysValues, "port" | "security">,
  next: SmtpSecurity,
): Pick<WaysValues, "port" | "security"> {
  const isUsual = port === USUAL_PORTS[security];
  return { security: next, port: isUsual ? USUAL_PORTS[next] : port };
}

export function toInput(
  { siteId, version }: WaysFieldsFragment,
  values: WaysValues,
): NotificationWaysInput {
  // What is no number is refused by the API, with the field's name.
  const port = Number.parseInt(values.port, 10) || 0;
  return {
    siteId,
    baseVersion: version,
    email: {
      isOn: values.emailIsOn,
      host: values.host,
      port,
      security: values.security,
      user: values.user,
      password: values.password === "" ? null : values.password,
      from: values.from,
    },
    webhook: {
      isOn: values.webhookIsOn,
      url: values.url,
      secret: values.secret === "" ? null : values.secret,
    },
  };
}
