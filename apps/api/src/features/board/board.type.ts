import { GraphQLDateTime } from "graphql-scalars";
import { Field, Float, ID, Int, ObjectType } from "type-graphql";
import { Urgency } from "../case-rows/case.enums.ts";

@ObjectType("BoardClass", {
  description: "What waits in one class of urgency.",
})
export class BoardClassType {
  @Field(() => Urgency, { description: "The class." })
  urgency!: Urgency;

  @Field(() => Int, { description: "Cases that nobody reads yet." })
  waiting!: number;

  @Field(() => Int, { description: "Of these, past the ceiling." })
  overdue!: number;

  @Field(() => Int, {
    description: "How long a case of the class may wait, in minutes.",
  })
  ceilingMinutes!: number;

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: "Since when the oldest waits; null where none does.",
  })
  oldestSince!: Date | null;
}

@ObjectType("BoardReader", { description: "What one reader has in hand." })
export class BoardReaderType {
  @Field(() => ID, { description: "The reader." })
  userId!: string;

  @Field(() => String, { description: "The reader's name." })
  name!: string;

  @Field(() => Int, { description: "Cases that the reader holds now." })
  reading!: number;

  @Field(() => Int, {
    description: "Waiting cases that were given to the reader.",
  })
  assigned!: number;

  @Field(() => Int, {
    description: "Readings signed within the last 24 hours, further ones too.",
  })
  signed!: number;
}

@ObjectType("BoardSpan", {
  description:
    "An hour or a day: what came in, what was signed and how long that had waited.",
})
export class BoardSpanType {
  @Field(() => GraphQLDateTime, { description: "Its beginning." })
  from!: Date;

  @Field(() => Int, { description: "Cases that came in." })
  arrived!: number;

  @Field(() => Int, { description: "Cases signed for the first time." })
  signed!: number;

  @Field(() => Float, {
    nullable: true,
    description:
      "Median of the minutes from arrival to signature; null where none was signed.",
  })
  medianMinutes!: number | null;

  @Field(() => Float, {
    nullable: true,
    description:
      "The same for nine of ten: the 90th percentile, between neighbours.",
  })
  p90Minutes!: number | null;
}

@ObjectType("BoardMoment", {
  description: "How many cases of each class waited for a signature.",
})
export class BoardMomentType {
  @Field(() => GraphQLDateTime, { description: "When." })
  at!: Date;

  @Field(() => Int, { description: "Critical cases." })
  critical!: number;

  @Field(() => Int, { description: "Urgent cases." })
  urgent!: number;

  @Field(() => Int, { description: "Cases to be read soon." })
  soon!: number;

  @Field(() => Int, { description: "Routine cases." })
  routine!: number;
}

@ObjectType("BoardWait", {
  description:
    "A waiting case by its times; who the patient is does not stand on a wall.",
})
export class BoardWaitType {
  @Field(() => ID, { description: "The case." })
  caseId!: string;

  @Field(() => Urgency, { description: "Its class." })
  urgency!: Urgency;

  @Field(() => GraphQLDateTime, { description: "Since when it waits." })
  arrivedAt!: Date;

  @Field(() => GraphQLDateTime, {
    description: "When it reaches the ceiling of its class.",
  })
  dueAt!: Date;

  @Field(() => String, {
    nullable: true,
    description: "Name of the reader it was given to.",
  })
  assigneeName!: string | null;
}

@ObjectType("BoardDecisions", {
  description:
    "How readers answered the AI in the last 24 hours, in first signatures.",
})
export class BoardDecisionsType {
  @Field(() => Int, { description: "They confirmed it." })
  confirmed!: number;

  @Field(() => Int, { description: "They agreed with it in part." })
  partly!: number;

  @Field(() => Int, { description: "They overrode it." })
  overridden!: number;
}

@ObjectType("Board", {
  description:
    "The department at a glance, in numbers; no patient and nothing of the AI's answers stands in it.",
})
export class BoardType {
  @Field(() => GraphQLDateTime, { description: "When it was counted." })
  asOf!: Date;

  @Field(() => [BoardClassType], {
    description: "What waits, the sickest class first.",
  })
  classes!: BoardClassType[];

  @Field(() => Int, { description: "Cases that somebody reads now." })
  reading!: number;

  @Field(() => Int, {
    description: "Unsigned cases that the AI could not assess.",
  })
  notAssessed!: number;

  @Field(() => Int, { description: "Unsigned cases that the AI works on." })
  pending!: number;

  @Field(() => Int, {
    description: "Critical results that nobody has read back yet.",
  })
  criticalOpen!: number;

  @Field(() => Int, { description: "Of these, past their time." })
  criticalOverdue!: number;

  @Field(() => BoardDecisionsType, {
    description: "How readers answered the AI in the last 24 hours.",
  })
  decisions!: BoardDecisionsType;

  @Field(() => [BoardReaderType], {
    description: "Who has what in hand: who holds most first.",
  })
  readers!: BoardReaderType[];

  @Field(() => [BoardWaitType], {
    description:
      "The waiting cases that reach their ceiling first, or passed it first: eight at most.",
  })
  nextDue!: BoardWaitType[];

  @Field(() => [BoardSpanType], { description: "The last 24 hours." })
  hours!: BoardSpanType[];

  @Field(() => [BoardSpanType], {
    description: "The last seven days, by the site's clock.",
  })
  days!: BoardSpanType[];

  @Field(() => [BoardMomentType], {
    description: "What waited at each full hour of the last 24, and now.",
  })
  waitingOverDay!: BoardMomentType[];
}
