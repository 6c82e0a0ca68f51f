import type { InboxKind } from "@lung-iris/prisma";

/** One thing that leaves: what and where to look, and no word of a patient. */
export interface OutboundNote {
  /** The same for every try: receivers drop what they have already. */
  id: string;
  kind: InboxKind | "TEST";
  isUrgent: boolean;
  createdAt: Date;
  siteCode: string;
  /** The address of the page to look at. */
  link: string;
  to: { email: string; locale: string };
}

/** A way by which notes leave the desk. */
export interface WayOut {
  /** Resolves once the other side has taken it. @throws DeliveryFailure */
  send(note: OutboundNote): Promise<void>;
}

/** It was not taken; the message is for the admin who looks. */
export class DeliveryFailure extends Error {
  override readonly name = "DeliveryFailure";
  /** Another try would end the same way. */
  readonly isPermanent: boolean;

  constructor(message: string, isPermanent: boolean, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.isPermanent = isPermanent;
  }
}
