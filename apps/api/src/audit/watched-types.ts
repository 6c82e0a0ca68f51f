import type { GraphQLResolveInfo, GraphQLSchema } from "graphql";
import { isObjectType } from "graphql";
import type { ApiContext } from "../context.ts";
import type { LookPart, OwnerKind } from "./seen.ts";

/** How an object of the schema leads to its patient. */
interface WatchedType {
  part: LookPart;
  /** The column that names the patient, or what belongs to the patient. */
  column:
    | "id"
    | "patientId"
    | "survivorId"
    | "firstId"
    | "caseId"
    | "studyId"
    | "imageId";
  owner: OwnerKind;
}

/**
 * Object types that say something of one patient. Whatever a resolver,
 * service or subscription answers, every object of these types is noted as it
 * is put into the answer: so no path can forget it. A type that is on neither
 * this list nor the test's list of harmless ones fails the tests.
 */
export const PATIENT_TYPES: Readonly<Record<string, WatchedType>> = {
  Patient: { part: "record", column: "id", owner: "patient" },
  Case: { part: "record", column: "patientId", owner: "patient" },
  Study: { part: "record", column: "patientId", owner: "patient" },
  Image: { part: "record", column: "studyId", owner: "study" },
  Reading: { part: "readings", column: "caseId", owner: "case" },
  ReadingVersion: { part: "readings", column: "caseId", owner: "case" },
  ReportSuggestion: { part: "record", column: "caseId", owner: "case" },
  FilmHeader: { part: "record", column: "imageId", owner: "image" },
  Prediction: { part: "prediction", column: "imageId", owner: "image" },
  PreliminaryReport: { part: "readings", column: "caseId", owner: "case" },
  CriticalResult: { part: "record", column: "caseId", owner: "case" },
  CaseComment: { part: "record", column: "caseId", owner: "case" },
  IdentityChange: { part: "record", column: "caseId", owner: "case" },
  CaseCommentVersion: { part: "record", column: "caseId", owner: "case" },
  KeptText: { part: "record", column: "caseId", owner: "case" },
  KeptReason: { part: "record", column: "patientId", owner: "patient" },
  InboxItem: { part: "record", column: "caseId", owner: "case" },
  ProcedureRun: { part: "record", column: "caseId", owner: "case" },
  ProcedureStep: { part: "record", column: "caseId", owner: "case" },
  LearningWithdrawal: {
    part: "record",
    column: "patientId",
    owner: "patient",
  },
  ErasurePreview: { part: "record", column: "patientId", owner: "patient" },
  PatientMerge: { part: "record", column: "survivorId", owner: "patient" },
  MergePreview: { part: "record", column: "survivorId", owner: "patient" },
  FilmCorrection: { part: "record", column: "imageId", owner: "image" },
  FilmCorrectionPreview: { part: "record", column: "imageId", owner: "image" },
  StudyCorrection: { part: "record", column: "studyId", owner: "study" },
  StudyCorrectionPreview: {
    part: "record",
    column: "studyId",
    owner: "study",
  },
  PatientThen: { part: "record", column: "patientId", owner: "patient" },
  SignedAhead: { part: "readings", column: "caseId", owner: "case" },
  PatientPair: { part: "record", column: "firstId", owner: "patient" },
  CaseLearning: { part: "readings", column: "caseId", owner: "case" },
  CaseLabel: { part: "readings", column: "caseId", owner: "case" },
  // That models differ on a case says something of its prediction.
  DiscordantCase: { part: "prediction", column: "caseId", owner: "case" },
  AuditEvent: { part: "history", column: "patientId", owner: "patient" },
};

/**
 * An event of no patient has none, nor has a note of an alarm or a reason that
 * is given for one. Everything else must have one.
 */
const MAY_BE_OF_NOBODY = new Set(["AuditEvent", "InboxItem", "KeptReason"]);

/** Lists that are looks of their own, by the field or edge that shows them. */
export const LISTED: Readonly<
  Record<string, { list: "users" | "datasets"; places: readonly string[] }>
> = {
  User: {
    list: "users",
    places: [
      "UserEdge.node",
      "Query.assignableUsers",
      "ReaderLoad.user",
      "ReaderPool.members",
      "Query.mentionableUsers",
      "Query.criticalRecipients",
      "Query.policyReaders",
    ],
  },
  Dataset: { list: "datasets", places: ["DatasetEdge.node", "Query.dataset"] },
};

/** Other studies of the patient than the one that was asked for. */
const OTHER_STUDIES = ["Case.priors", "StudyEdge.node"];

/**
 * Notes what is shown. graphql-js asks `isTypeOf` of every object that it
 * completes, with the context of the request and the place in the answer.
 */
export function watchPatientTypes(schema: GraphQLSchema): void {
  for (const [name, watched] of Object.entries(PATIENT_TYPES)) {
    const type = schema.getType(name);
    // A type may be renamed while the list is not: the tests say so.
    if (!isObjectType(type)) continue;
    type.isTypeOf = (row: unknown, { seen }: ApiContext, info) => {
      const id = textOf(row, watched.column);
      const part =
        name === "Study" && OTHER_STUDIES.includes(placeOf(info))
          ? "other-studies"
          : watched.part;
      if (id !== null) seen.note(watched.owner, id, part);
      else if (!MAY_BE_OF_NOBODY.has(name))
        throw new Error(`a ${name} without ${watched.column} cannot be shown`);
      seen.learn(name, row);
      return true;
    };
  }
  for (const [name, { list, places }] of Object.entries(LISTED)) {
    const type = schema.getType(name);
    if (!isObjectType(type)) continue;
    type.isTypeOf = (row: unknown, { seen }: ApiContext, info) => {
      const id = textOf(row, "id");
      if (id !== null && places.includes(placeOf(info))) seen.list(list, id);
      return true;
    };
  }
}

function placeOf({ parentType, fieldName }: GraphQLResolveInfo): string {
  return `${parentType.name}.${fieldName}`;
}

/** A column of a row, whatever object the resolver answered. */
export function textOf(row: unknown, column: string): string | null {
  if (typeof row !== "object" || row === null) return null;
  const value = (row as Record<string, unknown>)[column];
  return typeof value === "string" ? value : null;
}
