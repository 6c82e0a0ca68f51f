import { ReaderGrade, Role } from "@lung-iris/prisma";
import { Field, ID, InputType } from "type-graphql";

@InputType({ description: "Somebody new." })
export class CreateUserInput {
  @Field(() => String, { description: "Address to sign in with." })
  email!: string;

  @Field(() => String, { description: "Name as shown to colleagues." })
  name!: string;

  @Field(() => Role, { description: "What the user does here." })
  role!: Role;

  @Field(() => ReaderGrade, {
    nullable: true,
    description: "How far a reader has come; SENIOR where absent.",
  })
  grade?: ReaderGrade | null;

  @Field(() => String, {
    description:
      "First password, 12 characters or more: good for one sign-in, then the user has to choose another.",
  })
  password!: string;

  @Field(() => String, {
    nullable: true,
    description: "Language, en or vi; en where absent.",
  })
  locale?: string | null;

  @Field(() => [ID], { description: "Sites of the user, at least one." })
  siteIds!: string[];
}

@InputType({ description: "Changes of a user; what is left out stays." })
export class UpdateUserInput {
  @Field(() => ID, { description: "The user." })
  userId!: string;

  @Field(() => String, { nullable: true, description: "New name." })
  name?: string | null;

  @Field(() => Role, {
    nullable: true,
    description: "New role; ends the user's sessions.",
  })
  role?: Role | null;

  @Field(() => ReaderGrade, {
    nullable: true,
    description: "New grade of a reader; ends the user's sessions.",
  })
  grade?: ReaderGrade | null;

  @Field(() => Boolean, {
    nullable: true,
    description: "Whether the user may sign in; false ends the sessions.",
  })
  isActive?: boolean | null;

  @Field(() => String, { nullable: true, description: "Language, en or vi." })
  locale?: string | null;

  @Field(() => [ID], {
    nullable: true,
    description: "Sites of the user, at least one; ends the sessions.",
  })
  siteIds?: string[] | null;

  @Field(() => String, {
    nullable: true,
    description:
      "New first password, good for one sign-in; ends the user's sessions. Your own: changePassword.",
  })
  password?: string | null;
}
