import { createHmac } from "node:crypto";
import { request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";
import type { LookupFunction } from "node:net";
import type { Clock } from "../../platform/clock.ts";
import {
  TargetRefusedError,
  type OutboundTargets,
  type Target,
} from "../../platform/outbound-targets.ts";
import { DeliveryFailure, type OutboundNote, type WayOut } from "./way-out.ts";

const TIMEOUT_MS = 10_000;
/** Answers that pass: too much at once, and the other side's own trouble. */
const PASSING = [408, 425, 429];

/** What is posted; the field names are a contract with receivers. */
function bodyOf(note: OutboundNote): string {
  return JSON.stringify({
    id: note.id,
    kind: note.kind.toLowerCase().replaceAll("_", "-"),
    urgent: note.isUrgent,
    createdAt: note.createdAt.toISOString(),
    site: note.siteCode,
    to: note.to.email,
    link: note.link,
  });
}

/**
 * Signs "timestamp.body" by HMAC-SHA256. With the timestamp in it, whoever
 * overheard one cannot send it again later: receivers refuse old ones.
 */
export function signatureOf(
  secret: string,
  timestamp: number,
  body: string,
): string {
  const mac = createHmac("sha256", secret)
    .update(`${String(timestamp)}.${body}`)
    .digest("hex");
  return `t=${String(timestamp)},v1=${mac}`;
}

/**
 * POST of a small JSON to the site's own receiver. A redirect is not followed:
 * it would lead where nobody has looked.
 */
export class WebhookWay implements WayOut {
  readonly #url: URL;
  readonly #secret: string;
  readonly #targets: OutboundTargets;
  readonly #clock: Clock;

  constructor(deps: {
    url: string;
    secret: string;
    targets: OutboundTargets;
    clock: Clock;
  }) {
    this.#url = new URL(deps.url);
    this.#secret = deps.secret;
    this.#targets = deps.targets;
    this.#clock = deps.clock;
  }

  async send(note: OutboundNote): Promise<void> {
    const target = await this.#find();
    const body = bodyOf(note);
    const timestamp = Math.floor(this.#clock.now().getTime() / 1_000);
    const status = await this.#post(target, body, {
      "content-type": "application/json",
      "content-length": String(Buffer.byteLength(body)),
      "user-agent": "lung-iris",
      "idempotency-key": note.id,
      "lung-iris-signature": signatureOf(this.#secret, timestamp, body),
    });
    if (status >= 200 && status < 300) return;
    if (status >= 300 && status < 400)
      throw new DeliveryFailure(
        `The receiver answered ${String(status)}: redirects are not followed.`,
        true,
      );
    const isPassing = status >= 500 || PASSING.includes(status);
    throw new DeliveryFailure(
      `The receiver answered ${String(status)}.`,
      !isPassing,
    );
  }

  async #find(): Promise<Target> {
    try {
      const target = await this.#targets.find(this.#url.hostname);
      if (this.#url.protocol === "https:" || target.isNamed) return target;
      throw new TargetRefusedError(
        "Without https the receiver has to be in a network that the operator has named.",
      );
    } catch (error) {
      if (!(error instanceof TargetRefusedError)) throw error;
      // A name that cannot be found today may be there tomorrow.
      const isPermanent = !error.message.endsWith("cannot be found.");
      throw new DeliveryFailure(error.message, isPermanent, error);
    }
  }

  #post(
    target: Target,
    body: string,
    headers: Record<string, string>,
  ): Promise<number> {
    const send = this.#url.protocol === "https:" ? httpsRequest : httpRequest;
    return new Promise((resolve, reject) => {
      const fail = (error: Error) =>
        reject(
          new DeliveryFailure(
            `The receiver cannot be reached: ${error.message}`,
            false,
            error,
          ),
        );
      const request = send(
        this.#url,
        {
          method: "POST",
          headers,
          agent: false,
          lookup: onlyTo(target),
          // From the first byte to the last, whatever dribbles in meanwhile.
          signal: AbortSignal.timeout(TIMEOUT_MS),
        },
        (response) => {
          const { statusCode } = response;
          // What it says beside is nobody's.
          response.destroy();
          resolve(statusCode ?? 0);
        },
      );
      request.on("error", fail);
      request.end(body);
    });
  }
}

/** Leads every name to the address that was checked. */
function onlyTo({ address, family }: Target): LookupFunction {
  return (_host, options, done) => {
    if (options.all === true) done(null, [{ address, family }]);
    else done(null, address, family);
  };
}
