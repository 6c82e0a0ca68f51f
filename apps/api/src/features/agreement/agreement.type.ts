import { Field, Int, ObjectType, registerEnumType } from "type-graphql";
import { ReadingFigureType } from "../my-reading/my-reading.type.ts";
import type { ReaderGrouping } from "./agreement.service.ts";

export const ReaderGroupingEnum = {
  POOL: "pool",
  GRADE: "grade",
} as const satisfies Record<Uppercase<ReaderGrouping>, ReaderGrouping>;

registerEnumType(ReaderGroupingEnum, {
  name: "ReaderGrouping",
  description: "What makes a group of readers.",
  valuesConfig: {
    POOL: { description: "The open pools, as they are made up now." },
    GRADE: {
      description:
        "The grades that the two signed with: JUNIORS, JUNIOR_AND_SENIOR, SENIORS.",
    },
  },
});

/** Fields of every row of the page. */
@ObjectType()
abstract class AgreedType {
  @Field(() => Int, { description: "Cases with both answers." })
  cases!: number;

  @Field(() => ReadingFigureType, {
    nullable: true,
    description: "Share of cases with the same answer (Wilson's interval).",
  })
  share!: ReadingFigureType | null;

  @Field(() => ReadingFigureType, {
    nullable: true,
    description:
      "Kappa, its interval by resampling patients; null with too few cases, or where chance alone would have all agree.",
  })
  kappa!: ReadingFigureType | null;

  @Field(() => Boolean, {
    description: "Whether there are too few cases for a kappa.",
  })
  isTooFew!: boolean;
}

@ObjectType("ReaderGroup", {
  description: "All readers together: Fleiss' kappa over pairs of readings.",
})
export class ReaderGroupType extends AgreedType {}

@ObjectType("GroupAgreement", {
  description:
    "The readers of a group: Fleiss' kappa over cases that two of them read.",
})
export class GroupAgreementType extends AgreedType {
  @Field(() => String, {
    description: "Id of the pool, or code of the pair of grades.",
  })
  key!: string;

  @Field(() => String, {
    nullable: true,
    description: "Name of the pool; null of grades.",
  })
  name!: string | null;

  @Field(() => Int, { description: "How many readers read these cases." })
  readers!: number;
}

@ObjectType("ReaderPair", {
  description: "Two readers, whoever of them was first: Cohen's kappa.",
})
export class ReaderPairType extends AgreedType {
  @Field(() => String, { description: "Name of one." })
  one!: string;

  @Field(() => String, { description: "Name of the other." })
  other!: string;
}

@ObjectType("FindingAgreement", {
  description: "One finding, called present or not: Cohen's kappa.",
})
export class FindingAgreementType extends AgreedType {
  @Field(() => String, { description: "Code of the finding." })
  code!: string;

  @Field(() => Int, {
    description: "Cases of which at least one of the two calls it present.",
  })
  calls!: number;
}

@ObjectType("ReaderAgainstAi", {
  description:
    "A reader's opinion before the AI was shown, against the AI: pneumonia or not.",
})
export class ReaderAgainstAiType extends AgreedType {
  @Field(() => String, { description: "Name of the reader." })
  reader!: string;
}

@ObjectType("ReaderAgreement", {
  description:
    "How far the readers of a site agree, by what each signed first of cases that two of them read.",
})
export class ReaderAgreementType {
  @Field(() => Int, { description: "Cases that two readers read." })
  cases!: number;

  @Field(() => Int, {
    description: "Of these, drawn by chance; the others were chosen by a rule.",
  })
  drawn!: number;

  @Field(() => Boolean, {
    description: "Whether only the newest 2,000 were measured.",
  })
  isCapped!: boolean;

  @Field(() => ReaderGroupType, { description: "All of them together." })
  group!: ReaderGroupType;

  @Field(() => [ReaderPairType], {
    description: "Pair by pair, at most 50, those with most cases first.",
  })
  pairs!: ReaderPairType[];

  @Field(() => [FindingAgreementType], {
    description: "Findings that anybody called present.",
  })
  findings!: FindingAgreementType[];

  @Field(() => [ReaderAgainstAiType], {
    description: "Reader by reader, those with most cases first.",
  })
  readersAgainstAi!: ReaderAgainstAiType[];
}
