import { GraphQLDateTime } from "graphql-scalars";
import { Field, Float, Int, ObjectType, registerEnumType } from "type-graphql";
import type { GroupDimension } from "./monitoring.store.ts";
import { MEASURES, type Measure } from "./series.rules.ts";

const MeasureEnum = Object.fromEntries(
  MEASURES.map((name) => [name, name]),
) as Record<Measure, Measure>;
registerEnumType(MeasureEnum, {
  name: "MonitoringMeasure",
  description: "What is drawn day by day.",
  valuesConfig: {
    AGREEMENT: { description: "Share of signatures that confirm the AI." },
    REFUSED: { description: "Share of films that the gate refused." },
    PROBABILITY: { description: "Mean probability of pneumonia, 0 to 1." },
    GREY_MEAN: {
      description: "Mean grey, 0 to 1 of full scale: the exposure.",
    },
    GREY_SPAN: {
      description: "From the 1st to the 99th percentile of grey, 0 to 1.",
    },
    GATE_DISTANCE: {
      description:
        "Mean squared distance from the training films, about 1 for one of them.",
    },
  },
});

const DimensionEnum = { SOURCE: "SOURCE", AGE: "AGE", SEX: "SEX" } as const;
registerEnumType(DimensionEnum, {
  name: "MonitoringDimension",
  description: "By what films are told apart.",
  valuesConfig: {
    SOURCE: { description: "Station, else institution; empty where unknown." },
    AGE: { description: "Age in years at the examination, or unknown." },
    SEX: { description: "The patient's sex." },
  },
});

const ReasonKindEnum = { REFUSAL: "REFUSAL", OVERRIDE: "OVERRIDE" } as const;
registerEnumType(ReasonKindEnum, {
  name: "MonitoringReasonKind",
  description: "What a reason is one of.",
  valuesConfig: {
    REFUSAL: { description: "The gate refused a film." },
    OVERRIDE: { description: "A reader did not follow the AI." },
  },
});

@ObjectType("MonitoringShare", {
  description: "A share with its 95 % interval by Wilson, 0 to 1.",
})
export class MonitoringShareType {
  @Field(() => Float, { description: "The share." })
  value!: number;

  @Field(() => Float, { description: "Lower end." })
  low!: number;

  @Field(() => Float, { description: "Upper end." })
  high!: number;
}

/** What the AI did on some films, and what readers said of it. */
@ObjectType()
abstract class OutcomesType {
  @Field(() => Int, { description: "Films that the live model looked at." })
  films!: number;

  @Field(() => MonitoringShareType, {
    nullable: true,
    description: "Of these, refused by the gate.",
  })
  refused!: MonitoringShareType | null;

  @Field(() => Int, { description: "First signatures that answer the AI." })
  signed!: number;

  @Field(() => MonitoringShareType, {
    nullable: true,
    description: "Of these, confirmations.",
  })
  agreement!: MonitoringShareType | null;

  @Field(() => MonitoringShareType, {
    nullable: true,
    description: "Of films signed as pneumonia, called positive by the AI.",
  })
  sensitivity!: MonitoringShareType | null;

  @Field(() => MonitoringShareType, {
    nullable: true,
    description: "Of the others, called negative by the AI.",
  })
  specificity!: MonitoringShareType | null;
}

@ObjectType("MonitoringPoint", { description: "A day of a measure." })
export class MonitoringPointType {
  @Field(() => String, { description: "The day by the site's clock, ISO." })
  day!: string;

  @Field(() => Int, { description: "Films or signatures of the day." })
  count!: number;

  @Field(() => Float, { nullable: true, description: "Null where none was." })
  value!: number | null;

  @Field(() => Float, {
    nullable: true,
    description:
      "Lower control limit: three deviations of the mean of as many. Null while nobody knows what is normal.",
  })
  low!: number | null;

  @Field(() => Float, { nullable: true, description: "Upper control limit." })
  high!: number | null;
}

@ObjectType("MonitoringSeries", { description: "A measure day by day." })
export class MonitoringSeriesType {
  @Field(() => MeasureEnum, { description: "Which." })
  measure!: Measure;

  @Field(() => Int, {
    description: "Films or signatures that say what is normal.",
  })
  normalOf!: number;

  @Field(() => Int, { description: "How many it takes." })
  normalNeeds!: number;

  @Field(() => [MonitoringPointType], { description: "The oldest first." })
  points!: MonitoringPointType[];
}

@ObjectType("MonitoringSubgroup", {
  description: "How the AI does on some of the films.",
})
export class MonitoringSubgroupType extends OutcomesType {
  @Field(() => DimensionEnum, { description: "By what they were chosen." })
  dimension!: GroupDimension;

  @Field(() => String, {
    description: "Source, age group (“5-17”) or sex; “” for no known source.",
  })
  name!: string;
}

