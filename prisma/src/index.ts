export { createDatabase } from "./client.ts";
export type { Database, DatabaseClient } from "./client.ts";
export { withTransaction } from "./transaction.ts";
export type { Tx } from "./transaction.ts";
export { connectionConfig } from "../engine/adapter.mjs";
export { Prisma } from "./generated/client.ts";
export * from "./generated/enums.ts";
export type {
  AuditEvent,
  AuditHead,
  BarsVersion,
  Case,
  CaseLabel,
  Dataset,
  DatasetMember,
  Image,
  Judgement,
  JudgementResult,
  LearningWithdrawal,
  ModelRole,
  ModelVersion,
  Patient,
  PatientIdentifier,
  PatientName,
  PolicyVersion,
  Prediction,
  PredictionFinding,
  PredictionMap,
  Promotion,
  Reading,
  ReadingVersion,
  Series,
  Session,
  Site,
  SiteMember,
  Study,
  User,
} from "./generated/client.ts";
