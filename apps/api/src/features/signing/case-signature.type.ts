import { GraphQLDateTime } from "graphql-scalars";
import { Field, Int, ObjectType } from "type-graphql";

@ObjectType("CaseSignature", {
  description:
    "The signature of what counts of a case, for its line on a list.",
})
export class CaseSignatureType {
  @Field(() => GraphQLDateTime, {
    description: "When what stands was signed: by an amendment, then.",
  })
  signedAt!: Date;

  @Field(() => GraphQLDateTime, {
    description: "When this reading was first signed; ends the wait.",
  })
  firstSignedAt!: Date;

  @Field(() => Int, {
    description: "Which version stands, from 1; an addendum makes one as well.",
  })
  version!: number;

  @Field(() => Boolean, {
    description: "Whether what was signed first was changed since.",
  })
  isAmended!: boolean;
}