@ObjectType("MonitoringReason", {
  description: "How often a reason was given.",
})
export class MonitoringReasonType {
  @Field(() => ReasonKindEnum, { description: "Of what." })
  kind!: "REFUSAL" | "OVERRIDE";

  @Field(() => String, {
    description: "Code of the gate, or of an override's reason.",
  })
  reason!: string;

  @Field(() => String, {
    description: "Where refused films came from; empty for overrides.",
  })
  source!: string;

  @Field(() => Int, { description: "How often." })
  count!: number;

  @Field(() => MonitoringShareType, {
    nullable: true,
    description:
      "Of what was signed in the span (an override), or of the source's films (a refusal); null where there was nothing.",
  })
  share!: MonitoringShareType | null;

  @Field(() => MonitoringShareType, {
    nullable: true,
    description: "The same on as many days before the span: what is normal.",
  })
  shareBefore!: MonitoringShareType | null;
}

@ObjectType("MonitoringWatch", {
  description: "A figure that is watched for a change, film by film.",
})
export class MonitoringWatchType {
  @Field(() => String, {
    description:
      "grey-mean, grey-span, gate-distance, probability, refused, age, sex or overridden.",
  })
  metric!: string;

  @Field(() => GraphQLDateTime, { description: "Since when it is watched." })
  since!: Date;

  @Field(() => GraphQLDateTime, { description: "Time of the newest film." })
  seenAt!: Date;

  @Field(() => Int, { description: "Films or signatures so far." })
  films!: number;

  @Field(() => Int, { description: "How many it takes before it can alarm." })
  needed!: number;

  @Field(() => Float, {
    description:
      "How far the test for a change has come, 0 to 1: at 1 an alarm is raised, in at most one of a hundred runs of 10,000 films without a change.",
  })
  level!: number;

  @Field(() => Float, {
    nullable: true,
    description:
      "Population stability index of the newest 200 against the first 500; from 0.25 changed.",
  })
  stability!: number | null;

  @Field(() => Float, {
    nullable: true,
    description:
      "Largest gap of their cumulative shares (Kolmogorov–Smirnov), 0 to 1.",
  })
  gap!: number | null;
}

@ObjectType("MonitoringSilentSource", {
  description: "A source that has paused for longer than it used to.",
})
export class MonitoringSilentSourceType {
  @Field(() => String, { description: "Station, else institution." })
  source!: string;

  @Field(() => String, { description: "The last day with a film, ISO." })
  lastDay!: string;

  @Field(() => Int, { description: "Whole days without a film since." })
  silentDays!: number;

  @Field(() => Int, { description: "Its longest pause of four weeks before." })
  usualDays!: number;
}

@ObjectType("MonitoringWaiting", {
  description: "Films without an answer of the AI.",
})
export class MonitoringWaitingType {
  @Field(() => Int, { description: "How many." })
  films!: number;

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: "Since when the oldest waits; null where none does.",
  })
  oldestSince!: Date | null;

  @Field(() => Int, { description: "Minutes after which it is an alarm." })
  limitMinutes!: number;
}

@ObjectType("Monitoring", {
  description:
    "What the AI does at a site, in numbers; no patient stands in it.",
})
export class MonitoringType extends OutcomesType {
  @Field(() => GraphQLDateTime, { description: "When it was read." })
  asOf!: Date;

  @Field(() => String, { description: "The first day shown, ISO." })
  from!: string;

  @Field(() => String, { description: "The last: today at the site, ISO." })
  to!: string;

  @Field(() => Int, { description: "Blind opinions that the AI contradicted." })
  contradicted!: number;

  @Field(() => Int, { description: "Of these, signed as the AI said." })
  followed!: number;

  @Field(() => Int, {
    description:
      "Of these, right by a label of two readers or an adjudicator: the AI helped.",
  })
  helped!: number;

  @Field(() => Int, { description: "Or wrong: the AI misled." })
  misled!: number;

  @Field(() => MonitoringShareType, {
    nullable: true,
    description: "Of both, where the AI helped; null where neither was.",
  })
  helpedShare!: MonitoringShareType | null;

  @Field(() => [MonitoringSeriesType], { description: "Day by day." })
  series!: MonitoringSeriesType[];

  @Field(() => [MonitoringSubgroupType], {
    description: "By source (the 20 busiest), age and sex.",
  })
  subgroups!: MonitoringSubgroupType[];

  @Field(() => [MonitoringReasonType], {
    description: "Of refusals by source and of overrides, most often first.",
  })
  reasons!: MonitoringReasonType[];

  @Field(() => [MonitoringWatchType], { description: "What is watched." })
  watches!: MonitoringWatchType[];

  @Field(() => [MonitoringSilentSourceType], {
    description: "Sources that stopped sending.",
  })
  silentSources!: MonitoringSilentSourceType[];

  @Field(() => MonitoringWaitingType, { description: "What waits for the AI." })
  waiting!: MonitoringWaitingType;
}
