import type { InputProblem } from "./input-problems.ts";

/** Stable names of the refusals a client can act on. */
export type ErrorCode =
  /** No session, or one that has ended. */
  | "UNAUTHENTICATED"
  /** Signed in, but the role does not include the permission. */
  | "FORBIDDEN"
  /** Not there, or not visible to the viewer: the two look the same. */
  | "NOT_FOUND"
  /** An argument breaks a rule; `fields` says which. */
  | "BAD_USER_INPUT"
  /** Wrong email or password; never says which. */
  | "INVALID_CREDENTIALS"
  /** Too many failed sign-ins; `retryAfterSeconds` says how long to wait. */
  | "SIGN_IN_LOCKED"
  /** An admin set this password; its owner has to replace it first. */
  | "PASSWORD_CHANGE_REQUIRED"
  /** An admin's password that was used once already, or is too old. */
  | "FIRST_PASSWORD_OVER"
  /** A signature wants the password again; `method` says what to ask for. */
  | "REAUTHENTICATION_REQUIRED"
  /** The identity provider is not configured or its token does not hold. */
  | "IDENTITY_TOKEN_INVALID"
  /** The change would leave nobody who can manage users. */
  | "LAST_ADMIN"
  | "EMAIL_TAKEN"
  /** Another macro of the same owner has this name. */
  | "MACRO_NAME_TAKEN"
  /** Another worklist view of the same owner or site has this name. */
  | "VIEW_NAME_TAKEN"
  /** The address belongs to somebody of another hospital. */
  | "EMAIL_NOT_AVAILABLE"
  /** The row changed since it was read; read it again. */
  | "CASE_CHANGED"
  /** Somebody else reads the case under a lease. */
  | "CASE_CLAIMED_BY_ANOTHER"
  /** The action needs the viewer's own claim on the case. */
  | "CASE_NOT_CLAIMED"
  /** A reading is signed; amend it instead. */
  | "CASE_ALREADY_SIGNED"
  /** A lease is ended by the clock only when it has run out. */
  | "LEASE_RUNS"
  /** A control case: the AI opens to everybody when it is signed. */
  | "AI_CLOSED"
  /** Under blind reading, what is asked for would tell the AI's answer. */
  | "AI_HIDDEN"
  /** The AI's answer must be shown on record before it is answered. */
  | "REVEAL_REQUIRED"
  /** The AI is still working on the case, or already was asked again. */
  | "ASSESSMENT_PENDING"
  /** The chosen reader may not read cases of this site. */
  | "NOT_ASSIGNABLE"
  /** The case is given to nobody. */
  | "NOT_ASSIGNED"
  /** Somebody wants it read now already. */
  | "CASE_ESCALATED"
  /** Another open pool of the site has this name. */
  | "POOL_NAME_TAKEN"
  /** The pool was closed: it takes no cases. */
  | "POOL_CLOSED"
  /** The decision does not fit the label and what the AI said. */
  | "DECISION_MISMATCH"
  /** An override needs a coded reason. */
  | "OVERRIDE_REASON_REQUIRED"
  | "CHANGE_REASON_REQUIRED"
  /** A film that is not diagnostic needs a coded reason. */
  | "NOT_DIAGNOSTIC_REASON_REQUIRED"
  /** The findings deny the label, or it them. */
  | "FINDINGS_MISMATCH"
  /** Normal, of a picture that the gate took for no chest film. */
  | "CHEST_FILM_UNCONFIRMED"
  /** Nothing is signed of the case yet. */
  | "CASE_NOT_SIGNED"
  /** A second reading is due, running or done. */
  | "SECOND_READ_EXISTS"
  /** No second reading waits or runs. */
  | "SECOND_READ_NOT_DUE"
  /** The viewer holds the second reading; to be put back first. */
  | "SECOND_READ_HELD"
  /** The viewer read the case, or saw what a second reader may not. */
  | "SECOND_READ_BARRED"
  /** Nothing is typed on the case that could be given. */
  | "NO_DRAFT"
  /** A draft goes to who holds the case now, and to nobody else. */
  | "NOT_THE_HOLDER"
  /** The draft is given to this reader already. */
  | "DRAFT_GIVEN"
  /** No draft is given, or it was taken, or taken back. */
  | "DRAFT_NOT_GIVEN"
  /** The viewer is a junior, and a senior has to read it. */
  | "SENIOR_REQUIRED"
  | "SECOND_READER_TOLD"
  /** No film is asked for of this case, or it has come. */
  | "CASE_EMPTY"
  | "RETAKE_NOT_ASKED"
  /** The site's policy allows no report before the signature. */
  | "PRELIMINARY_NOT_ALLOWED"
  /** The case has a critical result that nobody has read back. */
  | "CRITICAL_OPEN"
  /** It was read back, or withdrawn. */
  | "CRITICAL_CLOSED"
  /** Another version of the procedure was saved meanwhile. */
  | "PROCEDURE_CHANGED"
  /** A site has as many procedures as it may. */
  | "TOO_MANY_PROCEDURES"
  /** The step of a procedure is for another role, or for the product. */
  | "STEP_NOT_YOURS"
  /** The step is done, or no longer needed. */
  | "STEP_CLOSED"
  /** The step is not done, so nothing of it can be corrected. */
  | "STEP_OPEN"
  /** What was said of the step is that already. */
  | "STEP_SAME"
  /** Nobody was told yet, or somebody else was in the page. */
  | "NOT_TOLD"
  /** The chosen user cannot be told of results of this site. */
  | "NOT_TELLABLE"
  /** Another finding than the one that was told. */
  | "READ_BACK_DIFFERS"
  /** Only who marked a result as critical takes that back. */
  | "NOT_OWN_MARK"
  /** What is asked changes a signed case: say why. */
  | "REASON_REQUIRED"
  /** The reading was amended or reopened meanwhile; load it again. */
  | "READING_SUPERSEDED"
  /** Only the reader who signed may amend. */
  | "NOT_OWN_READING"
  | "NOTHING_TO_RESTORE"
  /** Another version of the policy was saved meanwhile; `version` says which. */
  | "POLICY_CHANGED"
  /** Two people change this: propose it. */
  | "APPROVAL_NEEDED"
  /** Who proposed a change is not the one who approves or declines it. */
  | "OWN_PROPOSAL"
  /** Only who proposed a change takes it back. */
  | "NOT_OWN_PROPOSAL"
  /** The same change is proposed already. */
  | "PROPOSAL_OPEN"
  /** It was approved, declined or taken back. */
  | "PROPOSAL_CLOSED"
  /** Policy or live model are no longer those that it was made for. */
  | "PROPOSAL_STALE"
  /** Another model is live than the one that was looked at. */
  | "MODEL_CHANGED"
  /** The same of a site's bars. */
  | "BARS_CHANGED"
  /** The bars ask less than those declared before the candidate's run. */
  | "BARS_LOOSENED"
  /** The candidate learnt from somebody who is withdrawn from learning now. */
  | "LEARNT_FROM_WITHDRAWN"
  /** The films of a failed dataset are not all there to be exported again. */
  | "MEMBERS_GONE"
  /** The candidate has no judgement that lets it be promoted; `reason` says why. */
  | "NOT_JUDGED"
  /** Who proposed or made a candidate does not approve it. */
  | "NOT_INDEPENDENT"
  /** Something stands in the way of an erasure; `reasons` says what. */
  | "ERASURE_BARRED"
  /** The prediction is not the one the case shows now. */
  | "PREDICTION_CHANGED"
  /** Of studies that came since a merge it must be said whose they are. */
  | "STUDIES_SINCE_MERGE"
  /** A correction of whose a study is was undone before. */
  | "CORRECTION_UNDONE"
  /** The same study or record was corrected since; that is undone first. */
  | "CORRECTED_SINCE"
  /** The study is another record's by now, or the two records are one. */
  | "STUDY_ELSEWHERE"
  /** The record says something else by now than the correction made of it. */
  | "RECORD_CHANGED"
  /** Other films have come under the number that would be taken back. */
  | "FILMS_CAME_SINCE"
  /** The number that a record would have again is another patient's by now. */
  | "NUMBER_TAKEN"
  /** Another version of how notes leave was saved meanwhile. */
  | "WAYS_CHANGED"
  /** The way by which it would leave is off. */
  | "WAY_CLOSED"
  /** Another record already has this value. */
  | "CONFLICT"
  /** A file or a request is larger than allowed. */
  | "TOO_LARGE"
  /** An upload in pieces goes on elsewhere: ask how much is here. */
  | "UPLOAD_OFFSET"
  /** One person has begun more uploads than may be open. */
  | "TOO_MANY_UPLOADS"
  /** The disk or the object store is full. */
  | "STORAGE_FULL"
  /** A part that the request needs does not answer now. */
  | "UNAVAILABLE"
  /** Something that should not happen; `requestId` finds it in the log. */
  | "INTERNAL";

