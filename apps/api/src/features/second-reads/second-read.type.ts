import { GraphQLDateTime } from "graphql-scalars";
import { Field, Int, ObjectType, registerEnumType } from "type-graphql";
import { Label } from "../case-rows/case.enums.ts";
import type { SecondReadName } from "../case-machine/case.transition.ts";

export const SecondReadState: { [Name in SecondReadName]: Name } = {
  SECOND_DUE: "SECOND_DUE",
  SECOND_READING: "SECOND_READING",
  ADJUDICATION_DUE: "ADJUDICATION_DUE",
  ADJUDICATION_READING: "ADJUDICATION_READING",
  AGREED: "AGREED",
  ADJUDICATED: "ADJUDICATED",
};

registerEnumType(SecondReadState, {
  name: "SecondReadState",
  description: "Where the reading beside the signed one stands.",
  valuesConfig: {
    SECOND_DUE: { description: "It waits for a second reader." },
    SECOND_READING: { description: "Somebody reads it a second time." },
    ADJUDICATION_DUE: {
      description: "Two readings differ: it waits for a third reader.",
    },
    ADJUDICATION_READING: { description: "Somebody decides between the two." },
    AGREED: { description: "Two readings say the same." },
    ADJUDICATED: { description: "A third reader has decided." },
  },
});

@ObjectType("CaseAuthorisation", {
  description:
    "Where the report of a junior stands: final once a senior has signed the same.",
})
export class CaseAuthorisationType {
  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: "When a senior signed the same; null as long as none has.",
  })
  at!: Date | null;
}

@ObjectType("UnnamedReading", {
  description: "One of two readings that differ, without who signed it.",
})
export class UnnamedReadingType {
  @Field(() => Int, {
    description: "1 or 2; does not tell which was signed first.",
  })
  place!: number;

  @Field(() => Label, { description: "What the film shows." })
  label!: Label;

  @Field(() => Int, {
    nullable: true,
    description: "The reader's certainty, 1 (a guess) to 5 (sure).",
  })
  confidence!: number | null;

  @Field(() => String, { nullable: true, description: "Free text." })
  comment!: string | null;
}
