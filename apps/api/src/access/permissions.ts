/**
 * Everything that may be allowed or refused. To add a permission, add it
 * here with what it lets its holder do, then to the roles that have it.
 */
export const PERMISSIONS = {
  "case:read": "see the worklist and open cases",
  "board:read": "see the department's numbers: what waits, who reads",
  "case:claim": "claim a case for reading and see the AI's opinion on record",
  "case:assign": "hand a case to a reader",
  "case:reassess": "ask the AI again",
  "case:end-retake": "say that a film that was asked for will not come",
  "case:take-over": "take a case that somebody else holds, with a reason",
  "second-read:request": "ask for a second reading of a signed case",
  "reading:sign": "sign a reading",
  "reading:amend": "amend one's own signed reading",
  "reading:issue-preliminary": "give a report out before it is signed",
  "critical:mark": "mark a signed result as critical",
  "critical:communicate":
    "say whom a critical result was told, and that it was read back",
  "macro:read": "see the texts that reports are written of",
  "macro:own": "keep such texts of one's own",
  "macro:manage": "write such texts of a site",
  "report:export": "take a signed report out as a PDF",
  "study:upload": "bring films in",
  "study:edit": "correct patient and study details",
  "study:edit-signed": "say, with a reason, that a signed film is another's",
  "image:read": "fetch films",
  "header:read-people": "see in a film's header who else is named there",
  "header:read-private": "see the private elements of a film's header",
  "patient:read": "see a patient and the patient's studies",
  "user:read": "see who may sign in",
  "user:manage": "create, change and deactivate users",
  "site:manage": "add sites",
  "agreement:read": "see how far readers agree with each other and the AI",
  "audit:read": "read the audit trail",
  "audit:verify": "verify the audit chain",
  "audit:export": "take a copy of the audit trail out",
  "dataset:read": "see and download exports",
  "dataset:create": "export labelled data",
  "learning:withdraw":
    "say that nothing is learnt from a patient's films, or again is",
  "model:read": "see the models and their cards",
  "model:manage": "say which model is live and which run as shadows",
  "monitoring:read": "see what the AI does from day to day, and its alarms",
  "alarm:handle": "take and acknowledge alarms about the AI",
  "policy:read": "see the policy of a site",
  "policy:edit": "change the policy of a site",
} as const;

export type Permission = keyof typeof PERMISSIONS;
