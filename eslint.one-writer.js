/**
 * One writer: rows of `Case`, `Reading` and `ReadingVersion` are written by
 * features/cases/case.store.ts alone. Everybody else sends commands
 * (case.commands.ts), so that no change is without its rule and its event.
 */
export const ONE_WRITER = "apps/api/src/features/cases/case.store.ts";
const OWNED = "(case|reading|readingVersion)";
const WRITES =
  "(create|createMany|createManyAndReturn|update|updateMany|updateManyAndReturn|upsert|delete|deleteMany)";
const SQL_WRITE =
  '(INSERT\\s+INTO|UPDATE|DELETE\\s+FROM|TRUNCATE|MERGE\\s+INTO|COPY|ALTER\\s+TABLE)\\s+(ONLY\\s+|TABLE\\s+)?("public"\\.)?"(Case|Reading|ReadingVersion)"';
const WRITER_MESSAGE =
  "Case and Reading rows have one writer, features/cases/case.store.ts: send a command of case.commands.ts.";
export const oneWriter = [
  `CallExpression[callee.property.name=/^${WRITES}$/][callee.object.property.name=/^${OWNED}$/]`,
  `CallExpression[callee.property.name=/^${WRITES}$/][callee.object.property.value=/^${OWNED}$/]`,
  // Nested writes of Prisma: study.update({ data: { case: { update: … } } }).
  `Property[key.name=/^(case|cases|readings|versions|readingVersions)$/] > ObjectExpression > Property[key.name=/^(create|createMany|update|updateMany|upsert|delete|deleteMany|connectOrCreate|disconnect|set)$/]`,
  `TemplateElement[value.raw=/${SQL_WRITE}/i]`,
  `Literal[value=/${SQL_WRITE}/i]`,
].map((selector) => ({ selector, message: WRITER_MESSAGE }));
