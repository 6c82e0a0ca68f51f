import { GraphQLDateTime } from "graphql-scalars";
import { Field, Float, Int, ObjectType, registerEnumType } from "type-graphql";
import { Label } from "../case-rows/case.enums.ts";
import { LabelGrade } from "../labels/label-grade.enum.ts";
import type { AiEffect } from "./outcome.rules.ts";

/** As in outcome.rules.ts, which knows no GraphQL. */
const AiEffectEnum = {
  HELPED: "HELPED",
  MISLED: "MISLED",
  KEPT_RIGHT: "KEPT_RIGHT",
  KEPT_WRONG: "KEPT_WRONG",
  NONE: "NONE",
} as const satisfies Record<AiEffect, AiEffect>;

registerEnumType(AiEffectEnum, {
  name: "AiEffect",
  description:
    "What the AI did to a reading, by what others came to of the film later.",
  valuesConfig: {
    HELPED: { description: "Followed against one's opinion: it was right." },
    MISLED: { description: "Followed against one's opinion: it was wrong." },
    KEPT_RIGHT: { description: "Not followed: it was wrong." },
    KEPT_WRONG: { description: "Not followed: it was right." },
    NONE: {
      description:
        "Opinion and AI said the same, or one of the answers is that the film shows nothing.",
    },
  },
});

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
  description:
    "Two answers of the same films, over a number of cases: with the AI on its one question, between readers the label.",
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

@ObjectType("ReadingOutcome", {
  description:
    "Your readings with the same answers: before the AI was shown, the AI's, as you signed, and as it was settled.",
})
export class ReadingOutcomeType {
  @Field(() => Label, { description: "Your opinion before the AI was shown." })
  blindOpinion!: Label;

  @Field(() => Boolean, {
    description: "Whether the AI, as you answered it, said pneumonia.",
  })
  aiPositive!: boolean;

  @Field(() => Label, { description: "What you signed first." })
  label!: Label;

  @Field(() => Label, { description: "What others came to." })
  settledLabel!: Label;

  @Field(() => LabelGrade, {
    description: "Whether two readers agree on that, or a third one decided.",
  })
  settledBy!: LabelGrade;

  @Field(() => Int, { description: "So many cases." })
  cases!: number;

  @Field(() => AiEffectEnum, { description: "What the AI did to them." })
  effect!: AiEffect;
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
    "How you read: your own figures. Of these, admins see agreement with the AI before it was shown and with each other reader (readerAgreement).",
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

  @Field(() => ReadingAgreementType, {
    description:
      "The label that you signed first, against that of the other reader of cases that two read independently; all others together, unnamed.",
  })
  againstOthers!: ReadingAgreementType;

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

  @Field(() => [ReadingOutcomeType], {
    description:
      "Settled cases that you saw before and after the AI, by their answers; those where it mattered first.",
  })
  outcomes!: ReadingOutcomeType[];

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
