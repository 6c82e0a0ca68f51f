import { z } from "zod";
import { accessEvents } from "./events/access-events.ts";
import { alarmEvents } from "./events/alarm-events.ts";
import { authEvents } from "./events/auth-events.ts";
import { caseEvents } from "./events/case-events.ts";
import { commentEvents } from "./events/comment-events.ts";
import { criticalEvents } from "./events/critical-events.ts";
import { datasetEvents } from "./events/dataset-events.ts";
import { erasureEvents } from "./events/erasure-events.ts";
import { learningEvents } from "./events/learning-events.ts";
import { macroEvents } from "./events/macro-events.ts";
import { filmEvents } from "./events/film-events.ts";
import { mergeEvents } from "./events/merge-events.ts";
import { modelEvents } from "./events/model-events.ts";
import { procedureEvents } from "./events/procedure-events.ts";
import { readingEvents, reviewEvents } from "./events/reading-events.ts";
import { notificationEvents } from "./events/notification-events.ts";
import { poolEvents } from "./events/pool-events.ts";
import { policyEvents } from "./events/policy-events.ts";
import { promotionEvents } from "./events/promotion-events.ts";
import { studyEvents } from "./events/study-events.ts";
import { systemEvents } from "./events/system-events.ts";
import { thresholdEvents } from "./events/threshold-events.ts";
import { trailEvents } from "./events/trail-events.ts";
import { trainingEvents } from "./events/training-events.ts";
import { userEvents } from "./events/user-events.ts";
import { viewEvents } from "./events/view-events.ts";

/**
 * Every event that can stand in the audit trail, each with the shape of its
 * details and of what it changes. A new one is a line in its feature's file
 * in `events`, and its words on the audit page.
 */
export const auditEvent = z.discriminatedUnion("type", [
  ...accessEvents,
  ...authEvents,
  ...userEvents,
  ...caseEvents,
  ...reviewEvents,
  ...readingEvents,
  ...studyEvents,
  ...filmEvents,
  ...mergeEvents,
  ...modelEvents,
  ...policyEvents,
  ...thresholdEvents,
  ...promotionEvents,
  ...trainingEvents,
  ...macroEvents,
  ...notificationEvents,
  ...poolEvents,
  ...commentEvents,
  ...viewEvents,
  ...criticalEvents,
  ...procedureEvents,
  ...datasetEvents,
  ...learningEvents,
  ...erasureEvents,
  ...alarmEvents,
  ...trailEvents,
  ...systemEvents,
]);

/** An event as callers hand it in; before and after may be left out. */
export type AuditEventInput = z.input<typeof auditEvent>;
export type AuditEventContent = z.output<typeof auditEvent>;
export type AuditEventType = AuditEventContent["type"];

/** Every type, sorted. */
export const AUDIT_EVENT_TYPES: readonly AuditEventType[] = [
  ...new Set(auditEvent.options.map((option) => option.shape.type.value)),
].sort();
