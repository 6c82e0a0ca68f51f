import type { SmtpSecurity } from "@lung-iris/prisma";
import { createTransport } from "nodemailer";
import {
  TargetRefusedError,
  type OutboundTargets,
} from "../../platform/outbound-targets.ts";
import { emailOf } from "./notification-words.ts";
import { DeliveryFailure, type OutboundNote, type WayOut } from "./way-out.ts";

const TIMEOUT_MS = 10_000;

/** A site's mail server. */
export interface MailServer {
  host: string;
  port: number;
  security: SmtpSecurity;
  /** Null where it wants none. */
  login: { user: string; password: string } | null;
  from: string;
}

/** A plain text mail to one person over the site's own mail server. */
export class EmailWay implements WayOut {
  readonly #server: MailServer;
  readonly #targets: OutboundTargets;

  constructor(server: MailServer, targets: OutboundTargets) {
    this.#server = server;
    this.#targets = targets;
  }

  async send(note: OutboundNote): Promise<void> {
    const { host, port, security, login, from } = this.#server;
    try {
      const { address } = await this.#targets.find(host);
      const transport = createTransport({
        host: address,
        port,
        secure: security === "TLS",
        requireTLS: security === "STARTTLS",
        ignoreTLS: security === "NONE",
        ...(login === null
          ? {}
          : { auth: { user: login.user, pass: login.password } }),
        // The certificate is of the name, not of the address behind it.
        tls: { servername: host },
        name: "lung-iris",
        connectionTimeout: TIMEOUT_MS,
        greetingTimeout: TIMEOUT_MS,
        socketTimeout: TIMEOUT_MS,
        disableFileAccess: true,
        disableUrlAccess: true,
      });
      try {
        const { subject, text } = emailOf(note.kind, note.to.locale, note.link);
        await transport.sendMail({
          from,
          to: { name: "", address: note.to.email },
          subject,
          text,
          // The same for every try: mail systems drop what they have already.
          messageId: `<${note.id}@lung-iris>`,
          headers: {
            "X-Lung-Iris-Note": note.id,
            "Auto-Submitted": "auto-generated",
            ...(note.isUrgent ? { Importance: "high" } : {}),
          },
        });
      } finally {
        transport.close();
      }
    } catch (error) {
      throw failureOf(error);
    }
  }
}

function failureOf(error: unknown): DeliveryFailure {
  if (error instanceof TargetRefusedError) {
    const isPermanent = !error.message.endsWith("cannot be found.");
    return new DeliveryFailure(error.message, isPermanent, error);
  }
  const message = error instanceof Error ? error.message : String(error);
  // 5yz: the server will not take this mail, however often (RFC 5321 4.2.1).
  const code: unknown =
    error instanceof Error ? Reflect.get(error, "responseCode") : null;
  const isPermanent = typeof code === "number" && code >= 500;
  return new DeliveryFailure(
    `The mail server did not take it: ${message.slice(0, 300)}`,
    isPermanent,
    error,
  );
}
