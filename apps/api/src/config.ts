import { isIP } from "node:net";
import { join, resolve } from "node:path";
import { z } from "zod";

/** How long things live; the values are policy, not deployment. */
export const SESSION_LIFETIME_SECONDS = 12 * 60 * 60;
export const SESSION_IDLE_SECONDS = 60 * 60;
export const TICKET_SECONDS = 60;
/** A first password that nobody used is no longer good after a week. */
export const FIRST_PASSWORD_SECONDS = 7 * 24 * 60 * 60;

const port = z.coerce.number().int().min(0).max(65_535);
const flag = z
  .enum(["0", "1", "true", "false"])
  .transform((value) => value === "1" || value === "true");
const text = z.string().trim().min(1);

/** Whether a text is a zone that this machine's clocks know. */
function isTimeZone(zone: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat("en-US", { timeZone: zone }));
  } catch {
    return false;
  }
}

const environment = z.object({
  LUNG_IRIS_HOST: text.default("127.0.0.1"),
  LUNG_IRIS_API_PORT: port.default(4000),
  LUNG_IRIS_WEB_PORT: port.default(3000),
  LUNG_IRIS_DATA: text.default("./.data"),
  LUNG_IRIS_DEMO: flag.optional(),
  LUNG_IRIS_SECRET: z.string().min(32, "needs at least 32 characters"),
  DATABASE_URL: z
    .string()
    .regex(
      /^postgres(ql)?:\/\//,
      "must start with postgres:// or postgresql://",
    ),
  LUNG_IRIS_DB_POOL: z.coerce.number().int().min(2).max(200).default(15),
  LUNG_IRIS_OBJECT_STORE: z
    .string()
    .regex(
      /^(folder|\/.+|s3:\/\/.+)$/,
      "must be `folder`, an absolute path or s3://bucket/prefix",
    )
    .default("folder"),
  LUNG_IRIS_ENGINE: z
    .enum(["auto", "onnxruntime", "tensorflow", "wasm"])
    .default("auto"),
  LUNG_IRIS_MODEL: text.optional(),
  LUNG_IRIS_BASE_FILMS: text.optional(),
  LUNG_IRIS_REFERENCE_FILMS: text.optional(),
  LUNG_IRIS_WORKERS: z.coerce.number().int().min(1).max(256).optional(),
  LUNG_IRIS_UPLOAD_MAX_MB: z.coerce
    .number()
    .int()
    .min(1)
    .max(4096)
    .default(100),
  LUNG_IRIS_SIGN_PASSWORD_MINUTES: z.coerce
    .number()
    .int()
    .min(1)
    .max(720)
    .default(15),
  LUNG_IRIS_TIME_ZONE: text
    .refine(isTimeZone, "must be a zone such as Asia/Ho_Chi_Minh")
    .optional(),
  LUNG_IRIS_OIDC_ISSUER: z.url().optional(),
  LUNG_IRIS_OIDC_CLIENT_ID: text.optional(),
  LUNG_IRIS_TRUST_PROXY: text
    .refine(
      (value) => value.split(",").every((part) => isProxy(part.trim())),
      "must be loopback, linklocal, uniquelocal, addresses or networks, by commas",
    )
    .optional(),
  LUNG_IRIS_OUTBOUND_NETWORKS: text
    .refine(
      (value) => value.split(",").every((part) => isNetwork(part.trim())),
      "must be addresses or networks, by commas",
    )
    .optional(),
  LUNG_IRIS_WEB_URL: z.url().optional(),
  LUNG_IRIS_METRICS_TOKEN: z
    .string()
    .min(16, "needs at least 16 characters")
    .optional(),
  LUNG_IRIS_LOG_LEVEL: z
    .enum(["trace", "debug", "info", "warn", "error", "silent"])
    .default("info"),
});

export interface ApiConfig {
  host: string;
  port: number;
  dataFolder: string;
  isDemo: boolean;
  secret: string;
  /** A signature wants the password no older than this. */
  signatureProofSeconds: number;
  database: { url: string; poolSize: number };
  objectStore: { kind: "folder"; folder: string } | { kind: "s3"; url: string };
  inference: {
    engine: "auto" | "onnxruntime" | "tensorflow" | "wasm";
    /** Folders of models on this machine; none: those that the product brings. */
    modelFolders: string[];
    workers: number | null;
  };
  /** Manifest of the films that the shipped model learnt from, where they are. */
  baseFilms: string | null;
  /** Manifest of public films that candidates are judged on, where they are. */
  referenceFilms: string | null;
  uploadMaxBytes: number;
  /** IANA zone of sites whose clocks nobody has set; this machine's if unset. */
  timeZone: string;
  oidc: { issuer: string; clientId: string } | null;
  /** Proxies in front: names, addresses or networks, by commas; or "". */
  trustProxy: string;
  /** The address of the pages, where a proxy stands in front of them. */
  webUrl: string | null;
  /** The same, or where the pages are found on this machine; for links. */
  deskUrl: string;
  /** Private networks that notes may be sent to, by commas; or "". */
  outboundNetworks: string;
  /** Lets programs on other machines read /metrics. */
  metricsToken: string | null;
  logLevel: string;
}

