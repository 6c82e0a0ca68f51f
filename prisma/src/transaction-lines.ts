import { randomUUID } from "node:crypto";
import type { PrismaPg } from "@prisma/adapter-pg";
import type pg from "pg";
import { Prisma } from "./generated/client.ts";
import { typesAsPrisma } from "./row-values.ts";
import { StatementNames } from "./statement-names.ts";
import type { Tx } from "./transaction.ts";

/**
 * A statement that is never sent: it only tells, on its way through Prisma,
 * which of the driver's connections a transaction has.
 */
const WHICH = "/* which connection */ SELECT";

/** Texts that changes send often; each plan takes some 50 KB a connection. */
const MOST_NAMES = 100;

type Adapter = Awaited<ReturnType<PrismaPg["connect"]>>;
type DriverTransaction = Awaited<ReturnType<Adapter["startTransaction"]>>;

/** The connection of one transaction, for as long as it is that. */
interface Line {
  connection: pg.ClientBase;
  isOver: boolean;
  /** The statement before, whatever becomes of it: one at a time. */
  before: Promise<unknown>;
}

/**
 * Sends what is written as SQL in a transaction straight to the driver, on the
 * transaction's own connection and in its place among Prisma's statements, and
 * under a name, so that PostgreSQL keeps its plan. Through Prisma each costs
 * more than most of them take.
 */
export class TransactionLines {
  /** Of its own, so that pages and changes do not take names from each other. */
  readonly #names = new StatementNames("t", MOST_NAMES);
  /** By a token, from the asking to the answer. */
  readonly #told = new Map<string, Line>();

  /** Has the adapter's transactions tell which connection they have. */
  follow(factory: PrismaPg): PrismaPg {
    const connect = factory.connect.bind(factory);
    factory.connect = async () => {
      const adapter = await connect();
      const start = adapter.startTransaction.bind(adapter);
      adapter.startTransaction = async (level) =>
        this.#followed(await start(level));
      return adapter;
    };
    return factory;
  }

  /** The transaction with its SQL going directly. */
  direct(tx: Tx): Tx {
    let line: Promise<Line> | null = null;
    const ask = async <Row extends pg.QueryResultRow>(
      query: TemplateStringsArray | Prisma.Sql,
      values: unknown[],
    ): Promise<pg.QueryResult<Row>> => {
      const sent = await (line ??= this.#lineOf(tx));
      return this.#send<Row>(sent, statementOf(query, values));
    };
    const own = {
      $queryRaw: async (
        query: TemplateStringsArray | Prisma.Sql,
        ...values: unknown[]
      ) => (await ask(query, values)).rows,
      $executeRaw: async (
        query: TemplateStringsArray | Prisma.Sql,
        ...values: unknown[]
      ) => (await ask(query, values)).rowCount ?? 0,
    };
    return new Proxy(tx, {
      get: (target, name): unknown =>
        name === "$queryRaw" || name === "$executeRaw"
          ? own[name]
          : Reflect.get(target, name),
    });
  }

  #send<Row extends pg.QueryResultRow>(
    line: Line,
    { text, values }: Pick<Prisma.Sql, "text" | "values">,
  ): Promise<pg.QueryResult<Row>> {
    return inTurn(line, () => {
      // Timed out meanwhile: the connection is another's by now.
      if (line.isOver)
        throw new Error("a statement came after the end of its transaction");
      return line.connection.query<Row>({
        // How common a searched word is decides the plan.
        name: text.includes("LIKE") ? "" : this.#names.nameOf(text),
        text,
        values: values.map(asPrismaSends),
        types: typesAsPrisma,
      });
    });
  }

  async #lineOf(tx: Tx): Promise<Line> {
    const token = randomUUID();
    await tx.$queryRawUnsafe(WHICH, token);
    const line = this.#told.get(token);
    this.#told.delete(token);
    if (line === undefined)
      throw new Error("only transactions of createDatabase are direct");
    return line;
  }

  #followed(transaction: DriverTransaction): DriverTransaction {
    // The adapter keeps its connection under this name, which its types hide.
    const { client } = transaction as unknown as { client: pg.ClientBase };
    const line: Line = {
      connection: client,
      isOver: false,
      before: Promise.resolve(),
    };
    const queryRaw = transaction.queryRaw.bind(transaction);
    const executeRaw = transaction.executeRaw.bind(transaction);
    transaction.queryRaw = async (query) => {
      if (query.sql !== WHICH) return inTurn(line, () => queryRaw(query));
      this.#told.set(String(query.args[0]), line);
      return { columnNames: [], columnTypes: [], rows: [] };
    };
    transaction.executeRaw = (query) => {
      if (query.sql === "COMMIT" || query.sql === "ROLLBACK")
        line.isOver = true;
      return inTurn(line, () => executeRaw(query));
    };
    for (const end of ["commit", "rollback"] as const) {
      const over = transaction[end].bind(transaction);
      transaction[end] = () => {
        line.isOver = true;
        return over();
      };
    }
    return transaction;
  }
}

/**
 * Sends a statement when the one before has its answer, whoever sent that: the
 * driver's next release refuses a second one meanwhile.
 */
function inTurn<T>(line: Line, send: () => Promise<T>): Promise<T> {
  const sent = line.before.then(send);
  line.before = sent.catch(() => undefined);
  return sent;
}

function statementOf(
  query: TemplateStringsArray | Prisma.Sql,
  values: unknown[],
): Prisma.Sql {
  return query instanceof Prisma.Sql ? query : Prisma.sql(query, ...values);
}

/** The driver writes times in the zone of the machine. */
function asPrismaSends(value: unknown): unknown {
  if (value instanceof Date) return value.toISOString();
  return Array.isArray(value) ? value.map(asPrismaSends) : value;
}
