export * from "./audit-event-types.ts";
export * from "./audit-json.ts";
export * from "./audit-sentence.ts";
export { fieldName, spacedOut } from "./code-words.ts";