const importEnvironment = environment
  .pick({ LUNG_IRIS_API_PORT: true, LUNG_IRIS_DATA: true })
  .extend({
    LUNG_IRIS_EMAIL: text.optional(),
    LUNG_IRIS_PASSWORD: text.optional(),
  });

/** What `npm run import` is told by its environment. */
export interface ImportEnvironment {
  defaultUrl: string;
  /** Where the notes for going on after a kill lie. */
  notesFolder: string;
  email: string | null;
  password: string | null;
}

/** The environment cannot be used; the message lists every problem. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
}

/** Parses the environment once. Throws `ConfigError` with all problems. */
export function readConfig(
  env: Readonly<Record<string, string | undefined>> = process.env,
): ApiConfig {
  const present = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== ""),
  );
  const parsed = environment.safeParse(present);
  const problems = parsed.success
    ? oidcProblems(parsed.data)
    : parsed.error.issues.map(
        ({ path, message }) => `${path.join(".")}: ${message}`,
      );
  if (!parsed.success || problems.length > 0) {
    throw new ConfigError(
      `The environment needs attention:\n${problems.map((line) => `  ${line}`).join("\n")}`,
    );
  }
  return toConfig(parsed.data);
}

/** The same for the import command, which needs no database. */
export function readImportEnvironment(
  env: Readonly<Record<string, string | undefined>> = process.env,
): ImportEnvironment {
  const present = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== ""),
  );
  const parsed = importEnvironment.safeParse(present);
  if (!parsed.success) {
    throw new ConfigError(
      parsed.error.issues
        .map(({ path, message }) => `${path.join(".")}: ${message}`)
        .join("\n"),
    );
  }
  const { data } = parsed;
  return {
    defaultUrl: `http://127.0.0.1:${String(data.LUNG_IRIS_API_PORT)}`,
    notesFolder: resolve(data.LUNG_IRIS_DATA, "import"),
    email: data.LUNG_IRIS_EMAIL ?? null,
    password: data.LUNG_IRIS_PASSWORD ?? null,
  };
}

const commandEnvironment = environment
  .pick({ LUNG_IRIS_DATA: true, DATABASE_URL: true })
  .extend({
    DATABASE_URL: environment.shape.DATABASE_URL.optional(),
    LUNG_IRIS_PASSWORD: text.optional(),
  });

/** What commands at the terminal are told by their environment. */
export interface CommandEnvironment {
  dataFolder: string;
  /** Null: the embedded database of the data folder. */
  databaseUrl: string | null;
  password: string | null;
}

/** The same for commands that use the database themselves. */
export function readCommandEnvironment(
  env: Readonly<Record<string, string | undefined>> = process.env,
): CommandEnvironment {
  const present = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== ""),
  );
  const parsed = commandEnvironment.safeParse(present);
  if (!parsed.success) {
    throw new ConfigError(
      parsed.error.issues
        .map(({ path, message }) => `${path.join(".")}: ${message}`)
        .join("\n"),
    );
  }
  const { data } = parsed;
  return {
    dataFolder: resolve(data.LUNG_IRIS_DATA),
    databaseUrl: data.DATABASE_URL ?? null,
    password: data.LUNG_IRIS_PASSWORD ?? null,
  };
}

const backupEnvironment = environment
  .pick({ LUNG_IRIS_DATA: true, LUNG_IRIS_OBJECT_STORE: true })
  .extend({
    DATABASE_MIGRATE_URL: environment.shape.DATABASE_URL.optional(),
    DATABASE_URL: environment.shape.DATABASE_URL.optional(),
    LUNG_IRIS_BACKUP_PASSPHRASE: text.optional(),
  });

/** What `npm run backup` and `npm run restore` are told by their environment. */
export interface BackupEnvironment extends Omit<
  CommandEnvironment,
  "password"
> {
  /** The tables' owner at `databaseUrl`, where that is another role. */
  migrateUrl: string | null;
  objectStore: ApiConfig["objectStore"];
  passphrase: string | null;
}