const HTTP_STATUS: Partial<Record<ErrorCode, number>> = {
  UNAUTHENTICATED: 401,
  INVALID_CREDENTIALS: 401,
  IDENTITY_TOKEN_INVALID: 401,
  FORBIDDEN: 403,
  NOT_OWN_READING: 403,
  AI_HIDDEN: 403,
  AI_CLOSED: 403,
  PASSWORD_CHANGE_REQUIRED: 403,
  REAUTHENTICATION_REQUIRED: 403,
  FIRST_PASSWORD_OVER: 401,
  NOT_FOUND: 404,
  BAD_USER_INPUT: 400,
  TOO_LARGE: 413,
  SIGN_IN_LOCKED: 429,
  TOO_MANY_UPLOADS: 429,
  INTERNAL: 500,
  UNAVAILABLE: 503,
  STORAGE_FULL: 507,
};

export type ErrorDetails = Record<string, string | number | string[]>;

/**
 * An expected refusal. `message` is shown to the user as it stands, so it
 * names the thing and the state found and never carries a secret.
 */
export class AppError extends Error {
  override readonly name: string = "AppError";
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  constructor(
    code: ErrorCode,
    message: string,
    { details = {}, cause }: { details?: ErrorDetails; cause?: unknown } = {},
  ) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.details = details;
  }

  /** For the HTTP endpoints; refusals without a status of their own are 409. */
  get httpStatus(): number {
    return HTTP_STATUS[this.code] ?? 409;
  }
}

