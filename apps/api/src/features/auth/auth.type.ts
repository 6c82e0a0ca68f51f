import { GraphQLDateTime } from "graphql-scalars";
import { Field, ObjectType } from "type-graphql";
import { UserType } from "../users/user.type.ts";

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
