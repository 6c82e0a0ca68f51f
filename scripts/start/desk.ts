import { join } from "node:path";
import { readSecret, type StartConfig } from "./config.ts";
import { prepareDataFolder } from "./data-folder.ts";
import { type DeskDatabase, startDatabase } from "./database.ts";
import { LogKeeper } from "./log-keeper.ts";
import { migrateDatabase } from "./migrate.ts";
import { assertPortFree } from "./ports.ts";
import { buildAll, generateClient } from "./prepare.ts";
import { RunRecord } from "./run-record.ts";
import { closeDemo } from "./close-demo.ts";
import { seedDemo } from "./seed.ts";
import { describeServices } from "./services.ts";
import { Supervisor } from "./supervise.ts";
import { sayWhatIsAway } from "./what-is-away.ts";

export interface DeskOptions {
  say: (line: string) => void;
  /** Told why, when the desk cannot be kept running. */
  onGiveUp: (error: unknown) => void;
}

/** All processes of one data folder, from nothing to ready and back. */
export class Desk {
  readonly #stopped = new AbortController();
  /** Things to undo, newest first. */
  readonly #undo: (() => Promise<void>)[] = [];
  #starting: Promise<void> = Promise.resolve();
  #stopping: Promise<void> | undefined;
  #record: RunRecord | undefined;
  #database: DeskDatabase | undefined;

  constructor(
    private readonly root: string,
    private readonly config: StartConfig,
    private readonly options: DeskOptions,
  ) {}

  get isStopping(): boolean {
    return this.#stopped.signal.aborted;
  }

  /**
   * Resolves when everything is ready.
   *
   * @throws StartFailure, EmbeddedPostgresError or MigrationError with what
   *   to do; the abort's reason when it was stopped meanwhile.
   */
  start(): Promise<void> {
    this.#starting = this.#start();
    return this.#starting;
  }

  /** Ends every process, also in the middle of a start. */
  stop(onError: (error: unknown) => void): Promise<void> {
    this.#stopping ??= (async () => {
      this.#stopped.abort();
      await this.#starting.catch(() => undefined);
      for (const step of this.#undo.reverse()) await step().catch(onError);
    })();
    return this.#stopping;
  }

  /** The end that does not wait; the database recovers at the next start. */
  killAll(): void {
    this.#record?.killAll();
    this.#database?.kill();
  }

  async #start(): Promise<void> {
    const { config, root } = this;
    const { say } = this.options;
    await prepareDataFolder(config.dataDir);
    const record = await RunRecord.take(config.dataDir, say);
    this.#record = record;
    this.#undo.push(() => record.release());
    const logs = new LogKeeper(join(config.dataDir, "logs"));
    this.#undo.push(() => {
      logs.stop();
      return Promise.resolve();
    });
    if (config.services.has("web")) await assertPortFree(config.web);
    if (config.services.has("api")) await assertPortFree(config.api);

    const [ownerUrl] = await Promise.all([
      this.#startDatabase(),
      this.#build(record),
    ]);
    this.#stopped.signal.throwIfAborted();
    say("Bringing the database to the newest migration");
    const databaseUrl = await migrateDatabase(config, ownerUrl, say);
    const secret = config.secret ?? (await readSecret(config.dataDir));
    const services = describeServices(root, config, { databaseUrl, secret });
    const once = {
      say,
      onSpawn: (pid: number) => void record.add("demo", pid),
      signal: this.#stopped.signal,
    };
    if (!config.demo) await closeDemo(services.closeDemo, once);
    await this.#startServices(record, services);
    this.#stopped.signal.throwIfAborted();
    if (!config.services.has("api")) return;
    await sayWhatIsAway(services.api, say);
    if (config.demo) await seedDemo(services.demo, once);
  }

  /** Undone by waiting: the signal ends what is under way. */
  async #build(record: RunRecord): Promise<void> {
    const options = {
      signal: this.#stopped.signal,
      onSpawn: (pid: number) => void record.add("build", pid),
    };
    const hasWeb = this.config.services.has("web");
    if (hasWeb)
      this.options.say(
        "Building the web where it changed (a fresh clone takes a minute or two)",
      );
    const build = hasWeb
      ? buildAll(this.root, options)
      : generateClient(this.root, options);
    this.#undo.push(() => build.catch(() => undefined));
    await build;
  }

  async #startDatabase(): Promise<string> {
    if (this.config.databaseUrl !== undefined) return this.config.databaseUrl;
    this.options.say("Starting the database");
    const database = startDatabase(this.config, {
      say: this.options.say,
      signal: this.#stopped.signal,
    });
    this.#undo.push(async () => {
      await database.catch(() => undefined);
      await this.#database?.stop();
    });
    this.#database = await database;
    return this.#database.url;
  }

  async #startServices(
    record: RunRecord,
    services: ReturnType<typeof describeServices>,
  ): Promise<void> {
    const { say, onGiveUp } = this.options;
    const logs = join(this.config.dataDir, "logs");
    const supervisor = new Supervisor(logs, record, say, onGiveUp);
    this.#undo.push(() => supervisor.stopAll());
    this.#stopped.signal.addEventListener("abort", () => {
      // At once, so that nothing is started again meanwhile.
      void supervisor.stopAll();
    });
    const names = [...this.config.services];
    say(`Starting: ${names.join(", ")}`);
    await Promise.all(names.map((name) => supervisor.start(services[name])));
  }
}
