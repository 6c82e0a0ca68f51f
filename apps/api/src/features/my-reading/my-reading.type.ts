import { GraphQLDateTime } from "graphql-scalars";
import { Field, Float, Int, ObjectType } from "type-graphql";

@ObjectType("ReadingFigure", {
  description: "A measured value with its 95 % interval.",
})
export class ReadingFigureType {
  @Field(() => Float, { description: "The value." })
  value!: number;

  @Field(() => Float, { description: "Lower end." })
  low!: number;

  @Field(() => Float, { description: "Upper end." })
  high!: number;
}

@ObjectType("ReadingAgreement", {
  description: "Two answers to the AI's one question, over a number of cases.",
})
export class ReadingAgreementType {
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
      "Cohen's kappa, its interval by resampling patients; null where chance alone would have both agree.",
  })
  kappa!: ReadingFigureType | null;
}

@ObjectType("ReadingWeek", { description: "A week's work." })
export class ReadingWeekType {
  @Field(() => GraphQLDateTime, { description: "Its beginning." })
  from!: Date;

  @Field(() => Int, { description: "Cases signed." })
  cases!: number;

  @Field(() => Float, {
    nullable: true,
    description: "Median minutes of a reading; null without one.",
  })
  medianMinutes!: number | null;
}

@ObjectType("MyReading", {
  description:
    "How you read: your own figures. Of these, admins see agreement with the AI before it was shown (readerAgreement).",
})
export class MyReadingType {
  @Field(() => Int, { description: "Cases that you signed." })
  cases!: number;

  @Field(() => Float, {
    nullable: true,
    description:
      "Median minutes from the beginning of a reading to its first signature.",
  })
  medianMinutes!: number | null;

  @Field(() => Float, {
    nullable: true,
    description: "The same for nine of ten.",
  })
  p90Minutes!: number | null;

  @Field(() => ReadingAgreementType, {
    description: "Your opinion before the AI was shown, against the AI.",
  })
  blindAgainstAi!: ReadingAgreementType;

  @Field(() => ReadingAgreementType, {
    description: "What you signed first, against the AI.",
  })
  finalAgainstAi!: ReadingAgreementType;

  @Field(() => Int, {
    description: "You agreed with the AI in part, with a reason.",
  })
  partly!: number;

  @Field(() => Int, { description: "You overrode the AI." })
  overrides!: number;

  @Field(() => Int, {
    description: "Of these, amended later to what the AI had said.",
  })
  overridesGivenUp!: number;

  @Field(() => Int, {
    description:
      "Of the overrides, those of cases that others read further and settled.",
  })
  overridesSettled!: number;

  @Field(() => Int, {
    description: "Of these, upheld: they came to what you had signed.",
  })
  overridesUpheld!: number;

  @Field(() => Int, {
    description:
      "Of the answers of the AI that you followed against your opinion, those of cases that others read further and settled.",
  })
  followedAiSettled!: number;

  @Field(() => Int, {
    description:
      "Of these, where the AI was right by what they came to: it helped; in the rest it misled you.",
  })
  followedAiHelped!: number;

  @Field(() => Int, {
    description: "Your blind opinion and the AI differed.",
  })
  contradicted!: number;

  @Field(() => Int, { description: "Of these, you kept your opinion." })
  keptOwn!: number;

  @Field(() => Int, { description: "Of these, you followed the AI." })
  followedAi!: number;

  @Field(() => Int, {
    description: "Of those where you followed it, amended back later.",
  })
  followedAiTakenBack!: number;

  @Field(() => Int, { description: "Readings with a second version." })
  amended!: number;

  @Field(() => [ReadingWeekType], {
    description: "Week by week, the oldest first; the last one ends now.",
  })
  weeks!: ReadingWeekType[];
}
