import { GraphQLDateTime } from "graphql-scalars";
import { Field, Int, ObjectType, registerEnumType } from "type-graphql";
import { UserType } from "../users/user.type.ts";

export const ProofMethod = {
  PASSWORD: "PASSWORD",
  IDENTITY_PROVIDER: "IDENTITY_PROVIDER",
} as const;

registerEnumType(ProofMethod, {
  name: "ProofMethod",
  description: "How somebody proves who they are, again before signing.",
  valuesConfig: {
    PASSWORD: { description: "With the password: mutation reauthenticate." },
    IDENTITY_PROVIDER: {
      description:
        "By signing in anew through the identity provider, which is to ask.",
    },
  },
});

@ObjectType("Viewer", { description: "Who is asking, and what they may do." })
export class ViewerType {
  @Field(() => [String], {
    description: "Permission codes, such as case:read or review:sign.",
  })
  permissions!: string[];

  @Field(() => Boolean, { description: "Whether demo users exist here." })
  demoMode!: boolean;

  @Field(() => GraphQLDateTime, {
    description: "When the session ends at the latest.",
  })
  sessionExpiresAt!: Date;

  @Field(() => Boolean, {
    description:
      "An admin set your password: change it, nothing else is allowed before.",
  })
  mustChangePassword!: boolean;

  @Field(() => ProofMethod, {
    description: "What a signature asks for when the time is over.",
  })
  proofMethod!: "PASSWORD" | "IDENTITY_PROVIDER";

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description:
      "Until when signatures are taken without asking; null: the next one asks.",
  })
  signsUntil!: Date | null;
}

@ObjectType("SignInFailures", { description: "Sign-ins that did not succeed." })
export class SignInFailuresType {
  @Field(() => Int, { description: "How many." })
  count!: number;

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: "The last of them.",
  })
  lastAt!: Date | null;
}

@ObjectType("SignInPayload", { description: "An opened session." })
export class SignInPayload {
  @Field(() => String, {
    description: "Bearer token for the Authorization header; shown only here.",
  })
  token!: string;

  @Field(() => GraphQLDateTime, {
    description: "When the session ends at the latest.",
  })
  expiresAt!: Date;

  @Field(() => String, {
    nullable: true,
    description:
      "For the next signIn from this browser; null where none was asked for.",
  })
  deviceToken!: string | null;

  @Field(() => UserType, { description: "Who signed in." })
  user!: UserType;
}

@ObjectType("SubscriptionTicket", {
  description:
    "Opens one WebSocket: connectionParams { ticket }. Good once, for 60 s.",
})
export class SubscriptionTicketType {
  @Field(() => String, { description: "The ticket; shown only here." })
  ticket!: string;

  @Field(() => GraphQLDateTime, { description: "When it stops working." })
  expiresAt!: Date;
}