export class UnauthenticatedError extends AppError {
  override readonly name = "UnauthenticatedError";
  constructor(message = "Sign in to go on.") {
    super("UNAUTHENTICATED", message);
  }
}

export class ForbiddenError extends AppError {
  override readonly name = "ForbiddenError";
  /** The permission that is missing, for the trail; null for other rules. */
  readonly permission: string | null;
  constructor(message: string, permission: string | null = null) {
    super("FORBIDDEN", message);
    this.permission = permission;
  }
}

/** `what` is the noun as the user knows it: "case", "film", "user". */
export class NotFoundError extends AppError {
  override readonly name = "NotFoundError";
  readonly what: string;
  /** Where it is, for the trail and never for the caller; null if unknown. */
  readonly siteId: string | null;
  constructor(what: string, siteId: string | null = null) {
    super("NOT_FOUND", `This ${what} does not exist, or you may not see it.`);
    this.what = what;
    this.siteId = siteId;
  }
}

/**
 * `fields` are argument paths such as "input.password"; `problem` names what
 * pages have words of their own for, with the values that these take.
 */
export class BadInputError extends AppError {
  override readonly name = "BadInputError";
  constructor(
    message: string,
    fields: string[] = [],
    problem?: { problem: InputProblem } & Record<string, string | number>,
  ) {
    super("BAD_USER_INPUT", message, {
      details: { ...(fields.length > 0 ? { fields } : {}), ...problem },
    });
  }
}

/** A refusal because of the state the thing is in. */
export class ConflictError extends AppError {
  override readonly name = "ConflictError";
}

/** Ends a switch over a union: a new member fails to compile. */
export function assertNever(value: never): never {
  throw new Error(`expected every case handled, found ${String(value)}`);
}
