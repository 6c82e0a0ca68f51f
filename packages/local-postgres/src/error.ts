/** The embedded server cannot run; the message says why and what to do. */
export class EmbeddedPostgresError extends Error {
  override readonly name = "EmbeddedPostgresError";
}

/**
 * What a file system error, or a program's complaint about one, means for
 * the database in `folder`; undefined where it is none.
 */
export function fileProblem(
  problem: unknown,
  folder: string,
): EmbeddedPostgresError | undefined {
  const code =
    problem instanceof Error && "code" in problem
      ? String(problem.code)
      : typeof problem === "string"
        ? codeIn(problem)
        : "";
  const message = explain(code, folder);
  return message === undefined
    ? undefined
    : new EmbeddedPostgresError(message, { cause: problem });
}

/** strerror(3) in the C locale, which the server's programs speak. */
const COMPLAINTS: [complaint: RegExp, code: string][] = [
  [/No space left on device/, "ENOSPC"],
  [/Disk quota exceeded/, "EDQUOT"],
  [/Read-only file system/, "EROFS"],
  [/Permission denied|has wrong ownership/, "EACCES"],
];

function codeIn(complaint: string): string {
  return COMPLAINTS.find(([pattern]) => pattern.test(complaint))?.[1] ?? "";
}

function explain(code: string, folder: string): string | undefined {
  switch (code) {
    case "ENOSPC":
    case "EDQUOT":
      return `The disk of the database (${folder}) is full. Free some space and start again; what was stored before is kept.`;
    case "EROFS":
      return `The database folder ${folder} is on a read-only disk. Make it writable, or set LUNG_IRIS_DATA to a folder that is.`;
    case "EACCES":
    case "EPERM":
      return `The database folder ${folder} belongs to another user. Start as the user who made it, or set LUNG_IRIS_DATA to a folder of your own.`;
    case "ENOTEMPTY":
      return `${folder} is not a database and not empty. Move it away and start again.`;
    case "ENOTDIR":
    case "EEXIST":
      return `${folder} is not a folder. Move it away and start again.`;
    default:
      return undefined;
  }
}
