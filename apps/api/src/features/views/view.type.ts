import {
  Field,
  ID,
  InputType,
  ObjectType,
  registerEnumType,
} from "type-graphql";
import { NodeType } from "../../platform/node.type.ts";
import { connectionTypes } from "../../platform/pagination.type.ts";
import { CaseState, Label, Urgency } from "../case-rows/case.enums.ts";
import { AgeBand, FilmView, WorklistSort } from "../worklist/worklist.input.ts";
import type { WorklistSort as WorklistSortName } from "../worklist-query/worklist.order.ts";
import type {
  AgeBand as AgeBandName,
  FilmView as FilmViewName,
} from "../worklist-query/worklist.traits.ts";
import {
  ARRIVAL_SPANS,
  ROW_HEIGHTS,
  VIEW_BASES,
  VIEW_COLUMNS,
} from "./view-settings.ts";
import type {
  ArrivalSpan as ArrivalSpanName,
  RowHeight as RowHeightName,
  ViewBase as ViewBaseName,
  ViewColumn as ViewColumnName,
} from "./view-settings.ts";

/** The object that a GraphQL enum needs. */
function namesOf<Name extends string>(names: readonly Name[]) {
  return Object.fromEntries(names.map((name) => [name, name])) as {
    [Key in Name]: Key;
  };
}

const ViewBase = namesOf(VIEW_BASES);
registerEnumType(ViewBase, {
  name: "WorklistBase",
  description: "The worklist's tabs, which everything else narrows.",
  valuesConfig: {
    ALL: { description: "Every unsigned case." },
    MINE: { description: "Cases that the viewer reads or was given." },
    UNASSIGNED: { description: "Unsigned cases that nobody was given." },
    NOT_ASSESSED: { description: "Unsigned cases that the AI did not assess." },
    IDENTITY: {
      description: "Cases whose patient is unknown or to be checked.",
    },
    RETAKES: { description: "Signed cases that wait for another film." },
    SECOND_READS: {
      description: "Signed cases that wait for a further reader.",
    },
    SIGNED: { description: "Signed cases." },
    EVERYTHING: { description: "Signed and unsigned cases." },
  },
});
const ArrivalSpan = namesOf(ARRIVAL_SPANS);
registerEnumType(ArrivalSpan, {
  name: "ArrivalSpan",
  description: "How long ago a film arrived, counted back from now.",
  valuesConfig: {
    HOUR: { description: "Within the last hour." },
    DAY: { description: "Within the last 24 hours." },
    WEEK: { description: "Within the last seven days." },
    OVER_2H: { description: "More than two hours ago." },
    OVER_1D: { description: "More than a day ago." },
  },
});
const ViewColumn = namesOf(VIEW_COLUMNS);
registerEnumType(ViewColumn, {
  name: "WorklistColumn",
  description: "Columns of the worklist.",
  valuesConfig: {
    URGENCY: { description: "Class of urgency." },
    PATIENT: { description: "The patient's name." },
    SEX_AGE: { description: "Sex and age at the examination." },
    MRN: { description: "Record number." },
    EXAMINATION: { description: "What was taken, and when." },
    ACCESSION: { description: "Accession number of the order." },
    SITE: { description: "The hospital." },
    WAITING: { description: "How long the case waits." },
    AI: { description: "What the AI says; closed to a blind reader." },
    FINDING: { description: "What was decided." },
    ASSIGNEE: { description: "Who was given the case, or reads it." },
    STATE: { description: "Where the case stands." },
  },
});
const RowHeight = namesOf(ROW_HEIGHTS);
registerEnumType(RowHeight, {
  name: "WorklistRowHeight",
  description: "Two lines a row with the reason, or one.",
  valuesConfig: {
    COMFORTABLE: { description: "Two lines, the reason below." },
    COMPACT: { description: "One line." },
  },
});

@ObjectType("WorklistViewSettings", {
  description:
    "How a worklist is set out. No words of a search: those name patients.",
})
@InputType("WorklistViewSettingsInput", {
  description:
    "How a worklist is set out. No words of a search: those name patients.",
})
export class ViewSettingsType {
  @Field(() => ViewBase, { description: "Which tab." })
  base!: ViewBaseName;

  @Field(() => [CaseState], {
    description: "Where the reading stands; empty for any.",
  })
  states!: CaseState[];

  @Field(() => [Urgency], { description: "How urgent; empty for any." })
  urgencies!: Urgency[];

  @Field(() => [Label], { description: "What was decided; empty for any." })
  labels!: Label[];

  @Field(() => Boolean, {
    nullable: true,
    description: "Whether the AI suggests pneumonia; null for either.",
  })
  aiPositive?: boolean | null;

  @Field(() => String, {
    nullable: true,
    description: 'Assigned to this user, by id; "none" for nobody.',
  })
  assignee?: string | null;

  @Field(() => ID, {
    nullable: true,
    description: "Waiting for this pool; null for any and none.",
  })
  pool?: string | null;

  @Field(() => ArrivalSpan, {
    nullable: true,
    description: "When it arrived; null for whenever.",
  })
  arrived?: ArrivalSpanName | null;

  @Field(() => ID, {
    nullable: true,
    description: "Read or signed by this user; null for anybody.",
  })
  reader?: string | null;

  @Field(() => [AgeBand], {
    defaultValue: [],
    description: "How old the patient was; empty for any age.",
  })
  patientAges!: AgeBandName[];

  @Field(() => [FilmView], {
    defaultValue: [],
    description: "How the film was taken; empty for any way.",
  })
  filmViews!: FilmViewName[];

  @Field(() => [String], {
    defaultValue: [],
    description: "Flags of which a case has one; empty for any.",
  })
  clinicalFlags!: string[];

  @Field(() => Boolean, {
    nullable: true,
    description:
      "Whether the gate refused the film or it was signed as not diagnostic; null for either.",
  })
  isDoubtful?: boolean | null;

  @Field(() => Boolean, {
    defaultValue: false,
    description: "Only with a report given out that is not signed.",
  })
  preliminary!: boolean;

  @Field(() => Boolean, {
    defaultValue: false,
    description: "Only with a critical result that nobody has read back.",
  })
  openCritical!: boolean;

  @Field(() => WorklistSort, {
    nullable: true,
    description: "In which order; null for the tab's own.",
  })
  sort?: WorklistSortName | null;

  @Field(() => [ViewColumn], {
    description:
      "Columns shown, from left to right, each once; empty for the usual ones.",
  })
  columns!: ViewColumnName[];

  @Field(() => RowHeight, { description: "How high the rows are." })
  rows!: RowHeightName;
}

@ObjectType("WorklistView", {
  implements: NodeType,
  description: "A worklist as somebody set it out, under a name.",
})
export class ViewType extends NodeType {
  @Field(() => String, { description: "At most 60 characters." })
  name!: string;

  @Field(() => ID, {
    nullable: true,
    description: "The site that it is shared with; null for one's own.",
  })
  siteId!: string | null;
}

export const { EdgeType: ViewEdge, ConnectionType: ViewConnection } =
  connectionTypes(ViewType, "WorklistView");

@InputType("WorklistViewInput", { description: "A view's name and settings." })
export class ViewInput {
  @Field(() => String, {
    description:
      "1 to 60 characters; once for each owner and each site, whatever its case.",
  })
  name!: string;

  @Field(() => ViewSettingsType, { description: "How the list is set out." })
  settings!: ViewSettingsType;
}
