import { GraphQLDateTime } from "graphql-scalars";
import {
  Field,
  Float,
  ID,
  InputType,
  Int,
  ObjectType,
  registerEnumType,
} from "type-graphql";
import { NodeType } from "../../platform/node.type.ts";
import { connectionTypes } from "../../platform/pagination.type.ts";
import type { BarMeasure, FilmSet } from "./bars-document.ts";

/** The values of the document under GraphQL's names, which are the same. */
export const FilmSetEnum = {
  REFERENCE: "REFERENCE",
  EVERGREEN: "EVERGREEN",
} as const;
export const BarMeasureEnum = {
  AUROC_LOSS: "AUROC_LOSS",
  TRIAGE_SENSITIVITY: "TRIAGE_SENSITIVITY",
  ECE: "ECE",
  REFUSALS: "REFUSALS",
  POINTING: "POINTING",
  MILLISECONDS: "MILLISECONDS",
} as const;

registerEnumType(FilmSetEnum, {
  name: "FilmSet",
  description: "The films that a candidate is judged on.",
  valuesConfig: {
    REFERENCE: { description: "Synthetic films, the same by seed each time." },
    EVERGREEN: {
      description: "The site's decided films that nothing ever learns from.",
    },
  },
});

registerEnumType(BarMeasureEnum, {
  name: "BarMeasure",
  description: "What a bar is about.",
  valuesConfig: {
    AUROC_LOSS: {
      description:
        "AUROC of the live model less the candidate's, 0 to 1; the far end of its 95 % interval may not pass the limit.",
    },
    TRIAGE_SENSITIVITY: {
      description: "Sensitivity at the model's triage point, 0 to 1, at least.",
    },
    ECE: { description: "Expected calibration error, 0 to 1, at most." },
    REFUSALS: { description: "Share that the gate refuses, 0 to 1, at most." },
    POINTING: {
      description:
        "Share of positive films whose map peaks inside a marked region, 0 to 1, at least.",
    },
    MILLISECONDS: {
      description: "Median a film on the judging machine, at most.",
    },
  },
});

// Outputs and, under other names, inputs: what is shown is what is handed back.

@ObjectType("Bar", { description: "One thing that a candidate has to reach." })
@InputType("BarInput", {
  description: "One thing that a candidate has to reach.",
})
export class BarType {
  @Field(() => FilmSetEnum, { description: "On which films." })
  set!: FilmSet;

  @Field(() => BarMeasureEnum, { description: "What is measured." })
  measure!: BarMeasure;

  @Field(() => Float, {
    description: "A share of 1; milliseconds for MILLISECONDS.",
  })
  limit!: number;

  @Field(() => Int, {
    description: "With fewer films in a group the group is not measured.",
  })
  leastFilms!: number;

  @Field(() => Int, {
    description: "… or with fewer of each kind, with pneumonia and without.",
  })
  leastOfAKind!: number;

  @Field(() => Boolean, {
    description: "Whether a bar that cannot be measured blocks.",
  })
  mustBeMeasured!: boolean;
}

@ObjectType("BarsPhantoms", { description: "The reference films." })
@InputType("BarsPhantomsInput", { description: "The reference films." })
export class BarsPhantomsType {
  @Field(() => Int, { description: "How many, 20 to 1,000." })
  films!: number;

  @Field(() => Int, { description: "From which seed on." })
  seed!: number;
}

@ObjectType("BarsDocument", {
  description: "All that a candidate has to reach.",
})
@InputType("BarsDocumentInput", {
  description: "All that a candidate has to reach.",
})
export class BarsDocumentType {
  @Field(() => BarsPhantomsType, { description: "The reference films." })
  phantoms!: BarsPhantomsType;

  @Field(() => [BarType], {
    description:
      "At most one a set and measure, all of the reference set among them; each holds for all films and for each age group, sex and source by itself.",
  })
  bars!: BarType[];
}

@InputType({ description: "Other bars for a site, and why." })
export class SaveBarsInput {
  @Field(() => ID, { description: "The site." })
  siteId!: string;

  @Field(() => BarsDocumentType, { description: "The whole of them." })
  document!: BarsDocumentType;

  @Field(() => Int, { description: "Version that the change was made from." })
  baseVersion!: number;

  @Field(() => String, { description: "Why, 1 to 1,000 characters." })
  reason!: string;
}

@ObjectType("BarsVersion", {
  implements: NodeType,
  description: "The bars of a site as they were declared; never changed.",
})
export class BarsVersionType extends NodeType {
  @Field(() => ID, { description: "Whose they are." })
  siteId!: string;

  @Field(() => Int, { description: "Counts the site's versions from 1." })
  version!: number;

  @Field(() => String, { description: "Why they were declared." })
  reason!: string;

  @Field(() => String, { description: "Who declared them." })
  byName!: string;

  @Field(() => GraphQLDateTime, { description: "When." })
  createdAt!: Date;
}

export const {
  EdgeType: BarsVersionEdge,
  ConnectionType: BarsVersionConnection,
} = connectionTypes(BarsVersionType, "BarsVersion");
