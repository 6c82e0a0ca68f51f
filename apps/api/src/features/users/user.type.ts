import { PasswordState, ReaderGrade, Role } from "@lung-iris/prisma";
import { GraphQLDateTime } from "graphql-scalars";
import { Field, ObjectType, registerEnumType } from "type-graphql";
import { NodeType } from "../../platform/node.type.ts";
import { connectionTypes } from "../../platform/pagination.type.ts";

registerEnumType(Role, {
  name: "Role",
  description: "What somebody does here; decides what they may do.",
  valuesConfig: {
    STAFF: { description: "Brings films in and watches the worklist." },
    RADIOLOGIST: { description: "Reads, decides and signs." },
    ADMIN: { description: "Manages users and exports; reads everything." },
    AUDITOR: { description: "Reads and verifies the audit trail." },
  },
});

registerEnumType(ReaderGrade, {
  name: "ReaderGrade",
  description: "How far a reader has come; of others it says nothing.",
  valuesConfig: {
    JUNIOR: {
      description:
        "What he signs is read again by a senior where the policy says so.",
    },
    SENIOR: { description: "Reads on his own, and again what juniors sign." },
  },
});

registerEnumType(PasswordState, {
  name: "PasswordState",
  description: "Who knows a user's password.",
  valuesConfig: {
    OWN: { description: "The person alone." },
    FIRST: { description: "An admin set it; good for one sign-in in a week." },
    FIRST_USED: {
      description:
        "An admin set it and it was used; it opens nothing until it is changed.",
    },
  },
});

@ObjectType("User", {
  implements: NodeType,
  description: "Somebody who signs in. Deactivated, never deleted.",
})
export class UserType extends NodeType {
  @Field(() => String, { description: "Name as shown to colleagues." })
  name!: string;

  @Field(() => String, { description: "Address to sign in with, lower case." })
  email!: string;

  @Field(() => Role, { description: "What the user does here." })
  role!: Role;

  @Field(() => ReaderGrade, {
    description: "How far the user has come as a reader.",
  })
  grade!: ReaderGrade;

  @Field(() => String, { description: "Language, BCP 47: en or vi." })
  locale!: string;

  @Field(() => Boolean, { description: "Whether the user may sign in." })
  isActive!: boolean;

  @Field(() => Boolean, {
    description: "Whether the user belongs to the demo, not to a person.",
  })
  isDemo!: boolean;

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: "Last time the user signed in.",
  })
  lastSignInAt!: Date | null;

  @Field(() => GraphQLDateTime, { description: "When the user was added." })
  createdAt!: Date;
}

export const { EdgeType: UserEdge, ConnectionType: UserConnection } =
  connectionTypes(UserType, "User");
