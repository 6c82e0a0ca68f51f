import {
  DeliveryState,
  InboxKind,
  NotificationWay,
  SmtpSecurity,
} from "@lung-iris/prisma";
import { GraphQLDateTime } from "graphql-scalars";
import {
  Field,
  ID,
  InputType,
  Int,
  ObjectType,
  registerEnumType,
} from "type-graphql";
import { NodeType } from "../../platform/node.type.ts";
import { connectionTypes } from "../../platform/pagination.type.ts";

registerEnumType(NotificationWay, {
  name: "NotificationWay",
  description: "How a note leaves the desk.",
  valuesConfig: {
    EMAIL: { description: "To the address that one signs in with." },
    WEBHOOK: { description: "To a receiver of the site's, signed." },
  },
});
registerEnumType(SmtpSecurity, {
  name: "SmtpSecurity",
  description: "How the line to a mail server is kept secret.",
  valuesConfig: {
    TLS: { description: "From the first byte." },
    STARTTLS: { description: "Asked for; without it nothing is sent." },
    NONE: { description: "Not at all: for relays in one's own network." },
  },
});
registerEnumType(DeliveryState, {
  name: "DeliveryState",
  description: "What became of a note on its way out.",
  valuesConfig: {
    WAITING: { description: "To be sent, or tried again." },
    SENT: { description: "The other side has taken it." },
    DEAD: { description: "Given up." },
    DROPPED: {
      description:
        "Not needed any more: it was read in the page, or its way was closed.",
    },
  },
});

@ObjectType("NotificationWays", {
  description: "How notes leave the desk at a site. Secrets cannot be read.",
})
export class NotificationWaysType {
  @Field(() => ID, { description: "The site." })
  siteId!: string;

  @Field(() => Int, { description: "Counts the changes; 0 before the first." })
  version!: number;

  @Field(() => Boolean, { description: "Whether notes leave by e-mail." })
  emailIsOn!: boolean;

  @Field(() => String, { nullable: true, description: "The mail server." })
  smtpHost!: string | null;

  @Field(() => Int, { nullable: true, description: "Its port." })
  smtpPort!: number | null;

  @Field(() => SmtpSecurity, {
    nullable: true,
    description: "How the line to it is kept secret.",
  })
  smtpSecurity!: SmtpSecurity | null;

  @Field(() => String, { nullable: true, description: "Who signs in there." })
  smtpUser!: string | null;

  @Field(() => Boolean, { description: "Whether a password is kept." })
  hasSmtpPassword!: boolean;

  @Field(() => String, { nullable: true, description: "The sender." })
  fromAddress!: string | null;

  @Field(() => Boolean, { description: "Whether notes leave by webhook." })
  webhookIsOn!: boolean;

  @Field(() => String, { nullable: true, description: "The receiver." })
  webhookUrl!: string | null;

  @Field(() => Boolean, { description: "Whether a secret is kept." })
  hasWebhookSecret!: boolean;
}

@InputType({ description: "A site's mail server." })
export class EmailWayInput {
  @Field(() => Boolean, { description: "Whether notes leave by e-mail." })
  isOn!: boolean;

  @Field(() => String, { description: "The mail server; empty for none." })
  host!: string;

  @Field(() => Int, { description: "Its port." })
  port!: number;

  @Field(() => SmtpSecurity, { description: "How the line is kept secret." })
  security!: SmtpSecurity;

  @Field(() => String, { description: "Who signs in; empty for nobody." })
  user!: string;

  @Field(() => String, {
    nullable: true,
    description:
      "Absent keeps the one that is there, for the same server and name.",
  })
  password?: string | null;

  @Field(() => String, { description: "The sender's address." })
  from!: string;
}

@InputType({ description: "A site's receiver of notes." })
export class WebhookWayInput {
  @Field(() => Boolean, { description: "Whether notes leave by webhook." })
  isOn!: boolean;

  @Field(() => String, { description: "https://host/path; empty for none." })
  url!: string;

  @Field(() => String, {
    nullable: true,
    description:
      "Signs what is sent, 16 characters or more; absent keeps the one that is there.",
  })
  secret?: string | null;
}

@InputType({ description: "How notes are to leave the desk at a site." })
export class NotificationWaysInput {
  @Field(() => ID, { description: "The site." })
  siteId!: string;

  @Field(() => Int, { description: "The version that was read." })
  baseVersion!: number;

  @Field(() => EmailWayInput, { description: "E-mail." })
  email!: EmailWayInput;

  @Field(() => WebhookWayInput, { description: "The webhook." })
  webhook!: WebhookWayInput;
}

@ObjectType("NotificationTest", { description: "What became of a test." })
export class NotificationTestType {
  @Field(() => Boolean, { description: "Whether the other side took it." })
  isDelivered!: boolean;

  @Field(() => String, { nullable: true, description: "What went wrong." })
  problem!: string | null;
}

@ObjectType("NotificationKindChoice", {
  description: "By which ways you want notes of a kind, beside the page.",
})
export class KindChoiceType {
  @Field(() => InboxKind, { description: "Notes of what." })
  kind!: InboxKind;

  @Field(() => [NotificationWay], { description: "By which ways." })
  ways!: NotificationWay[];
}

@ObjectType("NotificationChoices", {
  description: "What you want to be told outside of the page.",
})
export class NotificationChoicesType {
  @Field(() => [NotificationWay], {
    description: "Ways that one of your sites has opened.",
  })
  openWays!: NotificationWay[];

  @Field(() => [KindChoiceType], { description: "Every kind that you get." })
  kinds!: KindChoiceType[];
}

@InputType({ description: "By which ways you want notes of a kind." })
export class KindChoiceInput {
  @Field(() => InboxKind, { description: "Notes of what." })
  kind!: InboxKind;

  @Field(() => [NotificationWay], { description: "By which ways; none." })
  ways!: NotificationWay[];
}

@ObjectType("NotificationDelivery", {
  implements: NodeType,
  description: "One note to one person by one way.",
})
export class NotificationDeliveryType extends NodeType {
  @Field(() => InboxKind, { description: "A note of what." })
  kind!: InboxKind;

  @Field(() => NotificationWay, { description: "How it leaves." })
  way!: NotificationWay;

  @Field(() => DeliveryState, { description: "What became of it." })
  state!: DeliveryState;

  @Field(() => Boolean, { description: "Whether quiet hours let it through." })
  isUrgent!: boolean;

  @Field(() => Int, { description: "How often it was tried." })
  tries!: number;

  @Field(() => String, { nullable: true, description: "What went wrong last." })
  lastError!: string | null;

  @Field(() => GraphQLDateTime, { description: "When it was written." })
  createdAt!: Date;

  @Field(() => GraphQLDateTime, { description: "When it is tried next." })
  dueAt!: Date;

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: "When it was over; null while it waits.",
  })
  endedAt!: Date | null;
}

export const {
  EdgeType: NotificationDeliveryEdge,
  ConnectionType: NotificationDeliveryConnection,
} = connectionTypes(NotificationDeliveryType, "NotificationDelivery");