/** The same for copies of a desk. */
export function readBackupEnvironment(
  env: Readonly<Record<string, string | undefined>> = process.env,
): BackupEnvironment {
  const present = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== ""),
  );
  const parsed = backupEnvironment.safeParse(present);
  if (!parsed.success) {
    throw new ConfigError(
      parsed.error.issues
        .map(({ path, message }) => `${path.join(".")}: ${message}`)
        .join("\n"),
    );
  }
  const { data } = parsed;
  const dataFolder = resolve(data.LUNG_IRIS_DATA);
  return {
    dataFolder,
    databaseUrl: data.DATABASE_URL ?? null,
    migrateUrl: data.DATABASE_MIGRATE_URL ?? null,
    objectStore: storeOf(data.LUNG_IRIS_OBJECT_STORE, dataFolder),
    passphrase: data.LUNG_IRIS_BACKUP_PASSPHRASE ?? null,
  };
}

type Environment = z.output<typeof environment>;

function oidcProblems(env: Environment): string[] {
  const isHalf =
    (env.LUNG_IRIS_OIDC_ISSUER === undefined) !==
    (env.LUNG_IRIS_OIDC_CLIENT_ID === undefined);
  return isHalf
    ? [
        "LUNG_IRIS_OIDC_ISSUER and LUNG_IRIS_OIDC_CLIENT_ID: set both or neither",
      ]
    : [];
}

function toConfig(env: Environment): ApiConfig {
  const dataFolder = resolve(env.LUNG_IRIS_DATA);
  const issuer = env.LUNG_IRIS_OIDC_ISSUER;
  const clientId = env.LUNG_IRIS_OIDC_CLIENT_ID;
  return {
    host: env.LUNG_IRIS_HOST,
    port: env.LUNG_IRIS_API_PORT,
    dataFolder,
    isDemo: env.LUNG_IRIS_DEMO ?? isLoopback(env.LUNG_IRIS_HOST),
    secret: env.LUNG_IRIS_SECRET,
    signatureProofSeconds: env.LUNG_IRIS_SIGN_PASSWORD_MINUTES * 60,
    database: { url: env.DATABASE_URL, poolSize: env.LUNG_IRIS_DB_POOL },
    objectStore: storeOf(env.LUNG_IRIS_OBJECT_STORE, dataFolder),
    inference: {
      engine: env.LUNG_IRIS_ENGINE,
      modelFolders: (env.LUNG_IRIS_MODEL ?? "")
        .split(",")
        .map((folder) => folder.trim())
        .filter((folder) => folder !== "")
        .map((folder) => resolve(folder)),
      workers: env.LUNG_IRIS_WORKERS ?? null,
    },
    baseFilms:
      env.LUNG_IRIS_BASE_FILMS === undefined
        ? null
        : resolve(env.LUNG_IRIS_BASE_FILMS),
    referenceFilms:
      env.LUNG_IRIS_REFERENCE_FILMS === undefined
        ? null
        : resolve(env.LUNG_IRIS_REFERENCE_FILMS),
    timeZone:
      env.LUNG_IRIS_TIME_ZONE ??
      new Intl.DateTimeFormat().resolvedOptions().timeZone,
    uploadMaxBytes: env.LUNG_IRIS_UPLOAD_MAX_MB * 1024 * 1024,
    oidc:
      issuer === undefined || clientId === undefined
        ? null
        : { issuer, clientId },
    trustProxy: env.LUNG_IRIS_TRUST_PROXY ?? "",
    webUrl: env.LUNG_IRIS_WEB_URL ?? null,
    deskUrl: deskUrlOf(env),
    outboundNetworks: env.LUNG_IRIS_OUTBOUND_NETWORKS ?? "",
    metricsToken: env.LUNG_IRIS_METRICS_TOKEN ?? null,
    logLevel: env.LUNG_IRIS_LOG_LEVEL,
  };
}

function storeOf(
  setting: string,
  dataFolder: string,
): ApiConfig["objectStore"] {
  if (setting.startsWith("s3://")) return { kind: "s3", url: setting };
  const isOwn = setting === "folder";
  return {
    kind: "folder",
    folder: isOwn ? join(dataFolder, "objects") : resolve(setting),
  };
}

/** Without a slash at its end. */
function deskUrlOf(env: Environment): string {
  const { LUNG_IRIS_WEB_URL: webUrl, LUNG_IRIS_HOST: host } = env;
  if (webUrl !== undefined) return webUrl.replace(/\/+$/, "");
  const name = host.includes(":") ? `[${host}]` : host;
  return `http://${name}:${String(env.LUNG_IRIS_WEB_PORT)}`;
}

/** What `proxy-addr` takes: a name, an address or a network. */
function isProxy(part: string): boolean {
  if (["loopback", "linklocal", "uniquelocal"].includes(part)) return true;
  return isNetwork(part);
}

/** An address, or a network as "10.20.0.0/16". */
function isNetwork(part: string): boolean {
  const [address = "", bits, ...rest] = part.split("/");
  const version = isIP(address);
  if (version === 0 || rest.length > 0) return false;
  if (bits === undefined) return true;
  return /^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128);
}

/** Demo users are on by default only where nobody else can reach the desk. */
function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || host.startsWith("127.");
}
