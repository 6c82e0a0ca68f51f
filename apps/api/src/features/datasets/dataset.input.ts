import { GraphQLDateTime } from "graphql-scalars";
import { Field, ID, InputType } from "type-graphql";
import { Label } from "../cases/case.enums.ts";

@InputType({ description: "Which signed cases a dataset takes." })
export class DatasetFilter {
  @Field(() => ID, { description: "The site; a dataset is of one." })
  siteId!: string;

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: "Signed at this time or later.",
  })
  signedAfter?: Date | null;

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: "Signed before this time.",
  })
  signedBefore?: Date | null;

  @Field(() => [Label], {
    nullable: true,
    description: "Decided so; all labels when left out.",
  })
  labels?: Label[] | null;

  @Field(() => ID, {
    nullable: true,
    description: "Looked at by this model.",
  })
  modelVersionId?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: "Reader and AI agree (true) or do not (false).",
  })
  agreement?: boolean | null;
}
