import {
  AssessmentState,
  CaseState,
  Decision,
  Label,
  ReadingStage,
  ReadingState,
  Urgency,
} from "@lung-iris/prisma";
import { registerEnumType } from "type-graphql";

registerEnumType(CaseState, {
  name: "CaseState",
  description: "Where the human reading stands.",
  valuesConfig: {
    WAITING: { description: "On the worklist; nobody reads it." },
    READING: { description: "Claimed by a reader under a lease." },
    SIGNED: { description: "A reading is signed." },
    EMPTY: {
      description: "No film is left in its study: nothing to read, on no list.",
    },
  },
});

registerEnumType(AssessmentState, {
  name: "AssessmentState",
  description: "Where the AI stands with the case.",
  valuesConfig: {
    PENDING: { description: "Not looked at yet." },
    ASSESSED: { description: "There is a calibrated probability." },
    NOT_ASSESSED: {
      description:
        "The gate refused, or the job failed for good: a human looks.",
    },
  },
});

registerEnumType(Urgency, {
  name: "Urgency",
  description: "How soon the case should be read; the first is the sickest.",
  valuesConfig: {
    CRITICAL: { description: "Now." },
    URGENT: { description: "Next." },
    SOON: { description: "Today." },
    ROUTINE: { description: "In its turn." },
  },
});

registerEnumType(Label, {
  name: "Label",
  description: "What a reader says the film shows.",
  valuesConfig: {
    NORMAL: { description: "Nothing to act on." },
    PNEUMONIA: { description: "Pneumonia." },
    OTHER: { description: "Something else, named in the comment or marks." },
    NOT_DIAGNOSTIC: {
      description: "The film answers nothing, for the reason that is given.",
    },
  },
});

registerEnumType(Decision, {
  name: "Decision",
  description: "How the reader's label stands to the AI's opinion.",
  valuesConfig: {
    CONFIRM: { description: "The reader agrees with the AI." },
    PARTLY: {
      description:
        "The label agrees with the AI, and something of its answer does not hold: the reason says what.",
    },
    OVERRIDE: { description: "The reader decides otherwise, with a reason." },
    INDEPENDENT: {
      description: "There was nothing to confirm: the AI had not assessed it.",
    },
  },
});

registerEnumType(ReadingStage, {
  name: "ReadingStage",
  description: "Which read of the case a reading is.",
  valuesConfig: {
    PRIMARY: { description: "The first read." },
    SECOND: { description: "A second, independent read." },
    ADJUDICATION: { description: "Settles two reads that differ." },
  },
});

registerEnumType(ReadingState, {
  name: "ReadingState",
  description: "Where one reader stands with a case.",
  valuesConfig: {
    OPEN: { description: "The reader holds the case under a lease." },
    ENDED: { description: "Put back, run out or taken over, unsigned." },
    SIGNED: { description: "Signed." },
  },
});

export {
  AssessmentState,
  CaseState,
  Decision,
  Label,
  ReadingStage,
  ReadingState,
  Urgency,
};
